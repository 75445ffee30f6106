package store

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// TestAnEntryThatAppearsBelowOthersIsNotMissed reads a page that lacks an entry
// below one that it holds, as a statement of MariaDB's may, and holds it when it
// is read again.
func TestAnEntryThatAppearsBelowOthersIsNotMissed(t *testing.T) {
	t.Parallel()
	appears, reads := func() {}, 0
	db := openTest(t, Options{observe: func(q *sqlrun.Statement) {
		if q == revocationFrom {
			if reads++; reads == 1 { // it has been read
				appears()
			}
		}
	}})
	now := time.Now()
	var rs []Revocation
	err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
		rs = make([]Revocation, 6)
		for i := range rs {
			rs[i] = Revocation{Kind: RevokedSession, Subject: id.Random(), RevokedAt: now, ExpiresAt: now.Add(time.Hour)}
			if err := tx.Revocations.Append(ctx, &rs[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	raw := console(t, db)
	move := func(number int, realm string) {
		t.Helper()
		if _, err := raw.ExecContext(t.Context(), "UPDATE revocations SET realm_id = ? WHERE number = ?", realm, number); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what        string
		from        int64
		limit, late int
		numbers     string
		reads       int
	}{
		{"nothing is missing", 0, 9, 0, "1 2 3 4 5 6", 1},
		{"one between others", 0, 9, 4, "1 2 3 4 5 6", 2},
		{"one between others on a full page", 0, 4, 2, "1 2 3 4", 2},
		{"the first", 0, 9, 1, "1 2 3 4 5 6", 2},
		{"the last", 3, 9, 6, "3 4 5 6", 2},
		{"the one that is followed", 3, 9, 3, "3 4 5 6", 2},
		{"one below the page", 3, 9, 2, "3 4 5 6", 1},
		{"one that never appears", 0, 9, -4, "1 2 3 5 6", 2},
	} {
		appears, reads = func() {}, 0
		if c.late > 0 {
			move(c.late, "elsewhere")
			appears = func() { move(c.late, db.realm) }
		} else if c.late < 0 {
			if _, err := raw.ExecContext(t.Context(), "DELETE FROM revocations WHERE number = ?", -c.late); err != nil {
				t.Fatal(err)
			}
		}
		page, err := db.Direct().Revocations.From(t.Context(), c.from, now, c.limit)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
		}
		var numbers string
		for _, r := range page.Revocations {
			if numbers != "" {
				numbers += " "
			}
			numbers += strconv.FormatInt(r.Number, 10)
		}
		if numbers != c.numbers || reads != c.reads || page.Head.Number != 6 {
			t.Errorf("%s: read %s up to %d in %d turns, want %s in %d", c.what, numbers, page.Head.Number, reads, c.numbers, c.reads)
		}
		if c.what == "one below the page" {
			appears()
		}
	}
}
