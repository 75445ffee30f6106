package conformance

import (
	"context"
	"net/url"
)

// mailpit is the API of Mailpit, version 1.
type mailpit struct{ sink }

func (m mailpit) to(ctx context.Context, address string) ([]string, error) {
	var found struct {
		Messages []struct{ ID string } `json:"messages"`
	}
	search := url.Values{"query": {`to:"` + address + `"`}, "limit": {"100"}}
	if err := m.read(ctx, "/api/v1/search?"+search.Encode(), &found); err != nil {
		return nil, err
	}
	texts := make([]string, len(found.Messages))
	for n, message := range found.Messages { // newest first
		var mail struct{ Text, HTML string }
		if err := m.read(ctx, "/api/v1/message/"+url.PathEscape(message.ID), &mail); err != nil {
			return nil, err
		}
		texts[len(texts)-1-n] = mail.Text + "\n" + mail.HTML
	}
	return texts, nil
}
