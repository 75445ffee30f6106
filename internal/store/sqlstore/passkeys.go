package sqlstore

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

//nolint:gosec // names, not credentials
const passkeyColumns = `id, user_id, credential_id, credential_hash, public_key, sign_count, user_verified,
	backup_eligible, backed_up, transports, aaguid, attestation, name, created_at, last_used_at`

var (
	passkeyInsert = q(`
		INSERT INTO passkeys (realm_id, id, user_id, credential_id, credential_hash, public_key, sign_count, user_verified,
			backup_eligible, backed_up, transports, aaguid, attestation, name, created_at, last_used_at)
		SELECT realm_id, ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
		FROM users
		WHERE realm_id = ? AND id = ?
			AND (SELECT COUNT(*) FROM passkeys WHERE passkeys.realm_id = users.realm_id AND passkeys.user_id = users.id) < ?`)
	passkeyByCredential = q(`SELECT ` + passkeyColumns + ` FROM passkeys WHERE realm_id = ? AND credential_hash = ?`)
	passkeyList         = q(`
		SELECT ` + passkeyColumns + ` FROM passkeys
		WHERE realm_id = ? AND user_id = ? ORDER BY created_at, id LIMIT ?`)
	passkeyUse = q(`
		UPDATE passkeys SET user_verified = ?, backup_eligible = ?, backed_up = ?, last_used_at = ?, sign_count = ?
		WHERE realm_id = ? AND user_id = ? AND id = ? AND (sign_count < ? OR sign_count = ? AND sign_count = 0)`)
	passkeyRename = q(`UPDATE passkeys SET name = ? WHERE realm_id = ? AND user_id = ? AND id = ?`)
	passkeyDelete = q(`DELETE FROM passkeys WHERE realm_id = ? AND user_id = ? AND id = ?`)
)

// passkeys implements store.Passkeys.
type passkeys struct{ *port }

func scanPasskey(row seam.Row, p *store.Passkey) error {
	return row.Scan(&p.ID, &p.UserID, &p.CredentialID, &p.CredentialHash, &p.PublicKey, &p.SignCount, column.Truth(&p.UserVerified),
		column.Truth(&p.BackupEligible), column.Truth(&p.BackedUp), column.Words(&p.Transports), &p.AAGUID, &p.Attestation, &p.Name,
		column.At(&p.CreatedAt), column.At(&p.LastUsedAt))
}

// Insert adds a passkey to those of a user who has not the most, or returns
// store.ErrTaken.
func (p passkeys) Insert(ctx context.Context, k store.Passkey, most int) (bool, error) {
	transports, err := column.Joined(k.Transports)
	if err != nil {
		return false, err
	}
	return p.alone(ctx, k.UserID, passkeyInsert, k.ID, k.CredentialID, k.CredentialHash, k.PublicKey, k.SignCount,
		column.Bit(k.UserVerified), column.Bit(k.BackupEligible), column.Bit(k.BackedUp), transports, k.AAGUID, k.Attestation, k.Name,
		column.Micros(k.CreatedAt), column.Micros(k.LastUsedAt), p.realm, k.UserID, most)
}

// ByCredential reads the passkey whose credential has the hash.
func (p passkeys) ByCredential(ctx context.Context, hash string) (store.Passkey, error) {
	return seam.Get(ctx, p, scanPasskey, passkeyByCredential, p.realm, hash)
}

// List reads a user's passkeys, oldest first.
func (p passkeys) List(ctx context.Context, userID string, limit int) ([]store.Passkey, error) {
	return seam.List(ctx, p, scanPasskey, passkeyList, p.realm, userID, limit)
}

// Use records a use unless the sign count says that there is a copy.
func (p passkeys) Use(ctx context.Context, u store.PasskeyUse) (bool, error) {
	return p.change(ctx, passkeyUse, column.Bit(u.UserVerified), column.Bit(u.BackupEligible), column.Bit(u.BackedUp), column.Micros(u.UsedAt), u.SignCount,
		p.realm, u.UserID, u.ID, u.SignCount, u.SignCount)
}

// Rename names a passkey of a user.
func (p passkeys) Rename(ctx context.Context, userID, id, name string) (bool, error) {
	return p.change(ctx, passkeyRename, name, p.realm, userID, id)
}

// Delete removes a passkey of a user.
func (p passkeys) Delete(ctx context.Context, userID, id string) (bool, error) {
	return p.alone(ctx, userID, passkeyDelete, p.realm, userID, id)
}
