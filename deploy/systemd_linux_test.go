package deploy_test

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// TestSystemdTakesTheUnits asks systemd itself.
func TestSystemdTakesTheUnits(t *testing.T) {
	t.Parallel()
	needsServers(t)
	dir := t.TempDir()
	for _, name := range units {
		text := strings.ReplaceAll(readText(t, "systemd/"+name), "/usr/local/bin/sallyport", apptest.Binary(t))
		write(t, filepath.Join(dir, name), text)
		write(t, filepath.Join(dir, name+".d", "clustered.conf"), readText(t, "systemd/clustered.conf"))
	}
	for _, name := range units {
		out, err := exec.CommandContext(t.Context(), "systemd-analyze", "verify", "--man=no", filepath.Join(dir, name)).CombinedOutput()
		if complaints := aboutOurs(string(out), name); err != nil || complaints != "" {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		out, err = exec.CommandContext(t.Context(), "systemd-analyze", "security", "--offline=true", "--no-pager", filepath.Join(dir, name)).Output()
		found := regexp.MustCompile(`exposure level for \S+: ([0-9.]+)`).FindSubmatch(out)
		if err != nil || found == nil {
			t.Errorf("%s: %v\n%s", name, err, out)
			continue
		}
		if exposure, err := strconv.ParseFloat(string(found[1]), 64); err != nil || exposure > 2 {
			t.Errorf("%s: exposure is %v (%v), more than 2\n%s", name, exposure, err, out)
		}
	}
}

// aboutOurs drops what systemd-analyze says about other units of the machine.
func aboutOurs(out, name string) string {
	var kept []string
	for line := range strings.Lines(out) {
		if strings.Contains(line, name) || strings.Contains(line, "clustered.conf") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
