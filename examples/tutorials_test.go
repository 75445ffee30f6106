// Package examples_test walks each tutorial as its README tells it, in a clean
// copy of its folder, and holds the first screen of the project's README to the
// applications. It builds on what `make examples-needs` fetched, and asks no
// registry.
package examples_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// tutorial is a folder that a newcomer copies.
type tutorial struct {
	folder string
	source string // the file with the routes
	// stepUp is what asks for a sign-in of the last five minutes, and soon asks for
	// one of the last fifteen seconds: nobody waits for five minutes here, and the
	// first answer of an application may take some seconds.
	stepUp, soon string
	// untilExpiry is for an application that does not follow the feed: a sign-out
	// counts when the token has expired.
	untilExpiry bool
	// ownAudience is for an application that takes tokens for itself alone.
	ownAudience bool
}

var tutorials = []tutorial{ //nolint:gochecknoglobals // a table
	{folder: "fastapi", source: "main.py", stepUp: "max_age=300", soon: "max_age=15", ownAudience: true},
	{folder: "express", source: "app.js", stepUp: "recent(300)", soon: "recent(15)", ownAudience: true},
	{folder: "net-http", source: "main.go", stepUp: "5*time.Minute", soon: "15*time.Second", ownAudience: true},
	{folder: "chi", source: "main.go", stepUp: "5*time.Minute", soon: "15*time.Second"},
	{folder: "django", source: "urls.py", stepUp: "max_age=300", soon: "max_age=15"},
	{
		folder: "spring-boot", source: "src/main/java/com/example/orders/Orders.java",
		stepUp: "minusSeconds(300)", soon: "minusSeconds(15)", untilExpiry: true,
	},
}

// The people of the tutorials.
const (
	ada      = "ada@example.com"
	password = "correct horse battery"
)

// lifetime is that of access tokens where a test waits for their end, long enough
// for a walk.
const lifetime = 40 * time.Second

// leeway is how long the application in Java lets a token live on, for clocks that
// differ.
const leeway = 5 * time.Second

// lateness is five times the half second that the tutorials promise, for a machine
// that does much else.
const lateness = 5 * 500 * time.Millisecond

// TestTutorials does what each README says, and nothing else, until its last
// command; then it measures how long a sign-out takes to count.
func TestTutorials(t *testing.T) {
	t.Parallel()
	if os.Getenv("SALLYPORT_TEST_ENGINES") == "sqlite" {
		t.Skip("the quick loop has neither npm nor Python")
	}
	for _, tut := range tutorials {
		t.Run(tut.folder, func(t *testing.T) {
			t.Parallel()
			s := tut.start(t)
			s.signUp(t)
			s.walk(t)
			s.forged(t)
			if tut.ownAudience {
				s.elsewhere(t)
			}
			if tut.folder == "fastapi" {
				s.authorize(t)
			}
			s.stepUp(t)
			s.signOut(t)
		})
	}
}

// signUp does what the pages do for Ada.
func (s *stage) signUp(t *testing.T) {
	t.Helper()
	s.server.Post(t, "/auth/sign_up", map[string]string{"email": ada, "password": password}).Want(t, http.StatusAccepted, "")
	var mails []struct{ Text string }
	waittest.Until(t, "the email is in the mailbox", func() bool {
		s.server.Get(t, "/dev/mailbox.json?to="+ada, "").Want(t, http.StatusOK, "").Read(t, &mails)
		return len(mails) == 1
	})
	token := regexp.MustCompile(`/auth/verify-email\?token=(\S+)`).FindStringSubmatch(mails[0].Text)
	if token == nil {
		t.Fatalf("the email has no link:\n%s", mails[0].Text)
	}
	s.server.Post(t, "/auth/verify-email", map[string]string{"token": token[1]}).Want(t, http.StatusOK, "")
}

var (
	walkBlock = regexp.MustCompile("(?s)```sh walk\n(.*?)```")
	promised  = regexp.MustCompile(`(?m)^.*curl -i .*# (\d{3})`)
	answered  = regexp.MustCompile(`(?m)^HTTP/1\.1 (\d{3})`)
)

// walk runs the commands of the README as one script, and compares the statuses of
// the answers with those that the comments behind the commands promise.
func (s *stage) walk(t *testing.T) {
	t.Helper()
	var script strings.Builder
	for _, block := range walkBlock.FindAllStringSubmatch(s.readme(t), -1) {
		script.WriteString(block[1])
	}
	said := s.shell(t, script.String())
	want, got := statuses(promised, script.String()), statuses(answered, said)
	if len(want) < 6 || strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the answers are %v, the README says %v:\n%s", got, want, said)
	}
}

func statuses(pattern *regexp.Regexp, text string) (all []string) {
	for _, found := range pattern.FindAllStringSubmatch(text, -1) {
		all = append(all, found[1])
	}
	return all
}

// forged shows tokens that the server did not sign.
func (s *stage) forged(t *testing.T) {
	t.Helper()
	token := s.login(t)
	signed := strings.LastIndex(token, ".") + 1
	other := strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, token[signed:])
	for _, forged := range []string{token[:signed] + other, token[:signed], "garbage"} {
		s.app.Get(t, "/orders", forged).Want(t, http.StatusUnauthorized, "")
	}
	s.app.Get(t, "/orders", token).Want(t, http.StatusOK, "")
}

// stepUp waits until Ada's sign-in is too long ago to delete orders.
func (s *stage) stepUp(t *testing.T) {
	t.Helper()
	token := s.login(t)
	waittest.Until(t, "the sign-in is too long ago", func() bool {
		a := s.app.Do(t, apptest.Request{Method: http.MethodDelete, Path: "/orders", Bearer: token})
		return a.Status == http.StatusUnauthorized && strings.Contains(a.Header.Get("WWW-Authenticate"), `error="insufficient_user_authentication"`)
	})
	s.app.Get(t, "/orders", token).Want(t, http.StatusOK, "")
}

// signOut measures from the answer of the sign-out to the first refusal.
func (s *stage) signOut(t *testing.T) {
	t.Helper()
	token := s.login(t)
	s.app.Get(t, "/orders", token).Want(t, http.StatusOK, "")
	s.server.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: token}).Want(t, http.StatusOK, "")
	out, patience := time.Now(), lateness
	if s.untilExpiry {
		patience += lifetime + leeway
	}
	waittest.Within(t, patience, "the application refuses the token", func() bool {
		return s.app.Get(t, "/orders", token).Status == http.StatusUnauthorized
	})
	t.Logf("%s refuses a token %s after the answer of its sign-out", s.folder, time.Since(out))
}

func (s *stage) login(t *testing.T) string {
	t.Helper()
	if s.ownAudience {
		return s.loginFor(t, s.app.URL)
	}
	return s.loginFor(t, "")
}

// shell runs commands in the folder, as the newcomer's second terminal does.
func (s *stage) shell(t *testing.T, script string) string {
	t.Helper()
	run := exec.CommandContext(t.Context(), "sh", "-c", "set -eu\n"+s.moved(script))
	run.Dir, run.Env = s.dir, append(s.env, "PATH="+filepath.Join(s.checkout, "bin")+":"+os.Getenv("PATH"))
	said, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, script, said)
	}
	return string(said)
}
