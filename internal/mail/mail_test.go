package mail_test

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
	"github.com/sallyport-auth/sallyport/internal/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// house is a postman with a real database and the mailbox of development.
type house struct {
	store   *store.Store
	path    string
	clock   *clock.Fake
	keyring *secret.Keyring
	box     *mail.Box
	postman *mail.Postman
	options mail.Options
	handle  func(context.Context, jobs.Work) error
}

func newHouse(t *testing.T, change ...func(*mail.Options)) *house {
	t.Helper()
	h := &house{clock: clock.NewFake(), path: filepath.Join(t.TempDir(), "sallyport.db")}
	var err error
	if h.keyring, err = secret.ParseKeyring(secret.Encode(secret.Bytes(32))); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + h.path, Clock: h.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h.store, h.box = db, mail.NewBox(h.clock, 100)
	o := mail.Options{
		Store: h.store, Keyring: h.keyring, Transport: h.box, Clock: h.clock, Log: slog.New(slog.DiscardHandler),
		PublicURL: "https://auth.example", Product: "Sallyport", RecipientLimit: 5,
	}
	for _, c := range change {
		c(&o)
	}
	h.options = o
	if h.postman, err = mail.NewPostman(o); err != nil {
		t.Fatal(err)
	}
	_, h.handle = h.postman.Handler()
	return h
}

func (h *house) tx(t *testing.T, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := h.store.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// enqueue writes a letter and gives its job.
func (h *house) enqueue(t *testing.T, l mail.Letter) store.Job {
	t.Helper()
	h.tx(t, func(ctx context.Context, tx *store.Tx) error { return h.postman.Enqueue(ctx, tx, l) })
	list, err := h.store.Direct().Jobs.List(t.Context(), store.JobReady, store.Page{Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatalf("no job was written: %v %v", list, err)
	}
	return list[0]
}

// pending inserts a sign-up and gives the letter about it.
func (h *house) pending(t *testing.T, to string) mail.Letter {
	t.Helper()
	token, hash := secret.NewToken("spv_")
	now := h.clock.Now()
	p := store.PendingSignup{
		ID: id.Ordered(), Email: to, EmailCanonical: mail.Recipient(to), PasswordHash: "x", TokenHash: hash,
		CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
	}
	h.tx(t, func(ctx context.Context, tx *store.Tx) error { return tx.Signups.Insert(ctx, p) })
	return mail.Letter{
		Kind: mail.VerifyEmail, To: to, Name: "Ada", Token: token, TokenID: p.ID,
		TokenTable: mail.TokenPendingSignup, ExpiresAt: p.ExpiresAt,
	}
}

// letters has one of each kind and more where a kind says different things, by the
// name of its golden files. Those that are not named here are notices of something
// that was done.
func letters() map[string]mail.Letter {
	const token = "spv_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh"
	until := time.Date(2026, 3, 5, 14, 30, 0, 0, time.UTC)
	circumstances := map[string]string{
		mail.DataTime: "2026-03-04T14:30:00Z", mail.DataAddress: "203.0.113.7",
		mail.DataUserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	}
	fresh := map[string]string{mail.DataDevice: "Ada's phone", mail.DataPlace: "Berlin, Germany"}
	maps.Copy(fresh, circumstances)
	replayed := map[string]string{mail.DataDevice: "Ada's phone"}
	maps.Copy(replayed, circumstances)
	still := map[string]string{mail.DataPasskeys: "left"}
	maps.Copy(still, circumstances)
	first := map[string]string{mail.DataSignedOut: "yes"}
	maps.Copy(first, circumstances)
	cleared := map[string]string{mail.DataCleared: "yes"}
	maps.Copy(cleared, circumstances)
	leaving := map[string]string{mail.DataUntil: "2026-03-11T14:30:00Z"}
	maps.Copy(leaving, circumstances)
	all := map[string]mail.Letter{
		"verify_email":            {Kind: mail.VerifyEmail, Token: token, ExpiresAt: until},
		"verify_email_asked":      {Kind: mail.VerifyEmail, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: fresh},
		"claim_account":           {Kind: mail.ClaimAccount, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: fresh},
		"account_exists":          {Kind: mail.AccountExists, Name: "Ada Lovelace"},
		"account_exists_asked":    {Kind: mail.AccountExists, Name: "Ada Lovelace", Data: fresh},
		"reset_password_asked":    {Kind: mail.ResetPassword, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: fresh},
		"confirm_email_asked":     {Kind: mail.ConfirmEmail, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: fresh},
		"email_taken_asked":       {Kind: mail.EmailTaken, Name: "Ada Lovelace", Data: fresh},
		"password_changed_clear":  {Kind: mail.PasswordChanged, Name: "Ada Lovelace", Data: cleared, Notice: true},
		"reset_password":          {Kind: mail.ResetPassword, Name: "Ada Lovelace", Token: token, ExpiresAt: until},
		"invitation":              {Kind: mail.Invitation, Token: token, ExpiresAt: until},
		"set_password":            {Kind: mail.SetPassword, Token: token, ExpiresAt: until},
		"passkey_added_first":     {Kind: mail.PasskeyAdded, Name: "Ada Lovelace", Data: first, Notice: true},
		"totp_added_first":        {Kind: mail.TOTPAdded, Name: "Ada Lovelace", Data: first, Notice: true},
		"totp_removed_of_two":     {Kind: mail.TOTPRemoved, Name: "Ada Lovelace", Data: still, Notice: true},
		"codes_refused":           {Kind: mail.CodesRefused, Name: "Ada Lovelace", Data: fresh, Notice: true},
		"passwords_refused":       {Kind: mail.PasswordsRefused, Name: "Ada Lovelace", Data: fresh, Notice: true},
		"session_replayed":        {Kind: mail.SessionReplayed, Name: "Ada Lovelace", Data: replayed, Notice: true},
		"magic_link":              {Kind: mail.MagicLink, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: fresh},
		"magic_link_alone":        {Kind: mail.MagicLink, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: by(fresh, mail.ByLink)},
		"magic_code_alone":        {Kind: mail.MagicLink, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: by(fresh, mail.ByCode)},
		"new_device":              {Kind: mail.NewDevice, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: fresh, Notice: true},
		"confirm_email":           {Kind: mail.ConfirmEmail, Name: "Ada Lovelace", Token: token, ExpiresAt: until},
		"email_taken":             {Kind: mail.EmailTaken, Name: "Ada Lovelace"},
		"email_replaced":          {Kind: mail.EmailReplaced, Name: "Ada Lovelace", Token: token, ExpiresAt: until, Data: circumstances, Notice: true},
		"email_replaced_for_good": {Kind: mail.EmailReplaced, Name: "Ada Lovelace", Data: circumstances, Notice: true},
		"email_restored":          {Kind: mail.EmailRestored, Name: "Ada Lovelace", Token: token, ExpiresAt: until},
		"email_undone":            {Kind: mail.EmailUndone, Data: circumstances, Notice: true},
		"deletion_begun":          {Kind: mail.DeletionBegun, Name: "Ada Lovelace", Data: leaving, Notice: true},
		"hook_disabled":           {Kind: mail.HookDisabled, Data: map[string]string{mail.DataHook: "h_AbCdEfGhIjKlMnOp", mail.DataHost: "hooks.example.com", mail.DataSince: "2026-09-19T10:41:07Z"}, Notice: true},
		"account_erased":          {Kind: mail.AccountErased, Name: "Ada Lovelace", Notice: true},
	}
	for _, kind := range mail.Rendered() {
		if _, ok := all[kind]; !ok {
			all[kind] = mail.Letter{Kind: mail.Kind(kind), Name: "Ada Lovelace", Data: circumstances, Notice: true}
		}
	}
	return all
}

// by is the circumstances of a mail that signs in by one means alone.
func by(circumstances map[string]string, means string) map[string]string {
	data := maps.Clone(circumstances)
	data[mail.DataBy] = means
	return data
}

// composed renders a letter the way the handler does, without a token's row.
func (h *house) composed(t *testing.T, l mail.Letter) mail.Message {
	t.Helper()
	if l.To == "" {
		l.To = "ada@example.com"
	}
	m, err := h.postman.Compose(l, "0198c0de-0000-7000-8000-000000000001@auth.example", time.Unix(0, 0).UTC())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLettersReadAsAgreed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := newHouse(t, func(o *mail.Options) { o.AppURL = "https://app.example/" })
	for _, language := range words.Languages() {
		for name, l := range letters() {
			l.Language = language
			m := h.composed(t, l)
			golden(t, language+"/"+name+".txt", "Subject: "+m.Subject+"\nTo-Name: "+m.ToName+"\n\n"+m.Text)
			golden(t, language+"/"+name+".html", m.HTML)
			if !strings.Contains(m.HTML, `<html lang="`+language+`"`) {
				t.Errorf("%s: the HTML does not say that it is in %s", name, language)
			}
			if m, alone := at.composed(t, l), m; m.Text != alone.Text {
				golden(t, language+"/"+name+"_with_app.txt", m.Text)
				golden(t, language+"/"+name+"_with_app.html", m.HTML)
			}
		}
	}
}

// A line of plain text is short enough for a terminal. What is filled in is not
// known to those who write a template.
func TestLinesOfPlainTextAreShort(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, language := range words.Languages() {
		for name, l := range letters() {
			l.Language = language
			for line := range strings.Lines(h.composed(t, l).Text) {
				if n := utf8.RuneCountInString(line); n > 90 && !strings.Contains(line, "https://") {
					t.Errorf("%s in %s: %d characters in %q", name, language, n, line)
				}
			}
		}
	}
}

// A letter of an older program has its time in English.
func TestTheTimeOfAnOlderLetterIsTold(t *testing.T) {
	t.Parallel()
	l := letters()["new_device"]
	l.Language = "de"
	l.Data = map[string]string{mail.DataTime: "4 March 2026, 14:30 UTC"}
	if m := newHouse(t).composed(t, l); !strings.Contains(m.Text, "Wann: 4 March 2026, 14:30 UTC\n") {
		t.Errorf("the mail does not say when: %s", m.Text)
	}
}

// A user is written to in their own language, as it is when the letter is sent and
// whatever the language of who caused it; anybody else in the language of the
// request.
func TestALetterIsInTheLanguageOfItsUser(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, users, letters, want string
	}{
		{"a German, written to by an English request", "de", "en", "de"},
		{"an English user, written to by a German request", "en", "de", "en"},
		{"a user who has chosen none", "", "de", "en"},
		{"nobody we know, who asked in German", "nobody", "de", "de"},
		{"nobody we know, who asked in none", "nobody", "", "en"},
		{"nobody we know, who asked in one that is gone", "nobody", "xx", "en"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := store.User{
				ID: id.Random(), Email: "Ada@Example.com", EmailCanonical: "ada@example.com", Metadata: "{}", Language: "en",
				Status: store.UserActive, Epoch: 1, CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now(),
			}
			if test.users != "nobody" {
				h.tx(t, func(ctx context.Context, tx *store.Tx) error { return tx.Users.Insert(ctx, u) })
			}
			letters := []mail.Letter{
				{Kind: mail.AccountExists, To: u.Email, Language: test.letters},
				{Kind: mail.EmailReplaced, To: "old@example.com", UserID: u.ID, Language: test.letters},
			}
			var written []store.Job
			for _, l := range letters {
				written = append(written, h.enqueue(t, l))
				h.clock.Advance(time.Second)
			}
			if test.users != "nobody" { // they choose after it was written
				if ok, err := h.store.Direct().Users.SetProfile(t.Context(), u.ID, store.Profile{Language: &test.users}, h.clock.Now()); err != nil || !ok {
					t.Fatal(ok, err)
				}
			}
			for _, j := range written {
				if err := h.handle(t.Context(), jobs.Work{Job: j}); err != nil {
					t.Fatal(err)
				}
			}
			sent := h.box.List("")
			if len(sent) != len(letters) {
				t.Fatalf("%d mails were sent", len(sent))
			}
			for _, m := range sent {
				if !strings.Contains(m.HTML, `<html lang="`+test.want+`"`) {
					t.Errorf("%q is not in %s", m.Subject, test.want)
				}
			}
		})
	}
}

// The last mail is written when nothing else is kept of its recipient.
func TestTheLastMailIsInTheLanguageOfWhoIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.enqueue(t, mail.Letter{Kind: mail.AccountErased, To: "ada@example.com", Language: "de"})
	h.pool(t)
	waittest.Until(t, "the mail arrives", func() bool { return len(h.box.List("")) == 1 })
	if m := h.box.List("")[0]; !strings.Contains(m.HTML, `<html lang="de"`) {
		t.Errorf("%q is not in German", m.Subject)
	}
	if strings.Contains(j.Payload, "de\"") {
		t.Errorf("the payload keeps the language: %s", j.Payload)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run go test -update and review the difference", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestLinksComeFromThePublicURL(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *mail.Options) { o.PublicURL = "https://auth.example:8443/door/" })
	for name, want := range map[string]string{
		"verify_email":   "https://auth.example:8443/door/auth/verify-email?token=",
		"reset_password": "https://auth.example:8443/door/auth/reset-password?token=",
		"set_password":   "https://auth.example:8443/door/auth/reset-password?token=",
		"confirm_email":  "https://auth.example:8443/door/auth/confirm-email?token=",
		"email_replaced": "https://auth.example:8443/door/auth/undo-email?token=",
		"email_restored": "https://auth.example:8443/door/auth/reset-password?token=",
		"new_device":     "https://auth.example:8443/door/auth/sessions/not-me?token=",
		"magic_link":     "https://auth.example:8443/door/auth/magic-link?token=",
		"invitation":     "https://auth.example:8443/door/auth/invitation?token=",
	} {
		l := letters()[name]
		m := h.composed(t, l)
		if !strings.Contains(m.Text, "\n\n"+want+l.Token+"\n\n") {
			t.Errorf("%s: the link is not on a line of its own in %s", name, m.Text)
		}
		if n := strings.Count(m.HTML, `href="`+want+l.Token+`"`); n != 2 {
			t.Errorf("%s: %d links in HTML, want 2", name, n)
		}
	}
}

func TestWhatUsersTypedStaysHarmless(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	catalogues, err := words.Read()
	if err != nil {
		t.Fatal(err)
	}
	hostile := []string{
		"Ada\r\nBcc: eve@example.com", `<script>alert(1)</script>`, `"><img src=x>`, "visit evil.example now",
		"http://evil.example", "call 0900 12345", "eve@example.com", "{{.Token}}", strings.Repeat("a", 61), "\u202eada",
	}
	for _, name := range hostile {
		if got := mail.PlainName(name); got != "" {
			t.Errorf("PlainName(%q) = %q", name, got)
		}
		data := map[string]string{
			mail.DataDevice: name, mail.DataUserAgent: name, mail.DataAddress: name, mail.DataTime: name,
			mail.DataPlace: name,
		}
		for kind := range letters() {
			l := letters()[kind]
			l.Name, l.Data = name, data
			var said strings.Builder
			for language, say := range catalogues {
				l.Language = language
				m := h.composed(t, l)
				if m.ToName != "" || !strings.HasPrefix(m.Text, say.Text("mail.greeting")+"\n") {
					t.Errorf("%s greets %q in %s", kind, name, language)
				}
				said.WriteString(m.ToName + m.Subject + m.Text + m.HTML)
			}
			all := strings.ToLower(said.String())
			for _, mark := range []string{"evil", "eve@", "alert(", "img", "\u202e", "{{"} {
				if strings.Contains(all, mark) {
					t.Errorf("%s with name %q says %q", kind, name, mark)
				}
			}
		}
	}
	for _, name := range []string{"Ada", "Ada King-Noel", "Zoë O’Neil", "J. R. Hartley", "李小龙", "Núria i Bel·la", ""} {
		if got := mail.PlainName(name); got != name {
			t.Errorf("PlainName(%q) = %q", name, got)
		}
	}
}

func TestTheNameOfAStrangerIsQuotedAndNeverGreets(t *testing.T) {
	t.Parallel()
	l := letters()["verify_email"]
	l.Name = "Your Prize Is Waiting"
	m := newHouse(t).composed(t, l)
	quoted := strings.ReplaceAll(strings.ReplaceAll(m.Text+m.HTML, `"Your Prize Is Waiting"`, ""), `&ldquo;Your Prize Is Waiting&rdquo;`, "")
	if strings.Contains(quoted+m.ToName, "Prize") {
		t.Error("the name of whoever signs up stands outside of a quotation")
	}
	if quoted == m.Text+m.HTML {
		t.Error("the mail does not say which name was typed")
	}
	l.Name = "Call 0900 123, or see https://prize.example"
	if m := newHouse(t).composed(t, l); strings.Contains(m.Text+m.HTML, "0900") || strings.Contains(m.Text+m.HTML, "prize.example") {
		t.Error("what is no plain name is quoted")
	}
}

func TestAStrangersDeviceNameIsNotTold(t *testing.T) {
	t.Parallel()
	l := letters()["verify_email"]
	l.Data = map[string]string{mail.DataTime: "2026-03-04T14:30:00Z", mail.DataAddress: "203.0.113.7", mail.DataDevice: "Your Prize"}
	m := newHouse(t).composed(t, l)
	for _, want := range []string{"4 March 2026, 14:30 UTC", "203.0.113.7", "unknown"} {
		if !strings.Contains(m.Text, want) || !strings.Contains(m.HTML, want) {
			t.Errorf("the mail does not say %q", want)
		}
	}
	if strings.Contains(m.Text+m.HTML, "Prize") {
		t.Error("whoever signs up can speak to the owner of the address")
	}
}

func TestKindsOfMailAreCountedApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	allow := func(kind mail.Kind) (allowed bool) {
		h.tx(t, func(ctx context.Context, tx *store.Tx) (err error) {
			allowed, err = h.postman.Allow(ctx, tx, kind, "ada@example.com")
			return err
		})
		return allowed
	}
	for range 5 {
		allow(mail.VerifyEmail)
	}
	for kind, want := range map[mail.Kind]bool{
		mail.VerifyEmail: false, mail.AccountExists: false, // one answers for the other
		mail.ResetPassword: true, mail.MagicLink: true, mail.ConfirmEmail: true, mail.ClaimAccount: true, mail.PasskeyAdded: true,
	} {
		if got := allow(kind); got != want {
			t.Errorf("%s: allowed %v", kind, got)
		}
	}
}

func TestAllowCountsEverySpelling(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	allow := func(to string) (allowed bool) {
		h.tx(t, func(ctx context.Context, tx *store.Tx) (err error) {
			allowed, err = h.postman.Allow(ctx, tx, mail.ResetPassword, to)
			return err
		})
		return allowed
	}
	for n, to := range []string{"ada@bücher.example", "ADA@bücher.example", "ada@xn--bcher-kva.example", "Ada@BÜCHER.example", "aDa@Bücher.Example"} {
		if !allow(to) {
			t.Errorf("mail %d was refused", n+1)
		}
	}
	if allow("ada@bücher.example") {
		t.Error("the sixth mail within an hour was allowed")
	}
	if !allow("bea@bücher.example") {
		t.Error("one recipient's limit spent another's")
	}
	h.clock.Advance(61 * time.Minute)
	if !allow("ada@bücher.example") {
		t.Error("the limit did not end with the hour")
	}
	free := newHouse(t, func(o *mail.Options) { o.RecipientLimit = 0 })
	for range 20 {
		free.tx(t, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := free.postman.Allow(ctx, tx, mail.ResetPassword, "ada@example.com"); err != nil || !ok {
				t.Errorf("limit 0 refused: %t, %v", ok, err)
			}
			return nil
		})
	}
}

func TestOnlyCurrentTokensAreSent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(t *testing.T, h *house, l mail.Letter)
		want error
	}{
		{"current", func(*testing.T, *house, mail.Letter) {}, nil},
		{"consumed", func(t *testing.T, h *house, l mail.Letter) {
			t.Helper()
			if ok, err := h.store.Direct().Signups.Consume(t.Context(), l.TokenID, h.clock.Now()); err != nil || !ok {
				t.Fatal(ok, err)
			}
		}, jobs.ErrObsolete},
		{"superseded", func(t *testing.T, h *house, l mail.Letter) {
			t.Helper()
			if ok, err := h.store.Direct().Signups.Supersede(t.Context(), l.TokenID, h.clock.Now()); err != nil || !ok {
				t.Fatal(ok, err)
			}
		}, jobs.ErrObsolete},
		{"of an address that has an account by now", func(t *testing.T, h *house, l mail.Letter) {
			t.Helper()
			now := h.clock.Now()
			h.tx(t, func(ctx context.Context, tx *store.Tx) error {
				return tx.Users.Insert(ctx, store.User{
					ID: id.Random(), Email: l.To, EmailCanonical: mail.Recipient(l.To), Metadata: "{}",
					Status: store.UserActive, Epoch: 1, CreatedAt: now, UpdatedAt: now,
				})
			})
		}, jobs.ErrObsolete},
		{"expired", func(_ *testing.T, h *house, _ mail.Letter) { h.clock.Advance(25 * time.Hour) }, jobs.ErrObsolete},
		{"purged", func(t *testing.T, h *house, _ mail.Letter) {
			t.Helper()
			if n, err := h.store.Direct().Signups.Purge(t.Context(), h.clock.Now().Add(48*time.Hour), 10); err != nil || n != 1 {
				t.Fatal(n, err)
			}
		}, jobs.ErrObsolete},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			l := h.pending(t, "Ada@example.com")
			job := h.enqueue(t, l)
			tt.do(t, h, l)
			err := h.handle(t.Context(), jobs.Work{Job: job, Secret: []byte(l.Token)})
			if !errors.Is(err, tt.want) || (tt.want == nil && err != nil) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if got := len(h.box.List("ada@EXAMPLE.com")); (got == 1) != (tt.want == nil) {
				t.Errorf("%d mails were sent", got)
			}
		})
	}
}

// pool runs a pool with the postman's handler until the test is over.
func (h *house) pool(t *testing.T, change ...func(*jobs.Options)) *jobs.Pool {
	t.Helper()
	o := jobs.Options{
		Store: h.store, Keyring: h.keyring, Handout: local.NewHandout(), Clock: h.clock,
		Log: slog.New(slog.DiscardHandler), Poll: 5 * time.Millisecond,
	}
	for _, c := range change {
		c(&o)
	}
	p := jobs.New(o)
	p.Handle(h.postman.Handler())
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = p.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })
	return p
}

func (h *house) job(t *testing.T, jobID string) store.Job {
	t.Helper()
	j, err := h.store.Direct().Jobs.ByID(t.Context(), jobID)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestABlankLetterGoesNowhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := h.enqueue(t, mail.Letter{Kind: mail.Blank, To: "nobody@example.com"})
	if strings.Contains(job.Payload, "nobody") || job.SecretSealed == "" {
		t.Errorf("a blank letter keeps an address, or costs less to write: %+v", job)
	}
	h.pool(t)
	waittest.Until(t, "the blank letter is done", func() bool { return h.job(t, job.ID).State == store.JobDone })
	if all := h.box.List(""); len(all) != 0 {
		t.Errorf("a blank letter was sent: %v", all)
	}
}

func TestALetterArrivesOnceItsTransactionIsCommitted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.pool(t, func(o *jobs.Options) { o.Poll = time.Hour })
	// The pool may be done with the job before the transaction has returned.
	var job store.Job
	h.store.AfterCommit(func(_ context.Context, e store.Effects) {
		if len(e.Jobs) == 1 {
			job = h.job(t, e.Jobs[0].ID) //nolint:contextcheck // the look is the test's own
		}
	})
	h.store.AfterCommit(p.Committed)
	undone := errors.New("undone")
	err := h.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(h.postman.Enqueue(ctx, tx, mail.Letter{Kind: mail.AccountExists, To: "bea@example.com"}), undone)
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	l := h.pending(t, "Ada@example.com")
	h.tx(t, func(ctx context.Context, tx *store.Tx) error { return h.postman.Enqueue(ctx, tx, l) })
	if job.ID == "" {
		t.Fatal("no job was written")
	}
	if strings.Contains(job.Payload, l.Token) || strings.Contains(job.SecretSealed, l.Token) {
		t.Error("the token is at rest in clear")
	}
	waittest.Until(t, "the mail arrives without a poll", func() bool { return len(h.box.List("")) == 1 })
	got := h.box.List("ada@example.com")[0]
	if want := "https://auth.example/auth/verify-email?token=" + l.Token; len(got.Links) != 1 || got.Links[0] != want {
		t.Errorf("links: got %q, want %q", got.Links, want)
	}
	waittest.Until(t, "the secret is erased", func() bool {
		j := h.job(t, job.ID)
		return j.State == store.JobDone && j.SecretSealed == ""
	})
}

// A mail that signs in is not sent once it was used, or when it comes too late.
func TestAMagicLinkThatIsNotCurrentIsNotSent(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, h *house, l store.MagicLink){
		"it was used": func(t *testing.T, h *house, l store.MagicLink) {
			t.Helper()
			h.tx(t, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.MagicLinks.Consume(ctx, l.ID, h.clock.Now())
				return err
			})
		},
		"it has expired": func(_ *testing.T, h *house, _ store.MagicLink) { h.clock.Advance(15 * time.Minute) },
		"nothing":        nil,
	} {
		h := newHouse(t)
		token, hash := secret.NewToken("spl_")
		row := store.MagicLink{
			ID: id.Ordered(), AddressHash: "ada", TokenHash: hash, RequestHash: "r", CodeHash: "c",
			CreatedAt: h.clock.Now(), ExpiresAt: h.clock.Now().Add(15 * time.Minute),
		}
		h.tx(t, func(ctx context.Context, tx *store.Tx) error { return tx.MagicLinks.Insert(ctx, row) })
		j := h.enqueue(t, mail.Letter{
			Kind: mail.MagicLink, To: "ada@example.com", Token: token, TokenID: row.ID, TokenTable: mail.TokenMagicLink, ExpiresAt: row.ExpiresAt,
		})
		if strings.Contains(j.Payload, token) || strings.Contains(j.Payload, secret.Digits(token)) {
			t.Error("the token or the code stands in the payload")
		}
		if spoil != nil {
			spoil(t, h, row)
		}
		err := h.handle(t.Context(), jobs.Work{Job: j, Secret: []byte(token)})
		sent := h.box.List("ada@example.com")
		switch {
		case spoil == nil && (err != nil || len(sent) != 1 || !strings.Contains(sent[0].Text, "\n\n"+secret.Digits(token)+"\n\n")):
			t.Errorf("%s: %v, %d mails", name, err, len(sent))
		case spoil != nil && (!errors.Is(err, jobs.ErrObsolete) || len(sent) != 0):
			t.Errorf("%s: %v, %d mails", name, err, len(sent))
		}
	}
}
