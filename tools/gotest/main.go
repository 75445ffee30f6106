// Command gotest runs `go test` with the arguments that it is given, prints what
// that prints, and then which tests took longest, and which were skipped and why:
// go test itself keeps that to itself. A test that is skipped without a reason fails
// the run. The race detector watches everything but what [unwatched] names. After
// -C, which must come first, stands the directory of another module to test.
//
// With -soak it runs the packages that have tests with rounds, with their full
// counts, and writes what came of it to a page.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == "-soak" {
		flags := flag.NewFlagSet("gotest -soak", flag.ContinueOnError)
		page := flags.String("page", "docs/operations/soak.md", "file to write")
		only := flags.String("run", "", "run only tests that match, as go test does; the page then says so")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		return soak(ctx, out, *page, *only, flags.Args())
	}
	dir := ""
	if len(args) > 1 && args[0] == "-C" {
		dir, args = args[1], args[2:]
	}
	_, err := test(ctx, out, dir, nil, args)
	return err
}

// slow is how many of the tests that took longest are named.
const slow = 15

var errUnreasoned = errors.New("tests were skipped without a reason")

// unwatched keeps the race detector, and its checks of pointers, out of the inside of two
// packages that share nothing without a lock of ours: SQLite, which is C translated to Go
// and took a third of the processor time of a test of a room, and compression, which took
// nine tenths of that of a release. No package with generics may be named here: packages
// share one compiled instance of a generic function, so that our own would go unwatched
// and report false races.
func unwatched() []string {
	return []string{
		"-gcflags=modernc.org/sqlite/lib=-race=false -d=checkptr=0",
		"-gcflags=compress/flate=-race=false -d=checkptr=0",
	}
}

// test runs go test in a directory, and in an environment with more in it.
func test(ctx context.Context, out io.Writer, dir string, env, args []string) (*results, error) {
	// The runner: every argument is a developer's own.
	cmd := exec.CommandContext(ctx, "go", slices.Concat([]string{"test", "-json"}, unwatched(), args)...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	events, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	rs, err := read(events, out)
	err = errors.Join(err, cmd.Wait())
	for _, r := range rs.slowest(slow) {
		_, _ = fmt.Fprintf(out, "slow: %s.%s %.0f s\n", short(r.pkg), r.test, r.seconds)
	}
	skipped := rs.skipped()
	for _, reason := range slices.Sorted(maps.Keys(skipped)) {
		_, _ = fmt.Fprintf(out, "skipped, %s: %s\n", orNone(reason), strings.Join(skipped[reason], ", "))
	}
	if len(skipped[""]) > 0 {
		err = errors.Join(err, errUnreasoned)
	}
	return rs, err
}

func orNone(reason string) string {
	if reason == "" {
		return "and nobody says why"
	}
	return reason
}

// read takes events to their end. A line that is none is printed as it is.
func read(events io.Reader, out io.Writer) (*results, error) {
	rs := newResults(func(s string) { _, _ = io.WriteString(out, s) })
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		var e event
		if json.Unmarshal(line, &e) == nil {
			rs.add(e)
		} else {
			_, _ = out.Write(line)
		}
		if errors.Is(err, io.EOF) {
			return rs, nil
		}
		if err != nil {
			return rs, err
		}
	}
}
