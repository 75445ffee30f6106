package telemetry

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"
)

// Redacted stands in the log where a secret would have stood.
const Redacted = "[redacted]"

// secretWord reports whether a word of a key says that the value is a secret.
func secretWord(word string) bool {
	switch word {
	case "password", "passwd", "pwd", "passphrase", "secret", "secrets", "token", "tokens", "jwt",
		"authorization", "cookie", "cookies", "credential", "credentials", "apikey", "otp", "nonce", "sid":
		return true
	}
	return false
}

// secretKey reports whether the value under key must not be logged. What ends
// in _hash has been hashed for the log, what ends in _kind or _count says only
// what or how many.
func secretKey(key string) bool {
	key = normalKey(key)
	for _, harmless := range []string{"_hash", "_kind", "_count", "_ttl"} {
		if strings.HasSuffix(key, harmless) {
			return false
		}
	}
	if key == "session_id" || key == "database_url" || key == "redis_url" || key == "private_key" {
		return true
	}
	for word := range strings.SplitSeq(key, "_") {
		if secretWord(word) {
			return true
		}
	}
	return false
}

// patterns finds what looks like a secret in any text: our tokens by their
// prefixes, JOSE objects, bearer and basic credentials, the token of a mailed
// link, and the password of a URL.
var patterns = regexp.MustCompile(strings.Join([]string{
	`\bsp[a-z]_[A-Za-z0-9_-]{8,}`,
	`\beyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)*`,
	`(?i:\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}`,
	`(?i:[?&](?:token|code|password|secret)=)[^&\s"']+`,
	`://[^/\s:@"']*:[^/\s@"']+@`,
	`\$(?:argon2(?:id|i|d)|2[abxy]|scrypt|pbkdf2[a-z0-9-]*)\$[^\s"']+`,
}, "|"))

// suspicious is a cheap look before the expression runs.
func suspicious(s string) bool {
	return strings.Contains(s, "sp") || strings.Contains(s, "eyJ") || strings.ContainsAny(s, "=$@") ||
		strings.Contains(s, "earer") || strings.Contains(s, "EARER") || strings.Contains(s, "asic") || strings.Contains(s, "ASIC")
}

// Scrub returns s with everything that looks like a secret blanked.
func Scrub(s string) string {
	if !suspicious(s) {
		return s
	}
	return patterns.ReplaceAllString(s, Redacted)
}

// redact is the logger's last look at each attribute.
func redact(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		if secretKey(a.Key) {
			return blank(a)
		}
		a.Value = slog.StringValue(Scrub(a.Value.String()))
	case slog.KindAny:
		if secretKey(a.Key) {
			return blank(a)
		}
		a.Value = scrubAny(a.Value)
	case slog.KindBool, slog.KindDuration, slog.KindFloat64, slog.KindInt64, slog.KindTime, slog.KindUint64,
		slog.KindGroup, slog.KindLogValuer:
		// Numbers are no secrets; groups and valuers arrive here leaf by leaf.
	}
	return a
}

func blank(a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindString && a.Value.String() == "" {
		return a
	}
	return slog.String(a.Key, Redacted)
}

// scrubAny turns errors into text, and leaves other values alone unless their
// text holds something that looks like a secret.
func scrubAny(v slog.Value) slog.Value {
	switch x := v.Any().(type) {
	case nil:
		return v
	case error:
		return slog.StringValue(Scrub(x.Error()))
	case []byte:
		return slog.StringValue(Scrub(string(x)))
	case *slog.Source:
		return v
	default:
		text := fmt.Sprintf("%+v", x)
		if clean := Scrub(text); clean != text {
			return slog.StringValue(clean)
		}
		return v
	}
}
