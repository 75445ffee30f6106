package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditKey is a key that signs heads of the audit log.
type AuditKey struct {
	Number        int64 // from 1
	PublicKey     string
	PrivateSealed string
	CreatedAt     time.Time
}

var auditKeyTable = Table{
	Name: "audit_keys", Key: 2, Restored: "kept: the log's key outlives its trees",
	Erased: "kept: nobody's",
	Columns: []Column{
		realm,
		{"number", Internal, ""},
		{"public_key", Internal, ""},
		{"private_sealed", Secret, ""},
		{"created_at", Internal, ""},
	},
}

var (
	auditKeyInsert = q(`INSERT INTO audit_keys {row audit_keys}`)
	auditKeyLast   = q(`
		SELECT number, public_key, private_sealed, created_at FROM audit_keys WHERE realm_id = ? AND number > 0
		ORDER BY number DESC LIMIT 1`)
	auditKeyReseal = q(`UPDATE audit_keys SET private_sealed = ? WHERE realm_id = ? AND number = ? AND private_sealed = ?`)
)

// AuditKeys are the rows of audit_keys.
type AuditKeys struct{ *bound }

// Insert adds a key. A number that is there is ErrTaken.
func (t AuditKeys) Insert(ctx context.Context, k AuditKey) error {
	return t.add(ctx, auditKeyInsert, t.realm, k.Number, k.PublicKey, k.PrivateSealed, micros(k.CreatedAt))
}

// Last gives the newest key.
func (t AuditKeys) Last(ctx context.Context) (AuditKey, error) {
	return sqlrun.Get(ctx, t.run, func(row sqlrun.Row, k *AuditKey) error {
		return row.Scan(&k.Number, &k.PublicKey, &k.PrivateSealed, timeInto(&k.CreatedAt))
	}, auditKeyLast, t.realm)
}

// Reseal replaces a sealed key that is still the old one.
func (t AuditKeys) Reseal(ctx context.Context, k AuditKey, sealed string) (bool, error) {
	return t.change(ctx, auditKeyReseal, sealed, t.realm, k.Number, k.PrivateSealed)
}
