package token

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// MaxPageWait is how long a page is held back at most until there is news. It is
// less than connections may take to answer.
const MaxPageWait = 20 * time.Second

// pageSlots is how many pages may be read or signed at once. A page of
// [jws.MaxEntries] is 1.5 MB.
const pageSlots = 4

// ErrFeedNeedsAsymmetricKeys is returned where tokens are signed with HS256: a
// program that could verify a page could forge one.
var ErrFeedNeedsAsymmetricKeys = fault.New(fault.Unimplemented, "feed_needs_asymmetric_keys")

// PagesOptions says what pages are made of.
type PagesOptions struct {
	Revocations *Revocations
	Ring        *keys.Ring
	Issuer      string // iss
}

// Pages gives other programs the revocation feed, in pages that are signed with
// the key of access tokens. It is safe for concurrent use.
//
// A page follows the place that its client names, a number and its mark, and says
// what the database holds there, so that the client sees when it has followed
// another database. Where this instance stands in the same place, memory says that
// there is nothing new; everything else is read from SQL, number, mark and entries
// in one statement. So a head below the client's number comes from the database,
// never from an instance that lags.
//
// A page says how old it is: the time since the read began that found everything
// up to its head. It is withheld while it would be older than the list may be.
type Pages struct {
	opts    PagesOptions
	perPage int // entries; fewer in tests
	reading singleflight.Group
	slots   chan struct{}
	stop    chan struct{} // closed when no page is to be held back any more
}

// NewPages returns pages of a list.
func NewPages(o PagesOptions) *Pages {
	return &Pages{opts: o, perPage: jws.MaxEntries, slots: make(chan struct{}, pageSlots), stop: make(chan struct{})}
}

// Run holds pages back until ctx is done. From then on every page is answered at
// once, so that nobody who waits holds up the end of the process. It is to be
// called once.
func (p *Pages) Run(ctx context.Context) error {
	<-ctx.Done()
	close(p.stop)
	return nil
}

// PageRequest is what a client asks for.
type PageRequest struct {
	ClientID string // aud
	After    int64  // the number up to which it has every entry
	Mark     string // of that number, empty if it knows none
	Nonce    string // 1 to [jws.MaxNonce] characters, drawn for this request
	// Wait is how long an answer may take while there is nothing new, at most
	// [MaxPageWait].
	Wait time.Duration
}

// SignedPage is a page as its client gets it, a compact JWS of the type
// [jws.TypeRevocations], and what it says.
type SignedPage struct {
	jws.Page

	Text string
}

// Stopped reports whether no page is held back any more.
func (p *Pages) Stopped() bool {
	select {
	case <-p.stop:
		return true
	default:
		return false
	}
}

// Signed gives the page that follows r.After. While there is nothing new it waits for r.Wait, and
// answers a page without entries then.
//
// Errors: fault.ErrUnavailable if what is new cannot be told;
// ErrFeedNeedsAsymmetricKeys.
func (p *Pages) Signed(ctx context.Context, r PageRequest) (SignedPage, error) {
	over := time.NewTimer(min(r.Wait, MaxPageWait))
	defer over.Stop()
	waited := r.Wait <= 0
	for {
		here, moved, fresh := p.opts.Revocations.stands()
		switch {
		case !fresh || here.Number != r.After || here.Number > 0 && here.Mark.String() != r.Mark:
			return p.read(ctx, r, here.Number)
		case waited:
			mark := here.Mark.String()
			return p.sign(r, here.asOf, jws.Page{History: here.HistoryID, FromMark: mark, To: here.Number, Head: here.Number, Mark: mark})
		}
		select {
		case <-moved:
		case <-over.C:
			waited = true
		case <-p.stop:
			waited = true
		case <-ctx.Done():
			return SignedPage{}, ctx.Err()
		}
	}
}

// reached is a page as it was read, and when reading it began.
type reached struct {
	store.FeedPage
	asOf reading
}

// read reads from SQL what follows a number. Clients that ask for the same while it
// is being read share what comes of it. seen is the number that this instance had
// reached when the request came; a page read before that is not shared with it.
func (p *Pages) read(ctx context.Context, r PageRequest, seen int64) (SignedPage, error) {
	list := p.opts.Revocations
	got, err, _ := p.reading.Do(fmt.Sprintf("%d %d", r.After, seen), func() (any, error) {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookLimit)
		defer cancel()
		leave, err := p.enter(limited)
		if err != nil {
			return nil, err
		}
		defer leave()
		start := list.tick()
		page, err := list.opts.Store.Direct().Revocations.From(limited, r.After, start.wall, p.perPage+1)
		return reached{FeedPage: page, asOf: start}, err
	})
	if err != nil {
		return SignedPage{}, fault.ErrUnavailable.WithCause(fmt.Errorf("read a page of the feed: %w", err))
	}
	leave, err := p.enter(ctx)
	if err != nil {
		return SignedPage{}, err
	}
	defer leave()
	found := got.(reached) //nolint:forcetypeassert // what the function above gave
	return p.sign(r, found.asOf, pageAfter(r.After, found.FeedPage, p.perPage))
}

// enter waits for one of the slots, and gives what makes room for the next.
func (p *Pages) enter(ctx context.Context) (leave func(), err error) {
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// pageAfter is what a page of so many entries at most says of the rows from a number
// on.
func pageAfter(after int64, found store.FeedPage, most int) jws.Page {
	head, rows := found.Head, found.Revocations
	page := jws.Page{History: head.HistoryID, To: head.Number, Head: head.Number, Mark: head.Mark.String()}
	if head.Number < after {
		return page // the database has lost what it had
	}
	if head.Number == after {
		page.FromMark = head.Mark.String()
	}
	if len(rows) > 0 && rows[0].Number == after {
		page.FromMark, rows = rows[0].Mark.String(), rows[1:]
	}
	if len(rows) >= most {
		rows = rows[:most]
		last := rows[len(rows)-1]
		page.To, page.Mark = last.Number, last.Mark.String()
	}
	page.Entries = make([]jws.Entry, 0, len(rows))
	for _, r := range rows {
		page.Entries = append(page.Entries, jws.Entry{
			Number: r.Number, Mark: r.Mark.String(), Kind: string(r.Kind), Value: r.Subject, Epoch: r.Epoch, ExpiresAt: int64(instantOf(r.ExpiresAt)),
		})
	}
	return page
}

// sign completes a page for the client that asked, and signs it.
func (p *Pages) sign(r PageRequest, asOf reading, page jws.Page) (SignedPage, error) {
	now := p.opts.Revocations.tick()
	age := now.mono - asOf.mono
	if !now.agrees(asOf) || age > p.opts.Revocations.opts.MaxStaleness {
		return SignedPage{}, fault.ErrUnavailable.WithCause(errors.New("what is known of the feed is too old"))
	}
	key, err := p.opts.Ring.Active()
	switch {
	case err != nil:
		return SignedPage{}, err
	case key.Algorithm() == keys.HS256:
		return SignedPage{}, ErrFeedNeedsAsymmetricKeys
	}
	page.Issuer, page.Audience, page.IssuedAt = p.opts.Issuer, r.ClientID, now.wall.Unix()
	page.From, page.Age, page.Nonce = r.After, age.Milliseconds()+1, r.Nonce
	if page.Entries == nil {
		page.Entries = []jws.Entry{}
	}
	payload, err := json.Marshal(page)
	if err != nil {
		return SignedPage{}, fmt.Errorf("write a page of the feed: %w", err)
	}
	text, err := jws.Compact(key, key.ID(), jws.TypeRevocations, payload)
	return SignedPage{Page: page, Text: text}, err
}
