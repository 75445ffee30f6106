package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/crypto/argon2"
	_ "modernc.org/sqlite" // the same engine, bare
)

const mib = 1 << 20

// size tells how large the program is.
func (b *bench) size(context.Context) ([]figure, error) {
	info, err := os.Stat(b.binary)
	if err != nil {
		return nil, err
	}
	return []figure{{what: "binary size", value: float64(info.Size()) / mib, unit: " MiB", aim: atMost(50), bound: atMost(64)}}, nil
}

// start tells how soon the program serves with a migrated database, and what it
// holds when nobody calls.
func (b *bench) start(ctx context.Context) ([]figure, error) {
	var ready []time.Duration
	var resident int64
	for range 6 {
		s, err := b.serve(ctx, "start")
		if err != nil {
			return nil, err
		}
		ready = append(ready, s.readyIn)
		wait(ctx, time.Second)
		if resident, err = s.resident(); err != nil {
			return nil, err
		}
		if err := s.stop(); err != nil {
			return nil, err
		}
	}
	first := ready[0]
	return []figure{
		{
			what: "start, migrated database", value: ms(median(ready[1:])), unit: " ms", aim: atMost(100), bound: atMost(3000),
			detail: fmt.Sprintf("the very first, with migration: %.0f ms", ms(first)),
		},
		{what: "resident when idle", value: float64(resident) / mib, unit: " MiB", aim: atMost(25), bound: atMost(50)},
	}, nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// loginCPU compares the processor time of a login with that of its hash.
func (b *bench) loginCPU(ctx context.Context) ([]figure, error) {
	const logins = 100
	s, err := b.serve(ctx, "login")
	if err != nil {
		return nil, err
	}
	if _, err := b.user(ctx, s, "login@bench.example"); err != nil {
		return nil, err
	}
	// In turns, so that a machine that slows down slows both.
	var served, hashed time.Duration
	for range logins / 10 {
		from, err := s.cpu()
		if err != nil {
			return nil, err
		}
		for range 10 {
			if err := s.post(ctx, "/auth/login", credentials{"login@bench.example", password}, http.StatusOK, nil); err != nil {
				return nil, err
			}
		}
		to, err := s.cpu()
		if err != nil {
			return nil, err
		}
		served += to - from
		raw, err := rawHash(10)
		if err != nil {
			return nil, err
		}
		hashed += raw
	}
	err = s.stop()
	return []figure{{
		what: "login, CPU against the raw hash", value: float64(served) / float64(hashed), aim: atMost(1.05), bound: atMost(1.5),
		detail: fmt.Sprintf("%.1f ms against %.1f ms", ms(served/logins), ms(hashed/logins)),
	}}, err
}

// rawHash gives the processor time of n argon2id hashes at the default setting.
func rawHash(n int) (time.Duration, error) {
	from, err := ownCPU()
	if err != nil {
		return 0, err
	}
	salt := []byte("sixteen byte salt"[:16])
	for range n {
		_ = argon2.IDKey([]byte(password), salt, 2, 19456, 1, 32)
	}
	to, err := ownCPU()
	return to - from, err
}

func ownCPU() (time.Duration, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
}

// secrecy compares how long answers take with and without an account.
func (b *bench) secrecy(ctx context.Context) ([]figure, error) {
	s, err := b.serve(ctx, "secrecy", "SALLYPORT_LIMIT_PASSWORD_TRIES=100000")
	if err != nil {
		return nil, err
	}
	const known = "known@bench.example"
	if _, err := b.user(ctx, s, known); err != nil {
		return nil, err
	}
	post := func(path string, body func(n int) any, want int) func(int) error {
		return func(n int) error { return s.post(ctx, path, body(n), want, nil) }
	}
	// Both are asked for as often: what was left behind by the last time is there
	// for both.
	const unknown = "unknown@bench.example"
	pairs := []struct {
		what                 string
		path                 string
		status               int
		forKnown, forUnknown func(n int) any
	}{
		{
			"login, wrong password against unknown address", "/auth/login", http.StatusUnauthorized,
			func(int) any { return credentials{known, "not the password"} },
			func(int) any { return credentials{unknown, "not the password"} },
		},
		{
			"reset, known against unknown address", "/auth/request-password-reset", http.StatusAccepted,
			func(int) any { return map[string]string{"email": known} },
			func(int) any { return map[string]string{"email": unknown} },
		},
		{
			"sign-up, known against unknown address", "/auth/sign_up", http.StatusAccepted,
			func(int) any { return credentials{known, password} },
			func(int) any { return credentials{unknown, password} },
		},
	}
	var figures []figure
	for _, p := range pairs {
		with, without, err := b.alternate(post(p.path, p.forKnown, p.status), post(p.path, p.forUnknown, p.status))
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure{
			what: p.what, value: float64(with) / float64(without), aim: between(0.95, 1.05), bound: between(0.7, 1.43),
			detail: fmt.Sprintf("medians of %d: %.2f ms and %.2f ms", b.tries, ms(with), ms(without)),
		})
	}
	err = s.stop()
	return figures, err
}

// requests compares protected routes with a handler that does nothing.
func (b *bench) requests(ctx context.Context) ([]figure, error) {
	s, err := b.serve(ctx, "requests")
	if err != nil {
		return nil, err
	}
	t, err := b.user(ctx, s, "requests@bench.example")
	if err != nil {
		return nil, err
	}
	me, err := b.rate(ctx, func(ctx context.Context, _ int) error { return s.get(ctx, "/auth/me", t.AccessToken) })
	if err != nil {
		return nil, err
	}
	forward, err := b.rate(ctx, func(ctx context.Context, _ int) error {
		return s.ask(ctx, "/verify", t.AccessToken, http.StatusNoContent)
	})
	if err != nil {
		return nil, err
	}
	if err := s.stop(); err != nil {
		return nil, err
	}
	bare, err := b.bareRate(ctx, "nothing")
	if err != nil {
		return nil, err
	}
	verify, err := b.bareRate(ctx, "verify")
	if err != nil {
		return nil, err
	}
	line := func(what string, rate float64, aim, bound limit) figure {
		return figure{
			what: what + " against a bare handler", value: rate / bare, aim: aim, bound: bound,
			detail: fmt.Sprintf("%.0f/s against %.0f/s, %d connections", rate, bare, connections),
		}
	}
	return []figure{
		line("token verification", verify, atLeast(0.7), atLeast(0.4)), line("/verify for a proxy", forward, atLeast(0.5), atLeast(0.2)),
		line("GET /auth/me", me, atLeast(0.3), atLeast(0.1)),
	}, nil
}

// refreshes compares rotations, counted in SQL, with single-row updates on the
// same engine at the same settings.
func (b *bench) refreshes(ctx context.Context) ([]figure, error) {
	dir := filepath.Join(b.dir, "refresh")
	served, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "sallyport.db"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = served.Close() }()
	rotations, err := b.rotations(ctx, served, "refresh", "SALLYPORT_REFRESH_GRACE=0s")
	if err != nil {
		return nil, err
	}
	// One writer connection, with the settings of the store.
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.dir, "raw.db")+
		"?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	raw, err := b.rawUpdates(ctx, db, "TEXT")
	if err != nil {
		return nil, err
	}
	return []figure{{
		what: "refresh against a raw single-row UPDATE", value: rotations / raw, aim: atLeast(0.2), bound: atLeast(0.05),
		detail: fmt.Sprintf("%.0f rotations/s over HTTP against %.0f updates/s in process, %d connections", rotations, raw, connections),
	}}, nil
}

// rotations refreshes on every connection, each a session of its own, and gives
// rotations per second as the database counts them.
func (b *bench) rotations(ctx context.Context, db *sql.DB, name string, env ...string) (float64, error) {
	s, err := b.serve(ctx, name, env...)
	if err != nil {
		return 0, err
	}
	current := make([]string, connections)
	for n := range current {
		t, err := b.user(ctx, s, fmt.Sprintf("refresh-%d@bench.example", n))
		if err != nil {
			return 0, err
		}
		current[n] = t.RefreshToken
	}
	before, err := generations(ctx, db)
	if err != nil {
		return 0, err
	}
	from := time.Now()
	_, err = b.rate(ctx, func(ctx context.Context, n int) error {
		var t tokens
		// A request that the end of the load cuts off may still be answered.
		err := s.post(context.WithoutCancel(ctx), "/auth/refresh", map[string]string{"refresh_token": current[n]}, http.StatusOK, &t)
		current[n] = t.RefreshToken
		return err
	})
	if err != nil {
		return 0, err
	}
	elapsed := time.Since(from)
	after, err := generations(ctx, db)
	if err != nil {
		return 0, err
	}
	return float64(after-before) / elapsed.Seconds(), s.stop()
}

func generations(ctx context.Context, db *sql.DB) (n int64, err error) {
	err = db.QueryRowContext(ctx, "SELECT SUM(generation) FROM sessions").Scan(&n)
	return n, err
}

// rawUpdates is the rate of single-row updates by as many clients. The text type
// of an engine must be one that it can index.
func (b *bench) rawUpdates(ctx context.Context, db *sql.DB, text string) (float64, error) {
	if _, err := db.ExecContext(ctx, "CREATE TABLE s (id "+text+" PRIMARY KEY, g INTEGER NOT NULL, note TEXT NOT NULL)"); err != nil {
		return 0, err
	}
	note := base64.StdEncoding.EncodeToString(make([]byte, 300))
	for n := range connections {
		if _, err := db.ExecContext(ctx, "INSERT INTO s (id, g, note) VALUES (?, 0, ?)", strconv.Itoa(n), note); err != nil {
			return 0, err
		}
	}
	update, err := db.PrepareContext(ctx, "UPDATE s SET g = g + 1 WHERE id = ?")
	if err != nil {
		return 0, err
	}
	defer func() { _ = update.Close() }()
	return b.rate(ctx, func(ctx context.Context, n int) error {
		_, err := update.ExecContext(ctx, strconv.Itoa(n))
		return err
	})
}
