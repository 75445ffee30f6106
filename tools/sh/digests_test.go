package sh_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestImagesAreNamedByDigest runs the script on copies of the files that are
// deployed, with a docker that knows one digest.
func TestImagesAreNamedByDigest(t *testing.T) {
	t.Parallel()
	digest := "sha256:" + strings.Repeat("0a", 32)
	dir := t.TempDir()
	docker := "#!/bin/sh\n[ \"$1 $2 $3 $5\" = 'buildx imagetools inspect --format' ] || exit 2\necho " + digest + "\n"
	if err := os.WriteFile(filepath.Join(dir, "docker"), []byte(docker), 0o700); err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, from := range []string{"../../Dockerfile", "../../deploy/compose.yaml"} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		// Whatever digests are there came from a registry; this one has others.
		for line := range strings.SplitSeq(string(text), "\n") {
			if image, _, ok := strings.Cut(line, "@sha256:"); ok {
				text = []byte(strings.ReplaceAll(string(text), line, image))
			}
		}
		to := filepath.Join(dir, filepath.Base(from))
		if err := os.WriteFile(to, text, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, to)
	}
	run := func(args ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), "./digests", append(args, files...)...)
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := run(); err == nil || strings.Count(out, "has no digest") != 4 || !strings.Contains(out, "golang:") || !strings.Contains(out, "mysql:") {
		t.Errorf("without digests: %v\n%s", err, out)
	}
	if out, err := run("--write"); err != nil {
		t.Errorf("writing them: %v\n%s", err, out)
	}
	if out, err := run(); err != nil || out != "" {
		t.Errorf("with digests: %v\n%s", err, out)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int{true: 1, false: 3}[strings.HasSuffix(file, "Dockerfile")]; strings.Count(string(text), "@"+digest) != want {
			t.Errorf("%s does not have %d digests:\n%s", file, want, text)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "docker"), []byte("#!/bin/sh\necho denied\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], []byte("ARG GO_IMAGE=golang:1.26.8\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run("--write"); err == nil || !strings.Contains(out, "denied") {
		t.Errorf("a registry that says no digest: %v\n%s", err, out)
	}
}
