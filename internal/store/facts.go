package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// FactAccessTokenTTL is the longest lifetime that access tokens ever had, in
// seconds: revocations outlive it.
const FactAccessTokenTTL = "access_token_ttl_seconds"

// FactSharedKeyTurn is the first turn that the operator's key for HS256 may be
// given a name for. Restoring raises it, so that no name comes back.
const FactSharedKeyTurn = "shared_key_turn"

// FactAuditSwept is not 0 once every event from before there was a tree has been
// sealed.
const FactAuditSwept = "audit_swept"

// FactFileEnd is the number by which a SQLite file is known to have its end. It
// belongs to the file, and goes nowhere else.
const FactFileEnd = "end"

// FactTransferUnfinished is not 0 in a database that holds half of another one.
const FactTransferUnfinished = "transfer_unfinished"

// FactOwners is how many users own this server: those with the role owner who are
// active.
const FactOwners = "owners"

// FactStatsCounted is how many leaves of the audit log, over all its trees, are in the
// counts of hours; FactStatsMeasured is when sessions and users were last counted, in
// seconds.
const (
	FactStatsCounted  = "stats_counted"
	FactStatsMeasured = "stats_measured"
)

var (
	factNumber = q(`SELECT number FROM facts WHERE realm_id = ? AND name = ?`)
	factInsert = q(`INSERT INTO facts (realm_id, name, number) VALUES (?, ?, ?)`)
	factRaise  = q(`UPDATE facts SET number = ? WHERE realm_id = ? AND name = ? AND number < ?`)
	factMove   = q(`UPDATE facts SET number = ? WHERE realm_id = ? AND name = ? AND number = ?`)
	factHold   = q(`UPDATE facts SET number = number WHERE realm_id = ? AND name = ?`)
	factOneUp  = q(`UPDATE facts SET number = number + 1 WHERE realm_id = ? AND name = ?`)
	factOneOff = q(`UPDATE facts SET number = number - 1 WHERE realm_id = ? AND name = ? AND number > 1`)
)

// raiseRounds bounds the compare-and-sets of one Raise. A round is lost only to
// another call that inserted the fact meanwhile.
const raiseRounds = 4

// Facts are single numbers that must outlive the process.
type Facts struct{ *bound }

// Number gives a fact, 0 if there is none.
func (t Facts) Number(ctx context.Context, name string) (int64, error) {
	n, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], factNumber, t.realm, name)
	return n, unlessGone(err)
}

// Raise sets a fact to n unless it is as large already.
func (t Facts) Raise(ctx context.Context, name string, n int64) error {
	for range raiseRounds {
		have, err := sqlrun.Get(ctx, t.run, sqlrun.Value[int64], factNumber, t.realm, name)
		switch {
		case errors.Is(err, ErrNotFound):
			if err = t.add(ctx, factInsert, t.realm, name, n); errors.Is(err, ErrTaken) {
				if err = t.run.Raced(err); err == nil {
					continue
				}
			}
		case err == nil && have < n:
			_, err = t.change(ctx, factRaise, n, t.realm, name, n)
		}
		return err
	}
	return fmt.Errorf("%w: raise a fact: too many at once", ErrUnavailable)
}

// Move sets a fact that is from to another number, and reports whether this call did.
// Of concurrent calls one does; it keeps the others waiting until its transaction ends.
func (t Facts) Move(ctx context.Context, name string, from, to int64) (bool, error) {
	if from == 0 {
		if err := t.Raise(ctx, name, 0); err != nil {
			return false, err
		}
	}
	return t.change(ctx, factMove, to, t.realm, name, from)
}

// Hold keeps every other caller of Hold, OneMore and OneLess waiting until the
// transaction ends.
func (t Facts) Hold(ctx context.Context, name string) error {
	if err := t.Raise(ctx, name, 0); err != nil {
		return err
	}
	_, err := t.change(ctx, factHold, t.realm, name)
	return err
}

// OneMore adds one to a count.
func (t Facts) OneMore(ctx context.Context, name string) error {
	if err := t.Raise(ctx, name, 0); err != nil {
		return err
	}
	_, err := t.change(ctx, factOneUp, t.realm, name)
	return err
}

// OneLess takes one from a count, but never the last, and reports whether it did. Of
// concurrent calls that would take it to nothing together, one is told so.
func (t Facts) OneLess(ctx context.Context, name string) (bool, error) {
	return t.change(ctx, factOneOff, t.realm, name)
}
