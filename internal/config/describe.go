package config

import (
	"net/url"
	"regexp"
	"strings"
)

const mask = "********"

// Row is one effective setting for people to read. Secrets are masked in Value.
type Row struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// Describe lists the effective settings and where each came from. Secrets are
// masked, and so are user names and passwords within URLs.
func Describe(c Config, o Origins) []Row {
	followed := map[string]string{
		prefix + "DATABASE_URL": c.EffectiveDatabaseURL(),
		prefix + "AUDIENCE":     c.EffectiveAudience(),
		prefix + "MAIL_FROM":    c.EffectiveMailFrom(),

		prefix + "OTLP_ENDPOINT": c.EffectiveOTLPEndpoint(),
	}
	list := settings()
	rows := make([]Row, 0, len(list))
	for _, s := range list {
		value := s.text(c)
		if value == "" {
			value = followed[s.name]
		}
		rows = append(rows, Row{Name: s.name, Value: masked(s, value), Origin: o.Of(s.name)})
	}
	return rows
}

// masked hides what must not be shown. A secret that is a URL still shows its
// host, because that is what an operator looks for.
func masked(s setting, value string) string {
	if value == "" {
		return ""
	}
	if s.secret {
		return maskedURL(value)
	}
	return credentials().ReplaceAllString(value, "//"+mask+"@")
}

// maskedURL shows scheme, host and path of a URL, and of anything else nothing.
func maskedURL(value string) string {
	if path, ok := strings.CutPrefix(value, sqliteScheme); ok {
		path, _, _ = strings.Cut(path, "?")
		return sqliteScheme + path
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return mask
	}
	text := u.Scheme + "://"
	if u.User != nil {
		text += mask + "@"
	}
	text += u.Host + u.EscapedPath()
	if u.RawQuery != "" {
		text += "?" + mask
	}
	return text
}

// credentials matches what stands between // and @ of a URL.
func credentials() *regexp.Regexp { return regexp.MustCompile(`//[^/?#]*@`) }
