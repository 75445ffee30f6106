package e2e_test

import (
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestTheMailboxIsForTheDeveloperOnly(t *testing.T) {
	t.Parallel()
	w := &world{}
	w.start(t, apptest.Options{})
	email := address(t, 1)
	w.signUp(t, email, password)
	var captured []struct {
		To, Subject, Text, HTML string
		Links                   []string
		ReceivedAt              string `json:"received_at"`
	}
	waittest.Until(t, "the mail is captured", func() bool {
		w.Get(t, "/dev/mailbox.json?to="+strings.ToUpper(email), "").Want(t, http.StatusOK, "").Read(t, &captured)
		return len(captured) == 1
	})
	if m := captured[0]; m.To != email || m.Subject == "" || m.HTML == "" || len(m.Links) == 0 || !linkPattern.MatchString(m.Text) {
		t.Errorf("captured %+v", m)
	}
	if a := w.Get(t, "/dev/mailbox", "").Want(t, http.StatusOK, ""); !strings.Contains(string(a.Body), email) {
		t.Error("the mailbox page does not list the mail")
	}
	for name, header := range map[string][]string{
		"another host":  {"Host", "evil.example"},
		"a proxy":       {"X-Forwarded-For", "192.0.2.1"},
		"another proxy": {"Forwarded", "for=192.0.2.1"},
	} {
		for _, path := range []string{"/dev/mailbox", "/dev/mailbox.json"} {
			if a := w.withHost(t, path, header); a != http.StatusNotFound && a != http.StatusForbidden {
				t.Errorf("%s reads %s: %d", name, path, a)
			}
		}
	}
	// With a mail server there is no mailbox.
	if a := newWorld(t).Get(t, "/dev/mailbox.json", ""); a.Status != http.StatusNotFound {
		t.Errorf("with SMTP the mailbox answers %d", a.Status)
	}
}

// withHost sends a header, and a Host if the header is called that.
func (w *world) withHost(t *testing.T, path string, header []string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(header[0], header[1])
	if header[0] == "Host" {
		req.Host = header[1]
	}
	resp, err := w.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// TestTheReadmesWalkWorksWordForWord runs the shell blocks of the README that
// are marked as the walk, as one script, against a new server.
func TestTheReadmesWalkWorksWordForWord(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	script.WriteString("set -eu\n")
	for _, block := range regexp.MustCompile("(?s)```sh walk\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		script.WriteString(block[1] + "echo\n")
	}
	w := &world{}
	w.start(t, apptest.Options{})
	// The links in mail name the default address; this server has another port.
	moved := strings.Replace(script.String(), "API=http://localhost:8080", "API="+w.URL, 1)
	moved = strings.ReplaceAll(moved, `grep -o "$API/`, `grep -o "http://localhost:8080/`)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", moved)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		`"status":"verification_sent"`, `"email_verified":true`, `"refresh_token":"spr_`, `"revoked_at":`,
		`"code":"invalid_token"`, `"code":"session_ended"`, `"access_token":"`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the walk does not show %s:\n%s", want, out)
		}
	}
	if strings.Count(string(out), `"code":`) != 2 {
		t.Errorf("the walk meets other refusals than the two it shows:\n%s", out)
	}
}
