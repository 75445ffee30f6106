package config

import "strings"

// Below these costs a stolen table of hashes is cheaper to guess than OWASP's
// Password Storage Cheat Sheet allows: its choices for argon2id run from 46 MiB
// and 1 pass to 7 MiB and 5 passes.
const (
	leastArgon2KiB   = 7 * 1024
	leastArgon2Work  = 5 * leastArgon2KiB
	mostGuessesAtAll = 100 // 800-63B §3.2.2
)

// warnings says what an operator should know about settings that are allowed.
func (c Config) warnings() []string {
	var list []string
	warn := func(when bool, sentence string) {
		if when {
			list = append(list, sentence)
		}
	}
	warn(c.MailboxOn() && !listensLocally(c.Listen),
		"emails go to /dev/mailbox, where anyone who can reach SALLYPORT_LISTEN can read them: set SALLYPORT_SMTP_HOST before others can")
	warn(c.MailboxOn() && (c.SMTPUsername != "" || c.SMTPPassword != ""),
		"the mail server's user name or password is set and SALLYPORT_SMTP_HOST is not: mail goes to /dev/mailbox")
	warn(!c.MailboxOn() && c.SMTPTLS == TLSNone && c.SMTPPassword != "",
		"SALLYPORT_SMTP_TLS=none would send the mail server's password in clear: use starttls or implicit")
	warn(!c.IsLocal() && strings.HasPrefix(c.PublicURL, "http://"),
		"SALLYPORT_PUBLIC_URL has http: passwords and tokens travel in clear text; put a proxy with TLS in front and use https")
	warn(!c.RateLimits,
		"SALLYPORT_RATE_LIMITS=off: only wrong passwords are still limited; this is for load tests")
	warn(c.LimitPasswordTries > mostGuessesAtAll,
		"SALLYPORT_LIMIT_PASSWORD_TRIES is above 100, more than NIST SP 800-63B allows")
	warn(!c.RequireVerifiedEmail,
		"SALLYPORT_REQUIRE_VERIFIED_EMAIL=false: strangers can find out which addresses have accounts")
	warn(c.PasswordHash == "argon2id" && (c.Argon2MemoryKiB < leastArgon2KiB || c.Argon2MemoryKiB*c.Argon2Passes < leastArgon2Work),
		"argon2id is set cheaper than OWASP advises: use at least 19456 KiB with 2 passes")
	warn(strings.HasPrefix(c.PasswordBreachRangeURL, "http://") && !isLocalURL(c.PasswordBreachRangeURL),
		"SALLYPORT_PASSWORD_BREACH_RANGE_URL has http: an attacker on the network can answer instead; use https")
	warn(!c.Embedded() && c.RedisURL == "",
		"SALLYPORT_REDIS_URL is not set: several instances learn of each other's revocations every half second, and each counts rate limits on its own")
	warn(strings.HasPrefix(c.OTLPEndpoint, "http://") && !isLocalURL(c.OTLPEndpoint),
		"SALLYPORT_OTLP_ENDPOINT has http: the log and the headers travel in clear; use https")
	warn(strings.HasSuffix(c.OTLPEndpoint, ":4317"),
		"SALLYPORT_OTLP_ENDPOINT has port 4317, where collectors speak gRPC: OTLP over HTTP is usually on 4318")
	return list
}

// listensLocally reports whether only this machine can reach address.
func listensLocally(address string) bool {
	host := address
	if n := strings.LastIndexByte(address, ':'); n >= 0 {
		host = strings.Trim(address[:n], "[]")
	}
	return isLocalHost(host) || strings.HasPrefix(host, "127.")
}
