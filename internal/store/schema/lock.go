package schema

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// How long an instance waits for another that migrates the same database, how
// often it asks, and when it says for whom it waits.
const (
	migrationPatience = 5 * time.Minute
	migrationPause    = 100 * time.Millisecond
	silence           = 2 * time.Second
)

// awake is how often the connection that holds the lock is used. The steps run
// on another one; servers and what stands before them end a connection that is
// idle, some after a few seconds.
const awake = time.Second

var (
	// errMigrating is the cause when the lock was not to be had.
	errMigrating = errors.New("another instance has been migrating for too long")
	// errLockLost is the cause when the lock's connection ended while steps ran.
	errLockLost = errors.New("the connection that held the lock of migrations was lost")
)

// pause waits a little and reports whether ctx still lasts.
func pause(ctx context.Context) bool {
	return clock.Sleep(ctx, migrationPause/2+rand.N(migrationPause)) //nolint:gosec // jitter
}

// lock is the lock under which one instance at a time migrates a server's
// database. It belongs to a connection and ends with it, also when this process
// does.
type lock struct{ conn *sql.Conn }

// lockSchema takes the lock, and tells waits who has it if that takes long.
func lockSchema(ctx context.Context, e engine.Engine, db *sql.DB, waits func(holder string)) (lock, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, migrationPatience, errMigrating)
	defer cancel()
	conn, err := db.Conn(ctx)
	if err != nil {
		return lock{}, failed(ctx, e, err)
	}
	begin, holder := time.Now(), "" //nolint:forbidigo // a span, not an instant
	for {
		var got sql.NullInt64
		if err := conn.QueryRowContext(ctx, e.SchemaLock).Scan(&got); err != nil {
			return lock{}, errors.Join(failed(ctx, e, err), conn.Close())
		}
		if got.Int64 == 1 {
			return lock{conn}, nil
		}
		if holder == "" && time.Since(begin) > silence {
			holder = holds(ctx, e, conn)
			if waits != nil {
				waits(holder)
			}
		}
		if !pause(ctx) {
			err := fmt.Errorf("%w: migrate the schema: %w (%s)", engine.ErrUnavailable, context.Cause(ctx), holder)
			return lock{}, errors.Join(err, conn.Close())
		}
	}
}

// holds says who has the lock, as far as the server lets us know.
func holds(ctx context.Context, e engine.Engine, conn *sql.Conn) string {
	var holder sql.NullString
	err := conn.QueryRowContext(ctx, e.SchemaHolder).Scan(&holder)
	switch {
	case err == nil && holder.String != "":
		return holder.String
	case err == nil || errors.Is(err, sql.ErrNoRows):
		return "a connection that has just ended"
	default:
		return "a connection that the server does not name"
	}
}

// end closes the connection, and does not only hand it back to its pool.
func (l lock) end() error {
	err := l.conn.Raw(func(any) error { return driver.ErrBadConn })
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

// keep uses the lock's connection now and then, so that nobody takes it for idle.
// The context that it gives ends with errLockLost if the connection does, for
// then somebody else may be migrating. release gives the lock back.
func (l lock) keep(ctx context.Context) (held context.Context, release func() error) {
	held, lose := context.WithCancelCause(ctx)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(awake)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-held.Done():
				return
			case <-tick.C:
			}
			if _, err := l.conn.ExecContext(held, "SELECT 1"); err != nil && held.Err() == nil {
				lose(fmt.Errorf("%w: %w", errLockLost, err))
				return
			}
		}
	}()
	return held, func() error {
		close(stop)
		<-stopped
		lose(nil)
		return l.end()
	}
}
