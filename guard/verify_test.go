package guard

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

// TestARevocationThatComesDuringALookCounts: an outage ends just behind the look
// that did not find the token's entry. It looks at all goroutines, so it runs alone.
func TestARevocationThatComesDuringALookCounts(t *testing.T) {
	v := readVectors(t)
	g := v.at(t, "")
	g.feed.change(func(s *standing) { s.complete, s.asOf = true, g.tick() })
	raw := v.Tokens[0].Token
	token, err := g.Verify(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	var id string
	if _, err := token.User.Claim("jti", &id); err != nil {
		t.Fatal(err)
	}
	g.feed.change(func(s *standing) { s.asOf = s.asOf.minus(time.Hour) })
	later := g.table.shard(token.session) // is looked at after that of the token
	if later == g.table.shard(token.id) {
		t.Fatal("token and session are in one shard")
	}
	asked := g.tick()
	later.mu.Lock()
	answer := make(chan error, 1)
	go func() {
		_, err := g.Verify(t.Context(), raw)
		answer <- err
	}()
	awaitReader(t)
	g.table.add(jws.Entry{Kind: jws.KindToken, Value: id, ExpiresAt: v.Now + 1000})
	g.feed.change(func(s *standing) { s.asOf = asked })
	later.mu.Unlock()
	if <-answer == nil {
		t.Error("a revoked token passed")
	}
}

// awaitReader returns once somebody waits to read what is locked for writing.
func awaitReader(t *testing.T) {
	t.Helper()
	stacks := make([]byte, 1<<20)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); runtime.Gosched() {
		if n := runtime.Stack(stacks, true); strings.Contains(string(stacks[:n]), "[sync.RWMutex.RLock") {
			return
		}
	}
	t.Fatal("nobody waits")
}

// TestATableThatWasFullIsNotCurrentBeforeItWasReadAnew looks at the guard while it
// begins again.
func TestATableThatWasFullIsNotCurrentBeforeItWasReadAnew(t *testing.T) {
	t.Parallel()
	v := readVectors(t)
	for _, page := range v.Pages {
		if page.Request.After > 0 || page.Entries < 2 {
			continue
		}
		g := v.at(t, page.Page)
		g.table.limit = 1
		g.feed.nonce = func() string { return page.Request.Nonce }
		if _, err := g.feed.step(t.Context()); err != nil {
			t.Fatal(err)
		}
		looks := 0
		g.feed.tick = func() reading {
			looks++
			now := g.tick()
			if g.feed.current(now) {
				t.Errorf("%s: current without its entries", page.Name)
			}
			return now
		}
		g.feed.tick()
		g.feed.restart(page.Request.History, false)
		g.feed.tick()
		if looks < 3 {
			t.Errorf("%s: %d looks", page.Name, looks)
		}
		return
	}
	t.Error("there is no such page")
}
