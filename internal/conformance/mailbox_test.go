package conformance

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// raw is a mail as it is sent: two parts, one of them with a link that is broken over
// lines as quoted-printable has it.
const raw = "From: auth@example.com\r\nTo: ada@conformance.example\r\nSubject: Confirm\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n" +
	"--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"Open http://localhost:8080/auth/verify-email?token=3Dspv_abc=\r\ndef\r\n" +
	"--b1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
	"PGEgaHJlZj0iaHR0cDovL2xvY2FsaG9zdDo4MDgwL2F1dGgvdmVyaWZ5LWVtYWlsP3Rva2VuPXNwdl9hYmNkZWYmYW1wO3g9MSI+YTwvYT4=\r\n--b1--\r\n"

// TestEveryMailSinkGivesTheSameLink answers as each sink is documented to.
func TestEveryMailSinkGivesTheSameLink(t *testing.T) {
	t.Parallel()
	quoted := strings.NewReplacer("\r", `\r`, "\n", `\n`, `"`, `\"`).Replace(raw)
	text := `"Open http://localhost:8080/auth/verify-email?token=spv_abcdef\n"`
	for name, paths := range map[string]map[string]string{
		"Sallyport": {"/dev/mailbox.json": `[{"to":"ada@conformance.example","subject":"Confirm","text":` + text + `,"html":"","links":[]}]`},
		"Mailpit": {
			"/api/v1/info": `{"Version":"v1.20.0"}`, "/api/v1/search": `{"messages":[{"ID":"aB3"}],"total":1}`,
			"/api/v1/message/aB3": `{"ID":"aB3","Text":` + text + `,"HTML":""}`,
		},
		"MailHog": {"/api/v2/search": `{"total":1,"items":[{"ID":"x@mailhog.example","Raw":{"From":"a","Data":"` + quoted + `"}}]}`},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, there := paths[r.URL.Path]
			if !there {
				http.NotFound(w, r)
				return
			}
			_, _ = w.Write([]byte(body))
		}))
		defer s.Close()
		address := s.URL
		if name == "Sallyport" {
			address += "/dev/mailbox.json"
		}
		box, err := findMailbox(t.Context(), s.Client(), address)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		texts, err := box.to(t.Context(), "ada@conformance.example")
		if err != nil || len(texts) != 1 {
			t.Errorf("%s: %v, %v", name, texts, err)
			continue
		}
		if links := linksIn(texts[0], "verify-email"); len(links) == 0 || links[0].token != "spv_abcdef" {
			t.Errorf("%s: links %v in %q", name, links, texts[0])
		}
	}
	if _, err := findMailbox(t.Context(), http.DefaultClient, "http://127.0.0.1:1"); err == nil {
		t.Error("nobody is taken for a mail sink")
	}
}
