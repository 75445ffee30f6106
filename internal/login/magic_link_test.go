package login_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// letters is a postman that remembers the last letter to everybody.
type letters struct {
	*mail.Postman

	mu   sync.Mutex
	last map[string]mail.Letter
}

func (l *letters) Enqueue(ctx context.Context, tx *store.Tx, letter mail.Letter) error {
	l.mu.Lock()
	l.last[letter.To] = letter
	l.mu.Unlock()
	return l.Postman.Enqueue(ctx, tx, letter)
}

// mailed is what somebody has who asked to sign in by mail: what they were given,
// and what stands in the mail.
type mailed struct {
	request, token, code string
}

func (m mailed) link() login.MagicLink { return login.MagicLink{Token: m.token} }

func (m mailed) typed() login.MagicLink {
	return login.MagicLink{RequestToken: m.request, Code: m.code}
}

// other is another code than that of the mail.
func (m mailed) other() login.MagicLink {
	wrong := "000000"
	if m.code == wrong {
		wrong = "000001"
	}
	return login.MagicLink{RequestToken: m.request, Code: wrong}
}

// send asks to sign in by mail, and reads the mail.
func (h *house) send(t *testing.T, email string) mailed {
	t.Helper()
	asked, err := h.AskMagicLink(t.Context(), login.MagicLinkRequest{
		Email: email, DeviceName: "Ada's phone", Origin: audit.Origin{Address: "192.0.2.1", UserAgent: "Firefox"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if asked.ExpiresIn != 15*time.Minute {
		t.Errorf("it is said to be good for %s", asked.ExpiresIn)
	}
	h.letters.mu.Lock()
	defer h.letters.mu.Unlock()
	l := h.letters.last[email]
	delete(h.letters.last, email)
	if l.Kind != mail.MagicLink {
		return mailed{request: asked.RequestToken}
	}
	return mailed{request: asked.RequestToken, token: l.Token, code: secret.Digits(l.Token)}
}

func (h *house) use(t *testing.T, m login.MagicLink) (login.SignedIn, error) {
	t.Helper()
	m.Origin = audit.Origin{Address: "192.0.2.7", UserAgent: "Firefox"}
	return h.WithMagicLink(t.Context(), m)
}

// why lists why links and codes were refused, oldest first; a success is "".
func (h *house) why(t *testing.T) []string {
	t.Helper()
	found := []string{}
	for _, e := range h.events(t, audit.KindMagicLinkUsed) {
		found = append(found, e.Reason)
	}
	slices.Reverse(found)
	return found
}

func TestALinkOrACodeSignsIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	for name, use := range map[string]func(mailed) login.MagicLink{
		"link":                             mailed.link,
		"code":                             mailed.typed,
		"code with what people put inside": func(m mailed) login.MagicLink { m.code = m.code[:3] + " " + m.code[3:]; return m.typed() },
	} {
		m := h.send(t, ada)
		in, err := h.use(t, use(m))
		if err != nil || in.Step != nil || in.User.ID != u.ID || in.AccessToken == "" || in.KnownDevice == "" {
			t.Fatalf("%s: %v, %+v", name, err, in.Step)
		}
		view, err := h.store.Direct().Sessions.View(t.Context(), in.SessionID)
		if err != nil || !slices.Equal(view.Session.AMR, []string{"email"}) || view.Session.UserEpoch != u.Epoch {
			t.Errorf("%s: %v, the session is %+v", name, err, view.Session)
		}
		wantName := "Ada's phone"
		if name == "link" {
			wantName = ""
		}
		if view.Session.DeviceName != wantName {
			t.Errorf("%s: the device is called %q", name, view.Session.DeviceName)
		}
		for again, use := range map[string]login.MagicLink{"link": m.link(), "code": m.typed()} {
			if _, err := h.use(t, use); !errors.Is(err, magiclink.ErrInvalidToken) {
				t.Errorf("the %s after the %s: %v", again, name, err)
			}
		}
	}
	in, err := h.use(t, login.MagicLink{Token: h.send(t, ada).token, DeviceName: "Ada's laptop"})
	if err != nil {
		t.Fatal(err)
	}
	if view := must(h.store.Direct().Sessions.View(t.Context(), in.SessionID)); view.Session.DeviceName != "Ada's laptop" {
		t.Errorf("the device is called %q", view.Session.DeviceName)
	}
	if _, err := h.AskMagicLink(t.Context(), login.MagicLinkRequest{Email: ada, DeviceName: "a\x00"}); !errors.Is(err, fault.ErrInvalidInput) {
		t.Errorf("a device name with a NUL: %v", err)
	}
}

// TestWhoGetsAMail also says what each of them hears, which is the same.
func TestWhoGetsAMail(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	h.join(t, "disabled@people.example", func(u *store.User) { u.Status = store.UserDisabled })
	h.join(t, "leaving@people.example", func(u *store.User) { u.Status = store.UserPendingDeletion })
	h.join(t, "unverified@people.example", func(u *store.User) { u.EmailVerifiedAt = time.Time{} })
	h.pend(t, "pending@people.example", good)
	heard := map[string]string{}
	for _, email := range []string{ada, "nobody@people.example", "disabled@people.example", "leaving@people.example", "unverified@people.example", "pending@people.example"} {
		m := h.send(t, email)
		if (m.token != "") != (email == ada) {
			t.Errorf("%s: a mail that signs in was written: %v", email, m.token != "")
		}
		if !secret.WellFormed(m.request, "spq_") {
			t.Errorf("%s: the request token is %q", email, m.request)
		}
		var said strings.Builder
		for range 7 {
			_, err := h.use(t, m.other())
			_, _ = fmt.Fprintln(&said, err)
		}
		heard[email] = said.String()
	}
	for email, said := range heard {
		if said != heard["nobody@people.example"] {
			t.Errorf("%s hears\n%sand nobody\n%s", email, said, heard["nobody@people.example"])
		}
	}
	want := "invalid_code"
	if lines := strings.Split(heard[ada], "\n"); !strings.Contains(lines[4], want) || !strings.Contains(lines[5], "invalid_token") {
		t.Errorf("five wrong codes and two more hear %q", lines)
	}
	// Nobody's row cannot be used, whatever is brought.
	if n := len(h.events(t, audit.KindSessionOpened)); n != 0 {
		t.Errorf("%d sessions were opened", n)
	}
	if users := must(h.store.Direct().Users.ByEmail(t.Context(), "unverified@people.example")); !users.EmailVerifiedAt.IsZero() {
		t.Error("asking verified an address")
	}
}

// Which it was stands in the trail alone.
func TestWhatCannotBeUsedIsOneAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	unknown, _ := secret.NewToken("spl_")
	foreign, _ := secret.NewToken("spq_")
	used := h.send(t, ada)
	if _, err := h.use(t, used.link()); err != nil {
		t.Fatal(err)
	}
	late := h.send(t, ada)
	h.clock.Advance(15 * time.Minute)
	before := len(h.why(t))
	for _, m := range []login.MagicLink{
		{Token: unknown},
		{RequestToken: foreign, Code: "123456"},
		used.link(), used.typed(), late.link(), late.typed(),
		{Token: "spl_garbage"},
		{Token: late.request},
		{RequestToken: late.token, Code: late.code},
		{},
	} {
		if _, err := h.use(t, m); !errors.Is(err, magiclink.ErrInvalidToken) {
			t.Errorf("%+v: %v", m, err)
		}
	}
	want := []string{"unknown", "unknown", "consumed", "consumed", "expired", "expired"}
	if got := h.why(t)[before:]; !slices.Equal(got, want) { // garbage is not worth a line
		t.Errorf("the trail says %v, want %v", got, want)
	}
}

func TestACodeIsForWhoAskedForIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	h.join(t, "bob@people.example")
	hers, his := h.send(t, ada), h.send(t, "bob@people.example")
	nobodys := h.send(t, "nobody@people.example")
	for name, m := range map[string]login.MagicLink{
		"her code with his request":    {RequestToken: his.request, Code: hers.code},
		"his code with her request":    {RequestToken: hers.request, Code: his.code},
		"her code with nobody's":       {RequestToken: nobodys.request, Code: hers.code},
		"no code":                      {RequestToken: hers.request},
		"her link's token for a code":  {RequestToken: hers.request, Code: hers.token},
		"her code with digits besides": {RequestToken: hers.request, Code: hers.code + "0"},
	} {
		if hers.code == his.code {
			t.Skip("one chance in a million")
		}
		if _, err := h.use(t, m); !errors.Is(err, magiclink.ErrWrongCode) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.use(t, his.typed()); err != nil {
		t.Errorf("his own code: %v", err)
	}
	if _, err := h.use(t, hers.typed()); err != nil {
		t.Errorf("her own code after four wrong ones: %v", err)
	}
}

// TestWhatHappensMeanwhileEndsALink has each change happen after the mail was
// asked for, and again in the moment before it is used.
func TestWhatHappensMeanwhileEndsALink(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		meanwhile func(t *testing.T, h *house, u store.User)
		want      error
	}{
		"a reset": {func(t *testing.T, h *house, u store.User) {
			t.Helper()
			h.newPassword(t, u, "a fresh start 81")
		}, magiclink.ErrInvalidToken},
		"the end of all sessions": {func(t *testing.T, h *house, u store.User) {
			t.Helper()
			h.tx(t, func(ctx context.Context, tx *store.Tx) error {
				return h.sessions.EndAll(ctx, tx, u, "", store.ReasonLogout, audit.Origin{})
			})
		}, magiclink.ErrInvalidToken},
		"the account is disabled": {func(t *testing.T, h *house, u store.User) {
			t.Helper()
			h.tx(t, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, h.clock.Now())
				return err
			})
		}, login.ErrDisabled},
	} {
		for _, by := range []string{mail.ByLink, mail.ByCode} {
			for _, late := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, by %s, late %v", name, by, late), func(t *testing.T) {
					t.Parallel()
					h := newHouse(t)
					u := h.join(t, ada)
					m := h.send(t, ada)
					if late {
						h.gate.once(func() { test.meanwhile(t, h, u) })
					} else {
						test.meanwhile(t, h, u)
						if usable, address, err := h.LookAtMagicLink(t.Context(), m.token); usable || address != "" || err != nil {
							t.Errorf("it looks usable: %v %q %v", usable, address, err)
						}
					}
					use := m.link()
					if by == mail.ByCode {
						use = m.typed()
					}
					if in, err := h.use(t, use); !errors.Is(err, test.want) || in.AccessToken != "" {
						t.Errorf("got %v, want %v", err, test.want)
					}
					if n := len(h.events(t, audit.KindSessionOpened)); n != 0 {
						t.Errorf("%d sessions were opened", n)
					}
				})
			}
		}
	}
}

func TestLookingAtALinkChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	m := h.send(t, ada)
	for range 3 {
		if usable, address, err := h.LookAtMagicLink(t.Context(), m.token); !usable || address != ada || err != nil {
			t.Errorf("a good link: %v %q %v", usable, address, err)
		}
	}
	unknown, _ := secret.NewToken("spl_")
	for _, token := range []string{unknown, m.request, "", "spl_x"} {
		if usable, _, err := h.LookAtMagicLink(t.Context(), token); usable || err != nil {
			t.Errorf("%q: %v %v", token, usable, err)
		}
	}
	if _, err := h.use(t, m.link()); err != nil {
		t.Error(err)
	}
	if usable, _, err := h.LookAtMagicLink(t.Context(), m.token); usable || err != nil {
		t.Errorf("a used link: %v %v", usable, err)
	}
	if got := h.why(t); !slices.Equal(got, []string{""}) {
		t.Errorf("the trail says %q", got)
	}
}

// A link never skips a second factor, and what it gives is worth nothing alone.
func TestALinkAsksForTheSecondFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	before := h.opened(t)
	for name, use := range map[string]func(mailed) login.MagicLink{"link": mailed.link, "code": mailed.typed} {
		m := h.send(t, ada)
		in, err := h.use(t, use(m))
		if err != nil || in.Step == nil || in.AccessToken != "" || in.KnownDevice != "" || h.opened(t) != before {
			t.Fatalf("%s: %v, %+v", name, err, in)
		}
		if _, err := h.use(t, use(m)); !errors.Is(err, magiclink.ErrInvalidToken) {
			t.Errorf("%s once more: %v", name, err)
		}
		done, err := h.finish(t, in.Step.Token, mfa.MethodTOTP, o.next(t))
		if err != nil || h.opened(t) != before+1 {
			t.Fatalf("%s, then a code: %v", name, err)
		}
		before++
		if view := must(h.store.Direct().Sessions.View(t.Context(), done.SessionID)); !slices.Equal(view.Session.AMR, []string{"email", "otp", "mfa"}) {
			t.Errorf("%s: amr %v", name, view.Session.AMR)
		}
	}
	// A reset between the two steps ends it.
	in, err := h.use(t, h.send(t, ada).link())
	if err != nil {
		t.Fatal(err)
	}
	h.newPassword(t, must(h.store.Direct().Users.ByID(t.Context(), o.ID)), "a fresh start 81")
	if _, err := h.finish(t, in.Step.Token, mfa.MethodTOTP, o.next(t)); !errors.Is(err, login.ErrStepEnded) {
		t.Errorf("the second step after a reset: %v", err)
	}
}

// TestAStrangerLocksOutNothingButCodes has a stranger ask and guess as much as
// they like.
func TestAStrangerLocksOutNothingButCodes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	guesses := 0
	for range 5 {
		m := h.send(t, ada)
		for range 4 {
			if _, err := h.use(t, m.other()); !errors.Is(err, magiclink.ErrWrongCode) {
				t.Fatalf("guess %d: %v", guesses, err)
			}
			guesses++
		}
	}
	m := h.send(t, ada)
	for name, use := range map[string]login.MagicLink{"a guess": m.other(), "the right code": m.typed()} {
		_, err := h.use(t, use)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || !errors.Is(f, ratelimit.ErrTooManyCodes) || f.RetryAfter < 23*time.Hour {
			t.Errorf("%s after %d guesses: %v", name, guesses, err)
		}
	}
	if _, err := h.finish(t, o.begin(t), mfa.MethodTOTP, o.next(t)); err != nil {
		t.Errorf("the owner's second factor: %v", err)
	}
	in, err := h.use(t, m.link())
	if err != nil || in.Step == nil {
		t.Fatalf("the owner's link: %v", err)
	}
	if _, err := h.finish(t, in.Step.Token, mfa.MethodTOTP, o.next(t)); err != nil {
		t.Errorf("the second factor after the link: %v", err)
	}
	// The owner's link proved who reads the mail, so the counter begins anew.
	if in, err := h.use(t, h.send(t, ada).typed()); err != nil || in.Step == nil {
		t.Errorf("a code afterwards: %v", err)
	}
}

func TestCodesWorkAgainAfterADay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	for range 4 {
		m := h.send(t, ada)
		for range 5 {
			_, _ = h.use(t, m.other())
		}
	}
	if _, err := h.use(t, h.send(t, ada).typed()); !errors.Is(err, ratelimit.ErrTooManyCodes) {
		t.Fatalf("after 20 guesses: %v", err)
	}
	h.clock.Advance(24*time.Hour + time.Second)
	if _, err := h.use(t, h.send(t, ada).typed()); err != nil {
		t.Errorf("a day later: %v", err)
	}
}

// TestOneMailSignsInOnce has 32 callers with the same mail.
func TestOneMailSignsInOnce(t *testing.T) {
	t.Parallel()
	const racers = 32
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		for name, use := range map[string]func(m mailed, n int) login.MagicLink{
			"one link": func(m mailed, _ int) login.MagicLink { return m.link() },
			"one code": func(m mailed, _ int) login.MagicLink { return m.typed() },
			"link against code": func(m mailed, n int) login.MagicLink {
				if n%2 == 0 {
					return m.link()
				}
				return m.typed()
			},
			"code against guesses": func(m mailed, n int) login.MagicLink {
				if n%8 == 0 {
					return m.typed()
				}
				return m.other()
			},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				h := newHouseOn(t, fleettest.Database(t, engine))
				h.join(t, ada)
				m := h.send(t, ada)
				errs := make([]error, racers)
				var wg sync.WaitGroup
				for n := range racers {
					wg.Go(func() { _, errs[n] = h.use(t, use(m, n)) })
				}
				wg.Wait()
				won, wrong := 0, 0
				for n, err := range errs {
					switch {
					case err == nil:
						won++
					case errors.Is(err, magiclink.ErrWrongCode):
						wrong++
					case errors.Is(err, magiclink.ErrInvalidToken), errors.Is(err, ratelimit.ErrTooManyCodes):
					default:
						t.Errorf("racer %d: %v", n, err)
					}
				}
				opened := h.opened(t)
				if name == "code against guesses" {
					if won > 1 || opened != won || wrong > 5-won {
						t.Errorf("%d racers signed in, %d sessions were opened, %d guesses were looked at", won, opened, wrong)
					}
					return
				}
				if won != 1 || opened != 1 || wrong != 0 {
					t.Errorf("%d racers signed in, %d sessions were opened, %d heard that a right code is wrong", won, opened, wrong)
				}
				// No racer guessed: the address has all its tries.
				for n := range 20 {
					if n%4 == 0 {
						m = h.send(t, ada)
					}
					if _, err := h.use(t, m.other()); !errors.Is(err, magiclink.ErrWrongCode) {
						t.Fatalf("wrong code %d after the race: %v", n+1, err)
					}
				}
			})
		}
	})
}

// TestRacingGuessesAtOneRequest has 32 callers guess at once.
func TestRacingGuessesAtOneRequest(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		h.join(t, ada)
		m := h.send(t, ada)
		errs := make([]error, 32)
		var wg sync.WaitGroup
		for n := range errs {
			wg.Go(func() { _, errs[n] = h.use(t, m.other()) })
		}
		wg.Wait()
		looked := 0
		for n, err := range errs {
			switch {
			case errors.Is(err, magiclink.ErrWrongCode):
				looked++
			case errors.Is(err, magiclink.ErrInvalidToken), errors.Is(err, ratelimit.ErrTooManyCodes):
			default:
				t.Errorf("racer %d: %v", n, err)
			}
		}
		if looked != 5 {
			t.Errorf("%d of 32 guesses were looked at, want 5", looked)
		}
		if _, err := h.use(t, m.typed()); !errors.Is(err, magiclink.ErrInvalidToken) {
			t.Errorf("the right code after them: %v", err)
		}
		if _, err := h.use(t, m.link()); err != nil {
			t.Errorf("the link after them: %v", err)
		}
	})
}

// A newer request, in whatever spelling, leaves the older link as it was, and its
// mail goes to the address as its owner spells it.
func TestANewerRequestLeavesTheOlder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	first := h.send(t, ada)
	second := h.send(t, "ADA@People.Example")
	l, ok := h.letters.last[ada]
	if second.token != "" || !ok {
		t.Fatal("the mail went to the address as the asker spells it")
	}
	for name, token := range map[string]string{"older": first.token, "newer": l.Token} {
		if usable, _, err := h.LookAtMagicLink(t.Context(), token); !usable || err != nil {
			t.Errorf("the %s link: %v %v", name, usable, err)
		}
	}
	if _, err := h.use(t, first.link()); err != nil {
		t.Errorf("the older link: %v", err)
	}
}

// Who signed in by one mail needs no other, and somebody who reads the mailbox
// later finds nothing that works.
func TestUsingALinkEndsTheOthersOfItsUser(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]func(mailed) login.MagicLink{"link": mailed.link, "code": mailed.typed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.join(t, ada)
			h.join(t, "bob@people.example")
			older, used, newer, bobs := h.send(t, ada), h.send(t, ada), h.send(t, ada), h.send(t, "bob@people.example")
			if _, err := h.use(t, use(used)); err != nil {
				t.Fatal(err)
			}
			for name, m := range map[string]mailed{"older": older, "newer": newer} {
				if usable, address, err := h.LookAtMagicLink(t.Context(), m.token); usable || address != "" || err != nil {
					t.Errorf("the %s link looks usable: %v %q %v", name, usable, address, err)
				}
				for by, m := range map[string]login.MagicLink{"link": m.link(), "code": m.typed()} {
					if _, err := h.use(t, m); !errors.Is(err, magiclink.ErrInvalidToken) {
						t.Errorf("the %s %s: %v", name, by, err)
					}
				}
			}
			if got, want := h.why(t), []string{"", "superseded", "superseded", "superseded", "superseded"}; !slices.Equal(got, want) {
				t.Errorf("the trail says %q, want %q", got, want)
			}
			for what, m := range map[string]mailed{"somebody else's": bobs, "the next": h.send(t, ada)} {
				if _, err := h.use(t, m.link()); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}

// Several mails of one user at the same moment are one after the other, and the
// first ends the rest.
func TestOfSeveralMailsAtOnceOneSignsIn(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := newHouseOn(t, fleettest.Database(t, engine))
		h.join(t, ada)
		mails := []mailed{h.send(t, ada), h.send(t, ada), h.send(t, ada), h.send(t, ada)}
		errs := make([]error, 32)
		var wg sync.WaitGroup
		for n := range errs {
			m := mails[n%len(mails)]
			use := m.link()
			if n%8 < 4 {
				use = m.typed()
			}
			wg.Go(func() { _, errs[n] = h.use(t, use) })
		}
		wg.Wait()
		won := 0
		for n, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, magiclink.ErrInvalidToken):
				t.Errorf("racer %d: %v", n, err)
			}
		}
		if opened := h.opened(t); won != 1 || opened != 1 {
			t.Errorf("%d racers signed in, %d sessions were opened", won, opened)
		}
	})
}

// Nobody has claimed the account, so its password, its factor and its session may
// be a stranger's.
func TestALinkClearsAnAccountThatNobodyClaimed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.enrol(t, ada)
	h.tx(t, func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.Users.ByID(ctx, o.ID)
		if err != nil {
			return err
		}
		_, err = tx.Users.ChangeEmail(ctx, store.EmailUpdate{ // as it would be had nobody claimed it
			UserID: u.ID, Epoch: u.Epoch, From: u.EmailCanonical, Email: u.Email, Canonical: u.EmailCanonical, VerifiedAt: u.EmailVerifiedAt, Now: h.clock.Now(),
		})
		return err
	})
	in, err := h.use(t, h.send(t, ada).link())
	if err != nil || in.Step != nil || in.AccessToken == "" {
		t.Fatalf("%v, %+v", err, in.Step)
	}
	u := must(h.store.Direct().Users.ByID(t.Context(), o.ID))
	if u.TOTP || u.RecoveryCodes != 0 || u.ClaimedAt.IsZero() {
		t.Errorf("what is left: %+v", u)
	}
	if _, err := h.try(t, ada, good); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("the password of before: %v", err)
	}
	if view := must(h.store.Direct().Sessions.View(t.Context(), o.first.SessionID)); view.Session.RevokedAt.IsZero() {
		t.Error("the session of before goes on")
	}
	if view := must(h.store.Direct().Sessions.View(t.Context(), in.SessionID)); !view.Session.RevokedAt.IsZero() || view.Session.UserEpoch != u.Epoch {
		t.Errorf("the session that the link opened is %+v", view.Session)
	}
	if got := len(h.events(t, audit.KindAccountCleared)); got != 1 {
		t.Errorf("%d events", got)
	}
	// From now on it is theirs: the next link clears nothing.
	again, err := h.use(t, h.send(t, ada).link())
	if err != nil || again.AccessToken == "" || len(h.events(t, audit.KindAccountCleared)) != 1 {
		t.Errorf("the next link: %v", err)
	}
}
