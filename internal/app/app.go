// Package app builds the process from a config.Config and runs it. It is the
// only place that knows which adapters are in use, and every goroutine is
// started and waited for here.
//
// # What a process runs
//
// A server ([New]) answers requests, and works jobs unless SALLYPORT_WORKERS
// is 0. A worker ([NewWorker]) works jobs and answers nobody but the operator.
// Both are built from the same rooms; they differ in the listeners they open
// and the tasks they run.
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
// the listener does; then nobody is let in, and everybody who was let in is
// answered ([middleware.Server.Stop]). Jobs end, leases are given back, and the
// process exits within 30 seconds. What is left of the log and traces is shipped
// last.
package app

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync/atomic"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/geoip"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Deps is what a process gets from outside its configuration.
type Deps struct {
	Log     *slog.Logger
	Tally   *telemetry.Tally // what is counted before there is an App; a new one if nil
	Clock   clock.Clock      // clock.System if nil
	Version string           // of the program
}

// App is a built process.
type App struct {
	cfg   config.Config
	log   *slog.Logger
	clock clock.Clock
	tally *telemetry.Tally

	command  bool // an operator acts through it, and it serves nobody
	version  string
	tracer   telemetry.Tracer // nil traces nothing
	shipping *group           // ships the log and traces; nil if nothing is shipped

	store       *store.Store
	places      *geoip.Places // nil if there is no file of places
	breaches    []breaches
	links       links
	keyring     *secret.Keyring
	ring        *keys.Ring
	issuer      *token.Issuer
	verifier    *token.Verifier
	revocations *token.Revocations
	sessions    *session.Sessions
	users       *admin.Users
	postman     *mail.Postman
	roles       *rbac.Roles
	operators   *admin.Gate
	idempotency *idempotency.Keys
	sealer      *seal.Log
	numbers     stats.Ledger
	overview    *admin.Overview
	trail       audit.Keeper
	accounts    *account.Accounts
	deletions   *deletion.Deletions
	signUps     *signup.SignUps
	recovery    *recovery.Passwords
	changes     *emailchange.Changes
	records     *personal.Records
	factors     *mfa.Factors
	passkeys    *passkey.Passkeys
	magicLinks  *magiclink.Links
	hasher      *password.Hasher
	passwords   password.Rules
	logins      *login.Logins
	clients     *client.Clients
	hooks       *hook.Hooks
	gate        *hook.Gate
	feed        *token.Pages
	visitors    *forward.Visitors
	limits      *ratelimit.Limits
	pool        *jobs.Pool
	hookPool    *jobs.Pool // apart, so that a slow endpoint holds up no mail
	desk        *jobs.Desk
	mailbox     *mail.Box

	listeners []listener
	tasks     []task
	stopping  atomic.Bool
}

// New builds a server and brings it to where it could serve. It fails loudly
// if anything is not as it must be.
func New(ctx context.Context, cfg config.Config, deps Deps) (*App, error) {
	return build(ctx, cfg, deps, (*App).becomeServer)
}

// NewWorker builds a process that works jobs and nothing else. It wants a
// configuration that config.Config.ValidateWorker takes.
func NewWorker(ctx context.Context, cfg config.Config, deps Deps) (*App, error) {
	if err := cfg.ValidateWorker(); err != nil {
		return nil, err
	}
	return build(ctx, cfg, deps, (*App).becomeWorker)
}

// build is what every process begins with: the store and the rooms.
func build(ctx context.Context, cfg config.Config, deps Deps, become func(*App, context.Context) error) (*App, error) {
	a := &App{cfg: cfg, log: deps.Log, clock: deps.Clock, version: deps.Version, tally: cmp.Or(deps.Tally, &telemetry.Tally{})}
	if a.clock == nil {
		a.clock = clock.System{}
	}
	err := a.ship(ctx)
	if err == nil {
		err = a.openPlaces()
	}
	if err == nil {
		err = a.openBreaches()
	}
	if err == nil {
		err = a.openStore(ctx)
	}
	if err == nil {
		err = a.buildRooms(ctx)
	}
	if err == nil {
		err = become(a, ctx)
	}
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	// What starting took is given back: a process that nobody calls is small.
	debug.FreeOSMemory()
	return a, nil
}

// Close gives back what New took. Call it after Run has returned.
func (a *App) Close() error {
	var err error
	if a.store != nil {
		err = errors.Join(a.links.close(), a.store.Close())
	}
	err = errors.Join(err, a.places.Close())
	for _, b := range a.breaches {
		err = errors.Join(err, b.Close())
	}
	a.flush()
	return err
}
