package signup_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// renewing is the rooms whose links are renewed, on a real database, as far as renewing needs it.
type renewing struct {
	store    *store.Store
	clock    *clock.Fake
	renewals mail.Renewals
}

func newRenewing(t *testing.T) *renewing {
	t.Helper()
	clk := clock.NewFake()
	db, err := store.Open(t.Context(), store.Options{URL: "sqlite://" + filepath.Join(t.TempDir(), "sallyport.db"), Clock: clk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	links := link.New(link.Options{Clock: clk, VerifyEmailTTL: 24 * time.Hour, ResetPasswordTTL: time.Hour})
	accounts := account.New(account.Options{Store: db, Clock: clk, Guesses: &ratelimit.Guesses{}, Links: links})
	signUps := signup.New(signup.Options{
		Store: db, Accounts: accounts, Clock: clk, Guesses: &ratelimit.Guesses{}, Links: links, VerifyEmailTTL: 24 * time.Hour,
	})
	passwords := recovery.New(recovery.Options{Store: db, Accounts: accounts, Clock: clk, Links: links})
	return &renewing{store: db, clock: clk, renewals: mail.Joined(signUps.Renewals(), passwords.Renewals())}
}

func (r *renewing) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// now is the time as it is stored.
func (r *renewing) now() time.Time { return r.clock.Now().UTC().Truncate(time.Microsecond) }

// renew renews a letter and commits.
func (r *renewing) renew(t *testing.T, l mail.Letter) (renewed mail.Letter, err error) {
	t.Helper()
	err = r.store.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		renewed, err = r.renewals.Renew(ctx, tx, l)
		return err
	})
	return renewed, err
}

// signUp is a pending sign-up, and the letter about it without its token.
func (r *renewing) signUp(t *testing.T, address string) (store.PendingSignup, mail.Letter) {
	t.Helper()
	now := r.now()
	p := store.PendingSignup{
		ID: id.Ordered(), Email: address, EmailCanonical: address, PasswordHash: "phc of " + address, Name: "Ada",
		TokenHash: id.Random(), CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
	}
	r.must(t, r.store.Direct().Signups.Insert(t.Context(), p))
	return p, mail.Letter{Kind: mail.VerifyEmail, To: address, TokenTable: mail.TokenPendingSignup, TokenID: p.ID}
}

// user is a user with a token of a purpose, and the letter about it.
func (r *renewing) user(t *testing.T, address string, purpose store.Purpose) (store.OneTimeToken, mail.Letter) {
	t.Helper()
	now := r.now()
	u := store.User{
		ID: id.Random(), Email: address, EmailCanonical: address, Metadata: "{}", Status: store.UserActive, Epoch: 1,
		CreatedAt: now, UpdatedAt: now,
	}
	r.must(t, r.store.Direct().Users.Insert(t.Context(), u))
	tok := store.OneTimeToken{
		ID: id.Ordered(), Purpose: purpose, UserID: u.ID, TokenHash: id.Random(), UserEpoch: 1, CreatedAt: now, ExpiresAt: now.Add(time.Hour),
	}
	r.must(t, r.store.Direct().Tokens.Insert(t.Context(), tok))
	return tok, mail.Letter{Kind: mail.Kind(purpose), To: address, TokenTable: mail.TokenOneTime, TokenID: tok.ID}
}

func TestASignUpIsRenewedAlone(t *testing.T) {
	t.Parallel()
	r := newRenewing(t)
	for name, passed := range map[string]time.Duration{"while it is pending": time.Hour, "after it expired": 48 * time.Hour} {
		direct := r.store.Direct()
		address := id.Random() + "@example.com"
		before, l := r.signUp(t, address)
		other, _ := r.signUp(t, address)
		r.clock.Advance(passed)
		renewed, err := r.renew(t, l)
		r.must(t, err)
		if renewed.To != l.To || renewed.Kind != mail.VerifyEmail || !strings.HasPrefix(renewed.Token, "spv_") {
			t.Errorf("%s: the letter is %+v", name, renewed)
		}
		row, err := direct.Signups.ByID(t.Context(), renewed.TokenID)
		r.must(t, err)
		hash := secret.Hash(renewed.Token)
		if row.TokenHash != hash || row.PasswordHash != before.PasswordHash || row.Name != before.Name ||
			row.ExpiresAt.Before(before.ExpiresAt.Add(passed)) || row.CreatedAt != before.CreatedAt || !renewed.ExpiresAt.Truncate(time.Microsecond).Equal(row.ExpiresAt) || !row.SupersededAt.IsZero() {
			t.Errorf("%s: the new row is %+v", name, row)
		}
		if old, err := direct.Signups.ByID(t.Context(), before.ID); err != nil || old.SupersededAt.IsZero() {
			t.Errorf("%s: the old link works on: %+v, %v", name, old, err)
		}
		if o, err := direct.Signups.ByID(t.Context(), other.ID); err != nil || o != other {
			t.Errorf("%s: another sign-up of the address was touched: %+v, %v", name, o, err)
		}
		if _, err := r.renew(t, l); !errors.Is(err, jobs.ErrObsolete) {
			t.Errorf("%s: renewed twice: %v", name, err)
		}
	}
}

func TestATokenIsRenewedAlone(t *testing.T) {
	t.Parallel()
	r := newRenewing(t)
	for purpose, want := range map[store.Purpose]struct {
		prefix string
		ttl    time.Duration
	}{
		store.PurposeVerifyEmail:   {"spv_", 24 * time.Hour},
		store.PurposeResetPassword: {"spw_", time.Hour},
	} {
		direct := r.store.Direct()
		before, l := r.user(t, id.Random()+"@example.com", purpose)
		other := before
		other.ID, other.TokenHash, other.ExpiresAt = id.Ordered(), id.Random(), before.ExpiresAt.Add(99*time.Hour)
		r.must(t, direct.Tokens.Insert(t.Context(), other))
		r.clock.Advance(10 * time.Hour) // expired
		renewed, err := r.renew(t, l)
		r.must(t, err)
		tok, err := direct.Tokens.ByID(t.Context(), renewed.TokenID)
		r.must(t, err)
		if renewed.Kind != l.Kind || !strings.HasPrefix(renewed.Token, want.prefix) || tok.TokenHash != secret.Hash(renewed.Token) ||
			tok.Purpose != purpose || tok.UserID != before.UserID || tok.ExpiresAt.Sub(tok.CreatedAt) != want.ttl || tok.CreatedAt.Before(before.ExpiresAt) {
			t.Errorf("%s: %+v with %+v", purpose, renewed, tok)
		}
		if old, err := direct.Tokens.ByID(t.Context(), before.ID); err != nil || old.SupersededAt.IsZero() {
			t.Errorf("%s: the old link works on: %+v, %v", purpose, old, err)
		}
		if o, err := direct.Tokens.ByID(t.Context(), other.ID); err != nil || o != other {
			t.Errorf("%s: another token of the user was touched: %+v, %v", purpose, o, err)
		}
	}
}

// TestALinkThatWouldServeNothingIsNotRenewed and no row changes.
func TestALinkThatWouldServeNothingIsNotRenewed(t *testing.T) {
	t.Parallel()
	r := newRenewing(t)
	for name, test := range map[string]struct {
		letter func(*testing.T, *renewing, *store.Tx) mail.Letter
		says   string
	}{
		"a sign-up that was purged": {func(*testing.T, *renewing, *store.Tx) mail.Letter {
			return mail.Letter{Kind: mail.VerifyEmail, TokenTable: mail.TokenPendingSignup, TokenID: "none"}
		}, "the sign-up is gone"},
		"a sign-up that was confirmed": {func(t *testing.T, r *renewing, direct *store.Tx) mail.Letter {
			p, l := r.signUp(t, "ada1@example.com")
			_, err := direct.Signups.Consume(t.Context(), p.ID, r.now())
			r.must(t, err)
			return l
		}, "was confirmed, or a newer link"},
		"a sign-up that another replaced": {func(t *testing.T, r *renewing, direct *store.Tx) mail.Letter {
			p, l := r.signUp(t, "ada2@example.com")
			_, err := direct.Signups.Supersede(t.Context(), p.ID, r.now())
			r.must(t, err)
			return l
		}, "was confirmed, or a newer link"},
		"a sign-up whose address has an account": {func(t *testing.T, r *renewing, _ *store.Tx) mail.Letter {
			_, l := r.signUp(t, "ada3@example.com")
			r.user(t, "ada3@example.com", store.PurposeVerifyEmail)
			return l
		}, "has an account by now"},
		"a token that was purged": {func(*testing.T, *renewing, *store.Tx) mail.Letter {
			return mail.Letter{Kind: mail.ResetPassword, TokenTable: mail.TokenOneTime, TokenID: "none"}
		}, "its token is gone"},
		"a token that was used": {func(t *testing.T, r *renewing, direct *store.Tx) mail.Letter {
			tok, l := r.user(t, "ada5@example.com", store.PurposeResetPassword)
			_, err := direct.Tokens.Consume(t.Context(), tok.ID, r.now())
			r.must(t, err)
			return l
		}, "its link was used, or a newer one"},
		"a token of a disabled user": {func(t *testing.T, r *renewing, direct *store.Tx) mail.Letter {
			tok, l := r.user(t, "ada6@example.com", store.PurposeResetPassword)
			_, err := direct.Users.SetStatus(t.Context(), tok.UserID, store.UserActive, store.UserDisabled, r.now())
			r.must(t, err)
			return l
		}, "the user is not active"},
		"a token for an address that is verified": {func(t *testing.T, r *renewing, direct *store.Tx) mail.Letter {
			tok, l := r.user(t, "ada7@example.com", store.PurposeVerifyEmail)
			_, err := direct.Users.MarkVerified(t.Context(), tok.UserID, r.now())
			r.must(t, err)
			_, err = direct.Users.Claim(t.Context(), tok.UserID, r.now())
			r.must(t, err)
			return l
		}, "the address is verified by now"},
	} {
		l := test.letter(t, r, r.store.Direct())
		if _, err := r.renew(t, l); !errors.Is(err, jobs.ErrObsolete) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q", name, err, test.says)
		}
	}
}
