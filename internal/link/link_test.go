package link_test

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// world is a Links on a database of its own, with one user.
type world struct {
	*link.Links

	store *store.Store
	clock *clock.Fake
	user  store.User
}

func newWorld(t *testing.T) *world {
	t.Helper()
	clk := clock.NewFake()
	db, err := store.Open(t.Context(), store.Options{URL: "sqlite:///" + filepath.Join(t.TempDir(), "links.db"), Clock: clk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	w := &world{
		store: db, clock: clk,
		Links: link.New(link.Options{Trail: audit.New(clk), Clock: clk, VerifyEmailTTL: 24 * time.Hour, ResetPasswordTTL: time.Hour}),
		user: store.User{
			ID: "ada", Email: "ada@example.com", EmailCanonical: "ada@example.com", Metadata: "{}", Status: store.UserActive, Epoch: 3,
			CreatedAt: clk.Now(), UpdatedAt: clk.Now(),
		},
	}
	if err := db.Direct().Users.Insert(t.Context(), w.user); err != nil {
		t.Fatal(err)
	}
	return w
}

// tx runs fn in a transaction that is committed.
func (w *world) tx(t *testing.T, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := w.store.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (w *world) mint(t *testing.T, purpose store.Purpose) (token string, row store.OneTimeToken) {
	t.Helper()
	w.tx(t, func(ctx context.Context, tx *store.Tx) (err error) {
		token, row, err = w.Mint(ctx, tx, purpose, w.user, "session")
		return err
	})
	return token, row
}

// spend presents a token and gives why it was refused.
func (w *world) spend(t *testing.T, purpose store.Purpose, token string, act func() string) (refused string) {
	t.Helper()
	w.tx(t, func(ctx context.Context, tx *store.Tx) (err error) {
		refused, err = w.Spend(ctx, tx, link.Spending{Purpose: purpose, Token: token}, func(context.Context, *store.Tx, store.OneTimeToken) (string, error) {
			return act(), nil
		})
		return err
	})
	return refused
}

func done() string { return "" }

// refusals are the reasons that the trail has for refused tokens of a purpose.
func (w *world) refusals(t *testing.T, purpose store.Purpose) (reasons []string) {
	t.Helper()
	list, err := w.store.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Kind == link.Of(purpose).Event && e.Outcome == string(audit.Failure) {
			reasons = append(reasons, e.Reason)
		}
	}
	return reasons
}

func TestEachPurposeHasAPrefixOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range []store.Purpose{
		store.PurposeVerifyEmail, store.PurposeResetPassword, store.PurposeDisown, store.PurposeConfirmEmail, store.PurposeUndoEmail,
		store.PurposeRestore, link.MagicLink,
	} {
		u := link.Of(p)
		if u.Prefix == "" || seen[u.Prefix] || u.Event == "" || (u.Path == "") != (len(u.Letters) == 0) {
			t.Errorf("%s: %+v", p, u)
		}
		seen[u.Prefix] = true
		for _, letter := range u.Letters {
			if in, ok := link.In(letter); !ok || in.Purpose != p {
				t.Errorf("letter %s brings %s, not %s", letter, in.Purpose, p)
			}
		}
	}
}

func TestATokenIsSpentOnceAndTheRefusalIsRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, row := w.mint(t, store.PurposeDisown)
	if !strings.HasPrefix(token, "spn_") || row.SessionID != "session" || row.UserEpoch != 3 || row.ExpiresAt.Sub(row.CreatedAt) != 7*24*time.Hour {
		t.Errorf("minted %q: %+v", token, row)
	}
	for n, want := range []string{"", audit.ReasonConsumed} {
		if got := w.spend(t, store.PurposeDisown, token, done); got != want {
			t.Errorf("presented %d times: refused as %q, want %q", n+1, got, want)
		}
	}
	if got := w.spend(t, store.PurposeResetPassword, token, done); got != audit.ReasonUnknown {
		t.Errorf("for another purpose: %q", got)
	}
	old, _ := w.mint(t, store.PurposeResetPassword)
	w.clock.Advance(time.Hour)
	if got := w.spend(t, store.PurposeResetPassword, old, done); got != audit.ReasonExpired {
		t.Errorf("an hour later: %q", got)
	}
	if got := w.refusals(t, store.PurposeDisown); len(got) != 1 || got[0] != audit.ReasonConsumed {
		t.Errorf("the trail has %q", got)
	}
}

func TestWhatMayNotBeSpentStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, _ := w.mint(t, store.PurposeUndoEmail)
	var refused string
	w.tx(t, func(ctx context.Context, tx *store.Tx) (err error) {
		refused, err = w.Spend(ctx, tx, link.Spending{
			Purpose: store.PurposeUndoEmail, Token: token,
			May: func(context.Context, *store.Tx, store.OneTimeToken) (string, error) { return audit.ReasonTaken, nil },
		}, func(context.Context, *store.Tx, store.OneTimeToken) (string, error) {
			t.Error("it was done all the same")
			return "", nil
		})
		return err
	})
	if refused != audit.ReasonTaken {
		t.Errorf("refused as %q", refused)
	}
	if got := w.spend(t, store.PurposeUndoEmail, token, func() string { return audit.ReasonNotActive }); got != audit.ReasonNotActive {
		t.Errorf("what it is for refused as %q", got)
	}
	if got := w.spend(t, store.PurposeUndoEmail, token, done); got != audit.ReasonConsumed {
		t.Errorf("a token whose act refused is %q", got)
	}
}

func TestOneOfManyRacersSpends(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, _ := w.mint(t, store.PurposeVerifyEmail)
	var won atomic.Int32
	var racers sync.WaitGroup
	for range 32 {
		racers.Go(func() {
			if w.spend(t, store.PurposeVerifyEmail, token, done) == "" {
				won.Add(1)
			}
		})
	}
	racers.Wait()
	if won.Load() != 1 || len(w.refusals(t, store.PurposeVerifyEmail)) != 31 {
		t.Errorf("%d of 32 spent it, %d refusals are recorded", won.Load(), len(w.refusals(t, store.PurposeVerifyEmail)))
	}
}

func TestARenewedTokenTakesThePlaceOfOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, row := w.mint(t, store.PurposeDisown)
	var again string
	renew := func() (renewed bool) {
		w.tx(t, func(ctx context.Context, tx *store.Tx) (err error) {
			var fresh store.OneTimeToken
			again, fresh, renewed, err = w.Renew(ctx, tx, row, w.user, nil)
			if renewed && fresh.SessionID != row.SessionID {
				t.Errorf("it is about session %q", fresh.SessionID)
			}
			return err
		})
		return renewed
	}
	if !renew() {
		t.Fatal("not renewed")
	}
	if got := w.spend(t, store.PurposeDisown, token, done); got != audit.ReasonSuperseded {
		t.Errorf("the old one is %q", got)
	}
	if got := w.spend(t, store.PurposeDisown, again, done); got != "" {
		t.Errorf("the new one is %q", got)
	}
	if renew() {
		t.Error("a superseded one was renewed")
	}
}
