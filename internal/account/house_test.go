package account_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/audittest"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/sqlstore"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	publicURL = "http://localhost:8080"
	good      = "violet umbrella 27"
	ada       = "Ada@people.example"
)

// gate lets a test do something in the very moment between what a room has read
// and the transaction that acts on it, and counts what transactions write.
type gate struct {
	mu      sync.Mutex
	before  func()
	read    func()
	written atomic.Int64 // tokens, events and jobs
}

// passed is what to do now, once.
func (g *gate) passed(what *func()) {
	g.mu.Lock()
	do := *what
	*what = nil
	g.mu.Unlock()
	if do != nil {
		do()
	}
}

var rows = regexp.MustCompile("^INSERT INTO (pending_signups|one_time_tokens|audit_events|jobs) ")

func (g *gate) around(_ context.Context, statement string, _ []any, do func() error) error {
	if statement == "BEGIN" {
		g.passed(&g.before)
	}
	if rows.MatchString(statement) {
		g.written.Add(1)
	}
	err := do()
	if strings.HasSuffix(statement, "FROM users WHERE realm_id = ? AND email_canonical = ?") {
		g.passed(&g.read)
	}
	return err
}

// onceRead makes do happen after the next look at an address, before the
// transaction goes on.
func (g *gate) onceRead(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.read = do
}

// once makes do happen before the next transaction.
func (g *gate) once(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.before = do
}

// house is the rooms around an Accounts, on a database of its own, with a pool
// that delivers mail to a box.
type house struct {
	*account.Accounts
	gate     *gate
	store    *sqlstore.DB
	clock    *clock.Fake
	box      *mail.Box
	logins   *login.Logins
	sessions *session.Sessions
	verifier *token.Verifier
	records  *personal.Records
	factors  *mfa.Factors
	url      string
	options  account.Options
	shut     func() error
}

// must is for what cannot fail but for the machine.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newHouse(t *testing.T, settings ...func(*account.Options)) *house {
	t.Helper()
	return newHouseOn(t, "sqlite://"+filepath.Join(t.TempDir(), "test.db"), settings...)
}

// newHouseOn is a house on the database given.
func newHouseOn(t *testing.T, url string, settings ...func(*account.Options)) *house {
	t.Helper()
	h := &house{clock: clock.NewFake(), url: url}
	log := slog.New(slog.DiscardHandler)
	h.store = must(sqlstore.Open(t.Context(), sqlstore.Options{
		URL: url, Clock: h.clock, Patience: 20 * time.Second,
	}))
	h.shut = sync.OnceValue(h.store.Close)
	t.Cleanup(func() { _ = h.shut() })
	h.gate = &gate{}
	keyring := must(secret.ParseKeyring(secret.Encode(secret.Bytes(32))))
	ring := keys.New(keys.Options{Store: h.store, Keyring: keyring, Clock: h.clock, Log: log, AccessTokenTTL: 15 * time.Minute})
	revocations := token.NewRevocations(token.RevocationsOptions{
		Store: h.store, Feed: local.NewFeed(), Clock: h.clock, Log: log, AccessTokenTTL: 15 * time.Minute,
	})
	pool := jobs.New(jobs.Options{Store: h.store, Keyring: keyring, Handout: local.NewHandout(), Clock: h.clock, Log: log})
	h.store.AfterCommit(revocations.Committed)
	h.store.AfterCommit(pool.Committed)
	h.box = mail.NewBox(h.clock, 100)
	postman := must(mail.NewPostman(mail.Options{
		Store: h.store, Keyring: keyring, Transport: h.box, Clock: h.clock, Log: log, PublicURL: publicURL, Product: "Sallyport",
		RecipientLimit: 5,
	}))
	kind, send := postman.Handler()
	pool.Handle(kind, send)
	trail := audit.New(h.clock)
	h.sessions = session.New(session.Options{
		Store: h.store, Keyring: keyring, Revocations: revocations, Trail: trail, Postman: postman, Clock: h.clock, Log: log,
		Issuer: token.NewIssuer(token.Options{Ring: ring, Issuer: publicURL, Audience: publicURL, TTL: 15 * time.Minute}),
		Tally:  &telemetry.Tally{}, Grace: 30 * time.Second, Recovery: 24 * time.Hour,
		TTL: 90 * 24 * time.Hour, IdleTTL: 30 * 24 * time.Hour, AccessTokenTTL: 15 * time.Minute,
	})
	h.verifier = token.NewVerifier(token.VerifierOptions{
		Ring: ring, Revocations: revocations, Clock: h.clock, Issuer: publicURL, Audience: publicURL,
	})
	h.options = account.Options{
		Store: h.store.Around(h.gate.around), Postman: postman, Sessions: h.sessions, Trail: trail, Clock: h.clock, Log: log,
		Hasher: must(password.New(password.Options{
			Algorithm: password.Argon2id, Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 2, Queue: 64, MinLength: 8, Product: "Sallyport",
		})),
		Guesses: ratelimit.NewGuesses(h.store, keyring.MAC("guesses"), h.clock,
			ratelimit.GuessOptions{PasswordTries: 10, Window: 15 * time.Minute}),
		Codes:      ratelimit.NewCodes(h.store, keyring.MAC("guesses"), h.clock, ratelimit.CodeOptions{Tries: 20, Window: 15 * time.Minute}),
		SignUpOpen: true, RequireVerifiedEmail: true, VerifyEmailTTL: 24 * time.Hour, ResetPasswordTTL: time.Hour,
		DeletionCooling: 168 * time.Hour,
	}
	h.records = personal.New(personal.Options{Store: h.store, Sessions: h.sessions, Postman: postman, Trail: trail, Clock: h.clock, Log: log})
	h.options.Records = h.records
	for _, set := range settings {
		set(&h.options)
	}
	h.Accounts = account.New(h.options)
	h.factors = mfa.New(mfa.Options{
		Store: h.store, Keyring: keyring, Accounts: h.Accounts, Sessions: h.sessions, Postman: postman, Trail: trail, Clock: h.clock, Issuer: "Sallyport",
		Codes: h.options.Codes,
	})
	h.logins = login.New(login.Options{
		Store: h.store, Hasher: h.options.Hasher, Guesses: h.options.Guesses, Devices: ratelimit.NewDevices(keyring.MAC("known device"), h.clock),
		Factors: h.factors, Sessions: h.sessions, Trail: trail, Clock: h.clock, Log: log, RequireVerifiedEmail: h.options.RequireVerifiedEmail,
	})
	for _, start := range []func(context.Context) error{ring.Start, revocations.Start} {
		if err := start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for _, run := range []func(context.Context) error{pool.Run, revocations.Run} {
		wg.Go(func() { _ = run(t.Context()) })
	}
	t.Cleanup(wg.Wait)
	return h
}

// unverified is the setting that makes accounts at sign-up.
func unverified(o *account.Options) { o.RequireVerifiedEmail = false }

func origin() audit.Origin {
	return audit.Origin{Address: "192.0.2.1", UserAgent: "Firefox", RequestID: "r-1"}
}

// signUp signs up and expects no error.
func (h *house) signUp(t *testing.T, email, password string) {
	t.Helper()
	if _, err := h.SignUp(t.Context(), account.SignUp{Email: email, Password: password, Name: "Ada", Origin: origin()}); err != nil {
		t.Fatal(err)
	}
}

// verify uses a verification link alone.
func (h *house) verify(t *testing.T, token string) (store.User, error) {
	t.Helper()
	return h.VerifyEmail(t.Context(), account.Verification{Token: token, Alone: true, Origin: origin()})
}

// verifiable looks at a verification link.
func (h *house) verifiable(t *testing.T, token string) (usable bool, address string, err error) {
	t.Helper()
	v, err := h.Verifiable(t.Context(), token, "")
	return v.Usable, v.Email, err
}

// confirm confirms a change of address with the account's password.
func (h *house) confirm(t *testing.T, token string) (store.User, error) {
	t.Helper()
	return h.ConfirmEmail(t.Context(), account.EmailConfirmation{Token: token, Password: good, Origin: origin()})
}

// join makes a verified user.
func (h *house) join(t *testing.T, email string) store.User {
	t.Helper()
	u, err := h.Create(t.Context(), account.Create{Email: email, Password: good, Name: "Ada", Verified: true, Origin: origin()})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// mails waits for n mails to an address and gives them, oldest first.
func (h *house) mails(t *testing.T, to string, n int) []mail.Captured {
	t.Helper()
	return awaited(t, fmt.Sprintf("%d mails to %s", n, to), func() ([]mail.Captured, bool) {
		got := h.box.List(to)
		slices.Reverse(got) // oldest first
		return got, len(got) >= n
	})
}

// awaited waits until look finds what is on its way.
func awaited[T any](t *testing.T, what string, look func() (T, bool)) T {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		got, there := look()
		if there {
			return got
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s; there is %v", what, got)
		}
	}
}

// link waits for the nth mail to an address (from 1) and gives the token of its
// link.
func (h *house) link(t *testing.T, to string, n int) string {
	t.Helper()
	m := h.mails(t, to, n)[n-1]
	token := tokenIn(m, "?token=")
	if token == "" {
		t.Fatalf("the mail %q has no link with a token", m.Subject)
	}
	return token
}

// tokenIn gives what stands behind before in a mail's link.
func tokenIn(m mail.Captured, before string) string {
	for _, l := range m.Links {
		if _, value, ok := strings.Cut(l, before); ok {
			return value
		}
	}
	return ""
}

// resetLink asks for a reset, waits for its link, whatever else is on its way,
// and gives its token.
func (h *house) resetLink(t *testing.T, to string) string {
	t.Helper()
	tokens := func() (all []string) {
		for _, m := range h.box.List(to) {
			if token := tokenIn(m, "reset-password?token="); token != "" {
				all = append(all, token)
			}
		}
		return all
	}
	before := tokens()
	if err := h.RequestReset(t.Context(), to, origin()); err != nil {
		t.Fatal(err)
	}
	return awaited(t, "a reset link for "+to, func() (string, bool) {
		for _, token := range tokens() {
			if !slices.Contains(before, token) {
				return token, true
			}
		}
		return "", false
	})
}

// signIn gives the tokens of a login, or its error.
func (h *house) signIn(t *testing.T, email, plain string) (session.Tokens, error) {
	t.Helper()
	in, err := h.logins.WithPassword(t.Context(), login.Password{Email: email, Password: plain, Origin: origin()})
	return in.Tokens, err
}

// asker opens a session of a user, and is who asks from there.
func asker(t *testing.T, a *account.Accounts, u store.User) session.Asker {
	t.Helper()
	var opened store.Session
	err := a.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
			return err
		}
		opened, _, err = a.Sessions.Open(ctx, tx, session.NewSession{User: u, AMR: []string{session.AMRPassword}, ReadAt: a.Clock.Now(), KnownDevice: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return session.Asker{UserID: u.ID, SessionID: opened.ID, Origin: origin()}
}

// works reports whether a password signs in.
func (h *house) works(t *testing.T, email, plain string) bool {
	t.Helper()
	_, err := h.signIn(t, email, plain)
	if err != nil && !errors.Is(err, account.ErrWrongPassword) && !errors.Is(err, login.ErrNotVerified) {
		t.Fatal(err)
	}
	return err == nil
}

// alive reports whether an access token is let through.
func (h *house) alive(t *testing.T, tokens session.Tokens) bool {
	t.Helper()
	_, err := h.verifier.Verify(t.Context(), tokens.AccessToken)
	return err == nil
}

// user reads a user by address.
func (h *house) user(t *testing.T, email string) store.User {
	t.Helper()
	canonical, _ := address.Canonical(email)
	u, err := h.store.Direct().Users.ByEmail(t.Context(), canonical)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// reasons lists why actions of a kind were refused, oldest first.
func (h *house) reasons(t *testing.T, kind string) []string {
	t.Helper()
	list := audittest.List(t, h.store, kind)
	var found []string
	for n := range list {
		if e := list[len(list)-1-n]; e.Outcome == audit.Failure {
			found = append(found, e.Reason)
		}
	}
	return found
}

// count counts the events of a kind that ended well.
func (h *house) count(t *testing.T, kind string) int {
	t.Helper()
	list := audittest.List(t, h.store, kind)
	n := 0
	for _, e := range list {
		if e.Outcome == audit.Success {
			n++
		}
	}
	return n
}

// at runs calls at the same time and gives their errors in order.
func at(calls ...func() error) []error {
	errs := make([]error, len(calls))
	var wg sync.WaitGroup
	gun := make(chan struct{})
	for n, call := range calls {
		wg.Go(func() {
			<-gun
			errs[n] = call()
		})
	}
	close(gun)
	wg.Wait()
	return errs
}

// winner gives the index of the one call that succeeded; every other must have
// got one of the refusals.
func winner(t *testing.T, errs []error, refusals ...error) int {
	t.Helper()
	won, n := 0, -1
	for i, err := range errs {
		if err == nil {
			won, n = won+1, i
			continue
		}
		known := false
		for _, r := range refusals {
			known = known || errors.Is(err, r)
		}
		if !known {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if won != 1 {
		t.Fatalf("%d of %d calls succeeded, want exactly one", won, len(errs))
	}
	return n
}
