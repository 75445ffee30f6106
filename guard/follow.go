package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

const (
	feedPath     = "/revocations"
	feedLimit    = 2 * time.Second        // of an answer beyond what it was asked to wait
	readLimit    = 10 * time.Second       // of a page while the whole feed is read
	feedGap      = 50 * time.Millisecond  // between the ends and starts of requests that found everything
	firstBackoff = 250 * time.Millisecond // after a failure; doubled up to:
	lastBackoff  = 5 * time.Second
	// markMargin is how long an entry must still live for its row to be missed.
	markMargin   = 5 * time.Minute
	sweepEvery   = 30 * time.Second
	rebuildEvery = 30 * time.Second // for a table that was full
	// clocksApart is by how much the server's clock may leave this machine's. The
	// server drops entries by its own, some minutes after the last token that they
	// refuse has expired.
	clocksApart = 60 * time.Second
)

var (
	errForeign = errors.New("the page answers another request")
	errAnew    = errors.New("the feed is not the one that was followed")
	errClocks  = errors.New("the clocks of the server and of this machine are more than 60 s apart")
)

// place is where a follower stands in the feed.
type place struct {
	number int64
	mark   string
	until  int64 // when the entry of the number expires, 0 if that is not known
}

// standing is how good the table is. It is immutable.
type standing struct {
	history  string
	place    place
	complete bool    // every entry up to place was read
	partial  bool    // but the table does not hold them all
	asOf     reading // the start of the last request that found everything by a like clock, minus the server's own age
	barred   bool    // another history came: nothing counts until keys and feed were read
	ready    bool    // it was complete once
	err      error   // what came of the last request, nil if it was answered
}

// follower keeps the table as good as the feed. One goroutine follows; standing
// may be read by any.
type follower struct {
	conf    *Config
	fetch   fetcher
	tick    func() reading
	keys    *keyring
	nonce   func() string // drawn anew for each request
	table   *table
	now     atomic.Pointer[standing]
	changed func()        // called after each request
	wait    time.Duration // that the server is asked to hold a request
	rekey   bool          // the keys must be read before the next request
	apart   bool          // it was logged that the clocks are
	swept   reading
	builtAt reading
	base    reading // the last request; both clocks went on alike since then
}

// current reports whether what is not in the table is not revoked. It must be asked
// before the table: an entry is added before the standing that counts on it.
func (f *follower) current(now reading) bool {
	s := f.now.Load()
	return s.complete && !s.partial && !s.barred && now.agrees(s.asOf) && now.since(s.asOf) <= f.conf.MaxStaleness
}

// change replaces the standing. Only the following goroutine calls it.
func (f *follower) change(edit func(*standing)) {
	next := *f.now.Load()
	edit(&next)
	f.now.Store(&next)
}

// run follows until ctx is done.
func (f *follower) run(ctx context.Context) {
	backoff := firstBackoff
	for {
		more, err := f.step(ctx)
		if ctx.Err() != nil {
			return
		}
		f.note(ctx, err)
		pause := feedGap/2 + jitter(feedGap/2)
		switch {
		case more:
			pause, backoff = 0, firstBackoff
		case err != nil && !errors.Is(err, errClocks):
			pause = backoff/2 + jitter(backoff/2)
			backoff = min(2*backoff, lastBackoff)
		default:
			backoff = firstBackoff
		}
		if !sleep(ctx, pause) {
			return
		}
	}
}

// note remembers what came of a request, and logs when failing begins and ends.
func (f *follower) note(ctx context.Context, err error) {
	before := f.now.Load().err
	switch {
	case errors.Is(err, errClocks):
		if !f.apart {
			f.conf.Log.ErrorContext(ctx, "sallyport: the guard cannot be current with this clock", slog.Any("error", err))
		}
		f.apart = true
	case err != nil && before == nil:
		f.conf.Log.WarnContext(ctx, "sallyport: the revocation feed cannot be followed", slog.Any("error", err))
	case err == nil && before != nil:
		f.conf.Log.InfoContext(ctx, "sallyport: the revocation feed is followed again")
	}
	f.apart = f.apart && err != nil
	f.change(func(s *standing) { s.err = err })
	f.changed()
}

func jitter(most time.Duration) time.Duration {
	return time.Duration(mathrand.Int64N(int64(most) + 1)) //nolint:gosec // spreads requests over time
}

// step makes one request and takes what comes of it. More says that the feed has
// more to give at once. With errClocks a page was taken, but it does not make the guard
// current.
func (f *follower) step(ctx context.Context) (more bool, err error) {
	start := f.tick()
	f.housekeep(ctx, start)
	if f.rekey {
		if err := f.keys.renew(ctx); err != nil {
			return false, err
		}
		f.rekey = false
	}
	s := f.now.Load()
	page, err := f.ask(ctx, s)
	if err != nil {
		return false, err
	}
	switch err := f.follows(s, page, start); {
	case errors.Is(err, errAnew):
		f.beginAgain(ctx, page)
		return false, nil
	case err != nil:
		return false, err
	}
	for _, e := range page.Entries {
		f.table.add(e)
	}
	err = compare(page, f.tick())
	f.change(func(s *standing) {
		s.partial = f.table.partial.Load()
		s.advance(page)
		if page.To == page.Head && err == nil {
			s.asOf = start.minus(time.Duration(page.Age) * time.Millisecond)
			s.barred, s.ready = false, true
		}
	})
	return page.To != page.Head, err
}

// housekeep drops what has expired, if the clocks can be believed, and begins
// again if they cannot, because a wrong time may have dropped what still counts.
func (f *follower) housekeep(ctx context.Context, now reading) {
	s := f.now.Load()
	full := f.table.partial.Load() && f.table.size.Load() < f.table.limit*9/10 && now.since(f.builtAt) >= rebuildEvery
	switch {
	case !now.agrees(f.base):
		f.conf.Log.WarnContext(ctx, "sallyport: the clock was set or the machine was suspended; the revocation feed is read from the beginning")
		f.restart(s.history, s.barred)
	case full:
		f.restart(s.history, s.barred)
	case now.since(f.swept) >= sweepEvery:
		f.table.sweep(now.wall)
		f.swept = now
	}
	f.base = now
}

// ask requests what comes after the place, with a nonce of its own, and gives the
// page if it is genuine and answers this request.
func (f *follower) ask(ctx context.Context, s *standing) (*jws.Page, error) {
	nonce := f.nonce()
	query := url.Values{"after": {strconv.FormatInt(s.place.number, 10)}, "nonce": {nonce}}
	if s.place.mark != "" {
		query.Set("mark", s.place.mark)
	}
	limit := readLimit
	if s.complete {
		limit = f.wait + feedLimit
		query.Set("wait", strconv.FormatFloat(f.wait.Seconds(), 'f', 1, 64))
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	text, err := f.fetch.get(ctx, feedPath+"?"+query.Encode(), jws.MaxPage)
	if err != nil {
		return nil, fmt.Errorf("read the revocation feed: %w", err)
	}
	page, err := f.open(ctx, string(text))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the revocation feed: %w", err)
	case page.Nonce != nonce || page.From != s.place.number:
		return nil, errForeign
	}
	return page, nil
}

// open verifies a page.
func (f *follower) open(ctx context.Context, raw string) (*jws.Page, error) {
	m, err := jws.Parse(raw, jws.MaxPage)
	if err != nil {
		return nil, err
	}
	if m.Type != jws.TypeRevocations {
		return nil, errType
	}
	k, err := f.keys.find(ctx, m.KeyID)
	if err != nil {
		return nil, err
	}
	if err := m.Verify(k.Public); err != nil {
		return nil, err
	}
	page, err := jws.ParsePage(m.Payload)
	if err != nil {
		return nil, err
	}
	if page.Issuer != f.conf.Issuer || page.Audience != f.conf.ClientID {
		return nil, errForeign
	}
	return &page, nil
}

// follows says errAnew if the database that gave the page is not the one that was
// followed to the place, or cannot be shown to be.
func (f *follower) follows(s *standing, page *jws.Page, now reading) error {
	at := s.place
	switch {
	case s.history != "" && page.History != s.history:
		return errAnew
	case page.Head < page.From:
		return errAnew
	case at.number == 0:
		return nil
	case page.FromMark != "" && page.FromMark != at.mark:
		return errAnew
	case page.FromMark == "" && at.mark != "" && at.until > now.wall.Add(markMargin).Unix():
		return errAnew
	}
	return nil
}

// beginAgain goes back to 0. Nothing is forgotten: what was revoked stays revoked
// until it expires. After another history nothing counts until keys and feed were
// read, for the server may have been replaced.
func (f *follower) beginAgain(ctx context.Context, page *jws.Page) {
	s := f.now.Load()
	other := s.history != page.History
	f.conf.Log.WarnContext(ctx, "sallyport: the revocation feed begins again", slog.Bool("other_history", other),
		slog.Int64("applied", s.place.number), slog.Int64("head", page.Head))
	f.rekey = f.rekey || other
	f.restart(page.History, other || s.barred)
}

// restart makes the follower read from 0 on.
func (f *follower) restart(history string, barred bool) {
	f.change(func(s *standing) {
		s.history, s.place, s.complete, s.partial, s.barred = history, place{}, false, false, barred
	})
	f.table.partial.Store(false) // what does not fit from now on says so
	f.builtAt = f.tick()
}

// advance moves the place to the end of a page.
func (s *standing) advance(page *jws.Page) {
	if page.To != s.place.number {
		s.place = place{number: page.To, mark: page.Mark}
		if n := len(page.Entries); n > 0 && page.Entries[n-1].Number == page.To {
			s.place.until = page.Entries[n-1].ExpiresAt
		}
	}
	s.history = page.History
	s.complete = s.complete || page.To == page.Head
}

// compare says errClocks if a page was not signed about now.
func compare(page *jws.Page, now reading) error {
	if now.wall.Sub(time.Unix(page.IssuedAt, 0)).Abs() > clocksApart {
		return errClocks
	}
	return nil
}
