package conformance

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"net/url"
	"strings"
)

// mailhog is the API of MailHog, version 2.
type mailhog struct{ sink }

func (m mailhog) to(ctx context.Context, address string) ([]string, error) {
	var found struct {
		Items []struct{ Raw struct{ Data string } } `json:"items"`
	}
	search := url.Values{"kind": {"to"}, "query": {address}, "limit": {"100"}}
	if err := m.read(ctx, "/api/v2/search?"+search.Encode(), &found); err != nil {
		return nil, err
	}
	texts := make([]string, len(found.Items))
	for n, item := range found.Items { // newest first
		text, err := decoded(item.Raw.Data)
		if err != nil {
			return nil, err
		}
		texts[len(texts)-1-n] = text
	}
	return texts, nil
}

// decoded is the text of a mail as it was sent: its parts one after another.
func decoded(raw string) (string, error) {
	message, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		return "", err
	}
	return part(textproto.MIMEHeader(message.Header), message.Body)
}

// part is the text of a part, or of the parts in it.
func part(header textproto.MIMEHeader, body io.Reader) (string, error) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err == nil && strings.HasPrefix(kind, "multipart/") {
		var all strings.Builder
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			inner, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return all.String(), nil
			}
			if err != nil {
				return "", err
			}
			text, err := part(inner.Header, inner)
			if err != nil {
				return "", err
			}
			all.WriteString(text + "\n")
		}
	}
	switch strings.ToLower(header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	return string(text), err
}
