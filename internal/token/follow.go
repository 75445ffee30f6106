package token

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Run follows the feed until ctx is done: it looks at SQL every poll, and
// whenever somebody asks it to. A look that fails is logged when failing begins;
// the list then grows stale by itself.
func (l *Revocations) Run(ctx context.Context) error {
	var beside sync.WaitGroup
	beside.Go(func() { l.listen(ctx) })
	beside.Go(func() { l.mend(ctx) })
	defer beside.Wait()
	failing := false
	for {
		begin := l.tick()
		_, err := l.catchUp(ctx, true)
		switch {
		case ctx.Err() != nil:
			return nil // stopping is no error
		case err != nil && !failing:
			l.opts.Log.WarnContext(ctx, "revocation list falls behind", slog.Any("error", err))
		case err == nil && failing:
			l.opts.Log.InfoContext(ctx, "revocation list caught up")
		}
		failing = err != nil
		l.sweep()
		l.wait(ctx, l.nudge)
		clock.Sleep(ctx, newsEvery-(l.tick().mono-begin.mono)) // ctx is looked at above
	}
}

// wait passes a poll, or up to a quarter less so that instances do not ask in
// step, or less if somebody nudges. It is never more: a poll is what is promised.
func (l *Revocations) wait(ctx context.Context, nudge <-chan struct{}) {
	jitter := time.Duration(secret.Bytes(1)[0]) * l.opts.Poll / 1024
	t := time.NewTimer(l.opts.Poll*3/4 + jitter)
	defer t.Stop()
	select {
	case <-t.C:
	case <-nudge:
	case <-ctx.Done():
	}
}

// listen hears news until ctx is done. While the feed is gone the polls go on.
func (l *Revocations) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := l.opts.Feed.Subscribe(ctx, l.hear); err != nil && ctx.Err() == nil {
			l.opts.Log.WarnContext(ctx, "revocation news interrupted", slog.Any("error", err))
		}
		clock.Sleep(ctx, l.opts.Poll) // ctx is looked at above
	}
}

// hear adds what news says, and looks at SQL if it says anything new. Who
// publishes in Redis may revoke, but never for longer than an entry of this
// moment lives, and never moves the list's place.
func (l *Revocations) hear(n cluster.News) {
	latest := l.expiry(l.tick().wall)
	l.mu.Lock()
	newer := n.History != l.at.HistoryID
	for _, r := range n.Revocations {
		newer = newer || r.Number > l.at.Number
		if n.History != l.at.HistoryID || !known(r.Kind) {
			continue
		}
		if r.ExpiresAt.After(latest) {
			r.ExpiresAt = latest
		}
		newer = l.seen.add(r) || newer
	}
	l.mu.Unlock()
	if newer {
		l.ring()
	}
}

// ring makes Run look now.
func (l *Revocations) ring() {
	select {
	case l.nudge <- struct{}{}:
	default:
	}
}

// Committed is for store.AfterCommit. It applies what this instance committed
// before it returns: no check on this instance that begins afterwards passes.
// Then it tells the others.
func (l *Revocations) Committed(ctx context.Context, effects store.Effects) {
	if len(effects.Revocations) == 0 {
		return
	}
	last := effects.Revocations[len(effects.Revocations)-1]
	l.mu.Lock()
	for _, r := range effects.Revocations {
		l.seen.add(r) // it is committed, so it counts whether or not it is next
	}
	if l.built && l.at.Mark != 0 && l.at.FeedHead == effects.Follows {
		l.move(placeOf(l.at.HistoryID, last))
	}
	passed := l.at.Number > last.Number || l.at.Position == last.Position()
	built := l.built
	l.mu.Unlock()
	if built && !passed {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitLimit)
		if _, err := l.catchUp(limited, false); err != nil && !errors.Is(err, errStale) {
			l.opts.Log.WarnContext(ctx, "revocation list did not catch up", slog.Any("error", err))
		}
		cancel()
	}
	l.tell(ctx, effects)
}

// tell publishes for at most publishLimit, even if the feed heeds no deadline.
// Checks of other instances in strict mode find the entries in the block-list.
func (l *Revocations) tell(ctx context.Context, effects store.Effects) {
	select {
	case l.publish <- struct{}{}:
	default:
		return // too many hang already; the others' polls will find it
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), publishLimit)
	told := make(chan error, 1)
	go func() {
		defer func() { cancel(); <-l.publish }()
		told <- errors.Join(l.block(limited, effects), l.opts.Feed.Publish(limited, effects.Follows.HistoryID, effects.Revocations))
	}()
	select {
	case err := <-told:
		if untold := l.untold.Swap(err != nil); err != nil && !untold {
			l.opts.Log.WarnContext(ctx, "revocation news not published", slog.Any("error", err))
		}
	case <-limited.Done():
	}
}

// sweep drops expired entries from memory, if the clocks can be trusted.
func (l *Revocations) sweep() {
	now := l.tick()
	for more := true; more; {
		l.mu.Lock()
		more = now.agrees(l.asOf) && l.seen.sweep(now.wall, sweepSize)
		l.mu.Unlock()
	}
}

var (
	// errStale is returned to callers that cannot wait for the list to begin
	// again. Run does that.
	errStale = errors.New("the revocation list must begin again")
	// errLost is returned where SQL does not hold what a list, or the block-list,
	// has followed to its place: the database has lost what it had.
	errLost = errors.New("the revocation feed is not the one that was followed")
	// errPurged is returned where SQL no longer holds the place of a list, as it
	// need not once the entry has expired: whether what is there now follows the
	// place cannot be told, so whatever has not expired must be read from 0 on.
	errPurged = errors.New("the place in the revocation feed is no longer there")
)

// catchUp returns once a look that began after the call has succeeded, made by
// this caller or by another, and gives the feed's row as it was read then, or
// later. It begins again only if it may; if it may not, it also gives the row
// beside errStale, and does not wait for whoever does.
func (l *Revocations) catchUp(ctx context.Context, mayRebuild bool) (store.FeedHead, error) {
	want := l.started.Load() + 1
	if !mayRebuild && !l.isBuilt() {
		head, err := l.head(ctx)
		if err != nil {
			return store.FeedHead{}, err
		}
		return head, errStale
	}
	select {
	case l.looking <- struct{}{}:
		defer func() { <-l.looking }()
	case <-ctx.Done():
		return store.FeedHead{}, fmt.Errorf("wait to read the feed: %w", ctx.Err())
	}
	l.mu.RLock()
	feed, looked, stale := l.feed, l.looked >= want, l.stale >= want
	l.mu.RUnlock()
	switch {
	case looked:
		return feed, nil
	case stale && !mayRebuild:
		return feed, errStale
	}
	return l.look(ctx, l.started.Add(1), mayRebuild)
}

func (l *Revocations) isBuilt() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.built
}

// look reads the feed's row and whatever is new. The caller holds looking.
func (l *Revocations) look(ctx context.Context, turn uint64, mayRebuild bool) (store.FeedHead, error) {
	start := l.tick()
	l.mu.RLock()
	at := l.at
	anew := !l.built || !start.agrees(l.asOf) || l.mayFit(start)
	l.mu.RUnlock()
	head, err := l.head(ctx) // after the place was noted: it can only be as high or higher
	if err != nil {
		return head, err
	}
	to := at
	switch {
	case anew:
		err = errStale
	case at.contradicts(head):
		err = errLost
	case head.Number > at.Number:
		to, err = l.pull(ctx, at, start.wall)
		if errors.Is(err, errPurged) {
			to, err = l.pull(ctx, origin(head.HistoryID), start.wall)
		}
	}
	if errors.Is(err, errStale) || errors.Is(err, errLost) {
		return l.beginAgain(ctx, start, turn, head, mayRebuild)
	}
	if err != nil {
		return head, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == at || to.Number > l.at.Number { // a commit may have moved it further
		l.move(to)
	}
	l.asOf, l.looked, l.feed = start, turn, head
	return head, nil
}

// mayFit reports whether a list that could not take every entry should try
// again; the caller holds mu.
func (l *Revocations) mayFit(now reading) bool {
	return l.seen.partial && l.seen.len() < l.opts.MaxEntries/10*9 && now.mono-l.builtAt >= rebuildEvery
}

// head reads the feed's row, and the longest lifetime of tokens beside it.
func (l *Revocations) head(ctx context.Context) (store.FeedHead, error) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	direct := l.opts.Store.Direct()
	longest, err := direct.Facts.Number(ctx, store.FactAccessTokenTTL)
	if err != nil {
		return store.FeedHead{}, fmt.Errorf("read longest token lifetime: %w", err)
	}
	l.learnLongest(longest)
	head, err := direct.Feed.Head(ctx)
	if err != nil {
		return store.FeedHead{}, fmt.Errorf("read the feed: %w", err)
	}
	return head, nil
}

// beginAgain reads every unexpired entry, if it may; else Run does. Until that is
// done nothing but a no comes from memory, and SQL says the rest. No entry is
// dropped: a no is not taken back.
func (l *Revocations) beginAgain(
	ctx context.Context, start reading, turn uint64, head store.FeedHead, mayRebuild bool,
) (store.FeedHead, error) {
	l.mu.Lock()
	had := l.at
	l.built = false
	if !mayRebuild {
		l.feed, l.stale = head, turn
		l.mu.Unlock()
		l.ring()
		return head, errStale
	}
	l.seen.partial = false // whatever does not fit from now on says so
	l.mu.Unlock()
	if had.HistoryID != "" {
		l.opts.Log.WarnContext(ctx, "revocation list begins again", slog.Bool("feed_differs", had.contradicts(head)),
			slog.Int64("applied", had.Number), slog.Int64("number", head.Number))
	}
	at, err := l.pull(ctx, origin(head.HistoryID), start.wall)
	if err != nil {
		return head, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.move(at)
	l.built, l.builtAt = true, start.mono
	l.asOf, l.looked, l.feed = start, turn, head
	return head, nil
}

// pull adds every entry behind a place that has not expired, and gives the place
// of the last. It returns errLost if SQL holds another row in the place, and
// errPurged if it holds none.
func (l *Revocations) pull(ctx context.Context, at place, now time.Time) (place, error) {
	for s, err := range l.stretches(ctx, at, now) {
		if err != nil {
			return at, err
		}
		l.mu.Lock()
		for _, r := range s.rows {
			l.seen.add(r)
		}
		l.mu.Unlock()
		at = s.to
	}
	return at, nil
}

// stretch is a page of the feed: every row behind a place, up to another, that
// has not expired.
type stretch struct {
	from, to place
	rows     []store.Revocation
}

// stretches reads from SQL what is behind a place, page by page, at least one.
// It ends with errLost as soon as SQL holds another row in the place where a
// page begins than the one that was read before, and with errPurged if it holds
// none.
//
// Each page proves by itself that it follows the one before, and the last one how
// far all of them go: nothing that was read by another statement counts, because
// the database may have failed over in between.
func (l *Revocations) stretches(ctx context.Context, at place, now time.Time) iter.Seq2[stretch, error] {
	return func(yield func(stretch, error) bool) {
		for full := true; full; {
			page, err := l.page(ctx, at.Number, now)
			if err != nil {
				yield(stretch{}, fmt.Errorf("read revocations: %w", err))
				return
			}
			full = len(page.Revocations) == l.perPage
			s := stretch{from: at, to: at}
			if s.rows, err = at.follow(page, now); err != nil {
				yield(stretch{}, err)
				return
			}
			if len(s.rows) > 0 {
				s.to = placeOf(page.Head.HistoryID, s.rows[len(s.rows)-1])
			}
			if !full && s.to.Number < page.Head.Number { // the rest has expired
				s.to = place{FeedHead: page.Head}
			}
			if !yield(s, nil) {
				return
			}
			at = s.to
		}
	}
}

func (l *Revocations) page(ctx context.Context, from int64, now time.Time) (store.FeedPage, error) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	return l.opts.Store.Direct().Revocations.From(ctx, from, now, l.perPage)
}
