// Code generated from internal/jws by tools/gen. DO NOT EDIT.

package jws

import (
	"errors"
	"fmt"
	"strings"
)

const (
	// MaxPage bounds a page of the revocation feed, in bytes.
	MaxPage = 8 << 20
	// MaxEntries is how many entries a page has at most.
	MaxEntries = 10_000
	// MaxNonce is how long a nonce may be.
	MaxNonce = 64
)

// Page is a part of the revocation feed, as a server signs it for one client.
// It holds every entry that has not expired with a number above From and up to
// To. A page whose Head is below From holds nothing: the database has lost what
// it had, and To is Head.
type Page struct {
	Issuer   string  `json:"iss"`
	Audience string  `json:"aud"` // the client_id
	IssuedAt int64   `json:"iat"` // in seconds since 1970
	History  string  `json:"history"`
	From     int64   `json:"from"`
	FromMark string  `json:"from_mark,omitempty"` // what the database holds at From, empty if nothing
	To       int64   `json:"to"`
	Head     int64   `json:"head"`           // the newest number
	Mark     string  `json:"mark,omitempty"` // of To; empty if it has none
	Age      int64   `json:"age"`            // ms from the start of the server's last complete read to signing
	Nonce    string  `json:"nonce"`
	Entries  []Entry `json:"entries"`
}

// Kinds of entries.
const (
	KindToken   = "jti"
	KindSession = "sid"
	KindUser    = "sub"    // refuses tokens of the user with an epoch below Epoch
	KindClient  = "client" // the same for a client's own tokens
)

// Entry is one revocation.
type Entry struct {
	Number    int64  `json:"n"`
	Mark      string `json:"m,omitempty"`
	Kind      string `json:"k"`
	Value     string `json:"v"`
	Epoch     int64  `json:"e,omitempty"`
	ExpiresAt int64  `json:"x"` // in seconds since 1970
}

var (
	errOrder   = errors.New("the numbers do not fit together")
	errEntries = errors.New("more entries than a page may have")
)

// ParsePage reads the payload of a page whose signature was verified, and makes
// sure that it fits together: entries in rising order between From and To, with an
// epoch where the kind asks for one, and the mark of To that of the last entry if
// that has this number. Members that it does not know are ignored; kinds are the
// caller's to judge.
func ParsePage(payload []byte) (Page, error) {
	members, err := parseMembers(string(payload))
	if err != nil {
		return Page{}, fmt.Errorf("page: %w", err)
	}
	const limit = 1<<63 - 1
	r := &reader{members: members}
	p := Page{
		Issuer: r.text("iss"), Audience: r.text("aud"), IssuedAt: r.integer("iat", lastSecond), History: r.text("history"),
		From: r.integer("from", limit), FromMark: r.optionalText("from_mark"), To: r.integer("to", limit),
		Head: r.integer("head", limit), Mark: r.optionalText("mark"), Age: r.integer("age", 1<<40), Nonce: r.text("nonce"),
	}
	list := r.required("entries")
	if r.err != nil {
		return Page{}, r.err
	}
	w := walker{text: list}
	err = w.array(1, func(value string) error {
		e, err := parseEntry(value)
		if err != nil {
			return fmt.Errorf("entry %d: %w", len(p.Entries), err)
		}
		p.Entries = append(p.Entries, e)
		return nil
	})
	if err != nil {
		return Page{}, err
	}
	// These are kept, and would keep the text of the page.
	p.History, p.Mark = strings.Clone(p.History), strings.Clone(p.Mark)
	return p, p.fits()
}

func parseEntry(text string) (e Entry, err error) {
	w := walker{text: text}
	right, epoch := true, false
	err = w.object(1, func(name, value string) (err error) {
		ok := true
		switch name {
		case "n":
			e.Number, ok = parseInteger(value, 1<<63-1)
		case "m":
			e.Mark, err = parseString(value)
		case "k":
			e.Kind, err = parseString(value)
		case "v":
			e.Value, err = parseString(value)
		case "e":
			e.Epoch, ok = parseInteger(value, 1<<63-1)
			epoch = true
		case "x":
			e.ExpiresAt, ok = parseInteger(value, 1<<63-1)
		}
		right = right && ok
		return err
	})
	if e.Kind == KindUser || e.Kind == KindClient { // without an epoch it would refuse nothing
		right = right && epoch
	}
	if err == nil && (!right || e.Number == 0 || e.Kind == "" || e.Value == "" || e.ExpiresAt == 0) {
		err = errForm
	}
	return e, err
}

// fits checks the numbers of a page against each other.
func (p *Page) fits() error {
	if len(p.Entries) > MaxEntries {
		return errEntries
	}
	if p.Head < p.From {
		if p.To != p.Head || len(p.Entries) > 0 {
			return errOrder
		}
		return nil
	}
	last, rising := p.rise()
	switch {
	case !rising || p.To < p.From || p.To > p.Head:
		return errOrder
	case last.Number != p.To && p.To != p.Head: // only what is behind the last entry may have expired
		return errOrder
	case len(p.Entries) > 0 && last.Number == p.To && last.Mark != p.Mark:
		return errOrder
	case p.To == p.From && p.From > 0 && p.FromMark != "" && p.FromMark != p.Mark:
		return errOrder
	}
	return nil
}

// rise gives the last entry, which is From on a page without any, and reports
// whether the numbers rise from From to To.
func (p *Page) rise() (last Entry, rising bool) {
	last = Entry{Number: p.From, Mark: p.FromMark}
	for _, e := range p.Entries {
		if e.Number <= last.Number || e.Number > p.To {
			return last, false
		}
		last = e
	}
	return last, true
}
