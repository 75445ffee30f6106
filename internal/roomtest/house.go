// Package roomtest is the world in which the rooms about accounts are tested: all
// of them on a database of their own, with a gate that lets a test act in the
// moment between what a room reads and what it writes, and what people do in most
// tests. It is for tests alone.
package roomtest

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

const (
	publicURL = "http://localhost:8080"
	// Orders is the audience of another resource server.
	Orders = "https://api.example.com"

	// Good is the password of users that a test does not give another.
	Good = "violet umbrella 27"
	// Ada is the address of the user whom most tests are about, and AdaNew another
	// of hers.
	Ada    = "Ada@people.example"
	AdaNew = "Ada@new.example"
	// Thief is the address of somebody who got in.
	Thief = "thief@evil.example"
)

// Settings are what a test may want otherwise.
type Settings struct {
	SignUpOpen           bool
	RequireVerifiedEmail bool
	VerifyEmailTTL       time.Duration
	ResetPasswordTTL     time.Duration
	DeletionCooling      time.Duration
	Places               session.Placer   // where IP addresses are; nil knows of none
	Hooks                hook.Sender      // of web hooks; nil sends none
	Applications         []string         // origins of those behind a proxy
	Domains              *address.Domains // of addresses that people may bring; nil means all

	around         store.Around // the statements of the rooms
	asking         hook.GateOptions
	recipientLimit int
	poll           time.Duration // for jobs that come due; 0 is that of the pool
}

// House is the rooms about accounts and what is around them, on a database of its
// own, with a pool that delivers mail to a box.
type House struct {
	*account.Accounts
	*deletion.Deletions
	*signup.SignUps
	*recovery.Passwords
	*emailchange.Changes

	Gate     *Gate
	Store    *store.Store
	Rooms    *store.Store // with the gate around it, as the rooms have it
	trouble  *trouble
	Clock    *clock.Fake
	Box      *mail.Box
	Postman  *mail.Postman
	Logins   *login.Logins
	Clients  *client.Clients
	Hooks    *hook.Hooks // nil without a sender
	Asked    *hook.Gate  // asks web hooks; nil without a sender
	Desk     *jobs.Desk  // of web hooks alone
	Sessions *session.Sessions
	Verifier *token.Verifier
	Visitors *forward.Visitors
	// ForVisitors is what Visitors was made with, for another instance.
	ForVisitors forward.Options
	Records     *personal.Records
	records     personal.Options
	Factors     *mfa.Factors
	Passkeys    *passkey.Passkeys
	Users       *admin.Users
	Roles       *rbac.Roles
	Operators   *admin.Gate
	gate        admin.GateOptions
	Limits      *ratelimit.Limits
	Buckets     *Buckets // of the limits
	URL         string
	Shut        func() error
}

// Must is for what cannot fail but for the machine.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// New is a house on SQLite.
func New(t *testing.T, settings ...func(*Settings)) *House {
	t.Helper()
	file := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(file, Must(migrated()), 0o600); err != nil {
		t.Fatal(err)
	}
	return On(t, "sqlite://"+file, settings...)
}

// migrated is a database of SQLite in which nothing has happened yet. Each house gets
// a copy: that takes a tenth of the time of its migrations.
var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "roomtest")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "empty.db")
	empty, err := store.Open(context.Background(), store.Options{URL: "sqlite://" + file, Clock: clock.NewFake()})
	if err != nil {
		return nil, err
	}
	if err := empty.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// On is a house on the database given.
func On(t *testing.T, url string, settings ...func(*Settings)) *House {
	t.Helper()
	o := Settings{
		SignUpOpen: true, RequireVerifiedEmail: true, VerifyEmailTTL: 24 * time.Hour, ResetPasswordTTL: time.Hour,
		DeletionCooling: 168 * time.Hour, recipientLimit: 5,
	}
	for _, set := range settings {
		set(&o)
	}
	h := &House{Clock: clock.NewFake(), URL: url}
	h.Store = Must(store.Open(t.Context(), store.Options{URL: url, Clock: h.Clock, Patience: 20 * time.Second}))
	h.Shut = sync.OnceValue(h.Store.Close)
	t.Cleanup(func() { _ = h.Shut() })
	h.Buckets = &Buckets{}
	h.Limits = ratelimit.New(h.Buckets, ratelimit.Options{On: true})
	h.Gate, h.trouble = &Gate{}, &trouble{}
	behind := h.Store.Around(h.trouble.around)
	h.Rooms = behind.Around(h.Gate.around)
	if o.around != nil {
		h.Rooms = behind.Around(o.around)
	}
	log := slog.New(slog.DiscardHandler)
	keyring := Must(secret.ParseKeyring(secret.Encode(secret.Bytes(32))))
	ring := keys.New(keys.Options{Store: h.Store, Keyring: keyring, Clock: h.Clock, Log: log, AccessTokenTTL: 15 * time.Minute})
	revocations := token.NewRevocations(token.RevocationsOptions{
		Store: h.Store, Feed: local.NewFeed(), Clock: h.Clock, Log: log, AccessTokenTTL: 15 * time.Minute,
	})
	pool := jobs.New(jobs.Options{
		Store: h.Store, Keyring: keyring, Handout: local.NewHandout(), Clock: h.Clock, Log: log, Workers: hook.Workers, Poll: o.poll,
	})
	h.Store.AfterCommit(revocations.Committed)
	h.Store.AfterCommit(pool.Committed)
	h.Box = mail.NewBox(h.Clock, 100)
	h.Postman = Must(mail.NewPostman(mail.Options{
		Store: h.Store, Keyring: keyring, Transport: h.Box, Clock: h.Clock, Log: log, PublicURL: publicURL, Product: "Sallyport",
		RecipientLimit: o.recipientLimit,
	}))
	pool.Handle(h.Postman.Handler())
	trail := h.hooks(&o, keyring, pool, log)
	devices := ratelimit.NewDevices(keyring.MAC("known device"), h.Clock)
	claims, err := token.ParseUserClaims([]string{"tenant=app_metadata.tenant", "old_id=external_id"})
	if err != nil {
		t.Fatal(err)
	}
	issuer := token.NewIssuer(token.Options{Ring: ring, Issuer: publicURL, Audience: publicURL, TTL: 15 * time.Minute, Claims: claims})
	h.Sessions = session.New(session.Options{
		Store: behind, Keyring: keyring, Devices: devices, Places: o.Places, Revocations: revocations, Trail: trail, Postman: h.Postman, Clock: h.Clock, Log: log,
		Issuer: issuer,
		Tally:  &telemetry.Tally{}, Grace: 30 * time.Second, Recovery: 24 * time.Hour,
		TTL: 90 * 24 * time.Hour, IdleTTL: 30 * 24 * time.Hour, AccessTokenTTL: 15 * time.Minute, Audiences: []string{Orders}, Gate: h.Asked,
	})
	h.Verifier = token.NewVerifier(token.VerifierOptions{
		Ring: ring, Revocations: revocations, Clock: h.Clock, Issuer: publicURL, Audience: publicURL,
	})
	h.ForVisitors = forward.Options{
		Store: behind, Keyring: keyring, Sessions: h.Sessions, Verifier: h.Verifier, Revocations: revocations, Clock: h.Clock, Origins: o.Applications,
	}
	h.Visitors = forward.New(h.ForVisitors)
	h.records = personal.Options{Store: behind, Sessions: h.Sessions, Postman: h.Postman, Trail: trail, Clock: h.Clock, Log: log}
	h.Clients = client.New(client.Options{
		Store: h.Rooms, Issuer: issuer, Verifier: h.Verifier, Revocations: revocations, Sessions: h.Sessions, Trail: trail, Clock: h.Clock, Log: log, Audience: publicURL,
	})
	h.Records = personal.New(h.records)
	h.people(o, behind, keyring, devices, trail, log)
	h.operators(trail)
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

// hooks builds the room of web hooks, if there is a sender, and the trail that it
// follows.
func (h *House) hooks(o *Settings, keyring *secret.Keyring, pool *jobs.Pool, log *slog.Logger) *audit.Trail {
	if o.Hooks == nil {
		return audit.New(h.Clock)
	}
	trail := audit.New(h.Clock, hook.NewOutbox(keyring))
	h.Hooks = hook.New(hook.Options{
		Store: h.Store, Keyring: keyring, Sender: o.Hooks, Postman: h.Postman, Trail: trail, Clock: h.Clock, Log: log,
	})
	pool.Handle(h.Hooks.Handler())
	o.asking.Store, o.asking.Keyring, o.asking.Sender, o.asking.Clock, o.asking.Log = h.Store, keyring, o.Hooks, h.Clock, log
	h.Asked = hook.NewGate(o.asking)
	h.Desk = jobs.NewDesk(jobs.DeskOptions{Store: h.Store, Keyring: keyring, Trail: trail})
	h.Desk.Keep(h.Hooks.Keeper())
	return trail
}

// hashes is who hashes in every house: reading the common passwords once is enough.
var hashes = sync.OnceValues(func() (*password.Hasher, error) {
	return password.New(password.Options{
		Algorithm: password.Argon2id, Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 2, Queue: 64, MinLength: 8, Product: "Sallyport",
	})
})

// people builds the rooms that people ask something of.
func (h *House) people(o Settings, behind *store.Store, keyring *secret.Keyring, devices *ratelimit.Devices, trail *audit.Trail, log *slog.Logger) {
	hasher := Must(hashes())
	guesses := ratelimit.NewGuesses(behind, keyring.MAC("guesses"), h.Clock, ratelimit.GuessOptions{PasswordTries: 10, Window: 15 * time.Minute})
	codes := ratelimit.NewCodes(behind, keyring.MAC("guesses"), h.Clock, ratelimit.CodeOptions{Tries: 20, Window: 15 * time.Minute})
	links := link.New(link.Options{Trail: trail, Clock: h.Clock, VerifyEmailTTL: o.VerifyEmailTTL, ResetPasswordTTL: o.ResetPasswordTTL})
	h.Accounts = account.New(account.Options{
		Store: h.Rooms, Hasher: hasher, Guesses: guesses, Codes: codes, Postman: h.Postman, Sessions: h.Sessions, Links: links, Trail: trail,
		Clock: h.Clock, Domains: o.Domains,
	})
	h.Changes = emailchange.New(emailchange.Options{
		Store: h.Rooms, Accounts: h.Accounts, Sessions: h.Sessions, Links: links, Postman: h.Postman, Trail: trail, Clock: h.Clock,
	})
	h.Passwords = recovery.New(recovery.Options{
		Store: h.Rooms, Accounts: h.Accounts, Hasher: hasher, Sessions: h.Sessions, Links: links, Postman: h.Postman, Trail: trail, Clock: h.Clock,
	})
	h.Roles = rbac.New(rbac.Options{Store: h.Rooms, Sessions: h.Sessions, Trail: trail, Clock: h.Clock})
	h.SignUps = signup.New(signup.Options{
		Store: h.Rooms, Accounts: h.Accounts, Hasher: hasher, Guesses: guesses, Links: links, Postman: h.Postman, Trail: trail, Clock: h.Clock,
		Open: o.SignUpOpen, Places: o.Places, Gate: h.Asked, Roles: h.Roles, RequireVerifiedEmail: o.RequireVerifiedEmail, VerifyEmailTTL: o.VerifyEmailTTL,
	})
	h.Deletions = deletion.New(deletion.Options{
		Store: h.Rooms, Accounts: h.Accounts, Sessions: h.Sessions, Links: links, Postman: h.Postman, Records: h.Records, Trail: trail,
		Clock: h.Clock, Log: log, Cooling: o.DeletionCooling,
	})
	h.Passkeys = Must(passkey.New(passkey.Options{
		Store: behind, Keyring: keyring, Accounts: h.Accounts, Sessions: h.Sessions, Postman: h.Postman, Trail: trail, Clock: h.Clock,
		RPID: "localhost", RPName: "Sallyport", Origins: []string{publicURL},
	}))
	h.Factors = mfa.New(mfa.Options{
		Store: behind, Keyring: keyring, Accounts: h.Accounts, Sessions: h.Sessions, Postman: h.Postman, Trail: trail, Clock: h.Clock,
		Issuer: "Sallyport", Codes: codes, More: []mfa.Factor{h.Passkeys.Factor()},
	})
	h.Logins = login.New(login.Options{
		Store: behind, Hasher: hasher, Guesses: guesses, Devices: devices, Passkeys: h.Passkeys, Factors: h.Factors, Codes: codes, Accounts: h.Accounts, SignUps: h.SignUps,
		Deletions: h.Deletions, Sessions: h.Sessions, Trail: trail, Clock: h.Clock, Log: log, RequireVerifiedEmail: o.RequireVerifiedEmail,
		Links: magiclink.New(magiclink.Options{
			Store: behind, Addresses: keyring.MAC("magic link"), Postman: h.Postman, Trail: trail, Clock: h.Clock, TTL: 15 * time.Minute,
			Codes:  ratelimit.NewMailedCodes(behind, keyring.MAC("guesses"), h.Clock, ratelimit.CodeOptions{Tries: 20, Window: 24 * time.Hour}),
			ByLink: true, ByCode: true,
		}),
	})
}

// operators builds the rooms that operators ask something of.
func (h *House) operators(trail *audit.Trail) {
	h.Users = admin.New(admin.Options{Store: h.Rooms, Sessions: h.Sessions, Roles: h.Roles, Trail: trail, Clock: h.Clock})
	h.gate = admin.GateOptions{Store: h.Rooms, Roles: h.Roles, Sessions: h.Sessions, Trail: trail}
	h.Operators = admin.NewGate(h.gate)
}

// OperatorsFrom is a gate for operators who come from somewhere, with as many factors.
func (h *House) OperatorsFrom(twoFactors bool, networks ...netip.Prefix) *admin.Gate {
	o := h.gate
	o.TwoFactors, o.Networks = twoFactors, networks
	return admin.NewGate(o)
}

// Pages is the rooms as the pages ask them.
func (h *House) Pages() frame.Rooms {
	return frame.Rooms{
		Accounts: h.Accounts, SignUps: h.SignUps, Recovery: h.Passwords, Changes: h.Changes, Deletions: h.Deletions, Records: h.Records,
		Logins: h.Logins, Sessions: h.Sessions, Factors: h.Factors, Passkeys: h.Passkeys, Users: h.Users, Roles: h.Roles, Gate: h.Operators,
		Overview: admin.NewOverview(admin.OverviewOptions{Store: h.Rooms, Clock: h.Clock, Numbers: stats.Ledger{Store: h.Rooms, Clock: h.Clock}}),
	}
}

// Unverified is the setting that makes accounts at sign-up.
func Unverified(o *Settings) { o.RequireVerifiedEmail = false }

// RenewLink gives a letter another link, as an operator's desk does.
func (h *House) RenewLink(ctx context.Context, tx *store.Tx, l mail.Letter) (mail.Letter, error) {
	return mail.Joined(h.SignUps.Renewals(), h.Passwords.Renewals(), h.Changes.Renewals()).Renew(ctx, tx, l)
}

// Maintain does the periodic work of every room.
func (h *House) Maintain(ctx context.Context) error {
	return errors.Join(h.Accounts.Maintain(ctx), h.SignUps.Maintain(ctx), h.Changes.Maintain(ctx))
}

// Accepting is the setting that goes on where a web hook that is asked gives no
// answer.
func Accepting(o *Settings) { o.asking.AcceptSignUp, o.asking.AcceptToken = true, true }

// Hooked is the setting that sends web hooks by a sender, and looks often for those
// that come due.
func Hooked(sender hook.Sender) func(*Settings) {
	return func(o *Settings) { o.Hooks, o.poll = sender, 20*time.Millisecond }
}
