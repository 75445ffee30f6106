package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// RevocationKind says what a revocation names.
type RevocationKind string

// What can be revoked.
const (
	RevokedToken   RevocationKind = "jti" // one access token
	RevokedSession RevocationKind = "sid" // a session
	RevokedUser    RevocationKind = "sub" // all tokens of a user whose uep is below Epoch
	// RevokedClient is all tokens of a client of its own (RFC 6749 §4.4) whose uep
	// is below Epoch.
	RevokedClient RevocationKind = "client"
)

// Revocation is one entry of the revocation list. Number and Mark are its
// position in the feed: commit order is number order.
type Revocation struct {
	Number    int64
	Mark      Mark
	Kind      RevocationKind
	Subject   string // jti, session id, user id or client_id
	Epoch     int64  // for RevokedUser and RevokedClient
	RevokedAt time.Time
	ExpiresAt time.Time // when every token it could refuse has expired
}

// Position gives the entry's place in the feed.
func (r Revocation) Position() Position { return Position{Number: r.Number, Mark: r.Mark} }

// FeedPage is a part of the revocation list, and the feed's row at the moment
// at which it was read.
type FeedPage struct {
	Head        FeedHead
	Revocations []Revocation
}

// ClientState is what SQL says of the subjects of a token of a client of its own.
type ClientState struct {
	TokenRevoked bool // jti is in the list
	Enabled      bool // the client is there and enabled
	Epoch        int64
}

// AccessState is what SQL says of an access token's subjects.
type AccessState struct {
	TokenRevoked bool  // jti is in the list
	SessionEnded bool  // the session is gone or revoked
	UserActive   bool  // the user is there and active
	UserEpoch    int64 // the user's epoch
}

var (
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
	revocationClient = q(`
		SELECT
			(SELECT COUNT(*) FROM revocations WHERE realm_id = ? AND kind = 'jti' AND subject = ?),
			(SELECT epoch FROM clients WHERE realm_id = ? AND client_id = ? AND disabled_at IS NULL)`)
	revocationEpoch = q(`
		SELECT COALESCE(MAX(epoch), 0) FROM revocations WHERE realm_id = ? AND kind = ? AND subject = ?`)
	revocationExpired = q(`
		SELECT number FROM revocations WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	revocationPurge = q(`
		DELETE FROM revocations WHERE realm_id = ? AND number IN {many} AND +expires_at < ?`)
)

// Revocations is the revocation list.
type Revocations struct{ *bound }

// followed is an entry beside the feed's row. Its number is 0 if there is none.
type followed struct {
	head FeedHead
	Revocation
}

func scanFollowed(row sqlrun.Row, f *followed) error {
	var feedMark, marked, number, mark, epoch sql.NullInt64 // rows of earlier versions have no mark
	var kind, subject sql.NullString
	err := row.Scan(&f.head.HistoryID, &f.head.Number, &feedMark, &marked,
		&number, &mark, &kind, &subject, &epoch, timeInto(&f.RevokedAt), timeInto(&f.ExpiresAt))
	f.head.Mark = markOf(f.head.Number, feedMark, marked)
	f.Number, f.Mark, f.Epoch = number.Int64, Mark(mark.Int64), epoch.Int64
	f.Kind, f.Subject = RevocationKind(kind.String), subject.String
	return err
}

// Append adds r. The feed's counter is raised, and r.Number and r.Mark are
// set, by the last statements before COMMIT, so that the lock on the counter
// makes commit order equal number order and no locks are taken after it.
func (t Revocations) Append(_ context.Context, r *Revocation) error {
	if t.effects == nil {
		return fmt.Errorf("append a revocation: %w", errNotDirect)
	}
	t.effects.revocations = append(t.effects.revocations, r)
	return nil
}

// readings is how often From reads a page anew of which something may be missing.
const readings = 10

// From lists the entry with number n, expired or not, and those above it that
// have not expired at now, in order, at most limit. They and the feed's row
// are read at one moment: the mark of n tells whether the rest follows it, and
// fewer than limit are all up to the feed's row.
func (t Revocations) From(ctx context.Context, n int64, now time.Time, limit int) (FeedPage, error) {
	page, err := t.from(ctx, n, now, limit)
	for range readings {
		if err != nil || gapless(page, n, limit) {
			return page, err
		}
		var again FeedPage
		if again, err = t.from(ctx, n, now, limit); err == nil && confirms(again, page) {
			return page, nil
		}
		page = again
	}
	return FeedPage{}, errors.Join(ErrUnavailable, errUnsettled, err)
}

// errUnsettled is returned when each reading of a page finds more than the one
// before, below what that one had found.
var errUnsettled = errors.New("entries of the feed appear below others")

// gapless reports whether a page holds every number from n up to its last, or up
// to the feed's if it is not full.
func gapless(page FeedPage, n int64, limit int) bool {
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
func confirms(later, page FeedPage) bool {
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

func (t Revocations) from(ctx context.Context, n int64, now time.Time, limit int) (FeedPage, error) {
	rows, err := sqlrun.List(ctx, t.run, scanFollowed, revocationFrom, t.realm, t.realm, n, micros(now), n, limit)
	if err != nil {
		return FeedPage{}, err
	}
	if len(rows) == 0 {
		return FeedPage{}, ErrNotFound // the feed has no row
	}
	page := FeedPage{Head: rows[0].head}
	for _, r := range rows {
		if r.Number != 0 {
			page.Revocations = append(page.Revocations, r.Revocation)
		}
	}
	return page, nil
}

// Access answers for one token by primary key.
func (t Revocations) Access(ctx context.Context, jti, sessionID, userID string) (AccessState, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, a *AccessState) error {
		var revoked, live int
		var status sql.NullString
		var epoch sql.NullInt64
		if err := row.Scan(&revoked, &live, &status, &epoch); err != nil {
			return err
		}
		*a = AccessState{
			TokenRevoked: revoked > 0,
			SessionEnded: live == 0,
			UserActive:   status.String == string(UserActive),
			UserEpoch:    epoch.Int64,
		}
		return nil
	}, revocationAccess, t.realm, jti, t.realm, sessionID, t.realm, userID, t.realm, userID)
}

// ClientAccess answers for one token of a client of its own by primary key.
func (t Revocations) ClientAccess(ctx context.Context, jti, clientID string) (ClientState, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, a *ClientState) error {
		var revoked int
		var epoch sql.NullInt64
		if err := row.Scan(&revoked, &epoch); err != nil {
			return err
		}
		*a = ClientState{TokenRevoked: revoked > 0, Enabled: epoch.Valid, Epoch: epoch.Int64}
		return nil
	}, revocationClient, t.realm, jti, t.realm, clientID)
}

// Epoch gives the highest epoch of the entries of a kind about a subject, 0 if there
// are none.
func (t Revocations) Epoch(ctx context.Context, kind RevocationKind, subject string) (int64, error) {
	return sqlrun.Get(ctx, t.run, sqlrun.Value[int64], revocationEpoch, t.realm, string(kind), subject)
}

// Purge deletes entries that expired before the given time, at most limit.
func (t Revocations) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	numbers, err := sqlrun.List(ctx, t.run, sqlrun.Value[int64], revocationExpired, t.realm, micros(before), limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, revocationPurge, []any{t.realm}, numbers, micros(before))
}
