package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Invitation is an account that an operator offers to whoever reads a mailbox. It
// stands until it is accepted, replaced by a newer one of the address, or withdrawn:
// then Ended is its id. Of an address one stands at most, which a key sees to; it may
// have expired.
type Invitation struct {
	ID             string
	Email          string
	EmailCanonical string
	Ended          string // its id once it does not stand any more, else empty
	TokenHash      string
	Roles          []string // that the user will have, sorted
	Language       string   // of the mail; empty if none was asked for
	InvitedBy      string   // id of the user who did; empty if a command did
	CreatedAt      time.Time
	ExpiresAt      time.Time
	ConsumedAt     time.Time // when it was accepted
	SupersededAt   time.Time // when a newer one took its place
	WithdrawnAt    time.Time
}

// Fields are where the columns of the table go, in their order, but for the realm.
func (i *Invitation) Fields() []any {
	return []any{
		&i.ID, &i.Email, &i.EmailCanonical, &i.Ended, &i.TokenHash, &i.Roles, &i.Language, &i.InvitedBy,
		&i.CreatedAt, &i.ExpiresAt, &i.ConsumedAt, &i.SupersededAt, &i.WithdrawnAt,
	}
}

var invitationTable = Table{
	Name: "invitations", Key: 2, Restored: "superseded",
	Erased: "deleted",
	Columns: []Column{
		realm,
		{"id", Linked, inner},
		{"email", Personal, "invitations[].email"},
		{"email_canonical", Personal, compared},
		{"ended", Linked, inner},
		{"token_hash", Secret, ""},
		{"roles", Linked, "invitations[].roles"},
		{"language", Personal, "invitations[].language"},
		{"invited_by", Linked, "- who invited, which is about another person"},
		{"created_at", Linked, "invitations[].created_at"},
		{"expires_at", Linked, "invitations[].expires_at"},
		{"consumed_at", Linked, "invitations[].accepted_at"},
		{"superseded_at", Linked, "invitations[].superseded_at"},
		{"withdrawn_at", Linked, "invitations[].withdrawn_at"},
	},
}

var (
	invitationInsert  = q(`INSERT INTO invitations {row invitations}`)
	invitationByID    = q(`SELECT {columns invitations} FROM invitations WHERE realm_id = ? AND id = ?`)
	invitationByToken = q(`SELECT {columns invitations} FROM invitations WHERE realm_id = ? AND token_hash = ?`)
	invitationList    = q(`
		SELECT {columns invitations} FROM invitations WHERE realm_id = ? AND id < ? ORDER BY id DESC LIMIT ?`)
	invitationOfAddress = q(`
		SELECT {columns invitations} FROM invitations WHERE realm_id = ? AND email_canonical = ? AND COALESCE(id, '') > ? ORDER BY COALESCE(id, '') LIMIT ?`)
	invitationConsume = q(`
		UPDATE invitations SET consumed_at = ?, ended = id WHERE realm_id = ? AND id = ? AND ended = '' AND +expires_at > ?`)
	invitationWithdraw = q(`
		UPDATE invitations SET withdrawn_at = ?, ended = id WHERE realm_id = ? AND id = ? AND ended = ''`)
	invitationReplace = q(`
		UPDATE invitations SET superseded_at = ?, ended = id WHERE realm_id = ? AND email_canonical = ? AND ended = ''`)
	invitationRenew = q(`
		UPDATE invitations SET token_hash = ?, expires_at = ? WHERE realm_id = ? AND id = ? AND ended = ''`)
	invitationExpired = q(`
		SELECT id FROM invitations WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	invitationPurge = q(`
		DELETE FROM invitations WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
	invitationErase             = q(`DELETE FROM invitations WHERE realm_id = ? AND email_canonical = ?`)
	restoreSupersedeInvitations = q(`
		UPDATE invitations SET superseded_at = ?, ended = id WHERE realm_id = ? AND ended = ''`)
)

// Invitations are the rows of invitations.
type Invitations struct{ *bound }

func scanInvitation(row sqlrun.Row, i *Invitation) error { return row.Scan(scanners(i.Fields())...) }

// Insert adds an invitation, or returns ErrTaken if one of the address stands.
func (t Invitations) Insert(ctx context.Context, i Invitation) error {
	values, err := stored(i.Fields())
	if err != nil {
		return err
	}
	return t.add(ctx, invitationInsert, append([]any{t.realm}, values...)...)
}

// ByID reads an invitation, standing or not.
func (t Invitations) ByID(ctx context.Context, id string) (Invitation, error) {
	return sqlrun.Get(ctx, t.run, scanInvitation, invitationByID, t.realm, id)
}

// ByTokenHash reads the invitation of a token, standing or not.
func (t Invitations) ByTokenHash(ctx context.Context, hash string) (Invitation, error) {
	return sqlrun.Get(ctx, t.run, scanInvitation, invitationByToken, t.realm, hash)
}

// List gives a page of invitations, standing or not, the newest first; the cursor is
// the id.
func (t Invitations) List(ctx context.Context, page Page) ([]Invitation, error) {
	return sqlrun.List(ctx, t.run, scanInvitation, invitationList, t.realm, cursor(page.After), page.Limit)
}

// OfAddress gives a page of the invitations of an address, standing or not, the oldest
// first; the cursor is the id.
func (t Invitations) OfAddress(ctx context.Context, canonical string, page Page) ([]Invitation, error) {
	return sqlrun.List(ctx, t.run, scanInvitation, invitationOfAddress, t.realm, canonical, page.After, page.Limit)
}

// Consume ends an invitation that stands and has not expired, because it is accepted.
func (t Invitations) Consume(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, invitationConsume, micros(now), t.realm, id, micros(now))
}

// Withdraw ends an invitation that stands, expired or not.
func (t Invitations) Withdraw(ctx context.Context, id string, now time.Time) (bool, error) {
	return t.change(ctx, invitationWithdraw, micros(now), t.realm, id)
}

// Replace ends the invitation of an address that stands, expired or not, so that
// another may.
func (t Invitations) Replace(ctx context.Context, canonical string, now time.Time) (bool, error) {
	return t.change(ctx, invitationReplace, micros(now), t.realm, canonical)
}

// Renew gives an invitation that stands, expired or not, another token and another end.
func (t Invitations) Renew(ctx context.Context, id, tokenHash string, expires time.Time) (bool, error) {
	return t.change(ctx, invitationRenew, tokenHash, micros(expires), t.realm, id)
}

// Purge deletes invitations that expired before the given time, at most limit.
func (t Invitations) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	return t.purge(ctx, invitationExpired, invitationPurge, before, limit)
}

// Erase deletes every invitation of an address.
func (t Invitations) Erase(ctx context.Context, canonical string) (int, error) {
	return t.run.Exec(ctx, invitationErase, t.realm, canonical)
}

// SupersedeEvery ends every invitation that stands.
func (t Invitations) SupersedeEvery(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, restoreSupersedeInvitations, micros(now), t.realm)
}
