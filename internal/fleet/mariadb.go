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

// MariaDB is a running MariaDB server. Its only user is root, without a
// password.
type MariaDB struct{ *Server }

// Options says how a server is to run.
type Options struct {
	// Durable makes each commit reach the disk.
	Durable bool
	// Extra are further arguments for the server's program.
	Extra []string
}

// StartMariaDB starts a new MariaDB in dir, which must exist.
func StartMariaDB(ctx context.Context, dir string, o Options) (*MariaDB, error) {
	install, err := program("mariadb-install-db")
	if err != nil {
		return nil, err
	}
	daemon, err := program("mariadbd")
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	identity := []string{}
	if os.Geteuid() == 0 {
		identity = []string{"--user=root"}
	}
	if err := command(ctx, nil, install, append([]string{
		"--no-defaults", "--datadir=" + data, "--tmpdir=" + dir, "--auth-root-authentication-method=normal", "--skip-test-db",
	}, identity...)...); err != nil {
		return nil, fmt.Errorf("make the data of MariaDB: %w", err)
	}
	flush := "2"
	if o.Durable {
		flush = "1"
	}
	s, err := open(ctx, func(port int) *Server {
		args := append([]string{
			"--no-defaults", "--datadir=" + data, "--tmpdir=" + dir, "--bind-address=127.0.0.1", "--port=" + strconv.Itoa(port),
			"--socket=" + filepath.Join(data, "s"), "--pid-file=" + filepath.Join(dir, "pid"), "--skip-name-resolve",
			"--innodb-flush-log-at-trx-commit=" + flush, "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=64M",
			"--performance-schema=OFF", "--skip-log-bin", "--max-connections=400",
		}, identity...)
		return &Server{
			Name: "mariadb", Addr: loopback(port), Dir: dir, program: daemon, args: append(args, o.Extra...),
			quit: syscall.SIGTERM, answers: greetsAsMySQL,
		}
	})
	if err != nil {
		return nil, err
	}
	return &MariaDB{s}, nil
}

// URL is how to reach a database on this server.
func (m *MariaDB) URL(database string) string { return MariaDBURL(m.Addr, database) }

// MariaDBURL is how to reach a database of a [MariaDB] by another address, such
// as a proxy's.
func MariaDBURL(addr, database string) string {
	return (&url.URL{Scheme: "mysql", User: url.User("root"), Host: addr, Path: "/" + database}).String()
}

// CreateDatabase makes an empty database.
func (m *MariaDB) CreateDatabase(ctx context.Context, name string) error {
	return m.Exec(ctx, "", "CREATE DATABASE "+name)
}

// Exec runs SQL with the server's own client.
func (m *MariaDB) Exec(ctx context.Context, database, sql string) error {
	client, err := program("mariadb")
	if err != nil {
		return err
	}
	args := []string{"--no-defaults", "--user=root", "--host=127.0.0.1", "--port=" + strconv.Itoa(m.Port()), "--execute=" + sql}
	if database != "" {
		args = append(args, "--database="+database)
	}
	return command(ctx, nil, client, args...)
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
