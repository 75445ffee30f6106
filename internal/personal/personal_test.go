package personal_test

import (
	"bytes"
	"context"
	"database/sql" //nolint:depguard // looks at every row that is left
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// house is a Records on a database of its own.
type house struct {
	*personal.Records
	options personal.Options
	store   *store.Store
	url     string
	clock   *clock.Fake
	trail   *audit.Trail
}

// must is for what cannot fail but for the machine.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{clock: clock.NewFake(), url: "sqlite://" + filepath.Join(t.TempDir(), "test.db")}
	h.store = must(store.Open(t.Context(), store.Options{URL: h.url, Clock: h.clock}))
	t.Cleanup(func() { _ = h.store.Close() })
	log := slog.New(slog.DiscardHandler)
	h.trail = audit.New(h.clock)
	keyring := must(secret.ParseKeyring(secret.Encode(secret.Bytes(32))))
	postman := must(mail.NewPostman(mail.Options{
		Store: h.store, Keyring: keyring, Transport: mail.NewBox(h.clock, 10), Clock: h.clock, Log: log,
		PublicURL: "https://auth.example", Product: "Sallyport",
	}))
	sessions := session.New(session.Options{Store: h.store, Keyring: keyring, Clock: h.clock})
	h.options = personal.Options{Store: h.store, Sessions: sessions, Postman: postman, Trail: h.trail, Clock: h.clock, Log: log}
	h.Records = personal.New(h.options)
	return h
}

// raw opens the database beside the house.
func (h *house) raw(t *testing.T) *sql.DB {
	t.Helper()
	e := must(engine.Parse(h.url, engine.Timing{Limit: time.Second}))
	db := must(e.Open(engine.Writing))
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// What the secrets of a user are in the store; none may be exported.
const (
	passwordHash = "$argon2id$hash-of-the-password"
	publicKey    = "public-key-of-the-passkey"
	sealed       = "sealed-secret-of-the-generator"
	nonce        = "nonce-of-the-session"
	tokenHash    = "hash-of-a-token"
	codeHash     = "hash-of-a-code"
	stepHash     = "hash-of-a-step"
)

// full is a user with a row in every table that names a user, and some events.
func (h *house) full(t *testing.T, name string, events int) store.User {
	t.Helper()
	now := h.clock.Now()
	u := store.User{
		ID: id.Random(), Email: name + "@people.example", EmailCanonical: name + "@people.example", EmailVerifiedAt: now, Name: name, Language: "de",
		Metadata: `{"colour":"violet"}`, Status: store.UserActive, Epoch: 1, CreatedAt: now, UpdatedAt: now,
	}
	check := func(ok bool, err error) {
		t.Helper()
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		signedIn := store.Session{
			ID: id.Random(), UserID: u.ID, RefreshState: store.RefreshState{Nonce: nonce, Parent: store.NoParent, RotatedAt: now}, UserEpoch: 1, Kind: "user",
			AMR: []string{"pwd"}, UserAgent: "agent of " + name, Address: "192.0.2.7", DeviceName: "phone of " + name,
			ExpiresAt: now.AddDate(0, 0, 1), IdleExpiresAt: now.AddDate(0, 0, 1), CreatedAt: now, LastSeenAt: now,
		}
		return errors.Join(
			tx.Users.Insert(ctx, u),
			tx.Credentials.Insert(ctx, store.Credential{ID: id.Ordered(), UserID: u.ID, Kind: store.KindPassword, Secret: passwordHash, CreatedAt: now, UpdatedAt: now}),
			tx.MagicLinks.Insert(ctx, store.MagicLink{ID: id.Ordered(), UserID: u.ID, AddressHash: tokenHash, TokenHash: tokenHash + name, RequestHash: tokenHash + name, CodeHash: codeHash, DeviceName: "laptop of " + name, CreatedAt: now, ExpiresAt: now}),
			tx.Sessions.Insert(ctx, signedIn),
			tx.Tokens.Insert(ctx, store.OneTimeToken{ID: id.Ordered(), Purpose: store.PurposeResetPassword, UserID: u.ID, TokenHash: tokenHash + name, CreatedAt: now, ExpiresAt: now}),
			tx.LoginSteps.Insert(ctx, store.LoginStep{TokenHash: stepHash + name, UserID: u.ID, AMR: []string{"pwd"}, DeviceName: "tablet of " + name, CreatedAt: now, ExpiresAt: now}),
			tx.Changes.Insert(ctx, store.EmailChange{ID: id.Ordered(), UserID: u.ID, OldEmail: u.Email, OldCanonical: u.Email, NewEmail: name + "@new.example", NewCanonical: name + "@new.example", ConfirmTokenID: "t", CreatedAt: now, ExpiresAt: now}),
		)
	}); err != nil {
		t.Fatal(err)
	}
	check(h.store.Direct().Passkeys.Insert(t.Context(), store.Passkey{ID: id.Ordered(), UserID: u.ID, CredentialID: "c", CredentialHash: id.Random(), PublicKey: publicKey, Name: "key of " + name, CreatedAt: now}, 9))
	check(h.store.Direct().TOTPs.Begin(t.Context(), store.TOTP{UserID: u.ID, ID: "t", SecretSealed: sealed, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, 1)}))
	check(h.store.Direct().TOTPs.Confirm(t.Context(), u.ID, "t", 1, now))
	check(h.store.Direct().Recovery.Replace(t.Context(), u.ID, []string{codeHash + "1", codeHash + "2"}, now))
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for n := range events {
			if err := h.trail.Record(ctx, tx, audit.Event{
				Kind: audit.KindSessionOpened, Outcome: audit.Success, UserID: u.ID, Email: u.Email,
				Origin: audit.Origin{Address: "192.0.2.7", UserAgent: "agent of " + name, RequestID: fmt.Sprint("r-", n)},
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return u
}

// asker is the session that a full user has.
func (h *house) asker(t *testing.T, u store.User) session.Asker {
	t.Helper()
	live := must(h.store.Direct().Sessions.Live(t.Context(), u.ID, h.clock.Now(), store.Page{Limit: 1}))
	if len(live) == 0 {
		t.Fatal("nobody is signed in")
	}
	return session.Asker{UserID: u.ID, SessionID: live[0].ID, Origin: audit.Origin{Address: "192.0.2.9"}}
}

// exported is what stands in an export, by member.
func (h *house) exported(t *testing.T, u store.User) (map[string]json.RawMessage, string) {
	t.Helper()
	var b bytes.Buffer
	if err := h.Export(t.Context(), h.asker(t, u), &b); err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(b.Bytes(), &members); err != nil {
		t.Fatalf("%v: %s", err, b.String())
	}
	return members, b.String()
}

func count(t *testing.T, members map[string]json.RawMessage, name string) int {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal(members[name], &list); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return len(list)
}

func TestAnExportHoldsEverythingAndNoSecret(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.full(t, "ada", 3)
	h.full(t, "bob", 3)
	members, text := h.exported(t, ada)
	for name, want := range map[string]int{
		"email_changes": 1, "identities": 0, "credentials": 1, "passkeys": 1, "code_generators": 1, "recovery_codes": 2, "sessions": 1,
		"sign_ins_begun": 1, "sign_in_links": 1, "links": 1, "audit_events": 4,
	} {
		if got := count(t, members, name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	letters := must(h.store.Direct().Jobs.List(t.Context(), store.JobReady, store.Page{Limit: 9}))
	if len(letters) != 1 || !strings.Contains(letters[0].Payload, string(mail.DataExported)) || !strings.Contains(letters[0].Payload, ada.ID) {
		t.Errorf("the letters that tell of it: %+v", letters)
	}
	for _, says := range []string{
		"ada@people.example", "ada@new.example", "agent of ada", "192.0.2.7", "phone of ada", "tablet of ada", "laptop of ada", "key of ada", `"colour":"violet"`,
		audit.KindExported, "192.0.2.9",
	} {
		if !strings.Contains(text, says) {
			t.Errorf("it does not say %q", says)
		}
	}
	for _, secret := range []string{passwordHash, publicKey, sealed, nonce, tokenHash, codeHash, stepHash, "bob"} {
		if strings.Contains(text, secret) {
			t.Errorf("it says %q", secret)
		}
	}
}

// narrow counts how much comes at once.
type narrow struct {
	most, all, writes int
}

func (n *narrow) Write(p []byte) (int, error) {
	n.most, n.all, n.writes = max(n.most, len(p)), n.all+len(p), n.writes+1
	return len(p), nil
}

// A long history is read in pages and written row by row.
func TestALongHistoryIsExportedWhole(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 450)
	members, text := h.exported(t, u)
	if got := count(t, members, "audit_events"); got != 451 {
		t.Errorf("%d events", got)
	}
	for n := range 450 {
		if !strings.Contains(text, fmt.Sprintf(`"r-%d"`, n)) {
			t.Fatalf("event %d is missing", n)
		}
	}
	out := &narrow{}
	if err := h.Export(t.Context(), h.asker(t, u), out); err != nil || out.most > 2000 || out.all < 50_000 {
		t.Errorf("%d bytes in %d writes, at most %d: %v", out.all, out.writes, out.most, err)
	}
}

// TestAnExportIsWholeOverTextThatIsNoJSON has somebody write to the database by
// other means.
func TestAnExportIsWholeOverTextThatIsNoJSON(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 3)
	for _, text := range []string{`UPDATE users SET metadata = '{half'`, `UPDATE audit_events SET details = ''`} {
		if _, err := h.raw(t).ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	members, _ := h.exported(t, u)
	var user struct {
		Metadata string `json:"metadata"`
	}
	if err := json.Unmarshal(members["user"], &user); err != nil || user.Metadata != "{half" {
		t.Errorf("the metadata are %q, want the text that is there; %v", user.Metadata, err)
	}
	if got := count(t, members, "audit_events"); got != 4 {
		t.Errorf("%d events, want 4", got)
	}
}

// moves adds changes of address: the first took effect, of the others none did.
func (h *house) moves(t *testing.T, u store.User, from string, requests int) {
	t.Helper()
	now := h.clock.Now()
	c := store.EmailChange{
		ID: id.Ordered(), UserID: u.ID, OldEmail: from, OldCanonical: from, NewEmail: u.Email, NewCanonical: u.EmailCanonical,
		ConfirmTokenID: "t", UndoTokenID: "u", CreatedAt: now, ConfirmedAt: now, ExpiresAt: now.AddDate(0, 0, 7),
	}
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for n := range requests + 1 {
			if err := tx.Changes.Insert(ctx, c); err != nil {
				return err
			}
			c.ID, c.OldEmail, c.OldCanonical, c.UndoTokenID, c.ConfirmedAt = id.Ordered(), u.Email, u.EmailCanonical, "", time.Time{}
			c.NewEmail = fmt.Sprintf("wish-%d@new.example", n)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// leaves makes a user somebody who is to be erased now.
func (h *house) leaves(t *testing.T, u store.User) {
	t.Helper()
	now := h.clock.Now()
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Users.SetStatus(ctx, u.ID, store.UserActive, store.UserPendingDeletion, now)
		return errors.Join(err, tx.Deletions.Insert(ctx, store.Deletion{UserID: u.ID, RequestedAt: now, EraseAt: now}))
	}); err != nil {
		t.Fatal(err)
	}
}

// However many deletions an operator put an end to, those of others go on.
func TestDeletionsThatEndedHoldUpNoOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		now := h.clock.Now()
		for n := range 120 {
			u := store.User{
				ID: id.Random(), Email: strconv.Itoa(n), EmailCanonical: strconv.Itoa(n), Metadata: "{}", Status: store.UserDisabled, Epoch: 1, CreatedAt: now, UpdatedAt: now,
			}
			err := errors.Join(tx.Users.Insert(ctx, u), tx.Deletions.Insert(ctx, store.Deletion{UserID: u.ID, RequestedAt: now, EraseAt: now}))
			if err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	u := h.full(t, "ada", 1)
	h.leaves(t, u)
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := must(h.store.Direct().Users.ByID(t.Context(), u.ID)); got.Status != store.UserErased {
		t.Errorf("got %+v", got)
	}
}

// interrupted does something right after the nth transaction from now.
func interrupted(left int, what func()) store.Around {
	return func(_ context.Context, statement string, _ []any, do func() error) error {
		err := do()
		if statement == "BEGIN" {
			if left--; left == 0 {
				what()
			}
		}
		return err
	}
}

// Of several that erase at once one does; who comes later, when that one should
// have ended, goes on.
func TestOneErasesAndTheOthersLeaveItAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 1)
	h.leaves(t, u)
	began := h.clock.Now()
	if ok, err := h.store.Direct().Deletions.Start(t.Context(), u.ID, began, began.Add(-time.Hour)); err != nil || !ok {
		t.Fatal(ok, err)
	}
	status := func() store.UserStatus {
		t.Helper()
		if err := h.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
		return must(h.store.Direct().Users.ByID(t.Context(), u.ID)).Status
	}
	if got := status(); got != store.UserPendingDeletion {
		t.Errorf("while another erases: %s", got)
	}
	h.clock.Advance(16 * time.Minute)
	if got := status(); got != store.UserErased {
		t.Errorf("once another must have died: %s", got)
	}
}

// The address is free from the moment that the row is blank, and who signs up with
// it then gets their letter.
func TestAnErasureLeavesTheLetterOfWhoSignsUpMeanwhile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 1)
	h.leaves(t, u)
	write := func(kind mail.Kind) {
		if err := h.store.Tx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			return h.options.Postman.Enqueue(ctx, tx, mail.Letter{Kind: kind, To: "ADA@people.example"})
		}); err != nil {
			t.Error(err)
		}
	}
	o := h.options
	// The first transaction is of events, the second blanks the row.
	o.Store = h.store.Around(interrupted(1, func() { write(mail.AccountExists) })).
		Around(interrupted(2, func() { write(mail.VerifyEmail) }))
	if err := personal.New(o).Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, j := range must(h.store.Direct().Jobs.List(t.Context(), store.JobReady, store.Page{Limit: 9})) {
		if strings.Contains(j.Payload, "people.example") {
			left = append(left, j.Payload)
		}
	}
	if len(left) != 1 || !strings.Contains(left[0], string(mail.VerifyEmail)) {
		t.Errorf("letters to the address: %v", left)
	}
}

// event records one of nobody, with an address, and gives a way to see whether its
// personal part is still there.
func (h *house) event(t *testing.T, e audit.Event) (stands func() bool) {
	t.Helper()
	if err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return h.trail.Record(ctx, tx, e) }); err != nil {
		t.Fatal(err)
	}
	recorded := must(h.store.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 1}))[0]
	return func() bool {
		t.Helper()
		for _, e := range must(h.store.Direct().Audit.List(t.Context(), store.AuditFilter{}, store.Page{Limit: 200})) {
			if e.ID == recorded.ID {
				return e.Personal != store.AuditPersonal{}
			}
		}
		t.Fatal("an event is gone")
		return false
	}
}

// An address may stand in a user's events and be another's by now, or be the
// user's in another spelling.
func TestAnErasureTakesTheEvidenceOfNobodyElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 1)
	h.full(t, "bob", 1)
	networks := 0
	at := func(email, userID string) audit.Event {
		networks++
		return audit.Event{
			Kind: audit.KindLoginFailed, Outcome: audit.Failure, Email: email, UserID: userID,
			Origin: audit.Origin{Address: fmt.Sprint("192.0.2.", networks)},
		}
	}
	h.event(t, at("bob@people.example", u.ID)) // it was theirs once
	others := h.event(t, at("bob@people.example", ""))
	strangers := h.event(t, at("eve@people.example", ""))
	own := []func() bool{h.event(t, at("ada@people.example", "")), h.event(t, at("ADA@People.Example", "")), h.event(t, at("Adá@ELSEWHERE.example", ""))}
	h.event(t, at("adá@elsewhere.example", u.ID))
	h.leaves(t, u)
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !others() || !strangers() {
		t.Errorf("kept of another account's address: %v, of a stranger's: %v", others(), strangers())
	}
	for n, stands := range own {
		if stands() {
			t.Errorf("event %d of the user's own address kept its personal part", n)
		}
	}
}

// However many changes of address were asked for, all of them are shown, and an
// address of before them is forgotten.
func TestManyChangesHideNoAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 1)
	h.moves(t, u, "ada@old.example", 1100)
	members, text := h.exported(t, u)
	if n := count(t, members, "email_changes"); n != 1102 || !strings.Contains(text, "ada@old.example") || !strings.Contains(text, `"wish-1099@new.example"`) {
		t.Errorf("%d changes are exported", n)
	}
	if err := h.store.Direct().Signups.Insert(t.Context(), store.PendingSignup{
		ID: id.Ordered(), Email: "Ada@old.example", EmailCanonical: "ada@old.example", TokenHash: tokenHash, CreatedAt: h.clock.Now(), ExpiresAt: h.clock.Now(),
	}); err != nil {
		t.Fatal(err)
	}
	h.leaves(t, u)
	if err := h.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := h.raw(t).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM pending_signups").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d sign-ups of an old address are left, %v", n, err)
	}
}

// full disk: whoever reads leaves after some bytes.
type leaver struct{ left int }

func (l *leaver) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		return 0, errors.New("the reader has gone")
	}
	return len(p), nil
}

func TestAnExportThatNobodyReadsEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	u := h.full(t, "ada", 10)
	for _, bytes := range []int{0, 100, 2000} {
		if err := h.Export(t.Context(), h.asker(t, u), &leaver{bytes}); err == nil || !strings.Contains(err.Error(), "has gone") {
			t.Errorf("after %d bytes: %v", bytes, err)
		}
	}
	nobody := session.Asker{UserID: id.Random(), SessionID: h.asker(t, u).SessionID}
	if err := h.Export(t.Context(), nobody, &leaver{1000}); !errors.Is(err, session.ErrInvalidToken) {
		t.Errorf("nobody: %v", err)
	}
}
