package account_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
	"github.com/sallyport-auth/sallyport/internal/store/sqlstore"
)

// noted is what a transaction does to the tables, each with a note. An insert is an
// insert into whatever table, and a read of something that is not there is a read.
func noted(calls *[]string) seam.Around {
	reads := regexp.MustCompile(`^SELECT .* FROM (users WHERE realm_id = \? AND email_canonical|pending_signups|one_time_tokens)`)
	return func(_ context.Context, statement string, args []any, do func() error) error {
		note := func(what string) { *calls = append(*calls, what) }
		switch s := strings.HasPrefix; {
		case statement == "BEGIN":
			*calls = nil
		case reads.MatchString(statement):
			note("read")
		case s(statement, "UPDATE users SET epoch = epoch"):
			note("hold")
		case s(statement, "INSERT INTO pending_signups"), s(statement, "INSERT INTO one_time_tokens"):
			note("insert")
		case s(statement, "UPDATE attempts SET tries = tries + 1"):
			note("take")
		case s(statement, "INSERT INTO audit_events"):
			note("record")
		case s(statement, "INSERT INTO jobs"):
			note(fmt.Sprintf("job with %d sealed bytes", len(args[4].(string)))) //nolint:forcetypeassert // it is text
		}
		return do()
	}
}

// Strangers may ask three things of any address. What the database does then
// is the same, in the same order, for whatever the address is: the time that
// it takes must not tell (design law 5). That goes also for what is over the limit
// of mails, where a link is mailed only if none works.
func TestStrangersCauseTheSameWork(t *testing.T) {
	t.Parallel()
	for _, limit := range []int{100, 1} {
		t.Run(fmt.Sprintf("with %d mails an hour", limit), func(t *testing.T) {
			t.Parallel()
			strangersCauseTheSameWork(t, limit)
		})
	}
}

func strangersCauseTheSameWork(t *testing.T, limit int) {
	t.Helper()
	clk, calls := clock.NewFake(), []string{}
	st, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: "sqlite:///" + filepath.Join(t.TempDir(), "test.db"), Clock: clk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	rooms := newRooms(t, st.Around(noted(&calls)), clk, limit)
	ctx := t.Context()
	create := func(email string, verified bool) store.User {
		u, err := rooms.Create(ctx, account.Create{Email: email, Password: "violet umbrella 27", Verified: verified})
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	create("active@people.example", true)
	create("unverified@people.example", false)
	disabled := create("disabled@people.example", true)
	if ok, err := st.Direct().Users.SetStatus(ctx, disabled.ID, store.UserActive, store.UserDisabled, clk.Now()); err != nil || !ok {
		t.Fatal(ok, err)
	}
	kinds := []string{"nobody", "active", "unverified", "disabled"}
	asked := map[string]func(email string) error{
		"sign up": func(email string) error {
			_, err := rooms.SignUp(ctx, account.SignUp{Email: email, Password: "crimson lantern 41"})
			return err
		},
		"resend": func(email string) error { return rooms.RequestVerification(ctx, email, "", audit.Origin{}) },
		"reset":  func(email string) error { return rooms.RequestReset(ctx, email, audit.Origin{}) },
	}
	for _, script := range [][]string{
		{"resend", "resend", "resend"}, {"reset", "void", "reset", "reset"}, {"sign up", "resend"}, {"sign up", "sign up", "resend", "resend", "reset"},
	} {
		for n, act := range script {
			if act == "void" { // every link to a new password, as changing the password does
				for _, kind := range kinds[1:] {
					u := must(st.Direct().Users.ByEmail(ctx, kind+"@people.example"))
					must(st.Direct().Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, clk.Now()))
				}
				continue
			}
			did := map[string]string{}
			for _, kind := range kinds {
				if err := asked[act](kind + "@people.example"); err != nil {
					t.Fatal(err)
				}
				did[kind] = strings.Join(calls, ", ")
			}
			for _, kind := range kinds {
				if did[kind] != did["nobody"] {
					t.Errorf("after %v: %s for an address that is %s does\n%s\nand for nobody\n%s", script[:n], act, kind, did[kind], did["nobody"])
				}
			}
			if !slices.Contains(calls, "record") {
				t.Errorf("%s did nothing: %v", act, calls)
			}
		}
		clk.Advance(25 * time.Hour) // what was planted has expired
	}
}

func newRooms(t *testing.T, st store.Store, clk clock.Clock, recipientLimit int) *account.Accounts {
	t.Helper()
	ring, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		t.Fatal(err)
	}
	postman, err := mail.NewPostman(mail.Options{
		Store: st, Keyring: ring, Clock: clk, PublicURL: "https://auth.example", Product: "Sallyport", RecipientLimit: recipientLimit,
	})
	if err != nil {
		t.Fatal(err)
	}
	hasher, err := password.New(password.Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Product: "Sallyport"})
	if err != nil {
		t.Fatal(err)
	}
	trail := audit.New(clk)
	return account.New(account.Options{
		Store: st, Hasher: hasher, Postman: postman, Trail: trail, Clock: clk,
		Guesses:    ratelimit.NewGuesses(st, ring.MAC("guesses"), clk, ratelimit.GuessOptions{PasswordTries: 10, Window: time.Minute}),
		Codes:      ratelimit.NewCodes(st, ring.MAC("guesses"), clk, ratelimit.CodeOptions{Tries: 20, Window: time.Minute}),
		Sessions:   session.New(session.Options{Store: st, Keyring: ring, Postman: postman, Trail: trail, Clock: clk, TTL: time.Hour, IdleTTL: time.Hour}),
		SignUpOpen: true, RequireVerifiedEmail: true, VerifyEmailTTL: 24 * time.Hour, ResetPasswordTTL: time.Hour,
	})
}
