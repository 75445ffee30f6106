package login_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/audittest"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	good = "violet umbrella 27"
	ada  = "Ada@people.example"
)

// gate lets a test do something in the very moment between the verification of a
// password and the transaction that acts on it.
type gate struct {
	mu     sync.Mutex
	before func()
}

func (g *gate) around(_ context.Context, statement string, _ []any, do func() error) error {
	if statement != "BEGIN" {
		return do()
	}
	g.mu.Lock()
	before := g.before
	g.before = nil
	g.mu.Unlock()
	if before != nil {
		before()
	}
	return do()
}

// once makes do happen before the next transaction.
func (g *gate) once(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.before = do
}

// house is the rooms around a Logins, on a database of its own. Users and
// pending sign-ups are written straight into the store.
type house struct {
	*login.Logins
	gate     *gate
	store    *store.Store
	clock    *clock.Fake
	hasher   *password.Hasher
	sessions *session.Sessions
	trail    *audit.Trail
	accounts *account.Accounts
	factors  *mfa.Factors
	letters  *letters
	shut     func() error
}

// must is for what cannot fail but for the machine.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newHouse(t *testing.T, settings ...func(*login.Options)) *house {
	t.Helper()
	return newHouseOn(t, "sqlite://"+filepath.Join(t.TempDir(), "test.db"), settings...)
}

// newHouseOn is a house on the database given.
func newHouseOn(t *testing.T, url string, settings ...func(*login.Options)) *house {
	t.Helper()
	const issuer = "http://localhost:8080"
	h := &house{clock: clock.NewFake()}
	log := slog.New(slog.DiscardHandler)
	h.store = must(store.Open(t.Context(), store.Options{URL: url, Clock: h.clock, Patience: 20 * time.Second}))
	h.shut = sync.OnceValue(h.store.Close)
	t.Cleanup(func() { _ = h.shut() })
	h.gate = &gate{}
	behind := h.store.Around(h.gate.around)
	keyring := must(secret.ParseKeyring(secret.Encode(secret.Bytes(32))))
	ring := keys.New(keys.Options{Store: h.store, Keyring: keyring, Clock: h.clock, Log: log, AccessTokenTTL: 15 * time.Minute})
	if err := ring.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	revocations := token.NewRevocations(token.RevocationsOptions{
		Store: h.store, Feed: local.NewFeed(), Clock: h.clock, Log: log, AccessTokenTTL: 15 * time.Minute,
	})
	if err := revocations.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	postman := must(mail.NewPostman(mail.Options{
		Store: h.store, Keyring: keyring, Transport: mail.NewBox(h.clock, 10), Clock: h.clock, Log: log,
		PublicURL: issuer, Product: "Sallyport",
	}))
	h.trail = audit.New(h.clock)
	devices := ratelimit.NewDevices(keyring.MAC("known device"), h.clock)
	h.sessions = session.New(session.Options{
		Devices: devices,
		Store:   h.store, Keyring: keyring, Revocations: revocations, Trail: h.trail, Postman: postman, Clock: h.clock, Log: log,
		Issuer: token.NewIssuer(token.Options{Ring: ring, Issuer: issuer, Audience: issuer, TTL: 15 * time.Minute}),
		Tally:  &telemetry.Tally{}, Grace: 30 * time.Second, Recovery: 24 * time.Hour,
		TTL: 90 * 24 * time.Hour, IdleTTL: 30 * 24 * time.Hour, AccessTokenTTL: 15 * time.Minute,
	})
	h.hasher = must(password.New(password.Options{
		Algorithm: password.Argon2id, Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 2, Queue: 64, MinLength: 8, Product: "Sallyport",
	}))
	guesses := ratelimit.NewGuesses(h.store, keyring.MAC("guesses"), h.clock, ratelimit.GuessOptions{PasswordTries: 10, Window: 15 * time.Minute})
	codes := ratelimit.NewCodes(h.store, keyring.MAC("guesses"), h.clock, ratelimit.CodeOptions{Tries: 20, Window: 15 * time.Minute})
	links := link.New(link.Options{Trail: h.trail, Clock: h.clock, ResetPasswordTTL: time.Hour})
	h.accounts = account.New(account.Options{
		Codes: codes,
		Store: h.store, Hasher: h.hasher, Guesses: guesses, Postman: postman, Sessions: h.sessions, Trail: h.trail, Clock: h.clock,
		Links: links,
	})
	h.factors = mfa.New(mfa.Options{
		Store: behind, Keyring: keyring, Accounts: h.accounts, Sessions: h.sessions, Postman: postman, Trail: h.trail, Clock: h.clock, Issuer: "Sallyport",
		Codes: codes,
	})
	h.letters = &letters{Postman: postman, last: map[string]mail.Letter{}}
	o := login.Options{
		Links: magiclink.New(magiclink.Options{
			Store: behind, Addresses: keyring.MAC("magic link"), Postman: h.letters, Trail: h.trail, Clock: h.clock,
			Codes:  ratelimit.NewMailedCodes(h.store, keyring.MAC("guesses"), h.clock, ratelimit.CodeOptions{Tries: 20, Window: 24 * time.Hour}),
			ByLink: true, ByCode: true, TTL: 15 * time.Minute,
		}),
		Store: behind, Hasher: h.hasher, Sessions: h.sessions, Trail: h.trail, Clock: h.clock, Log: log,
		Guesses: guesses, Factors: h.factors, Codes: codes, Accounts: h.accounts,
		SignUps:   signup.New(signup.Options{Store: h.store, Accounts: h.accounts, Hasher: h.hasher, Guesses: guesses, Links: links, Postman: postman, Trail: h.trail, Clock: h.clock}),
		Deletions: deletion.New(deletion.Options{Store: h.store, Accounts: h.accounts, Sessions: h.sessions, Links: links, Postman: postman, Trail: h.trail, Clock: h.clock}),
		Devices:   devices, RequireVerifiedEmail: true,
	}
	for _, set := range settings {
		set(&o)
	}
	h.Logins = login.New(o)
	return h
}

// join makes a verified user with the password good, as change wants it.
func (h *house) join(t *testing.T, email string, change ...func(*store.User)) store.User {
	t.Helper()
	u := h.joinWithHash(t, email, must(h.hasher.Hash(t.Context(), good)), change...)
	return u
}

func (h *house) joinWithHash(t *testing.T, email, hash string, change ...func(*store.User)) store.User {
	t.Helper()
	canonical, _ := address.Canonical(email)
	now := h.clock.Now()
	u := store.User{
		ID: id.Random(), Email: email, EmailCanonical: canonical, EmailVerifiedAt: now, ClaimedAt: now, Metadata: "{}",
		Status: store.UserActive, Epoch: 1, CreatedAt: now, UpdatedAt: now,
	}
	for _, c := range change {
		c(&u)
	}
	h.tx(t, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Users.Insert(ctx, u); err != nil || hash == "" {
			return err
		}
		return tx.Credentials.Insert(ctx, store.Credential{
			ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: hash, CreatedAt: now, UpdatedAt: now,
		})
	})
	return u
}

// pend writes a pending sign-up.
func (h *house) pend(t *testing.T, email, plain string) {
	t.Helper()
	canonical, _ := address.Canonical(email)
	_, hash := secret.NewToken("spv_")
	now := h.clock.Now()
	h.tx(t, func(ctx context.Context, tx *store.Tx) error {
		return tx.Signups.Insert(ctx, store.PendingSignup{
			ID: id.Ordered(), Email: email, EmailCanonical: canonical, PasswordHash: must(h.hasher.Hash(ctx, plain)),
			TokenHash: hash, CreatedAt: now, ExpiresAt: now.Add(time.Hour),
		})
	})
}

func (h *house) tx(t *testing.T, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := h.store.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// newPassword does to a user what a reset does: a new hash, and the end of
// everything by raising the epoch.
func (h *house) newPassword(t *testing.T, u store.User, plain string) {
	t.Helper()
	fresh := must(h.hasher.Hash(t.Context(), plain))
	h.tx(t, func(ctx context.Context, tx *store.Tx) error {
		old, err := tx.Credentials.ByKind(ctx, u.ID, store.KindPassword)
		if err != nil {
			return err
		}
		if ok, err := tx.Credentials.Replace(ctx, u.ID, store.KindPassword, old.Secret, fresh, h.clock.Now()); err != nil || !ok {
			t.Errorf("replaced %v, %v", ok, err)
		}
		return h.sessions.EndAll(ctx, tx, u, "", store.ReasonPasswordReset, audit.Origin{})
	})
}

func (h *house) try(t *testing.T, email, plain string, device ...string) (login.SignedIn, error) {
	t.Helper()
	return h.WithPassword(t.Context(), login.Password{
		Email: email, Password: plain, KnownDevice: strings.Join(device, ""),
		Origin: audit.Origin{Address: "192.0.2.1", UserAgent: "Firefox", RequestID: "r-1"},
	})
}

// reasons lists why logins were refused, oldest first.
func (h *house) reasons(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, e := range h.events(t, audit.KindLoginFailed) {
		found = append([]string{e.Reason}, found...)
	}
	return found
}

func (h *house) events(t *testing.T, kind string) []store.AuditEvent {
	t.Helper()
	return audittest.List(t, h.store, kind)
}

func (h *house) stored(t *testing.T, u store.User) string {
	t.Helper()
	c, err := h.store.Direct().Credentials.ByKind(t.Context(), u.ID, store.KindPassword)
	if err != nil {
		t.Fatal(err)
	}
	return c.Secret
}

// TestWhatAPasswordProves is the table of the package comment.
func TestWhatAPasswordProves(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	status := func(s store.UserStatus) func(*store.User) { return func(u *store.User) { u.Status = s } }
	h.join(t, ada)
	h.join(t, "disabled@people.example", status(store.UserDisabled))
	h.join(t, "leaving@people.example", status(store.UserPendingDeletion))
	h.join(t, "unverified@people.example", func(u *store.User) { u.EmailVerifiedAt = time.Time{} })
	h.joinWithHash(t, "passwordless@people.example", "")
	h.pend(t, "pending@people.example", good)
	h.pend(t, ada, "planted by a stranger 5")
	h.pend(t, "twice@people.example", "the first password 1")
	h.clock.Advance(time.Second)
	h.pend(t, "twice@people.example", "the second password 2")
	tests := []struct {
		name, email, plain string
		want               error
	}{
		{"the password of an active account", ada, good, nil},
		{"the address in another spelling", "ADA@People.Example", good, nil},
		{"a wrong password", ada, "not the password", account.ErrWrongPassword},
		{"no password", ada, "", account.ErrWrongPassword},
		{"an unknown address", "nobody@people.example", good, account.ErrWrongPassword},
		{"the password of a sign-up that waits", "pending@people.example", good, login.ErrNotVerified},
		{"another password for that", "pending@people.example", "not the password", account.ErrWrongPassword},
		{"of a sign-up that waits beside an account", ada, "planted by a stranger 5", login.ErrNotVerified},
		{"of the newest of two that wait", "twice@people.example", "the second password 2", login.ErrNotVerified},
		{"of an account whose address is not verified", "unverified@people.example", good, login.ErrNotVerified},
		{"of a disabled account", "disabled@people.example", good, login.ErrDisabled},
		{"a wrong one for a disabled account", "disabled@people.example", "not the password", account.ErrWrongPassword},
		{"of an account about to be deleted", "leaving@people.example", good, login.ErrPendingDeletion},
		{"for an account that has none", "passwordless@people.example", good, account.ErrWrongPassword},
		{"none for an account that has none", "passwordless@people.example", "", account.ErrWrongPassword},
		{"one of 10,000 characters", ada, strings.Repeat("p", 10_000), account.ErrWrongPassword},
	}
	for _, test := range tests {
		in, err := h.try(t, test.email, test.plain)
		if !errors.Is(err, test.want) || test.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if (in.AccessToken != "") != (test.want == nil) || (in.KnownDevice != "") != (test.want == nil) {
			t.Errorf("%s: tokens or a cookie do not go with the answer", test.name)
		}
		if test.want == nil {
			continue
		}
		if got, f := h.reasons(t), test.want.(*fault.Error); got[len(got)-1] != f.Code { //nolint:forcetypeassert,errorlint // a table of faults
			t.Errorf("%s: the trail says %v", test.name, got[len(got)-1])
		}
	}
	if n := len(h.events(t, audit.KindSessionOpened)); n != 2 {
		t.Errorf("%d sessions were opened, want 2", n)
	}
}

func TestWhereVerificationIsNotRequired(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *login.Options) { o.RequireVerifiedEmail = false })
	h.join(t, ada, func(u *store.User) { u.EmailVerifiedAt = time.Time{} })
	if _, err := h.try(t, ada, good); err != nil {
		t.Error(err)
	}
}

// TestALoginCannotOutliveWhatHappensMeanwhile puts each change between the
// verification of the password and the opening of the session.
func TestALoginCannotOutliveWhatHappensMeanwhile(t *testing.T) {
	t.Parallel()
	endAll := func(t *testing.T, h *house, u store.User) {
		t.Helper()
		u = must(h.store.Direct().Users.ByID(t.Context(), u.ID))
		h.tx(t, func(ctx context.Context, tx *store.Tx) error {
			return h.sessions.EndAll(ctx, tx, u, "", store.ReasonLogout, audit.Origin{})
		})
	}
	addFactor := func(t *testing.T, h *house, u store.User) {
		t.Helper()
		row := store.TOTP{UserID: u.ID, ID: id.Random(), SecretSealed: "sealed", CreatedAt: h.clock.Now(), ExpiresAt: h.clock.Now().Add(time.Hour)}
		h.tx(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.TOTPs.Begin(ctx, row)
			if err == nil {
				_, err = tx.TOTPs.Confirm(ctx, u.ID, row.ID, 1, h.clock.Now())
			}
			return err
		})
	}
	for name, test := range map[string]struct {
		meanwhile func(t *testing.T, h *house, u store.User)
		each      bool // meanwhile happens during each try
		step      bool // the second factor is asked for
		want      *fault.Error
		reasons   []string
		counted   bool
	}{
		"a reset": {
			meanwhile: func(t *testing.T, h *house, u store.User) {
				t.Helper()
				h.newPassword(t, u, "a fresh start 81")
			},
			want: account.ErrWrongPassword, reasons: []string{account.ErrWrongPassword.Code}, counted: true,
		},
		"the first second factor":                  {meanwhile: addFactor, step: true},
		"the end of all sessions":                  {meanwhile: endAll},
		"the end of all sessions, during each try": {meanwhile: endAll, each: true, want: fault.ErrUnavailable},
		"the account is disabled": {
			meanwhile: func(t *testing.T, h *house, u store.User) {
				t.Helper()
				h.tx(t, func(ctx context.Context, tx *store.Tx) error {
					_, err := tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserDisabled, h.clock.Now())
					return err
				})
			},
			want: login.ErrDisabled, reasons: []string{login.ErrDisabled.Code},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.join(t, ada)
			var again func()
			again = func() {
				test.meanwhile(t, h, u)
				if test.each {
					h.gate.once(again)
				}
			}
			h.gate.once(again)
			in, err := h.try(t, ada, good)
			h.gate.once(nil)
			opened := 0
			if test.want == nil && !test.step {
				opened = 1
			}
			if (in.Step != nil) != test.step {
				t.Errorf("the second factor is asked for: %v, want %v", in.Step != nil, test.step)
			}
			if (test.want == nil) != (err == nil) || err != nil && !errors.Is(err, test.want) || (in.RefreshToken != "") != (opened == 1) {
				t.Errorf("got %v and a token %v, want %v", err, in.RefreshToken != "", test.want)
			}
			if n := len(h.events(t, audit.KindSessionOpened)); n != opened {
				t.Errorf("%d sessions were opened", n)
			}
			if got := h.reasons(t); !slices.Equal(got, test.reasons) {
				t.Errorf("the trail says %v", got)
			}
			for range 9 { // with a counted one these are ten
				_, _ = h.try(t, ada, "not it at all")
			}
			if _, err := h.try(t, ada, "nor this"); errors.Is(err, ratelimit.ErrLimited) != test.counted {
				t.Errorf("after nine wrong guesses more: %v, want it limited: %v", err, test.counted)
			}
		})
	}
}

// A right password is no wrong guess because somebody signs out everywhere: not
// one of the tries that race with it is refused as wrong.
func TestARightPasswordThatRacesSignOutEverywhere(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, racesSignOutEverywhere)
}

func racesSignOutEverywhere(t *testing.T, engine string) {
	t.Helper()
	h := newHouseOn(t, fleettest.Database(t, engine))
	u := h.join(t, ada)
	const racers = 32
	var wg sync.WaitGroup
	var mu sync.Mutex
	came := map[string]int{}
	for n := range racers {
		wg.Go(func() {
			if n%4 != 0 { // fewer sign in than may guess at a time
				err := store.Again(t.Context(), session.ErrEpochMoved, func(ctx context.Context) error {
					u := must(h.store.Direct().Users.ByID(ctx, u.ID))
					return h.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
						return h.sessions.EndAll(ctx, tx, u, "", store.ReasonLogoutAll, audit.Origin{})
					})
				})
				if err != nil {
					t.Error(err)
				}
				return
			}
			_, err := h.try(t, ada, good)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				came["in"]++
			case fault.KindOf(err) == fault.Unavailable:
				came["busy"]++
			default:
				t.Errorf("a right password is answered %v", err)
			}
		})
	}
	wg.Wait()
	if came["in"] == 0 {
		t.Errorf("nobody got in: %v", came)
	}
	for range 10 {
		if _, err := h.try(t, ada, "not it at all"); !errors.Is(err, account.ErrWrongPassword) {
			t.Fatalf("the race was counted as guesses: %v", err)
		}
	}
}

func TestALoginRenewsAHashOfAnOldSetting(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	old := string(must(bcrypt.GenerateFromPassword([]byte(good), bcrypt.MinCost)))
	u := h.joinWithHash(t, ada, old)
	if _, err := h.try(t, ada, "not the password"); !errors.Is(err, account.ErrWrongPassword) {
		t.Fatal(err)
	}
	if h.stored(t, u) != old {
		t.Error("a wrong password renewed the hash")
	}
	if _, err := h.try(t, ada, good); err != nil {
		t.Fatal(err)
	}
	renewed := h.stored(t, u)
	if !strings.HasPrefix(renewed, "$argon2id$") {
		t.Errorf("the hash is %.10s", renewed)
	}
	if _, err := h.try(t, ada, good); err != nil || h.stored(t, u) != renewed {
		t.Errorf("the renewed hash: %v, renewed again: %v", err, h.stored(t, u) != renewed)
	}
	// A reset that commits first is not undone by the renewal.
	other := h.joinWithHash(t, "bob@people.example", old)
	h.gate.once(func() { h.newPassword(t, other, "a fresh start 81") })
	if _, err := h.try(t, "bob@people.example", good); !errors.Is(err, account.ErrWrongPassword) {
		t.Errorf("a login that lost against a reset: %v", err)
	}
	if _, err := h.try(t, "bob@people.example", "a fresh start 81"); err != nil {
		t.Errorf("the password of the reset: %v", err)
	}
}

func TestGuessesAreCountedAlikeForEveryAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	h.pend(t, "pending@people.example", good)
	for _, email := range []string{ada, "pending@people.example", "nobody@people.example"} {
		for range 10 {
			if _, err := h.try(t, email, "a stranger's guess"); !errors.Is(err, account.ErrWrongPassword) {
				t.Fatalf("%s: %v", email, err)
			}
		}
		_, err := h.try(t, email, good)
		limited, ok := errors.AsType[*fault.Error](err)
		if !ok || limited.Kind != fault.Limited || limited.RetryAfter <= 0 || limited.RetryAfter > 15*time.Minute {
			t.Errorf("%s, the eleventh guess: %v", email, err)
		}
	}
	h.clock.Advance(15*time.Minute + time.Second)
	if _, err := h.try(t, ada, good); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

func TestRacingGuessesGetNoMoreThanTheLimit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	verdicts := make([]error, 40)
	var wg sync.WaitGroup
	for n := range verdicts {
		wg.Go(func() { _, verdicts[n] = h.try(t, ada, "a stranger's guess") })
	}
	wg.Wait()
	verified := 0
	for _, err := range verdicts {
		if errors.Is(err, account.ErrWrongPassword) {
			verified++
		} else if fault.KindOf(err) != fault.Limited {
			t.Error(err)
		}
	}
	if verified != 10 {
		t.Errorf("%d of 40 racing guesses were verified, want 10", verified)
	}
}

func TestAProvenPasswordIsNoGuess(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	h.join(t, "disabled@people.example", func(u *store.User) { u.Status = store.UserDisabled })
	h.pend(t, "pending@people.example", good)
	for range 12 {
		for email, want := range map[string]error{
			"disabled@people.example": login.ErrDisabled, "pending@people.example": login.ErrNotVerified,
		} {
			if _, err := h.try(t, email, good); !errors.Is(err, want) {
				t.Fatalf("%s: %v", email, err)
			}
		}
	}
	// A sign-in sets the counter to 0.
	for range 3 {
		for range 9 {
			_, _ = h.try(t, ada, "a typing error")
		}
		if _, err := h.try(t, ada, good); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAStrangersGuessesDoNotLockTheOwnerOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	h.join(t, "eve@people.example")
	own, err := h.try(t, ada, good)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := h.try(t, "eve@people.example", good)
	if err != nil {
		t.Fatal(err)
	}
	for range 11 {
		_, _ = h.try(t, ada, "a stranger's guess")
	}
	for name, cookie := range map[string]string{"no cookie": "", "garbage": "AAAA", "that of another account": foreign.KnownDevice} {
		if _, err := h.try(t, ada, good, cookie); fault.KindOf(err) != fault.Limited {
			t.Errorf("with %s: %v", name, err)
		}
	}
	if _, err := h.try(t, ada, good, own.KnownDevice); err != nil {
		t.Errorf("the owner's browser: %v", err)
	}
}

func TestNothingLearnedIsNoGuess(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 12 {
		_, err := h.WithPassword(gone, login.Password{Email: ada, Password: good})
		if err == nil || errors.Is(err, account.ErrWrongPassword) || fault.KindOf(err) == fault.Limited {
			t.Fatalf("a caller who left: %v", err)
		}
	}
	if _, err := h.try(t, ada, good); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if err := h.shut(); err != nil {
		t.Fatal(err)
	}
	if _, err := h.try(t, ada, good); err == nil || errors.Is(err, account.ErrWrongPassword) || fault.KindOf(err) == fault.Limited {
		t.Errorf("without a database: %v, want neither 401 nor 429", err)
	}
}

func TestWhatALoginRefusesToRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	for field, p := range map[string]login.Password{
		"email":       {Email: "ada", Password: good},
		"device_name": {Email: ada, Password: good, DeviceName: "phone\r\n"},
	} {
		_, err := h.WithPassword(t.Context(), p)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || !errors.Is(f, fault.ErrInvalidInput) || len(f.Fields) != 1 || f.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, name := range []string{strings.Repeat("n", 101), "\xff"} {
		if _, err := h.WithPassword(t.Context(), login.Password{Email: ada, Password: good, DeviceName: name}); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("a device called %.5q...: %v", name, err)
		}
	}
}

// TestTroubleAfterARightPasswordIsNoGuess lets the transaction fail that opens or
// renews a session.
func TestTroubleAfterARightPasswordIsNoGuess(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.join(t, ada)
	in := must(h.try(t, ada, good))
	again := login.Reauthentication{UserID: u.ID, SessionID: in.SessionID, Password: good}
	for range 11 {
		for _, call := range []func(context.Context) error{
			func(ctx context.Context) error {
				_, err := h.WithPassword(ctx, login.Password{Email: ada, Password: good})
				return err
			},
			func(ctx context.Context) error {
				_, err := h.Reauthenticate(ctx, again)
				return err
			},
		} {
			ctx, cancel := context.WithCancel(t.Context())
			h.gate.once(cancel)
			if err := call(ctx); err == nil || errors.Is(err, ratelimit.ErrLimited) {
				t.Fatalf("a call that was hung up on ends with %v", err)
			}
			cancel()
		}
	}
	if _, err := h.try(t, ada, good); err != nil {
		t.Errorf("the owner is answered %v", err)
	}
}
