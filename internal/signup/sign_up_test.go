package signup_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestASignUpBecomesAnAccountWhenItsLinkIsUsed(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.SignsUp(t, ada, good)
	link := h.Link(t, ada, 1)
	if _, err := h.SignIn(t, ada, good); !errors.Is(err, login.ErrNotVerified) {
		t.Errorf("before the link is used: %v", err)
	}
	usable, address, err := verifiable(t, h, link)
	if err != nil || !usable || address != ada {
		t.Errorf("usable %v for %q, %v", usable, address, err)
	}
	u, err := h.Verify(t, link)
	if err != nil {
		t.Fatal(err)
	}
	if u.Email != ada || u.Name != "Ada" || u.EmailVerifiedAt.IsZero() || u.Status != store.UserActive {
		t.Errorf("the user is %+v", u)
	}
	// What is answered is what is remembered, to the microsecond.
	stored := h.User(t, ada)
	if diff := cmp.Diff(stored.CreatedAt.UTC(), u.CreatedAt.UTC()); diff != "" {
		t.Errorf("created_at is answered otherwise than stored:\n%s", diff)
	}
	if diff := cmp.Diff(stored.UpdatedAt.UTC(), u.UpdatedAt.UTC()); diff != "" {
		t.Errorf("updated_at is answered otherwise than stored:\n%s", diff)
	}
	if usable, _, err = verifiable(t, h, link); err != nil || usable {
		t.Errorf("a used link is usable: %v, %v", usable, err)
	}
	if !h.Works(t, ada, good) {
		t.Error("the password of the sign-up does not sign in")
	}
}

func TestOfManyClicksOnALinkOneMakesTheAccount(t *testing.T) {
	t.Parallel()
	for _, settings := range [][]func(*roomtest.Settings){nil, {roomtest.Unverified}} {
		h := roomtest.New(t, settings...)
		h.SignsUp(t, ada, good)
		link := h.Link(t, ada, 1)
		clicks := make([]func() error, 16)
		for n := range clicks {
			clicks[n] = func() error {
				_, err := h.Verify(t, link)
				return err
			}
		}
		roomtest.Winner(t, roomtest.At(clicks...), account.ErrInvalidToken)
		if made, verified := h.Count(t, audit.KindUserCreated), h.Count(t, audit.KindEmailVerified); made != 1 || verified != 1 {
			t.Errorf("%d accounts and %d verifications, want one of each", made, verified)
		}
		if got := h.Reasons(t, audit.KindEmailVerified); len(got) != 15 || slices.ContainsFunc(got, func(r string) bool { return r != audit.ReasonConsumed }) {
			t.Errorf("the other clicks were refused for %v", got)
		}
	}
}

func TestTwoSignUpsOfOneAddressRaceToOneAccount(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for round := range 5 {
		email := fmt.Sprintf("ada-%d@people.example", round)
		passwords := []string{"the first password 1", "the second password 2"}
		links := make([]string, len(passwords))
		for n, p := range passwords {
			h.SignsUp(t, email, p)
			links[n] = h.Link(t, email, n+1)
		}
		click := func(n int) func() error {
			return func() error {
				_, err := h.Verify(t, links[n])
				return err
			}
		}
		won := roomtest.Winner(t, roomtest.At(click(0), click(1)), account.ErrInvalidToken)
		if !h.Works(t, email, passwords[won]) {
			t.Error("the password of the link that won does not sign in")
		}
		if h.Works(t, email, passwords[1-won]) {
			t.Error("the password of the other sign-up signs in")
		}
	}
}

func TestASignUpForAnAddressWithAnAccountPlantsNothing(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	h.SignsUp(t, "ADA@People.Example", "planted by a stranger 5")
	m := h.Mails(t, ada, 1)[0]
	if strings.Contains(m.Text+m.HTML, "token=") {
		t.Errorf("the owner gets a link that a stranger asked for:\n%s", m.Text)
	}
	if !strings.Contains(m.Subject, "already") {
		t.Errorf("the owner is told: %q", m.Subject)
	}
	if _, err := h.SignIn(t, ada, "planted by a stranger 5"); !errors.Is(err, login.ErrNotVerified) {
		t.Errorf("the planted password: %v, want email_not_verified as for any pending sign-up", err)
	}
	if !h.Works(t, ada, good) {
		t.Error("the owner's password stopped working")
	}
	if got := h.User(t, ada); got.ID != u.ID || got.Epoch != u.Epoch {
		t.Errorf("the account changed: %+v", got)
	}
}

// TestWhatIsWrittenTellsNothing counts rows: what is written is most of what a
// stranger could time.
func TestWhatIsWrittenTellsNothing(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	for what, call := range map[string]func(email string) error{
		"sign-up": func(email string) error {
			_, err := h.SignUp(t.Context(), signup.SignUp{Email: email, Password: good, Origin: roomtest.Origin()})
			return err
		},
		"reset":  func(email string) error { return h.RequestReset(t.Context(), email, roomtest.Origin()) },
		"resend": func(email string) error { return h.RequestVerification(t.Context(), email, "", roomtest.Origin()) },
	} {
		known := h.RowsWritten(t, func() error { return call(ada) })
		unknown := h.RowsWritten(t, func() error { return call("nobody-" + what + "@people.example") })
		if known != unknown || known < 3 {
			t.Errorf("%s: %d rows for an address with an account, %d for one without", what, known, unknown)
		}
	}
	resend := func(email string) int {
		return h.RowsWritten(t, func() error { return h.RequestVerification(t.Context(), email, "", roomtest.Origin()) })
	}
	h.SignsUp(t, "pending@people.example", good)
	if pending, unknown := resend("pending@people.example"), resend("nobody@people.example"); pending != unknown {
		t.Errorf("resend: %d rows for a pending sign-up, %d for nobody", pending, unknown)
	}
}

func TestAResendAddsALinkAndChangesNoSignUp(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.SignsUp(t, ada, good)
	old := h.Link(t, ada, 1)
	if err := h.RequestVerification(t.Context(), ada, "", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	fresh := h.Link(t, ada, 2)
	for _, link := range []string{old, fresh} {
		if usable, _, err := verifiable(t, h, link); err != nil || !usable {
			t.Errorf("usable %v, %v", usable, err)
		}
	}
	if _, err := h.Verify(t, fresh); err != nil {
		t.Fatal(err)
	}
	if !h.Works(t, ada, good) {
		t.Error("the password of the sign-up does not sign in")
	}
	if _, err := h.Verify(t, old); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the older link, once there is an account: %v", err)
	}
}

func TestAnExpiredSignUpIsNoneAndStaysTellableForAWeek(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.SignsUp(t, ada, good)
	link := h.Link(t, ada, 1)
	h.Clock.Advance(24*time.Hour + time.Second)
	if _, err := h.SignIn(t, ada, good); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("login with an expired sign-up: %v", err)
	}
	click := func() {
		t.Helper()
		if _, err := h.Verify(t, link); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("an expired link: %v", err)
		}
	}
	click()
	h.Clock.Advance(6 * 24 * time.Hour)
	for range 2 { // twice is harmless
		if err := h.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	click()
	h.Clock.Advance(2 * 24 * time.Hour)
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	click()
	want := []string{audit.ReasonExpired, audit.ReasonExpired, audit.ReasonUnknown}
	if diff := cmp.Diff(want, h.Reasons(t, audit.KindEmailVerified)); diff != "" {
		t.Error(diff)
	}
}

func TestOverTheLimitASignUpIsKeptAndALinkThatWasMailedTakesIt(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	for range 5 {
		h.SignsUp(t, ada, good)
	}
	link := h.Link(t, ada, 5)
	late := signup.SignUp{Email: "ADA@people.example", Password: "another password 6", Origin: roomtest.Origin()}
	if n := h.RowsWritten(t, func() error { _, err := h.SignUp(t.Context(), late); return err }); n != 3 {
		t.Errorf("a sign-up over the limit writes %d rows: want it, its event and a blank job", n)
	}
	if n := h.RowsWritten(t, func() error { return h.RequestVerification(t.Context(), ada, "", roomtest.Origin()) }); n != 4 {
		t.Errorf("a resend over the limit writes %d rows: want as many as one within it", n)
	}
	if got := h.Reasons(t, audit.KindVerificationRequested); !slices.Equal(got, []string{audit.ReasonRateLimited}) {
		t.Errorf("the trail says %v", got)
	}
	if got := len(h.Box.List(ada)); got != 5 {
		t.Errorf("%d mails", got)
	}
	if _, err := h.VerifyEmail(t.Context(), signup.Verification{Token: link, Password: "another password 6", Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	if !h.Works(t, ada, "another password 6") {
		t.Error("the sign-up over the limit was not kept")
	}
}

func TestMailOfOneKindKeepsNoneOfAnotherAway(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	for range 9 {
		h.SignsUp(t, ada, good)
	}
	h.Mails(t, ada, 5)
	link := h.ResetLink(t, ada)
	for range 9 {
		if err := h.RequestReset(t.Context(), ada, roomtest.Origin()); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(h.Mails(t, ada, 10)); got != 10 {
		t.Errorf("%d mails, want five of each kind", got)
	}
	if err := h.ResetPassword(t.Context(), link, "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	// None of the links that were mailed works now, so the next is mailed whatever
	// was counted.
	if err := h.RequestReset(t.Context(), ada, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if stands, err := h.Store.Direct().Tokens.Stands(t.Context(), u.ID, store.PurposeResetPassword, h.Clock.Now()); err != nil || !stands {
		t.Errorf("a link works: %v, %v", stands, err)
	}
	h.Mails(t, ada, 12) // the notice of the reset, and that link
}

func TestWhereVerificationIsNotRequired(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	up := func() error {
		done, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good, Origin: roomtest.Origin()})
		if err == nil && (done.User == nil || !done.User.EmailVerifiedAt.IsZero()) {
			t.Errorf("signed up as %+v", done.User)
		}
		return err
	}
	roomtest.Winner(t, roomtest.At(up, up, up, up), account.ErrEmailTaken)
	if !h.Works(t, ada, good) {
		t.Error("the account cannot sign in at once")
	}
	older := h.Link(t, ada, 1)
	if err := h.RequestVerification(t.Context(), ada, "", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if usable, _, err := verifiable(t, h, older); err != nil || !usable {
		t.Errorf("the older link: usable %v, %v", usable, err)
	}
	// A reset proves that its holder reads the mailbox as well.
	if err := h.ResetPassword(t.Context(), h.ResetLink(t, ada), "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if h.User(t, ada).EmailVerifiedAt.IsZero() {
		t.Error("a reset did not verify the address")
	}
}

func TestWhatASignUpRefuses(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	long := strings.Repeat("n", 101)
	for name, test := range map[string]struct {
		s    signup.SignUp
		want error
	}{
		"no address":                 {signup.SignUp{Email: "ada", Password: good}, fault.ErrInvalidInput},
		"a line end in the name":     {signup.SignUp{Email: ada, Password: good, Name: "Ada\r\nBcc: eve@people.example"}, fault.ErrInvalidInput},
		"NUL in the name":            {signup.SignUp{Email: ada, Password: good, Name: "Ada\x00"}, fault.ErrInvalidInput},
		"a name that turns text":     {signup.SignUp{Email: ada, Password: good, Name: "\u202eadA"}, fault.ErrInvalidInput},
		"a name that is no UTF-8":    {signup.SignUp{Email: ada, Password: good, Name: "\xff"}, fault.ErrInvalidInput},
		"a name too long":            {signup.SignUp{Email: ada, Password: good, Name: long}, fault.ErrInvalidInput},
		"a password too short":       {signup.SignUp{Email: ada, Password: "short"}, password.ErrWeak},
		"a password of the address":  {signup.SignUp{Email: "margaret@people.example", Password: "margaret1"}, password.ErrWeak},
		"a common password":          {signup.SignUp{Email: ada, Password: "password123"}, password.ErrWeak},
		"a password of 10,000 signs": {signup.SignUp{Email: ada, Password: strings.Repeat("p", 10_000)}, password.ErrWeak},
	} {
		if _, err := h.SignUp(t.Context(), test.s); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	for name, call := range map[string]func() error{
		"resend": func() error { return h.RequestVerification(t.Context(), "ada", "", roomtest.Origin()) },
		"reset":  func() error { return h.RequestReset(t.Context(), "ada", roomtest.Origin()) },
	} {
		if err := call(); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	shut := roomtest.New(t, func(o *roomtest.Settings) { o.SignUpOpen = false })
	if _, err := shut.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good}); !errors.Is(err, signup.ErrSignUpClosed) {
		t.Errorf("while sign-up is closed: %v", err)
	}
}

func TestAnOperatorMakesUsers(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.SignsUp(t, ada, "planted by a stranger 5")
	planted := h.Link(t, ada, 1)
	u, err := h.Create(t.Context(), signup.Create{
		Email: ada, Password: good, Roles: []string{"support", "admin", "admin"}, Verified: true, Origin: roomtest.Origin(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"admin", "support"}, u.Roles); diff != "" || u.EmailVerifiedAt.IsZero() {
		t.Errorf("the user is %+v", u)
	}
	if _, err := h.Verify(t, planted); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("the link of a sign-up from before: %v", err)
	}
	if _, err := h.Create(t.Context(), signup.Create{Email: "ADA@people.example", Password: good}); !errors.Is(err, account.ErrEmailTaken) {
		t.Errorf("the same address again: %v", err)
	}
	const bob = "bob@people.example"
	if _, err := h.Create(t.Context(), signup.Create{Email: bob, Password: good}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.SignIn(t, bob, good); !errors.Is(err, login.ErrNotVerified) {
		t.Errorf("an unverified user signs in: %v", err)
	}
	if _, err := h.Verify(t, h.Link(t, bob, 1)); err != nil {
		t.Fatal(err)
	}
	if !h.Works(t, bob, good) {
		t.Error("a user whom an operator made cannot sign in")
	}
}

func TestOneOneTimeTokenIsNoOther(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.Join(t, ada)
	reset := h.ResetLink(t, ada)
	h.SignsUp(t, "bob@people.example", good)
	verify := h.Link(t, "bob@people.example", 1)
	for name, swapped := range map[string]string{
		"a reset token":           reset,
		"one with another prefix": "spv_" + strings.TrimPrefix(reset, "spw_"),
		"garbage":                 "garbage", "nothing": "", "a prefix": "spv_",
		"spaces around": " " + verify, "a line end": verify + "\n",
	} {
		if _, err := h.Verify(t, swapped); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("verification with %s: %v", name, err)
		}
		if usable, _, err := verifiable(t, h, swapped); usable || err != nil {
			t.Errorf("verification with %s would work: %v", name, err)
		}
	}
	for name, swapped := range map[string]string{
		"a verification token":    verify,
		"one with another prefix": "spw_" + strings.TrimPrefix(verify, "spv_"),
	} {
		if err := h.ResetPassword(t.Context(), swapped, good, roomtest.Origin()); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("reset with %s: %v", name, err)
		}
		if usable, _, err := h.Resettable(t.Context(), swapped); usable || err != nil {
			t.Errorf("reset with %s would work: %v", name, err)
		}
	}
	if _, err := h.Verify(t, verify); err != nil {
		t.Error(err)
	}
}

// verifiable looks at a verification link.
func verifiable(t *testing.T, h *roomtest.House, token string) (usable bool, address string, err error) {
	t.Helper()
	v, err := h.Verifiable(t.Context(), token, "")
	return v.Usable, v.Email, err
}
