package guard_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
	"github.com/sallyport-auth/sallyport/guard/guardtest"
)

// bubble runs a test with an issuer and a guard of its own in a bubble whose time
// passes only while everybody waits.
func bubble(t *testing.T, change func(*guard.Config), run func(t *testing.T, i *guardtest.Issuer, g *guard.Guard)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		i := guardtest.NewUnserved("https://id.example")
		g := i.Guard(t, func(c *guard.Config) {
			c.Log = slog.New(slog.DiscardHandler)
			if change != nil {
				change(c)
			}
		})
		run(t, i, g)
	})
}

// code is what comes of a token: "pass" or the code of the refusal.
func code(t *testing.T, g *guard.Guard, raw string, needs ...guard.Need) string {
	t.Helper()
	_, err := g.Verify(t.Context(), raw, needs...)
	if err == nil {
		return "pass"
	}
	var r *guard.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%T is no refusal: %v", err, err)
	}
	return r.Code
}

func want(t *testing.T, what string, g *guard.Guard, raw, outcome string, needs ...guard.Need) {
	t.Helper()
	for _, sight := range []string{"first", "second"} {
		if got := code(t, g, raw, needs...); got != outcome {
			t.Errorf("%s, %s sight: %s, want %s", what, sight, got, outcome)
		}
	}
}

// reach waits until the guard has applied a number.
func reach(t *testing.T, g *guard.Guard, number int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := g.WaitFor(ctx, number); err != nil {
		t.Fatalf("number %d: %v", number, err)
	}
}

func TestARequestWithATokenGoesThrough(t *testing.T) {
	t.Parallel()
	i := guardtest.New(t)
	g := i.Guard(t)
	handler := g.Require()(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, ok := guard.UserFrom(r.Context())
		if !ok || user.ID == "" || user.SessionID == "" || !user.HasRole("staff") || user.HasRole("admin") {
			t.Errorf("the handler sees %+v", user)
		}
		var plan string
		if found, err := user.Claim("plan", &plan); !found || err != nil || plan != "gold" {
			t.Errorf("plan is %q (%v, %v)", plan, found, err)
		}
		if _, ok := guard.ClientFrom(r.Context()); ok {
			t.Error("a user is taken for a client")
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
	r.Header.Set("Authorization", "bearer "+i.Mint(guardtest.Claims{"roles": []string{"staff"}, "plan": "gold"}))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestEveryKindOfRevocationReachesTheGuard(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		session := guardtest.Claims{"sid": "11111111-1111-4111-8111-111111111111"}
		user := "22222222-2222-4222-8222-222222222222"
		one, other := i.Mint(nil), i.Mint(nil)
		laptop, again := i.Mint(session), i.Mint(session)
		old, renewed := i.Mint(guardtest.Claims{"sub": user, "uep": 1}), i.Mint(guardtest.Claims{"sub": user, "uep": 2})
		machine, enabled := i.MintMachine("orders", guardtest.Claims{"scope": "x"}), i.MintMachine("orders", guardtest.Claims{"uep": 2})
		all := []string{one, other, laptop, again, old, renewed, machine, enabled}
		for _, raw := range all {
			want(t, "before", g, raw, "pass")
		}
		i.Revoke(one)
		i.RevokeSession(laptop)
		i.RevokeClient("orders", 2)
		reach(t, g, i.RevokeUser(user, 2))
		for n, outcome := range []string{"invalid_token", "pass", "invalid_token", "invalid_token", "invalid_token", "pass", "invalid_token", "pass"} {
			want(t, "token "+string(rune('0'+n)), g, all[n], outcome)
		}
	})
}

func TestALogoutIsHeardWithoutWaitingForTheNextPoll(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		time.Sleep(time.Minute) // of the bubble: the guard waits at the server
		synctest.Wait()
		raw := i.Mint(nil)
		want(t, "before", g, raw, "pass")
		began := time.Now()
		reach(t, g, i.Revoke(raw))
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("it took %v", took)
		}
		want(t, "after", g, raw, "invalid_token")
	})
}

func TestAnIdleGuardAsksOnceAtATimeAndStaysCurrent(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		before := i.Requests("/revocations")
		for range 600 {
			time.Sleep(100 * time.Millisecond)
			if s := g.Status(); !s.Current || s.Age > 3*time.Second {
				t.Fatalf("not current: %+v", s)
			}
		}
		if n := i.Requests("/revocations") - before; n < 40 || n > 60 { // a minute of waits of 1.2 s
			t.Errorf("%d requests in a minute", n)
		}
	})
}

func TestWhatHappensWhileTheGuardIsNotCurrent(t *testing.T) {
	t.Parallel()
	for policy, outcome := range map[guard.Policy]string{guard.Refuse: "not_current", guard.Ask: "pass", guard.Allow: "pass"} {
		bubble(t, func(c *guard.Config) { c.NotCurrent = policy }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
			raw, ended := i.Mint(nil), i.Mint(nil)
			want(t, "current", g, raw, "pass")
			reach(t, g, i.Revoke(ended))
			i.Set(guardtest.Trouble{Stale: true})
			time.Sleep(4 * time.Second)
			want(t, "within the limit", g, raw, "pass")
			time.Sleep(2 * time.Second)
			if g.Status().Current {
				t.Fatal("current after 6 s without a page")
			}
			want(t, policy.String(), g, raw, outcome)
			want(t, "an entry is a no, "+policy.String(), g, ended, "invalid_token")
			late := i.Mint(nil)
			i.Revoke(late)
			want(t, "revoked meanwhile, "+policy.String(), g, late, map[guard.Policy]string{
				guard.Refuse: "not_current", guard.Ask: "invalid_token", guard.Allow: "pass",
			}[policy])
			i.Set(guardtest.Trouble{})
			time.Sleep(6 * time.Second)
			want(t, "current again", g, raw, "pass")
			want(t, "revoked meanwhile, heard now", g, late, "invalid_token")
			i.Set(guardtest.Trouble{Gone: true})
			time.Sleep(6 * time.Second)
			if policy == guard.Ask {
				want(t, "nobody to ask", g, raw, "not_current")
			}
		})
	}
}

func TestTheServersOwnAgeCounts(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw := i.Mint(nil)
		i.Set(guardtest.Trouble{Age: 2 * time.Second})
		time.Sleep(10 * time.Second)
		want(t, "2 s old at the server", g, raw, "pass")
		i.Set(guardtest.Trouble{Age: 6 * time.Second})
		time.Sleep(10 * time.Second)
		want(t, "6 s old at the server", g, raw, "not_current")
	})
}

func TestAnotherHistoryTakesNothingBack(t *testing.T) {
	t.Parallel()
	bubble(t, func(c *guard.Config) { c.NotCurrent = guard.Allow }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw, ended := i.Mint(nil), i.Mint(nil)
		reach(t, g, i.Revoke(ended))
		want(t, "before", g, raw, "pass")
		i.Set(guardtest.Trouble{Answer: func(path string, body []byte) []byte {
			if path == "/.well-known/jwks.json" {
				return nil // the keys cannot be read
			}
			return body
		}})
		i.LoseHistory()
		time.Sleep(3 * time.Second)
		want(t, "while the keys are not read anew nothing passes", g, raw, "not_current")
		i.Set(guardtest.Trouble{})
		time.Sleep(6 * time.Second)
		want(t, "a live token", g, raw, "pass")
		want(t, "revoked in the history that was lost", g, ended, "invalid_token")
		if s := g.Status(); !s.Current || s.Number != 0 || s.Entries != 1 {
			t.Errorf("%+v", s)
		}
	})
}

func TestNumbersThatAreGivenOutTwiceAreReadTwice(t *testing.T) {
	t.Parallel()
	for name, again := range map[string]int{"fewer than before": 1, "as many": 2, "more": 3} {
		bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
			reach(t, g, i.Revoke(i.Mint(nil)))
			lost := []string{i.Mint(nil), i.Mint(nil)}
			i.Revoke(lost[0])
			reach(t, g, i.Revoke(lost[1]))
			i.Set(guardtest.Trouble{Gone: true}) // the guard hears of nothing until all is done
			time.Sleep(time.Second)
			i.LoseLast(2)
			var fresh []string
			for range again {
				fresh = append(fresh, i.Mint(nil))
				i.Revoke(fresh[len(fresh)-1])
			}
			i.Set(guardtest.Trouble{})
			time.Sleep(10 * time.Second)
			if s := g.Status(); !s.Current || s.Number != int64(1+again) {
				t.Errorf("%s: %+v", name, s)
			}
			for _, raw := range append(lost, fresh...) {
				want(t, name, g, raw, "invalid_token")
			}
		})
	}
}

func TestASnapshotComesInPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := guardtest.NewUnserved("https://id.example")
		i.Set(guardtest.Trouble{PageSize: 10})
		var tokens []string
		for range 95 {
			tokens = append(tokens, i.Mint(nil))
			i.Revoke(tokens[len(tokens)-1])
		}
		g := i.Guard(t)
		if s := g.Status(); !s.Current || s.Entries != 95 || s.Number != 95 {
			t.Errorf("%+v", s)
		}
		for _, raw := range tokens {
			want(t, "each", g, raw, "invalid_token")
		}
		if n := i.Requests("/revocations"); n < 10 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestEntriesGoWhenTheyHaveExpired(t *testing.T) {
	t.Parallel()
	bubble(t, func(c *guard.Config) { c.MaxEntries = 3 }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		for range 3 {
			i.Revoke(i.Mint(nil))
		}
		time.Sleep(time.Second)
		live := i.Mint(guardtest.Claims{"exp": time.Now().Add(time.Hour).Unix()})
		want(t, "full, not over", g, live, "pass")
		fourth := i.Revoke(i.Mint(nil))
		reach(t, g, fourth)
		want(t, "more than it may hold", g, live, "not_current")
		time.Sleep(20 * time.Minute)
		if s := g.Status(); !s.Current || s.Entries != 0 {
			t.Errorf("after all have expired: %+v", s)
		}
		want(t, "room again", g, live, "pass")
	})
}

func TestAnEntryOfALaterVersionMakesTheGuardNotCurrent(t *testing.T) {
	t.Parallel()
	bubble(t, nil, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw := i.Mint(nil)
		i.Set(guardtest.Trouble{Page: func(members map[string]any) {
			eachEntry(members, func(e map[string]any) { e["k"] = "device" })
		}})
		reach(t, g, i.Revoke(i.Mint(nil)))
		want(t, "what it refuses is not known", g, raw, "not_current")
	})
}

func TestAClockThatIsSetMakesTheGuardReadAnew(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	bubble(t, func(c *guard.Config) { c.SetWallClock(func() time.Duration { return time.Duration(ahead.Load()) }) }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw, ended := i.Mint(nil), i.Mint(guardtest.Claims{"exp": time.Now().Add(2 * time.Hour).Unix()})
		reach(t, g, i.Revoke(ended))
		want(t, "before", g, raw, "pass")
		synctest.Wait()
		ahead.Store(int64(5 * time.Second))
		want(t, "at once", g, raw, "not_current")
		i.Set(guardtest.Trouble{}) // lets go of the request under way
		time.Sleep(2 * time.Second)
		want(t, "read anew", g, raw, "pass")
		want(t, "still revoked", g, ended, "invalid_token")
	})
}

// TestAWrongTimeTakesNothingBack: entries that were dropped while the clock was
// ahead are read again once it is right.
func TestAWrongTimeTakesNothingBack(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	bubble(t, func(c *guard.Config) { c.SetWallClock(func() time.Duration { return time.Duration(ahead.Load()) }) }, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		ended := i.Mint(guardtest.Claims{"exp": time.Now().Add(2 * time.Hour).Unix()})
		reach(t, g, i.Revoke(ended))
		synctest.Wait()
		ahead.Store(int64(time.Hour))
		time.Sleep(5 * time.Minute)
		if s := g.Status(); s.Entries != 0 || s.Current {
			t.Errorf("an hour ahead: %+v", s)
		}
		synctest.Wait()
		ahead.Store(0)
		want(t, "at once", g, ended, "not_current")
		time.Sleep(5 * time.Minute)
		if s := g.Status(); !s.Current {
			t.Errorf("right again: %+v", s)
		}
		want(t, "right again", g, ended, "invalid_token")
	})
}

// TestAClockThatIsMinutesSlowIsNotBelieved: the server has purged entries of tokens
// that have not expired by such a clock.
func TestAClockThatIsMinutesSlowIsNotBelieved(t *testing.T) {
	t.Parallel()
	const message = "more than 60 s apart"
	var ahead atomic.Int64
	var log logged
	clock := func(c *guard.Config) {
		c.SetWallClock(func() time.Duration { return time.Duration(ahead.Load()) })
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
	}
	bubble(t, clock, func(t *testing.T, i *guardtest.Issuer, g *guard.Guard) {
		raw, ended := i.Mint(nil), i.Mint(nil)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		ahead.Store(int64(-59 * time.Second))
		time.Sleep(10 * time.Second)
		want(t, "59 s slow", g, raw, "pass")
		synctest.Wait()
		ahead.Store(int64(-62 * time.Second))
		time.Sleep(10 * time.Second)
		want(t, "62 s slow", g, raw, "not_current")
		reach(t, g, i.Revoke(ended))
		want(t, "an entry is a no", g, ended, "invalid_token")
		before := i.Requests("/revocations")
		time.Sleep(time.Minute)
		if n := i.Requests("/revocations") - before; n < 40 || n > 60 {
			t.Errorf("%d requests in a minute", n)
		}
		if n := strings.Count(log.String(), "with this clock"); n != 1 {
			t.Errorf("%d times in the log:\n%s", n, log.String())
		}
		if s := g.Status(); s.Current || s.Err == nil || !strings.Contains(s.Err.Error(), message) {
			t.Errorf("%+v", s)
		}
		synctest.Wait()
		ahead.Store(int64(62 * time.Second))
		time.Sleep(10 * time.Second)
		want(t, "62 s ahead", g, raw, "not_current")
		synctest.Wait()
		ahead.Store(0)
		time.Sleep(10 * time.Second)
		want(t, "right again", g, raw, "pass")
	})
}

func TestNewFailsWithAWrongClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := guardtest.NewUnserved("https://id.example").Config()
		c.Log = slog.New(slog.DiscardHandler)
		c.SetWallClock(func() time.Duration { return -5 * time.Minute })
		g, err := guard.New(t.Context(), c)
		if err == nil {
			g.Close()
			t.Fatal("it started")
		}
		if !strings.Contains(err.Error(), "60 s apart") {
			t.Error(err)
		}
	})
}

// logged is what was written to a log.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestNewFailsAtOnceIfTheClientIsRefused(t *testing.T) {
	t.Parallel()
	i := guardtest.New(t)
	c := i.Config()
	c.ClientSecret = "wrong"
	c.Log = slog.New(slog.DiscardHandler)
	if g, err := guard.New(t.Context(), c); err == nil {
		g.Close()
		t.Error("it started")
	}
	if n := i.Requests("/revocations"); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestNewFailsAfterTenSeconds(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]guardtest.Trouble{"gone": {Gone: true}, "stale": {Stale: true}} {
		synctest.Test(t, func(t *testing.T) {
			i := guardtest.NewUnserved("https://id.example")
			i.Set(trouble)
			c := i.Config()
			c.Log = slog.New(slog.DiscardHandler)
			began := time.Now()
			if g, err := guard.New(t.Context(), c); err == nil {
				g.Close()
				t.Errorf("%s: it started", name)
			}
			if took := time.Since(began); took < 5*time.Second || took > 16*time.Second {
				t.Errorf("%s: after %v", name, took)
			}
		})
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	good := guard.Config{Issuer: "https://id.example", Audience: "a", ClientID: "c", ClientSecret: "s"}
	for name, edit := range map[string]func(*guard.Config){
		"no issuer":         func(c *guard.Config) { c.Issuer = "" },
		"no audience":       func(c *guard.Config) { c.Audience = "" },
		"no secret":         func(c *guard.Config) { c.ClientSecret = "" },
		"plain HTTP":        func(c *guard.Config) { c.Issuer = "http://id.example" },
		"plain HTTP inside": func(c *guard.Config) { c.URL = "http://10.0.0.1" },
		"another scheme":    func(c *guard.Config) { c.Issuer = "file:///etc" },
		"a query":           func(c *guard.Config) { c.Issuer = "https://id.example?x" },
		"a user":            func(c *guard.Config) { c.Issuer = "https://u:p@id.example" },
		"no policy":         func(c *guard.Config) { c.NotCurrent = 7 },
		"no patience":       func(c *guard.Config) { c.MaxStaleness = time.Millisecond },
		"too much patience": func(c *guard.Config) { c.MaxStaleness = time.Hour },
	} {
		c := good
		edit(&c)
		if _, err := guard.New(t.Context(), c); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
