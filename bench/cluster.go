package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	_ "github.com/go-sql-driver/mysql" // the same driver, bare

	"github.com/sallyport-auth/sallyport/internal/fleet"
)

// servers are what the clustered form stands on.
type servers struct {
	mariadb *fleet.MySQL
	redis   *fleet.Redis
}

// withServers measures on a MariaDB whose commits reach the disk, and a Redis.
func (b *bench) withServers(measures ...func(context.Context, servers) ([]figure, error)) func(context.Context) ([]figure, error) {
	return func(ctx context.Context) ([]figure, error) {
		var s servers
		var err error
		folder := func(name string) string {
			dir := filepath.Join(b.dir, name)
			if err == nil {
				err = os.MkdirAll(dir, 0o700)
			}
			return dir
		}
		maria, redis := folder("mariadb"), folder("redis")
		if err != nil {
			return nil, err
		}
		if s.mariadb, err = fleet.StartMariaDB(ctx, maria, fleet.Options{Durable: true}); err != nil {
			return nil, err
		}
		defer s.mariadb.Stop()
		if s.redis, err = fleet.StartRedis(ctx, redis, fleet.Options{}); err != nil {
			return nil, err
		}
		defer s.redis.Stop()
		var all []figure
		for _, measure := range measures {
			figures, err := measure(ctx, s)
			if err != nil {
				return nil, err
			}
			all = append(all, figures...)
		}
		return all, nil
	}
}

// benchKey is the secret key of the measured clusters.
const benchKey = "c2FsbHlwb3J0IHNhbGx5cG9ydCBzYWxseXBvcnQgMDE="

// environ makes a database and names everything that an instance needs.
func (s servers) environ(ctx context.Context, database string) ([]string, error) {
	return []string{
		"SALLYPORT_DATABASE_URL=" + s.mariadb.URL(database), "SALLYPORT_REDIS_URL=" + s.redis.URL(), "SALLYPORT_SECRET_KEY=" + benchKey,
	}, s.mariadb.CreateDatabase(ctx, database)
}

// clusterRefreshes compares rotations on MariaDB and Redis with single-row
// updates by as many connections on the same server.
func (b *bench) clusterRefreshes(ctx context.Context, s servers) ([]figure, error) {
	env, err := s.environ(ctx, "refreshes")
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("mysql", "root@tcp("+s.mariadb.Addr+")/refreshes")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	rotations, err := b.rotations(ctx, db, "cluster-refresh", append(env, "SALLYPORT_REFRESH_GRACE=0s")...)
	if err != nil {
		return nil, err
	}
	raw, err := b.rawUpdates(ctx, db, "VARCHAR(64)")
	if err != nil {
		return nil, err
	}
	return []figure{{
		what: "refresh on MariaDB and Redis against a raw single-row UPDATE", value: rotations / raw, aim: atLeast(0.5), bound: atLeast(0.02),
		detail: fmt.Sprintf("%.0f rotations/s over HTTP against %.0f updates/s in process, %d connections", rotations, raw, connections),
	}}, nil
}

// clusterChecks compares the verification of a token, in both modes of
// revocation, with a handler that does nothing.
func (b *bench) clusterChecks(ctx context.Context, s servers) ([]figure, error) {
	bare, err := b.bareRate(ctx, "nothing")
	if err != nil {
		return nil, err
	}
	var figures []figure
	// Strict asks Redis each time, as a server without a list would.
	for mode, limits := range map[string][2]limit{"feed": {atLeast(0.6), atLeast(0.2)}, "strict": {atLeast(0.3), atLeast(0.1)}} {
		env, err := s.environ(ctx, "checks_"+mode)
		if err != nil {
			return nil, err
		}
		rate, err := b.bareRate(ctx, "verify-"+mode, env...)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure{
			what:  "token verification on MariaDB and Redis, " + mode + ", against a bare handler",
			value: rate / bare, aim: limits[0], bound: limits[1],
			detail: fmt.Sprintf("%.0f/s against %.0f/s, %d connections", rate, bare, connections),
		})
	}
	return figures, nil
}

// clusterLogouts tells how soon another instance refuses a token after a logout
// was answered.
func (b *bench) clusterLogouts(ctx context.Context, s servers) ([]figure, error) {
	var figures []figure
	for _, mode := range []string{"feed", "strict"} {
		env, err := s.environ(ctx, "logouts_"+mode)
		if err != nil {
			return nil, err
		}
		late, taken, err := b.lateness(ctx, append(env, "SALLYPORT_REVOCATION_CHECK="+mode))
		if err != nil {
			return nil, err
		}
		slices.Sort(late)
		detail := fmt.Sprintf("p50 %.1f ms, p99 %.1f ms, worst %.1f ms of %d, one request included; %d answers still took the token",
			ms(late[len(late)/2]), ms(late[len(late)*99/100]), ms(late[len(late)-1]), len(late), taken)
		if mode == "strict" {
			figures = append(figures, figure{
				what: "answers that take a token after its logout, strict", value: float64(taken), unit: " answers",
				aim: nothing(), bound: nothing(), detail: detail,
			})
			continue
		}
		figures = append(figures, figure{
			what: "logout until another instance refuses, feed, p99", value: ms(late[len(late)*99/100]), unit: " ms",
			aim: atMost(50), bound: atMost(500), detail: detail,
		})
	}
	return figures, nil
}

// lateness signs out on one instance and asks the other until it refuses. It also
// gives the number of answers that took the token meanwhile.
func (b *bench) lateness(ctx context.Context, env []string) (late []time.Duration, taken int, err error) {
	name := "logout-" + strconv.Itoa(len(env[len(env)-1]))
	here, err := b.serve(ctx, name+"-here", append(env, "SALLYPORT_ARGON2_MEMORY_KIB=64", "SALLYPORT_ARGON2_PASSES=1")...)
	if err != nil {
		return nil, 0, err
	}
	there, err := b.serve(ctx, name+"-there", env...)
	if err != nil {
		return nil, 0, err
	}
	const email = "logout@bench.example"
	if _, err := b.user(ctx, here, email); err != nil {
		return nil, 0, err
	}
	for range b.tries {
		var t tokens
		if err := here.post(ctx, "/auth/login", credentials{email, password}, http.StatusOK, &t); err != nil {
			return nil, 0, err
		}
		if err := there.get(ctx, "/auth/me", t.AccessToken); err != nil {
			return nil, 0, err
		}
		if err := here.post(ctx, "/auth/logout", map[string]string{"refresh_token": t.RefreshToken}, http.StatusOK, nil); err != nil {
			return nil, 0, err
		}
		answered := time.Now()
		for {
			err := there.get(ctx, "/auth/me", t.AccessToken)
			if status, ok := errors.AsType[statusError](err); ok && status == http.StatusUnauthorized {
				break
			}
			if err != nil || time.Since(answered) > patience {
				return nil, 0, fmt.Errorf("the other instance still takes a revoked token: %w", err)
			}
			taken++
		}
		late = append(late, time.Since(answered))
	}
	if err := here.stop(); err != nil {
		return nil, 0, err
	}
	return late, taken, there.stop()
}
