package main

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster/local"
	"github.com/sallyport-auth/sallyport/internal/cluster/redis"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// bareRate measures one of the bare servers, each a process of its own.
func (b *bench) bareRate(ctx context.Context, kind string, env ...string) (float64, error) {
	s, err := b.bare(ctx, kind, env...)
	if err != nil {
		return 0, err
	}
	bearer, err := os.ReadFile(filepath.Join(s.dir, "token"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	rate, err := b.rate(ctx, func(ctx context.Context, _ int) error { return s.get(ctx, "/", string(bearer)) })
	if err != nil {
		return 0, err
	}
	err = s.stop()
	return rate, err
}

// bare starts one of the bare servers.
func (b *bench) bare(ctx context.Context, kind string, env ...string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-bare", kind)
	cmd.Stderr = os.Stderr
	dir := filepath.Join(b.dir, "bare-"+kind)
	cmd.Env = append(append(os.Environ(), "SALLYPORT_TEST_BARE_DIR="+dir), env...)
	return launch(cmd, dir)
}

// serveBare is a net/http server that answers with a small JSON body. The kind
// "verify" verifies an access token first, as a resource server in this process
// would: front door, cache and revocation list. "verify-feed" and "verify-strict"
// do so on the database and the Redis of the environment.
func serveBare(ctx context.Context, kind string) error {
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"status":"ok","note":"as long as the profile of a user, about three hundred bytes in all"}`))
	})
	handler := http.Handler(answer)
	if kind == bareHeld {
		handler = http.HandlerFunc(serveHeld)
	}
	if mode, ok := strings.CutPrefix(kind, "verify"); ok {
		verifier, err := newVerifier(ctx, os.Getenv("SALLYPORT_TEST_BARE_DIR"), mode == "-strict")
		if err != nil {
			return err
		}
		handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			if _, err := verifier.Verify(r.Context(), raw); err != nil {
				http.Error(w, err.Error(), http.StatusUnauthorized)
				return
			}
			answer(w, r)
		})
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: patience}
	go func() {
		<-ctx.Done()
		_ = srv.Close()
	}()
	_, _ = fmt.Fprintf(os.Stdout, "bare server, listening on %s\n", l.Addr())
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// bareHeld is the bare server that holds requests back.
const bareHeld = "held"

// serveHeld answers as many bytes as a page of an idle feed, when the wait that the
// request asks for is over: what net/http costs a server that does nothing else.
func serveHeld(w http.ResponseWriter, r *http.Request) {
	if seconds, err := strconv.ParseFloat(r.URL.Query().Get("wait"), 64); err == nil {
		wait(r.Context(), time.Duration(seconds*float64(time.Second)))
	}
	w.Header().Set("Content-Type", "application/jwt")
	_, _ = io.WriteString(w, heldPage)
}

// heldPage reads as a page whose place is the beginning.
var heldPage = strings.Repeat("h", 100) + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"to":0,"mark":"","x":"`+strings.Repeat("x", 260)+`"}`)) + "." + strings.Repeat("s", 86)

// newVerifier builds what verification needs, mints a token and leaves it in
// dir for the client.
func newVerifier(ctx context.Context, dir string, strict bool) (*token.Verifier, error) {
	log := slog.New(slog.DiscardHandler)
	clk := clock.System{}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	database := cmp.Or(os.Getenv("SALLYPORT_DATABASE_URL"), "sqlite:///"+filepath.Join(dir, "verify.db"))
	st, err := store.Open(ctx, store.Options{URL: database, Clock: clk})
	if err != nil {
		return nil, err
	}
	o := token.RevocationsOptions{Store: st, Feed: local.NewFeed(), Clock: clk, Log: log, AccessTokenTTL: time.Hour, Strict: strict}
	if url := os.Getenv("SALLYPORT_REDIS_URL"); url != "" {
		shared, err := redis.Open(ctx, redis.Options{URL: url, Buckets: local.NewBuckets(clk, 0), Clock: clk, Log: log})
		if err != nil {
			return nil, err
		}
		o.Feed, o.BlockList = shared.Feed, shared.BlockList
	}
	keyring, err := secret.ParseKeyring(secret.Encode(secret.Bytes(32)))
	if err != nil {
		return nil, err
	}
	ring := keys.New(keys.Options{Store: st, Keyring: keyring, Clock: clk, Log: log, AccessTokenTTL: time.Hour})
	if err := ring.Start(ctx); err != nil {
		return nil, err
	}
	list := token.NewRevocations(o)
	if err := list.Start(ctx); err != nil {
		return nil, err
	}
	go func() { _ = list.Run(ctx) }()
	issuer := token.NewIssuer(token.Options{Ring: ring, Issuer: "http://localhost:8080", Audience: "http://localhost:8080", TTL: time.Hour})
	raw, _, err := issuer.Issue(token.Grant{
		UserID: id.Random(), SessionID: id.Random(), ClientID: "sallyport", AMR: []string{"pwd"}, UserEpoch: 1, AuthTime: clk.Now(), ReadAt: clk.Now(),
		SessionEndsAt: clk.Now().Add(24 * time.Hour),
	})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte(raw), 0o600); err != nil {
		return nil, err
	}
	return token.NewVerifier(token.VerifierOptions{Ring: ring, Revocations: list, Clock: clk, Issuer: "http://localhost:8080", Audience: "http://localhost:8080"}), nil
}
