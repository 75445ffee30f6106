package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// AuditRepeat counts refusals of one minute that are alike.
type AuditRepeat struct {
	ID      string // hash of what they have in common, the minute included
	EventID string // the first of them, which is an event
	Number  int    // of them, the first included
	BeganAt time.Time
	// Kind, Reason and UserID are those of the event, when it is listed; empty if
	// the event is gone.
	Kind, Reason, UserID string
}

var (
	auditRepeatCount  = q(`UPDATE audit_repeats SET number = number + 1 WHERE realm_id = ? AND id = ?`)
	auditRepeatInsert = q(`
		INSERT INTO audit_repeats (realm_id, id, event_id, number, began_at) VALUES (?, ?, ?, 1, ?)`)
	auditRepeatList = q(`
		SELECT r.id, r.event_id, r.number, r.began_at, COALESCE(e.kind, ''), COALESCE(e.reason, ''), COALESCE(e.user_id, '')
		FROM audit_repeats r LEFT JOIN audit_events e ON e.realm_id = r.realm_id AND e.id = r.event_id
		WHERE r.realm_id = ? AND r.began_at < ? ORDER BY r.began_at, r.id LIMIT ?`)
	auditRepeatDelete = q(`DELETE FROM audit_repeats WHERE realm_id = ? AND id = ? AND number = ?`)
)

// AuditRepeats are the rows of audit_repeats.
type AuditRepeats struct{ *bound }

// Count counts one refusal more and reports whether it is the first of its
// kind, which makes r the row. Of any number of concurrent calls exactly one
// is the first.
func (t AuditRepeats) Count(ctx context.Context, r AuditRepeat) (first bool, err error) {
	for range 3 {
		if more, err := t.change(ctx, auditRepeatCount, t.realm, r.ID); more || err != nil {
			return false, err
		}
		err = t.add(ctx, auditRepeatInsert, t.realm, r.ID, r.EventID, micros(r.BeganAt))
		if !errors.Is(err, ErrTaken) {
			return err == nil, err
		}
		if err := t.run.Raced(err); err != nil { // somebody was faster
			return false, err
		}
	}
	return false, fmt.Errorf("count a refusal: %w", ErrUnavailable)
}

// List gives the rows that began before the given time, oldest first, at most
// limit.
func (t AuditRepeats) List(ctx context.Context, before time.Time, limit int) ([]AuditRepeat, error) {
	return sqlrun.List(ctx, t.run, func(row sqlrun.Row, r *AuditRepeat) error {
		return row.Scan(&r.ID, &r.EventID, &r.Number, timeInto(&r.BeganAt), &r.Kind, &r.Reason, &r.UserID)
	}, auditRepeatList, t.realm, micros(before), limit)
}

// Delete deletes r, unless its number has changed.
func (t AuditRepeats) Delete(ctx context.Context, r AuditRepeat) (bool, error) {
	return t.change(ctx, auditRepeatDelete, t.realm, r.ID, r.Number)
}
