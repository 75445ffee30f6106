package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// EmailChange is a change of address: from what to what, with the tokens that
// confirm it and undo it, which are rows of one_time_tokens. ExpiresAt is when
// neither of them can work any more.
type EmailChange struct {
	ID             string
	UserID         string
	OldEmail       string
	OldCanonical   string
	OldVerifiedAt  time.Time
	NewEmail       string
	NewCanonical   string
	ConfirmTokenID string
	UndoTokenID    string // empty until it is confirmed, and if it cannot be undone
	CreatedAt      time.Time
	ExpiresAt      time.Time
	ConfirmedAt    time.Time
	UndoneAt       time.Time
}

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

// EmailChanges are the rows of email_changes.
type EmailChanges struct{ *bound }

func scanChange(row sqlrun.Row, c *EmailChange) error {
	return row.Scan(&c.ID, &c.UserID, &c.OldEmail, &c.OldCanonical, timeInto(&c.OldVerifiedAt), &c.NewEmail, &c.NewCanonical,
		&c.ConfirmTokenID, &c.UndoTokenID, timeInto(&c.CreatedAt), timeInto(&c.ExpiresAt), timeInto(&c.ConfirmedAt), timeInto(&c.UndoneAt))
}

// Insert adds a change.
func (t EmailChanges) Insert(ctx context.Context, c EmailChange) error {
	return t.add(ctx, changeInsert, t.realm, c.ID, c.UserID, c.OldEmail, c.OldCanonical, micros(c.OldVerifiedAt), c.NewEmail, c.NewCanonical,
		c.ConfirmTokenID, c.UndoTokenID, micros(c.CreatedAt), micros(c.ExpiresAt), micros(c.ConfirmedAt), micros(c.UndoneAt))
}

// ByToken gives the change of a user that a token confirms or undoes.
func (t EmailChanges) ByToken(ctx context.Context, userID, tokenID string) (EmailChange, error) {
	return sqlrun.Get(ctx, t.run, scanChange, changeByToken, t.realm, userID, tokenID, tokenID)
}

// List gives a page of a user's changes, in the order of identifiers.
func (t EmailChanges) List(ctx context.Context, userID string, page Page) ([]EmailChange, error) {
	return sqlrun.List(ctx, t.run, scanChange, changeList, t.realm, userID, page.After, page.Limit)
}

// Confirm records that a change took effect, in a transaction that has applied
// it, and gives when: at now, or just after the user's latest change, so that
// changes come in their order whatever clocks say. It gives the zero time if the
// change has taken effect before.
func (t EmailChanges) Confirm(
	ctx context.Context, c EmailChange, undoTokenID string, now, expires time.Time,
) (confirmed time.Time, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		confirmed = time.Time{}
		latest, err := sqlrun.Get(ctx, run, sqlrun.Value[int64], changeLatest, t.realm, c.UserID)
		if err != nil {
			return err
		}
		at := now
		if latest >= at.UnixMicro() {
			at = time.UnixMicro(latest + 1).UTC()
		}
		n, err := run.Exec(ctx, changeConfirm, micros(at), undoTokenID, micros(expires), t.realm, c.ID)
		if n > 0 {
			confirmed = at
		}
		return err
	})
	return confirmed, err
}

// Undo records that a change which took effect was undone, if it was not. It
// consumes every token, expired or not, that would undo a change of the user
// which took effect later: such a token is made when its change took effect.
func (t EmailChanges) Undo(ctx context.Context, c EmailChange, now time.Time) (undone bool, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		n, err := run.Exec(ctx, changeUndo, micros(now), t.realm, c.ID)
		if undone = n > 0; err != nil || !undone {
			return err
		}
		_, err = run.Exec(ctx, changeUndoLater, micros(now), t.realm, c.UserID, micros(c.ConfirmedAt))
		return err
	})
	return undone && err == nil, err
}

// Renew puts a token in the place of one that is not to be used any more.
func (t EmailChanges) Renew(ctx context.Context, id, before, after string, expires time.Time) (bool, error) {
	renewed, err := t.change(ctx, changeRenewConfirm, after, micros(expires), t.realm, id, before)
	if err != nil || renewed {
		return renewed, err
	}
	return t.change(ctx, changeRenewUndo, after, micros(expires), t.realm, id, before)
}

// Purge deletes changes that expired before the given time, at most limit.
func (t EmailChanges) Purge(ctx context.Context, before time.Time, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, t.run, sqlrun.Value[string], changeExpired, t.realm, micros(before), limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, changePurge, []any{t.realm}, ids, micros(before))
}
