package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// MySQL is a running server of MySQL's protocol: MySQL itself or MariaDB. Its
// only user is root, without a password.
type MySQL struct {
	*Server

	client string // the server's own, by its path
}

// Options says how a server is to run.
type Options struct {
	// Durable makes each commit reach the disk.
	Durable bool
	// Certificate and Key, in PEM, make it speak TLS. Without them it does not.
	Certificate, Key []byte
	// Extra are further arguments for the server's program.
	Extra []string
}

// files writes the certificate and its key into dir, if there are any.
func (o Options) files(dir string) (certificate, key string, err error) {
	if o.Key == nil {
		return "", "", nil
	}
	certificate, key = filepath.Join(dir, "server.crt"), filepath.Join(dir, "server.key")
	return certificate, key, errors.Join(os.WriteFile(certificate, o.Certificate, 0o600), os.WriteFile(key, o.Key, 0o600))
}

// MySQLProgram finds mysqld, mysql or mysqldump of MySQL itself, which
// tools/sh/mysql puts into the user's cache. The programs on the path may be
// MariaDB's under the same names.
func MySQLProgram(name string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "sallyport", "mysql", "bin", name)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%s of MySQL: %w (run tools/sh/mysql)", name, ErrMissing)
	}
	return path, nil
}

// StartMySQL starts a new MySQL in dir, which must exist.
func StartMySQL(ctx context.Context, dir string, o Options) (*MySQL, error) {
	daemon, err := MySQLProgram("mysqld")
	if err != nil {
		return nil, err
	}
	client, err := MySQLProgram("mysql")
	if err != nil {
		return nil, err
	}
	// Its root would be that of the host localhost, which no address is called
	// where names are not looked up.
	root := filepath.Join(dir, "root.sql")
	if err := os.WriteFile(root, []byte("CREATE USER root@'127.0.0.1';\nGRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n"), 0o600); err != nil {
		return nil, err
	}
	common := append([]string{"--no-defaults", "--datadir=" + filepath.Join(dir, "data"), "--tmpdir=" + dir, "--secure-file-priv=NULL"}, asRoot()...)
	if err := command(ctx, nil, daemon, append(common, "--initialize-insecure", "--init-file="+root, "--innodb-doublewrite=OFF")...); err != nil {
		return nil, fmt.Errorf("make the data of MySQL: %w", err)
	}
	return openMySQL(ctx, "mysql", daemon, client, dir, o, append(common,
		"--innodb-redo-log-capacity=64M", "--mysqlx=OFF", "--max-prepared-stmt-count=100000"))
}

// StartMariaDB starts a new MariaDB in dir, which must exist.
func StartMariaDB(ctx context.Context, dir string, o Options) (*MySQL, error) {
	install, err := program("mariadb-install-db")
	if err != nil {
		return nil, err
	}
	daemon, err := program("mariadbd")
	if err != nil {
		return nil, err
	}
	client, err := program("mariadb")
	if err != nil {
		return nil, err
	}
	common := append([]string{"--no-defaults", "--datadir=" + filepath.Join(dir, "data"), "--tmpdir=" + dir}, asRoot()...)
	if err := command(ctx, nil, install, append(common, "--auth-root-authentication-method=normal", "--skip-test-db")...); err != nil {
		return nil, fmt.Errorf("make the data of MariaDB: %w", err)
	}
	return openMySQL(ctx, "mariadb", daemon, client, dir, o, append(common, "--innodb-log-file-size=64M"))
}

// asRoot lets a server run as root, if this is root: it refuses otherwise.
func asRoot() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

// openMySQL starts the daemon on data that has been made.
func openMySQL(ctx context.Context, name, daemon, client, dir string, o Options, common []string) (*MySQL, error) {
	// Direct writes wait for the disk whether or not fsync does anything.
	flush, method := "2", "fsync"
	if o.Durable {
		flush, method = "1", "O_DIRECT"
	}
	certificate, key, err := o.files(dir)
	if err != nil {
		return nil, err
	}
	switch {
	case key != "":
		common = append(common, "--ssl-cert="+certificate, "--ssl-key="+key, "--ssl-ca="+certificate)
	case name == "mysql": // it would make a certificate of its own
		common = append(common, "--auto-generate-certs=OFF", "--tls-version=")
	}
	s, err := open(ctx, func(port int) *Server {
		args := append(append([]string{}, common...),
			"--bind-address=127.0.0.1", "--port="+strconv.Itoa(port), "--socket="+filepath.Join(dir, "data", "s"),
			"--pid-file="+filepath.Join(dir, "pid"), "--skip-name-resolve", "--performance-schema=OFF", "--skip-log-bin",
			"--innodb-flush-log-at-trx-commit="+flush, "--innodb-flush-method="+method, "--innodb-buffer-pool-size=64M", "--max-connections=400")
		return &Server{
			Name: name, Addr: loopback(port), Dir: dir, program: daemon, args: append(args, o.Extra...),
			env: environment(o.Durable), quit: syscall.SIGTERM, answers: greetsAsMySQL,
		}
	})
	if err != nil {
		return nil, err
	}
	return &MySQL{s, client}, nil
}

// URL is how to reach a database on this server.
func (m *MySQL) URL(database string) string { return MySQLURL(m.Addr, database) }

// MySQLURL is how to reach a database of a [MySQL] by another address, such as a
// proxy's, which is to see what passes.
func MySQLURL(addr, database string) string {
	return (&url.URL{Scheme: "mysql", User: url.User("root"), Host: addr, Path: "/" + database, RawQuery: "sslmode=disable"}).String()
}

// CreateDatabase makes an empty database.
func (m *MySQL) CreateDatabase(ctx context.Context, name string) error {
	return m.Exec(ctx, "", "CREATE DATABASE "+name)
}

// Exec runs SQL with the server's own client.
func (m *MySQL) Exec(ctx context.Context, database, sql string) error {
	args := []string{"--no-defaults", "--user=root", "--host=127.0.0.1", "--port=" + strconv.Itoa(m.Port()), "--execute=" + sql}
	if database != "" {
		args = append(args, "--database="+database)
	}
	return command(ctx, nil, m.client, args...)
}

// greetsAsMySQL reads the first packet that a server of MySQL's protocol sends:
// four bytes of length and sequence, then the version of the protocol.
func greetsAsMySQL(ctx context.Context, addr string) error {
	conn, err := dial(ctx, addr)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	var greeting [5]byte
	if _, err := io.ReadFull(conn, greeting[:]); err != nil {
		return err
	}
	if greeting[4] != 10 {
		return errors.New("it does not greet as MySQL does")
	}
	return nil
}

// dial connects, and ends every later wait with ctx.
func dial(ctx context.Context, addr string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return conn, nil
}
