package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// mailCommand runs `sallyport mail` beside the server.
func (w *world) mailCommand(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	return apptest.Run(t.Context(), t, w.operator(), nil, append([]string{"mail"}, args...)...)
}

func TestAnOperatorSendsATestMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stdout, stderr, code := w.mailCommand(t, "test", "ops@example.com", "--language", "de")
	if code != 0 || stderr != "" || !strings.Contains(stdout, "The mail server took the email for ops@example.com") {
		t.Errorf("exit code %d: %s%s", code, stdout, stderr)
	}
	m := w.inbox.Messages()
	if len(m) != 1 || !slices.Equal(m[0].Rcpt, []string{"ops@example.com"}) || !strings.HasPrefix(m[0].Subject, "[Test] ") || !strings.Contains(m[0].Text, "?token=sample") {
		t.Fatalf("sent is %+v", m)
	}
	for answer, want := range map[mailtest.Behaviour]string{
		{Rcpt: 550}: "550", {Data: 451}: "451",
	} {
		w.inbox.Behave(answer)
		if _, stderr, code := w.mailCommand(t, "test", "ops@example.com"); code != 1 || !strings.Contains(stderr, want) {
			t.Errorf("%+v: exit code %d, %s", answer, code, stderr)
		}
	}
	w.inbox.Down()
	if _, stderr, code := w.mailCommand(t, "test", "ops@example.com"); code != 1 || !strings.Contains(stderr, "send mail") {
		t.Errorf("without a mail server: exit code %d, %s", code, stderr)
	}
}

// TestAPreviewGoesByTheOperatorsTemplates and needs neither a server nor a mail
// server.
func TestAPreviewGoesByTheOperatorsTemplates(t *testing.T) {
	t.Parallel()
	templates := t.TempDir()
	text := `{{define "subject"}}Welcome to {{.Product}}{{end}}{{define "body"}}Ahoy: {{.Link}}{{end}}`
	if err := os.WriteFile(filepath.Join(templates, "verify_email.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o := apptest.Options{Env: []string{"SALLYPORT_MAIL_TEMPLATES=" + templates, "SALLYPORT_BRAND_NAME=Harbour Books"}}
	stdout, stderr, code := apptest.Run(t.Context(), t, o, nil, "mail", "preview", "verify-email", "--language", "fr")
	if code != 0 || stderr != "" || !strings.HasPrefix(stdout, "Subject: Welcome to Harbour Books\n\n") || !strings.Contains(stdout, "Ahoy: http://localhost:8080/auth/verify-email?token=sample") {
		t.Errorf("exit code %d: %s%s", code, stdout, stderr)
	}
	for _, test := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"mail", "preview"}, "name one kind", 2},
		{[]string{"mail", "preview", "love_letter"}, `no email of kind "love_letter"`, 2},
		{[]string{"mail", "preview", "verify_email", "--language", "tlh"}, "--language must be one of", 2},
		{[]string{"mail", "test"}, "name the one address", 2},
		{[]string{"mail", "test", "ops@example.com"}, "no mail server is set", 1},
	} {
		_, stderr, code := apptest.Run(t.Context(), t, o, nil, test.args...)
		if code != test.code || !strings.Contains(stderr, test.want) {
			t.Errorf("%q: exit code %d, %q", test.args, code, stderr)
		}
	}
}
