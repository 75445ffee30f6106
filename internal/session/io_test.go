package session

import (
	"context"
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// meddler is a store that counts what is asked of it and gets in between.
type meddler struct {
	store.Store
	beforeView    func()
	losing        bool // every compare-and-set loses
	views, writes int
	transactions  int
}

// meddle puts m between the room and its store.
func (h *house) meddle(m *meddler) {
	m.Store = h.store
	h.options.Store = m
	h.Sessions = New(h.options)
}

func (m *meddler) Direct() *store.Tx {
	tx := *m.Store.Direct()
	tx.Sessions = meddlingSessions{tx.Sessions, m}
	return &tx
}

func (m *meddler) Tx(ctx context.Context, fn func(ctx context.Context, tx *store.Tx) error) error {
	m.transactions++
	return m.Store.Tx(ctx, fn)
}

type meddlingSessions struct {
	store.Sessions
	*meddler
}

func (s meddlingSessions) View(ctx context.Context, id string) (store.SessionView, error) {
	s.views++
	if s.beforeView != nil {
		s.beforeView()
	}
	return s.Sessions.View(ctx, id)
}

func (s meddlingSessions) Advance(ctx context.Context, a store.Advance) (bool, error) {
	s.writes++
	if s.losing {
		return false, nil
	}
	return s.Sessions.Advance(ctx, a)
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
		if tokens, err = h.Refresh(b.Context(), tokens.RefreshToken, audit.Origin{}); err != nil {
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
			if tokens, err = h.Refresh(b.Context(), tokens.RefreshToken, audit.Origin{}); err != nil {
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
