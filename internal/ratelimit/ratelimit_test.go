package ratelimit_test

import (
	"bytes"
	"context"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func keyring(t *testing.T) *secret.Keyring {
	t.Helper()
	r, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func openStore(t *testing.T, dir string, clk clock.Clock) *store.Store {
	t.Helper()
	o := store.Options{URL: "sqlite:///" + filepath.Join(dir, "test.db"), Clock: clk}
	if _, _, err := store.Migrate(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func guessesOf(t *testing.T, st *store.Store, clk clock.Clock) *ratelimit.Guesses {
	t.Helper()
	return ratelimit.NewGuesses(st, keyring(t).MAC("guesses"), clk,
		ratelimit.GuessOptions{PasswordTries: 10, Window: 15 * time.Minute})
}

func newGuesses(t *testing.T, clk clock.Clock) (*ratelimit.Guesses, *store.Store) {
	t.Helper()
	st := openStore(t, t.TempDir(), clk)
	t.Cleanup(func() { _ = st.Close() })
	return guessesOf(t, st, clk), st
}

func TestTheEleventhGuessWaitsForTheEndOfTheWindow(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	g, _ := newGuesses(t, clk)
	for n := range 10 {
		if err := g.Take(t.Context(), "ada@people.example", ""); err != nil {
			t.Fatalf("guess %d: %v", n+1, err)
		}
	}
	err := g.Take(t.Context(), "ada@people.example", "")
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, ratelimit.ErrLimited) || f.RetryAfter <= 14*time.Minute || f.RetryAfter > 15*time.Minute {
		t.Fatalf("got %+v, want rate_limited for nearly 15 minutes", err)
	}
	if err := g.Take(t.Context(), "eve@people.example", ""); err != nil {
		t.Errorf("another account is limited, too: %v", err)
	}
	clk.Advance(f.RetryAfter + time.Second)
	if err := g.Take(t.Context(), "ada@people.example", ""); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

func TestRacersNeverGetMoreThanTheLimit(t *testing.T) {
	t.Parallel()
	g, _ := newGuesses(t, clock.System{})
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			switch err := g.Take(t.Context(), "ada@people.example", ""); {
			case err == nil:
				passed.Add(1)
			case !errors.Is(err, ratelimit.ErrLimited):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := passed.Load(); got != 10 {
		t.Errorf("%d of 64 guesses passed, want exactly 10", got)
	}
}

func TestTroubleWithTheDatabaseIsNeitherAPassNorARefusal(t *testing.T) {
	t.Parallel()
	st := openStore(t, t.TempDir(), clock.System{})
	g := guessesOf(t, st, clock.System{})
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"take":      g.Take(t.Context(), "ada@people.example", ""),
		"give back": g.GiveBack(t.Context(), "ada@people.example", ""),
	} {
		if !errors.Is(err, store.ErrUnavailable) || errors.Is(err, ratelimit.ErrLimited) {
			t.Errorf("%s: got %v, want the database to be unavailable", name, err)
		}
	}
}

func TestAnAddressWithoutAnAccountCountsAlikeAndIsNotKeptInClear(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	st := openStore(t, dir, clock.System{})
	g := guessesOf(t, st, clock.System{})
	for n := range 11 {
		err := g.Take(t.Context(), "nobody@people.example", "")
		if limited := errors.Is(err, ratelimit.ErrLimited); limited != (n == 10) {
			t.Errorf("guess %d: %v", n+1, err)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if text, err := os.ReadFile(name); err != nil || bytes.Contains(text, []byte("nobody@")) {
			t.Errorf("%s holds the address in clear, %v", name, err)
		}
	}
}

func TestRacersAtTheEndOfAWindowShareTheNextOne(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	g, _ := newGuesses(t, clk)
	for range 11 {
		_ = g.Take(t.Context(), "ada@people.example", "")
	}
	clk.Advance(15*time.Minute + time.Second)
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			if err := g.Take(t.Context(), "ada@people.example", ""); err == nil {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if got := passed.Load(); got != 10 {
		t.Errorf("%d of 64 guesses passed in the new window, want exactly 10", got)
	}
}

func TestAStolenCookieIsABudgetAndNothingMore(t *testing.T) {
	t.Parallel()
	g, _ := newGuesses(t, clock.System{})
	devices, ada, eve := ratelimit.NewDevices(keyring(t).MAC("devices"), clock.System{}), id.Random(), id.Random()
	stolen := devices.Issue(ada, 1, false)
	device := devices.Recognise(stolen, ada, 1)
	for range 10 {
		if err := g.Take(t.Context(), "ada@people.example", device); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Take(t.Context(), "ada@people.example", device); !errors.Is(err, ratelimit.ErrLimited) {
		t.Errorf("the eleventh guess with a stolen cookie: %v", err)
	}
	if err := g.Take(t.Context(), "ada@people.example", devices.Recognise(devices.Issue(ada, 1, false), ada, 1)); err != nil {
		t.Errorf("the owner's other browser is locked out: %v", err)
	}
	for range 10 {
		_ = g.Take(t.Context(), "eve@people.example", "")
	}
	if err := g.Take(t.Context(), "eve@people.example", devices.Recognise(stolen, eve, 1)); !errors.Is(err, ratelimit.ErrLimited) {
		t.Errorf("the cookie of one account opens a budget at another: %v", err)
	}
}

// Ten devices that were stolen, or that a thief made known while the password was
// theirs, use up ten budgets and nobody else's.
func TestNoNumberOfDevicesUsesUpAnother(t *testing.T) {
	t.Parallel()
	g, _ := newGuesses(t, clock.System{})
	devices, ada := ratelimit.NewDevices(keyring(t).MAC("devices"), clock.System{}), id.Random()
	const address = "ada@people.example"
	own := devices.Recognise(devices.Issue(ada, 1, false), ada, 1)
	for range 20 {
		stolen := devices.Recognise(devices.Issue(ada, 1, false), ada, 1)
		for n := range 11 {
			if err := g.Take(t.Context(), address, stolen); errors.Is(err, ratelimit.ErrLimited) != (n == 10) {
				t.Fatalf("guess %d of a device: %v", n+1, err)
			}
		}
	}
	if err := g.Take(t.Context(), address, own); err != nil {
		t.Errorf("the owner's device after 200 guesses of 20 others: %v", err)
	}
}

// A live session proves its password once more whatever strangers and devices
// have tried.
func TestASessionIsABudgetOfItsOwn(t *testing.T) {
	t.Parallel()
	g, _ := newGuesses(t, clock.System{})
	const address = "ada@people.example"
	mine, other := ratelimit.SessionBudget(id.Random()), ratelimit.SessionBudget(id.Random())
	for _, budget := range []string{"", other} {
		for range 11 {
			_ = g.Take(t.Context(), address, budget)
		}
	}
	for n := range 11 {
		if err := g.Take(t.Context(), address, mine); errors.Is(err, ratelimit.ErrLimited) != (n == 10) {
			t.Errorf("guess %d of the session: %v", n+1, err)
		}
	}
}

// A device is known to one user at one epoch, and for 400 days.
func TestADeviceIsForgotten(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	devices, ada := ratelimit.NewDevices(keyring(t).MAC("devices"), clk), id.Random()
	token := devices.Issue(ada, 7, false)
	for epoch, known := range map[int64]bool{6: false, 7: true, 8: false} {
		if got := devices.Recognise(token, ada, epoch) != ""; got != known {
			t.Errorf("at epoch %d: known %v, want %v", epoch, got, known)
		}
	}
	clk.Advance(400*24*time.Hour - time.Minute)
	if devices.Recognise(token, ada, 7) == "" {
		t.Error("forgotten before 400 days")
	}
	clk.Advance(2 * time.Minute)
	if devices.Recognise(token, ada, 7) != "" {
		t.Error("known after 400 days")
	}
}

func TestCookiesOutliveANewSecretKeyWhileTheOldOneReads(t *testing.T) {
	t.Parallel()
	old, fresh := secret.Encode(secret.Bytes(32)), secret.Encode(secret.Bytes(32))
	parse := func(list string) *ratelimit.Devices {
		ring, err := secret.ParseKeyring(list)
		if err != nil {
			t.Fatal(err)
		}
		return ratelimit.NewDevices(ring.MAC("devices"), clock.System{})
	}
	ada := id.Random()
	cookie := parse(old).Issue(ada, 1, false)
	if parse(fresh+","+old).Recognise(cookie, ada, 1) == "" {
		t.Error("rotation makes every browser a stranger")
	}
	if parse(fresh).Recognise(cookie, ada, 1) != "" {
		t.Error("a key that is gone still counts")
	}
}

func FuzzRecognise(f *testing.F) {
	ring, err := secret.ParseKeyring(secret.Encode(make([]byte, 32)))
	if err != nil {
		f.Fatal(err)
	}
	devices, ada := ratelimit.NewDevices(ring.MAC("devices"), clock.System{}), id.Random()
	valid := devices.Issue(ada, 1, false)
	f.Add(valid)
	f.Add("garbage")
	f.Fuzz(func(t *testing.T, cookie string) {
		if cookie != valid && devices.Recognise(cookie, ada, 1) != "" {
			t.Errorf("%q is recognised", cookie)
		}
	})
}

func TestStrangersUseUpTheirOwnBudgetOnly(t *testing.T) {
	t.Parallel()
	g, st := newGuesses(t, clock.System{})
	devices := ratelimit.NewDevices(keyring(t).MAC("devices"), clock.System{})
	owner := id.Random()
	device := devices.Recognise(devices.Issue(owner, 1, false), owner, 1)
	for range 12 {
		_ = g.Take(t.Context(), "ada@people.example", "")
	}
	if err := g.Take(t.Context(), "ada@people.example", device); err != nil {
		t.Errorf("the owner's own browser is locked out: %v", err)
	}
	if err := g.GiveBack(t.Context(), "ada@people.example", ""); err != nil {
		t.Fatal(err)
	}
	if err := g.Take(t.Context(), "ada@people.example", ""); err != nil {
		t.Errorf("a try that was given back is gone: %v", err)
	}
	err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return g.Clear(ctx, tx, "ada@people.example", "") })
	if err != nil {
		t.Fatal(err)
	}
	for n := range 10 {
		if err := g.Take(t.Context(), "ada@people.example", ""); err != nil {
			t.Errorf("guess %d after the counter was cleared: %v", n+1, err)
		}
	}
}

// A caller whose time ran out while it waited for a slot has not guessed, and
// must not find itself limited when the storm is over.
func TestATryIsGivenBackAlsoWhenTimeRanOut(t *testing.T) {
	t.Parallel()
	g, _ := newGuesses(t, clock.System{})
	late, cancel := context.WithCancel(t.Context())
	cancel()
	for n := range 12 {
		if err := g.Take(t.Context(), "ada@people.example", ""); err != nil {
			t.Fatalf("try %d: %v", n+1, err)
		}
		if err := g.GiveBack(late, "ada@people.example", ""); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAKnownDeviceCookieIsWorthNothingElsewhere(t *testing.T) {
	t.Parallel()
	ring := keyring(t)
	devices, ada, eve := ratelimit.NewDevices(ring.MAC("devices"), clock.System{}), id.Random(), id.Random()
	cookie := devices.Issue(ada, 1, false)
	if devices.Recognise(cookie, ada, 1) == "" {
		t.Fatal("the cookie is not recognised for its own user")
	}
	if other := devices.Issue(ada, 1, false); devices.Recognise(other, ada, 1) == devices.Recognise(cookie, ada, 1) {
		t.Error("two browsers share a budget")
	}
	forged := ratelimit.NewDevices(keyring(t).MAC("devices"), clock.System{}).Issue(ada, 1, false)
	for name, got := range map[string]string{
		"another user":   devices.Recognise(cookie, eve, 1),
		"no user":        devices.Recognise(cookie, "", 1),
		"no cookie":      devices.Recognise("", ada, 1),
		"forged":         devices.Recognise(forged, ada, 1),
		"cut short":      devices.Recognise(cookie[:40], ada, 1),
		"one bit off":    devices.Recognise(strings.Replace(cookie, cookie[20:21], string(cookie[20]^1), 1), ada, 1),
		"another secret": ratelimit.NewDevices(ring.MAC("other"), clock.System{}).Recognise(cookie, ada, 1),
		"garbage":        devices.Recognise("garbage", ada, 1),
	} {
		if got != "" {
			t.Errorf("%s: recognised as %s", name, got)
		}
	}
}

func TestLimitsPerClientAddress(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	limits := ratelimit.New(local.NewBuckets(clk, 0), ratelimit.Options{On: true, SignUpPerHour: 2, LoginPerMinute: 1})
	allow := func(flow ratelimit.Flow, address string) error { return limits.Allow(t.Context(), flow, address) }
	for range 2 {
		if err := allow(ratelimit.SignUp, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	err := allow(ratelimit.SignUp, "192.0.2.1")
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Limited || f.RetryAfter <= 0 {
		t.Fatalf("got %v, want rate_limited with a time to wait", err)
	}
	if err := errors.Join(allow(ratelimit.Login, "192.0.2.1"), allow(ratelimit.SignUp, "192.0.2.2")); err != nil {
		t.Errorf("another flow or address is limited, too: %v", err)
	}
	clk.Advance(f.RetryAfter)
	if err := allow(ratelimit.SignUp, "192.0.2.1"); err != nil {
		t.Errorf("after waiting as told: %v", err)
	}
	off := ratelimit.New(local.NewBuckets(clk, 0), ratelimit.Options{})
	for range 3 {
		if err := off.Allow(t.Context(), ratelimit.SignUp, "192.0.2.1"); err != nil {
			t.Errorf("limits that are off refuse: %v", err)
		}
	}
}

// brokenBuckets is a cluster whose buckets are gone.
type brokenBuckets struct{}

func (brokenBuckets) Take(context.Context, string, cluster.Rate) (bool, time.Duration, error) {
	return false, 0, errors.New("gone")
}

func (brokenBuckets) GiveBack(context.Context, string, cluster.Rate) error { return errors.New("gone") }

func TestLostBucketsRefuseNobody(t *testing.T) {
	t.Parallel()
	limits := ratelimit.New(brokenBuckets{}, ratelimit.Options{On: true, SignUpPerHour: 1})
	if err := limits.Allow(t.Context(), ratelimit.SignUp, "192.0.2.1"); err != nil {
		t.Error(err)
	}
}

func TestClientNamesANetworkOnIPv6(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"192.0.2.1":            "192.0.2.1",
		"::ffff:192.0.2.1":     "192.0.2.1",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1": "2001:db8:1:2::/64",
		"fe80::1%eth0":         "fe80::/64",
		"::1":                  "::/64",
		"2001:db8:1:3:3:4:5:6": "2001:db8:1:3::/64",
	} {
		if got := ratelimit.Client(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// Mailed codes and codes of second factors are counted apart, also under one
// name, and the last wrong one holds for a whole window.
func TestMailedCodesAreCountedApart(t *testing.T) {
	t.Parallel()
	clk := clock.NewFake()
	st := openStore(t, t.TempDir(), clk)
	t.Cleanup(func() { _ = st.Close() })
	mac, ctx := keyring(t).MAC("guesses"), t.Context()
	second := ratelimit.NewCodes(st, mac, clk, ratelimit.CodeOptions{Tries: 2, Window: 15 * time.Minute})
	mailed := ratelimit.NewMailedCodes(st, mac, clk, ratelimit.CodeOptions{Tries: 2, Window: 24 * time.Hour})
	for range 2 {
		if err := mailed.Take(ctx, "ada"); err != nil {
			t.Fatal(err)
		}
	}
	clk.Advance(23 * time.Hour)
	if err := st.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return mailed.Wrong(ctx, tx, "ada") }); err != nil {
		t.Fatal(err)
	}
	clk.Advance(2 * time.Hour)
	if err := mailed.Take(ctx, "ada"); !errors.Is(err, ratelimit.ErrTooManyCodes) {
		t.Errorf("two hours after the last wrong code: %v", err)
	}
	if err := errors.Join(second.Take(ctx, "ada"), mailed.Take(ctx, "bob")); err != nil {
		t.Errorf("others are limited as well: %v", err)
	}
	clk.Advance(23 * time.Hour)
	if err := mailed.Take(ctx, "ada"); err != nil {
		t.Errorf("a window after it: %v", err)
	}
}

// A token says what its session had proved, under its MAC.
func TestATokenSaysWhetherASecondFactorWasProved(t *testing.T) {
	t.Parallel()
	devices, ada := ratelimit.NewDevices(keyring(t).MAC("devices"), clock.System{}), id.Random()
	one, two := devices.Issue(ada, 1, false), devices.Issue(ada, 1, true)
	if devices.Recognise(one, ada, 1) == "" || devices.WithFactor(one, ada, 1) != "" {
		t.Error("a device that proved one factor is none, or counts as one that proved two")
	}
	if got := devices.WithFactor(two, ada, 1); got == "" || got != devices.Recognise(two, ada, 1) {
		t.Error("a device that proved two factors is another one for codes")
	}
	if devices.WithFactor(two, ada, 2) != "" {
		t.Error("it outlives the epoch")
	}
	raw, err := secret.Decode(strings.TrimPrefix(one, ratelimit.PrefixDevice))
	if err != nil {
		t.Fatal(err)
	}
	for version := range 256 {
		raw[0] = byte(version)
		if devices.WithFactor(ratelimit.PrefixDevice+secret.Encode(raw), ada, 1) != "" {
			t.Errorf("a token that was made to say %d counts", version)
		}
	}
}
