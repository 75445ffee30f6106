package config

import (
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
)

// The algorithms that sign access tokens.
const (
	ES256 = "ES256"
	EdDSA = "EdDSA"
	RS256 = "RS256"
	HS256 = "HS256"
)

// How the connection to the mail server is protected.
const (
	TLSStart    = "starttls"
	TLSImplicit = "implicit"
	TLSNone     = "none"
)

// What people can have mailed to sign in with.
const (
	magicOff  = "off"
	magicLink = "link"
	magicCode = "code"
	magicBoth = "both"
)

const (
	smtpsPort    = 465
	databaseFile = "sallyport.db"
	keyFile      = "secret.key"
	historyFile  = "history"
	sqliteScheme = "sqlite://"
)

// settle puts values into the one form that they are compared in and fills in
// what follows from other settings.
func settle(c *Config) {
	c.PublicURL = canonicalURL(c.PublicURL)
	for n, origin := range c.PasskeyOrigins {
		c.PasskeyOrigins[n] = canonicalURL(origin)
	}
	for n, origin := range c.ForwardOrigins {
		c.ForwardOrigins[n] = canonicalURL(origin)
	}
	c.DatabaseURL = withoutDriver(c.DatabaseURL)
	c.OTLPEndpoint = canonicalURL(c.OTLPEndpoint)
	c.PasswordBreachRangeURL = canonicalURL(c.PasswordBreachRangeURL)
	for _, algorithm := range []string{ES256, EdDSA, RS256, HS256} {
		if strings.EqualFold(c.JWTAlgorithm, algorithm) {
			c.JWTAlgorithm = algorithm
		}
	}
	for _, word := range []*string{&c.SMTPTLS, &c.SignUp, &c.MagicLink, &c.PasswordHash, &c.PasswordBreachOutage, &c.BeforeSignUpOutage, &c.BeforeTokenOutage, &c.RevocationCheck, &c.AdminRequiresMFA, &c.LogLevel, &c.LogFormat} {
		*word = strings.ToLower(strings.TrimSpace(*word))
	}
	if c.SMTPTLS == "" {
		c.SMTPTLS = TLSStart
		if c.SMTPPort == smtpsPort {
			c.SMTPTLS = TLSImplicit
		}
	}
}

// canonicalURL trims the trailing slash and the port that the scheme has anyway,
// as browsers do, and writes scheme and host in lower
// case, as browsers send them. What is no URL stays as it is, to be refused.
func canonicalURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return raw
	}
	u.Host = strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		u.Host = strings.TrimSuffix(u.Host, ":80")
	case "https":
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	return strings.TrimSuffix(u.String(), "/")
}

// IsLocal reports whether the public URL names this machine, as in development:
// localhost, 127.0.0.1 or ::1.
func (c Config) IsLocal() bool {
	u, err := url.Parse(c.PublicURL)
	return err == nil && isLocalHost(u.Hostname())
}

func isLocalHost(host string) bool {
	return strings.EqualFold(host, "localhost") || host == "127.0.0.1" || host == "::1"
}

// Embedded reports whether the truth is one SQLite file, which one process
// uses.
func (c Config) Embedded() bool {
	return strings.HasPrefix(strings.ToLower(c.EffectiveDatabaseURL()), sqliteScheme)
}

// MailboxOn reports whether mail goes to the mailbox page instead of a server.
func (c Config) MailboxOn() bool { return c.SMTPHost == "" }

// MagicLinkByLink reports whether people can have a link mailed to sign in with.
func (c Config) MagicLinkByLink() bool { return c.MagicLink == magicLink || c.MagicLink == magicBoth }

// MagicLinkByCode reports whether they can have a code mailed.
func (c Config) MagicLinkByCode() bool { return c.MagicLink == magicCode || c.MagicLink == magicBoth }

// EffectiveDatabaseURL is the database to use: as set, or the SQLite file in
// the data folder.
func (c Config) EffectiveDatabaseURL() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return sqliteScheme + filepath.ToSlash(filepath.Join(c.DataDir, databaseFile))
}

// SQLitePath is the SQLite file, or empty if another engine is set. As in
// sqlite:///absolute/path and sqlite://relative/path, the path is what stands
// behind the scheme.
func (c Config) SQLitePath() string {
	if !c.Embedded() {
		return ""
	}
	return filepath.FromSlash(c.EffectiveDatabaseURL()[len(sqliteScheme):])
}

// SecretKeyPath is the file of the generated secret key.
func (c Config) SecretKeyPath() string { return filepath.Join(c.DataDir, keyFile) }

// HistoryPath is the file that names the history of the SQLite database.
func (c Config) HistoryPath() string { return filepath.Join(c.DataDir, historyFile) }

// EffectiveAudience is aud of access tokens: as set, or the public URL.
func (c Config) EffectiveAudience() string {
	if c.Audience != "" {
		return c.Audience
	}
	return c.PublicURL
}

// EffectivePasskeyRPID is the host that passkeys belong to: as set, or the public
// URL's. An address is no host to WebAuthn; browsers make no passkeys there.
func (c Config) EffectivePasskeyRPID() string {
	if c.PasskeyRPID != "" {
		return c.PasskeyRPID
	}
	if host := hostOf(c.PublicURL); host != "" && net.ParseIP(host) == nil {
		return host
	}
	return "localhost"
}

// EffectivePasskeyOrigins are the origins where passkeys are made and used: the
// public URL's first.
func (c Config) EffectivePasskeyOrigins() []string {
	return append([]string{c.PublicURL}, c.PasskeyOrigins...)
}

// hostOf is the host of a URL, or empty.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// EffectiveMailFrom is the sender of mail: as set, or sallyport@ and the public
// URL's host.
func (c Config) EffectiveMailFrom() string {
	if c.MailFrom != "" {
		return c.MailFrom
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || net.ParseIP(u.Hostname()) != nil || u.Hostname() == "" {
		return "sallyport@localhost"
	}
	return "sallyport@" + u.Hostname()
}

// TrustedProxyNetworks gives the networks of [Config.TrustedProxies]; a single
// address is a network of one. What is neither is left out, and refused by
// [Config.Validate].
func (c Config) TrustedProxyNetworks() []netip.Prefix { return networks(c.TrustedProxies) }

// AdminNetworkList gives the networks of [Config.AdminNetworks] likewise.
func (c Config) AdminNetworkList() []netip.Prefix { return networks(c.AdminNetworks) }

// AdminTwoFactors reports whether the admin API needs a second factor.
func (c Config) AdminTwoFactors() bool {
	return c.AdminRequiresMFA == "true" || c.AdminRequiresMFA != "false" && !c.IsLocal()
}

func networks(list []string) []netip.Prefix {
	var networks []netip.Prefix
	for _, text := range list {
		if network, ok := parseNetwork(text); ok {
			networks = append(networks, network)
		}
	}
	return networks
}

// ipv4In6 is how many bits stand before an IPv4 address in its IPv6 form.
const ipv4In6 = 96

func parseNetwork(text string) (netip.Prefix, bool) {
	if addr, err := netip.ParseAddr(text); err == nil && addr.Zone() == "" {
		addr = addr.Unmap()
		return netip.PrefixFrom(addr, addr.BitLen()), true
	}
	network, err := netip.ParsePrefix(text)
	if addr := network.Addr(); err == nil && addr.Is4In6() && network.Bits() >= ipv4In6 {
		network = netip.PrefixFrom(addr.Unmap(), network.Bits()-ipv4In6)
	}
	return network.Masked(), err == nil
}
