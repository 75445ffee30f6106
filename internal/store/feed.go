package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Mark is 64 random bits, drawn with a number of the feed; 0 is none.
type Mark int64

// String gives the eight bytes in base64url, or nothing if there is no mark.
func (m Mark) String() string {
	if m == 0 {
		return ""
	}
	return secret.Encode(binary.BigEndian.AppendUint64(nil, uint64(m))) //nolint:gosec // bits, not an amount
}

// Position is a place in the feed: a number, and the mark that was drawn with
// it. A database that lost its last commits in a fail-over, or was restored from
// a backup, gives numbers out a second time, but never with the same marks: two
// equal positions of a history have the same entries before them. A position
// without a mark, which instances of earlier versions write, says no more than
// its number.
type Position struct {
	Number int64
	Mark   Mark
}

// FeedHead is the one row of the feed: the position of the newest entry. Another
// HistoryID means that the database was restored or moved.
type FeedHead struct {
	HistoryID string
	Position
}

var (
	feedInsert = q(`INSERT INTO feed (realm_id, history_id, number) VALUES (?, ?, 0)`)
	feedHead   = q(`SELECT history_id, number, mark, marked_number FROM feed WHERE realm_id = ?`)
	// feedRaise says which number the mark belongs to, because an instance of an
	// earlier version raises the number and leaves the mark as it is.
	feedRaise = q(`
		UPDATE feed SET mark = ?, marked_number = number + ?, number = number + ? WHERE realm_id = ?`)
	// feedRaised reads the mark of the entry that the new ones follow as well.
	feedRaised = q(`
		SELECT history_id, number,
			(SELECT mark FROM revocations WHERE revocations.realm_id = feed.realm_id AND revocations.number = feed.number - ?)
		FROM feed WHERE realm_id = ?`)
	feedRenew = q(`UPDATE feed SET history_id = ? WHERE realm_id = ?`)
)

// ensureFeed inserts the realm's feed unless it is there. Of openers who race,
// the first gives it its history.
func (db *Store) ensureFeed(ctx context.Context) error {
	history := secret.Encode(secret.Bytes(16))
	return db.lanes.Tx(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		_, err := sqlrun.Get(ctx, run, scanHead, feedHead, db.realm)
		if errors.Is(err, ErrNotFound) {
			if _, err = run.Exec(ctx, feedInsert, db.realm, history); errors.Is(err, ErrTaken) {
				err = run.Raced(err)
			}
		}
		return err
	})
}

// number gives each revocation its place in the feed, and notes what the first
// of them follows. These are the last statements of a transaction: the row lock
// that they take is held to COMMIT, so that numbers are committed in order, and
// no other lock is taken after it.
func (db *Store) number(ctx context.Context, run sqlrun.Runner, fx *effects) error {
	rs := fx.revocations
	if len(rs) == 0 {
		return nil
	}
	for _, r := range rs {
		r.Mark = drawMark()
	}
	n, err := run.Exec(ctx, feedRaise, int64(rs[len(rs)-1].Mark), len(rs), len(rs), db.realm)
	if err != nil {
		return fmt.Errorf("raise the feed: %w", err)
	}
	if n != 1 {
		return fmt.Errorf("raise the feed: %d rows", n)
	}
	head, err := sqlrun.Get(ctx, run, scanRaised, feedRaised, len(rs), db.realm)
	if err != nil {
		return fmt.Errorf("read the feed: %w", err)
	}
	fx.follows = head
	fx.follows.Number -= int64(len(rs))
	for i, r := range rs {
		r.Number = fx.follows.Number + int64(i) + 1
		if _, err := run.Exec(ctx, revocationInsert, db.realm, r.Number, int64(r.Mark), string(r.Kind), r.Subject, r.Epoch,
			micros(r.RevokedAt), micros(r.ExpiresAt)); err != nil {
			return fmt.Errorf("insert revocation: %w", err)
		}
	}
	return nil
}

// drawMark gives 64 random bits, not all of them zero.
func drawMark() Mark {
	for {
		if m := Mark(binary.BigEndian.Uint64(secret.Bytes(8))); m != 0 { //nolint:gosec // bits, not an amount
			return m
		}
	}
}

func scanHead(row sqlrun.Row, h *FeedHead) error {
	var mark, marked sql.NullInt64
	err := row.Scan(&h.HistoryID, &h.Number, &mark, &marked)
	h.Mark = markOf(h.Number, mark, marked)
	return err
}

// markOf leaves a mark of the feed out that belongs to an earlier number.
func markOf(number int64, mark, marked sql.NullInt64) Mark {
	if marked.Valid && marked.Int64 == number {
		return Mark(mark.Int64)
	}
	return 0
}

// scanRaised reads the new number beside the mark of the entry before.
func scanRaised(row sqlrun.Row, h *FeedHead) error {
	var mark sql.NullInt64
	err := row.Scan(&h.HistoryID, &h.Number, &mark)
	h.Mark = Mark(mark.Int64)
	return err
}

// Feed is the row of feed.
type Feed struct{ *bound }

// Head reads the row.
func (t Feed) Head(ctx context.Context) (FeedHead, error) {
	return sqlrun.Get(ctx, t.run, scanHead, feedHead, t.realm)
}

// Renew gives the feed another history, after which each holder of a copy of the
// revocation list builds it anew.
func (t Feed) Renew(ctx context.Context, historyID string) error {
	renewed, err := t.change(ctx, feedRenew, historyID, t.realm)
	if err == nil && !renewed {
		return fmt.Errorf("renew the history: the realm %s has no feed", t.realm)
	}
	return err
}
