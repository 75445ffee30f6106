package token

import (
	"context"
	"errors"
	"fmt"
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
// It comes before the feed's row is read. A mark that was seen then is at most as
// high as the row, unless the database has lost what it had committed; so the
// two must be equal, which says both that the list lacks nothing and that it is
// this database's.
func (l *Revocations) consult(ctx context.Context, s *subjects) cluster.Sight {
	list := l.strictList()
	history, _ := l.Applied()
	if list == nil || history == "" {
		return cluster.Sight{}
	}
	ctx, cancel := context.WithTimeout(ctx, publishLimit)
	defer cancel()
	seen, err := list.Look(ctx, history, cluster.Suspect{Token: s.token, Session: s.session, User: s.user, Epoch: s.epoch})
	if err != nil {
		return cluster.Sight{}
	}
	if seen.Mark.History != history { // entries of another history were not looked for
		seen.Mark = cluster.Mark{}
	}
	return seen
}

// block adds to the block-list what one transaction has committed.
func (l *Revocations) block(ctx context.Context, history string, rs []store.Revocation) error {
	list := l.strictList()
	if list == nil || history == "" {
		return nil
	}
	s := cluster.Stretch{History: history, From: rs[0].Number - 1, To: rs[len(rs)-1].Number, Revocations: rs}
	if s.To-s.From != int64(len(rs)) { // never so; a gap must not be vouched for
		s.To = s.From
	}
	return list.Append(ctx, s)
}

// mend keeps the block-list's mark where the feed is, until ctx is done. Every
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

// mendNow compares the mark with the feed's row, which is read after it. A mark
// that lags is moved over what it lacks. One that is gone, of another history,
// or ahead of a database that lost what it had, is replaced.
func (l *Revocations) mendNow(ctx context.Context) error {
	mark, err := l.opts.BlockList.Mark(ctx)
	if err != nil {
		return err
	}
	head, err := l.head(ctx)
	if err != nil {
		return err
	}
	l.mu.RLock()
	ready := l.built && l.history == head.HistoryID
	l.mu.RUnlock()
	feed := cluster.Mark{History: head.HistoryID, Number: head.Number}
	switch {
	case !ready || mark == feed: // Run builds the list anew first
		return nil
	case mark.History == feed.History && mark.Number < feed.Number:
		return l.extend(ctx, mark, feed)
	default:
		return l.opts.BlockList.Fill(ctx, mark, feed, l.rows(ctx, 0))
	}
}

// extend adds to the block-list what its mark does not cover, and so moves it.
func (l *Revocations) extend(ctx context.Context, mark, feed cluster.Mark) error {
	from := mark.Number
	for rows, err := range l.rows(ctx, from) {
		if err != nil {
			return err
		}
		to := feed.Number // all there is
		if len(rows) == pageSize {
			to = rows[len(rows)-1].Number
		}
		err = l.opts.BlockList.Append(ctx, cluster.Stretch{History: mark.History, From: from, To: to, Revocations: rows})
		if err != nil {
			return err
		}
		from = to
	}
	return nil
}

// errKind is returned for a revocation of a later version's kind. The
// block-list's mark must not pass it: nobody here would look for it.
var errKind = errors.New("a revocation of an unknown kind")

// rows reads from SQL every revocation above from that has not expired, page by
// page. The last page is short, and may be empty.
func (l *Revocations) rows(ctx context.Context, from int64) iter.Seq2[[]store.Revocation, error] {
	now := l.tick().wall
	return func(yield func([]store.Revocation, error) bool) {
		for {
			page, err := l.page(ctx, from, now)
			if err == nil {
				err = knowAll(page)
			}
			if err != nil {
				yield(nil, fmt.Errorf("read revocations: %w", err))
				return
			}
			if !yield(page, nil) || len(page) < pageSize {
				return
			}
			from = page[len(page)-1].Number
		}
	}
}

func knowAll(page []store.Revocation) error {
	for _, r := range page {
		switch r.Kind {
		case store.RevokedToken, store.RevokedSession, store.RevokedUser:
		default:
			return errKind
		}
	}
	return nil
}
