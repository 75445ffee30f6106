package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// State says how bad a finding is.
type State string

// The states of a finding.
const (
	Good State = "ok"
	Warn State = "warn"
	Bad  State = "bad"
)

// Finding is what the doctor says about one thing.
type Finding struct {
	What  string `json:"what"`
	State State  `json:"state"`
	Says  string `json:"says"`
	Mend  string `json:"mend,omitempty"`
}

// smtpWithin bounds the look at the mail server.
const smtpWithin = 15 * time.Second

// Examine looks at everything a server with this configuration needs. It sends
// no mail, and one record to the collector if there is one. Where there is no
// database yet it makes none; one that is there it opens as a start would.
func Examine(ctx context.Context, cfg config.Config, warnings []string) []Finding {
	findings := make([]Finding, 0, len(warnings)+5)
	for _, w := range warnings {
		findings = append(findings, Finding{"settings", Warn, w, "see sallyport config"})
	}
	findings = append(findings, examineURL(cfg), examineDataDir(cfg))
	if cfg.SignUp == "open" {
		findings = append(findings, examineSignUp(cfg))
	}
	if cfg.EffectiveAudience() != cfg.PublicURL {
		findings = append(findings, examineAudience(cfg))
	}
	if fresh, ok := examineFresh(cfg); ok {
		findings = append(findings, fresh)
	} else {
		findings = append(findings, examineDatabase(ctx, cfg)...)
	}
	findings = append(findings, examineRedis(ctx, cfg)...)
	findings = append(findings, examineMail(ctx, cfg))
	if cfg.GeoIPFile != "" {
		findings = append(findings, examinePlaces(cfg))
	}
	findings = append(findings, examineBreaches(ctx, cfg)...)
	if cfg.Ships() {
		findings = append(findings, examineShipping(ctx, cfg))
	}
	for n, f := range findings {
		findings[n].Says, findings[n].Mend = cfg.Named(f.Says), cfg.Named(f.Mend)
	}
	return findings
}

// examineSignUp says what programs have to do that sign people up: nothing here
// can see whether they do.
func examineSignUp(cfg config.Config) Finding {
	if cfg.VerifyEmailOnGet {
		return Finding{
			"sign_up", Warn, "a link verifies as soon as it is opened: a mail scanner that opens it confirms the sign-up of a stranger",
			"set SALLYPORT_VERIFY_EMAIL_ON_GET=false",
		}
	}
	return Finding{"sign_up", Good, "open; a program that signs up users from one server must keep each sign_up_token and send it with the emailed link", ""}
}

// examineAudience says what it costs that the tokens which manage accounts are for
// another program.
func examineAudience(cfg config.Config) Finding {
	return Finding{
		"audience", Warn, cfg.Audience + " is shown the tokens that manage accounts here: with one, it can change the profile, sign out other devices, " +
			"and within 15 minutes of a sign-in add a passkey or delete the account",
		"unset SALLYPORT_AUDIENCE, set SALLYPORT_AUDIENCES to " + cfg.Audience + ", and send audience when users sign in or refresh for it",
	}
}

func examineURL(cfg config.Config) Finding {
	u, err := url.Parse(cfg.PublicURL)
	switch {
	case err != nil:
		return Finding{"public_url", Bad, "it cannot be read", "set SALLYPORT_PUBLIC_URL to an absolute URL"}
	case u.Scheme != "https" && !cfg.IsLocal():
		return Finding{
			"public_url", Warn, cfg.PublicURL + " is not https: passwords and tokens travel in clear",
			"put a proxy with TLS in front, and set SALLYPORT_PUBLIC_URL to its https URL",
		}
	case cfg.IsLocal() && elsewhere(u, cfg.Listen):
		return Finding{
			"public_url", Warn, cfg.PublicURL + " has another port than " + cfg.Listen + ", where the server listens: links in emails do not work",
			"set SALLYPORT_LISTEN and SALLYPORT_PUBLIC_URL to the same port, unless a proxy is in front",
		}
	case cfg.IsLocal():
		return Finding{"public_url", Good, cfg.PublicURL + " (this machine only)", ""}
	default:
		return Finding{"public_url", Good, cfg.PublicURL, ""}
	}
}

// elsewhere reports whether a URL has another port than the one of an address.
// Port 0 is any.
func elsewhere(u *url.URL, listen string) bool {
	_, port, err := net.SplitHostPort(listen)
	named := u.Port()
	if named == "" {
		named = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return err == nil && port != "0" && port != named
}

func examineDataDir(cfg config.Config) Finding {
	info, err := os.Stat(cfg.DataDir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return Finding{"data_dir", Good, cfg.DataDir + " will be created at the first start", ""}
	case err != nil:
		return Finding{"data_dir", Bad, err.Error(), "set SALLYPORT_DATA_DIR to a folder that you can read"}
	case info.Mode().Perm()&0o077 != 0:
		return Finding{"data_dir", Warn, cfg.DataDir + " can be read by others", "chmod 700 " + cfg.DataDir}
	default:
		return Finding{"data_dir", Good, cfg.DataDir, ""}
	}
}

// examineFresh looks at the place where the first start will make the database,
// if that is still to come.
func examineFresh(cfg config.Config) (Finding, bool) {
	file := cfg.SQLitePath()
	if file == "" {
		return Finding{}, false
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) || inPlace(cfg) != nil {
		return Finding{}, false
	}
	folder := filepath.Dir(file)
	for {
		if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	probe, err := os.CreateTemp(folder, ".sallyport-doctor-*")
	if err != nil {
		return Finding{"database", Bad, err.Error(), "set SALLYPORT_DATA_DIR to a folder that you can write"}, true
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return Finding{"database", Good, file + " will be created at the first start, with its keys", ""}, true
}

// examineDatabase opens the database as a start would, and what needs it.
func examineDatabase(ctx context.Context, cfg config.Config) []Finding {
	st, ring, err := openStore(ctx, cfg)
	if err != nil {
		return []Finding{{
			"database", Bad, err.Error(),
			mendDatabase(cfg),
		}}
	}
	defer func() { _ = st.Close() }()
	findings := []Finding{{"database", Good, "answers and accepts writes", ""}}
	reading, stop := context.WithTimeout(ctx, secretsWithin)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	if err := st.Check(ctx); err != nil {
		findings[0] = Finding{"database", Bad, err.Error(), "check for locks on it, and that the disk is not full"}
	}
	if !cfg.Embedded() {
		findings = append(findings, examineProtection(ctx, cfg))
	}
	findings = append(findings, examineClock(ctx, st), examineOwner(ctx, st))
	signing := keys.New(keys.Options{
		Store: st, Keyring: ring, Clock: clock.System{}, Log: discard(), Algorithm: cfg.JWTAlgorithm,
		HMACKey: []byte(cfg.JWTKey), AccessTokenTTL: cfg.AccessTokenTTL,
	})
	if err := signing.Start(ctx); err != nil {
		return append(findings, Finding{"keys", Bad, err.Error(), "set the secret key that this database was used with"})
	}
	findings = append(findings, Finding{"keys", Good, "signing keys for " + cfg.JWTAlgorithm + " open with the secret key", ""})
	return append(findings, examineSecrets(reading, st, ring)...)
}

// examineProtection says how the way to a database server is protected.
func examineProtection(ctx context.Context, cfg config.Config) Finding {
	const what = "database_tls"
	p, err := store.Protection(ctx, storeOptions(cfg, clock.System{}))
	switch {
	case err != nil:
		return Finding{what, Bad, err.Error(), mendDatabase(cfg)}
	case !p.Safe:
		return Finding{
			what, Warn, p.String() + ": an attacker on the network could read and change the traffic",
			"give the server a certificate for its name, and add sslmode=verify-full to the database URL, with sslrootcert if the CA is your own",
		}
	default:
		return Finding{what, Good, p.String(), ""}
	}
}

func mendDatabase(cfg config.Config) string {
	if cfg.Embedded() {
		return "check that the file and its folder can be written, that the disk is not full, and that secret.key is the one of this database"
	}
	return "check that the server runs and can be reached from here, that the database exists, that its user may create tables in it, " +
		"and that SALLYPORT_SECRET_KEY is the key of this database"
}

// examineClock compares the process's clock with the database's.
func examineClock(ctx context.Context, st *store.Store) Finding {
	const allowed = 2 * time.Second
	now, err := st.Now(ctx)
	if err != nil {
		return Finding{"clock", Bad, err.Error(), "fix the database first"}
	}
	apart := time.Since(now).Abs()
	if apart > allowed {
		return Finding{
			"clock", Bad, fmt.Sprintf("this machine and the database differ by %v", apart.Round(time.Millisecond)),
			"run a time service (NTP) on both",
		}
	}
	if time.Now().Year() < 2025 {
		return Finding{"clock", Bad, "the clock of this machine is before 2025", "set the clock"}
	}
	return Finding{"clock", Good, "agrees with the database", ""}
}

// examineRedis asks Redis, if there is one. Without it everything works, and
// so nothing is worse than a warning but a URL that is none.
func examineRedis(ctx context.Context, cfg config.Config) []Finding {
	if cfg.RedisURL == "" {
		return nil
	}
	a := &App{cfg: cfg, log: discard(), clock: clock.System{}}
	if err := a.openLinks(ctx); err != nil {
		return []Finding{{"redis", Bad, err.Error(), "set SALLYPORT_REDIS_URL as docs/operations/redis.md describes"}}
	}
	defer func() { _ = a.links.close() }()
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	if err := a.links.redis.Check(ctx); err != nil {
		return []Finding{{
			"redis", Warn, err.Error() + "; until it answers, instances learn of revocations from the database, and each counts rate limits on its own",
			"check SALLYPORT_REDIS_URL, that Redis runs, and that this machine may connect there",
		}}
	}
	if cfg.RevocationCheck == "strict" {
		if err := a.links.redis.BlockList.Check(ctx); err != nil {
			return []Finding{{"redis", Warn, err.Error(), "set maxmemory-policy noeviction on it"}}
		}
	}
	return []Finding{{"redis", Good, "answers", ""}}
}

func examineMail(ctx context.Context, cfg config.Config) Finding {
	if cfg.MailboxOn() {
		return Finding{"mail", Good, "no mail server is set: emails are shown at " + MailboxURL(cfg), ""}
	}
	transport, err := newSMTP(cfg, discard())
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, smtpWithin)
		defer cancel()
		err = transport.Check(ctx)
	}
	where := fmt.Sprintf("%s:%d", cfg.SMTPHost, cfg.SMTPPort)
	if err != nil {
		return Finding{
			"mail", Bad, where + ": " + err.Error(),
			"check SALLYPORT_SMTP_HOST, _PORT, _TLS, _USERNAME and _PASSWORD, and that this machine may connect there",
		}
	}
	return Finding{"mail", Good, where + " accepts mail", ""}
}

// discard is the log of commands that speak for themselves.
func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
