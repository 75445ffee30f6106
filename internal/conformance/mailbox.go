package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// mailbox reads what the server mailed.
type mailbox interface {
	// to gives the texts of the mails to an address, oldest first, each with its
	// HTML part behind the plain one.
	to(ctx context.Context, address string) ([]string, error)
}

// sink is the API of a mail sink.
type sink struct {
	http *http.Client
	base string
}

// maxList bounds what is read of a sink's answer, in bytes.
const maxList = 16 << 20

// findMailbox tells by its answers what kind of sink stands at an address.
func findMailbox(ctx context.Context, client *http.Client, address string) (mailbox, error) {
	s := sink{client, strings.TrimSuffix(address, "/")}
	if strings.HasSuffix(s.base, pathMailbox) {
		m := sallyportMailbox{s}
		if _, err := m.to(ctx, "nobody@conformance.example"); err != nil {
			return nil, fmt.Errorf("the mailbox of Sallyport: %w", err)
		}
		return m, nil
	}
	var about struct{ Version string }
	if err := s.read(ctx, "/api/v1/info", &about); err == nil && about.Version != "" {
		return mailpit{s}, nil
	}
	m := mailhog{s}
	if _, err := m.to(ctx, "nobody@conformance.example"); err != nil {
		return nil, fmt.Errorf("%s is neither Sallyport's /dev/mailbox.json nor Mailpit nor MailHog: %w", address, err)
	}
	return m, nil
}

// read gets JSON from a path below the base.
func (s sink) read(ctx context.Context, path string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxList))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s answered %d", path, resp.StatusCode)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("GET %s: %w", path, err)
	}
	return nil
}

// sallyportMailbox is GET /dev/mailbox.json.
type sallyportMailbox struct{ sink }

func (m sallyportMailbox) to(ctx context.Context, address string) ([]string, error) {
	var mails []struct{ Text, HTML string }
	if err := m.read(ctx, "?"+url.Values{"to": {address}}.Encode(), &mails); err != nil {
		return nil, err
	}
	texts := make([]string, len(mails))
	for n, mail := range mails { // newest first
		texts[len(mails)-1-n] = mail.Text + "\n" + mail.HTML
	}
	return texts, nil
}

// link is what stands in a mail.
type link struct {
	whole string
	path  string // with its query, to be asked for at the server that is tried
	token string
}

var linkPattern = regexp.MustCompile(`https?://[^\s"'<>]+`)

// linksIn are the links of a mail whose path has a word in it and that bear a token.
func linksIn(text, word string) []link {
	var found []link
	for _, whole := range linkPattern.FindAllString(text, -1) {
		u, err := url.Parse(strings.ReplaceAll(whole, "&amp;", "&"))
		if err == nil && strings.Contains(u.Path, word) && u.Query().Get("token") != "" {
			found = append(found, link{whole: whole, path: u.RequestURI(), token: u.Query().Get("token")})
		}
	}
	return found
}
