package fleet

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// Postgres is a running PostgreSQL server. Its only user is sallyport, without
// a password.
type Postgres struct{ *Server }

// postgresPrograms is where Debian keeps them, off the path.
const postgresPrograms = "/usr/lib/postgresql/*/bin/"

// StartPostgres starts a new PostgreSQL in dir, which must exist. It refuses to
// run as root; then dir is given to somebody else.
func StartPostgres(ctx context.Context, dir string, o Options) (*Postgres, error) {
	initdb, err := program("initdb", postgresPrograms+"initdb")
	if err != nil {
		return nil, err
	}
	daemon, err := program("postgres", postgresPrograms+"postgres")
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, err
	}
	certificate, key, err := o.files(dir)
	if err != nil {
		return nil, err
	}
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	if err := command(ctx, as, initdb, "--pgdata="+data, "--username=sallyport", "--auth=trust", "--encoding=UTF8",
		"--locale=C", "--no-sync"); err != nil {
		return nil, fmt.Errorf("make the data of PostgreSQL: %w", err)
	}
	durable := "off"
	if o.Durable {
		durable = "on"
	}
	s, err := open(ctx, func(port int) *Server {
		args := []string{
			"-D", data, "-p", strconv.Itoa(port), "-k", "", "-c", "listen_addresses=127.0.0.1",
			"-c", "fsync=" + durable, "-c", "synchronous_commit=" + durable, "-c", "full_page_writes=" + durable,
			"-c", "max_connections=400", "-c", "shared_buffers=64MB",
		}
		if key != "" {
			args = append(args, "-c", "ssl=on", "-c", "ssl_cert_file="+certificate, "-c", "ssl_key_file="+key)
		}
		return &Server{
			Name: "postgres", Addr: loopback(port), Dir: dir, program: daemon, args: append(args, o.Extra...), as: as,
			env: environment(o.Durable), quit: syscall.SIGINT, answers: readyAsPostgres,
		}
	})
	if err != nil {
		return nil, err
	}
	return &Postgres{s}, nil
}

// URL is how to reach a database on this server.
func (p *Postgres) URL(database string) string { return PostgresURL(p.Addr, database) }

// PostgresURL is how to reach a database of a [Postgres] by another address,
// such as a proxy's.
func PostgresURL(addr, database string) string {
	return (&url.URL{
		Scheme: "postgres", User: url.User("sallyport"), Host: addr, Path: "/" + database, RawQuery: "sslmode=disable",
	}).String()
}

// CreateDatabase makes an empty database.
func (p *Postgres) CreateDatabase(ctx context.Context, name string) error {
	return p.Exec(ctx, "postgres", "CREATE DATABASE "+name)
}

// Exec runs SQL with the server's own client.
func (p *Postgres) Exec(ctx context.Context, database, sql string) error {
	client, err := program("psql", postgresPrograms+"psql")
	if err != nil {
		return err
	}
	return command(ctx, nil, client, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname="+p.URL(database), "--command="+sql)
}

func readyAsPostgres(ctx context.Context, addr string) error {
	client, err := program("pg_isready", postgresPrograms+"pg_isready")
	if err != nil {
		return err
	}
	return command(ctx, nil, client, "--quiet", "--dbname="+PostgresURL(addr, "postgres"))
}
