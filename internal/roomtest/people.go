package roomtest

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/audittest"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
	"github.com/sallyport-auth/sallyport/internal/token"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// Origin is where what is done in a test comes from.
func Origin() audit.Origin {
	return audit.Origin{Address: "192.0.2.1", UserAgent: "Firefox", RequestID: "r-1"}
}

// SignsUp signs up and expects no error.
func (h *House) SignsUp(t *testing.T, email, password string) {
	t.Helper()
	if _, err := h.SignUp(t.Context(), signup.SignUp{Email: email, Password: password, Name: "Ada", Origin: Origin()}); err != nil {
		t.Fatal(err)
	}
}

// Verify uses a verification link alone.
func (h *House) Verify(t *testing.T, token string) (store.User, error) {
	t.Helper()
	return h.VerifyEmail(t.Context(), signup.Verification{Token: token, Alone: true, Origin: Origin()})
}

// Confirm confirms a change of address with the account's password.
func (h *House) Confirm(t *testing.T, token string) (store.User, error) {
	t.Helper()
	return h.ConfirmEmail(t.Context(), emailchange.Confirmation{Token: token, Password: Good, Origin: Origin()})
}

// Join makes a verified user.
func (h *House) Join(t *testing.T, email string) store.User {
	t.Helper()
	u, err := h.Create(t.Context(), signup.Create{Email: email, Password: Good, Name: "Ada", Verified: true, Origin: Origin()})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Disable disables a user.
func (h *House) Disable(t *testing.T, u store.User) {
	t.Helper()
	err := h.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := rbac.SetStatus(ctx, tx, u.ID, u.Status, store.UserDisabled, h.Clock.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Mails waits for n mails to an address and gives them, oldest first.
func (h *House) Mails(t *testing.T, to string, n int) []mail.Captured {
	t.Helper()
	return waittest.For(t, fmt.Sprintf("%d mails to %s", n, to), func() ([]mail.Captured, bool) {
		got := h.Box.List(to)
		slices.Reverse(got) // oldest first
		return got, len(got) >= n
	})
}

// Link waits for the nth mail to an address (from 1) and gives the token of its
// Link.
func (h *House) Link(t *testing.T, to string, n int) string {
	t.Helper()
	m := h.Mails(t, to, n)[n-1]
	token := TokenIn(m, "?token=")
	if token == "" {
		t.Fatalf("the mail %q has no link with a token", m.Subject)
	}
	return token
}

// TokenIn gives what stands behind before in a mail's link.
func TokenIn(m mail.Captured, before string) string {
	for _, l := range m.Links {
		if _, value, ok := strings.Cut(l, before); ok {
			return value
		}
	}
	return ""
}

// ResetLink asks for a reset, waits for its link, whatever else is on its way,
// and gives its token.
func (h *House) ResetLink(t *testing.T, to string) string {
	t.Helper()
	tokens := func() (all []string) {
		for _, m := range h.Box.List(to) {
			if token := TokenIn(m, "reset-password?token="); token != "" {
				all = append(all, token)
			}
		}
		return all
	}
	before := tokens()
	if err := h.RequestReset(t.Context(), to, Origin()); err != nil {
		t.Fatal(err)
	}
	return waittest.For(t, "a reset link for "+to, func() (string, bool) {
		for _, token := range tokens() {
			if !slices.Contains(before, token) {
				return token, true
			}
		}
		return "", false
	})
}

// SignIn gives the tokens of a login, or its error.
func (h *House) SignIn(t *testing.T, email, plain string) (session.Tokens, error) {
	t.Helper()
	in, err := h.Logins.WithPassword(t.Context(), login.Password{Email: email, Password: plain, Origin: Origin()})
	return in.Tokens, err
}

// Asker opens a session of a user, and is who asks from there.
func (h *House) Asker(t *testing.T, u store.User) session.Asker {
	t.Helper()
	return h.opened(t, u, "")
}

// Browser opens a session of a user on our own pages, by what was proved, and gives
// its cookie.
func (h *House) Browser(t *testing.T, u store.User, amr ...string) (by session.Asker, cookie string) {
	t.Helper()
	cookie, hash := session.NewCookie()
	return h.opened(t, u, hash, amr...), cookie
}

func (h *House) opened(t *testing.T, u store.User, cookieHash string, amr ...string) session.Asker {
	t.Helper()
	if len(amr) == 0 {
		amr = []string{session.AMRPassword}
	}
	var opened store.Session
	err := h.Rooms.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		if u, err = tx.Users.ByID(ctx, u.ID); err != nil {
			return err
		}
		opened, _, err = h.Sessions.Open(ctx, tx, session.NewSession{
			User: u, AMR: amr, ReadAt: h.Clock.Now(), KnownDevice: true, CookieHash: cookieHash, Origin: Origin(),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return session.Asker{UserID: u.ID, SessionID: opened.ID, Origin: Origin()}
}

// UseCodes signs a user in by recovery codes, and uses them up.
func (h *House) UseCodes(t *testing.T, email string, codes []string) {
	t.Helper()
	for _, code := range codes {
		in, err := h.Logins.WithPassword(t.Context(), login.Password{Email: email, Password: Good, Origin: Origin()})
		if err == nil && in.Step != nil {
			_, err = h.Logins.WithSecondFactor(t.Context(), login.SecondFactor{Token: in.Step.Token, Method: mfa.MethodRecoveryCode, Code: code, Origin: Origin()})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Firefox is what Firefox on Linux says of itself.
const Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// DeviceNamed signs in from elsewhere with a name for the device.
func (h *House) DeviceNamed(t *testing.T, email, name string) {
	t.Helper()
	_, err := h.Logins.WithPassword(t.Context(), login.Password{
		Email: email, Password: Good, DeviceName: name, Origin: audit.Origin{Address: "203.0.113.7", UserAgent: Firefox},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// MailedLink has a link mailed that leads to a path, for the account of an address
// (or the sign-up, to confirm it) or for a change to another address, and gives its
// token.
func (h *House) MailedLink(t *testing.T, path, email, other string) string {
	t.Helper()
	if path == link.Path(store.PurposeVerifyEmail) {
		h.SignsUp(t, email, Good)
		return h.LinkTo(t, email, path)
	}
	canonical, _ := address.Canonical(email)
	u, err := h.Store.Direct().Users.ByEmail(t.Context(), canonical)
	if errors.Is(err, store.ErrNotFound) {
		u = h.Join(t, email)
	}
	switch path {
	case link.Path(store.PurposeResetPassword):
		return h.ResetLink(t, email)
	case link.Path(store.PurposeConfirmEmail):
		h.Want(t, u, other)
		return h.LinkTo(t, other, path)
	case link.Path(store.PurposeUndoEmail):
		return h.Moved(t, u, email, other)
	case link.Path(store.PurposeDisown):
		h.Device(t, email, Good)
		h.DeviceNamed(t, email, "<script>alert(1)</script>")
	case link.Path(link.Invitation):
		if _, err := h.Invite(t.Context(), signup.Invite{Email: other, By: audit.Operator{Machine: true}}); err != nil {
			t.Fatal(err)
		}
		return h.LinkTo(t, other, path)
	case link.Path(link.MagicLink):
		if _, err := h.Logins.AskMagicLink(t.Context(), login.MagicLinkRequest{Email: email, Origin: Origin()}); err != nil {
			t.Fatal(err)
		}
	}
	return h.LinkTo(t, email, path)
}

// Enrol gives a user a code generator, and its key and recovery codes.
func (h *House) Enrol(t *testing.T, u store.User) (key string, codes []string) {
	t.Helper()
	by := h.Asker(t, u)
	key, _, _, err := h.Factors.EnrolTOTP(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	if codes, err = h.Factors.ConfirmTOTP(t.Context(), by, h.NextCode(key)); err != nil {
		t.Fatal(err)
	}
	return key, codes
}

// NextCode is what a code generator shows next: none is taken twice.
func (h *House) NextCode(key string) string {
	h.Clock.Advance(30 * time.Second)
	return Must(totp.GenerateCode(key, h.Clock.Now()))
}

// Register gives a user a passkey, and the recovery codes of a first one.
func (h *House) Register(t *testing.T, u store.User) (key *Authenticator, codes []string) {
	t.Helper()
	key = NewAuthenticator()
	by := h.Asker(t, u)
	begun, err := h.Passkeys.BeginRegistration(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	made, err := h.Passkeys.Register(t.Context(), by, begun.Token, key.Make(t, begun.Options), "Ada's phone")
	if err != nil {
		t.Fatal(err)
	}
	return key, made.RecoveryCodes
}

// Works reports whether a password signs in.
func (h *House) Works(t *testing.T, email, plain string) bool {
	t.Helper()
	_, err := h.SignIn(t, email, plain)
	if err != nil && !errors.Is(err, account.ErrWrongPassword) && !errors.Is(err, login.ErrNotVerified) {
		t.Fatal(err)
	}
	return err == nil
}

// Alive reports whether an access token is let through.
func (h *House) Alive(t *testing.T, tokens session.Tokens) bool {
	t.Helper()
	_, err := h.Verifier.Verify(t.Context(), tokens.AccessToken)
	return err == nil
}

// User reads a user by address.
func (h *House) User(t *testing.T, email string) store.User {
	t.Helper()
	canonical, _ := address.Canonical(email)
	u, err := h.Store.Direct().Users.ByEmail(t.Context(), canonical)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Reasons lists why actions of a kind were refused, oldest first.
func (h *House) Reasons(t *testing.T, kind string) []string {
	t.Helper()
	list := audittest.List(t, h.Store, kind)
	var found []string
	for n := range list {
		if e := list[len(list)-1-n]; e.Outcome == audit.Failure {
			found = append(found, e.Reason)
		}
	}
	return found
}

// Count counts the events of a kind that ended well.
func (h *House) Count(t *testing.T, kind string) int {
	t.Helper()
	list := audittest.List(t, h.Store, kind)
	n := 0
	for _, e := range list {
		if e.Outcome == audit.Success {
			n++
		}
	}
	return n
}

// At runs calls at the same time and gives their errors in order.
func At(calls ...func() error) []error {
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

// Winner gives the index of the one call that succeeded; every other must have
// got one of the refusals.
func Winner(t *testing.T, errs []error, refusals ...error) int {
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

// Want asks for another address.
func (h *House) Want(t *testing.T, u store.User, address string) {
	t.Helper()
	if err := h.RequestEmailChange(t.Context(), emailchange.Request{Asker: h.Asker(t, u), NewEmail: address}); err != nil {
		t.Fatal(err)
	}
}

// LinkTo waits for a mail to an address with a link that holds what is given,
// the newest of them, and gives its token.
func (h *House) LinkTo(t *testing.T, to, before string) string {
	t.Helper()
	return waittest.For(t, fmt.Sprintf("a mail to %s with a link to %s", to, before), func() (string, bool) {
		for _, m := range h.Box.List(to) {
			if token := TokenIn(m, before+"?token="); token != "" {
				return token, true
			}
		}
		return "", false
	})
}

// Told waits for a mail to an address whose subject holds the words.
func (h *House) Told(t *testing.T, to, words string) mail.Captured {
	t.Helper()
	return waittest.For(t, fmt.Sprintf("a mail to %s that says %q", to, words), func() (mail.Captured, bool) {
		for _, m := range h.Box.List(to) {
			if strings.Contains(m.Subject, words) {
				return m, true
			}
		}
		return mail.Captured{}, false
	})
}

// Moved changes the address of a user and gives the token that undoes it.
func (h *House) Moved(t *testing.T, u store.User, from, to string) (undo string) {
	t.Helper()
	h.Want(t, u, to)
	if _, err := h.Confirm(t, h.LinkTo(t, to, link.Path(store.PurposeConfirmEmail))); err != nil {
		t.Fatal(err)
	}
	return h.LinkTo(t, from, link.Path(store.PurposeUndoEmail))
}

// Race runs n calls at the same time.
func Race(n int, call func() error) []error {
	calls := make([]func() error, n)
	for i := range calls {
		calls[i] = call
	}
	return At(calls...)
}

// AddPasskey adds one straight to the store and gives its id.
func (h *House) AddPasskey(t *testing.T, u store.User, at time.Time) string {
	t.Helper()
	k := store.Passkey{ID: id.Ordered(), UserID: u.ID, CredentialID: secret.Encode(secret.Bytes(16)), CredentialHash: id.Random(), PublicKey: secret.Encode(secret.Bytes(16)), Name: "Ada's key", CreatedAt: at}
	if ok, err := h.Store.Direct().Passkeys.Insert(t.Context(), k, 20); err != nil || !ok {
		t.Fatal(ok, err)
	}
	return k.ID
}

// Stranger is somebody else, in one of many networks.
func Stranger(n int) audit.Origin {
	return audit.Origin{Address: fmt.Sprintf("203.0.113.%d", n), UserAgent: "Chrome"}
}

// LetterOf reads what a mail job keeps in clear.
func LetterOf(t *testing.T, j store.Job) mail.Letter {
	t.Helper()
	var p struct {
		Kind       mail.Kind `json:"kind"`
		To         string    `json:"to"`
		TokenID    string    `json:"token_id"`
		TokenTable string    `json:"token_table"`
	}
	if err := json.Unmarshal([]byte(j.Payload), &p); err != nil {
		t.Fatal(err)
	}
	return mail.Letter{Kind: p.Kind, To: p.To, TokenID: p.TokenID, TokenTable: p.TokenTable}
}

// Claims are those of a session; with two factors, if wanted.
func (h *House) Claims(t *testing.T, tokens session.Tokens, two bool) token.Claims {
	t.Helper()
	c, err := h.Verifier.Verify(t.Context(), tokens.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if two {
		c.AMR = []string{session.AMRPassword, session.AMRCode, session.AMRMulti}
	}
	return c
}

// AddTOTP gives a user a code generator, and its key, from a session of its own:
// then it ends the others.
func (h *House) AddTOTP(t *testing.T, u store.User) string {
	t.Helper()
	return h.AddTOTPFrom(t, h.Asker(t, u))
}

// AddTOTPFrom is AddTOTP by somebody who is signed in.
func (h *House) AddTOTPFrom(t *testing.T, a session.Asker) string {
	t.Helper()
	key, _, _, err := h.Factors.EnrolTOTP(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Factors.ConfirmTOTP(t.Context(), a, Must(totp.GenerateCode(key, h.Clock.Now()))); err != nil {
		t.Fatal(err)
	}
	return key
}

// Leave has an account deleted.
func (h *House) Leave(t *testing.T, tokens session.Tokens, password string) (time.Time, error) {
	t.Helper()
	return h.Delete(t.Context(), deletion.Request{Claims: h.Claims(t, tokens, false), Password: password, Origin: Origin()})
}

// Trail lists the events of a kind, newest first.
func (h *House) Trail(t *testing.T, kind string) []store.AuditEvent {
	t.Helper()
	return audittest.List(t, h.Store, kind)
}

// Letters lists every job there is, each once, though it may move on meanwhile.
func (h *House) Letters(t *testing.T) []store.Job {
	t.Helper()
	var all []store.Job
	for _, state := range []store.JobState{store.JobReady, store.JobRunning, store.JobDone, store.JobDead} {
		list, err := h.Store.Direct().Jobs.List(t.Context(), state, store.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range list {
			if !slices.ContainsFunc(all, func(known store.Job) bool { return known.ID == j.ID }) {
				all = append(all, j)
			}
		}
	}
	return all
}

// RecordsOver gives the house's records over another store, with another log if
// there is one.
func (h *House) RecordsOver(over *store.Store, log *slog.Logger) *personal.Records {
	o := h.records
	o.Store, o.Log = over, cmp.Or(log, o.Log)
	return personal.New(o)
}

// Raw opens the database of a house beside it.
func (h *House) Raw(t *testing.T) *sql.DB {
	t.Helper()
	e, err := engine.Parse(h.URL, engine.Timing{Limit: 10 * time.Second, Lock: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	db, err := e.Open(engine.Writing)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// EraseDue erases whose time has come.
func (h *House) EraseDue(t *testing.T) {
	t.Helper()
	if err := h.Records.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Settled waits until no job is ready or runs.
func (h *House) Settled(t *testing.T) {
	t.Helper()
	waittest.For(t, "the end of every job", func() (waiting int, over bool) {
		for _, state := range []store.JobState{store.JobReady, store.JobRunning} {
			waiting += len(Must(h.Store.Direct().Jobs.List(t.Context(), state, store.Page{Limit: 9})))
		}
		return waiting, waiting == 0
	})
}

// Change changes a password by the session of tokens.
func (h *House) Change(t *testing.T, tokens session.Tokens, current, fresh string) (session.Tokens, error) {
	t.Helper()
	return h.ChangePassword(t.Context(), recovery.ChangePassword{
		Asker:   session.Asker{UserID: tokens.User.ID, SessionID: tokens.SessionID, Origin: Origin()},
		Current: current, New: fresh,
	})
}

// Device signs in and expects tokens.
func (h *House) Device(t *testing.T, email, plain string) session.Tokens {
	t.Helper()
	tokens, err := h.SignIn(t, email, plain)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// RowsWritten counts the rows that a call adds: tokens, events and jobs.
func (h *House) RowsWritten(t *testing.T, call func() error) int {
	t.Helper()
	before := h.Gate.Written.Load()
	if err := call(); err != nil {
		t.Fatal(err)
	}
	return int(h.Gate.Written.Load() - before)
}

// Squatted is an account that a thief took, the link that gives its address back,
// and the account that the thief made with that address and is about to leave. It
// takes a house that is unverified.
func (h *House) Squatted(t *testing.T) (u store.User, undo string, holder store.User) {
	t.Helper()
	u = h.Join(t, Ada)
	undo = h.Moved(t, u, Ada, Thief)
	h.SignsUp(t, Ada, "a thief's password 5")
	holder = h.User(t, Ada)
	tokens, err := h.SignIn(t, Ada, "a thief's password 5")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Leave(t, tokens, ""); err != nil {
		t.Fatal(err)
	}
	return u, undo, holder
}
