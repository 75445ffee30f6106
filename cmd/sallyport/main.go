// Command sallyport is the authentication server and everything an operator does
// with it.
//
// Output is for people; --json turns it into something for programs. The exit
// code is 0 when it is done, 1 when it failed, and 2 when it was called or
// configured wrongly.
package main

import (
	"context"
	"os"
)

// version is stamped by the linker.
var version = "dev"

func main() {
	ctx, stop := untilAsked(context.Background())
	defer stop()
	code := run(ctx, process{
		name: os.Args[0], args: os.Args[1:], environ: os.Environ(), stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
	})
	stop()
	os.Exit(code)
}
