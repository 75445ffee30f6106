// Command gallery writes every hosted page in every state to a folder, to be
// looked at in a browser without a server.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/sallyport-auth/sallyport/internal/webui/gallery"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gallery FOLDER")
		os.Exit(2)
	}
	if err := gallery.Write(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
	_, _ = fmt.Fprintln(os.Stdout, "Open "+os.Args[1]+"/index.html")
}
