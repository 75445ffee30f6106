package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// said is a run of two packages as go test tells it.
const said = `{"Action":"start","Package":"github.com/sallyport-auth/sallyport/e2e"}
{"Action":"run","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops"}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Output":"=== RUN   TestStops\n"}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Key":"soak.rounds","Value":"20"}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Key":"soak.requests","Value":"700"}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Key":"soak.requests","Value":"77"}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Key":"soak.rows-moved","Value":"5"}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Key":"another","Value":"1"}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Output":"--- PASS: TestStops (1.50s)\n"}
{"Action":"pass","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestStops","Elapsed":1.5}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestPlain","Key":"soak.requests","Value":"3"}
{"Action":"pass","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestPlain","Elapsed":0.1}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestOne","Output":"    stop_test.go:25: is about one process\n"}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestOne","Output":"--- SKIP: TestOne (0.00s)\n"}
{"Action":"skip","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestOne","Elapsed":0}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestSilent","Output":"--- SKIP: TestSilent (0.00s)\n"}
{"Action":"skip","Package":"github.com/sallyport-auth/sallyport/e2e","Test":"TestSilent","Elapsed":0}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Output":"PASS\n"}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/e2e","Output":"ok  \tgithub.com/sallyport-auth/sallyport/e2e\t1.6s\n"}
{"Action":"pass","Package":"github.com/sallyport-auth/sallyport/e2e","Elapsed":1.6}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/internal/id","Test":"TestWrong","Output":"    id_test.go:9: it is wrong\n"}
{"Action":"fail","Package":"github.com/sallyport-auth/sallyport/internal/id","Test":"TestWrong","Elapsed":0}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/internal/id","Test":"TestStuck","Output":"panic: test timed out\n"}
{"Action":"attr","Package":"github.com/sallyport-auth/sallyport/internal/id","Test":"TestStuck","Key":"soak.rounds","Value":"4"}
{"Action":"output","Package":"github.com/sallyport-auth/sallyport/internal/id","Output":"FAIL\tgithub.com/sallyport-auth/sallyport/internal/id\t2s\n"}
{"Action":"fail","Package":"github.com/sallyport-auth/sallyport/internal/id","Elapsed":2}
no event at all
`

func TestWhatGoTestSaysIsPrinted(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	rs, err := read(strings.NewReader(said), &out)
	if err != nil {
		t.Fatal(err)
	}
	want := `ok  	github.com/sallyport-auth/sallyport/e2e	1.6s
    id_test.go:9: it is wrong
panic: test timed out
FAIL	github.com/sallyport-auth/sallyport/internal/id	2s
no event at all
`
	if diff := cmp.Diff(out.String(), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	var slowest []string
	for _, r := range rs.slowest(2) {
		slowest = append(slowest, r.test)
	}
	if diff := cmp.Diff(slowest, []string{"TestStops", "TestPlain"}); diff != "" {
		t.Errorf("slowest: -got +want\n%s", diff)
	}
	reasons := map[string][]string{"is about one process": {"e2e.TestOne"}, "": {"e2e.TestSilent"}}
	if diff := cmp.Diff(rs.skipped(), reasons); diff != "" {
		t.Errorf("skipped: -got +want\n%s", diff)
	}
}

func TestASectionTellsCountsAndFailures(t *testing.T) {
	t.Parallel()
	rs, err := read(strings.NewReader(said), &strings.Builder{})
	if err != nil {
		t.Fatal(err)
	}
	want := "\n## Everything\n\nIn 3s: 2 tests and subtests passed, 1 failed, 1 did not end, 2 were skipped.\n" + `
Failed:

- ` + "`internal/id`" + `
- ` + "`internal/id.TestStuck`" + `
- ` + "`internal/id.TestWrong`" + `

| test | result | time | rounds | requests | unanswered | besides |
|---|---|---:|---:|---:|---:|---|
| ` + "`e2e.TestStops`" + ` | passed | 1.5 s | 20 | 777 | | 5 rows moved |
| ` + "`internal/id.TestStuck`" + ` | did not end | 0.0 s | 4 | | |  |
`
	if diff := cmp.Diff(section("Everything", 3*time.Second, rs), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

// TestASkipWithoutAReasonFails runs the real go test on a module of its own.
func TestASkipWithoutAReasonFails(t *testing.T) { //nolint:paralleltest // it changes the folder
	for what, test := range map[string]struct{ body, says string }{
		"with one":    {`t.Skip("it rains")`, "skipped, it rains: rain.TestIt\n"},
		"without one": {`t.SkipNow()`, "skipped, and nobody says why: rain.TestIt\n"},
	} {
		dir := t.TempDir()
		for file, text := range map[string]string{
			"go.mod":       "module rain\n\ngo 1.26.0\n",
			"rain_test.go": "package rain\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) { " + test.body + " }\n",
		} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		t.Chdir(dir)
		var out strings.Builder
		err := run(t.Context(), []string{"-count=1", "."}, &out)
		if (err == nil) != (what == "with one") || !strings.HasSuffix(out.String(), test.says) {
			t.Errorf("%s: %v\n%s", what, err, out.String())
		}
	}
}

func TestASoakRunsThePackagesWithRounds(t *testing.T) { //nolint:paralleltest // it changes the folder
	t.Chdir("../..")
	packages, err := packagesWithRounds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, want := range map[string]bool{"e2e": true, "internal/session": true, "internal/fault": false} {
		if has := slices.ContainsFunc(packages, func(p string) bool { return short(p) == what }); has != want {
			t.Errorf("%s: runs %v, want %v", what, has, want)
		}
	}
}
