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
// insert and their values, {rows users} for [rowsAtOnce] of these, {blank users} for what an erasure empties; none of them
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
	case "rows":
		row := "(?" + strings.Repeat(", ?", len(columns)) + ")"
		what = "(realm_id, " + strings.Join(columns, ", ") + ") VALUES " + row + strings.Repeat(", "+row, rowsAtOnce-1)
	case "blank":
		what = strings.Join(table.Blanked(), " = ?, ") + " = ?"
	}
	return before + what + expand(after)
}

// bound is what the methods of every table use: a runner, which is a transaction, a
// view or neither, and the realm.
type bound struct {
	run     sqlrun.Runner
	realm   string
	clock   clock.Clock
	effects *effects // nil outside Store.Tx
}

// bind binds the tables to a runner.
func (db *Store) bind(run sqlrun.Runner, fx *effects) *Tx {
	t := &bound{run: run, realm: db.realm, clock: db.clock, effects: fx}
	return &Tx{
		Users: Users{t}, Credentials: Credentials{t}, Identities: Identities{t}, Signups: PendingSignups{t}, Invitations: Invitations{t}, Tokens: OneTimeTokens{t},
		Sessions: Sessions{t}, Browsers: BrowserSessions{t}, Idempotency: IdempotencyKeys{t}, Undelivered: UndeliveredSessions{t}, Revocations: Revocations{t}, Feed: Feed{t}, Attempts: Attempts{t},
		Jobs: Jobs{t}, Audit: AuditEvents{t}, AuditPersonal: AuditPersonals{t}, AuditRepeats: AuditRepeats{t},
		AuditUnsealed: AuditUnsealed{t}, AuditTrees: AuditTrees{t}, AuditLeaves: AuditLeaves{t}, AuditHashes: AuditHashes{t},
		AuditHeads: AuditHeads{t}, AuditKeys: AuditKeys{t}, Stats: StatsHours{t},
		Passkeys: Passkeys{t}, Challenges: Challenges{t},
		TOTPs: TOTPs{t}, Recovery: RecoveryCodes{t}, LoginSteps: LoginSteps{t}, MagicLinks: MagicLinks{t},
		Roles: Roles{t}, Clients: Clients{t}, Secrets: ClientSecrets{t},
		Hooks: HookEndpoints{t}, HookSecrets: HookSecrets{t}, Deliveries: HookDeliveries{t},
		SigningKeys: SigningKeys{t}, SecretKeys: SecretKeys{t}, Facts: Facts{t},
		Changes: EmailChanges{t}, Deletions: Deletions{t},
		ExternalIDs: ExternalIDs{t}, Imports: Imports{t}, Forms: CredentialForms{t},
	}
}

// databaseNow is the one statement that reads the database's clock alone.
var databaseNow = q(`SELECT {now}`)

// Now is the database's time, through clock.Clock.
func (db *Store) Now(ctx context.Context) (time.Time, error) {
	return (&bound{run: db.around.Over(db.lanes.Direct()), clock: db.clock}).now(ctx)
}

func (t *bound) now(ctx context.Context) (time.Time, error) {
	at, err := sqlrun.Get(ctx, t.run, func(row sqlrun.Row, at *time.Time) error { return row.Scan(timeInto(at)) }, databaseNow)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the database's time: %w", err)
	}
	return t.told(at), nil
}

// told passes the database's time through the clock, to the precision that is
// stored.
func (t *bound) told(at time.Time) time.Time {
	return time.UnixMicro(t.clock.Database(at).UnixMicro()).UTC()
}

// change runs a compare-and-set and reports whether this call changed a row.
func (t *bound) change(ctx context.Context, q *sqlrun.Statement, args ...any) (bool, error) {
	n, err := t.run.Exec(ctx, q, args...)
	return n > 0, err
}

// add runs an insert.
func (t *bound) add(ctx context.Context, q *sqlrun.Statement, args ...any) error {
	_, err := t.run.Exec(ctx, q, args...)
	return err
}

// purge deletes by drop what find lists: rows that are older than a time, at
// most limit.
func (t *bound) purge(ctx context.Context, find, drop *sqlrun.Statement, before time.Time, limit int) (int, error) {
	return t.purgeBelow(ctx, find, drop, micros(before), limit)
}

// purgeBelow is purge for rows that are found by another column than a time.
func (t *bound) purgeBelow(ctx context.Context, find, drop *sqlrun.Statement, than any, limit int) (int, error) {
	ids, err := sqlrun.List(ctx, t.run, sqlrun.Value[string], find, t.realm, than, limit)
	if err != nil {
		return 0, err
	}
	return sqlrun.Many(ctx, t.run, drop, []any{t.realm}, ids, than)
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

// unlessGone turns ErrNotFound into nil.
func unlessGone(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// rowsAtOnce is how many rows a statement with {rows} inserts.
const rowsAtOnce = 25

// addMany inserts rows, each of them as one inserts it: so many at once as many
// takes, and what is left one by one.
func (t *bound) addMany(ctx context.Context, many, one *sqlrun.Statement, rows [][]any) error {
	for len(rows) >= rowsAtOnce {
		if err := t.add(ctx, many, slices.Concat(rows[:rowsAtOnce]...)...); err != nil {
			return err
		}
		rows = rows[rowsAtOnce:]
	}
	for _, row := range rows {
		if err := t.add(ctx, one, row...); err != nil {
			return err
		}
	}
	return nil
}
