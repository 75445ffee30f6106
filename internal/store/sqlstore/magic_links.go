package sqlstore

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

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
)

// magicLinks implements store.MagicLinks.
type magicLinks struct{ *port }

func scanMagicLink(row seam.Row, l *store.MagicLink) error {
	return row.Scan(&l.ID, &l.UserID, &l.AddressHash, &l.TokenHash, &l.RequestHash, &l.CodeHash, &l.UserEpoch, &l.Tries, &l.DeviceName,
		column.At(&l.CreatedAt), column.At(&l.ExpiresAt), column.At(&l.ConsumedAt), column.At(&l.SupersededAt))
}

// Insert adds a request.
func (p magicLinks) Insert(ctx context.Context, l store.MagicLink) error {
	return p.add(ctx, magicLinkInsert, p.realm, l.ID, l.UserID, l.AddressHash, l.TokenHash, l.RequestHash, l.CodeHash, l.UserEpoch,
		l.Tries, l.DeviceName, column.Micros(l.CreatedAt), column.Micros(l.ExpiresAt), column.Micros(l.ConsumedAt), column.Micros(l.SupersededAt))
}

// ByID reads a request, usable or not.
func (p magicLinks) ByID(ctx context.Context, id string) (store.MagicLink, error) {
	return seam.Get(ctx, p, scanMagicLink, magicLinkByID, p.realm, id)
}

// ByTokenHash reads the request whose link has the hash.
func (p magicLinks) ByTokenHash(ctx context.Context, hash string) (store.MagicLink, error) {
	return seam.Get(ctx, p, scanMagicLink, magicLinkByToken, p.realm, hash)
}

// ByRequestHash reads the request that its asker names.
func (p magicLinks) ByRequestHash(ctx context.Context, hash string) (store.MagicLink, error) {
	return seam.Get(ctx, p, scanMagicLink, magicLinkByRequest, p.realm, hash)
}

// Try counts a code.
func (p magicLinks) Try(ctx context.Context, id string, limit int64, now time.Time) (bool, error) {
	return p.change(ctx, magicLinkTry, p.realm, id, limit, column.Micros(now))
}

// Consume marks a request that can be used.
func (p magicLinks) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return p.change(ctx, magicLinkConsume, column.Micros(now), p.realm, id, column.Micros(now))
}

// SupersedeOthers marks the other requests of a user.
func (p magicLinks) SupersedeOthers(ctx context.Context, userID, except string, now time.Time) (int, error) {
	return p.Exec(ctx, magicLinkSupersedeOthers, column.Micros(now), p.realm, userID, except, column.Micros(now))
}

// Stands reports whether a request of a user's can be used.
func (p magicLinks) Stands(ctx context.Context, addressHash, userID string, epoch int64, now time.Time) (bool, error) {
	n, err := seam.Get(ctx, p, seam.Value[int64], magicLinkStands, p.realm, addressHash, userID, epoch, column.Micros(now))
	return n > 0, err
}

// Purge deletes requests that expired before the given time.
func (p magicLinks) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return p.purge(ctx, magicLinkExpired, magicLinkPurge, before, limit)
}
