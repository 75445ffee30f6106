package session

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	newer   = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"
	phone   = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1"
)

// cities is a Placer of one city.
type cities struct{}

func (cities) Of(address string) string {
	if address == "203.0.113.7" {
		return "Berlin, Germany"
	}
	return ""
}

// on opens a session with a user agent, and with the known-device cookie or not.
func (h *house) on(u store.User, agent string, known bool) Tokens {
	h.tb.Helper()
	readAt := h.clock.Now()
	u = h.reread(u)
	var sess store.Session
	h.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		var opened bool
		sess, opened, err = h.Open(ctx, tx, NewSession{
			User: u, AMR: []string{"pwd"}, DeviceName: "Ada's", ReadAt: readAt, KnownDevice: known,
			Origin: audit.Origin{Address: "203.0.113.7", UserAgent: agent},
		})
		if !opened {
			h.tb.Error("the session was not opened")
		}
		return err
	})
	tokens, err := h.Issue(sess, u, nil, readAt)
	if err != nil {
		h.tb.Fatal(err)
	}
	return tokens
}

func asks(u store.User, t Tokens) Asker {
	return Asker{UserID: u.ID, SessionID: t.SessionID, Origin: audit.Origin{Address: "192.0.2.9"}}
}

func (h *house) devices(u store.User, current Tokens) []Device {
	h.tb.Helper()
	page, err := h.Devices(context.Background(), DeviceList{UserID: u.ID, Current: current.SessionID, Limit: MaxListed})
	if err != nil {
		h.tb.Fatal(err)
	}
	return page.Items
}

// signedOut lists what a user was signed out of, on one page.
func (h *house) signedOut(u store.User) []Device {
	h.tb.Helper()
	page, err := h.Devices(context.Background(), DeviceList{UserID: u.ID, Ended: true, Limit: MaxListed})
	if err != nil {
		h.tb.Fatal(err)
	}
	return page.Items
}

// why refreshes and gives the reason of the refusal, which must be session_ended.
func (h *house) why(t Tokens) string {
	h.tb.Helper()
	_, err := h.refresh(t.RefreshToken)
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, ErrEnded) {
		h.tb.Fatalf("got %v, want session_ended", err)
	}
	return f.Member(MemberReason)
}

func TestDevicesAreListedByTheirLastUse(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) { o.Places = cities{} })
	u := h.user()
	h.signIn(h.user())
	start := h.clock.Now()
	laptop := h.on(u, firefox, false)
	h.clock.advance(m)
	mobile := h.on(u, phone, false)
	want := Device{
		ID: mobile.SessionID, Current: true, Name: "Ada's", Browser: "Safari", System: "iOS", Address: "203.0.113.7", Place: "Berlin, Germany",
		CreatedAt: h.clock.Now(), LastSeenAt: h.clock.Now(), ExpiresAt: h.clock.Now().Add(h.options.IdleTTL),
	}
	other := Device{
		ID: laptop.SessionID, Name: "Ada's", Browser: "Firefox", System: "Linux", Address: "203.0.113.7", Place: "Berlin, Germany",
		CreatedAt: start, LastSeenAt: start, ExpiresAt: start.Add(h.options.IdleTTL),
	}
	if diff := cmp.Diff([]Device{want, other}, h.devices(u, mobile)); diff != "" {
		t.Errorf("devices (-want +got)\n%s", diff)
	}
	h.clock.advance(m)
	if _, err := h.refresh(laptop.RefreshToken); err != nil { // from another browser and address
		t.Fatal(err)
	}
	other.Browser, other.System, other.Address, other.Place = "Chrome", "", "192.0.2.9", ""
	other.LastSeenAt, other.ExpiresAt = h.clock.Now(), h.clock.Now().Add(h.options.IdleTTL)
	if diff := cmp.Diff([]Device{other, want}, h.devices(u, mobile)); diff != "" {
		t.Errorf("after a refresh (-want +got)\n%s", diff)
	}
}

func TestListsComeInPages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	h.on(h.user(), firefox, false)
	const all, limit = 23, 5
	var last Tokens
	for range all {
		h.clock.advance(time.Second)
		last = h.on(u, firefox, false)
	}
	// pages reads a list to its end.
	pages := func(ended bool) (list []Device) {
		for l := (DeviceList{UserID: u.ID, Current: last.SessionID, Ended: ended, Limit: limit}); ; {
			page, err := h.Devices(t.Context(), l)
			if err != nil || len(page.Items) > limit || page.Next != "" && len(page.Items) < limit {
				t.Fatalf("a page of %d, next %q: %v", len(page.Items), page.Next, err)
			}
			list = append(list, page.Items...)
			if l.After = page.Next; l.After == "" {
				return list
			}
		}
	}
	if list := pages(false); len(list) != all || !list[0].Current || !slices.IsSortedFunc(list, func(a, b Device) int { return b.LastSeenAt.Compare(a.LastSeenAt) }) {
		t.Errorf("got %d devices, not each once in their order: %+v", len(list), list)
	}
	if err := h.EndOthers(t.Context(), asks(u, last)); err != nil {
		t.Fatal(err)
	}
	ended := pages(true)
	ids := map[string]bool{}
	for n := range ended {
		ids[ended[n].ID] = true
	}
	if len(ended) != all-1 || len(ids) != all-1 || ids[last.SessionID] {
		t.Errorf("got %d devices signed out, %d different ones", len(ended), len(ids))
	}
	// A list that ends with a full page has no next.
	if page, err := h.Devices(t.Context(), DeviceList{UserID: u.ID, Limit: 1}); err != nil || len(page.Items) != 1 || page.Next != "" {
		t.Errorf("the one that is left: %+v, %v", page, err)
	}
	for _, after := range []string{"?", "AAAA", "bm9uc2Vuc2U"} {
		if _, err := h.Devices(t.Context(), DeviceList{UserID: u.ID, Limit: 1, After: after}); !errors.Is(err, ErrCursor) {
			t.Errorf("after %q: %v, want invalid_input", after, err)
		}
	}
}

func TestEndingOneSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u, stranger := h.user(), h.user()
	mine, other := h.on(u, firefox, false), h.on(u, phone, false)
	theirs := h.on(stranger, firefox, false)
	for name, sessionID := range map[string]string{
		"a stranger's": theirs.SessionID, "nobody's": id.Random(), "no identifier": "x", "nothing": "", "in capitals": strings.ToUpper(other.SessionID),
	} {
		if err := h.End(t.Context(), asks(u, mine), sessionID); !errors.Is(err, ErrNoSession) {
			t.Errorf("%s: got %v, want session_not_found", name, err)
		}
	}
	if !h.accepts(theirs.AccessToken) || !h.accepts(other.AccessToken) {
		t.Fatal("a session ended that was not to")
	}
	for range 2 { // repeating is no error
		if err := h.End(t.Context(), asks(u, mine), other.SessionID); err != nil {
			t.Fatal(err)
		}
	}
	if h.accepts(other.AccessToken) || !h.accepts(mine.AccessToken) || !h.accepts(theirs.AccessToken) {
		t.Error("the wrong access tokens died")
	}
	if got := h.why(other); got != store.ReasonEnded {
		t.Errorf("the refresh token says %q", got)
	}
	events := h.events(audit.KindSessionEnded)
	if len(events) != 1 || events[0].Reason != store.ReasonEnded || events[0].SessionHash != audit.SessionHash(other.SessionID) ||
		events[0].ActorID != u.ID || events[0].UserID != u.ID {
		t.Errorf("the trail says %+v", events)
	}
	if n := len(h.entries()); n != 1 {
		t.Errorf("%d entries in the revocation list, want 1", n)
	}
	if err := h.End(t.Context(), asks(u, mine), mine.SessionID); err != nil {
		t.Fatal(err)
	}
	if got := h.why(mine); got != store.ReasonLogout || h.accepts(mine.AccessToken) {
		t.Errorf("ending the own session is no logout: %q", got)
	}
}

// entries lists the revocation list.
func (h *house) entries() []store.Revocation {
	h.tb.Helper()
	page, err := h.store.Direct().Revocations.From(context.Background(), 0, h.clock.Now(), 20_000)
	if err != nil {
		h.tb.Fatal(err)
	}
	return page.Revocations
}

func TestASessionThatHasEndedEndsNoOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	owner, thief := h.on(u, firefox, false), h.on(u, phone, false)
	if err := h.End(t.Context(), asks(u, owner), thief.SessionID); err != nil {
		t.Fatal(err)
	}
	// As on an instance that has not heard of it yet.
	for name, err := range map[string]error{
		"one": h.End(t.Context(), asks(u, thief), owner.SessionID), "the others": h.EndOthers(t.Context(), asks(u, thief)),
	} {
		if !errors.Is(err, ErrInvalidToken) {
			t.Errorf("%s: got %v, want invalid_token", name, err)
		}
	}
	if _, err := h.refresh(owner.RefreshToken); err != nil {
		t.Errorf("the owner was signed out: %v", err)
	}
}

func TestEndingAllOthersSparesTheOneThatAsks(t *testing.T) {
	t.Parallel()
	const others = 2*othersBatch + 30
	h := newHouse(t)
	u, stranger := h.user(), h.user()
	mine, theirs := h.on(u, firefox, false), h.on(stranger, firefox, false)
	ended := make([]Tokens, 0, others)
	for range others {
		ended = append(ended, h.on(u, phone, true))
	}
	before := h.reread(u)
	if err := h.EndOthers(t.Context(), asks(u, mine)); err != nil {
		t.Fatal(err)
	}
	if after := h.reread(u); after.Epoch != before.Epoch {
		t.Errorf("the epoch rose from %d to %d", before.Epoch, after.Epoch)
	}
	for _, tokens := range ended {
		if h.accepts(tokens.AccessToken) || h.why(tokens) != store.ReasonEnded {
			t.Fatal("a session lives on")
		}
	}
	if _, err := h.refresh(mine.RefreshToken); err != nil || !h.accepts(mine.AccessToken) || !h.accepts(theirs.AccessToken) {
		t.Errorf("a session died that was not to: %v", err)
	}
	if n := len(h.entries()); n != others {
		t.Errorf("%d entries in the revocation list, want one each of %d", n, others)
	}
	if err := h.EndOthers(t.Context(), asks(u, mine)); err != nil || len(h.entries()) != others {
		t.Errorf("again: %v, %d entries", err, len(h.entries()))
	}
	counted := 0
	for _, e := range h.events(audit.KindSessionEnded) {
		_, n, _ := strings.Cut(e.Details, `"sessions":`)
		sessions, _ := strconv.Atoi(strings.TrimRight(n, "}"))
		counted += sessions
	}
	if counted != others {
		t.Errorf("the trail counts %d sessions, want %d", counted, others)
	}
}

// A session that has just expired may have an access token that has not.
func TestEndingAllOthersReachesTheLastAccessToken(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) { o.IdleTTL = 5 * m })
	u := h.user()
	gone := h.on(u, phone, false)
	h.clock.advance(6 * m)
	mine := h.on(u, firefox, false)
	if err := h.EndOthers(t.Context(), asks(u, mine)); err != nil || h.accepts(gone.AccessToken) {
		t.Errorf("the access token of a session that expired lives on (%v)", err)
	}
}

func TestNothingLivesOnAfterASessionEndsWhileItRefreshes(t *testing.T) {
	t.Parallel()
	const rounds, callers = 12, 6
	h := newHouse(t, func(o *Options) { o.Grace = 0 })
	u := h.user()
	mine := h.on(u, firefox, false)
	for round := range rounds {
		tokens := h.on(u, phone, true)
		out := make(chan Tokens, 8*callers)
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				for raw := tokens.RefreshToken; ; {
					got, err := h.refresh(raw)
					if err != nil {
						return
					}
					select {
					case out <- got:
					default:
						return
					}
					raw = got.RefreshToken
				}
			})
		}
		wg.Go(func() {
			var err error
			if round%2 == 0 {
				err = h.End(t.Context(), asks(u, mine), tokens.SessionID)
			} else {
				err = h.EndOthers(t.Context(), asks(u, mine))
			}
			if err != nil {
				t.Errorf("round %d: %v", round, err)
			}
		})
		wg.Wait()
		close(out)
		for got := range out {
			if h.accepts(got.AccessToken) {
				t.Fatalf("round %d: an access token lives on", round)
			}
			if _, err := h.refresh(got.RefreshToken); !errors.Is(err, ErrEnded) {
				t.Fatalf("round %d: a refresh token answers %v", round, err)
			}
		}
		h.clock.advance(time.Second)
	}
}

func TestManyEndsOfOneSessionAreOneEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.user()
	mine, other := h.on(u, firefox, false), h.on(u, phone, false)
	var wg sync.WaitGroup
	for n := range 32 {
		wg.Go(func() {
			err := h.End(t.Context(), asks(u, mine), other.SessionID)
			if n%2 == 1 {
				err = h.EndOthers(t.Context(), asks(u, mine))
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if e, r := len(h.events(audit.KindSessionEnded)), len(h.entries()); e != 1 || r != 1 {
		t.Errorf("%d events and %d entries, want one each", e, r)
	}
}

func TestASessionTellsWhyItEnded(t *testing.T) {
	t.Parallel()
	for want, end := range map[string]func(h *house, u store.User, tokens Tokens){
		store.ReasonTooMany: func(h *house, u store.User, _ Tokens) {
			h.most = 1
			h.on(u, firefox, true)
		},
		store.ReasonFactorAdded: func(h *house, u store.User, _ Tokens) {
			asks := asks(u, h.on(u, firefox, true))
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := h.EndUnproved(ctx, tx, asks)
				return err
			})
		},
		store.ReasonLogout: func(h *house, _ store.User, tokens Tokens) {
			_, _ = h.logOut(Logout{RefreshToken: tokens.RefreshToken})
		},
		store.ReasonLogoutAll: func(h *house, _ store.User, tokens Tokens) {
			_, _ = h.logOut(Logout{RefreshToken: tokens.RefreshToken, Everywhere: true})
		},
		store.ReasonIdle:    func(h *house, _ store.User, _ Tokens) { h.clock.advance(h.options.IdleTTL) },
		store.ReasonExpired: func(h *house, _ store.User, _ Tokens) { h.clock.advance(h.options.TTL) },
		store.ReasonDisabled: func(h *house, u store.User, _ Tokens) {
			_, _ = h.store.Direct().Users.SetStatus(context.Background(), u.ID, store.UserActive, store.UserDisabled, h.clock.Now())
		},
		store.ReasonDeletion: func(h *house, u store.User, _ Tokens) {
			_, _ = h.store.Direct().Users.SetStatus(context.Background(), u.ID, store.UserActive, store.UserPendingDeletion, h.clock.Now())
		},
		store.ReasonAccountChanged: func(h *house, u store.User, _ Tokens) {
			_, _ = h.store.Direct().Users.RaiseEpoch(context.Background(), u.ID, h.reread(u).Epoch, h.clock.Now())
		},
		store.ReasonPasswordReset: func(h *house, u store.User, _ Tokens) {
			u = h.reread(u)
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				return h.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, audit.Origin{})
			})
		},
		store.ReasonDisowned: func(h *house, u store.User, tokens Tokens) {
			h.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := h.EndDisowned(ctx, tx, u.ID, tokens.SessionID, audit.Origin{})
				return err
			})
		},
		store.ReasonReplay: func(h *house, _ store.User, tokens Tokens) {
			for range 3 {
				if got, err := h.refresh(tokens.RefreshToken); err == nil {
					h.clock.advance(hrs)
					_, _ = h.refresh(got.RefreshToken)
				}
				h.clock.advance(hrs)
			}
		},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, func(o *Options) {
				if want == store.ReasonExpired {
					o.IdleTTL = o.TTL
				}
			})
			u := h.user()
			tokens := h.on(u, firefox, false)
			at := h.clock.Now()
			end(h, u, tokens)
			if got := h.why(tokens); got != want {
				t.Errorf("the refresh token says %q", got)
			}
			if !slices.Contains(Reasons(), want) {
				t.Errorf("%q is not documented", want)
			}
			switch want {
			case store.ReasonDisabled, store.ReasonDeletion, store.ReasonAccountChanged:
				return // the row does not know when
			}
			list := h.signedOut(u)
			if len(list) != 1 || list[0].Reason != want || list[0].ID != tokens.SessionID || list[0].EndedAt.Before(at) ||
				list[0].EndedAt.After(h.clock.Now()) {
				t.Errorf("the list says %+v", list)
			}
			h.clock.advance(keepEnded + time.Second)
			if slices.ContainsFunc(h.signedOut(u), func(d Device) bool { return d.ID == tokens.SessionID }) {
				t.Error("long afterwards the list has it")
			}
		})
	}
}

// A key that was stolen makes tokens with a good MAC that no session gave out.
func TestTheReasonIsForWhoHeldTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	tokens := h.on(h.user(), firefox, false)
	st := h.view(tokens.SessionID).Session.RefreshState
	if _, err := h.logOut(Logout{RefreshToken: tokens.RefreshToken}); err != nil {
		t.Fatal(err)
	}
	forge := func(change func(*store.RefreshState)) Tokens {
		forged := st
		change(&forged)
		raw, err := h.codec.write(tokens.SessionID, forged)
		if err != nil {
			t.Fatal(err)
		}
		return Tokens{RefreshToken: raw}
	}
	if got := h.why(forge(func(*store.RefreshState) {})); got != store.ReasonLogout {
		t.Errorf("the genuine token says %q", got)
	}
	for name, forged := range map[string]Tokens{
		"another nonce":      forge(func(s *store.RefreshState) { s.Nonce = newNonce() }),
		"a later generation": forge(func(s *store.RefreshState) { s.Generation++ }),
	} {
		if got := h.why(forged); got != "" {
			t.Errorf("%s: told %q", name, got)
		}
	}
}

// TestEveryReasonIsTold reads the constants where they are declared, so that one
// that somebody adds is documented.
func TestEveryReasonIsTold(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../store/sessions.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && strings.HasPrefix(spec.Names[0].Name, "Reason") {
			value, _ := spec.Values[0].(*ast.BasicLit)
			text, _ := strconv.Unquote(value.Value)
			declared = append(declared, text)
		}
		return true
	})
	told := Reasons()
	slices.Sort(declared)
	slices.Sort(told)
	if diff := cmp.Diff(declared, told); diff != "" || len(told) < 10 {
		t.Errorf("reasons (-declared +told)\n%s", diff)
	}
}
