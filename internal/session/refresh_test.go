package session

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// use is one presentation: after a pause, generation g. It is answered with
// generation want, or refused with err.
type use struct {
	after time.Duration
	g     int64
	want  int64
	err   error
}

// strict and lenient are settings that rows of the table run with.
func strict(o *Options)      { o.Grace, o.Recovery = 0, 0 }
func graceless(o *Options)   { o.Grace = 0 }
func unforgiving(o *Options) { o.Recovery = 0 }

const (
	s   = time.Second
	m   = time.Minute
	hrs = time.Hour
)

var refreshTable = []struct {
	name     string
	settings func(*Options)
	uses     []use
	reason   string
}{
	{"a chain, past the grace each time", nil, []use{
		{0, 0, 1, nil}, {m, 1, 2, nil}, {m, 2, 3, nil},
	}, "case 3: each link works"},
	{"the first token rotates at once", nil, []use{{0, 0, 1, nil}}, "there is no parent yet"},
	{"a retry inside the grace", nil, []use{
		{0, 0, 1, nil}, {5 * s, 0, 1, nil}, {25 * s, 0, 1, nil},
	}, "case 2: the same successor, to the last second of the grace"},
	{"a young token is not rotated", nil, []use{
		{0, 0, 1, nil}, {5 * s, 1, 1, nil}, {5 * s, 1, 1, nil}, {5 * s, 0, 1, nil},
	}, "case 2: two tabs, one line of tokens"},
	{"a token that was answered again while young", nil, []use{
		{0, 0, 1, nil}, {5 * s, 1, 1, nil}, {26 * s, 1, 2, nil},
	}, "case 3: it rotates once it is past the grace"},
	{"a lost answer", nil, []use{{0, 0, 1, nil}, {31 * s, 0, 2, nil}, {31 * s, 2, 3, nil}}, "case 4: skip a generation"},
	{"an answer lost three times", nil, []use{
		{0, 0, 1, nil}, {m, 0, 2, nil}, {hrs, 0, 3, nil}, {hrs, 0, 4, nil}, {m, 4, 5, nil},
	}, "case 4: a skip moves neither the parent nor its time"},
	{"a lost answer, to the end of the recovery time", nil, []use{{0, 0, 1, nil}, {24 * hrs, 0, 2, nil}}, "case 4"},
	{"a lost answer, past the recovery time", nil, []use{
		{0, 0, 1, nil}, {24*hrs + s, 0, 0, ErrReplayed}, {0, 1, 0, ErrEnded},
	}, "case 6: a spent token does not work for ever"},
	{"the recovery time counts from the first spending", nil, []use{
		{0, 0, 1, nil}, {23 * hrs, 0, 2, nil}, {hrs + s, 0, 0, ErrReplayed},
	}, "a thief cannot renew it by skipping"},
	{"a skipped sibling inside the grace", nil, []use{
		{0, 0, 1, nil}, {31 * s, 0, 2, nil}, {10 * s, 1, 2, nil}, {m, 2, 3, nil},
	}, "case 2: the group converges on the newest"},
	{"a skipped sibling past the grace", nil, []use{
		{0, 0, 1, nil}, {31 * s, 0, 2, nil}, {31 * s, 1, 0, ErrSuperseded}, {s, 2, 3, nil},
	}, "case 5: two clients hold different answers, so it is not let through"},
	{"a skipped sibling long after", nil, []use{
		{0, 0, 1, nil}, {31 * s, 0, 2, nil}, {2*m + s, 1, 0, ErrReplayed}, {0, 2, 0, ErrEnded},
	}, "case 6: the thief is cut off"},
	{"a spent token whose successor was used", nil, []use{
		{0, 0, 1, nil}, {s, 1, 1, nil}, {30 * s, 0, 0, ErrSuperseded}, {89 * s, 0, 0, ErrSuperseded}, {0, 1, 2, nil},
	}, "case 5: to the last second of four graces, and nothing is revoked"},
	{"a spent token whose successor was used, past four graces", nil, []use{
		{0, 0, 1, nil}, {s, 1, 1, nil}, {2 * m, 0, 0, ErrReplayed}, {0, 1, 0, ErrEnded},
	}, "RFC 9700 §4.14.2"},
	{"the parent's parent", nil, []use{
		{0, 0, 1, nil}, {m, 1, 2, nil}, {s, 0, 0, ErrSuperseded}, {0, 2, 2, nil},
	}, "case 5: g = P-1, inside the grace of another rotation"},
	{"a token older than that", nil, []use{
		{0, 0, 1, nil}, {m, 1, 2, nil}, {m, 2, 3, nil}, {s, 0, 0, ErrReplayed}, {0, 3, 0, ErrEnded},
	}, "case 6: however young the newest is"},
	{
		"strict: a retry at once", strict,
		[]use{{0, 0, 1, nil}, {0, 0, 0, ErrReplayed}, {0, 1, 0, ErrEnded}},
		"grace 0 and recovery 0 are classic rotation",
	},
	{"strict: a chain without pauses", strict, []use{{0, 0, 1, nil}, {0, 1, 2, nil}, {0, 2, 3, nil}}, "no token is young"},
	{
		"no grace: a retry at once", graceless,
		[]use{{0, 0, 1, nil}, {0, 0, 2, nil}, {0, 2, 3, nil}},
		"case 4 takes the place of case 2",
	},
	{"no grace: two clients with different answers", graceless, []use{
		{0, 0, 1, nil}, {0, 0, 2, nil}, {0, 1, 0, ErrReplayed},
	}, "case 5 is off as well"},
	{"no recovery: a retry", unforgiving, []use{
		{0, 0, 1, nil}, {30 * s, 0, 1, nil}, {s, 0, 0, ErrSuperseded}, {90 * s, 0, 0, ErrReplayed},
	}, "case 4 is off"},
	{"the clock set back by four seconds", nil, []use{{0, 0, 1, nil}, {-4 * s, 0, 1, nil}}, "machines may disagree a little"},
	{"the clock set back by an hour", nil, []use{
		{0, 0, 1, nil},
		{m, 1, 2, nil},
		{-hrs, 1, 0, ErrSuperseded},
		{0, 0, 0, ErrSuperseded},
		{0, 2, 3, nil},
		{s, 2, 3, nil},
		{m, 3, 4, nil},
	}, "nothing is revoked on its word, and the newest token mends the state"},
	{"the clock set back by an hour, and an answer lost", nil, []use{
		{0, 0, 1, nil}, {-hrs, 0, 0, ErrSuperseded}, {hrs + s, 0, 1, nil},
	}, "recovered when the clock has caught up"},
	{
		"the clock set back, strict", strict,
		[]use{{0, 0, 1, nil}, {-m, 0, 0, ErrSuperseded}, {0, 1, 2, nil}},
		"the rule does not depend on the grace",
	},
}

// An access token is worth no more than its session: what the last refresh
// answers dies with it.
func TestNoAccessTokenOutlivesItsSession(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(*Options){
		"the longest life": func(o *Options) { o.TTL = 20 * time.Minute },
		"the idle limit":   func(o *Options) { o.IdleTTL = 5 * time.Minute },
	} {
		h := newHouse(t, set)
		tokens := h.signIn(h.user())
		for range 2 {
			end := earlier(h.view(tokens.SessionID).Session.ExpiresAt, h.view(tokens.SessionID).Session.IdleExpiresAt)
			want := earlier(h.clock.Now().Add(testTTL), end)
			if c := h.claims(tokens.AccessToken); !c.ExpiresAt.Equal(want) || tokens.ExpiresIn != want.Sub(h.clock.Now()) {
				t.Errorf("%s: the token expires at %v, in %v; the session ends at %v", name, c.ExpiresAt, tokens.ExpiresIn, end)
			}
			h.clock.advance(4 * time.Minute)
			var err error
			if tokens, err = h.refresh(tokens.RefreshToken); err != nil {
				t.Fatal(name, err)
			}
		}
		end := earlier(h.view(tokens.SessionID).Session.ExpiresAt, h.view(tokens.SessionID).Session.IdleExpiresAt)
		h.clock.set(end.Add(-time.Second))
		if !h.accepts(tokens.AccessToken) {
			t.Errorf("%s: the token is refused before", name)
		}
		h.clock.set(end)
		if h.accepts(tokens.AccessToken) {
			t.Errorf("%s: the token is accepted after", name)
		}
	}
}

func TestEveryPresentationIsAnsweredByTheRules(t *testing.T) {
	t.Parallel()
	for _, test := range refreshTable {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			if test.settings != nil {
				test.settings(&h.options)
				h.Sessions = New(h.options)
			}
			first := h.signIn(h.user())
			held := map[int64]string{0: first.RefreshToken}
			for n, u := range test.uses {
				h.clock.advance(u.after)
				got, err := h.refresh(held[u.g])
				if !errors.Is(err, u.err) {
					t.Fatalf("presentation %d, of g%d: got error %v, want %v (%s)", n, u.g, err, u.err, test.reason)
				}
				if err != nil {
					continue
				}
				if got.Generation != u.want {
					t.Fatalf("presentation %d, of g%d: got g%d, want g%d (%s)", n, u.g, got.Generation, u.want, test.reason)
				}
				if before, ok := held[got.Generation]; ok && before != got.RefreshToken {
					t.Fatalf("presentation %d: g%d has two spellings", n, got.Generation)
				}
				held[got.Generation] = got.RefreshToken
				if !h.accepts(got.AccessToken) {
					t.Errorf("presentation %d: the access token is not accepted", n)
				}
			}
		})
	}
}

func TestARefusalSaysWhatToDoNext(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		code string
		next string
	}{
		{ErrInvalidToken, "invalid_token", NextLogin},
		{ErrEnded, "session_ended", NextLogin},
		{ErrReplaced, "session_replaced", NextRetry},
		{ErrReplayed, "refresh_replayed", NextLogin},
		{ErrSuperseded, "refresh_superseded", NextRetry},
		{ErrNotIssued, "not_issued", NextLogin},
	} {
		f, ok := errors.AsType[*fault.Error](test.err)
		if !ok || f.Code != test.code || f.Member(MemberNext) != test.next || f.Kind != fault.Unauthenticated {
			t.Errorf("got %v, want 401 %s, next %s", test.err, test.code, test.next)
		}
	}
}

func TestASessionThatHasEndedIsRefusedWithoutAlarm(t *testing.T) {
	t.Parallel()
	revoke := func(reason string) func(*house, store.User, Tokens) {
		return func(h *house, _ store.User, tokens Tokens) {
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Sessions.Revoke(ctx, tokens.SessionID, reason, h.clock.Now())
				return err
			})
		}
	}
	wait := func(d time.Duration) func(*house, store.User, Tokens) {
		return func(h *house, _ store.User, _ Tokens) { h.clock.advance(d) }
	}
	for _, test := range []struct {
		name string
		do   func(*house, store.User, Tokens)
		wait time.Duration
		want error
	}{
		{"revoked", revoke(store.ReasonLogout), 0, ErrEnded},
		{"idle for too long", wait(30 * 24 * hrs), 0, ErrEnded},
		{"idle for a moment less", wait(30*24*hrs - s), 0, nil},
		{"the user is disabled", func(h *house, u store.User, _ Tokens) {
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, h.clock.Now())
				return err
			})
		}, 0, ErrEnded},
		{"the epoch was raised", func(h *house, u store.User, _ Tokens) {
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, h.clock.Now())
				return err
			})
		}, 0, ErrEnded},
		{"replaced a moment ago", revoke(store.ReasonReplaced), 30 * s, ErrReplaced},
		{"replaced longer ago than the grace", revoke(store.ReasonReplaced), 31 * s, ErrEnded},
		{"purged", func(h *house, _ store.User, _ Tokens) {
			h.clock.advance(200 * 24 * hrs)
			if err := h.Maintain(context.Background()); err != nil {
				h.tb.Fatal(err)
			}
		}, 0, ErrEnded},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.user()
			tokens := h.signIn(u)
			test.do(h, u, tokens)
			h.clock.advance(test.wait)
			if _, err := h.refresh(tokens.RefreshToken); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if n := h.mails() + len(h.events(audit.KindSessionReplayed)); n != 0 {
				t.Errorf("got %d alarms, want none", n)
			}
		})
	}
}

func TestTheAbsoluteLimitEndsASessionThatIsInUse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.signIn(h.user())
	for day := 0; day < 80; day += 20 {
		h.clock.advance(20 * 24 * hrs)
		var err error
		if tokens, err = h.refresh(tokens.RefreshToken); err != nil {
			t.Fatalf("day %d: %v", day+20, err)
		}
	}
	sess := h.view(tokens.SessionID).Session
	if !sess.IdleExpiresAt.Equal(sess.ExpiresAt) {
		t.Errorf("the idle limit %v is not cut to the absolute one %v", sess.IdleExpiresAt, sess.ExpiresAt)
	}
	h.clock.advance(10*24*hrs - s)
	if tokens, err := h.refresh(tokens.RefreshToken); err != nil {
		t.Errorf("a second before the limit: %v", err)
	} else if h.clock.advance(s); true {
		if _, err := h.refresh(tokens.RefreshToken); !errors.Is(err, ErrEnded) {
			t.Errorf("at the limit: got %v, want session_ended", err)
		}
	}
}

func TestWhatIsNoRefreshTokenIsRefusedWithoutIO(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.closeStore()
	for _, raw := range []string{"", "spr_", "junk", "spr_" + string(make([]byte, 103))} {
		if _, err := h.refresh(raw); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("%q: got %v, want invalid_token", raw, err)
		}
	}
}

func TestARefreshIsRecordedOnTheRowAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.signIn(h.user())
	h.clock.advance(hrs)
	if _, err := h.refresh(first.RefreshToken); err != nil {
		t.Fatal(err)
	}
	got := h.view(first.SessionID).Session
	now := h.clock.Now()
	want := got
	want.RefreshState = store.RefreshState{
		Generation: 1, Nonce: got.Nonce, Parent: 0, ParentRotatedAt: now, RotatedAt: now,
	}
	want.LastSeenAt, want.IdleExpiresAt = now, now.Add(30*24*hrs)
	want.Address, want.UserAgent = "192.0.2.9", "Chrome"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("row (-want +got)\n%s", diff)
	}
	if n := len(h.events("")); n != 1 {
		t.Errorf("got %d audit events, want 1, of the sign-in", n)
	}
}

func TestTheAccessTokenIsDatedByTheTimeReadBeforeTheRow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.signIn(h.user())
	h.clock.advance(m)
	read := h.clock.Now()
	h.meddle(&meddler{beforeView: func() { h.clock.advance(hrs) }})
	tokens, err := h.refresh(tokens.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.set(read)
	claims, err := h.verifier.Verify(context.Background(), tokens.AccessToken)
	if err != nil || !claims.IssuedAt.Equal(read) {
		t.Errorf("got iat %v (%v), want %v", claims.IssuedAt, err, read)
	}
}

// A replay ends the session whatever audience it names, and a refusal of the
// audience changes nothing.
func TestAnAudienceHidesNoReplay(t *testing.T) {
	t.Parallel()
	const orders, ledger = "https://orders.example", "https://ledger.example"
	h := newHouse(t, func(o *Options) { o.Audiences = []string{orders, ledger} })
	u := h.user()
	var sess store.Session
	h.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		sess, _, err = h.Open(ctx, tx, NewSession{User: u, AMR: []string{"pwd"}, ReadAt: h.clock.Now(), Audience: orders})
		return err
	})
	first, err := h.Issue(sess, u, nil, h.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if e := h.events(audit.KindSessionOpened); len(e) != 1 || !strings.Contains(e[0].Details, orders) {
		t.Errorf("the trail says %+v", e)
	}
	newest := first
	for range 3 {
		h.clock.advance(time.Minute)
		before := h.view(sess.ID).Session
		if _, err := h.Refresh(t.Context(), newest.RefreshToken, ledger, audit.Origin{}); !errors.Is(err, ErrUnknownAudience) {
			t.Fatalf("another audience: %v", err)
		}
		if diff := cmp.Diff(before, h.view(sess.ID).Session); diff != "" {
			t.Errorf("a refusal changed the session: %s", diff)
		}
		if newest, err = h.refresh(newest.RefreshToken); err != nil {
			t.Fatal(err)
		}
	}
	h.clock.advance(time.Hour)
	if _, err := h.Refresh(t.Context(), first.RefreshToken, ledger, audit.Origin{}); !errors.Is(err, ErrReplayed) {
		t.Errorf("a replay that names another audience: %v", err)
	}
	if _, err := h.refresh(newest.RefreshToken); !errors.Is(err, ErrEnded) {
		t.Errorf("the session lives on: %v", err)
	}
}

// An operator who takes an audience back ends what sessions for it can do.
func TestAnAudienceThatIsTakenBackGetsNoTokens(t *testing.T) {
	t.Parallel()
	const orders = "https://orders.example"
	h := newHouse(t, func(o *Options) { o.Audiences = []string{orders} })
	u := h.user()
	var sess store.Session
	h.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		sess, _, err = h.Open(ctx, tx, NewSession{User: u, AMR: []string{"pwd"}, ReadAt: h.clock.Now(), Audience: orders})
		return err
	})
	tokens, err := h.Issue(sess, u, nil, h.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	h.options.Audiences = nil
	h.Sessions = New(h.options)
	for _, audience := range []string{"", orders} {
		if _, err := h.Refresh(t.Context(), tokens.RefreshToken, audience, audit.Origin{}); !errors.Is(err, ErrUnknownAudience) {
			t.Errorf("audience %q: %v", audience, err)
		}
	}
}
