package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// errNotDirect is returned for what only makes sense inside Store.Tx. It is a
// fault of ours.
var errNotDirect = errors.New("needs a transaction")

// q declares a statement; see [sqlrun.Declare]. Of a table that [Tables] describes,
// {columns users} stands for the columns that are read, {row users} for those of an
// insert and their values, {blank users} for what an erasure empties; none of them
// has the realm but the row, which begins with it.
func q(text string) *sqlrun.Statement { return sqlrun.Declare(expand(text)) }

// expand puts the columns of a table where a statement asks for them.
func expand(text string) string {
	before, rest, asks := strings.Cut(text, "{")
	what, after, _ := strings.Cut(rest, "}")
	form, name, named := strings.Cut(what, " ")
	if !asks {
		return text
	}
	if !named {
		return before + "{" + what + "}" + expand(after)
	}
	table := tables[slices.IndexFunc(tables, func(t Table) bool { return t.Name == name })]
	columns := table.Names()[1:]
	switch form {
	case "columns":
		what = name + "." + strings.Join(columns, ", "+name+".")
	case "row":
		what = "(realm_id, " + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)) + ")"
	case "blank":
		what = strings.Join(table.Blanked(), " = ?, ") + " = ?"
	}
	return before + what + expand(after)
}

// port is what the methods of every table stand on.
type port struct {
	run     sqlrun.Runner
	realm   string
	clock   clock.Clock
	effects *effects // nil outside Store.Tx
}

// ports binds the tables to a runner.
func (db *Store) ports(run sqlrun.Runner, fx *effects) *Tx {
	p := &port{run: run, realm: db.realm, clock: db.clock, effects: fx}
	return &Tx{
		Users: Users{p}, Mailboxes: Mailboxes{p}, Credentials: Credentials{p}, Signups: PendingSignups{p}, Tokens: OneTimeTokens{p},
		Sessions: Sessions{p}, Devices: Devices{p}, Browsers: BrowserSessions{p}, Idempotency: IdempotencyKeys{p}, Undelivered: UndeliveredSessions{p}, Revocations: Revocations{p}, Attempts: Attempts{p},
		Jobs: Jobs{p}, JobLedger: JobLedger{p}, Audit: AuditEvents{p},
		Passkeys: Passkeys{p}, Challenges: Challenges{p},
		TOTPs: TOTPs{p}, Recovery: RecoveryCodes{p}, LoginSteps: LoginSteps{p}, MagicLinks: MagicLinks{p},
		Clients: Clients{p}, Secrets: ClientSecrets{p},
		SigningKeys: SigningKeys{p}, SecretKeys: SecretKeys{p}, Facts: Facts{p}, History: History{p},
		Changes: EmailChanges{p}, Deletions: Deletions{p}, Removals: Removals{p}, Erasures: Erasures{p}, Holdings: Holdings{p},
	}
}

// databaseNow is the one statement that reads the database's clock alone.
var databaseNow = q(`SELECT {now}`)

// Now is the database's time, through clock.Clock.
func (db *Store) Now(ctx context.Context) (time.Time, error) {
	return (&port{run: db.around.Over(db.lanes.Direct()), clock: db.clock}).now(ctx)
}

func (p *port) now(ctx context.Context) (time.Time, error) {
	t, err := sqlrun.Get(ctx, p.run, func(row sqlrun.Row, t *time.Time) error { return row.Scan(timeInto(t)) }, databaseNow)
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
func (p *port) change(ctx context.Context, q *sqlrun.Statement, args ...any) (bool, error) {
	n, err := p.run.Exec(ctx, q, args...)
	return n > 0, err
}

// add runs an insert.
func (p *port) add(ctx context.Context, q *sqlrun.Statement, args ...any) error {
	_, err := p.run.Exec(ctx, q, args...)
	return err
}

// factorLock changes nothing. It holds the user's row until the transaction ends.
var factorLock = q(`UPDATE users SET epoch = epoch WHERE realm_id = ? AND id = ?`)

// oneByOne runs what depends on which factors a user has, or changes them, after
// all others that do have ended. fn reads what they left, by statements that
// write: a read of the transaction's own may show what was before.
func (p *port) oneByOne(ctx context.Context, userID string, fn func(context.Context, *port) error) error {
	return p.run.Together(ctx, func(ctx context.Context, run sqlrun.Runner) error {
		if _, err := run.Exec(ctx, factorLock, p.realm, userID); err != nil {
			return err
		}
		within := *p
		within.run = run
		return fn(ctx, &within)
	})
}

// alone is change for one statement of that kind.
func (p *port) alone(ctx context.Context, userID string, q *sqlrun.Statement, args ...any) (changed bool, err error) {
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
