package deploy_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// unit is what a unit file and its drop-in say, by key. An empty value undoes
// what was said before, as systemd has it.
type unit map[string][]string

func readUnit(t *testing.T, paths ...string) unit {
	t.Helper()
	u := unit{}
	for _, path := range paths {
		for line := range strings.Lines(readText(t, path)) {
			line = strings.TrimSpace(line)
			key, value, ok := strings.Cut(line, "=")
			switch {
			case line == "" || line[0] == '#' || line[0] == '[':
			case !ok:
				t.Errorf("%s: %q is no setting", path, line)
			default:
				u[key] = append(u[key], value)
			}
		}
	}
	return u
}

// one gives the last value of a key.
func (u unit) one(key string) string {
	if len(u[key]) == 0 {
		return ""
	}
	return u[key][len(u[key])-1]
}

// environment is what the service sees.
func (u unit) environment(t *testing.T) (env []string, files map[string]string) {
	t.Helper()
	files = map[string]string{}
	for line := range strings.Lines(readText(t, "systemd/sallyport.env")) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			env = append(env, line)
		}
	}
	for _, pair := range u["Environment"] {
		env = append(env, strings.NewReplacer("%S", "/var/lib", "%d", "/run/credentials").Replace(pair))
	}
	for _, c := range u["LoadCredential"] {
		key, path, _ := strings.Cut(c, ":")
		if path != "/etc/sallyport/"+key {
			t.Errorf("credential %s is loaded from %s", key, path)
		}
		files["/run/credentials/"+key] = key
	}
	return env, files
}

var units = []string{"sallyport.service", "sallyport-worker.service"}

func TestUnitsStartWithTheirSettings(t *testing.T) {
	t.Parallel()
	for _, name := range units {
		u := readUnit(t, "systemd/"+name, "systemd/clustered.conf")
		command, ok := strings.CutPrefix(u.one("ExecStart"), "/usr/local/bin/sallyport ")
		if !ok || u.one("EnvironmentFile") != "/etc/sallyport/sallyport.env" {
			t.Errorf("%s: runs %q with %q", name, u.one("ExecStart"), u.one("EnvironmentFile"))
		}
		env, files := u.environment(t)
		wouldStart(t, command, env, files)
		if !slices.Contains(env, "SALLYPORT_DATA_DIR=/var/lib/"+u.one("StateDirectory")) {
			t.Errorf("%s: the data folder is not the state folder %q", name, u.one("StateDirectory"))
		}
		stop, err := time.ParseDuration(u.one("TimeoutStopSec"))
		if err != nil || stop <= longestStop*time.Second {
			t.Errorf("%s: has %v to stop (%v)", name, stop, err)
		}
		if u.one("DynamicUser") != "yes" || u.one("ProtectSystem") != "strict" || u.one("NoNewPrivileges") != "yes" ||
			u.one("Restart") != "on-failure" {
			t.Errorf("%s: is not confined, or does not come back", name)
		}
	}
	// Embedded, the unit alone is enough.
	env, files := readUnit(t, "systemd/sallyport.service").environment(t)
	if _, stderr, code := sallyport(t, withFiles(t, env, files), "config"); code != 0 || strings.Contains(stderr, "warning") {
		t.Errorf("without clustered.conf: %d %s", code, stderr)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
