package e2e_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// browserPatience bounds the walk. It takes about a minute on two cores that
// have nothing else to do.
const browserPatience = 10 * time.Minute

// TestPagesInChromium walks the pages in a real browser, on a phone and on a
// desktop, with JavaScript and without, and lets axe look at each of them; what
// it does stands in browser/walk.js. The screenshots are kept where
// SALLYPORT_TEST_SCREENSHOTS says. The quick loop has no browser.
func TestPagesInChromium(t *testing.T) { //nolint:paralleltest // a browser wants the processors
	if len(fleettest.Servers(t)) == 0 {
		t.Skip("the quick loop has no browser")
	}
	if clusteredForm() {
		t.Skip("is about the embedded form and its mailbox page")
	}
	node, chromium := program(t, "node"), program(t, "chromium", "chromium-browser", "google-chrome")
	if _, err := os.Stat("browser/node_modules/playwright-core"); err != nil {
		t.Fatalf("the packages of the browser tests are not installed (%v): npm ci --prefix e2e/browser, or make test", err)
	}
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	site := fmt.Sprintf("http://localhost:%d", port)
	w := &world{}
	w.start(t, apptest.Options{Env: []string{
		fmt.Sprintf("SALLYPORT_LISTEN=127.0.0.1:%d", port), "SALLYPORT_PUBLIC_URL=" + site, quiet,
	}})
	ctx, cancel := context.WithTimeout(t.Context(), browserPatience)
	defer cancel()
	walk := exec.CommandContext(ctx, node, "walk.js")
	walk.Dir = "browser"
	shots := cmp.Or(os.Getenv("SALLYPORT_TEST_SCREENSHOTS"), t.TempDir())
	walk.Env = append(os.Environ(), "URL="+site, "CHROMIUM="+chromium, "SHOTS="+shots)
	var said bytes.Buffer
	walk.Stdout, walk.Stderr = &said, &said
	if err := walk.Run(); err != nil {
		t.Errorf("%v\n%s", err, said.String())
		return
	}
	t.Log(said.String())
}

// program finds the first of some programs. One that is missing fails the test.
func program(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("missing: %s; make test installs it", names[0])
	return ""
}
