package signup_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

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
	var calls []string
	h := roomtest.New(t, roomtest.Counting(&calls, limit))
	ctx := t.Context()
	create := func(email string, verified bool) store.User {
		u, err := h.Create(ctx, signup.Create{Email: email, Password: "violet umbrella 27", Verified: verified})
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	create("active@people.example", true)
	create("unverified@people.example", false)
	disabled := create("disabled@people.example", true)
	if ok, err := h.Store.Direct().Users.SetStatus(ctx, disabled.ID, store.UserActive, store.UserDisabled, h.Clock.Now()); err != nil || !ok {
		t.Fatal(ok, err)
	}
	kinds := []string{"nobody", "active", "unverified", "disabled"}
	asked := map[string]func(email string) error{
		"sign up": func(email string) error {
			_, err := h.SignUp(ctx, signup.SignUp{Email: email, Password: "crimson lantern 41"})
			return err
		},
		"resend": func(email string) error { return h.RequestVerification(ctx, email, "", audit.Origin{}) },
		"reset":  func(email string) error { return h.RequestReset(ctx, email, audit.Origin{}) },
	}
	for _, script := range [][]string{
		{"resend", "resend", "resend"}, {"reset", "void", "reset", "reset"}, {"sign up", "resend"}, {"sign up", "sign up", "resend", "resend", "reset"},
	} {
		for n, act := range script {
			if act == "void" { // every link to a new password, as changing the password does
				for _, kind := range kinds[1:] {
					u := roomtest.Must(h.Store.Direct().Users.ByEmail(ctx, kind+"@people.example"))
					roomtest.Must(h.Store.Direct().Tokens.ConsumeAll(ctx, u.ID, store.PurposeResetPassword, h.Clock.Now()))
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
		h.Clock.Advance(25 * time.Hour) // what was planted has expired
	}
}
