package store

import (
	"context"
	"fmt"
	"time"
)

// These look at whole tables: they run once, while nobody else is served.
var (
	historyRenew       = q(`UPDATE feed SET history_id = ? WHERE realm_id = ?`)
	historyEndSessions = q(`
		UPDATE sessions SET revoked_at = ?, revoked_reason = ? WHERE realm_id = ? AND revoked_at IS NULL`)
	historyConsumeTokens = q(`
		UPDATE one_time_tokens SET consumed_at = ?
		WHERE realm_id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
	historySupersedeSignups = q(`
		UPDATE pending_signups SET superseded_at = ?
		WHERE realm_id = ? AND consumed_at IS NULL AND superseded_at IS NULL`)
	historyDropSecretJobs = q(`
		UPDATE jobs SET state = 'done', fence = fence + 1, lease_expires_at = NULL, secret_sealed = '',
			last_error = ?, updated_at = ?
		WHERE realm_id = ? AND secret_sealed <> ''`)
	historyReleaseJobs = q(`
		UPDATE jobs SET state = 'ready', fence = fence + 1, run_at = ?, lease_expires_at = NULL, updated_at = ?
		WHERE realm_id = ? AND state = 'running'`)
	historyDropSigningKeys = q(`DELETE FROM signing_keys WHERE realm_id = ?`)
)

// History changes whole tables when a database is restored or moved. Each call
// concerns every row of the realm, however many there are, and says how many it
// changed. Run twice, a method changes what the first run left.
type History struct{ *bound }

// Renew gives the feed another history. Whoever holds a copy of the
// revocation list builds it anew.
func (t History) Renew(ctx context.Context, historyID string) error {
	renewed, err := t.change(ctx, historyRenew, historyID, t.realm)
	if err == nil && !renewed {
		return fmt.Errorf("renew the history: the realm %s has no feed", t.realm)
	}
	return err
}

// EndSessions ends every session that has not ended. It leaves no entry in
// the revocation list.
func (t History) EndSessions(ctx context.Context, reason string, now time.Time) (int, error) {
	return t.run.Exec(ctx, historyEndSessions, micros(now), reason, t.realm)
}

// ConsumeTokens consumes every one-time token that is neither consumed nor
// superseded.
func (t History) ConsumeTokens(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, historyConsumeTokens, micros(now), t.realm)
}

// SupersedeSignups supersedes every pending sign-up that is neither consumed
// nor superseded.
func (t History) SupersedeSignups(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, historySupersedeSignups, micros(now), t.realm)
}

// DropSecretJobs makes every job done that holds a secret, and erases the
// secret. Whoever runs one records no outcome.
func (t History) DropSecretJobs(ctx context.Context, lastError string, now time.Time) (int, error) {
	return t.run.Exec(ctx, historyDropSecretJobs, lastError, micros(now), t.realm)
}

// ReleaseJobs makes every running job ready. Whoever runs one records no
// outcome.
func (t History) ReleaseJobs(ctx context.Context, now time.Time) (int, error) {
	return t.run.Exec(ctx, historyReleaseJobs, micros(now), micros(now), t.realm)
}

// DropSigningKeys deletes every signing key: no token that was signed before
// verifies any more.
func (t History) DropSigningKeys(ctx context.Context) (int, error) {
	return t.run.Exec(ctx, historyDropSigningKeys, t.realm)
}
