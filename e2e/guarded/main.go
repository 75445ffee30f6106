// Command guarded is somebody else's program: it protects one route with package
// guard, for tests of the whole. It is a module of its own, so that nothing of the
// server's is at hand.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run serves until ctx is done. It prints its address once the guard is ready.
func run(ctx context.Context) error {
	staleness, err := strconv.ParseFloat(os.Getenv("MAX_STALENESS"), 64)
	if err != nil {
		return err
	}
	g, err := guard.New(ctx, guard.Config{
		Issuer: os.Getenv("ISSUER"), URL: os.Getenv("SERVER"), Audience: os.Getenv("AUDIENCE"),
		ClientID: os.Getenv("CLIENT_ID"), ClientSecret: os.Getenv("CLIENT_SECRET"),
		NotCurrent:   map[string]guard.Policy{"refuse": guard.Refuse, "ask": guard.Ask}[os.Getenv("NOT_CURRENT")],
		MaxStaleness: time.Duration(staleness * float64(time.Second)),
		Log:          slog.New(slog.NewJSONHandler(os.Stderr, nil)),
	})
	if err != nil {
		return err
	}
	defer g.Close()
	mux := http.NewServeMux()
	mux.Handle("GET /orders", g.Require()(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _ := guard.UserFrom(r.Context())
		_, _ = fmt.Fprintln(w, user.ID)
	})))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { <-ctx.Done(); _ = server.Close() }()
	fmt.Println("http://" + listener.Addr().String())
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}
