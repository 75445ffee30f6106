package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/migration"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Export says where users go. File must not be there yet, and its owner alone may read
// it; without it they go to Out.
type Export struct {
	File     string
	Out      io.Writer
	Secrets  bool
	Progress func(users int64) // may be nil
}

// Run exports every user. A file that is not whole is removed.
func (e Export) Run(ctx context.Context, cfg config.Config) (done migration.Exported, err error) {
	st, ring, err := openStore(ctx, cfg)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	reveal := func(enrolment, sealed string) (string, error) { return mfa.Reveal(ring, enrolment, sealed) }
	if e.File == "" {
		return e.run(ctx, st, reveal)
	}
	err = intoNewFile(e.File, func(f io.Writer) (err error) {
		e.Out = f
		done, err = e.run(ctx, st, reveal)
		return err
	})
	return done, err
}

// intoNewFile has a file written that is not there yet, and that its owner alone may
// read. One that is not whole is removed.
func intoNewFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("create the export file: %w", err)
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(fmt.Errorf("write the file: %w", err), os.Remove(path))
	}
	return err
}

// run records that somebody exports, and then does.
func (e Export) run(ctx context.Context, st *store.Store, open func(enrolment, sealed string) (string, error)) (migration.Exported, error) {
	trail := audit.New(clock.System{}).OfCommand(os.Getuid())
	err := st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindUsersExported, Outcome: audit.Success, Details: map[string]any{"secrets": e.Secrets},
		})
	})
	if err != nil {
		return migration.Exported{}, err
	}
	return migration.Export{
		Store: st, To: e.Out, Now: clock.Stored(clock.System{}), Secrets: e.Secrets, Open: open, Progress: e.Progress,
	}.Run(ctx)
}
