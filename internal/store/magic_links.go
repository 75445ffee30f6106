package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// MagicLink is one request to sign in by mail: a link, a code, or both. Only
// hashes of what was mailed and of what the asker was given are kept. UserID is
// empty where nobody was written to: such a row is kept so that a stranger who
// tries codes hears the same.
type MagicLink struct {
	ID           string
	UserID       string
	AddressHash  string // keyed; names the address that was asked for
	TokenHash    string // of the link's token
	RequestHash  string // of what binds the code to whoever asked
	CodeHash     string // of the code, together with that
	UserEpoch    int64  // the user's when it was asked for
	Tries        int64  // codes that were tried
	DeviceName   string
	CreatedAt    time.Time
	ExpiresAt    time.Time
	ConsumedAt   time.Time
	SupersededAt time.Time
}

const magicLinkColumns = `id, user_id, address_hash, token_hash, request_hash, code_hash, user_epoch, tries, device_name,
	created_at, expires_at, consumed_at, superseded_at`

var (
	magicLinkInsert = q(`
		INSERT INTO magic_links (realm_id, id, user_id, address_hash, token_hash, request_hash, code_hash, user_epoch,
			tries, device_name, created_at, expires_at, consumed_at, superseded_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	magicLinkByID      = q(`SELECT ` + magicLinkColumns + ` FROM magic_links WHERE realm_id = ? AND id = ?`)
	magicLinkByToken   = q(`SELECT ` + magicLinkColumns + ` FROM magic_links WHERE realm_id = ? AND token_hash = ?`)
	magicLinkByRequest = q(`SELECT ` + magicLinkColumns + ` FROM magic_links WHERE realm_id = ? AND request_hash = ?`)
	magicLinkTry       = q(`
		UPDATE magic_links SET tries = tries + 1
		WHERE realm_id = ? AND id = ? AND tries < ? AND consumed_at IS NULL AND superseded_at IS NULL AND +expires_at > ?`)
	magicLinkConsume = q(`
		UPDATE magic_links SET consumed_at = ?
		WHERE realm_id = ? AND id = ? AND consumed_at IS NULL AND superseded_at IS NULL AND +expires_at > ?`)
	magicLinkSupersedeOthers = q(`
		UPDATE magic_links SET superseded_at = ?
		WHERE realm_id = ? AND user_id = ? AND id <> ? AND consumed_at IS NULL AND superseded_at IS NULL AND +expires_at > ?`)
	magicLinkStands = q(`
		SELECT COUNT(*) FROM magic_links
		WHERE realm_id = ? AND address_hash = ? AND COALESCE(user_id, '') = ? AND user_epoch = ?
			AND consumed_at IS NULL AND superseded_at IS NULL AND +expires_at > ?`)
	magicLinkExpired = q(`SELECT id FROM magic_links WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	magicLinkPurge   = q(`DELETE FROM magic_links WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
	magicLinkDrop    = q(`DELETE FROM magic_links WHERE realm_id = ? AND user_id = ?`)
	magicLinkList    = q(`
		SELECT ` + magicLinkColumns + ` FROM magic_links WHERE realm_id = ? AND user_id = ? AND COALESCE(id, '') > ? ORDER BY COALESCE(id, '') LIMIT ?`)
)

// MagicLinks are the rows of magic_links. One can be used that is not consumed, not
// superseded and has not expired.
type MagicLinks struct{ *bound }

func scanMagicLink(row sqlrun.Row, l *MagicLink) error {
	return row.Scan(&l.ID, &l.UserID, &l.AddressHash, &l.TokenHash, &l.RequestHash, &l.CodeHash, &l.UserEpoch, &l.Tries, &l.DeviceName,
		timeInto(&l.CreatedAt), timeInto(&l.ExpiresAt), timeInto(&l.ConsumedAt), timeInto(&l.SupersededAt))
}

// Insert adds a request.
func (t MagicLinks) Insert(ctx context.Context, l MagicLink) error {
	return t.add(ctx, magicLinkInsert, t.realm, l.ID, l.UserID, l.AddressHash, l.TokenHash, l.RequestHash, l.CodeHash, l.UserEpoch,
		l.Tries, l.DeviceName, micros(l.CreatedAt), micros(l.ExpiresAt), micros(l.ConsumedAt), micros(l.SupersededAt))
}

// ByID reads a request, usable or not.
func (t MagicLinks) ByID(ctx context.Context, id string) (MagicLink, error) {
	return sqlrun.Get(ctx, t.run, scanMagicLink, magicLinkByID, t.realm, id)
}

// ByTokenHash reads the request whose link has the hash.
func (t MagicLinks) ByTokenHash(ctx context.Context, hash string) (MagicLink, error) {
	return sqlrun.Get(ctx, t.run, scanMagicLink, magicLinkByToken, t.realm, hash)
}

// ByRequestHash reads the request that its asker names.
func (t MagicLinks) ByRequestHash(ctx context.Context, hash string) (MagicLink, error) {
	return sqlrun.Get(ctx, t.run, scanMagicLink, magicLinkByRequest, t.realm, hash)
}

// Try counts one code of a row that can be used, if fewer than limit were
// tried.
func (t MagicLinks) Try(ctx context.Context, id string, limit int64, now time.Time) (bool, error) {
	return t.change(ctx, magicLinkTry, t.realm, id, limit, micros(now))
}

// Consume marks a row that can be used.
func (t MagicLinks) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, magicLinkConsume, micros(now), t.realm, id, micros(now))
}

// SupersedeOthers marks a user's rows that can be used, but for one, and says how
// many.
func (t MagicLinks) SupersedeOthers(ctx context.Context, userID, except string, now time.Time) (int, error) {
	return t.run.Exec(ctx, magicLinkSupersedeOthers, micros(now), t.realm, userID, except, micros(now))
}

// Stands reports whether a row can be used that was mailed to an address for a
// user with this epoch.
func (t MagicLinks) Stands(ctx context.Context, addressHash, userID string, epoch int64, now time.Time) (bool, error) {
	n, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], magicLinkStands, t.realm, addressHash, userID, epoch, micros(now))
	return n > 0, err
}

// Purge deletes rows that expired before the given time, at most limit.
func (t MagicLinks) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, magicLinkExpired, magicLinkPurge, before, limit)
}

// Drop deletes the rows of a user, usable or not, and says how many there were.
func (t MagicLinks) Drop(ctx context.Context, userID string) (int, error) {
	return t.run.Exec(ctx, magicLinkDrop, t.realm, userID)
}

// List gives a page of a user's rows, usable or not, in the order of identifiers.
func (t MagicLinks) List(ctx context.Context, userID string, page Page) ([]MagicLink, error) {
	return sqlrun.List(ctx, t.run, scanMagicLink, magicLinkList, t.realm, userID, page.After, page.Limit)
}
