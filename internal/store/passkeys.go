package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Passkey is a WebAuthn credential record (WebAuthn L3 §4). Bytes are base64url.
type Passkey struct {
	ID             string
	UserID         string
	CredentialID   string // as the authenticator named it
	CredentialHash string // its SHA-256, by which it is found
	PublicKey      string // COSE_Key
	SignCount      int64
	UserVerified   bool // uvInitialized
	BackupEligible bool
	BackedUp       bool
	Transports     []string
	AAGUID         string
	Attestation    string // format of the attestation statement
	Name           string
	CreatedAt      time.Time
	LastUsedAt     time.Time
}

// PasskeyUse is what a use of a passkey changes.
type PasskeyUse struct {
	UserID         string
	ID             string
	SignCount      int64
	UserVerified   bool
	BackupEligible bool
	BackedUp       bool
	UsedAt         time.Time
}

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

// Passkeys are the rows of passkeys. What adds or removes one of a user's waits
// for others that do, as do those of [TOTPs] and [RecoveryCodes]: whoever reads
// the user afterwards in the same transaction, and not before, reads which factors
// there are.
type Passkeys struct{ *bound }

func scanPasskey(row sqlrun.Row, p *Passkey) error {
	return row.Scan(&p.ID, &p.UserID, &p.CredentialID, &p.CredentialHash, &p.PublicKey, &p.SignCount, boolInto(&p.UserVerified),
		boolInto(&p.BackupEligible), boolInto(&p.BackedUp), wordsInto(&p.Transports), &p.AAGUID, &p.Attestation, &p.Name,
		timeInto(&p.CreatedAt), timeInto(&p.LastUsedAt))
}

// Insert adds k, or returns ErrTaken if the credential is registered. It
// reports false to a user who has the most already: of any number of
// concurrent calls no more succeed than there is room for.
func (t Passkeys) Insert(ctx context.Context, k Passkey, most int) (bool, error) {
	transports, err := joined(k.Transports)
	if err != nil {
		return false, err
	}
	return t.alter(ctx, k.UserID, passkeyInsert, k.ID, k.CredentialID, k.CredentialHash, k.PublicKey, k.SignCount,
		bit(k.UserVerified), bit(k.BackupEligible), bit(k.BackedUp), transports, k.AAGUID, k.Attestation, k.Name,
		micros(k.CreatedAt), micros(k.LastUsedAt), t.realm, k.UserID, most)
}

// ByCredential reads the passkey whose credential has the hash.
func (t Passkeys) ByCredential(ctx context.Context, hash string) (Passkey, error) {
	return sqlrun.Get(ctx, t.run, scanPasskey, passkeyByCredential, t.realm, hash)
}

// List gives a user's passkeys, oldest first, at most limit.
func (t Passkeys) List(ctx context.Context, userID string, limit int) ([]Passkey, error) {
	return sqlrun.List(ctx, t.run, scanPasskey, passkeyList, t.realm, userID, limit)
}

// Use records a use if the sign count is above the one that is kept, or if
// both are zero, which is how authenticators say that they do not count
// (WebAuthn L3 §7.2 step 22).
func (t Passkeys) Use(ctx context.Context, u PasskeyUse) (bool, error) {
	return t.change(ctx, passkeyUse, bit(u.UserVerified), bit(u.BackupEligible), bit(u.BackedUp), micros(u.UsedAt), u.SignCount,
		t.realm, u.UserID, u.ID, u.SignCount, u.SignCount)
}

// Rename names a passkey of a user.
func (t Passkeys) Rename(ctx context.Context, userID, id, name string) (bool, error) {
	return t.change(ctx, passkeyRename, name, t.realm, userID, id)
}

// Delete removes a passkey of a user.
func (t Passkeys) Delete(ctx context.Context, userID, id string) (bool, error) {
	return t.alter(ctx, userID, passkeyDelete, t.realm, userID, id)
}
