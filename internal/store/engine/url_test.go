package engine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestURLsOfFiles(t *testing.T) {
	t.Parallel()
	cwd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, url, path string }{
		{"absolute", "sqlite:///var/lib/sallyport.db", "/var/lib/sallyport.db"},
		{"relative", "sqlite://data/sallyport.db", filepath.Join(cwd, "data/sallyport.db")},
		{"taken as it stands", "sqlite:///a b/100%41#.db", "/a b/100%41#.db"},
		{"scheme in capitals", "SQLite:///x.db", "/x.db"},
		{"another engine", "oracle://u:hunter2@h/db", ""},
		{"no scheme", "/var/lib/hunter2.db", ""},
		{"empty", "", ""},
		{"a question mark is a character like others", "sqlite:///srv/a?b/sallyport.db", "/srv/a?b/sallyport.db"},
		{"no path", "sqlite://", ""},
		{"a folder", "sqlite:///var/lib/", ""},
		{"in memory", "sqlite://:memory:", ""},
		{"options of the driver", "sqlite:///x.db?mode=ro", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e, err := Parse(test.url, Timing{})
			if test.path != "" {
				if e.Path != test.path || e.Server || err != nil {
					t.Errorf("got %q (%v), want %q", e.Path, err, test.path)
				}
				return
			}
			if !errors.Is(err, ErrURL) || strings.Contains(err.Error(), "hunter2") {
				t.Fatalf("got %v, want ErrURL without the URL", err)
			}
		})
	}
}

func TestURLsOfServers(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, url, want string }{
		{"MySQL", "mysql://ada:hunter2@db/users", "mysql ada hunter2 db:3306 users db's certificate"},
		{"MariaDB", "MariaDB://ada@db:3307/users", "mysql ada  db:3307 users db's certificate"},
		{"the predecessor's", "mysql+aiomysql://ada:hunter2@db:3306/users?charset=utf8mb4", "mysql ada hunter2 db:3306 users db's certificate"},
		{"PostgreSQL", "postgres://ada:hunter2@db/users?sslmode=disable", "postgres ada hunter2 db:5432 users plain"},
		{"PostgreSQL in full", "postgresql://ada:hunter2@[::1]:5433/users", "postgres ada hunter2 [::1]:5433 users prefer"},
		{"this machine", "mysql://ada@localhost/users", "mysql ada  localhost:3306 users prefer"},
		{"this machine's address", "postgres://ada@127.8.9.1/users", "postgres ada  127.8.9.1:5432 users prefer"},
		{"this machine's address in IPv6's form", "postgres://ada@[::ffff:127.0.0.1]/users", "postgres ada  [::ffff:127.0.0.1]:5432 users prefer"},
		{"a name that begins like this machine's", "mysql://ada@localhost.example.com/users", "mysql ada  localhost.example.com:3306 users localhost.example.com's certificate"},
		{"any of this machine's addresses", "mysql://ada@0.0.0.0/users", "mysql ada  0.0.0.0:3306 users 0.0.0.0's certificate"},
		{"TLS if there is some, in so many words", "mysql://ada@db/users?sslmode=prefer", "mysql ada  db:3306 users prefer"},
		{"plain text in so many words", "mysql://ada@db/users?tls=false", "mysql ada  db:3306 users plain"},
		{"percent form", "mysql://a%40b:p%3Aw%2F%3F%23%40@db/users", "mysql a@b p:w/?#@ db:3306 users db's certificate"},
		{"a socket", "mysql://ada@/users?socket=/run/mysqld/mysqld.sock", "mysql ada  /run/mysqld/mysqld.sock users plain"},
		{"TLS or nothing", "mysql://ada@db/users?tls=skip-verify", "mysql ada  db:3306 users any certificate"},
		{"the MySQL driver's true", "mysql://ada@db/users?tls=true", "mysql ada  db:3306 users db's certificate"},
		{"libpq's verify-full", "postgres://ada@db/users?sslmode=verify-full", "postgres ada  db:5432 users db's certificate"},
		{"libpq's verify-ca", "postgres://ada@db/users?sslmode=verify-ca", "postgres ada  db:5432 users a trusted certificate"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e, err := Parse(test.url, Timing{})
			if err != nil || e.Path != "" || !e.Server {
				t.Fatalf("got %q, server %v (%v)", e.Path, e.Server, err)
			}
			_, rest, _ := strings.Cut(test.url, "://")
			s, err := parseServer(rest, map[string]uint16{"mysql": 3306, "postgres": 5432}[e.Name])
			if err != nil {
				t.Fatal(err)
			}
			at := s.address()
			if s.socket != "" {
				at = s.socket
			}
			if got := strings.Join([]string{e.Name, s.user, s.password, at, s.database, protection(s)}, " "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func protection(s server) string {
	switch {
	case s.transport.tls == nil:
		return "plain"
	case s.transport.fallback():
		return "prefer"
	case s.transport.tls.VerifyConnection != nil:
		return "a trusted certificate"
	case s.transport.tls.InsecureSkipVerify:
		return "any certificate"
	default:
		return s.transport.tls.ServerName + "'s certificate"
	}
}

func TestURLsOfServersThatAreRefused(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, url, says string }{
		{"no database", "mysql://ada:hunter2@db", "must be like"},
		{"an empty database", "mysql://ada:hunter2@db/", "must be like"},
		{"two databases", "mysql://ada:hunter2@db/a/b", "must be like"},
		{"no user", "postgres://db/users", "must be like"},
		{"no host", "postgres://ada:hunter2@/users", "must be like"},
		{"port 0", "mysql://ada:hunter2@db:0/users", "must be like"},
		{"a port too far", "mysql://ada:hunter2@db:65536/users", "must be like"},
		{"a slash in the password", "mysql://ada:hun/ter2@db/users", "percent form"},
		{"a question mark in the password", "mysql://ada:hun?ter2@db/users", "percent form"},
		{"a hash in the password", "mysql://ada:hun#ter2@db/users", "percent form"},
		{"a percent sign in the password", "mysql://ada:hun%zzter2@db/users", "percent form"},
		{"an unknown parameter", "mysql://ada:hunter2@db/users?interpolateParams=true", "unknown parameter interpolateParams; known are charset"},
		{"a parameter that is a secret", "mysql://ada:hunter2@db/users?hunter2=1", "unknown parameter; known"},
		{"another charset", "mysql://ada:hunter2@db/users?charset=latin1", "charset must be utf8mb4"},
		{"a parameter twice", "postgres://ada:hunter2@db/users?sslmode=disable&sslmode=require", "sslmode stands twice"},
		{"two words for one thing", "postgres://ada:hunter2@db/users?sslmode=disable&tls=true", "give one"},
		{"an unknown protection", "postgres://ada:hunter2@db/users?sslmode=maybe", "sslmode must be disable, prefer"},
		{"a certificate that is not there", "postgres://ada:hunter2@db/users?sslmode=verify-ca&sslrootcert=/nowhere/ca.pem", "read sslrootcert"},
		{"no certificate in the file", "postgres://ada:hunter2@db/users?sslrootcert=url_test.go", "without a certificate"},
		{"half a certificate of our own", "mysql://ada:hunter2@db/users?sslcert=url_test.go", "read sslcert and sslkey"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(test.url, Timing{})
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("got %v, want %q in it", err, test.says)
			}
			for _, part := range []string{"hunter2", "ter2", "hun?", "hun/"} {
				if strings.Contains(err.Error(), part) {
					t.Errorf("the error repeats the password: %v", err)
				}
			}
			if strings.Contains(test.says, "must be like") && !errors.Is(err, ErrURL) {
				t.Errorf("%v is not ErrURL", err)
			}
		})
	}
}
