package store

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// PersonalPart names the personal part of an audit event, and the address in it.
type PersonalPart struct {
	EventID string
	Email   string
}

var (
	eraseCookies = q(`
		DELETE FROM browser_sessions WHERE realm_id = ? AND session_id IN {many}`)
	eraseSessionsOf = q(`
		SELECT id FROM sessions WHERE realm_id = ? AND user_id = ? LIMIT ?`)
	eraseSessions = q(`
		DELETE FROM sessions WHERE realm_id = ? AND id IN {many}`)
	eraseCredentials = q(`DELETE FROM credentials WHERE realm_id = ? AND user_id = ?`)
	eraseIdentities  = q(`DELETE FROM identities WHERE realm_id = ? AND user_id = ?`)
	erasePasskeys    = q(`DELETE FROM passkeys WHERE realm_id = ? AND user_id = ?`)
	eraseTOTP        = q(`DELETE FROM totp WHERE realm_id = ? AND user_id = ?`)
	eraseCodes       = q(`DELETE FROM recovery_codes WHERE realm_id = ? AND user_id = ?`)
	eraseSteps       = q(`DELETE FROM login_steps WHERE realm_id = ? AND user_id = ?`)
	eraseTokens      = q(`DELETE FROM one_time_tokens WHERE realm_id = ? AND user_id = ?`)
	eraseChanges     = q(`DELETE FROM email_changes WHERE realm_id = ? AND user_id = ?`)
	signupSpellings  = q(`SELECT email FROM pending_signups WHERE realm_id = ? AND email_canonical = ? ORDER BY created_at, id`)
	eraseSignups     = q(`DELETE FROM pending_signups WHERE realm_id = ? AND email_canonical = ?`)

	auditParts = q(`
		SELECT e.id, p.email
		FROM audit_events e JOIN audit_personal p ON p.realm_id = e.realm_id AND p.event_id = e.id
		WHERE e.realm_id = ? AND e.user_id = ? AND e.id > ? ORDER BY e.id LIMIT ?`)
	auditUnowned = q(`
		SELECT event_id FROM audit_personal WHERE realm_id = ? AND email = ?
			AND EXISTS (SELECT 1 FROM audit_events
				WHERE audit_events.realm_id = audit_personal.realm_id AND audit_events.id = audit_personal.event_id
					AND COALESCE(audit_events.user_id, '') = '')
		LIMIT ?`)
	auditDropParts = q(`DELETE FROM audit_personal WHERE realm_id = ? AND event_id IN {many}`)
)

// atOnce is how many sessions one statement of an erasure lists.
const atOnce = 500

// Erasures deletes and blanks the rows of a user who is erased.
type Erasures struct{ *bound }

// Sessions deletes sessions of a user and their cookies, at most limit. Fewer
// than that means that there were no more.
func (t Erasures) Sessions(ctx context.Context, userID string, limit int) (n int, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		n, err = t.sessions(ctx, run, userID, limit)
		return err
	})
	return n, err
}

// sessions counts what was there, so that nobody stops because a purge was faster
// with some.
func (t Erasures) sessions(ctx context.Context, run sqlrun.Runner, userID string, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, run, sqlrun.Value[string], eraseSessionsOf, t.realm, userID, limit)
	if err != nil {
		return 0, err
	}
	if _, err := sqlrun.Many(ctx, run, eraseCookies, []any{t.realm}, ids); err != nil {
		return 0, err
	}
	_, err = sqlrun.Many(ctx, run, eraseSessions, []any{t.realm}, ids)
	return len(ids), err
}

// Signups deletes what was ever pending for an address, and gives how it was
// spelled there.
func (t Erasures) Signups(ctx context.Context, canonical string) (spelled []string, err error) {
	err = t.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) (err error) {
		if spelled, err = sqlrun.List(ctx, run, sqlrun.Value[string], signupSpellings, t.realm, canonical); err != nil {
			return err
		}
		_, err = run.Exec(ctx, eraseSignups, t.realm, canonical)
		return err
	})
	return spelled, err
}

// AuditParts lists the personal parts of a user's audit events in the order of
// their events, after the one named, at most limit.
func (t Erasures) AuditParts(ctx context.Context, userID, after string, limit int) ([]PersonalPart, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, part *PersonalPart) error {
		return row.Scan(&part.EventID, &part.Email)
	}, auditParts, t.realm, userID, after, limit)
}

// Unowned lists the events that name no user and have the address in their
// personal part, at most limit.
func (t Erasures) Unowned(ctx context.Context, email string, limit int) ([]string, error) {
	return sqlrun.List(ctx, t.run, sqlrun.Value[string], auditUnowned, t.realm, email, limit)
}

// DropAuditParts deletes the personal parts of events.
func (t Erasures) DropAuditParts(ctx context.Context, eventIDs []string) (int, error) {
	return sqlrun.Many(ctx, t.run, auditDropParts, []any{t.realm}, eventIDs)
}
