package session

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// position is that of the newest revocation.
func (h *house) position() store.Position {
	h.tb.Helper()
	head, err := h.store.Direct().Feed.Head(context.Background())
	if err != nil {
		h.tb.Fatal(err)
	}
	return head.Position
}

func (h *house) logOut(l Logout) (Receipt, error) {
	return h.Logout(context.Background(), l)
}

// claims reads an access token as logout does: good signature, expired or not.
func (h *house) claims(access string) *token.Claims {
	h.tb.Helper()
	c, err := h.verifier.VerifyExpired(context.Background(), access)
	if err != nil {
		h.tb.Fatal(err)
	}
	return &c
}

func TestLoggingOutEndsBothTokens(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		with func(h *house, old, newest Tokens) Logout
	}{
		{"with the access token", func(h *house, _, newest Tokens) Logout {
			return Logout{Claims: h.claims(newest.AccessToken)}
		}},
		{"with an expired access token", func(h *house, _, newest Tokens) Logout {
			h.clock.advance(hrs)
			return Logout{Claims: h.claims(newest.AccessToken)}
		}},
		{"with the newest refresh token", func(_ *house, _, newest Tokens) Logout {
			return Logout{RefreshToken: newest.RefreshToken}
		}},
		{"with a refresh token that was spent long ago", func(h *house, old, _ Tokens) Logout {
			h.clock.advance(hrs)
			return Logout{RefreshToken: old.RefreshToken}
		}},
		{"with both", func(h *house, old, newest Tokens) Logout {
			return Logout{Claims: h.claims(newest.AccessToken), RefreshToken: old.RefreshToken}
		}},
		{"with the access token and junk", func(h *house, _, newest Tokens) Logout {
			return Logout{Claims: h.claims(newest.AccessToken), RefreshToken: "junk"}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			_, other := h.stolen()
			old := h.signIn(h.user())
			newest, err := h.refresh(old.RefreshToken)
			if err != nil {
				t.Fatal(err)
			}
			l := test.with(h, old, newest)
			receipt, err := h.logOut(l)
			if err != nil {
				t.Fatal(err)
			}
			want := Receipt{Revocation: h.position(), RevokedAt: h.clock.Now()}
			if diff := cmp.Diff(want, receipt); diff != "" {
				t.Errorf("receipt (-want +got)\n%s", diff)
			}
			if _, err := h.refresh(newest.RefreshToken); !errors.Is(err, ErrEnded) {
				t.Errorf("the refresh token: got %v, want session_ended", err)
			}
			if h.accepts(newest.AccessToken) || h.accepts(old.AccessToken) {
				t.Error("an access token is still accepted")
			}
			if _, err := h.refresh(other.RefreshToken); err != nil {
				t.Errorf("somebody else's session: %v", err)
			}
			if n := h.mails() + len(h.events(audit.KindSessionReplayed)); n != 0 {
				t.Errorf("got %d alarms, want none", n)
			}
			h.clock.advance(m)
			again, err := h.logOut(l)
			if diff := cmp.Diff(want, again); err != nil || diff != "" {
				t.Errorf("again: error %v, receipt (-want +got)\n%s", err, diff)
			}
			if events := h.events(audit.KindSessionEnded); len(events) != 1 || events[0].Reason != store.ReasonLogout {
				t.Errorf("got %d events, want one logout", len(events))
			}
		})
	}
}

func TestLoggingOutWithTokensOfTwoSessionsEndsBoth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	one, two := h.signIn(u), h.signIn(u)
	receipt, err := h.logOut(Logout{Claims: h.claims(one.AccessToken), RefreshToken: two.RefreshToken})
	if err != nil || receipt.Revocation != h.position() || receipt.Revocation.Number != 2 {
		t.Errorf("got receipt %+v, %v; want the number of the last revocation, 2", receipt, err)
	}
	if h.accepts(one.AccessToken) || h.accepts(two.AccessToken) {
		t.Error("an access token is still accepted")
	}
}

func TestLoggingOutNeedsATokenOfOurs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, l := range []Logout{{}, {RefreshToken: "junk"}, {RefreshToken: "junk", Everywhere: true}} {
		if _, err := h.logOut(l); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("%+v: got %v, want invalid_token", l, err)
		}
	}
}

func TestLoggingOutOfASessionThatIsGoneAnswersAReceipt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.signIn(h.user())
	h.clock.advance(200 * 24 * hrs)
	if err := h.Maintain(context.Background()); err != nil {
		t.Fatal(err)
	}
	receipt, err := h.logOut(Logout{RefreshToken: tokens.RefreshToken})
	if err != nil || receipt.RevokedAt.IsZero() {
		t.Errorf("got %+v, %v; want a receipt", receipt, err)
	}
}

func TestLoggingOutEverywhereEndsEverySessionOfTheUser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	here, there, stranger := h.signIn(u), h.signIn(u), h.signIn(h.user())
	l := Logout{Claims: h.claims(here.AccessToken), Everywhere: true}
	receipt, err := h.logOut(l)
	if diff := cmp.Diff(Receipt{Revocation: h.position(), RevokedAt: h.clock.Now()}, receipt); err != nil || diff != "" {
		t.Fatalf("error %v, receipt (-want +got)\n%s", err, diff)
	}
	for name, tokens := range map[string]Tokens{"here": here, "there": there} {
		if _, err := h.refresh(tokens.RefreshToken); !errors.Is(err, ErrEnded) || h.accepts(tokens.AccessToken) {
			t.Errorf("%s: the session lives on (%v)", name, err)
		}
		if reason := h.view(tokens.SessionID).Session.RevokedReason; reason != store.ReasonLogoutAll {
			t.Errorf("%s: got reason %q", name, reason)
		}
	}
	if _, err := h.refresh(stranger.RefreshToken); err != nil {
		t.Errorf("somebody else's session: %v", err)
	}
	if got := h.reread(u).Epoch; got != u.Epoch+1 {
		t.Errorf("got epoch %d, want %d", got, u.Epoch+1)
	}

	// Signed in again, a dead token of before must not end the new session.
	h.clock.advance(m)
	fresh := h.signIn(h.reread(u))
	again, err := h.logOut(l)
	if diff := cmp.Diff(receipt, again); err != nil || diff != "" {
		t.Errorf("again: error %v, receipt (-want +got)\n%s", err, diff)
	}
	if _, err := h.refresh(fresh.RefreshToken); err != nil || !h.accepts(fresh.AccessToken) {
		t.Errorf("a session opened since: %v", err)
	}
}

func TestLoggingOutEverywhereNeedsALiveToken(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		with func(h *house, first, newest Tokens) Logout
		want error
	}{
		{"an access token", func(h *house, _, newest Tokens) Logout {
			return Logout{Claims: h.claims(newest.AccessToken)}
		}, nil},
		{"an expired access token", func(h *house, _, newest Tokens) Logout {
			h.clock.advance(hrs)
			return Logout{Claims: h.claims(newest.AccessToken)}
		}, ErrInvalidToken},
		{"an expired access token with the newest refresh token", func(h *house, _, newest Tokens) Logout {
			h.clock.advance(hrs)
			return Logout{Claims: h.claims(newest.AccessToken), RefreshToken: newest.RefreshToken}
		}, nil},
		{"the newest refresh token", func(_ *house, _, newest Tokens) Logout {
			return Logout{RefreshToken: newest.RefreshToken}
		}, nil},
		{"a spent refresh token", func(_ *house, first, _ Tokens) Logout {
			return Logout{RefreshToken: first.RefreshToken}
		}, ErrInvalidToken},
		{"a token of a session that has logged out", func(h *house, _, newest Tokens) Logout {
			if _, err := h.logOut(Logout{RefreshToken: newest.RefreshToken}); err != nil {
				h.tb.Fatal(err)
			}
			return Logout{Claims: h.claims(newest.AccessToken), RefreshToken: newest.RefreshToken}
		}, ErrInvalidToken},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			first, newest := h.stolen()
			l := test.with(h, first, newest)
			l.Everywhere = true
			if _, err := h.logOut(l); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if raised := h.reread(newest.User).Epoch > newest.User.Epoch; raised != (test.want == nil) {
				t.Errorf("epoch raised: %v", raised)
			}
			if test.want != nil && len(h.events(audit.KindSessionReplayed)) != 0 {
				t.Error("logging out counted as a replay")
			}
		})
	}
}
