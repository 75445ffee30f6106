// Package restore owns what a database must forget when it is not the one any
// more that people used last: it was restored from a backup, or moved to
// another engine.
//
// # Restored
//
// A backup is a past. What was ended after it was made stands in it as living,
// and what was made after it is unknown to it. [MarkRestored] makes sure, in one
// transaction, that the past gives nobody anything:
//
//   - Signing keys are deleted. A token that was signed before does not verify,
//     whether or not its user, its session or its revocation is in the backup.
//     This alone stops the tokens of users who were created later, whom no row
//     and no epoch speaks of. The server makes a new key when it starts. The
//     operator's own key for HS256 gets a name that no token bears
//     (store.FactSharedKeyTurn).
//   - Every user's and every client's epoch becomes the present time in microseconds. Epochs rise
//     by ones, so no epoch that was given after the backup, or after an earlier
//     restoring of the same backup, is as high; should the clock have been set
//     back, 2^20 is added instead.
//   - Every session ends, with the reason store.ReasonRestored. A refresh token
//     of a session that the backup does not know finds no row.
//   - One-time tokens are consumed and pending sign-ups superseded; jobs that
//     would mail one are done, their secrets erased.
//   - Who was to be erased, and whose erasure has not begun, has seven days more:
//     they may have kept their account after the backup was made, and nobody
//     erases them before they can say so again.
//   - The feed gets another history, so that every copy of the revocation list
//     is built anew.
//   - The tree of the audit log is closed and another begins, whose first leaf says
//     so, with the numbers.
//
// What is kept is what a backup is for: users, their passwords and second
// factors, their roles and status as they were. A recovery code that was used
// since works again. Somebody who was disabled after the backup is active
// again, and a password that was changed is the old one. Nobody can tell from a
// backup what came after it; docs/operations/backup.md says what to look for.
//
// # Moved
//
// A moved database loses nothing, so [MarkMoved] ends nothing: the feed gets
// another history, and jobs that somebody at the old place was running are
// ready.
//
// This package never opens a database and never decides which of two is the
// right one. Nobody may be served from the database meanwhile.
package restore

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// epochStep is what is added to an epoch that is ahead of the clock.
const epochStep = 1 << 20

// secondThoughts is for how long nobody is erased who was to be.
const secondThoughts = 7 * 24 * time.Hour

// obsolete is what a job says that was not done because of a restoring.
const obsolete = "no longer wanted: the database was restored from a backup"

// Report says what was done to a restored database.
type Report struct {
	Users             int `json:"users"`
	Clients           int `json:"clients"`
	SessionsEnded     int `json:"sessions_ended"`
	TokensConsumed    int `json:"one_time_tokens_consumed"`
	SignupsSuperseded int `json:"pending_signups_superseded"`
	InvitationsEnded  int `json:"invitations_superseded"`
	JobsDropped       int `json:"jobs_dropped"`
	KeysDropped       int `json:"signing_keys_dropped"`
	DeletionsPutOff   int `json:"deletions_put_off"`
}

// MarkRestored marks a database that came back from a backup: it revives nothing.
// Doing it twice is harmless; it signs everybody out once more.
func MarkRestored(ctx context.Context, st *store.Store, clk clock.Clock) (Report, error) {
	now, err := latest(ctx, st, clk)
	if err != nil {
		return Report{}, err
	}
	history := newHistory()
	var r Report
	err = st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		r = Report{}
		if r, err = forget(ctx, tx, now); err != nil {
			return err
		}
		if err := tx.Facts.Raise(ctx, store.FactSharedKeyTurn, now.UnixMicro()); err != nil {
			return fmt.Errorf("rename the shared key: %w", err)
		}
		if err := tx.Feed.Renew(ctx, history); err != nil {
			return fmt.Errorf("begin another history: %w", err)
		}
		_, err = seal.Begin(ctx, tx, audit.New(clk), now, audit.Event{
			Kind: audit.KindDatabaseRestored, Outcome: audit.Success, Details: map[string]any{
				"users": r.Users, "clients": r.Clients, "sessions_ended": r.SessionsEnded, "one_time_tokens_consumed": r.TokensConsumed,
				"pending_signups_superseded": r.SignupsSuperseded, "invitations_superseded": r.InvitationsEnded, "jobs_dropped": r.JobsDropped,
				"signing_keys_dropped": r.KeysDropped, "deletions_put_off": r.DeletionsPutOff,
			},
		})
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("mark the database as restored: %w", err)
	}
	return r, nil
}

// forget ends everything that the backup holds and that could be presented.
func forget(ctx context.Context, tx *store.Tx, now time.Time) (r Report, err error) {
	for _, step := range []struct {
		what  string
		count *int
		do    func() (int, error)
	}{
		{"delete signing keys", &r.KeysDropped, func() (int, error) { return tx.SigningKeys.DeleteEvery(ctx) }},
		{"raise epochs", &r.Users, func() (int, error) { return tx.Users.RaiseEpochs(ctx, now.UnixMicro(), epochStep) }},
		{"raise epochs of clients", &r.Clients, func() (int, error) { return tx.Clients.RaiseEpochs(ctx, now.UnixMicro(), epochStep) }},
		{"end sessions", &r.SessionsEnded, func() (int, error) { return tx.Sessions.RevokeEvery(ctx, store.ReasonRestored, now) }},
		{"consume one-time tokens", &r.TokensConsumed, func() (int, error) { return tx.Tokens.ConsumeEvery(ctx, now) }},
		{"supersede sign-ups", &r.SignupsSuperseded, func() (int, error) { return tx.Signups.SupersedeEvery(ctx, now) }},
		{"supersede invitations", &r.InvitationsEnded, func() (int, error) { return tx.Invitations.SupersedeEvery(ctx, now) }},
		{"drop jobs", &r.JobsDropped, func() (int, error) { return tx.Jobs.EraseSecrets(ctx, obsolete, now) }},
		{"put off deletions", &r.DeletionsPutOff, func() (int, error) { return tx.Deletions.PutOff(ctx, now.Add(secondThoughts)) }},
	} {
		if *step.count, err = step.do(); err != nil {
			return Report{}, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return r, nil
}

// MarkMoved marks a database that is a faithful copy of another one: sessions and
// tokens go on.
func MarkMoved(ctx context.Context, st *store.Store, clk clock.Clock) error {
	now, err := latest(ctx, st, clk)
	if err != nil {
		return err
	}
	history := newHistory()
	err = st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		released, err := tx.Jobs.ReleaseRunning(ctx, now)
		if err != nil {
			return err
		}
		if err := tx.Feed.Renew(ctx, history); err != nil {
			return err
		}
		// Sealed at once, for a copy that no server has used may be copied once more.
		return seal.Append(ctx, tx, audit.New(clk), audit.Event{
			Kind: audit.KindDatabaseMoved, Outcome: audit.Success, Details: map[string]any{"jobs_released": released},
		})
	})
	if err != nil {
		return fmt.Errorf("mark the database as moved: %w", err)
	}
	return nil
}

func newHistory() string { return secret.Encode(secret.Bytes(16)) }

// latest is the later of the two clocks that date epochs and expiries.
func latest(ctx context.Context, st *store.Store, clk clock.Clock) (time.Time, error) {
	told, err := st.Now(ctx)
	if err != nil {
		return time.Time{}, err
	}
	now := clk.Now().UTC().Truncate(time.Microsecond)
	if told.After(now) {
		return told, nil
	}
	return now, nil
}
