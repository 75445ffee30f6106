package config

import (
	"encoding/base64"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/egress"
	"github.com/sallyport-auth/sallyport/internal/secret"
)

// Bounds of what can be set. The manual's sentences say why where it matters.
const (
	minHMACKeyBytes   = 32 // RFC 7518 §3.2: as long as the hash's output
	minPasswordLength = 8  // 800-63B §3.1.1.2
	maxPasswordLength = 64
	maxPort           = 65535
	maxArgon2KiB      = 1 << 20
	maxArgon2Passes   = 64
	maxArgon2Work     = 4 << 20 // KiB times passes: some seconds
	minBcryptCost     = 10      // OWASP Password Storage Cheat Sheet
	maxBcryptCost     = 16
	maxHashSlots      = 1024
	maxHashQueue      = 1 << 16
	maxWorkers        = 256
	maxAudience       = 255
	maxConnections    = 1000
	maxSpan           = 3650 * day
)

// Validate reports everything that is wrong with the settings as an [*Error],
// each with a sentence on how to mend it.
func (c Config) Validate() error {
	v := validator{Config: c}
	v.addresses()
	v.publicURL()
	v.passkeys()
	v.data()
	v.mail()
	v.jobs()
	v.hooks()
	v.domains()
	v.tokens()
	v.spans()
	v.passwords()
	v.limits()
	v.browsers()
	v.shipping()
	v.words()
	return v.verdict()
}

// ValidateWorker reports what keeps settings that [Config.Validate] took from
// running a process of workers alone.
func (c Config) ValidateWorker() error {
	v := validator{Config: c}
	if c.MailboxOn() {
		v.refuse("SMTP_HOST", "is not set: this process would put mail into a mailbox that no page shows. "+
			"Set it to your mail server, or let sallyport serve work the jobs")
	}
	if c.Workers < 1 {
		v.refuse("WORKERS", "must be 1 or more here: a worker without jobs has nothing to do")
	}
	return v.verdict()
}

// hooks checks where web hooks may be sent.
func (v *validator) hooks() {
	if _, err := egress.ParseRules(v.HooksAllow); err != nil {
		v.refuse("HOOKS_ALLOW", "has an entry that is no IP address or network: write 10.1.2.3, 10.0.0.0/8 or [fd00::/8]:443. Names are not taken, because an entry counts after the look-up")
	}
}

// domains checks with which domains people may sign up.
func (v *validator) domains() {
	const what = "has an entry that is not a domain: write names such as example.com, without @ and *"
	if _, err := address.NewDomains(v.SignUpAllowedDomains, nil); err != nil {
		v.refuse("SIGN_UP_ALLOWED_DOMAINS", what)
	}
	if _, err := address.NewDomains(nil, v.SignUpRefusedDomains); err != nil {
		v.refuse("SIGN_UP_REFUSED_DOMAINS", what)
	}
}

func (v *validator) verdict() error {
	if len(v.problems) == 0 {
		return nil
	}
	return &Error{Problems: v.problems}
}

type validator struct {
	Config

	problems []string
}

// refuse adds a problem of the setting NAME, without the prefix.
func (v *validator) refuse(name, format string, args ...any) {
	v.problems = append(v.problems, prefix+name+" "+fmt.Sprintf(format, args...))
}

func (v *validator) addresses() {
	for _, l := range []struct{ name, address string }{{"LISTEN", v.Listen}, {"OPS_LISTEN", v.OpsListen}} {
		_, port, err := net.SplitHostPort(l.address)
		if err != nil || port != "0" && !validPort(port) {
			v.refuse(l.name, "must be an address and a port such as 127.0.0.1:8080 (or :8080 for every address)")
		}
	}
	if v.Listen == v.OpsListen && !strings.HasSuffix(v.Listen, ":0") {
		v.refuse("OPS_LISTEN", "must differ from %sLISTEN: give it a port of its own", prefix)
	}
}

func (v *validator) publicURL() {
	if complaint := siteProblem(v.PublicURL); complaint != "" {
		v.refuse("PUBLIC_URL", "%s; write it like https://auth.example.com", complaint)
	}
	if v.AppURL != "" && !webURL(v.AppURL) {
		v.refuse("APP_URL", "must be a full URL such as https://www.example.com/welcome, without a user name")
	}
}

// androidOrigin begins the origin of an Android app; the hash of the certificate
// that signs it follows.
const (
	androidOrigin        = "android:apk-key-hash:"
	certificateHashBytes = 32 // SHA-256
)

// passkeys makes sure that browsers would agree (WebAuthn L3 §5.1.3 step 8).
func (v *validator) passkeys() {
	for n, origin := range v.PasskeyOrigins {
		if strings.HasPrefix(origin, androidOrigin) {
			if key, err := base64.RawURLEncoding.Strict().DecodeString(origin[len(androidOrigin):]); err != nil || len(key) != certificateHashBytes {
				v.refuse("PASSKEY_ORIGINS", "entry %d must end with the SHA-256 of the app's signing certificate, as 43 characters of base64url", n+1)
				return
			}
			continue
		}
		if complaint := siteProblem(origin); complaint != "" {
			v.refuse("PASSKEY_ORIGINS", "entry %d %s; write it like https://app.example.com", n+1, complaint)
			return
		}
	}
	for _, origin := range v.EffectivePasskeyOrigins() {
		if strings.HasPrefix(origin, androidOrigin) {
			continue // the app's own statement ties it to the host (assetlinks.json)
		}
		host, id := hostOf(origin), v.EffectivePasskeyRPID()
		if host != id && !strings.HasSuffix(host, "."+id) && (v.PasskeyRPID != "" || len(v.PasskeyOrigins) > 0) {
			v.refuse("PASSKEY_RP_ID", "must be the host of each origin, or a domain above it; %s is not below %s", host, id)
			return
		}
	}
}

// siteProblem says why raw is not a scheme and a host alone.
func siteProblem(raw string) string {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "must be a full URL with http or https"
	case u.User != nil:
		return "must not hold a user name or password"
	case strings.Trim(u.Path, "/") != "":
		return "must not have a path: give Sallyport a host name of its own"
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(raw, "#"):
		return "must end with the host or the port"
	case !isASCII(u.Host):
		return "must have its host in ASCII: write an international name in its xn-- form"
	case u.Port() != "" && !validPort(u.Port()) || strings.HasSuffix(u.Host, ":"):
		return "has a port that is none"
	}
	return ""
}

func webURL(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}

func validPort(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= 1 && n <= maxPort
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

func (v *validator) data() {
	if v.DataDir == "" {
		v.refuse("DATA_DIR", "is not set and the environment names no home folder: set it to a folder that this process can write")
	}
	if v.DatabaseURL != "" {
		scheme, rest, _ := strings.Cut(v.DatabaseURL, "://")
		engines := []string{"sqlite", "mysql", "mariadb", "postgres", "postgresql"}
		switch {
		case !slices.Contains(engines, strings.ToLower(scheme)) || rest == "":
			v.refuse("DATABASE_URL", "must be sqlite:///absolute/path or sqlite://relative/path, or a server such as "+
				"mysql://user:password@host:3306/database or postgres://user:password@host:5432/database")
		case v.Embedded() && strings.HasPrefix(rest, ":memory:"):
			v.refuse("DATABASE_URL", "names a database in memory, which forgets every user at the next start: name a file")
		}
	}
	v.between("DATABASE_CONNECTIONS", v.DatabaseConnections, 1, maxConnections)
	if v.SecretKey != "" {
		if _, err := secret.ParseKeyring(v.SecretKey); err != nil {
			v.refuse("SECRET_KEY", "cannot be used: %v; make a key with: openssl rand -base64 32", err)
		}
	}
	if scheme, rest, _ := strings.Cut(v.RedisURL, "://"); v.RedisURL != "" && (rest == "" || !slices.Contains(redisSchemes(), strings.ToLower(scheme))) {
		v.refuse("REDIS_URL", "must begin with redis://, rediss://, redis+sentinel:// or redis+cluster://")
	}
}

// redisSchemes are how a Redis URL may begin; the rest is read by whoever
// connects.
func redisSchemes() []string {
	return []string{"redis", "rediss", "redis+sentinel", "rediss+sentinel", "redis+cluster", "rediss+cluster"}
}

func (v *validator) mail() {
	v.sender()
	if !slices.Contains([]string{TLSStart, TLSImplicit, TLSNone}, v.SMTPTLS) {
		v.refuse("SMTP_TLS", "must be starttls, implicit or none")
	}
	if v.SMTPHost == "" {
		if !v.IsLocal() {
			v.refuse("SMTP_HOST", "is not set, and %sPUBLIC_URL is not localhost: without a mail server anyone could read "+
				"everybody's mail at /dev/mailbox. Set it to your mail server", prefix)
		}
		return
	}
	if strings.ContainsAny(v.SMTPHost, "/ @") || strings.Contains(v.SMTPHost, ":") && net.ParseIP(v.SMTPHost) == nil {
		v.refuse("SMTP_HOST", "must be a host name alone; the port goes to %sSMTP_PORT", prefix)
	}
	if v.SMTPPort < 1 || v.SMTPPort > maxPort {
		v.refuse("SMTP_PORT", "must be a port between 1 and 65535; 587 is usual")
	}
	if (v.SMTPUsername == "") != (v.SMTPPassword == "") {
		v.refuse("SMTP_USERNAME", "and %sSMTP_PASSWORD go together: set both or neither", prefix)
	}
}

// sender checks whom mails come from.
func (v *validator) sender() {
	if v.MailFrom != "" {
		if a, err := mail.ParseAddress(v.MailFrom); err != nil || a.Name != "" || a.Address != v.MailFrom {
			v.refuse("MAIL_FROM", "must be a bare email address such as auth@example.com; the name goes to %sMAIL_FROM_NAME", prefix)
		}
	}
	if strings.ContainsFunc(v.MailFromName, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		v.refuse("MAIL_FROM_NAME", "must not hold line ends or other control characters")
	}
}

func (v *validator) jobs() {
	v.between("WORKERS", v.Workers, 0, maxWorkers)
	if v.Workers == 0 && v.MailboxOn() {
		v.refuse("WORKERS", "must be 1 or more while mail goes to the mailbox page: only this process can fill it. "+
			"Set %sSMTP_HOST to leave the jobs to sallyport worker", prefix)
	}
}

func (v *validator) tokens() {
	switch v.JWTAlgorithm {
	case HS256:
		switch {
		case v.JWTKey == "":
			v.refuse("JWT_KEY", "is needed for HS256: make one with: openssl rand -hex 32")
		case len(v.JWTKey) < minHMACKeyBytes:
			v.refuse("JWT_KEY", "is shorter than %d bytes, so that tokens could be forged by guessing it: make one with: openssl rand -hex 32",
				minHMACKeyBytes)
		}
	case ES256, EdDSA, RS256:
		if v.JWTKey != "" {
			v.refuse("JWT_KEY", "is only for HS256: remove it, or set %sJWT_ALGORITHM=HS256", prefix)
		}
	default:
		v.refuse("JWT_ALGORITHM", "must be ES256, EdDSA, RS256 or HS256")
	}
	if len(v.Audience) > maxAudience || !isASCII(v.Audience) {
		v.refuse("AUDIENCE", "must be at most %d ASCII characters without blanks", maxAudience)
	}
	for n, audience := range v.Audiences {
		switch {
		case len(audience) > maxAudience || !isASCII(audience):
			v.refuse("AUDIENCES", "entry %d must be at most %d ASCII characters without blanks", n+1, maxAudience)
		case audience == v.EffectiveAudience():
			v.refuse("AUDIENCES", "entry %d is %sAUDIENCE (the public URL unless it is set), whose tokens manage accounts: remove it", n+1, prefix)
		}
	}
}

// spans checks every duration against its least and its most.
func (v *validator) spans() {
	for _, s := range []struct {
		name        string
		span        time.Duration
		least, most time.Duration
	}{
		{"VERIFY_EMAIL_TTL", v.VerifyEmailTTL, time.Second, 30 * day},
		{"RESET_PASSWORD_TTL", v.ResetPasswordTTL, time.Second, 7 * day},
		{"MAGIC_LINK_TTL", v.MagicLinkTTL, time.Second, day},
		{"DELETION_COOLING", v.DeletionCooling, 0, 90 * day},
		{"AUDIT_RETENTION", v.AuditRetention, 0, maxSpan},
		{"AUDIT_PERSONAL_RETENTION", v.AuditPersonalRetention, 0, maxSpan},
		{"ACCESS_TOKEN_TTL", v.AccessTokenTTL, time.Second, day},
		{"REFRESH_GRACE", v.RefreshGrace, 0, 10 * time.Minute},
		{"REFRESH_RECOVERY", v.RefreshRecovery, 0, 30 * day},
		{"SESSION_TTL", v.SessionTTL, time.Second, maxSpan},
		{"SESSION_IDLE_TTL", v.SessionIdleTTL, time.Second, maxSpan},
		{"REVOCATION_MAX_STALENESS", v.RevocationMaxStaleness, time.Second, time.Minute},
	} {
		if s.span < s.least || s.span > s.most {
			v.refuse(s.name, "must be between %s and %s", formatDuration(s.least), formatDuration(s.most))
		}
	}
	v.between("MAX_SESSIONS", v.MaxSessions, 1, 10_000)
	if v.AccessTokenTTL%time.Second != 0 {
		v.refuse("ACCESS_TOKEN_TTL", "must be whole seconds: tokens tell time in seconds")
	}
}

func (v *validator) passwords() {
	v.between("PASSWORD_MIN_LENGTH", v.PasswordMinLength, minPasswordLength, maxPasswordLength)
	v.between("ARGON2_MEMORY_KIB", v.Argon2MemoryKiB, 8, maxArgon2KiB)
	v.between("ARGON2_PASSES", v.Argon2Passes, 1, maxArgon2Passes)
	if v.Argon2MemoryKiB*v.Argon2Passes > maxArgon2Work && v.Argon2MemoryKiB <= maxArgon2KiB && v.Argon2Passes <= maxArgon2Passes {
		v.refuse("ARGON2_PASSES", "times %sARGON2_MEMORY_KIB must be at most %d: a login would take many seconds", prefix, maxArgon2Work)
	}
	v.between("BCRYPT_COST", v.BcryptCost, minBcryptCost, maxBcryptCost)
	if u, err := url.Parse(v.PasswordBreachRangeURL); v.PasswordBreachRangeURL != "" &&
		(err != nil || !webURL(v.PasswordBreachRangeURL) || u.RawQuery != "" || u.ForceQuery || u.Fragment != "") {
		v.refuse("PASSWORD_BREACH_RANGE_URL", "must be a full URL such as https://api.pwnedpasswords.com/range, to which a slash and five digits are added")
	}
	v.between("HASH_SLOTS", v.HashSlots, 0, maxHashSlots)
	v.between("HASH_QUEUE", v.HashQueue, 0, maxHashQueue)
}

func (v *validator) between(name string, n, least, most int) {
	if n < least || n > most {
		v.refuse(name, "must be between %d and %d", least, most)
	}
}

func (v *validator) limits() {
	for _, l := range []struct {
		name  string
		limit int
	}{
		{"LIMIT_SIGN_UP_PER_HOUR", v.LimitSignUpPerHour},
		{"LIMIT_LOGIN_PER_MINUTE", v.LimitLoginPerMinute},
		{"LIMIT_MAIL_REQUESTS_PER_HOUR", v.LimitMailPerHour},
		{"LIMIT_TOKEN_PER_MINUTE", v.LimitTokenPerMinute},
		{"LIMIT_REFRESH_PER_MINUTE", v.LimitRefreshPerMinute},
		{"LIMIT_CHANGES_PER_MINUTE", v.LimitChangePerMinute},
		{"LIMIT_ADMIN_READS_PER_MINUTE", v.LimitAdminReads},
		{"LIMIT_OAUTH_PER_MINUTE", v.LimitOAuthPerMinute},
		{"LIMIT_PASSWORD_TRIES", v.LimitPasswordTries},
		{"LIMIT_FAILED_LOGINS", v.LimitFailedLogins},
		{"LIMIT_FAILED_LOGINS_IN_ALL", v.LimitFailedInAll},
		{"LIMIT_CODE_TRIES", v.LimitCodeTries},
		{"LIMIT_MAILED_CODE_TRIES", v.LimitMailedCodeTries},
		{"LIMIT_MAILS_PER_RECIPIENT", v.LimitMailsPerRecipient},
	} {
		if l.limit < 1 {
			v.refuse(l.name, "must be 1 or more; %sRATE_LIMITS=off turns limits off", prefix)
		}
	}
}

func (v *validator) browsers() {
	for n, origin := range v.CORSOrigins {
		switch {
		case strings.Contains(origin, "*"):
			v.refuse("CORS_ORIGINS", "entry %d has a *, and origins are compared exactly, so that it would never match: name each origin", n+1)
		case !originOfScripts(origin):
			v.refuse("CORS_ORIGINS", "entry %d must be an origin such as https://www.example.com or capacitor://localhost: scheme, host "+
				"and port as browsers spell them, in lower case, and nothing behind", n+1)
		}
	}
	for n, name := range v.CORSHeaders {
		if !httpguts.ValidHeaderFieldName(name) || name == "*" {
			v.refuse("CORS_HEADERS", "entry %d must be the name of a header, such as sentry-trace", n+1)
		}
	}
	for n, text := range v.AdminNetworks {
		if _, ok := parseNetwork(text); !ok {
			v.refuse("ADMIN_NETWORKS", "entry %d must be an address or a network such as 10.0.0.0/8", n+1)
		}
	}
	v.networks("TRUSTED_PROXIES", v.TrustedProxies, "so that anyone could pretend to have any IP address: list your proxies")
	v.forwarded()
}

// forwarded checks the origins of applications behind a proxy.
func (v *validator) forwarded() {
	for n, origin := range v.ForwardOrigins {
		switch complaint := siteProblem(origin); {
		case strings.Contains(origin, "*"):
			v.refuse("FORWARD_ORIGINS", "entry %d has a *, and origins are compared exactly, so that it would never match: name each origin", n+1)
		case complaint != "":
			v.refuse("FORWARD_ORIGINS", "entry %d %s; write it like https://app.example.com", n+1, complaint)
		case strings.HasPrefix(origin, "http://") && strings.HasPrefix(v.PublicURL, "https://"):
			v.refuse("FORWARD_ORIGINS", "entry %d is plain HTTP, where anyone on the way could take over who is signed in; the public URL is HTTPS, so give the application HTTPS as well", n+1)
		case origin == v.PublicURL:
			v.refuse("FORWARD_ORIGINS", "entry %d is %sPUBLIC_URL, whose applications need no entry: remove it", n+1, prefix)
		}
	}
	if len(v.ForwardOrigins) > 0 && len(v.TrustedProxies) == 0 {
		v.refuse("FORWARD_ORIGINS", "needs your proxy in %sTRUSTED_PROXIES: only a proxy that is trusted can say which application a visitor wants", prefix)
	}
}

// originOfScripts reports whether browsers would spell an origin so. Apps and
// extensions have schemes of their own, whose hosts keep their case.
func originOfScripts(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != origin || !isASCII(origin) {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return siteProblem(origin) == "" && canonicalURL(origin) == origin
	case "file", "data", "blob":
		return false // these say null
	}
	return true
}

// networks refuses what is no network, and the network of everybody.
func (v *validator) networks(name string, list []string, otherwise string) {
	for n, text := range list {
		switch network, ok := parseNetwork(text); {
		case !ok:
			v.refuse(name, "entry %d must be an address or a network such as 10.0.0.0/8", n+1)
		case network == netip.PrefixFrom(network.Addr(), 0):
			v.refuse(name, "entry %d trusts everybody, %s", n+1, otherwise)
		}
	}
}

func (v *validator) words() {
	for _, w := range []struct {
		name, word string
		allowed    []string
	}{
		{"SIGN_UP", v.SignUp, []string{"open", "invite", "closed"}},
		{"MAGIC_LINK", v.MagicLink, []string{magicOff, magicLink, magicCode, magicBoth}},
		{"PASSWORD_HASH", v.PasswordHash, []string{"argon2id", "bcrypt"}},
		{"PASSWORD_BREACH_OUTAGE", v.PasswordBreachOutage, []string{"refuse", "accept"}},
		{"BEFORE_SIGN_UP_OUTAGE", v.BeforeSignUpOutage, []string{"refuse", "accept"}},
		{"BEFORE_TOKEN_OUTAGE", v.BeforeTokenOutage, []string{"refuse", "accept"}},
		{"REVOCATION_CHECK", v.RevocationCheck, []string{"feed", "strict"}},
		{"ADMIN_REQUIRES_MFA", v.AdminRequiresMFA, []string{"auto", "true", "false"}},
		{"LOG_LEVEL", v.LogLevel, []string{"debug", "info", "warn", "error"}},
		{"LOG_FORMAT", v.LogFormat, []string{"", "text", "json"}},
	} {
		switch {
		case slices.Contains(w.allowed, w.word):
		default:
			choices := slices.DeleteFunc(slices.Clone(w.allowed), func(s string) bool { return s == "" })
			last := len(choices) - 1
			v.refuse(w.name, "must be %s or %s", strings.Join(choices[:last], ", "), choices[last])
		}
	}
}
