package session

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// still is a clock that stands until a test moves it, so that the ages in a
// table are exact. The database shares it.
type still struct {
	mu sync.Mutex
	t  time.Time
}

func newStill() *still { return &still{t: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (s *still) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.t
}

func (s *still) Database(time.Time) time.Time { return s.Now() }

func (s *still) advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.t = s.t.Add(d)
}

func (s *still) set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.t = t
}

// house is the rooms around a Sessions, on a database of its own.
type house struct {
	*Sessions
	tb          testing.TB
	store       *store.Store
	clock       *still
	options     Options
	verifier    *token.Verifier
	revocations *token.Revocations
	tally       *telemetry.Tally
	shut        func() error
}

const testTTL = 15 * time.Minute

func newKeyring(tb testing.TB) *secret.Keyring {
	tb.Helper()
	ring, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		tb.Fatal(err)
	}
	return ring
}

func newHouse(tb testing.TB, settings ...func(*Options)) *house {
	tb.Helper()
	return newHouseOn(tb, "sqlite://"+filepath.Join(tb.TempDir(), "s.db"), settings...)
}

// newHouseOn is a house on the database given.
func newHouseOn(tb testing.TB, url string, settings ...func(*Options)) *house {
	tb.Helper()
	ctx := context.Background()
	clk := newStill()
	st, err := store.Open(ctx, store.Options{URL: url, Clock: clk, Patience: 20 * time.Second})
	if err != nil {
		tb.Fatal(err)
	}
	closeOnce := sync.OnceValue(st.Close)
	tb.Cleanup(func() { _ = closeOnce() })
	log := slog.New(slog.DiscardHandler)
	keyring := newKeyring(tb)
	ring := keys.New(keys.Options{Store: st, Keyring: keyring, Clock: clk, Log: log, AccessTokenTTL: testTTL})
	if err := ring.Start(ctx); err != nil {
		tb.Fatal(err)
	}
	revocations := token.NewRevocations(token.RevocationsOptions{
		Store: st, Feed: local.NewFeed(), Clock: clk, Log: log, AccessTokenTTL: testTTL,
	})
	if err := revocations.Start(ctx); err != nil {
		tb.Fatal(err)
	}
	st.AfterCommit(revocations.Committed)
	postman, err := mail.NewPostman(mail.Options{
		Store: st, Keyring: keyring, Transport: mail.NewBox(clk, 10), Clock: clk, Log: log,
		PublicURL: "http://localhost:8080", Product: "Sallyport",
	})
	if err != nil {
		tb.Fatal(err)
	}
	const issuer = "http://localhost:8080"
	h := &house{tb: tb, store: st, clock: clk, revocations: revocations, tally: &telemetry.Tally{}, shut: closeOnce}
	h.options = Options{
		Store: st, Keyring: keyring, Revocations: revocations, Trail: audit.New(clk), Postman: postman,
		Issuer: token.NewIssuer(token.Options{Ring: ring, Issuer: issuer, Audience: issuer, TTL: testTTL}),
		Clock:  clk, Log: log, Tally: h.tally,
		Grace: 30 * time.Second, Recovery: 24 * time.Hour, TTL: 90 * 24 * time.Hour, IdleTTL: 30 * 24 * time.Hour,
		AccessTokenTTL: testTTL,
	}
	for _, set := range settings {
		set(&h.options)
	}
	h.Sessions = New(h.options)
	h.verifier = token.NewVerifier(token.VerifierOptions{
		Ring: ring, Issuer: issuer, Audience: issuer, Clock: clk, Revocations: revocations,
	})
	return h
}

// user makes somebody who may sign in.
func (h *house) user() store.User {
	h.tb.Helper()
	now := h.clock.Now()
	name := id.Random()
	u := store.User{
		ID: id.Random(), Email: name + "@Example.org", EmailCanonical: name + "@example.org", Name: "Ann",
		EmailVerifiedAt: now, Metadata: "{}", Status: store.UserActive, CreatedAt: now, UpdatedAt: now,
	}
	h.tx(func(ctx context.Context, tx *store.Tx) error { return tx.Users.Insert(ctx, u) })
	return h.reread(u)
}

func (h *house) reread(u store.User) store.User {
	h.tb.Helper()
	u, err := h.store.Direct().Users.ByID(context.Background(), u.ID)
	if err != nil {
		h.tb.Fatal(err)
	}
	return u
}

func (h *house) tx(fn func(context.Context, *store.Tx) error) {
	h.tb.Helper()
	if err := h.store.Tx(context.Background(), fn); err != nil {
		h.tb.Fatal(err)
	}
}

// signIn opens a session.
func (h *house) signIn(u store.User) Tokens {
	h.tb.Helper()
	tokens, opened, err := h.trySignIn(u)
	if err != nil || !opened {
		h.tb.Fatalf("open session: opened %v, error %v", opened, err)
	}
	return tokens
}

func (h *house) trySignIn(u store.User) (tokens Tokens, opened bool, err error) {
	readAt := h.clock.Now()
	var sess store.Session
	err = h.store.Tx(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		sess, opened, err = h.Open(ctx, tx, NewSession{
			User: u, AMR: []string{"pwd"}, DeviceName: "Laptop", ReadAt: readAt,
			Origin: audit.Origin{Address: "192.0.2.1", UserAgent: "Firefox", RequestID: "r-1"},
		})
		return err
	})
	if err != nil || !opened {
		return Tokens{}, opened, err
	}
	tokens, err = h.Issue(sess, u, nil, readAt)
	return tokens, true, err
}

func (h *house) refresh(raw string) (Tokens, error) {
	return h.Refresh(context.Background(), raw, "", audit.Origin{Address: "192.0.2.9", UserAgent: "Chrome"})
}

func (h *house) view(sessionID string) store.SessionView {
	h.tb.Helper()
	v, err := h.store.Direct().Sessions.View(context.Background(), sessionID)
	if err != nil {
		h.tb.Fatal(err)
	}
	return v
}

// events lists what the trail holds of a kind, newest first.
func (h *house) events(kind string) []store.AuditEvent {
	h.tb.Helper()
	list, err := h.store.Direct().Audit.List(context.Background(), store.AuditFilter{Kind: kind}, store.Page{Limit: 100})
	if err != nil {
		h.tb.Fatal(err)
	}
	return list
}

// mails counts the letters that wait to be sent.
func (h *house) mails() int {
	h.tb.Helper()
	list, err := h.store.Direct().Jobs.List(context.Background(), store.JobReady, store.Page{Limit: 100})
	if err != nil {
		h.tb.Fatal(err)
	}
	return len(list)
}

// accepts reports whether an access token is let through.
func (h *house) accepts(access string) bool {
	h.tb.Helper()
	_, err := h.verifier.Verify(context.Background(), access)
	return err == nil
}
