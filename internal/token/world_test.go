package token

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	testIssuer = "https://id.example"
	testTTL    = 15 * time.Minute
	patience   = 10 * time.Second
)

// world is one database and one instance on it.
type world struct {
	db      *store.Store
	store   *store.Store // what the instance sees of db
	faulty  *faulty      // stands between them
	clock   *clock.Fake
	feed    *local.Feed
	ring    *keys.Ring
	list    *Revocations
	issuer  *Issuer
	door    *Verifier
	keyring *secret.Keyring
	path    string          // of the database
	ctx     context.Context // of the whole test, where a step has no other
}

// newWorld opens a database and starts an instance on it whose list is not
// running: tests that want it to follow call run.
func newWorld(tb testing.TB, change ...func(*RevocationsOptions)) *world {
	tb.Helper()
	w := &world{clock: clock.NewFake(), feed: local.NewFeed(), path: filepath.Join(tb.TempDir(), "s.db")}
	var err error
	w.db, err = store.Open(tb.Context(), store.Options{URL: "sqlite://" + w.path, Clock: w.clock})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := w.db.Close(); err != nil {
			tb.Error(err)
		}
	})
	w.faulty = &faulty{}
	w.store = w.db.Around(w.faulty.around)
	w.keyring, err = secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		tb.Fatal(err)
	}
	w.useKeys(tb, keys.ES256)
	w.list = w.newList(tb, change...)
	w.db.AfterCommit(w.list.Committed)
	w.door = w.newDoor(0)
	return w
}

// useKeys starts the ring with an algorithm.
func (w *world) useKeys(tb testing.TB, algorithm string, change ...func(*keys.Options)) {
	tb.Helper()
	o := keys.Options{
		Store: w.db, Keyring: w.keyring, Clock: w.clock, Log: slog.New(slog.DiscardHandler),
		Algorithm: algorithm, AccessTokenTTL: testTTL,
	}
	if algorithm == keys.HS256 {
		o.HMACKey = secret.Bytes(32)
	}
	for _, c := range change {
		c(&o)
	}
	w.ring = keys.New(o)
	if err := w.ring.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	w.issuer = NewIssuer(Options{Ring: w.ring, Issuer: testIssuer, Audience: testIssuer, TTL: testTTL})
}

func (w *world) newDoor(cacheSize int) *Verifier {
	return NewVerifier(VerifierOptions{
		Ring: w.ring, Revocations: w.list, Clock: w.clock,
		Issuer: testIssuer, Audience: testIssuer, CacheSize: cacheSize,
	})
}

// newList starts another list on the same database.
func (w *world) newList(tb testing.TB, change ...func(*RevocationsOptions)) *Revocations {
	tb.Helper()
	o := RevocationsOptions{
		Store: w.store, Feed: w.feed, Clock: w.clock, Log: slog.New(slog.DiscardHandler),
		AccessTokenTTL: testTTL, Poll: 10 * time.Millisecond,
	}
	for _, c := range change {
		c(&o)
	}
	l := NewRevocations(o)
	if err := l.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return l
}

// run lets a list follow until the test ends.
func run(tb testing.TB, l *Revocations) {
	tb.Helper()
	ctx, cancel := context.WithCancel(tb.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := l.Run(ctx); err != nil {
			tb.Errorf("Run: %v", err)
		}
	}()
	tb.Cleanup(func() { cancel(); <-done })
}

// person is a user with a session in the database.
type person struct {
	user    store.User
	session store.Session
}

func (w *world) person(tb testing.TB) person {
	tb.Helper()
	now := w.clock.Now()
	name := id.Random()
	p := person{user: store.User{
		ID: name, Email: name + "@example.org", EmailCanonical: name + "@example.org", EmailVerifiedAt: now,
		Metadata: "{}", Roles: []string{"user"}, Status: store.UserActive, Epoch: 3, CreatedAt: now, UpdatedAt: now,
	}}
	p.session = store.Session{
		ID: id.Random(), UserID: p.user.ID, UserEpoch: p.user.Epoch, ClientID: "sallyport", Audience: testIssuer,
		AMR: []string{"pwd"}, AuthTime: now, ExpiresAt: now.Add(time.Hour), IdleExpiresAt: now.Add(time.Hour),
		CreatedAt: now, LastSeenAt: now,
		RefreshState: store.RefreshState{Nonce: secret.Encode(secret.Bytes(16)), Parent: store.NoParent, RotatedAt: now},
	}
	err := w.db.Tx(tb.Context(), func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.Users.Insert(ctx, p.user), tx.Sessions.Insert(ctx, p.session))
	})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func (w *world) grant(p person) Grant {
	now := w.clock.Now()
	return Grant{
		UserID: p.user.ID, SessionID: p.session.ID, ClientID: "sallyport", AMR: []string{"pwd"},
		Roles: []string{"admin", "user"}, UserEpoch: p.user.Epoch, AuthTime: now, ReadAt: now,
		SessionEndsAt: p.session.ExpiresAt,
	}
}

func (w *world) issue(tb testing.TB, p person) (string, Claims) {
	tb.Helper()
	raw, c, err := w.issuer.Issue(w.grant(p))
	if err != nil {
		tb.Fatal(err)
	}
	return raw, c
}

// claimsFor are the claims of a token that nobody has to sign.
func claimsFor(p person) Claims {
	return Claims{ID: id.Random(), SessionID: p.session.ID, Subject: p.user.ID, UserEpoch: p.user.Epoch}
}

// revoke commits revocations the way a room does, and gives their numbers.
func (w *world) revoke(tb testing.TB, rs ...*store.Revocation) []int64 {
	tb.Helper()
	err := w.db.Tx(tb.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, r := range rs {
			if err := tx.Revocations.Append(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	var numbers []int64
	for _, r := range rs {
		numbers = append(numbers, r.Number)
	}
	return numbers
}

// head reads the feed's row.
func (w *world) head(tb testing.TB) store.FeedHead {
	tb.Helper()
	head, err := w.db.Direct().Feed.Head(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return head
}

func (w *world) session(p person) *store.Revocation {
	return w.list.New(store.RevokedSession, p.session.ID, 0, w.clock.Now())
}

// faulty is what stands before the database of an instance: the revocation list can
// be made to fail or hang, and its reads are counted.
type faulty struct {
	down   atomic.Bool
	hang   atomic.Bool
	heads  atomic.Int64 // reads of the feed's row
	onPage func()       // called before a page of rows is read
	asked  atomic.Int64 // checks that SQL answered
}

// What is asked of the revocation list.
const (
	readsHead   = "SELECT history_id, number, mark"
	readsPage   = "SELECT head.history_id"
	readsAccess = "SELECT (SELECT COUNT(*) FROM revocations"
)

func (f *faulty) around(ctx context.Context, statement string, _ []any, do func() error) error {
	page := strings.HasPrefix(statement, readsPage)
	switch {
	case strings.HasPrefix(statement, readsHead):
		f.heads.Add(1)
	case strings.HasPrefix(statement, readsAccess):
		f.asked.Add(1)
	case !page:
		return do()
	}
	if f.hang.Load() {
		<-ctx.Done()
		return ctx.Err()
	}
	if f.down.Load() {
		return store.ErrUnavailable
	}
	if page && f.onPage != nil {
		f.onPage()
	}
	return do()
}

// feedBecomes changes the feed's row behind everybody's back.
func (w *world) feedBecomes(tb testing.TB, set string) {
	tb.Helper()
	if _, err := w.console(tb).ExecContext(tb.Context(), "UPDATE feed SET "+set); err != nil {
		tb.Fatal(err)
	}
}
