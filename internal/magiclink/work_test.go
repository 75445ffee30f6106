package magiclink_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// noted is what is done to the tables, each with a note.
func noted(calls *[]string) store.Around {
	length := func(values []any) (n int) {
		for _, v := range values {
			if s, ok := v.(string); ok {
				n += len(s)
			}
		}
		return n
	}
	return func(_ context.Context, statement string, args []any, do func() error) error {
		note := func(what ...any) { *calls = append(*calls, fmt.Sprint(what...)) }
		switch s := strings.HasPrefix; {
		case statement == "BEGIN":
			note("begin")
		case strings.Contains(statement, "FROM users"):
			note("read user")
		case s(statement, "SELECT COUNT(*) FROM magic_links"):
			note("read whether one stands")
		case strings.Contains(statement, "FROM magic_links WHERE realm_id = ? AND request_hash"):
			note("read row")
		case s(statement, "INSERT INTO magic_links"):
			note("insert row of ", length(args[3:7]))
		case s(statement, "UPDATE magic_links SET tries"):
			note("count in row")
		case s(statement, "UPDATE attempts SET tries = tries + 1"):
			note("take ", args[1])
		case s(statement, "UPDATE attempts SET window_ends_at"):
			note("extend ", args[2])
		case s(statement, "UPDATE attempts SET tries = tries - 1"):
			note("give back ", args[1])
		case s(statement, "INSERT INTO audit_events"):
			note("record ", args[2], " ", args[4])
		case s(statement, "INSERT INTO jobs"):
			note("job with ", length(args[4:5]), " sealed bytes")
		}
		return do()
	}
}

// house is a Links on a database of its own whose work is noted.
type house struct {
	*magiclink.Links
	options magiclink.Options
	db      *store.Store
	clock   *clock.Fake
	letters *letters
	calls   []string
}

// letters is a postman that remembers the last letter.
type letters struct {
	*mail.Postman

	last mail.Letter
}

func (l *letters) Enqueue(ctx context.Context, tx *store.Tx, letter mail.Letter) error {
	l.last = letter
	return l.Postman.Enqueue(ctx, tx, letter)
}

func newHouse(t *testing.T, change ...func(*magiclink.Options)) *house {
	t.Helper()
	h := &house{clock: clock.NewFake(), letters: &letters{}}
	var err error
	if h.db, err = store.Open(t.Context(), store.Options{URL: "sqlite:///" + filepath.Join(t.TempDir(), "test.db"), Clock: h.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.db.Close() })
	ring, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		t.Fatal(err)
	}
	watched := h.db.Around(noted(&h.calls))
	postman, err := mail.NewPostman(mail.Options{
		Store: watched, Keyring: ring, Clock: h.clock, PublicURL: "https://auth.example", Product: "Sallyport", RecipientLimit: 5,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.letters.Postman = postman
	o := magiclink.Options{
		Store: watched, Addresses: ring.MAC("magic link"), Postman: h.letters, Trail: audit.New(h.clock), Clock: h.clock,
		Codes:  ratelimit.NewMailedCodes(watched, ring.MAC("guesses"), h.clock, ratelimit.CodeOptions{Tries: 20, Window: 24 * time.Hour}),
		ByLink: true, ByCode: true, TTL: 15 * time.Minute,
	}
	for _, c := range change {
		c(&o)
	}
	h.options, h.Links = o, magiclink.New(o)
	return h
}

func (h *house) join(t *testing.T, email string, change func(*store.User)) {
	t.Helper()
	u := store.User{
		ID: id.Random(), Email: email, EmailCanonical: email, EmailVerifiedAt: h.clock.Now(), Metadata: "{}",
		Status: store.UserActive, Epoch: 1, CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now(),
	}
	change(&u)
	if err := h.db.Direct().Users.Insert(t.Context(), u); err != nil {
		t.Fatal(err)
	}
}

// Strangers may ask for mail to any address and guess at its code. What they hear
// and what the database does is the same, in the same order, for whatever the
// address is: the time that it takes must not tell (design law 5). That goes also
// for what comes after the fifth mail of an hour, which is not sent.
func TestStrangersCauseTheSameWork(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, "active@people.example", func(*store.User) {})
	h.join(t, "unverified@people.example", func(u *store.User) { u.EmailVerifiedAt = time.Time{} })
	h.join(t, "disabled@people.example", func(u *store.User) { u.Status = store.UserDisabled })
	did := map[string][]string{}
	kinds := []string{"nobody", "active", "unverified", "disabled"}
	for _, kind := range kinds {
		h.calls = nil
		var asked []string
		for range 7 {
			a, err := h.Ask(t.Context(), magiclink.Request{Email: kind + "@people.example"})
			if err != nil || a.ExpiresIn != 15*time.Minute {
				t.Fatal(err)
			}
			asked = append(asked, a.RequestToken)
			h.calls = append(h.calls, "answered")
			for range 3 {
				_, err := h.Verify(t.Context(), magiclink.Answer{RequestToken: asked[len(asked)-1], Code: "no code"})
				h.calls = append(h.calls, fmt.Sprint("heard ", err))
			}
		}
		_, err := h.Verify(t.Context(), magiclink.Answer{RequestToken: asked[0], Code: "no code"})
		h.calls = append(h.calls, fmt.Sprint("heard ", err))
		did[kind] = h.calls
	}
	for _, kind := range kinds[1:] {
		if !slices.Equal(did[kind], did["nobody"]) {
			t.Errorf("an address that is %s:\n%s\nand nobody:\n%s", kind, strings.Join(did[kind], "\n"), strings.Join(did["nobody"], "\n"))
		}
	}
	all := strings.Join(did["active"], "\n")
	for what, want := range map[string]int{
		"job with": 7, "insert row": 7, "read whether": 7, "rate_limited": 2, "wrong_code": 20, "invalid_code": 20, "too_many_attempts": 2,
	} {
		if n := strings.Count(all, what); n != want {
			t.Errorf("%q came %d times, want %d", what, n, want)
		}
	}
}

// However much strangers ask for: the owner's link works for its whole time, and
// one that works lies in the mailbox whenever the owner has asked.
func TestStrangersKeepNoLinkAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, "ada@people.example", func(*store.User) {})
	mailed := func() (token string) {
		t.Helper()
		h.letters.last = mail.Letter{}
		if _, err := h.Ask(t.Context(), magiclink.Request{Email: "Ada@people.example"}); err != nil {
			t.Fatal(err)
		}
		return h.letters.last.Token
	}
	works := func(token string) bool {
		t.Helper()
		usable, _, err := h.Look(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		return usable
	}
	owners := mailed()
	for n := range 9 {
		if token := mailed(); (token != "") != (n < 4) {
			t.Errorf("request %d was mailed %q", n+2, token)
		}
		if !works(owners) {
			t.Fatalf("after %d requests of strangers the owner's link is void", n+1)
		}
	}
	h.clock.Advance(16 * time.Minute) // the links have expired, and the hour is not over
	owners = mailed()
	if !works(owners) {
		t.Error("strangers kept the owner's link away")
	}
	if mailed() != "" {
		t.Error("over the limit a second one was mailed while the first works")
	}
	proof, err := h.Verify(t.Context(), magiclink.Answer{Token: owners})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.db.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, _, err := h.Spend(ctx, tx, proof)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !works(mailed()) {
		t.Error("the link was used, and no other is to be had")
	}
}

func TestItIsOffUnlessItIsTurnedOn(t *testing.T) {
	t.Parallel()
	request, _ := secret.NewToken("spq_")
	link, _ := secret.NewToken("spl_")
	for _, test := range []struct {
		name             string
		change           func(*magiclink.Options)
		ask, look, typed error
	}{
		{"off", func(o *magiclink.Options) { o.ByLink, o.ByCode = false, false }, magiclink.ErrOff, magiclink.ErrOff, magiclink.ErrOff},
		{"link", func(o *magiclink.Options) { o.ByCode = false }, nil, nil, magiclink.ErrOff},
		{"code", func(o *magiclink.Options) { o.ByLink = false }, nil, magiclink.ErrOff, magiclink.ErrInvalidToken},
		{"both", func(*magiclink.Options) {}, nil, nil, magiclink.ErrInvalidToken},
	} {
		h := newHouse(t, test.change)
		if _, err := h.Ask(t.Context(), magiclink.Request{Email: "ada@people.example"}); !errors.Is(err, test.ask) {
			t.Errorf("%s: asking: %v", test.name, err)
		}
		if _, _, err := h.Look(t.Context(), link); !errors.Is(err, test.look) {
			t.Errorf("%s: looking: %v", test.name, err)
		}
		if _, err := h.Verify(t.Context(), magiclink.Answer{RequestToken: request, Code: "123456"}); !errors.Is(err, test.typed) {
			t.Errorf("%s: a code: %v", test.name, err)
		}
		want := test.look
		if want == nil {
			want = magiclink.ErrInvalidToken
		}
		if _, err := h.Verify(t.Context(), magiclink.Answer{Token: link}); !errors.Is(err, want) {
			t.Errorf("%s: a link: %v", test.name, err)
		}
		if test.name == "off" && len(h.calls) != 0 {
			t.Errorf("while it is off the database does %v", h.calls)
		}
	}
	h := newHouse(t)
	for _, email := range []string{"", "ada", "ada@", "a\x00@people.example"} {
		if _, err := h.Ask(t.Context(), magiclink.Request{Email: email}); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("%q: %v", email, err)
		}
	}
}

func TestNothingInTheRowIsASecret(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, "ada@people.example", func(*store.User) {})
	asked, err := h.Ask(t.Context(), magiclink.Request{Email: "Ada@people.example"})
	if err != nil {
		t.Fatal(err)
	}
	row, err := h.db.Direct().MagicLinks.ByRequestHash(t.Context(), secret.Hash(asked.RequestToken))
	if err != nil {
		t.Fatal(err)
	}
	// Whoever reads the row cannot find the code by trying them all.
	for n := range 1_000_000 {
		code := fmt.Sprintf("%06d", n)
		if h := secret.Hash(code); h == row.CodeHash {
			t.Fatalf("the code %s stands in the row", code)
		}
	}
	if all := fmt.Sprint(row); strings.Contains(all, "people.example") || strings.Contains(all, asked.RequestToken) {
		t.Errorf("the row says %s", all)
	}
	if row.UserID == "" || row.UserEpoch != 1 {
		t.Errorf("the row is of %q with epoch %d", row.UserID, row.UserEpoch)
	}
}

func TestWhatExpiredLongAgoIsDeleted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	asked, err := h.Ask(t.Context(), magiclink.Request{Email: "ada@people.example"})
	if err != nil {
		t.Fatal(err)
	}
	there := func() bool {
		if err := h.Maintain(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := h.db.Direct().MagicLinks.ByRequestHash(t.Context(), secret.Hash(asked.RequestToken))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
		return err == nil
	}
	h.clock.Advance(15*time.Minute + 23*time.Hour)
	if !there() {
		t.Error("the trail could not say any more why a late click was refused")
	}
	h.clock.Advance(2 * time.Hour)
	if there() {
		t.Error("it is still there")
	}
}

// spend uses the last mail's link.
func (h *house) spend(t *testing.T) (spent bool) {
	t.Helper()
	proof, err := h.Verify(t.Context(), magiclink.Answer{Token: h.letters.last.Token})
	if err != nil {
		t.Fatal(err)
	}
	err = h.db.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		_, spent, err = h.Spend(ctx, tx, proof)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return spent
}

// A new secret key does not spoil what was mailed under the old one; one that
// took its place without it does.
func TestLinksOutliveANewSecretKey(t *testing.T) {
	t.Parallel()
	old, fresh := secret.Encode(secret.Bytes(32)), secret.Encode(secret.Bytes(32))
	mac := func(list string) *secret.MAC {
		ring, err := secret.ParseKeyring(list)
		if err != nil {
			t.Fatal(err)
		}
		return ring.MAC("magic link")
	}
	for list, want := range map[string]bool{old: true, fresh + "," + old: true, fresh: false} {
		h := newHouse(t, func(o *magiclink.Options) { o.Addresses = mac(old) })
		h.join(t, "ada@people.example", func(*store.User) {})
		if _, err := h.Ask(t.Context(), magiclink.Request{Email: "ada@people.example"}); err != nil {
			t.Fatal(err)
		}
		h.options.Addresses = mac(list)
		h.Links = magiclink.New(h.options)
		if spent := h.spend(t); spent != want {
			t.Errorf("under %d keys, the first of them new: %v: it was spent: %v", strings.Count(list, ",")+1, list != old, spent)
		}
	}
}

// A link goes to an address; when the account has another by now, whoever reads
// the old mailbox does not get in.
func TestALinkIsForTheAddressThatItWentTo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, "ada@people.example", func(*store.User) {})
	if _, err := h.Ask(t.Context(), magiclink.Request{Email: "ada@people.example"}); err != nil {
		t.Fatal(err)
	}
	u, err := h.db.Direct().Users.ByEmail(t.Context(), "ada@people.example")
	if err != nil {
		t.Fatal(err)
	}
	moved, err := h.db.Direct().Users.ChangeEmail(t.Context(), store.EmailUpdate{ // with the epoch of before
		UserID: u.ID, Epoch: u.Epoch, From: u.EmailCanonical, Email: "countess@people.example", Canonical: "countess@people.example",
		VerifiedAt: h.clock.Now(), ClaimedAt: h.clock.Now(), Now: h.clock.Now(),
	})
	if err != nil || !moved {
		t.Fatal(moved, err)
	}
	if usable, address, err := h.Look(t.Context(), h.letters.last.Token); usable || address != "" || err != nil {
		t.Errorf("the old mailbox's link looks usable: %v %q %v", usable, address, err)
	}
	proof, err := h.Verify(t.Context(), magiclink.Answer{Token: h.letters.last.Token})
	if err != nil {
		t.Fatal(err)
	}
	err = h.options.Store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, spent, err := h.Spend(ctx, tx, proof)
		if spent {
			t.Error("the old mailbox's link was spent")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
