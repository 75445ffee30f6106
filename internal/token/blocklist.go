package token

import (
	"context"
	"errors"
	"iter"
	"log/slog"

	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// strictList gives the block-list, or nil if checks do without.
func (l *Revocations) strictList() cluster.BlockList {
	if !l.opts.Strict {
		return nil
	}
	return l.opts.BlockList
}

// consult looks at the block-list, for publishLimit at most. What it cannot tell,
// memory or SQL will.
//
// It comes before the feed's row is read. A marker that was seen then is at most
// as high as the row, unless the database has lost what it had committed; so the
// two must be equal, which says both that the list lacks nothing and that it is
// this database's.
func (l *Revocations) consult(ctx context.Context, s *subjects) cluster.Sight {
	list := l.strictList()
	history := l.Applied().HistoryID
	if list == nil || history == "" {
		return cluster.Sight{}
	}
	ctx, cancel := context.WithTimeout(ctx, publishLimit)
	defer cancel()
	seen, err := list.Look(ctx, history, cluster.Suspect{Token: s.token, Session: s.session, User: s.user, Client: s.client, Epoch: s.epoch})
	if err != nil {
		return cluster.Sight{}
	}
	if seen.Complete.HistoryID != history { // entries of another history were not looked for
		seen.Complete = store.FeedHead{}
	}
	return seen
}

// block adds to the block-list what one transaction has committed.
func (l *Revocations) block(ctx context.Context, effects store.Effects) error {
	list, rs := l.strictList(), effects.Revocations
	if list == nil || effects.Follows.HistoryID == "" {
		return nil
	}
	return list.Append(ctx, cluster.Stretch{From: effects.Follows, To: rs[len(rs)-1].Position(), Revocations: rs})
}

// mend keeps the block-list's marker where the feed is, until ctx is done. Every
// instance does, and doing it twice is harmless.
func (l *Revocations) mend(ctx context.Context) {
	if l.strictList() == nil {
		return
	}
	failing := false
	for ctx.Err() == nil {
		err := l.mendNow(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, cluster.ErrFilling):
		case err != nil && !failing:
			l.opts.Log.WarnContext(ctx, "strict checks go without the block-list", slog.Any("error", err))
		case err == nil && failing:
			l.opts.Log.InfoContext(ctx, "strict checks go by the block-list again")
		}
		failing = err != nil && !errors.Is(err, cluster.ErrFilling)
		l.wait(ctx, nil)
	}
}

// mendNow compares the marker with the feed's row, which is read after it. A
// marker that lags is moved over what the block-list lacks. One that is gone, of
// another history, or ahead of a database that lost what it had, or not where
// that database ever was, is replaced.
func (l *Revocations) mendNow(ctx context.Context) error {
	complete, err := l.opts.BlockList.Complete(ctx)
	if err != nil {
		return err
	}
	head, err := l.head(ctx)
	if err != nil {
		return err
	}
	l.mu.RLock()
	ready := l.built && l.at.HistoryID == head.HistoryID
	l.mu.RUnlock()
	switch {
	case !ready || complete == head: // Run begins again first
		return nil
	case !(place{FeedHead: complete}).contradicts(head):
		if err := l.extend(ctx, complete); !errors.Is(err, errLost) {
			return err
		}
	}
	return l.opts.BlockList.Fill(ctx, complete, l.all(ctx, head.HistoryID))
}

// extend adds to the block-list what its marker does not cover, and so moves it.
// It returns errLost if SQL does not hold the marker's own row, which may merely
// have been purged: filling anew is right then, too.
func (l *Revocations) extend(ctx context.Context, complete store.FeedHead) error {
	now := l.tick().wall
	for s, err := range l.stretches(ctx, place{FeedHead: complete, until: l.expiry(now)}, now) {
		if err == nil {
			err = knowAll(s.rows)
		}
		if err == nil {
			err = l.opts.BlockList.Append(ctx, s.shared())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// all reads from SQL every revocation that has not expired.
func (l *Revocations) all(ctx context.Context, history string) iter.Seq2[cluster.Stretch, error] {
	return func(yield func(cluster.Stretch, error) bool) {
		for s, err := range l.stretches(ctx, origin(history), l.tick().wall) {
			if err == nil {
				err = knowAll(s.rows)
			}
			if !yield(s.shared(), err) || err != nil {
				return
			}
		}
	}
}

// shared is a stretch as the block-list takes it.
func (s stretch) shared() cluster.Stretch {
	return cluster.Stretch{From: s.from.FeedHead, To: s.to.Position, Revocations: s.rows}
}

// errKind is returned for a revocation of a later version's kind. The
// block-list's marker must not pass it: nobody here would look for it.
var errKind = errors.New("a revocation of an unknown kind")

func knowAll(page []store.Revocation) error {
	for _, r := range page {
		if !known(r.Kind) {
			return errKind
		}
	}
	return nil
}
