// Package app builds the process from a config.Config and runs it. It is the
// only place that knows which adapters are in use, and every goroutine is
// started and waited for here.
//
// # Start
//
// The schema is migrated, the secret key is read (or made, on the very first
// start of the embedded form) and checked against the database, signing keys
// are loaded, and the revocation list is rebuilt from SQL. Only then are the
// listeners opened: an instance that does not know what was revoked answers
// nobody.
//
// # Stop
//
// On the first signal /readyz turns red. Requests are answered for two seconds
// more, each with Connection: close, so that load balancers go elsewhere before
// the listener does; then running requests and jobs end, leases are given back, and the process exits within 30
// seconds.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Deps is what a process gets from outside its configuration.
type Deps struct {
	Log   *slog.Logger
	Clock clock.Clock // clock.System if nil
}

// App is a built process.
type App struct {
	cfg   config.Config
	log   *slog.Logger
	clock clock.Clock
	tally *telemetry.Tally

	store       store.Store
	keyring     *secret.Keyring
	ring        *keys.Ring
	issuer      *token.Issuer
	verifier    *token.Verifier
	revocations *token.Revocations
	sessions    *session.Sessions
	accounts    *account.Accounts
	logins      *login.Logins
	limits      *ratelimit.Limits
	pool        *jobs.Pool
	mailbox     *mail.Box

	public, ops http.Handler
	stopping    atomic.Bool
}

// New builds a process and brings it to where it could serve. It fails loudly
// if anything is not as it must be.
func New(ctx context.Context, cfg config.Config, deps Deps) (*App, error) {
	a := &App{cfg: cfg, log: deps.Log, clock: deps.Clock, tally: &telemetry.Tally{}}
	if a.clock == nil {
		a.clock = clock.System{}
	}
	if err := a.build(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) build(ctx context.Context) error {
	if err := a.openStore(ctx); err != nil {
		return err
	}
	if err := a.buildRooms(ctx); err != nil {
		return err
	}
	if err := a.ring.Start(ctx); err != nil {
		return fmt.Errorf("load signing keys: %w", err)
	}
	if err := a.revocations.Start(ctx); err != nil {
		return fmt.Errorf("load revocation list: %w", err)
	}
	// What starting took is given back: a server that nobody calls is small.
	defer debug.FreeOSMemory()
	return a.buildEdges() //nolint:contextcheck // handlers take the context of their request
}

// Close gives back what New took. Call it after Run has returned.
func (a *App) Close() error {
	if a.store == nil {
		return nil
	}
	return a.store.Close()
}

const (
	maintainEvery = time.Minute
	// stopWithin bounds a graceful stop; what still runs then is cut off.
	stopWithin = 25 * time.Second
	// drainFor is how long the listener stays open once /readyz turns red, so
	// that a load balancer notices first: two seconds, and the quarter of one for
	// which an answer of /readyz is given again. In front of a developer there is
	// none.
	drainFor = 2250 * time.Millisecond
)

// maintain does the periodic work. It runs on every instance, and running twice
// is harmless.
func (a *App) maintain(ctx context.Context) error {
	tick := time.NewTicker(maintainEvery)
	defer tick.Stop()
	for {
		for name, work := range map[string]func(context.Context) error{
			"signing keys": a.ring.Maintain, "revocations": a.revocations.Maintain, "sessions": a.sessions.Maintain,
			"jobs": a.pool.Maintain, "accounts": a.accounts.Maintain,
		} {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "periodic work failed", slog.String("work", name), slog.Any("error", err))
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
