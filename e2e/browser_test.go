package e2e_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/webui/gallerytest"
)

// browserPatience bounds the walk, and the look at the gallery. Each takes a
// minute or two on two cores that have nothing else to do.
const browserPatience = 20 * time.Minute

// TestPagesInChromium walks the pages in a real browser, on a phone and on a
// desktop, with JavaScript and without, and lets axe look at each of them; what
// it does stands in browser/walk.js. The screenshots are kept where
// SALLYPORT_TEST_SCREENSHOTS says. The embedded and the clustered form each walk
// half of the ways, so that each is a way that people come by. The quick loop has
// no browser.
func TestPagesInChromium(t *testing.T) { //nolint:paralleltest // a browser wants the processors
	needBrowser(t)
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	site := fmt.Sprintf("http://localhost:%d", port)
	env := []string{"SALLYPORT_PUBLIC_URL=" + site, quiet, byMail}
	mailbox, ways := site+"/dev/mailbox.json", "docs phone desktop-no-script"
	if clusteredForm() {
		ways = "desktop phone-no-script"
		mailbox = newCluster(t, clusterOptions{env: env, port: port}).mailbox(t)
	} else {
		w := &world{}
		w.start(t, apptest.Options{Env: append(env, fmt.Sprintf("SALLYPORT_LISTEN=127.0.0.1:%d", port))})
	}
	look(t, "walk.js", "URL="+site, "MAILBOX="+mailbox, "WAYS="+ways)
}

// TestOperatorsInChromium has an owner work in the dashboard, on a desk and on a phone;
// what they do stands in browser/operators.js.
func TestOperatorsInChromium(t *testing.T) { //nolint:paralleltest // a browser wants the processors
	needBrowser(t)
	if clusteredForm() {
		t.Skip("the pages are the same, and the operator's commands run beside the server")
	}
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	site := fmt.Sprintf("http://localhost:%d", port)
	w := &world{}
	w.start(t, apptest.Options{Env: []string{"SALLYPORT_PUBLIC_URL=" + site, quiet, fmt.Sprintf("SALLYPORT_LISTEN=127.0.0.1:%d", port)}})
	create := "printf %s 'violet umbrella 27' | sallyport user create --password-stdin --verified --email "
	w.commands(t, "set -eu\n"+create+"owner@people.example --owner\n"+create+"found.operator-desk@people.example\n"+create+"found.operator-phone@people.example")
	look(t, "operators.js", "URL="+site, "OWNER=owner@people.example")
}

// TestTheGalleryInChromium has axe look at every page in every state, light and
// dark.
func TestTheGalleryInChromium(t *testing.T) { //nolint:paralleltest // a browser wants the processors
	needBrowser(t)
	if clusteredForm() {
		t.Skip("is about no server")
	}
	dir := t.TempDir()
	if err := gallerytest.Write(t, dir); err != nil {
		t.Fatal(err)
	}
	look(t, "gallery.js", "GALLERY="+dir)
}

func needBrowser(t *testing.T) {
	t.Helper()
	if len(fleettest.Servers(t)) == 0 {
		t.Skip("the quick loop has no browser")
	}
	if _, err := os.Stat("browser/node_modules/playwright-core"); err != nil {
		t.Fatalf("the packages of the browser tests are not installed (%v): npm ci --prefix e2e/browser, or make test", err)
	}
}

// look runs a script of the folder browser, which says what it finds.
func look(t *testing.T, script string, env ...string) {
	t.Helper()
	node, chromium := program(t, "node"), program(t, "chromium", "chromium-browser", "google-chrome")
	ctx, cancel := context.WithTimeout(t.Context(), browserPatience)
	defer cancel()
	run := exec.CommandContext(ctx, node, script)
	run.Dir = "browser"
	shots := cmp.Or(os.Getenv("SALLYPORT_TEST_SCREENSHOTS"), t.TempDir())
	run.Env = slices.Concat(os.Environ(), env, []string{"CHROMIUM=" + chromium, "SHOTS=" + filepath.Join(shots, form())})
	var said bytes.Buffer
	run.Stdout, run.Stderr = &said, &said
	if err := run.Run(); err != nil {
		t.Errorf("%v\n%s", err, said.String())
		return
	}
	t.Log(said.String())
}

// form names the form of the program that the suite drives.
func form() string {
	if clusteredForm() {
		return "clustered"
	}
	return "embedded"
}

// mailbox serves what the world's mail server was sent in the form of the
// mailbox page's list, which a clustered server does not have.
func (w *world) mailbox(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		type sent struct {
			Subject string   `json:"subject"`
			Text    string   `json:"text"`
			Links   []string `json:"links"`
		}
		list := []sent{}
		for _, m := range w.mailsTo(r.URL.Query().Get("to")) {
			list = append(list, sent{Subject: m.Subject, Text: m.Text, Links: regexp.MustCompile(`https?://[^\s()]+`).FindAllString(m.Text, -1)})
		}
		slices.Reverse(list)
		_ = json.NewEncoder(rw).Encode(list)
	}))
	t.Cleanup(s.Close)
	return s.URL
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
