package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// part is one run of a soak.
type part struct {
	what string
	env  []string
	args []string
	only string // tests that it runs; all if empty
}

// parts are the runs of a soak, on top of [everyPart].
func parts(packages []string) []part {
	return []part{
		// These take long and have no rounds, so that they are in `make test` what they would be here.
		{what: "Packages with rounds", args: append([]string{"-skip", "InChromium$|^TestTheRecipes"}, packages...)},
		{
			what: "Clusters on MySQL", env: []string{"SALLYPORT_TEST_CLUSTER=mysql"},
			args: []string{"./e2e"}, only: "^TestCluster",
		},
	}
}

// everyPart is what each go test of a soak is given.
func everyPart() []string { return []string{"-race", "-shuffle=on", "-count=1", "-timeout=240m"} }

// soak runs every part, even after one that failed, and writes the page.
func soak(ctx context.Context, out io.Writer, page, only string, packages []string) error {
	head, err := header(ctx, only)
	if err != nil {
		return err
	}
	if len(packages) == 0 {
		if packages, err = packagesWithRounds(ctx); err != nil {
			return err
		}
	}
	var text strings.Builder
	var failed []error
	text.WriteString(head)
	for _, p := range parts(packages) {
		if only != "" && p.only != "" {
			continue // what was asked for has run
		}
		args := everyPart()
		if pattern := only + p.only; pattern != "" {
			args = append(args, "-run", pattern)
		}
		began := time.Now()
		rs, err := test(ctx, out, "", append(p.env, "SALLYPORT_TEST_SOAK=1"), append(args, p.args...))
		if rs == nil {
			return err
		}
		failed = append(failed, err)
		text.WriteString(section(p.what, time.Since(began), rs))
	}
	failed = append(failed, os.WriteFile(page, []byte(text.String()), 0o644))
	return errors.Join(failed...)
}

// packagesWithRounds lists those whose tests draw their rounds from soaktest.
func packagesWithRounds(ctx context.Context) ([]string, error) {
	const format = `{{$p := .ImportPath}}{{range .TestImports}}{{$p}} {{.}}{{"\n"}}{{end}}{{range .XTestImports}}{{$p}} {{.}}{{"\n"}}{{end}}`
	list, err := exec.CommandContext(ctx, "go", "list", "-f", format, "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("ask go for the packages: %w", err)
	}
	var packages []string
	for line := range strings.Lines(string(list)) {
		name, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.HasSuffix(imports, "/internal/soaktest") && !slices.Contains(packages, name) {
			packages = append(packages, name)
		}
	}
	if len(packages) == 0 {
		return nil, errors.New("no package has tests with rounds: run it in the project's folder")
	}
	return packages, nil
}

// header says when, where and of what the run was.
func header(ctx context.Context, only string) (string, error) {
	git := func(args ...string) (string, error) {
		text, err := exec.CommandContext(ctx, "git", args...).Output()
		return strings.TrimSpace(string(text)), err
	}
	commit, err := git("rev-parse", "--short=12", "HEAD")
	changes, dirty := git("status", "--porcelain")
	if err := errors.Join(err, dirty); err != nil {
		return "", fmt.Errorf("ask git for the commit: %w", err)
	}
	if changes != "" {
		commit += " with changes that are not committed"
	}
	var b strings.Builder
	b.WriteString("# The soak\n\nWhat the last `make soak` found, as it wrote it. [CONTRIBUTING](../../CONTRIBUTING.md#what-runs-only-in-the-soak) says what runs in it alone.\n\n")
	fmt.Fprintf(&b, "- Begun: %s\n- Commit: %s\n- Machine: %s/%s, %d processors, %s\n",
		time.Now().UTC().Format("2006-01-02 15:04 MST"), commit, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	if only != "" {
		fmt.Fprintf(&b, "- Only tests that match `%s`\n", only)
	}
	return b.String(), nil
}

// columns are the counts that have a column of their own; others share the last.
func columns() []string { return []string{"rounds", "requests", "unanswered"} }

// section tells what came of one part.
func section(what string, took time.Duration, rs *results) string {
	var b strings.Builder
	verdicts := map[string]int{}
	for _, r := range rs.sorted() {
		if r.test != "" {
			verdicts[r.verdict]++
		}
	}
	fmt.Fprintf(&b, "\n## %s\n\nIn %s: %d tests and subtests passed, %d failed, %d did not end, %d were skipped.\n",
		what, took.Round(time.Second), verdicts["pass"], verdicts["fail"], verdicts[""], verdicts["skip"])
	if bad := unsuccessful(rs); len(bad) > 0 {
		b.WriteString("\nFailed:\n\n")
		for _, r := range bad {
			fmt.Fprintf(&b, "- `%s`\n", strings.TrimSuffix(short(r.pkg)+"."+r.test, "."))
		}
	}
	b.WriteString("\n| test | result | time | rounds | requests | unanswered | besides |\n|---|---|---:|---:|---:|---:|---|\n")
	for _, r := range rs.sorted() {
		if len(r.counts) == 0 || r.test == "" || !counted(r) {
			continue
		}
		fmt.Fprintf(&b, "| `%s` | %s | %.1f s |", strings.ReplaceAll(short(r.pkg)+"."+r.test, "|", `\|`), ended(r), r.seconds)
		var others []string
		for _, what := range slices.Sorted(maps.Keys(r.counts)) {
			if !slices.Contains(columns(), what) {
				others = append(others, fmt.Sprintf("%d %s", r.counts[what], strings.ReplaceAll(what, "-", " ")))
			}
		}
		for _, what := range columns() {
			if n, known := r.counts[what]; known {
				fmt.Fprintf(&b, " %d |", n)
			} else {
				b.WriteString(" |")
			}
		}
		fmt.Fprintf(&b, " %s |\n", strings.Join(others, ", "))
	}
	return b.String()
}

// counted reports whether a test counts more than its requests.
func counted(r *result) bool {
	_, requests := r.counts["requests"]
	return len(r.counts) > 1 || !requests
}

func ended(r *result) string {
	switch r.verdict {
	case "":
		return "did not end"
	case "pass":
		return "passed"
	case "fail":
		return "**failed**"
	default:
		return "skipped"
	}
}

// unsuccessful lists what failed or never ended.
func unsuccessful(rs *results) []*result {
	var bad []*result
	for _, r := range rs.sorted() {
		if r.verdict == "fail" || r.verdict == "" && r.test != "" {
			bad = append(bad, r)
		}
	}
	return bad
}
