package ratelimit_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// However many guess at once, and however long, one notice a day is due of each kind.
func TestOfManyRefusalsOneIsTold(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	st := openStore(t, t.TempDir(), clk)
	t.Cleanup(func() { _ = st.Close() })
	refusals := ratelimit.NewGuesses(st, keyring(t).MAC("guesses"), clk, ratelimit.GuessOptions{PasswordTries: 10, Window: time.Hour}).Refusals()
	crowd := func(what ratelimit.Refusal, whose string, n int) int64 {
		t.Helper()
		var told atomic.Int64
		var racers sync.WaitGroup
		for range n {
			racers.Go(func() {
				var tell bool
				err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
					tell, err = refusals.Count(ctx, tx, what, whose)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if tell {
					told.Add(1)
				}
			})
		}
		racers.Wait()
		return told.Load()
	}
	for _, test := range []struct {
		name  string
		what  ratelimit.Refusal
		whose string
		n     int
		after time.Duration
		want  int64
	}{
		{"nine passwords", ratelimit.WrongPassword, "ada", 9, 0, 0},
		{"and thirty", ratelimit.WrongPassword, "ada", 30, 0, 1},
		{"nine of somebody else", ratelimit.WrongPassword, "bob", 9, 0, 0},
		{"four codes", ratelimit.WrongCode, "ada", 4, 0, 0},
		{"and sixteen", ratelimit.WrongCode, "ada", 16, 0, 1},
		{"the rest of the day", ratelimit.WrongPassword, "ada", 30, 23 * time.Hour, 0},
		{"the next day", ratelimit.WrongPassword, "ada", 30, 2 * time.Hour, 1},
	} {
		clk.Advance(test.after)
		if got := crowd(test.what, test.whose, test.n); got != test.want {
			t.Errorf("%s: %d are told, want %d", test.name, got, test.want)
		}
	}
}
