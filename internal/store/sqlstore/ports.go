package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/column"
	"github.com/sallyport-auth/sallyport/internal/store/leaving"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// errNotDirect is returned for what only makes sense inside Store.Tx. It is a
// fault of ours.
var errNotDirect = errors.New("needs a transaction")

// q declares a statement; see [seam.Declare].
func q(text string) *seam.Statement { return seam.Declare(text) }

// port is what every port stands on. Ports hold nothing but a pointer to it.
type port struct {
	seam.Runner

	realm   string
	clock   clock.Clock
	effects *effects // nil outside Store.Tx
}

// ports binds the set of ports to a runner.
func (db *DB) ports(run seam.Runner, fx *effects) *store.Tx {
	p := &port{Runner: run, realm: db.realm, clock: db.clock, effects: fx}
	gone := leaving.New(run, db.realm)
	return &store.Tx{
		Users: users{p}, Mailboxes: mailboxes{p}, Credentials: credentials{p}, Signups: signups{p}, Tokens: tokens{p},
		Sessions: sessions{p}, Devices: devices{p}, Browsers: browserSessions{p}, Idempotency: idempotencyKeys{p}, Undelivered: undeliveredSessions{p}, Revocations: revocations{p}, Attempts: attempts{p},
		Jobs: jobs{p}, JobLedger: jobLedger{p}, Audit: auditEvents{p},
		Passkeys: passkeys{p}, Challenges: challenges{p},
		TOTPs: totps{p}, Recovery: recoveryCodes{p}, LoginSteps: loginSteps{p}, MagicLinks: magicLinks{p},
		SigningKeys: signingKeys{p}, SecretKeys: secretKeys{p}, Facts: facts{p}, History: history{p},
		Changes: gone.Changes, Deletions: gone.Deletions, Removals: gone.Removals, Erasures: gone.Erasures, Holdings: holdings{p},
	}
}

// databaseNow is the one statement that reads the database's clock alone.
var databaseNow = q(`SELECT {now}`)

// Now is the database's time.
func (db *DB) Now(ctx context.Context) (time.Time, error) {
	return (&port{Runner: db.around.Over(db.lanes.Direct()), clock: db.clock}).now(ctx)
}

func (p *port) now(ctx context.Context) (time.Time, error) {
	t, err := seam.Get(ctx, p, func(row seam.Row, t *time.Time) error { return row.Scan(column.At(t)) }, databaseNow)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the database's time: %w", err)
	}
	return p.told(t), nil
}

// told passes the database's time through the clock, to the precision that is
// stored.
func (p *port) told(t time.Time) time.Time {
	return time.UnixMicro(p.clock.Database(t).UnixMicro()).UTC()
}

// change runs a compare-and-set and reports whether this call changed a row.
func (p *port) change(ctx context.Context, q *seam.Statement, args ...any) (bool, error) {
	n, err := p.Exec(ctx, q, args...)
	return n > 0, err
}

// add runs an insert.
func (p *port) add(ctx context.Context, q *seam.Statement, args ...any) error {
	_, err := p.Exec(ctx, q, args...)
	return err
}

// factorLock changes nothing. It holds the user's row until the transaction ends.
var factorLock = q(`UPDATE users SET epoch = epoch WHERE realm_id = ? AND id = ?`)

// oneByOne runs what depends on which factors a user has, or changes them, after
// all others that do have ended. fn reads what they left, by statements that
// write: a read of the transaction's own may show what was before.
func (p *port) oneByOne(ctx context.Context, userID string, fn func(context.Context, *port) error) error {
	return p.Together(ctx, func(ctx context.Context, run seam.Runner) error {
		if _, err := run.Exec(ctx, factorLock, p.realm, userID); err != nil {
			return err
		}
		within := *p
		within.Runner = run
		return fn(ctx, &within)
	})
}

// alone is change for one statement of that kind.
func (p *port) alone(ctx context.Context, userID string, q *seam.Statement, args ...any) (changed bool, err error) {
	err = p.oneByOne(ctx, userID, func(ctx context.Context, p *port) (err error) {
		changed, err = p.change(ctx, q, args...)
		return err
	})
	return changed && err == nil, err
}

// beyond is the cursor of a list's first page, where newest come first: it
// sorts after every identifier.
const beyond = "~"

func cursor(after string) string {
	if after == "" {
		return beyond
	}
	return after
}
