package guard

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Config says whose tokens count, and for whom. Issuer, Audience, ClientID and
// ClientSecret must be set.
type Config struct {
	// Issuer is the server's public URL, exactly as in iss.
	Issuer string
	// Audience is who this program is: it must be among a token's aud.
	Audience string
	// ClientID and ClientSecret are those of a machine client (sallyport client
	// create) that sends its secret by HTTP Basic.
	ClientID, ClientSecret string

	// URL is where the server is reached if that is not Issuer: inside a network,
	// say. Like Issuer it must be https, or this machine.
	URL string
	// HTTPClient sends the requests; nil for one of the guard's own. Redirects are
	// refused in either case.
	HTTPClient *http.Client
	// NotCurrent is what happens while it is not known what is revoked.
	NotCurrent Policy
	// MaxStaleness is how old that knowledge may be, between 500 ms and 1 min;
	// DefaultMaxStaleness if 0.
	MaxStaleness time.Duration
	// MaxEntries bounds the revocations that are held; DefaultMaxEntries if 0. One
	// takes some 40 bytes.
	MaxEntries int
	// CacheSize bounds the verified tokens that are remembered; DefaultCacheSize
	// if 0. One takes some 2 KiB.
	CacheSize int
	// Log is where the guard says when it stops and begins to be current;
	// slog.Default() if nil.
	Log *slog.Logger
	// Metrics is told what happens; nil for nobody.
	Metrics Metrics

	tick func() reading // for tests of this package
}

// Policy is what is done with tokens that no entry refuses while the guard is not
// current.
type Policy int

const (
	// Refuse answers 503 with Retry-After and the code not_current.
	Refuse Policy = iota
	// Ask asks the server about each token (RFC 7662), and refuses if it does not
	// answer within 2 s.
	Ask
	// Allow lets the token pass. A token that was revoked meanwhile passes, too,
	// until it expires.
	Allow
)

// Defaults of Config.
const (
	DefaultMaxStaleness = 5 * time.Second
	DefaultMaxEntries   = 2_000_000
	DefaultCacheSize    = 64 << 10
)

// String gives the name of the policy.
func (p Policy) String() string {
	switch p {
	case Refuse:
		return "refuse"
	case Ask:
		return "ask"
	case Allow:
		return "allow"
	}
	return "unknown"
}

const (
	minMaxStaleness = 500 * time.Millisecond
	maxMaxStaleness = time.Minute
)

// complete fills defaults in and refuses what cannot work.
func (c *Config) complete() error {
	for name, value := range map[string]string{
		"Issuer": c.Issuer, "Audience": c.Audience, "ClientID": c.ClientID, "ClientSecret": c.ClientSecret,
	} {
		if value == "" {
			return fmt.Errorf("no %s in Config", name)
		}
	}
	if c.URL == "" {
		c.URL = c.Issuer
	}
	if err := checkURL(c.URL); err != nil {
		return err
	}
	if c.MaxStaleness == 0 {
		c.MaxStaleness = DefaultMaxStaleness
	}
	if c.MaxStaleness < minMaxStaleness || c.MaxStaleness > maxMaxStaleness {
		return fmt.Errorf("the MaxStaleness of Config is not between %v and %v", minMaxStaleness, maxMaxStaleness)
	}
	if c.MaxEntries == 0 {
		c.MaxEntries = DefaultMaxEntries
	}
	if c.CacheSize == 0 {
		c.CacheSize = DefaultCacheSize
	}
	if c.NotCurrent.String() == "unknown" || c.MaxEntries < 0 || c.CacheSize < 0 {
		return errors.New("a NotCurrent, MaxEntries or CacheSize of Config is out of range")
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.tick == nil {
		c.tick = newTick()
	}
	client := http.Client{Transport: http.DefaultTransport}
	if c.HTTPClient != nil {
		client = *c.HTTPClient
	}
	client.CheckRedirect = noRedirects
	c.HTTPClient = &client
	return nil
}

// checkURL refuses an address to which a secret would travel in clear.
func checkURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("the server's URL is none, or has a query, a fragment or a user")
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && (host == "localhost" || ip != nil && ip.IsLoopback()):
	default:
		return errors.New("the server's URL must be https, or on this machine")
	}
	return nil
}
