package store

import (
	"testing"
	"time"
)

// TestUsersOfOlderProgramsGetEventNumbers: their rows have no number.
func TestUsersOfOlderProgramsGetEventNumbers(t *testing.T) {
	t.Parallel()
	db, ctx := openTest(t, Options{}), t.Context()
	d := db.Direct()
	u := User{ID: "ada", Email: "ada@x", EmailCanonical: "ada@x", Metadata: "{}", Status: UserActive, EventNumber: 7, CreatedAt: time.Unix(1, 0), UpdatedAt: time.Unix(1, 0)}
	if err := d.Users.Insert(ctx, u); err != nil {
		t.Fatal(err)
	}
	if _, err := console(t, db).ExecContext(ctx, `UPDATE users SET event_number = NULL`); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Users.ByID(ctx, u.ID); err != nil || got.EventNumber != 0 {
		t.Errorf("event number %d (%v), want 0", got.EventNumber, err)
	}
	for want := int64(1); want < 3; want++ {
		if got, err := d.Users.RaiseEventNumber(ctx, u.ID); err != nil || got != want {
			t.Errorf("raised to %d (%v), want %d", got, err, want)
		}
	}
}
