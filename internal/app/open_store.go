package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// openStore migrates and opens the database and reads the keys that belong to
// it.
func (a *App) openStore(ctx context.Context) error {
	o := storeOptions(a.cfg, a.clock)
	if a.log.Enabled(ctx, slog.LevelWarn) { // not a command
		o.Waits = func(holder string) {
			a.log.WarnContext(ctx, waiting, slog.String("holder", holder))
		}
	}
	st, ring, err := openWith(ctx, a.cfg, o)
	if err != nil {
		return err
	}
	a.store, a.keyring = st, ring
	if a.cfg.Embedded() || !a.log.Enabled(ctx, slog.LevelWarn) {
		return nil
	}
	p, err := store.Protection(ctx, o)
	if err != nil {
		return fmt.Errorf("connect to the database: %w", err)
	}
	level := slog.LevelInfo
	if !p.Safe {
		level = slog.LevelWarn
	}
	a.log.Log(ctx, level, "connected to the database", slog.String("protection", p.String()))
	return nil
}

// waiting is said by a start that another one keeps waiting.
const waiting = "waiting for another process that migrates the database"

// storeOptions are those of a command, which says on standard error what it
// waits for.
func storeOptions(cfg config.Config, clk clock.Clock) store.Options {
	return store.Options{
		URL: cfg.EffectiveDatabaseURL(), Clock: clk, Connections: cfg.DatabaseConnections,
		Waits: func(holder string) { _, _ = fmt.Fprintf(os.Stderr, "sallyport: %s: %s\n", waiting, holder) },
	}
}

// openStore is what every command needs that touches the data.
func openStore(ctx context.Context, cfg config.Config) (*store.Store, *secret.Keyring, error) {
	return openWith(ctx, cfg, storeOptions(cfg, clock.System{}))
}

// openWith opens the store of a configuration with options of the caller's. It
// must be the database that the data folder had before.
func openWith(ctx context.Context, cfg config.Config, o store.Options) (*store.Store, *secret.Keyring, error) {
	if err := inPlace(cfg); err != nil {
		return nil, nil, err
	}
	st, ring, err := openAny(ctx, cfg, o)
	if err != nil {
		return nil, nil, err
	}
	if err := checkHistory(ctx, cfg, st); err != nil {
		return nil, nil, errors.Join(err, st.Close())
	}
	return st, ring, nil
}

// openAny is openWith for a database of whatever history.
func openAny(ctx context.Context, cfg config.Config, o store.Options) (*store.Store, *secret.Keyring, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, nil, fmt.Errorf("make the data folder: %w; set SALLYPORT_DATA_DIR to a folder that you can write", err)
	}
	if _, _, err := store.Migrate(ctx, o); err != nil {
		return nil, nil, lostEnd(fmt.Errorf("migrate the database%s: %w", named(cfg), err))
	}
	st, err := store.Open(ctx, o)
	if err != nil {
		return nil, nil, lostEnd(fmt.Errorf("open the database%s: %w", named(cfg), err))
	}
	if err := finished(ctx, st); err != nil {
		return nil, nil, errors.Join(err, st.Close())
	}
	ring, err := loadKeyring(ctx, cfg.SecretKey, cfg.DataDir, st)
	if err == nil {
		err = keys.CheckSecretKeys(ctx, st, ring, o.Clock)
	}
	if err != nil {
		_ = st.Close()
		return nil, nil, err
	}
	return st, ring, nil
}

// named says which setting names the database, if one does.
func named(cfg config.Config) string {
	if cfg.DatabaseURL == "" {
		return ""
	}
	return " of " + cfg.Named("SALLYPORT_DATABASE_URL")
}

// finished refuses a database that holds half of another one.
func finished(ctx context.Context, st *store.Store) error {
	n, err := st.Direct().Facts.Number(ctx, store.FactTransferUnfinished)
	if err == nil && n != 0 {
		err = errors.New("a transfer into this database was not finished: run the same sallyport transfer again")
	}
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return nil
}

// Migrate brings the schema up to this version.
func Migrate(ctx context.Context, cfg config.Config) (from, to int64, err error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return 0, 0, fmt.Errorf("make the data folder: %w", err)
	}
	from, to, err = store.Migrate(ctx, storeOptions(cfg, clock.System{}))
	return from, to, lostEnd(err)
}

// Rewrap seals everything anew with the newest secret key and says how many
// values that were.
func Rewrap(ctx context.Context, cfg config.Config) (int, error) {
	st, ring, err := openStore(ctx, cfg)
	if err != nil {
		return 0, err
	}
	defer func() { _ = st.Close() }()
	signing, err := keys.Rewrap(ctx, st, ring)
	if err != nil {
		return signing, err
	}
	waiting, err := jobs.Rewrap(ctx, st, ring)
	if err != nil {
		return signing + waiting, err
	}
	generators, err := mfa.Rewrap(ctx, st, ring)
	if err != nil {
		return signing + waiting + generators, err
	}
	hooks, err := hook.Rewrap(ctx, st, ring)
	if err != nil {
		return signing + waiting + generators + hooks, err
	}
	log, err := seal.Rewrap(ctx, st, ring)
	return signing + waiting + generators + hooks + log, err
}
