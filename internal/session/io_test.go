package session

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// meddler counts what is asked of a store and gets in between.
type meddler struct {
	beforeView    func()
	losing        bool // every compare-and-set loses
	views, writes int
	transactions  int
}

// meddle puts m between the room and its store.
func (h *house) meddle(m *meddler) {
	h.options.Store = h.store.Around(m.around)
	h.Sessions = New(h.options)
}

func (m *meddler) around(_ context.Context, statement string, _ []any, do func() error) error {
	switch {
	case statement == "BEGIN":
		m.transactions++
	case strings.HasPrefix(statement, "SELECT {now}, sessions."):
		m.views++
		if m.beforeView != nil {
			m.beforeView()
		}
	case strings.HasPrefix(statement, "UPDATE sessions SET generation"):
		m.writes++
		if m.losing {
			return nil
		}
	}
	return do()
}

func TestARefreshCostsOneReadAndAtMostOneWrite(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := &meddler{}
	h.meddle(m)
	held := h.signIn(h.user())
	spent := held
	for _, test := range []struct {
		name   string
		do     func()
		writes int
	}{
		{"rotating", func() { held, _ = h.refresh(held.RefreshToken) }, 1},
		{"a young token, the first time", func() { _, _ = h.refresh(held.RefreshToken) }, 1},
		{"a young token, again", func() { _, _ = h.refresh(held.RefreshToken) }, 0},
		{"a retry", func() { _, _ = h.refresh(spent.RefreshToken) }, 0},
		{"superseded", func() { h.clock.advance(31 * s); _, _ = h.refresh(spent.RefreshToken) }, 0},
	} {
		m.views, m.writes, m.transactions = 0, 0, 0
		test.do()
		if m.views != 1 || m.writes != test.writes || m.transactions != 0 {
			t.Errorf("%s: got %d reads, %d writes, %d transactions; want 1, %d, 0",
				test.name, m.views, m.writes, m.transactions, test.writes)
		}
	}
}

func TestACallThatAlwaysLosesGivesUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := &meddler{losing: true}
	h.meddle(m)
	tokens := h.signIn(h.user())
	_, err := h.refresh(tokens.RefreshToken)
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Unavailable || f.RetryAfter == 0 {
		t.Errorf("got %v, want 503 with Retry-After", err)
	}
	if m.writes != 4 || m.views != 4 {
		t.Errorf("got %d tries, want 4", m.writes)
	}
}

// BenchmarkRefresh rotates one session's token over and over, as strict rotation
// lets it, on SQLite with synchronous=FULL, and signs with ES256.
func BenchmarkRefresh(b *testing.B) {
	h := newHouse(b, func(o *Options) { o.Grace = 0 })
	tokens := h.signIn(h.user())
	b.ResetTimer()
	for b.Loop() {
		var err error
		if tokens, err = h.Refresh(b.Context(), tokens.RefreshToken, "", audit.Origin{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "refresh/s")
}

// BenchmarkRefreshParallel rotates the tokens of many sessions at once.
func BenchmarkRefreshParallel(b *testing.B) {
	h := newHouse(b, func(o *Options) { o.Grace = 0 })
	u := h.user()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		tokens := h.signIn(u)
		for pb.Next() {
			var err error
			if tokens, err = h.Refresh(b.Context(), tokens.RefreshToken, "", audit.Origin{}); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "refresh/s")
}

// BenchmarkRefuse shows what garbage costs.
func BenchmarkRefuse(b *testing.B) {
	c := newCodec(newKeyring(b), store.DefaultRealm)
	raw, err := newCodec(newKeyring(b), store.DefaultRealm).write(
		"6ba7b810-9dad-41d1-80b4-00c04fd430c8", store.RefreshState{Nonce: newNonce()})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, ok := c.read(raw); ok {
			b.Fatal("accepted")
		}
	}
}
