package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestCluster brings the cluster up, uses it as its words say, and stops it.
func TestCluster(t *testing.T) {
	t.Parallel()
	if os.Getenv("SALLYPORT_TEST_ENGINES") == "sqlite" {
		t.Skip("SALLYPORT_TEST_ENGINES=sqlite asks for the quick loop")
	}
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	binary := apptest.Binary(t)
	var said output
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	dir := filepath.Join(t.TempDir(), "cluster")
	go func() { ended <- run(ctx, &said, binary, dir, port) }()
	waittest.Within(t, 8*waittest.Patience, "the cluster is up", func() bool {
		select {
		case err := <-ended:
			t.Fatalf("it ended: %v\n%s", err, said.String())
		default:
		}
		return strings.Contains(said.String(), "Ctrl-C")
	})
	words := said.String()

	c := apptest.NewClient(fmt.Sprintf("http://localhost:%d", port))
	const email, password = "ada@example.com", "correct horse battery"
	c.Post(t, "/auth/sign_up", map[string]string{"email": email, "password": password}).Want(t, http.StatusAccepted, "")
	var token string
	waittest.Until(t, "the worker has sent the mail", func() bool {
		text := string(c.Get(t, "/dev/mailbox.json?to="+url.QueryEscape(email), "").Want(t, http.StatusOK, "").Body)
		if found := regexp.MustCompile(regexp.QuoteMeta(c.URL) + `/auth/verify-email\?token=([A-Za-z0-9_-]+)`).FindStringSubmatch(text); found != nil {
			token = found[1]
		}
		return token != ""
	})
	page := string(c.Get(t, "/dev/mailbox", "").Want(t, http.StatusOK, "").Body)
	style := regexp.MustCompile(`/static/[^"]+\.css`).FindString(page)
	if !strings.Contains(page, email) || style == "" {
		t.Errorf("the mailbox page is\n%s", page)
	}
	c.Get(t, style, "").Want(t, http.StatusOK, "")
	c.Post(t, "/auth/verify-email", map[string]string{"token": token}).Want(t, http.StatusOK, "")
	var tokens apptest.Tokens
	c.Post(t, "/auth/login", map[string]string{"email": email, "password": password}).Want(t, http.StatusOK, "").Read(t, &tokens)
	for range 8 { // by whichever instance
		c.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	}
	c.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: tokens.AccessToken}).Want(t, http.StatusOK, "")
	waittest.Until(t, "both instances refuse the token", func() bool {
		for range 8 {
			if c.Get(t, "/auth/me", tokens.AccessToken).Status != http.StatusUnauthorized {
				return false
			}
		}
		return true
	})
	ready := regexp.MustCompile(`http://(\S+)/readyz`).FindAllStringSubmatch(words, -1)
	if len(ready) != instances+1 {
		t.Errorf("it names %d operations listeners, want two instances' and the worker's:\n%s", len(ready), words)
	}
	for _, r := range ready {
		apptest.NewClient("http://"+r[1]).Get(t, "/readyz", "").Want(t, http.StatusOK, "")
	}
	// A page elsewhere whose name leads here gets nothing.
	foreign := apptest.Request{Method: http.MethodGet, Path: "/dev/mailbox.json"}
	if got := asHost(t, c, foreign, "evil.example"); got != http.StatusMisdirectedRequest {
		t.Errorf("a foreign name is answered with %d", got)
	}

	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopping: %v", err)
	}
	if _, err := c.Try(t, apptest.Request{Method: http.MethodGet, Path: "/livez"}); err == nil {
		t.Error("somebody still answers")
	}

	// What is not its own folder, it does not empty.
	if err := run(t.Context(), &said, binary, filepath.Dir(dir), port); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a folder that is not its own: %v", err)
	}
}

// asHost sends a request under another name.
func asHost(t *testing.T, c *apptest.Client, q apptest.Request, host string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), q.Method, c.URL+q.Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	answer, err := c.HTTP.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode
}

// output is what the program says, written by one goroutine and read by another.
type output struct {
	mu sync.Mutex
	b  strings.Builder
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}
