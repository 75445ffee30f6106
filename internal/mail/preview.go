package mail

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
)

// sampleToken stands for a one-time token where there is none. It opens nothing.
const sampleToken = "sample"

// Kinds lists the kinds of letters that people get, by name.
func Kinds() []Kind {
	var all []Kind
	for _, kind := range rendered() {
		all = append(all, Kind(kind))
	}
	slices.Sort(all)
	return all
}

// Preview composes a letter of a kind as its recipient would get it, with made-up
// circumstances, in a language (RFC 5646) or in English. Nothing is stored, and its
// link opens nothing.
func (p *Postman) Preview(kind Kind, language, to string) (Message, error) {
	now := p.opts.Clock.Now()
	l := Letter{
		Kind: kind, To: to, Name: "Ada Lovelace", Language: language, ExpiresAt: now.Add(time.Hour),
		Data: map[string]string{
			DataTime: Moment(now), DataUntil: Moment(now.Add(7 * 24 * time.Hour)), DataSince: Moment(now.Add(-3 * 24 * time.Hour)),
			DataUserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
			DataAddress:   "203.0.113.7", DataPlace: "Lisbon, Portugal",
			DataHook: "sample", DataHost: "app.example.com",
		},
	}
	if _, ok := link.In(string(kind)); ok {
		l.Token = sampleToken
	}
	return p.compose(l, id.Random()+"@"+p.idHost, now)
}

// Try sends a message at once, past the queue, and tells what the mail server said.
// The subject tells the reader what it is.
func (p *Postman) Try(ctx context.Context, m Message) error {
	m.Subject = "[Test] " + m.Subject
	if err := p.opts.Transport.Send(ctx, m); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

// KindNamed finds a kind by its name, which may be written with hyphens.
func KindNamed(name string) (Kind, bool) {
	kind := Kind(strings.ReplaceAll(name, "-", "_"))
	return kind, slices.Contains(Kinds(), kind)
}
