package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/magiclink"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/mail/smtpmail"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/stats"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	// guessWindow is how long wrong passwords are remembered.
	guessWindow = 15 * time.Minute
	// longestCodeWindow is how long the window of wrong codes of second factors
	// grows, which doubles each time.
	longestCodeWindow = 24 * time.Hour
	// mailedCodeWindow is how long wrong mailed codes are remembered.
	mailedCodeWindow = 24 * time.Hour
	// mailboxMails bounds the mailbox of development.
	mailboxMails = 200
)

// buildRooms builds every room, ground floor first, and lets the store tell them
// what was committed.
func (a *App) buildRooms(ctx context.Context) error {
	cfg := a.cfg
	if err := a.openLinks(ctx); err != nil {
		return err
	}
	a.ring = keys.New(keys.Options{
		Store: a.store, Keyring: a.keyring, Clock: a.clock, Log: a.log, Tally: a.tally,
		Algorithm: cfg.JWTAlgorithm, HMACKey: []byte(cfg.JWTKey), AccessTokenTTL: cfg.AccessTokenTTL,
	})
	a.revocations = token.NewRevocations(token.RevocationsOptions{
		Store: a.store, Feed: a.links.feed, Clock: a.clock, Log: a.log, AccessTokenTTL: cfg.AccessTokenTTL,
		MaxStaleness: cfg.RevocationMaxStaleness, Strict: cfg.RevocationCheck == "strict", BlockList: a.links.block,
	})
	a.pool = jobs.New(jobs.Options{
		Store: a.store, Keyring: a.keyring, Handout: a.links.handout, Clock: a.clock, Log: a.log, Tally: a.tally,
		Workers: cfg.Workers, Tracer: a.tracer, Counted: map[string]jobs.Ends{mail.JobKind: {Done: stats.MailSent, Dead: stats.MailFailed}},
	})
	a.store.AfterCommit(a.revocations.Committed)
	a.store.AfterCommit(a.pool.Committed)

	postman, err := a.buildMail()
	if err != nil {
		return err
	}
	a.postman = postman
	kind, handler := postman.Handler()
	a.pool.Handle(kind, handler)

	hasher, err := a.newHasher()
	if err != nil {
		return err
	}
	a.hasher, a.passwords = hasher, hasher.Rules()
	return a.buildPeople(postman, hasher)
}

// buildMail builds the postman, with the mailbox of development while there is
// no mail server.
func (a *App) buildMail() (*mail.Postman, error) {
	var transport mail.Transport
	if a.cfg.MailboxOn() {
		a.mailbox = mail.NewBox(a.clock, mailboxMails)
		transport = a.mailbox
	} else {
		smtp, err := newSMTP(a.cfg, a.log)
		if err != nil {
			return nil, err
		}
		transport = smtp
	}
	return newPostman(a.cfg, a, transport)
}

func newPostman(cfg config.Config, a *App, transport mail.Transport) (*mail.Postman, error) {
	limit := cfg.LimitMailsPerRecipient
	if !cfg.RateLimits {
		limit = 0
	}
	return mail.NewPostman(mail.Options{
		Store: a.store, Keyring: a.keyring, Transport: transport, Clock: a.clock, Log: a.log,
		PublicURL: cfg.PublicURL, Product: cfg.BrandName, AppURL: cfg.AppURL, TemplateDir: cfg.MailTemplates, RecipientLimit: limit,
	})
}

func newSMTP(cfg config.Config, log *slog.Logger) (*smtpmail.Transport, error) {
	t, err := smtpmail.New(smtpmail.Options{
		Host: cfg.SMTPHost, Port: cfg.SMTPPort, Username: cfg.SMTPUsername, Password: cfg.SMTPPassword, TLS: cfg.SMTPTLS,
		From: cfg.EffectiveMailFrom(), FromName: cfg.MailFromName, Clock: clock.System{}, Log: log,
	})
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return t, nil
}

func (a *App) newHasher() (*password.Hasher, error) {
	cfg := a.cfg
	asked := make([]password.Breaches, len(a.breaches))
	for n, b := range a.breaches {
		asked[n] = b
	}
	return password.New(password.Options{
		Algorithm: cfg.PasswordHash, Argon2MemoryKiB: cfg.Argon2MemoryKiB, Argon2Passes: cfg.Argon2Passes,
		BcryptCost: cfg.BcryptCost, Slots: cfg.HashSlots, Queue: cfg.HashQueue, MinLength: cfg.PasswordMinLength,
		Product: cfg.BrandName, Breaches: asked, TakeUnchecked: cfg.PasswordBreachOutage == "accept", Log: a.log, Tally: a.tally,
	})
}

// buildPeople builds the rooms that know people.
func (a *App) buildPeople(postman *mail.Postman, hasher *password.Hasher) error {
	cfg := a.cfg
	trail := audit.New(a.clock, hook.NewOutbox(a.keyring))
	if a.command {
		trail = trail.OfCommand(os.Getuid())
	}
	a.trail = audit.Keeper{Store: a.store, Trail: trail, Clock: a.clock, Events: cfg.AuditRetention, Personal: cfg.AuditPersonalRetention}
	claims, err := token.ParseUserClaims(cfg.Claims)
	if err != nil {
		return &config.Error{Problems: []string{"SALLYPORT_CLAIMS cannot be used: " + err.Error()}}
	}
	a.numbers = stats.Ledger{Store: a.store, Clock: a.clock}
	a.sealer = seal.New(seal.Options{Store: a.store, Keyring: a.keyring, Clock: a.clock, Log: a.log, HeadFile: cfg.AuditHeadFile})
	a.issuer = token.NewIssuer(token.Options{
		Ring: a.ring, Issuer: cfg.PublicURL, Audience: cfg.EffectiveAudience(), TTL: cfg.AccessTokenTTL, Claims: claims,
	})
	a.verifier = token.NewVerifier(token.VerifierOptions{
		Ring: a.ring, Revocations: a.revocations, Clock: a.clock, Issuer: cfg.PublicURL, Audience: cfg.EffectiveAudience(),
	})
	a.feed = token.NewPages(token.PagesOptions{Revocations: a.revocations, Ring: a.ring, Issuer: cfg.PublicURL})
	devices := ratelimit.NewDevices(a.keyring.MAC("known device"), a.clock)
	a.idempotency = idempotency.New(a.store, a.keyring, a.clock)
	sender, err := a.buildGate()
	if err != nil {
		return err
	}
	a.sessions = session.New(session.Options{
		Store: a.store, Keyring: a.keyring, Issuer: a.issuer, Revocations: a.revocations, Trail: trail, Postman: postman,
		Places: a.places, Clock: a.clock, Log: a.log, Tally: a.tally,
		Grace: cfg.RefreshGrace, Recovery: cfg.RefreshRecovery, TTL: cfg.SessionTTL, IdleTTL: cfg.SessionIdleTTL,
		AccessTokenTTL: cfg.AccessTokenTTL, Devices: devices, Gate: a.gate, Most: cfg.MaxSessions, Audiences: cfg.Audiences,
	})
	a.clients = client.New(client.Options{
		Store: a.store, Issuer: a.issuer, Verifier: a.verifier, Revocations: a.revocations, Sessions: a.sessions, Trail: trail, Clock: a.clock, Log: a.log, Audience: cfg.EffectiveAudience(),
	})
	a.visitors = forward.New(forward.Options{
		Store: a.store, Keyring: a.keyring, Sessions: a.sessions, Verifier: a.verifier, Revocations: a.revocations, Clock: a.clock, Origins: cfg.ForwardOrigins,
	})
	guesses := ratelimit.NewGuesses(a.store, a.keyring.MAC("guesses"), a.clock, ratelimit.GuessOptions{
		PasswordTries: cfg.LimitPasswordTries, Window: guessWindow,
	})
	codes := ratelimit.NewCodes(a.store, a.keyring.MAC("guesses"), a.clock, ratelimit.CodeOptions{
		Tries: cfg.LimitCodeTries, Window: guessWindow, Longest: longestCodeWindow,
	})
	a.roles = rbac.New(rbac.Options{Store: a.store, Sessions: a.sessions, Trail: trail, Clock: a.clock})
	a.operators = admin.NewGate(admin.GateOptions{
		Store: a.store, Roles: a.roles, Sessions: a.sessions, Trail: trail, TwoFactors: cfg.AdminTwoFactors(), Networks: cfg.AdminNetworkList(),
	})
	a.overview = admin.NewOverview(admin.OverviewOptions{
		Store: a.store, Clock: a.clock, Numbers: a.numbers, Fresh: a.revocations.Fresh, Sealing: a.sealer.Trouble,
	})
	a.users = admin.New(admin.Options{Store: a.store, Sessions: a.sessions, Roles: a.roles, Trail: trail, Clock: a.clock})
	a.records = personal.New(personal.Options{Store: a.store, Sessions: a.sessions, Postman: postman, Trail: trail, Clock: a.clock, Log: a.log})
	links := link.New(link.Options{Trail: trail, Clock: a.clock, VerifyEmailTTL: cfg.VerifyEmailTTL, ResetPasswordTTL: cfg.ResetPasswordTTL})
	taken, err := domains(cfg)
	if err != nil {
		return err
	}
	a.accounts = account.New(account.Options{
		Store: a.store, Hasher: hasher, Guesses: guesses, Codes: codes, Postman: postman, Sessions: a.sessions,
		Places: a.places, Links: links, Trail: trail, Clock: a.clock, Domains: taken,
	})
	a.changes = emailchange.New(emailchange.Options{
		Store: a.store, Accounts: a.accounts, Sessions: a.sessions, Links: links, Postman: postman, Trail: trail, Clock: a.clock,
	})
	a.recovery = recovery.New(recovery.Options{
		Store: a.store, Accounts: a.accounts, Hasher: hasher, Sessions: a.sessions, Links: links, Postman: postman, Trail: trail, Clock: a.clock,
	})
	a.signUps = signup.New(signup.Options{
		Store: a.store, Accounts: a.accounts, Hasher: hasher, Guesses: guesses, Links: links, Postman: postman, Places: a.places, Gate: a.gate, Roles: a.roles, Trail: trail,
		Clock: a.clock, Open: cfg.SignUp == "open", RequireVerifiedEmail: cfg.RequireVerifiedEmail, VerifyEmailTTL: cfg.VerifyEmailTTL,
	})
	a.deletions = deletion.New(deletion.Options{
		Store: a.store, Accounts: a.accounts, Sessions: a.sessions, Links: links, Postman: postman, Records: a.records, Trail: trail,
		Clock: a.clock, Log: a.log, Cooling: cfg.DeletionCooling,
	})
	if a.passkeys, err = passkey.New(passkey.Options{
		Store: a.store, Keyring: a.keyring, Accounts: a.accounts, Sessions: a.sessions, Postman: postman, Trail: trail, Clock: a.clock,
		RPID: cfg.EffectivePasskeyRPID(), RPName: cfg.BrandName, Origins: cfg.EffectivePasskeyOrigins(),
	}); err != nil {
		return err
	}
	a.factors = mfa.New(mfa.Options{
		Store: a.store, Keyring: a.keyring, Accounts: a.accounts, Sessions: a.sessions, Postman: postman, Trail: trail, Clock: a.clock,
		Log: a.log, Tally: a.tally, Issuer: cfg.BrandName, More: []mfa.Factor{a.passkeys.Factor()},
		Codes: codes,
	})
	a.magicLinks = magiclink.New(magiclink.Options{
		Store: a.store, Addresses: a.keyring.MAC("magic link"), Postman: postman, Places: a.places, Trail: trail, Clock: a.clock,
		Codes:  ratelimit.NewMailedCodes(a.store, a.keyring.MAC("guesses"), a.clock, ratelimit.CodeOptions{Tries: cfg.LimitMailedCodeTries, Window: mailedCodeWindow}),
		ByLink: cfg.MagicLinkByLink(), ByCode: cfg.MagicLinkByCode(), TTL: cfg.MagicLinkTTL,
	})
	failures := ratelimit.NewFailures(a.links.buckets, ratelimit.FailureOptions{
		On: cfg.RateLimits, Log: a.log, PerAddress: cfg.LimitFailedLogins, InAllPerMinute: cfg.LimitFailedInAll,
	})
	a.logins = login.New(login.Options{
		Store: a.store, Hasher: hasher, Guesses: guesses, Failures: failures, Devices: devices, Passkeys: a.passkeys, Factors: a.factors, Codes: codes, Accounts: a.accounts, Links: a.magicLinks, SignUps: a.signUps, Deletions: a.deletions,
		Sessions: a.sessions, Trail: trail, Clock: a.clock, Log: a.log, RequireVerifiedEmail: cfg.RequireVerifiedEmail,
	})
	a.desk = jobs.NewDesk(jobs.DeskOptions{Store: a.store, Keyring: a.keyring, Trail: trail})
	a.buildHooks(sender, postman, trail)
	a.desk.Keep(a.hooks.Keeper())
	a.desk.Keep(postman.Keeper(mail.Joined(a.signUps.Renewals(), a.recovery.Renewals(), a.changes.Renewals(), a.magicLinks.Renewals()).Renew))
	a.limits = ratelimit.New(a.links.buckets, ratelimit.Options{
		On: cfg.RateLimits, SignUpPerHour: cfg.LimitSignUpPerHour, LoginPerMinute: cfg.LimitLoginPerMinute,
		MailPerHour: cfg.LimitMailPerHour, TokenPerMinute: cfg.LimitTokenPerMinute, RefreshPerMinute: cfg.LimitRefreshPerMinute,
		ChangePerMinute: cfg.LimitChangePerMinute, OAuthPerMinute: cfg.LimitOAuthPerMinute, AdminReadsPerMinute: cfg.LimitAdminReads,
	})
	return nil
}
