package leaving

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

const changeColumns = `id, user_id, old_email, old_canonical, old_verified_at, new_email, new_canonical,
	confirm_token_id, undo_token_id, created_at, expires_at, confirmed_at, undone_at`

var (
	changeInsert = q(`
		INSERT INTO email_changes (realm_id, id, user_id, old_email, old_canonical, old_verified_at, new_email, new_canonical,
			confirm_token_id, undo_token_id, created_at, expires_at, confirmed_at, undone_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	changeByToken = q(`
		SELECT ` + changeColumns + ` FROM email_changes
		WHERE realm_id = ? AND user_id = ? AND (confirm_token_id = ? OR undo_token_id = ?)`)
	changeList = q(`
		SELECT ` + changeColumns + ` FROM email_changes
		WHERE realm_id = ? AND user_id = ? AND COALESCE(id, '') > ? ORDER BY COALESCE(id, '') LIMIT ?`)
	changeApply = q(`
		UPDATE users SET email = ?, email_canonical = ?, email_verified_at = ?, claimed_at = ?, updated_at = ?
		WHERE realm_id = ? AND id = ? AND epoch = ? AND COALESCE(email_canonical, '') = ?`)
	changeLatest = q(`
		SELECT COALESCE(MAX(confirmed_at), 0) FROM email_changes WHERE realm_id = ? AND user_id = ?`)
	changeConfirm = q(`
		UPDATE email_changes SET confirmed_at = ?, undo_token_id = ?, expires_at = ?
		WHERE realm_id = ? AND id = ? AND confirmed_at IS NULL`)
	changeUndo = q(`
		UPDATE email_changes SET undone_at = ?
		WHERE realm_id = ? AND id = ? AND confirmed_at IS NOT NULL AND undone_at IS NULL`)
	changeUndoLater = q(`
		UPDATE one_time_tokens SET consumed_at = ?
		WHERE realm_id = ? AND user_id = ? AND purpose = 'undo_email' AND created_at >= ?
			AND consumed_at IS NULL AND superseded_at IS NULL`)
	changeRenewConfirm = q(`
		UPDATE email_changes SET confirm_token_id = ?, expires_at = ?
		WHERE realm_id = ? AND id = ? AND confirm_token_id = ? AND confirmed_at IS NULL`)
	changeRenewUndo = q(`
		UPDATE email_changes SET undo_token_id = ?, expires_at = ?
		WHERE realm_id = ? AND id = ? AND undo_token_id = ? AND undone_at IS NULL`)
	changeExpired = q(`
		SELECT id FROM email_changes WHERE realm_id = ? AND expires_at < ? ORDER BY expires_at LIMIT ?`)
	changePurge = q(`
		DELETE FROM email_changes WHERE realm_id = ? AND id IN {many} AND +expires_at < ?`)
)

// emailChanges implements store.EmailChanges.
type emailChanges struct{ *port }

func scanChange(row seam.Row, c *store.EmailChange) error {
	return row.Scan(&c.ID, &c.UserID, &c.OldEmail, &c.OldCanonical, column.At(&c.OldVerifiedAt), &c.NewEmail, &c.NewCanonical,
		&c.ConfirmTokenID, &c.UndoTokenID, column.At(&c.CreatedAt), column.At(&c.ExpiresAt), column.At(&c.ConfirmedAt), column.At(&c.UndoneAt))
}

// Insert adds a change.
func (p emailChanges) Insert(ctx context.Context, c store.EmailChange) error {
	return p.add(ctx, changeInsert, p.realm, c.ID, c.UserID, c.OldEmail, c.OldCanonical, column.Micros(c.OldVerifiedAt), c.NewEmail, c.NewCanonical,
		c.ConfirmTokenID, c.UndoTokenID, column.Micros(c.CreatedAt), column.Micros(c.ExpiresAt), column.Micros(c.ConfirmedAt), column.Micros(c.UndoneAt))
}

// ByToken reads the change of a user that a token is for.
func (p emailChanges) ByToken(ctx context.Context, userID, tokenID string) (store.EmailChange, error) {
	return seam.Get(ctx, p, scanChange, changeByToken, p.realm, userID, tokenID, tokenID)
}

// List reads a page of a user's changes.
func (p emailChanges) List(ctx context.Context, userID string, page store.Page) ([]store.EmailChange, error) {
	return seam.List(ctx, p, scanChange, changeList, p.realm, userID, page.After, page.Limit)
}

// Apply gives a user another address.
func (p emailChanges) Apply(ctx context.Context, a store.Address) (bool, error) {
	return p.changed(ctx, changeApply, a.Email, a.Canonical, column.Micros(a.VerifiedAt), column.Micros(a.ClaimedAt), column.Micros(a.Now),
		p.realm, a.UserID, a.Epoch, a.From)
}

// Confirm records that a change took effect. Whoever applied it holds the user's
// row, so that there is no other meanwhile.
func (p emailChanges) Confirm(
	ctx context.Context, c store.EmailChange, undoTokenID string, now, expires time.Time,
) (confirmed time.Time, err error) {
	err = p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		confirmed = time.Time{}
		latest, err := seam.Get(ctx, run, seam.Value[int64], changeLatest, p.realm, c.UserID)
		if err != nil {
			return err
		}
		at := now
		if latest >= at.UnixMicro() {
			at = time.UnixMicro(latest + 1).UTC()
		}
		n, err := run.Exec(ctx, changeConfirm, column.Micros(at), undoTokenID, column.Micros(expires), p.realm, c.ID)
		if n > 0 {
			confirmed = at
		}
		return err
	})
	return confirmed, err
}

// Undo records that a change was undone, and ends the links of later ones.
func (p emailChanges) Undo(ctx context.Context, c store.EmailChange, now time.Time) (undone bool, err error) {
	err = p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		n, err := run.Exec(ctx, changeUndo, column.Micros(now), p.realm, c.ID)
		if undone = n > 0; err != nil || !undone {
			return err
		}
		_, err = run.Exec(ctx, changeUndoLater, column.Micros(now), p.realm, c.UserID, column.Micros(c.ConfirmedAt))
		return err
	})
	return undone && err == nil, err
}

// Renew puts a token in the place of another, whichever of the two it was.
func (p emailChanges) Renew(ctx context.Context, id, before, after string, expires time.Time) (bool, error) {
	renewed, err := p.changed(ctx, changeRenewConfirm, after, column.Micros(expires), p.realm, id, before)
	if err != nil || renewed {
		return renewed, err
	}
	return p.changed(ctx, changeRenewUndo, after, column.Micros(expires), p.realm, id, before)
}

// Purge deletes changes that expired before the given time.
func (p emailChanges) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	ids, err := seam.List(ctx, p, seam.Value[string], changeExpired, p.realm, column.Micros(before), limit)
	if err != nil {
		return 0, err
	}
	return seam.Many(ctx, p, changePurge, []any{p.realm}, ids, column.Micros(before))
}
