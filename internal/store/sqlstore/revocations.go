package sqlstore

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

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

	revocationInsert = q(`
		INSERT INTO revocations (realm_id, number, mark, kind, subject, epoch, revoked_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	// revocationFrom reads the feed's row in the same statement, beside each entry
	// and alone if there is none.
	revocationFrom = q(`
		SELECT head.history_id, head.number, head.mark, head.marked_number,
			page.number, page.mark, page.kind, page.subject, page.epoch, page.revoked_at, page.expires_at
		FROM (SELECT history_id, number, mark, marked_number FROM feed WHERE realm_id = ?) head LEFT JOIN (
			SELECT number, mark, kind, subject, epoch, revoked_at, expires_at FROM revocations
			WHERE realm_id = ? AND number >= ? AND (expires_at > ? OR number = ?)
			ORDER BY number LIMIT ?) page ON 1 = 1
		ORDER BY page.number`)
	revocationAccess = q(`
		SELECT
			(SELECT COUNT(*) FROM revocations WHERE realm_id = ? AND kind = 'jti' AND subject = ?),
			(SELECT COUNT(*) FROM sessions WHERE realm_id = ? AND id = ? AND revoked_at IS NULL),
			(SELECT status FROM users WHERE realm_id = ? AND id = ?),
			(SELECT epoch FROM users WHERE realm_id = ? AND id = ?)`)
	revocationExpired = q(`
		SELECT number FROM revocations WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	revocationPurge = q(`
		DELETE FROM revocations WHERE realm_id = ? AND number IN {many} AND +expires_at < ?`)
)

// ensureFeed inserts the realm's feed unless it is there. Of openers who race,
// the first gives it its history.
func (db *DB) ensureFeed(ctx context.Context) error {
	history := secret.Encode(secret.Bytes(16))
	return db.lanes.Tx(ctx, func(ctx context.Context, run seam.Runner) error {
		_, err := seam.Get(ctx, run, scanHead, feedHead, db.realm)
		if errors.Is(err, store.ErrNotFound) {
			if _, err = run.Exec(ctx, feedInsert, db.realm, history); errors.Is(err, store.ErrTaken) {
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
func (db *DB) number(ctx context.Context, run seam.Runner, fx *effects) error {
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
	head, err := seam.Get(ctx, run, scanRaised, feedRaised, len(rs), db.realm)
	if err != nil {
		return fmt.Errorf("read the feed: %w", err)
	}
	fx.follows = head
	fx.follows.Number -= int64(len(rs))
	for i, r := range rs {
		r.Number = fx.follows.Number + int64(i) + 1
		if _, err := run.Exec(ctx, revocationInsert, db.realm, r.Number, int64(r.Mark), string(r.Kind), r.Subject, r.Epoch,
			column.Micros(r.RevokedAt), column.Micros(r.ExpiresAt)); err != nil {
			return fmt.Errorf("insert revocation: %w", err)
		}
	}
	return nil
}

// revocations implements store.Revocations.
type revocations struct{ *port }

// drawMark gives 64 random bits, not all of them zero.
func drawMark() store.Mark {
	for {
		if m := store.Mark(binary.BigEndian.Uint64(secret.Bytes(8))); m != 0 { //nolint:gosec // bits, not an amount
			return m
		}
	}
}

func scanHead(row seam.Row, h *store.FeedHead) error {
	var mark, marked sql.NullInt64
	err := row.Scan(&h.HistoryID, &h.Number, &mark, &marked)
	h.Mark = markOf(h.Number, mark, marked)
	return err
}

// markOf leaves a mark of the feed out that belongs to an earlier number.
func markOf(number int64, mark, marked sql.NullInt64) store.Mark {
	if marked.Valid && marked.Int64 == number {
		return store.Mark(mark.Int64)
	}
	return 0
}

// scanRaised reads the new number beside the mark of the entry before.
func scanRaised(row seam.Row, h *store.FeedHead) error {
	var mark sql.NullInt64
	err := row.Scan(&h.HistoryID, &h.Number, &mark)
	h.Mark = store.Mark(mark.Int64)
	return err
}

// followed is an entry beside the feed's row. Its number is 0 if there is none.
type followed struct {
	head store.FeedHead
	store.Revocation
}

func scanFollowed(row seam.Row, f *followed) error {
	var feedMark, marked, number, mark, epoch sql.NullInt64 // rows of earlier versions have no mark
	var kind, subject sql.NullString
	err := row.Scan(&f.head.HistoryID, &f.head.Number, &feedMark, &marked,
		&number, &mark, &kind, &subject, &epoch, column.At(&f.RevokedAt), column.At(&f.ExpiresAt))
	f.head.Mark = markOf(f.head.Number, feedMark, marked)
	f.Number, f.Mark, f.Epoch = number.Int64, store.Mark(mark.Int64), epoch.Int64
	f.Kind, f.Subject = store.RevocationKind(kind.String), subject.String
	return err
}

// Append keeps r for the end of the transaction.
func (p revocations) Append(_ context.Context, r *store.Revocation) error {
	if p.effects == nil {
		return fmt.Errorf("append a revocation: %w", errNotDirect)
	}
	p.effects.revocations = append(p.effects.revocations, r)
	return nil
}

// Head reads the feed.
func (p revocations) Head(ctx context.Context) (store.FeedHead, error) {
	return seam.Get(ctx, p, scanHead, feedHead, p.realm)
}

// readings is how often From reads a page anew of which something may be missing.
const readings = 10

// From lists the entry with number n, and those above it that have not expired,
// beside the feed's row.
//
// MariaDB gathers which transactions are under way one by one when a statement
// begins. If one commits meanwhile, and then another that waited for its lock,
// the statement may see the second and not the first: once an entry was seen to
// be missing between two. So a page that lacks a number is read again. Whatever
// is committed before something that one statement saw is seen by the next: if
// that finds nothing more, what is missing has expired.
func (p revocations) From(ctx context.Context, n int64, now time.Time, limit int) (store.FeedPage, error) {
	page, err := p.from(ctx, n, now, limit)
	for range readings {
		if err != nil || gapless(page, n, limit) {
			return page, err
		}
		var again store.FeedPage
		if again, err = p.from(ctx, n, now, limit); err == nil && confirms(again, page) {
			return page, nil
		}
		page = again
	}
	return store.FeedPage{}, errors.Join(store.ErrUnavailable, errUnsettled, err)
}

// errUnsettled is returned when each reading of a page finds more than the one
// before, below what that one had found.
var errUnsettled = errors.New("entries of the feed appear below others")

// gapless reports whether a page holds every number from n up to its last, or up
// to the feed's if it is not full.
func gapless(page store.FeedPage, n int64, limit int) bool {
	next := max(n, 1)
	for _, r := range page.Revocations {
		if r.Number != next {
			return false
		}
		next++
	}
	return len(page.Revocations) >= limit || page.Head.Number < next
}

// confirms reports whether a later reading of the same feed holds nothing that a
// page lacks.
func confirms(later, page store.FeedPage) bool {
	had, seen := page.Revocations, later.Revocations
	switch {
	case later.Head.HistoryID != page.Head.HistoryID, later.Head.Number < page.Head.Number, len(seen) < len(had),
		later.Head.Number == page.Head.Number && later.Head.Mark != page.Head.Mark:
		return false
	}
	for i, r := range had {
		if seen[i].Position() != r.Position() {
			return false
		}
	}
	return len(seen) == len(had) || seen[len(had)].Number > page.Head.Number
}

func (p revocations) from(ctx context.Context, n int64, now time.Time, limit int) (store.FeedPage, error) {
	rows, err := seam.List(ctx, p, scanFollowed, revocationFrom, p.realm, p.realm, n, column.Micros(now), n, limit)
	if err != nil {
		return store.FeedPage{}, err
	}
	if len(rows) == 0 {
		return store.FeedPage{}, store.ErrNotFound // the feed has no row
	}
	page := store.FeedPage{Head: rows[0].head}
	for _, r := range rows {
		if r.Number != 0 {
			page.Revocations = append(page.Revocations, r.Revocation)
		}
	}
	return page, nil
}

// Access answers for one token.
func (p revocations) Access(ctx context.Context, jti, sessionID, userID string) (store.AccessState, error) {
	return seam.Get(ctx, p, func(row seam.Row, a *store.AccessState) error {
		var revoked, live int
		var status sql.NullString
		var epoch sql.NullInt64
		if err := row.Scan(&revoked, &live, &status, &epoch); err != nil {
			return err
		}
		*a = store.AccessState{
			TokenRevoked: revoked > 0,
			SessionEnded: live == 0,
			UserActive:   status.String == string(store.UserActive),
			UserEpoch:    epoch.Int64,
		}
		return nil
	}, revocationAccess, p.realm, jti, p.realm, sessionID, p.realm, userID, p.realm, userID)
}

// Purge deletes entries that expired before the given time.
func (p revocations) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	numbers, err := seam.List(ctx, p, seam.Value[int64], revocationExpired, p.realm, column.Micros(before), limit)
	if err != nil {
		return 0, err
	}
	return seam.Many(ctx, p, revocationPurge, []any{p.realm}, numbers, column.Micros(before))
}
