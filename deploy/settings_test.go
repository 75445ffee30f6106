package deploy_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/config"
)

// samples are secrets of the form that each must have.
var samples = map[string]string{
	"database_url":  "mysql://sallyport:hunter2-canary@mysql:3306/sallyport?sslmode=require",
	"redis_url":     "redis://:hunter2-canary@redis:6379/0",
	"secret_key":    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
	"smtp_password": "hunter2-canary",
}

// withFiles gives env with the paths of secrets pointed to sample files. What
// names no file of ours stays as it is.
func withFiles(t *testing.T, env []string, files map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	for key, value := range samples {
		if err := os.WriteFile(filepath.Join(dir, key), []byte(value), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		if key, ok := files[value]; ok {
			if samples[key] == "" {
				t.Errorf("%s names the secret %s, which the program does not know", name, key)
			}
			value = filepath.Join(dir, key)
		} else if strings.HasSuffix(name, "_FILE") {
			t.Errorf("%s names %s, which nothing mounts", name, value)
		}
		out = append(out, name+"="+value)
	}
	return out
}

// wouldStart runs the program on its settings and checks that it takes them,
// that nothing it should know is missing, and that the command is one of its
// own.
func wouldStart(t *testing.T, command string, env []string, files map[string]string) {
	t.Helper()
	env = withFiles(t, env, files)
	stdout, stderr, code := sallyport(t, env, "config", "--json")
	if code != 0 {
		t.Fatalf("the program refuses its settings: %s", stderr)
	}
	if strings.Contains(stdout+stderr, "canary") {
		t.Error("a secret is shown")
	}
	var rows []config.Row
	if err := json.Unmarshal([]byte(stdout), &rows); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SMTP_PASSWORD", "TRUSTED_PROXIES"} {
		row := rows[slices.IndexFunc(rows, func(r config.Row) bool { return r.Name == "SALLYPORT_"+name })]
		if !strings.HasPrefix(row.Origin, "environment") {
			t.Errorf("%s is %q from %s", row.Name, row.Value, row.Origin)
		}
	}
	isCommand(t, command)
}

// isCommand checks that the program has a command.
func isCommand(t *testing.T, command string) {
	t.Helper()
	if command == "" {
		t.Error("no command is given")
	}
	if help, stderr, code := sallyport(t, nil, append(strings.Fields(command), "--help")...); code != 0 ||
		!strings.Contains(help, "sallyport "+command+" [flags]") {
		t.Errorf("%q is no command: %s", command, stderr)
	}
}

// sallyport runs the built program with nothing but env around it.
func sallyport(t *testing.T, env []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), apptest.Binary(t), args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append([]string{"HOME=" + t.TempDir()}, env...), &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// portOf is the port of a listener by its setting.
func portOf(t *testing.T, env []string, name string) int {
	t.Helper()
	for _, pair := range env {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			port, err := strconv.Atoi(value[strings.LastIndexByte(value, ':')+1:])
			if err != nil {
				t.Fatal(err)
			}
			return port
		}
	}
	t.Fatalf("%s is not set", name)
	return 0
}

// opsPaths gives those paths that the operations listener of a running server
// answers.
func opsPaths(t *testing.T) []string {
	t.Helper()
	server := apptest.Start(t, apptest.Options{})
	ops := server.Ops
	var answered []string
	for _, path := range []string{"/livez", "/readyz", "/metrics"} {
		if ops.Get(t, path, "").Status == http.StatusOK {
			answered = append(answered, path)
		}
	}
	return answered
}

// TestEverySettingIsKnown looks at each name in this folder that looks like a
// setting, in comments, too.
func TestEverySettingIsKnown(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`SALLYPORT_[A-Z0-9_]+`)
	found := 0
	check := func(path string) {
		for _, used := range name.FindAllString(readText(t, path), -1) {
			found++
			_, _, err := config.Load(config.Sources{Environ: []string{"HOME=/", used + "=x"}})
			if err != nil && strings.Contains(err.Error(), used+" in the environment is not a setting") {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	check("../Dockerfile")
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		check(path)
		return nil
	})
	if err != nil || found < 40 {
		t.Errorf("found %d names (%v)", found, err)
	}
}
