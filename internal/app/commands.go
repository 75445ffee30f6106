package app

import (
	"context"
	"errors"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// CreateUser makes a user without a running server. Mail it causes is sent by
// the next one.
func CreateUser(ctx context.Context, cfg config.Config, c signup.Create) (u store.User, err error) {
	err = withRooms(ctx, cfg, func(a *App) (err error) {
		u, err = a.signUps.Create(ctx, c)
		return err
	})
	return u, err
}

// WithClients hands fn the programs that may ask for tokens. What it changes counts
// on every instance once it is committed.
func WithClients(ctx context.Context, cfg config.Config, fn func(*client.Clients) error) error {
	return withRooms(ctx, cfg, func(a *App) error {
		if err := a.revocations.Start(ctx); err != nil { // it knows how long entries must live
			return err
		}
		return fn(a.clients)
	})
}

// WithUsers hands fn every account. What it changes counts on every instance once it
// is committed.
func WithUsers(ctx context.Context, cfg config.Config, fn func(*admin.Users) error) error {
	return withRooms(ctx, cfg, func(a *App) error {
		if err := a.revocations.Start(ctx); err != nil { // it knows how long entries must live
			return err
		}
		return fn(a.users)
	})
}

// WithRoles hands fn the roles.
func WithRoles(ctx context.Context, cfg config.Config, fn func(*rbac.Roles) error) error {
	return withRooms(ctx, cfg, func(a *App) error { return fn(a.roles) })
}

// WithSignUps hands fn the room that makes accounts, and invites. Mail it causes is sent
// by the next server.
func WithSignUps(ctx context.Context, cfg config.Config, fn func(*signup.SignUps) error) error {
	return withRooms(ctx, cfg, func(a *App) error { return fn(a.signUps) })
}

// WithDesk hands fn the desk at which jobs are looked after. What runs again is
// worked by whichever process works jobs.
func WithDesk(ctx context.Context, cfg config.Config, fn func(*jobs.Desk) error) error {
	return withRooms(ctx, cfg, func(a *App) error { return fn(a.desk) })
}

// WithHooks hands fn the endpoints of web hooks, and the desk at which jobs are
// looked after. An event that is committed after a change hears of it.
func WithHooks(ctx context.Context, cfg config.Config, fn func(*hook.Hooks, *jobs.Desk) error) error {
	return withRooms(ctx, cfg, func(a *App) error { return fn(a.hooks, a.desk) })
}

// withRooms lets a command act in the rooms without running a process.
func withRooms(ctx context.Context, cfg config.Config, fn func(*App) error) error {
	a := &App{cfg: cfg, log: discard(), clock: clock.System{}, command: true}
	err := a.openStore(ctx)
	if err == nil {
		err = a.buildRooms(ctx)
	}
	if err == nil {
		err = fn(a)
		// What it recorded is sealed before it ends; if that cannot be, the next
		// server does.
		_ = a.sealer.Seal(ctx)
	}
	return errors.Join(err, a.Close())
}
