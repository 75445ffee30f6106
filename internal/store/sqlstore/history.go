package sqlstore

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/column"
)

// These look at whole tables: they run once, while nobody else is served.
var (
	historyRenew       = q(`UPDATE feed SET history_id = ? WHERE realm_id = ?`)
	historyRaiseEpochs = q(`
		UPDATE users SET epoch = CASE WHEN epoch < ? THEN ? ELSE epoch + ? END WHERE realm_id = ?`)
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

// history implements store.History.
type history struct{ *port }

// Renew gives the feed another history.
func (p history) Renew(ctx context.Context, historyID string) error {
	renewed, err := p.change(ctx, historyRenew, historyID, p.realm)
	if err == nil && !renewed {
		return fmt.Errorf("renew the history: the realm %s has no feed", p.realm)
	}
	return err
}

// RaiseEpochs raises every user's epoch.
func (p history) RaiseEpochs(ctx context.Context, to, step int64) (int, error) {
	return p.Exec(ctx, historyRaiseEpochs, to, to, step, p.realm)
}

// EndSessions ends every session that has not ended.
func (p history) EndSessions(ctx context.Context, reason string, now time.Time) (int, error) {
	return p.Exec(ctx, historyEndSessions, column.Micros(now), reason, p.realm)
}

// ConsumeTokens consumes every one-time token that is left.
func (p history) ConsumeTokens(ctx context.Context, now time.Time) (int, error) {
	return p.Exec(ctx, historyConsumeTokens, column.Micros(now), p.realm)
}

// SupersedeSignups supersedes every pending sign-up that is left.
func (p history) SupersedeSignups(ctx context.Context, now time.Time) (int, error) {
	return p.Exec(ctx, historySupersedeSignups, column.Micros(now), p.realm)
}

// DropSecretJobs makes jobs that hold a secret done.
func (p history) DropSecretJobs(ctx context.Context, lastError string, now time.Time) (int, error) {
	return p.Exec(ctx, historyDropSecretJobs, lastError, column.Micros(now), p.realm)
}

// ReleaseJobs makes running jobs ready.
func (p history) ReleaseJobs(ctx context.Context, now time.Time) (int, error) {
	return p.Exec(ctx, historyReleaseJobs, column.Micros(now), column.Micros(now), p.realm)
}

// DropSigningKeys deletes every signing key.
func (p history) DropSigningKeys(ctx context.Context) (int, error) {
	return p.Exec(ctx, historyDropSigningKeys, p.realm)
}
