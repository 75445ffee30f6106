package signup_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// planted is what strangers choose.
const planted = "planted by a stranger 5"

// plant signs somebody else up and gives what the stranger is given.
func plant(t *testing.T, h *roomtest.House, email string, n int) string {
	t.Helper()
	up, err := h.SignUp(t.Context(), signup.SignUp{Email: email, Password: planted, Name: "Mallory", Origin: roomtest.Stranger(n)})
	if err != nil {
		t.Fatal(err)
	}
	return up.Proof
}

// opens signs in and gives the refusal.
func opens(t *testing.T, h *roomtest.House, email, plain string) error {
	t.Helper()
	_, err := h.SignIn(t, email, plain)
	return err
}

func TestThePasswordSaysWhoseSignUpItIs(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{"the stranger first": "so", "the owner first": "os", "the stranger before and after": "sos"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t)
			for n, who := range script {
				if who == 's' {
					plant(t, h, ada, n+1)
				} else {
					h.SignsUp(t, ada, good)
				}
				h.Mails(t, ada, n+1)
			}
			for n := range script { // whichever link it is, alone it does not say
				if _, err := h.Verify(t, h.Link(t, ada, n+1)); !errors.Is(err, account.ErrPasswordRequired) {
					t.Errorf("link %d alone: %v", n+1, err)
				}
			}
			before := opens(t, h, ada, planted)
			u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: h.Link(t, ada, 1), Password: good, Origin: roomtest.Origin()})
			if err != nil {
				t.Fatal(err)
			}
			if u.Name != "Ada" || u.ClaimedAt.IsZero() || u.EmailVerifiedAt.IsZero() {
				t.Errorf("the account is %+v", u)
			}
			if !h.Works(t, ada, good) {
				t.Error("the owner's password does not sign in")
			}
			if after := opens(t, h, ada, planted); after == nil || !errors.Is(after, before) {
				t.Errorf("the planted password answered %v, and then %v", before, after)
			}
		})
	}
}

func TestWhoDoesNotKnowThePasswordChoosesANewOne(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	plant(t, h, ada, 1)
	link := h.Link(t, ada, 1)
	v := signup.Verification{Token: link, NewPassword: "12345678", Origin: roomtest.Origin()}
	if _, err := h.VerifyEmail(t.Context(), v); err == nil || errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("a weak one: %v", err)
	}
	v.NewPassword = good
	u, err := h.VerifyEmail(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	if u.Name != "" || u.ClaimedAt.IsZero() {
		t.Errorf("the account is %+v", u)
	}
	if err := opens(t, h, ada, planted); !errors.Is(err, login.ErrNotVerified) { // as before
		t.Errorf("the planted password: %v", err)
	}
	if !h.Works(t, ada, good) {
		t.Error("the new password does not sign in")
	}
}

func TestAProofServesItsOwnLinksAlone(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	theirs := plant(t, h, ada, 1)
	link := h.Link(t, ada, 1)
	up, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good, Name: "Ada", Origin: roomtest.Origin()})
	if err != nil {
		t.Fatal(err)
	}
	own := h.Link(t, ada, 2)
	plant(t, h, ada, 2)
	h.Mails(t, ada, 3)
	if err := h.RequestVerification(t.Context(), ada, up.Proof, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	resent := h.Link(t, ada, 4)
	for what, v := range map[string]signup.Verification{
		"another's proof":      {Token: own, Proof: theirs},
		"with another's link":  {Token: link, Proof: up.Proof},
		"garbage":              {Token: own, Proof: "sps_garbage"},
		"nothing, on the page": {Token: own},
	} {
		v.Alone, v.Origin = what != "nothing, on the page", roomtest.Origin()
		if _, err := h.VerifyEmail(t.Context(), v); !errors.Is(err, account.ErrPasswordRequired) {
			t.Errorf("%s: %v", what, err)
		}
		if look, err := h.Verifiable(t.Context(), v.Token, v.Proof); err != nil || !look.Usable || look.Known {
			t.Errorf("%s: looks like %+v, %v", what, look, err)
		}
	}
	look, err := h.Verifiable(t.Context(), resent, up.Proof)
	if err != nil || !look.Known || look.Name != "Ada" || look.From.Address != roomtest.Origin().Address {
		t.Errorf("the resent link looks like %+v, %v", look, err)
	}
	u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: resent, Proof: up.Proof, Origin: roomtest.Origin()})
	if err != nil || u.ClaimedAt.IsZero() {
		t.Fatalf("%+v, %v", u, err)
	}
	if !h.Works(t, ada, good) || h.Works(t, ada, planted) {
		t.Error("it is not the owner's password that signs in")
	}
}

func TestAFloodDropsNoLinkAndTheOwnersPasswordLast(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		strangers, networks int
		falls               bool
	}{
		"five of five networks":         {5, 5, false},
		"fifty of five networks":        {50, 5, false},
		"fifty of one network":          {50, 1, false},
		"fifty of as many as there are": {50, 50, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t)
			h.SignsUp(t, ada, good)
			link := h.Link(t, ada, 1)
			for n := range test.strangers {
				plant(t, h, ada, 1+n%test.networks)
			}
			rows, err := h.Store.Direct().Signups.WithPassword(t.Context(), ada, h.Clock.Now(), 100)
			if err != nil || len(rows) > 8 {
				t.Errorf("%d passwords are kept, %v", len(rows), err)
			}
			v := signup.Verification{Token: link, Password: good, Origin: roomtest.Origin()}
			if test.falls {
				if _, err := h.VerifyEmail(t.Context(), v); !errors.Is(err, account.ErrWrongPassword) {
					t.Errorf("a password that fell out: %v", err)
				}
				v.Password, v.NewPassword = "", good
			}
			if _, err := h.VerifyEmail(t.Context(), v); err != nil {
				t.Fatal(err)
			}
			if !h.Works(t, ada, good) || h.Works(t, ada, planted) {
				t.Error("it is not the owner's password that signs in")
			}
		})
	}
}

func TestGuessesOnALinkCountApart(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	h.SignsUp(t, ada, good)
	link := h.Link(t, ada, 1)
	guess := signup.Verification{Token: link, Password: "not what was chosen", Origin: roomtest.Origin()}
	for n := range 10 {
		if _, err := h.VerifyEmail(t.Context(), guess); !errors.Is(err, account.ErrWrongPassword) {
			t.Fatalf("guess %d: %v", n+1, err)
		}
	}
	guess.Password = good
	if _, err := h.VerifyEmail(t.Context(), guess); !errors.Is(err, ratelimit.ErrLimited) {
		t.Errorf("the eleventh: %v", err)
	}
	if err := opens(t, h, ada, good); !errors.Is(err, login.ErrNotVerified) {
		t.Errorf("login: %v", err)
	}
	h.Clock.Advance(15*time.Minute + time.Second)
	if _, err := h.VerifyEmail(t.Context(), guess); err != nil {
		t.Errorf("a quarter of an hour later: %v", err)
	}
	const bob = "bob@people.example"
	h.SignsUp(t, bob, good)
	guess = signup.Verification{Token: h.Link(t, bob, 1), Password: "not what was chosen", Origin: roomtest.Origin()}
	for range 11 {
		_, _ = h.VerifyEmail(t.Context(), guess)
	}
	guess.Password, guess.NewPassword = "", "a fresh start 81"
	if _, err := h.VerifyEmail(t.Context(), guess); err != nil {
		t.Errorf("a new password after too many guesses: %v", err)
	}
}

func TestALinkAloneClaimsFromWhereItWasSignedUp(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		from    audit.Origin
		claimed bool
	}{
		"the same network and browser": {roomtest.Origin(), true},
		"another network":              {audit.Origin{Address: "192.0.2.2", UserAgent: "Firefox"}, false},
		"another browser":              {audit.Origin{Address: "192.0.2.1", UserAgent: "Chrome"}, false},
		"nowhere that is known":        {audit.Origin{UserAgent: "Firefox"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, settings := range [][]func(*roomtest.Settings){nil, {roomtest.Unverified}} {
				h := roomtest.New(t, settings...)
				h.SignsUp(t, ada, good)
				u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: h.Link(t, ada, 1), Alone: true, Origin: test.from})
				if err != nil || u.EmailVerifiedAt.IsZero() || u.ClaimedAt.IsZero() == test.claimed {
					t.Errorf("%+v, %v", u, err)
				}
			}
		})
	}
}

// The page of a link never goes by the link alone, whoever signed up or not.
// Where opening a link verifies, nobody presses anything: a scanner opens it as
// well. So a competing sign-up asks for more, whoever opens it.
func TestALinkThatIsOpenedNeedsASignUpWithoutACompetitor(t *testing.T) {
	t.Parallel()
	for name, competes := range map[string]bool{"alone": false, "with a competitor": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t)
			up, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good, Origin: roomtest.Origin()})
			if err != nil {
				t.Fatal(err)
			}
			v := signup.Verification{Token: h.Link(t, ada, 1), Proof: up.Proof, Alone: true, Opened: true, Origin: roomtest.Stranger(7)}
			if competes {
				plant(t, h, ada, 1)
			}
			u, err := h.VerifyEmail(t.Context(), v)
			switch {
			case competes && !errors.Is(err, account.ErrPasswordRequired):
				t.Errorf("opened: %v", err)
			case !competes && (err != nil || u.ClaimedAt.IsZero()):
				t.Errorf("opened where it was signed up: %+v, %v", u, err)
			}
			if v.Opened = false; competes { // the button of the page
				if u, err = h.VerifyEmail(t.Context(), v); err != nil || u.ClaimedAt.IsZero() {
					t.Errorf("pressed: %+v, %v", u, err)
				}
			}
		})
	}
}

// A resend is of the sign-up that it was asked for, whatever was mailed or renewed
// since.
func TestAResendKeepsTheProof(t *testing.T) {
	t.Parallel()
	t.Run("of an account to which something was added", func(t *testing.T) {
		t.Parallel()
		h := roomtest.New(t, roomtest.Unverified)
		up, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good, Origin: roomtest.Origin()})
		if err != nil {
			t.Fatal(err)
		}
		h.AddTOTP(t, h.User(t, ada))
		h.Told(t, ada, "is yours") // a link that brings no proof
		if err := h.RequestVerification(t.Context(), ada, up.Proof, roomtest.Origin()); err != nil {
			t.Fatal(err)
		}
		resent := waittest.For(t, "another verification link", func() (string, bool) {
			var found []string
			for _, m := range h.Box.List(ada) {
				if strings.Contains(m.Subject, "Confirm your") {
					found = append(found, roomtest.TokenIn(m, "?token="))
				}
			}
			return found[0], len(found) == 2
		})
		if look, err := h.Verifiable(t.Context(), resent, up.Proof); err != nil || !look.Known || look.From.Address != roomtest.Origin().Address {
			t.Errorf("it looks like %+v, %v", look, err)
		}
		if u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: resent, Proof: up.Proof, Origin: roomtest.Origin()}); err != nil || u.ClaimedAt.IsZero() {
			t.Errorf("%+v, %v", u, err)
		}
	})
	t.Run("of a sign-up whose first mail was given up and renewed", func(t *testing.T) {
		t.Parallel()
		h := roomtest.New(t)
		up, err := h.SignUp(t.Context(), signup.SignUp{Email: ada, Password: good, Name: "Ada", Origin: roomtest.Origin()})
		if err != nil {
			t.Fatal(err)
		}
		h.Link(t, ada, 1)
		first := roomtest.Must(h.Store.Direct().Signups.Standing(t.Context(), strings.ToLower(ada), h.Clock.Now(), 1))[0]
		if err := h.RequestVerification(t.Context(), ada, up.Proof, roomtest.Origin()); err != nil {
			t.Fatal(err)
		}
		resent := h.Link(t, ada, 2)
		if err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			_, err := h.RenewLink(ctx, tx, mail.Letter{Kind: mail.VerifyEmail, To: ada, TokenID: first.ID, TokenTable: mail.TokenPendingSignup})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if look, err := h.Verifiable(t.Context(), resent, up.Proof); err != nil || !look.Known || look.Name != "Ada" {
			t.Errorf("it looks like %+v, %v", look, err)
		}
		if u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: resent, Proof: up.Proof, Origin: roomtest.Origin()}); err != nil || u.ClaimedAt.IsZero() {
			t.Errorf("%+v, %v", u, err)
		}
	})
}

func TestALinkThatMayNotStandAloneAsksForAPassword(t *testing.T) {
	t.Parallel()
	for _, settings := range [][]func(*roomtest.Settings){nil, {roomtest.Unverified}} {
		h := roomtest.New(t, settings...)
		h.SignsUp(t, ada, good)
		v := signup.Verification{Token: h.Link(t, ada, 1), Origin: roomtest.Origin()}
		if _, err := h.VerifyEmail(t.Context(), v); !errors.Is(err, account.ErrPasswordRequired) {
			t.Errorf("the link alone: %v", err)
		}
		v.Password = good
		if _, err := h.VerifyEmail(t.Context(), v); err != nil {
			t.Errorf("the link was spent: %v", err)
		}
	}
}

// The password of a sign-up that made an account is the account's from then on:
// once it is changed, nothing knows the old one.
func TestThePasswordOfASignUpIsTakenByItsAccount(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	plant(t, h, ada, 1)
	link := h.Link(t, ada, 1)
	h.SignsUp(t, ada, good)
	h.Mails(t, ada, 2)
	if _, err := h.VerifyEmail(t.Context(), signup.Verification{Token: link, Password: good, Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	if err := h.ResetPassword(t.Context(), h.ResetLink(t, ada), "a fresh start 81", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if err := opens(t, h, ada, good); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("the old password: %v", err)
	}
}

// squat makes an account with somebody's address, and signs in to it.
func squat(t *testing.T, h *roomtest.House, email string) (store.User, session.Tokens) {
	t.Helper()
	plant(t, h, email, 1)
	tokens, err := h.SignIn(t, email, planted)
	if err != nil {
		t.Fatal(err)
	}
	u := h.User(t, email)
	if err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		now := h.Clock.Now()
		_, err := tx.Passkeys.Insert(ctx, store.Passkey{
			ID: "key-" + u.ID, UserID: u.ID, CredentialID: "c", CredentialHash: "c-" + u.ID, PublicKey: "p", Name: "theirs", CreatedAt: now,
		}, 9)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return h.User(t, email), tokens
}

func TestTheOwnerOfASquattedAddressStartsAfresh(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(t *testing.T, h *roomtest.House, verify string) error{
		"by a reset": func(t *testing.T, h *roomtest.House, _ string) error {
			t.Helper()
			return h.ResetPassword(t.Context(), h.ResetLink(t, ada), good, roomtest.Origin())
		},
		"by a new password on the link": func(t *testing.T, h *roomtest.House, verify string) error {
			t.Helper()
			_, err := h.VerifyEmail(t.Context(), signup.Verification{Token: verify, NewPassword: good, Origin: roomtest.Origin()})
			return err
		},
		"by a reset after the link alone": func(t *testing.T, h *roomtest.House, verify string) error {
			t.Helper()
			if u, err := h.Verify(t, verify); err != nil || !u.ClaimedAt.IsZero() {
				t.Errorf("the link alone: %+v, %v", u, err)
			}
			return h.ResetPassword(t.Context(), h.ResetLink(t, ada), good, roomtest.Origin())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := roomtest.New(t, roomtest.Unverified)
			u, theirs := squat(t, h, ada)
			if u.Passkeys != 1 {
				t.Fatalf("%+v", u)
			}
			if err := take(t, h, h.LinkTo(t, ada, "/auth/verify-email")); err != nil {
				t.Fatal(err)
			}
			u = h.User(t, ada)
			if u.Passkeys != 0 || u.ClaimedAt.IsZero() || u.EmailVerifiedAt.IsZero() {
				t.Errorf("what is left: %+v", u)
			}
			if h.Alive(t, theirs) || h.Works(t, ada, planted) || !h.Works(t, ada, good) {
				t.Error("the stranger is in, or the owner is not")
			}
			waittest.For(t, "a mail that says so", func() (string, bool) {
				for _, m := range h.Box.List(ada) {
					if strings.Contains(m.Text, "someone else may have added them") {
						return m.Subject, true
					}
				}
				return "", false
			})
		})
	}
}

func TestAClaimedAccountKeepsItsFactorsAtAReset(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	squat(t, h, ada) // this time it is their own
	if _, err := h.VerifyEmail(t.Context(), signup.Verification{Token: h.LinkTo(t, ada, "/auth/verify-email"), Password: planted, Origin: roomtest.Origin()}); err != nil {
		t.Fatal(err)
	}
	if u := h.User(t, ada); u.Passkeys != 1 || u.ClaimedAt.IsZero() {
		t.Errorf("claimed with the present password: %+v", u)
	}
	if err := h.ResetPassword(t.Context(), h.ResetLink(t, ada), good, roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	if u := h.User(t, ada); u.Passkeys != 1 {
		t.Errorf("after a reset: %+v", u)
	}
}

func TestAnAddressIsChangedByWhoAskedAlone(t *testing.T) {
	t.Parallel()
	const eve = "eve@people.example"
	h := roomtest.New(t)
	mallory := h.Join(t, eve)
	theirs := h.Asker(t, mallory)
	if err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: theirs, NewEmail: ada}); err != nil {
		t.Fatal(err)
	}
	link := h.LinkTo(t, ada, "/auth/confirm-email")
	own := h.Asker(t, h.Join(t, "owner@people.example"))
	for what, c := range map[string]emailchange.Confirmation{
		"nobody":                {},
		"somebody else":         {Asker: &own},
		"with another password": {Password: "not what it is"},
	} {
		c.Token, c.Origin = link, roomtest.Origin()
		if _, err := h.ConfirmEmail(t.Context(), c); !errors.Is(err, account.ErrPasswordRequired) && !errors.Is(err, account.ErrWrongPassword) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if usable, _, _, err := h.EmailConfirmable(t.Context(), link); err != nil || !usable {
		t.Errorf("usable %v, %v", usable, err)
	}
	ended := theirs
	ended.SessionID = "ended"
	if _, err := h.ConfirmEmail(t.Context(), emailchange.Confirmation{Token: link, Asker: &ended, Origin: roomtest.Origin()}); err == nil {
		t.Error("a session that is none confirmed it")
	}
	if _, err := h.ConfirmEmail(t.Context(), emailchange.Confirmation{Token: link, Asker: &theirs, Origin: roomtest.Origin()}); err != nil {
		t.Error(err)
	}
}

func TestOneOfManyWhoClaimWins(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	plant(t, h, ada, 1)
	h.Mails(t, ada, 1)
	h.SignsUp(t, ada, good)
	links := []string{h.Link(t, ada, 1), h.Link(t, ada, 2)}
	var calls []func() error
	for n := range 32 {
		v := signup.Verification{Token: links[n%2], Origin: roomtest.Origin(), Password: good}
		if n%4 > 1 {
			v.Password, v.NewPassword = "", good
		}
		calls = append(calls, func() error { _, err := h.VerifyEmail(t.Context(), v); return err })
	}
	// Too many guesses at once, or too many hashes, are no second winner.
	roomtest.Winner(t, roomtest.At(calls...), account.ErrInvalidToken, account.ErrWrongPassword, ratelimit.ErrLimited)
	if !h.Works(t, ada, good) || h.Works(t, ada, planted) || h.Count(t, audit.KindUserCreated) != 1 {
		t.Error("it is not the owner's account, or not one")
	}
}

// A link that claims an account stands for nobody's sign-up: alone it says nothing
// of whose password the account has, and must not be spent on that.
func TestALinkThatClaimsAsksForThePassword(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	h.SignsUp(t, ada, good)
	u := h.User(t, ada)
	h.AddTOTP(t, u)
	claim := roomtest.TokenIn(h.Told(t, ada, "is yours"), "?token=")
	for range 2 {
		if _, err := h.Verify(t, claim); !errors.Is(err, account.ErrPasswordRequired) {
			t.Errorf("alone: %v", err)
		}
	}
	u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: claim, Password: good, Origin: roomtest.Origin()})
	if err != nil || u.ClaimedAt.IsZero() || !u.TOTP {
		t.Errorf("with the password: %+v, %v", u, err)
	}
}

// Somebody whose link verified the address and claimed nothing can ask for
// another that claims.
func TestAnAccountThatNobodyClaimedGetsAnotherLink(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	h.SignsUp(t, ada, good)
	if u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: h.Link(t, ada, 1), Alone: true, Origin: roomtest.Stranger(7)}); err != nil || !u.ClaimedAt.IsZero() {
		t.Fatalf("%+v, %v", u, err)
	}
	if err := h.RequestVerification(t.Context(), ada, "", roomtest.Origin()); err != nil {
		t.Fatal(err)
	}
	u, err := h.VerifyEmail(t.Context(), signup.Verification{Token: h.Link(t, ada, 2), Password: good, Origin: roomtest.Origin()})
	if err != nil || u.ClaimedAt.IsZero() {
		t.Errorf("%+v, %v", u, err)
	}
}

func TestALinkOfSomebodyWhoWasDisabledChangesNothing(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, roomtest.Unverified)
	h.SignsUp(t, ada, good)
	verify := h.Link(t, ada, 1)
	if _, err := h.Raw(t).ExecContext(t.Context(), "UPDATE users SET status = 'disabled'"); err != nil {
		t.Fatal(err)
	}
	for _, v := range []signup.Verification{{NewPassword: "another one entirely"}, {Password: good}, {Alone: true}} {
		v.Token, v.Origin = verify, roomtest.Origin()
		if u, err := h.VerifyEmail(t.Context(), v); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%+v, %v", u, err)
		}
	}
	if u := h.User(t, ada); !u.EmailVerifiedAt.IsZero() || !u.ClaimedAt.IsZero() {
		t.Errorf("%+v", u)
	}
}

// Whoever adds a passkey to an account holds its user. So what a stranger adds in
// the moment of a clean start is of before, and goes, or of after, and refused.
func TestNothingIsAddedInTheMomentOfACleanStart(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine), roomtest.Unverified)
		for n := range 8 {
			email := fmt.Sprintf("%d-%s", n, ada)
			u, _ := squat(t, h, email)
			theirs := h.Asker(t, u)
			reset := h.ResetLink(t, email)
			calls := []func() error{func() error { return h.ResetPassword(t.Context(), reset, good, roomtest.Origin()) }}
			for m := range 15 {
				calls = append(calls, func() error { return addWhile(t.Context(), h, theirs, u, m) })
			}
			if err := roomtest.At(calls...)[0]; err != nil {
				t.Fatal(err)
			}
			if u := h.User(t, email); u.Passkeys != 0 || u.ClaimedAt.IsZero() {
				t.Errorf("round %d: left: %+v", n, u)
			}
		}
	})
}

// addWhile adds a passkey as package passkey does: in one transaction that holds
// the session.
func addWhile(ctx context.Context, h *roomtest.House, a session.Asker, u store.User, n int) error {
	return h.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := h.Sessions.Hold(ctx, tx, a); err != nil {
			return err
		}
		id := fmt.Sprintf("late-%s-%d", u.ID, n)
		_, err := tx.Passkeys.Insert(ctx, store.Passkey{
			ID: id, UserID: u.ID, CredentialID: "c", CredentialHash: id, PublicKey: "p", Name: "theirs", CreatedAt: h.Clock.Now(),
		}, 99)
		return err
	})
}
