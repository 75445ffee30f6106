package login_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// broken is a database in which the pending sign-ups, which are read after the
// account's password was found wrong, do not answer.
func broken(_ context.Context, statement string, _ []any, do func() error) error {
	if strings.Contains(statement, "FROM pending_signups") {
		return store.ErrUnavailable
	}
	return do()
}

// Whoever sees a refusal for want of the database or of a slot, after the time
// of one hash and where tokens would have come, knows that the password was
// wrong. So that was a guess and stays counted.
func TestAGuessThatWasAnsweredByTroubleStaysCounted(t *testing.T) {
	t.Parallel()
	const tries = 10
	clk := clock.NewFake()
	st, err := store.Open(t.Context(), store.Options{URL: "sqlite:///" + filepath.Join(t.TempDir(), "test.db"), Clock: clk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	ring, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		t.Fatal(err)
	}
	hasher, err := password.New(password.Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Product: "Sallyport"})
	if err != nil {
		t.Fatal(err)
	}
	logins := login.New(login.Options{
		Store: st.Around(broken), Hasher: hasher, Trail: audit.New(clk), Clock: clk, RequireVerifiedEmail: true,
		Guesses: ratelimit.NewGuesses(st, ring.MAC("guesses"), clk, ratelimit.GuessOptions{PasswordTries: tries, Window: 15 * time.Minute}),
		Devices: ratelimit.NewDevices(ring.MAC("known device"), clk),
	})
	guess := func() error {
		_, err := logins.WithPassword(t.Context(), login.Password{Email: "ada@people.example", Password: "a wrong guess"})
		return err
	}
	for n := range tries {
		if err := guess(); !errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("guess %d: %v", n, err)
		}
	}
	if err := guess(); !errors.Is(err, ratelimit.ErrLimited) {
		t.Errorf("after %d guesses: %v, want that it is limited", tries, err)
	}
}
