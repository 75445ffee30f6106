package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// TestADataFolderHasAnyName has names with a meaning in URLs, shells and SQL.
func TestADataFolderHasAnyName(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	for n, name := range []string{"a?b", "a?mode#c %20 & 'd' \"e\";", "über :f\\*"} {
		inbox := mailtest.Start(t, mailtest.Options{})
		w := &world{inbox: inbox}
		o := apptest.Options{DataDir: filepath.Join(t.TempDir(), name), Env: smtpEnv(inbox)}
		w.start(t, o)
		email := address(t, n)
		w.join(t, email)
		if err := w.server.Stop(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(o.DataDir, "sallyport.db")); err != nil {
			t.Error(err)
		}
		w.start(t, o)
		w.login(t, email, password)
		copied := filepath.Join(t.TempDir(), "copy?.db")
		if _, said, code := apptest.Run(t.Context(), t, o, nil, "backup", copied); code != 0 {
			t.Errorf("%s: backup ends with %d: %s", name, code, said)
		}
	}
}

// TestAKeyFileWhoseModeTheVolumeFixesIsUsed starts again after a volume has given
// the generated key to others.
func TestAKeyFileWhoseModeTheVolumeFixesIsUsed(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	email := address(t, 1)
	w.join(t, email)
	if err := w.server.Stop(); err != nil {
		t.Error(err)
	}
	if err := os.Chmod(filepath.Join(w.server.DataDir, "secret.key"), 0o664); err != nil {
		t.Fatal(err)
	}
	w.start(t, w.operator())
	w.login(t, email, password)
	if log := w.server.Log(); !strings.Contains(log, "SALLYPORT_SECRET_KEY_FILE") {
		t.Errorf("nobody says that others can read the key:\n%s", log)
	}
}
