package engine

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrURL is returned for a database URL that names no database we can open.
// The URL may hold a password and is never repeated.
var ErrURL = errors.New("database URL")

var (
	errURL = fmt.Errorf("%w must be sqlite:///absolute/path, mysql://user:password@host:3306/database, "+
		"mariadb:// or postgres:// likewise", ErrURL)
	errServerURL = fmt.Errorf("%w of a server must be like mysql://user:password@host:3306/database; "+
		"write special characters of the password in percent form, such as %%40 for @", ErrURL)
)

// Parse gives the engine that a URL names, and the way to it.
func Parse(raw string, t Timing) (Engine, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return Engine{}, errURL
	}
	scheme, _, _ = strings.Cut(strings.ToLower(scheme), "+") // mysql+aiomysql
	switch scheme {
	case "sqlite":
		path, err := sqlitePath(rest)
		return sqliteEngine(path), err
	case "mysql", "mariadb":
		s, err := parseServer(rest, 3306)
		return mysqlEngine(s, t), err
	case "postgres", "postgresql":
		s, err := parseServer(rest, 5432)
		return postgresEngine(s, t), err
	}
	return Engine{}, errURL
}

// sqliteParameter is what the URLs of other programs hold behind the path.
var sqliteParameter = regexp.MustCompile(`\?[A-Za-z_]+=`)

// sqlitePath gives the absolute path of the file that a sqlite URL names. The
// path is taken as it stands, without percent-decoding: what follows sqlite://
// is what a shell would call the file.
func sqlitePath(rest string) (string, error) {
	switch {
	case rest == "" || strings.HasSuffix(rest, "/") || strings.Contains(rest, "\x00") || strings.HasPrefix(rest, ":memory:"):
		return "", errURL
	case sqliteParameter.MatchString(rest):
		return "", fmt.Errorf("%w of SQLite is a path and has no parameters: what begins with ? and holds = cannot be part of it", ErrURL)
	}
	path, err := filepath.Abs(filepath.FromSlash(rest))
	if err != nil {
		return "", fmt.Errorf("find the database's folder: %w", err)
	}
	return path, nil
}

// server is what a URL says of a server.
type server struct {
	host           string
	port           uint16
	user, password string
	database       string
	socket         string
	transport      transport
}

func (s server) address() string { return net.JoinHostPort(s.host, strconv.Itoa(int(s.port))) }

// parseServer reads what stands behind the scheme. Errors name no part of it
// but parameters, which stand where no password can.
func parseServer(rest string, port uint16) (server, error) {
	u, err := url.Parse("server://" + rest)
	if err != nil || u.Fragment != "" || strings.Contains(rest, "#") {
		return server{}, errServerURL
	}
	s := server{host: u.Hostname(), port: port, user: u.User.Username(), database: strings.TrimPrefix(u.Path, "/")}
	s.password, _ = u.User.Password()
	if text := u.Port(); text != "" {
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil || n == 0 {
			return server{}, errServerURL
		}
		s.port = uint16(n)
	}
	if s.database == "" || strings.ContainsAny(s.database, "/\x00") || s.user == "" {
		return server{}, errServerURL
	}
	params, err := parameters(u.RawQuery)
	if err != nil {
		return server{}, err
	}
	if s.socket = params["socket"]; s.socket == "" && s.host == "" {
		return server{}, errServerURL
	}
	s.transport, err = newTransport(s.host, params)
	return s, err
}

// parameterNames are what a server's URL may hold behind its question mark.
var parameterNames = []string{"charset", "socket", "sslcert", "sslkey", "sslmode", "sslrootcert", "tls"}

var parameterName = regexp.MustCompile(`^[A-Za-z_]{1,40}$`)

// parameters reads a query. What is not known is refused: a setting that is
// overlooked might be the one that asks for encryption.
func parameters(query string) (map[string]string, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, errServerURL
	}
	params := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		switch {
		case !slices.Contains(parameterNames, name) && parameterName.MatchString(name):
			return nil, fmt.Errorf("%w: unknown parameter %s; known are %s", ErrURL, name, strings.Join(parameterNames, ", "))
		case !slices.Contains(parameterNames, name):
			return nil, fmt.Errorf("%w: unknown parameter; known are %s", ErrURL, strings.Join(parameterNames, ", "))
		case len(values[name]) > 1:
			return nil, fmt.Errorf("%w: parameter %s stands twice", ErrURL, name)
		}
		params[name] = values.Get(name)
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf8mb4") && !strings.EqualFold(charset, "utf8") {
		return nil, fmt.Errorf("%w: charset must be utf8mb4", ErrURL)
	}
	return params, nil
}
