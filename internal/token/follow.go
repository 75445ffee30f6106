package token

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Run follows the feed until ctx is done: it looks at SQL every poll and
// whenever news does not fit. A look that fails is logged when failing begins;
// the list then grows stale by itself.
func (l *Revocations) Run(ctx context.Context) error {
	var beside sync.WaitGroup
	beside.Go(func() { l.listen(ctx) })
	beside.Go(func() { l.mend(ctx) })
	defer beside.Wait()
	failing := false
	for {
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
	}
}

// wait passes a poll, give or take a quarter, or less if somebody nudges.
func (l *Revocations) wait(ctx context.Context, nudge <-chan struct{}) {
	jitter := time.Duration(secret.Bytes(1)[0]) * l.opts.Poll / 512
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
		_ = pause(ctx, l.opts.Poll) // ctx is looked at above
	}
}

// hear applies news that carries on where the list stands. Everything else is
// a reason to look: SQL says what is revoked, news only that something is.
func (l *Revocations) hear(n cluster.News) {
	l.mu.Lock()
	fits := n.History == l.history
	for _, r := range n.Revocations {
		if !fits || r.Number <= l.number {
			continue
		}
		if fits = r.Number == l.number+1; fits {
			l.apply(r)
			l.number = r.Number
		}
	}
	l.mu.Unlock()
	if !fits {
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

// apply adds an entry; the caller holds mu.
func (l *Revocations) apply(r store.Revocation) {
	l.seen.add(r)
	if l.shadow != nil {
		l.shadow.add(r)
	}
}

// Committed is for store.AfterCommit. It applies what this instance committed
// before it returns: no check on this instance that begins afterwards passes.
// Then it tells the others.
func (l *Revocations) Committed(ctx context.Context, effects store.Effects) {
	if len(effects.Revocations) == 0 {
		return
	}
	l.mu.Lock()
	for _, r := range effects.Revocations {
		l.apply(r) // it is committed, so it counts whether or not it is next
		if r.Number == l.number+1 {
			l.number = r.Number
		}
	}
	last := effects.Revocations[len(effects.Revocations)-1].Number
	behind := l.number < last
	history := l.history
	l.mu.Unlock()
	if behind && history != "" {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitLimit)
		if _, err := l.catchUp(limited, false); err != nil {
			l.opts.Log.WarnContext(ctx, "revocation list did not catch up", slog.Any("error", err))
		}
		cancel()
	}
	l.tell(ctx, history, effects.Revocations)
}

// tell publishes for at most publishLimit, even if the feed heeds no deadline.
// Checks of other instances in strict mode find the entries in the block-list.
func (l *Revocations) tell(ctx context.Context, history string, rs []store.Revocation) {
	select {
	case l.publish <- struct{}{}:
	default:
		return // too many hang already; the others' polls will find it
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), publishLimit)
	told := make(chan error, 1)
	go func() {
		defer func() { cancel(); <-l.publish }()
		told <- errors.Join(l.block(limited, history, rs), l.opts.Feed.Publish(limited, history, rs))
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

// errStale is returned to callers that cannot wait for the list to be built
// anew. Run does that.
var errStale = errors.New("revocation list must be built anew")

// catchUp returns once a look that began after the call has succeeded, made by
// this caller or by another, and gives the feed's row as it was read then, or
// later. It builds the list anew only if it may; if it may not, it also gives
// the row beside errStale, and does not wait for whoever does.
func (l *Revocations) catchUp(ctx context.Context, mayRebuild bool) (store.FeedHead, error) {
	want := l.started.Load() + 1
	if !mayRebuild && l.rebuilding() {
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

func (l *Revocations) rebuilding() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.shadow != nil
}

// look reads the feed's row and whatever is new. The caller holds looking.
func (l *Revocations) look(ctx context.Context, turn uint64, mayRebuild bool) (store.FeedHead, error) {
	start := l.tick()
	l.mu.RLock()
	history, number := l.history, l.number
	anew := !l.built || !start.agrees(l.asOf) || l.mayFit(start)
	l.mu.RUnlock()
	head, err := l.head(ctx) // after number was noted: it can only be as high or higher
	if err != nil {
		return head, err
	}
	applied := head.Number
	lost := head.HistoryID != history || head.Number < number
	switch {
	case (anew || lost) && !mayRebuild:
		l.ring()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.feed, l.stale = head, turn
		return head, errStale
	case anew || lost:
		if history != "" {
			l.opts.Log.InfoContext(ctx, "revocation list is built anew",
				slog.Int64("applied", number), slog.Int64("number", head.Number))
		}
		return head, l.rebuild(ctx, start, turn, lost)
	case head.Number > number:
		last, err := l.pull(ctx, number, start.wall, l.apply)
		if err != nil {
			return head, err
		}
		applied = max(applied, last)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.number = max(l.number, applied)
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
	head, err := direct.Revocations.Head(ctx)
	if err != nil {
		return store.FeedHead{}, fmt.Errorf("read the feed: %w", err)
	}
	return head, nil
}

// rebuild reads every unexpired entry into a new view and puts it in place.
// Until it is done the old view still says no, and SQL says the rest. Entries
// that are committed or heard of meanwhile go into both.
func (l *Revocations) rebuild(ctx context.Context, start reading, turn uint64, lost bool) error {
	l.mu.Lock()
	l.built = false
	l.shadow = newView(l.opts.MaxEntries)
	shadow := l.shadow
	l.mu.Unlock()
	finish := func() {
		l.shadow = nil
		l.mu.Unlock()
	}
	var last int64
	head, err := l.head(ctx) // after the shadow began to listen
	if err == nil {
		last, err = l.pull(ctx, 0, start.wall, shadow.add)
	}
	l.mu.Lock()
	defer finish()
	if err != nil {
		return err
	}
	at := max(head.Number, last)
	if !lost && head.HistoryID == l.history {
		at = max(at, l.number)
	}
	l.seen, l.history, l.number, l.built = shadow, head.HistoryID, at, true
	l.asOf, l.looked, l.feed, l.builtAt = start, turn, head, start.mono
	return nil
}

// pull adds every entry above from that has not expired, and gives the number
// of the last.
func (l *Revocations) pull(ctx context.Context, from int64, now time.Time, add func(store.Revocation)) (last int64, err error) {
	for last = from; ; {
		rows, err := l.page(ctx, last, now)
		if err != nil {
			return last, fmt.Errorf("read revocations: %w", err)
		}
		l.mu.Lock()
		for _, r := range rows {
			add(r)
			last = r.Number
		}
		l.mu.Unlock()
		if len(rows) < pageSize {
			return last, nil
		}
	}
}

func (l *Revocations) page(ctx context.Context, from int64, now time.Time) ([]store.Revocation, error) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	return l.opts.Store.Direct().Revocations.After(ctx, from, now, pageSize)
}
