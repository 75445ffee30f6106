// Command cluster brings up Sallyport's clustered form on a developer's machine:
// MariaDB, Redis, two instances, a worker, and nginx in front, all of them
// private, on the loopback address, with their data and logs in one folder that
// is made anew each time. It tells how to use them and stops them on Ctrl-C.
//
// Mail is sent by the worker over real SMTP to this program, which shows it on
// the mailbox page, behind the same nginx: whatever works with `sallyport serve`
// on a developer's machine works here in the same way, the walk of the README
// included. Whoever reaches that page can take over every account, so nginx
// listens on the loopback address only and answers to local names only.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	binary := flag.String("binary", "bin/sallyport", "the built program")
	dir := flag.String("dir", ".cluster", "folder for data and logs; it is emptied")
	port := flag.Int("port", 8080, "port of nginx")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Stdout, *binary, *dir, *port); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, binary, dir string, port int) error {
	c := &cluster{out: out, port: port}
	defer c.down()
	var err error
	if c.binary, err = filepath.Abs(binary); err != nil {
		return err
	}
	if c.dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if err := c.up(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // stopped while it was starting
		}
		return err
	}
	c.explain()
	<-ctx.Done()
	return nil
}
