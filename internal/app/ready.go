package app

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// checkWithin bounds one look at one dependency, so that /readyz answers within
// two seconds whatever hangs.
const checkWithin = 1500 * time.Millisecond

var (
	errStopping    = errors.New("stopping")
	errStale       = errors.New("the revocation list is stale; checks go to the database")
	errHistoryLost = errors.New("refresh tokens were presented that this database never made: it has lost history")
)

// checks are the dependencies of every process that /readyz tells about. One
// that fails turns it red, but for those that only warn.
func (a *App) checks() []telemetry.Check {
	return append(a.links.checks(a.cfg.RevocationCheck == "strict"), []telemetry.Check{
		{Name: "process", Do: func(context.Context) error {
			if a.stopping.Load() {
				return errStopping
			}
			return nil
		}},
		{Name: "database", Do: func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, checkWithin)
			defer cancel()
			return a.store.Check(ctx)
		}},
		// Signing in is worth more than a proof: this never turns it red.
		{Name: "audit_log", OnlyWarn: true, Do: func(context.Context) error { return a.sealer.Trouble() }},
	}...)
}

// servingChecks are those that only matter to a process that answers requests.
func (a *App) servingChecks() []telemetry.Check {
	return []telemetry.Check{
		{Name: "revocations", Do: func(context.Context) error {
			if !a.revocations.Fresh() {
				return errStale
			}
			return nil
		}},
		{Name: "signing_keys", Do: func(context.Context) error {
			_, err := a.ring.Active()
			return err
		}},
		{Name: "history", OnlyWarn: true, Do: func(context.Context) error {
			if a.sessions.HistoryLost() {
				return errHistoryLost
			}
			return nil
		}},
	}
}
