package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	minHMACBytes      = 32
	maxAccessTokenTTL = 24 * time.Hour
	minPasswordLength = 6
	maxPasswordLength = 64
	maxPort           = 65535
)

// checker collects what is wrong.
type checker struct {
	problems []string
}

func (c *checker) unless(ok bool, format string, args ...any) {
	if !ok {
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	}
}

func (c *checker) oneOf(name, value string, allowed ...string) {
	c.unless(slices.Contains(allowed, value), "%s must be one of: %s", name, strings.Join(allowed, ", "))
}

func (c *checker) between(name string, value, low, high int) {
	c.unless(value >= low && value <= high, "%s must be from %d to %d", name, low, high)
}

// Validate checks every rule and reports all that are broken at once, in an
// [*Error] whose sentences say how to mend them.
func (c Config) Validate() error {
	var check checker
	c.validateAddresses(&check)
	c.validateMail(&check)
	c.validateTokens(&check)
	c.validatePasswords(&check)
	c.validateLimits(&check)
	if len(check.problems) > 0 {
		return &Error{Problems: check.problems}
	}
	return nil
}

func (c Config) validateAddresses(check *checker) {
	for name, address := range map[string]string{prefix + "LISTEN": c.Listen, prefix + "OPS_LISTEN": c.OpsListen} {
		_, port, err := net.SplitHostPort(address)
		check.unless(err == nil && port != "", "%s must be an address and a port, such as 127.0.0.1:8080", name)
	}
	check.unless(plainOrigin(c.PublicURL),
		"SALLYPORT_PUBLIC_URL must be http or https, a host, and nothing behind it, such as https://auth.example.com")
	check.unless(c.DataDir != "", "there is no home folder to keep data in: set SALLYPORT_DATA_DIR")
	check.unless(c.DatabaseURL == "" || strings.Contains(c.DatabaseURL, "://"),
		"SALLYPORT_DATABASE_URL must be a URL, such as sqlite:///var/lib/sallyport/sallyport.db")
	for _, origin := range c.CORSOrigins {
		check.unless(plainOrigin(origin), "SALLYPORT_CORS_ORIGINS must list origins such as https://app.example.com, without a path; * is not taken")
	}
	for _, proxy := range c.TrustedProxies {
		_, ok := parseNetwork(proxy)
		check.unless(ok, "SALLYPORT_TRUSTED_PROXIES must list addresses or networks, such as 10.0.0.0/8")
	}
	if c.AppURL != "" {
		u, err := url.Parse(c.AppURL)
		check.unless(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "",
			"SALLYPORT_APP_URL must be an absolute http or https URL")
	}
	check.oneOf(prefix+"LOG_LEVEL", c.LogLevel, "debug", "info", "warn", "error")
	check.oneOf(prefix+"LOG_FORMAT", first(c.LogFormat, "text"), "text", "json")
}

// plainOrigin reports whether raw is a scheme and a host, as browsers send them
// in Origin.
func plainOrigin(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil &&
		u.Path == "" && u.RawQuery == "" && u.Fragment == "" && !u.ForceQuery && !strings.HasSuffix(raw, "#")
}

func (c Config) validateMail(check *checker) {
	check.unless(!c.MailboxOn() || c.IsLocal(),
		"SALLYPORT_PUBLIC_URL is not this machine, so people need real mail: set SALLYPORT_SMTP_HOST "+
			"(without SMTP, mail goes to the mailbox page, which is for development on localhost)")
	check.oneOf(prefix+"SMTP_TLS", c.SMTPTLS, TLSStart, TLSImplicit, TLSNone)
	check.between(prefix+"SMTP_PORT", c.SMTPPort, 1, maxPort)
	check.unless((c.SMTPUsername == "") == (c.SMTPPassword == ""),
		"SALLYPORT_SMTP_USERNAME and SALLYPORT_SMTP_PASSWORD belong together: set both or neither")
	parsed, err := mail.ParseAddress(c.EffectiveMailFrom())
	check.unless(err == nil && parsed.Name == "" && parsed.Address == c.EffectiveMailFrom(),
		"SALLYPORT_MAIL_FROM must be a bare address, such as auth@example.com; the name goes to SALLYPORT_MAIL_FROM_NAME")
	check.unless(!strings.ContainsAny(c.MailFromName, "\r\n\x00"), "SALLYPORT_MAIL_FROM_NAME must be one line")
	check.oneOf(prefix+"SIGN_UP", c.SignUp, "open", "invite", "closed")
}

func (c Config) validateTokens(check *checker) {
	check.oneOf(prefix+"JWT_ALGORITHM", c.JWTAlgorithm, ES256, EdDSA, RS256, HS256)
	if c.JWTAlgorithm == HS256 {
		check.unless(len(c.JWTKey) >= minHMACBytes,
			"SALLYPORT_JWT_KEY must have at least %d bytes for HS256; make one with: openssl rand -hex 32", minHMACBytes)
	} else {
		check.unless(c.JWTKey == "", "SALLYPORT_JWT_KEY is for HS256 only: remove it, or set SALLYPORT_JWT_ALGORITHM=HS256")
	}
	check.unless(c.AccessTokenTTL >= time.Second && c.AccessTokenTTL <= maxAccessTokenTTL,
		"SALLYPORT_ACCESS_TOKEN_TTL must be from 1s to 24h")
	check.unless(c.SessionTTL > c.AccessTokenTTL, "SALLYPORT_SESSION_TTL must be longer than SALLYPORT_ACCESS_TOKEN_TTL")
	check.unless(c.SessionIdleTTL > c.AccessTokenTTL, "SALLYPORT_SESSION_IDLE_TTL must be longer than SALLYPORT_ACCESS_TOKEN_TTL")
	check.unless(c.RefreshGrace <= time.Hour, "SALLYPORT_REFRESH_GRACE must be at most 1h")
	check.unless(c.RefreshRecovery == 0 || c.RefreshRecovery >= c.RefreshGrace,
		"SALLYPORT_REFRESH_RECOVERY must be 0 or at least SALLYPORT_REFRESH_GRACE")
	check.unless(c.VerifyEmailTTL >= time.Second, "SALLYPORT_VERIFY_EMAIL_TTL must be at least 1s")
	check.unless(c.ResetPasswordTTL >= time.Second, "SALLYPORT_RESET_PASSWORD_TTL must be at least 1s")
	check.oneOf(prefix+"REVOCATION_CHECK", c.RevocationCheck, "feed", "strict")
	check.unless(c.RevocationMaxStaleness >= time.Second && c.RevocationMaxStaleness <= time.Minute,
		"SALLYPORT_REVOCATION_MAX_STALENESS must be from 1s to 1m")
}

func (c Config) validatePasswords(check *checker) {
	check.oneOf(prefix+"PASSWORD_HASH", c.PasswordHash, "argon2id", "bcrypt")
	check.between(prefix+"ARGON2_MEMORY_KIB", c.Argon2MemoryKiB, 8, 1<<20)
	check.between(prefix+"ARGON2_PASSES", c.Argon2Passes, 1, 64)
	check.between(prefix+"BCRYPT_COST", c.BcryptCost, 10, 16)
	check.between(prefix+"PASSWORD_MIN_LENGTH", c.PasswordMinLength, minPasswordLength, maxPasswordLength)
	check.unless(c.HashSlots >= 0, "SALLYPORT_HASH_SLOTS must not be negative")
	check.unless(c.HashQueue >= 0, "SALLYPORT_HASH_QUEUE must not be negative")
}

func (c Config) validateLimits(check *checker) {
	for name, limit := range map[string]int{
		"SIGN_UP_PER_HOUR": c.LimitSignUpPerHour, "LOGIN_PER_MINUTE": c.LimitLoginPerMinute,
		"MAIL_REQUESTS_PER_HOUR": c.LimitMailPerHour, "TOKEN_PER_MINUTE": c.LimitTokenPerMinute,
		"REFRESH_PER_MINUTE": c.LimitRefreshPerMinute, "PASSWORD_TRIES": c.LimitPasswordTries,
		"MAILS_PER_RECIPIENT": c.LimitMailsPerRecipient,
	} {
		check.unless(limit >= 1, "SALLYPORT_LIMIT_%s must be at least 1", name)
	}
}

// OWASP's floor for argon2id with two passes.
const weakArgon2KiB = 19 * 1024

// warnings are sentences about settings that work and should be known.
func (c Config) warnings() []string {
	var all []string
	tell := func(when bool, sentence string) {
		if when {
			all = append(all, sentence)
		}
	}
	tell(c.RedisURL != "", "SALLYPORT_REDIS_URL is set, and this build does not use Redis yet: it runs as one process")
	tell(c.BetterStack != "", "BetterStack is set, and this build does not ship logs yet: they go to standard error")
	tell(!c.RateLimits, "SALLYPORT_RATE_LIMITS is off: only the counters of wrong passwords are left; do not serve people like this")
	tell(!c.RequireVerifiedEmail, "SALLYPORT_REQUIRE_VERIFIED_EMAIL is false: strangers can learn which addresses have accounts")
	tell(c.VerifyEmailOnGet, "SALLYPORT_VERIFY_EMAIL_ON_GET is true: link scanners can confirm addresses that nobody read")
	tell(!c.IsLocal() && strings.HasPrefix(c.PublicURL, "http://"), "SALLYPORT_PUBLIC_URL is not https: passwords and tokens travel in clear")
	tell(c.PasswordHash == "argon2id" && c.Argon2MemoryKiB*c.Argon2Passes < 2*weakArgon2KiB,
		"SALLYPORT_ARGON2_MEMORY_KIB and _PASSES are below what OWASP asks for")
	tell(c.SMTPTLS == TLSNone && !c.MailboxOn() && !isLocalHost(c.SMTPHost), "SALLYPORT_SMTP_TLS is none: mail with live links travels in clear")
	return all
}
