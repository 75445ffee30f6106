package e2e_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// script joins the shell blocks of a page for operators that are marked in a way.
func script(t *testing.T, page, mark string) string {
	t.Helper()
	found := blocks(t, "../operations/"+page, "sh "+mark)
	if found == nil {
		t.Fatalf("%s has no block marked %q", page, mark)
	}
	return "set -eu\n" + strings.Join(found, "\n")
}

// commands runs a script beside the server, with `sallyport` on its path.
func (w *world) commands(t *testing.T, script string) string {
	t.Helper()
	bin := t.TempDir()
	if err := os.Symlink(apptest.Binary(t), filepath.Join(bin, "sallyport")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script)
	cmd.Env = append(w.operator().Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// TestThePageOfSupportCanBeFollowed word for word.
func TestThePageOfSupportCanBeFollowed(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	tokens := w.join(t, "ada@example.com")
	said := w.commands(t, script(t, "support.md", "walk"))
	for _, want := range []string{"device", "Signed out user", "Disabled user", "Enabled user", "No job is dead", "reset_password"} {
		if !strings.Contains(said, want) {
			t.Errorf("the walk does not say %q:\n%s", want, said)
		}
	}
	w.refresh(t, tokens.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.login(t, "ada@example.com", password)
}

// TestThePageOfIncidentsCanBeFollowed word for word, and does what it says.
func TestThePageOfIncidentsCanBeFollowed(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t)
	tokens := w.join(t, "ada@example.com")
	w.commands(t, "sallyport client create --name Orders --client-id orders")
	said := w.commands(t, script(t, "incidents.md", "walk"))
	for _, want := range []string{"Disabled user", "passkeys", "Enabled user", "Signed out user", "The old keys are deleted", "active", "Client orders has a new secret", "There are no web hooks"} {
		if !strings.Contains(said, want) {
			t.Errorf("the walk does not say %q:\n%s", want, said)
		}
	}
	w.refresh(t, tokens.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	again := w.login(t, "ada@example.com", password)

	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(w.server.DataDir, "secret.key")
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fresh := w.commands(t, "openssl rand -base64 32")
	if err := os.WriteFile(file, []byte(strings.TrimSpace(fresh)+","+string(old)), 0o600); err != nil {
		t.Fatal(err)
	}
	w.commands(t, script(t, "incidents.md", "stopped"))
	if err := os.WriteFile(file, []byte(fresh), 0o600); err != nil {
		t.Fatal(err)
	}
	w.restart(t, func() {})
	w.Get(t, "/auth/me", again.AccessToken).Want(t, http.StatusUnauthorized, "")
	if a := w.refresh(t, again.RefreshToken); a.Status != http.StatusUnauthorized {
		t.Errorf("a session of before is answered %d", a.Status)
	}
	w.login(t, "ada@example.com", password)
}
