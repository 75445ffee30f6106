// Command bench measures Sallyport and prints what it finds as ratios: each
// figure stands beside a bare one that was measured in the same run, on the same
// machine, with the same client. Absolute figures are printed for the curious;
// they mean little elsewhere.
//
// A figure has an aim, which it meets on a machine that does nothing else, and a
// bound, which it keeps on one that does: the distance from the aim is printed,
// a miss is marked, and a figure worse than its bound fails the run.
//
// It builds the program as it ships, starts it on an empty SQLite database, and
// drives it over loopback. The bare servers run as processes of their own, so
// that each pays for its own scheduling.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run.
type bench struct {
	dir     string // temporary
	binary  string
	seconds time.Duration // of each load
	tries   int           // of each alternating comparison
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	bare := flags.String("bare", "", "serve as the named bare server (used by bench itself)")
	seconds := flags.Duration("for", 5*time.Second, "length of each load")
	tries := flags.Int("tries", 200, "tries of each alternating comparison")
	only := flags.String("only", "", "take this measure alone, such as followers or guard")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *bare != "" {
		return serveBare(ctx, *bare)
	}
	dir, err := os.MkdirTemp("", "sallyport-bench-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b := &bench{dir: dir, binary: filepath.Join(dir, "sallyport"), seconds: *seconds, tries: *tries}
	if err := b.build(ctx); err != nil {
		return err
	}
	r := newReport(out)
	taken := 0
	for _, m := range []struct {
		name string
		take func(context.Context) ([]figure, error)
	}{
		{"size", b.size},
		{"start", b.start},
		{"login", b.loginCPU},
		{"secrecy", b.secrecy},
		{"requests", b.requests},
		{"refreshes", b.refreshes},
		{"sealing", b.sealing},
		{"followers", b.followers},
		{"guard", b.guard},
		{"cluster", b.withServers(b.clusterRefreshes, b.clusterChecks, b.clusterLogouts)},
	} {
		if *only != "" && *only != m.name {
			continue
		}
		taken++
		figures, err := m.take(ctx)
		if err := errors.Join(err, r.add(figures)); err != nil {
			return err
		}
	}
	if taken == 0 {
		return fmt.Errorf("there is no measure %q", *only)
	}
	return r.judge(out)
}
