package mail_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// recorder is a transport that only remembers.
type recorder struct{ messages []mail.Message }

func (r *recorder) Send(_ context.Context, m mail.Message) error {
	r.messages = append(r.messages, m)
	return nil
}

func TestMessageIDNamesTheHost(t *testing.T) {
	t.Parallel()
	for public, want := range map[string]string{
		"https://Auth.Example:8443/door": "auth.example",
		"http://localhost:8080":          "localhost",
		"http://127.0.0.1:8080":          "[127.0.0.1]",
		"http://[::1]:8080":              "[IPv6:::1]",
	} {
		sent := &recorder{}
		h := newHouse(t, func(o *mail.Options) { o.PublicURL, o.Transport = public, sent })
		job := h.enqueue(t, mail.Letter{Kind: mail.AccountExists, To: "ada@example.com"})
		if err := h.handle(t.Context(), jobs.Work{Job: job}); err != nil {
			t.Errorf("%s: %v", public, err)
			continue
		}
		m := sent.messages[0]
		if m.ID != job.ID+"@"+want || !m.Date.Equal(job.CreatedAt) {
			t.Errorf("%s: got %s of %s, want %s of %s", public, m.ID, m.Date, job.ID+"@"+want, job.CreatedAt)
		}
	}
}

func TestSettingsThatCannotWork(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	misspelt := t.TempDir()
	if err := os.WriteFile(filepath.Join(misspelt, "reset-password.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*mail.Options){
		"no public URL":                  func(o *mail.Options) { o.PublicURL = "" },
		"a public URL without a scheme":  func(o *mail.Options) { o.PublicURL = "auth.example" },
		"a public URL with a query":      func(o *mail.Options) { o.PublicURL = "https://auth.example/?x=1" },
		"a public URL with a password":   func(o *mail.Options) { o.PublicURL = "https://a:b@auth.example" },
		"no product":                     func(o *mail.Options) { o.Product = "" },
		"a product with a line end":      func(o *mail.Options) { o.Product = "Sally\r\nport" },
		"a template folder that is gone": func(o *mail.Options) { o.TemplateDir = filepath.Join(misspelt, "gone") },
		"a template with a wrong name":   func(o *mail.Options) { o.TemplateDir = misspelt },
	} {
		o := h.options
		change(&o)
		if _, err := mail.NewPostman(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestWhatCannotBeWrittenIsDead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, l := range map[string]mail.Letter{
		"two recipients":          {Kind: mail.AccountExists, To: "ada@example.com, eve@example.com"},
		"a recipient with a line": {Kind: mail.AccountExists, To: "ada@example.com\r\nBcc: eve@example.com"},
		"no recipient":            {Kind: mail.AccountExists},
		"an unknown kind":         {Kind: "love_letter", To: "ada@example.com"},
		"a token from nowhere":    {Kind: mail.VerifyEmail, To: "ada@example.com", TokenTable: "users", Token: "x"},
	} {
		job := h.enqueue(t, l)
		err := h.handle(t.Context(), jobs.Work{Job: job, Secret: []byte(l.Token)})
		if err == nil || !strings.Contains(err.Error(), jobs.ErrGiveUp.Error()) {
			t.Errorf("%s: got %v, want to give up", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "eve@") {
			t.Errorf("%s: the error repeats the recipient: %v", name, err)
		}
	}
	if all := h.box.List(""); len(all) != 0 {
		t.Errorf("sent all the same: %v", all)
	}
	var job store.Job
	job.Payload = "{"
	if err := h.handle(t.Context(), jobs.Work{Job: job}); err == nil {
		t.Error("a payload that does not parse was done")
	}
}

// TestEveryTemplateOfOursWorks tries them as a start with an operator's folder does.
func TestEveryTemplateOfOursWorks(t *testing.T) {
	t.Parallel()
	newHouse(t, func(o *mail.Options) { o.TemplateDir = t.TempDir() })
}
