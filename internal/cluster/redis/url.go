package redis

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// Form is how Redis is run.
type Form int

// The forms of Redis.
const (
	Single   Form = iota // one server
	Sentinel             // servers that Sentinel watches
	Sharded              // a Redis Cluster
)

const (
	defaultPort  = "6379"
	sentinelPort = "26379"
	maxDB        = 1 << 16
)

// Target is where Redis is and how to get in.
type Target struct {
	Form               Form
	Addrs              []string // of servers, or of Sentinels
	Master             string   // what Sentinel calls the servers
	DB                 int
	Username, Password string

	SentinelUsername, SentinelPassword string

	TLS *tls.Config // nil for none
}

// ParseURL reads one of
//
//	redis://user:password@host:6379/0
//	redis+sentinel://user:password@host:26379,host:26379/master?db=0
//	redis+cluster://user:password@host:6379,host:6379
//
// each also with rediss for TLS. The parameters are db (instead of the path),
// sentinel_username and sentinel_password (for the Sentinels themselves), and
// with TLS tls_ca (a file of certificates to trust instead of the system's),
// tls_cert and tls_key (files of our own certificate) and tls_server_name.
// Anything else is refused. Errors never tell what stands in the URL, which
// holds secrets, but for the names of parameters.
func ParseURL(raw string) (Target, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return Target{}, errScheme
	}
	var t Target
	secure, port := false, defaultPort
	switch scheme = strings.ToLower(scheme); scheme {
	case "redis":
	case "rediss":
		secure = true
	case "redis+sentinel", "rediss+sentinel":
		t.Form, port, secure = Sentinel, sentinelPort, scheme[5] == 's'
	case "redis+cluster", "rediss+cluster":
		t.Form, secure = Sharded, scheme[5] == 's'
	default:
		return Target{}, errScheme
	}
	u, hosts, err := split(rest)
	if err != nil {
		return Target{}, err
	}
	if t.Addrs, err = addresses(hosts, port); err != nil {
		return Target{}, err
	}
	if t.Form == Single && len(t.Addrs) > 1 {
		return Target{}, errors.New("redis URL: several hosts need redis+sentinel:// or redis+cluster://")
	}
	t.Username = u.User.Username()
	t.Password, _ = u.User.Password()
	return t.fill(u, secure)
}

var (
	errScheme = errors.New("redis URL: must begin with redis://, redis+sentinel:// or redis+cluster:// (rediss for TLS)")
	errForm   = errors.New("redis URL: cannot be read; a password with special characters must be percent-encoded")
	errDB     = errors.New("redis URL: the database must be a number")
)

// split takes the hosts out, of which a URL can have but one, and reads what is
// left.
func split(rest string) (u *url.URL, hosts string, err error) {
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], rest[end:]
	at := strings.LastIndex(authority, "@") + 1
	hosts = authority[at:]
	u, err = url.Parse("redis://" + authority[:at] + "host" + tail)
	if err != nil || u.Fragment != "" || strings.Contains(tail, "#") || hosts == "" {
		return nil, "", errForm
	}
	return u, hosts, nil
}

func addresses(hosts, port string) ([]string, error) {
	var addrs []string
	for part := range strings.SplitSeq(hosts, ",") {
		host, given, err := net.SplitHostPort(part)
		if err != nil { // no port, one hopes
			host, given = strings.TrimSuffix(strings.TrimPrefix(part, "["), "]"), port
			if strings.Contains(host, ":") && !strings.HasPrefix(part, "[") {
				return nil, errForm
			}
		}
		n, err := strconv.ParseUint(given, 10, 16)
		if err != nil || n == 0 || host == "" || strings.ContainsAny(host, "[] \t") {
			return nil, errForm
		}
		addrs = append(addrs, net.JoinHostPort(host, given))
	}
	return addrs, nil
}

// fill takes path and parameters.
func (t Target) fill(u *url.URL, secure bool) (Target, error) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Target{}, errForm
	}
	db, master, err := readPath(t.Form, strings.Trim(u.Path, "/"))
	if err != nil {
		return Target{}, err
	}
	t.Master = master
	files := map[string]string{}
	for name, values := range query {
		if len(values) != 1 {
			return Target{}, fmt.Errorf("redis URL: parameter %q is given twice", name)
		}
		switch value := values[0]; {
		case name == "db" && t.Form != Sharded && db == "":
			db = value
		case name == "sentinel_username" && t.Form == Sentinel:
			t.SentinelUsername = value
		case name == "sentinel_password" && t.Form == Sentinel:
			t.SentinelPassword = value
		case strings.HasPrefix(name, "tls_") && secure:
			files[name] = value
		default:
			return Target{}, fmt.Errorf("redis URL: parameter %q is not known or does not fit here", name)
		}
	}
	if t.DB, err = strconv.Atoi(cmp.Or(db, "0")); err != nil || t.DB < 0 || t.DB > maxDB {
		return Target{}, errDB
	}
	if !secure {
		return t, nil
	}
	t.TLS, err = tlsConfig(files)
	return t, err
}

// readPath reads the path, which means something else in each form: the number of
// the database, or the name that Sentinel has for the servers.
func readPath(form Form, path string) (db, master string, err error) {
	switch {
	case form == Single:
		return path, "", nil
	case form == Sharded && path != "" && path != "0":
		return "", "", errors.New("redis URL: a Cluster has database 0 only")
	case form == Sentinel && (path == "" || strings.Contains(path, "/")):
		return "", "", errors.New("redis URL: the path must be the name that Sentinel knows the servers by")
	case form == Sentinel:
		return "", path, nil
	}
	return "", "", nil
}

// tlsConfig reads what the parameters name.
func tlsConfig(params map[string]string) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	for name, value := range params {
		switch name {
		case "tls_ca":
			text, err := os.ReadFile(value) //nolint:gosec // the operator names it
			if err != nil {
				return nil, fmt.Errorf("redis URL: tls_ca: %w", err)
			}
			c.RootCAs = x509.NewCertPool()
			if !c.RootCAs.AppendCertsFromPEM(text) {
				return nil, errors.New("redis URL: tls_ca names a file without certificates")
			}
		case "tls_server_name":
			c.ServerName = value
		case "tls_cert", "tls_key":
		default:
			return nil, fmt.Errorf("redis URL: parameter %q is not known or does not fit here", name)
		}
	}
	cert, key := params["tls_cert"], params["tls_key"]
	if cert == "" && key == "" {
		return c, nil
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("redis URL: tls_cert and tls_key: %w", err)
	}
	c.Certificates = []tls.Certificate{pair}
	return c, nil
}
