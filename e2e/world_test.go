// Package e2e_test drives the built program as its users do: over HTTP, with a
// real SMTP server behind it, on a database of its own.
package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// password is good enough for every account of these tests.
const password = "violet umbrella 27"

// world is a running server, its mail, and a client of it.
type world struct {
	*apptest.Client

	server  *apptest.Process // the first of them, where there are several
	inbox   *mailtest.Sink
	env     []string // what leads other processes to the same data and mail
	cluster *cluster // nil in the embedded form

	// secrets is everything that must never show up in a log.
	secretsMu sync.Mutex
	secrets   map[string]bool
}

// quiet turns the limits off that a test would meet by repeating itself.
const quiet = "SALLYPORT_RATE_LIMITS=off"

// newWorld starts the form of the program that the suite is to drive, with its
// mail going to a real SMTP server.
func newWorld(t *testing.T, env ...string) *world {
	t.Helper()
	if clusteredForm() {
		return newCluster(t, clusterOptions{env: env}).world
	}
	return newEmbedded(t, env...)
}

// embeddedOnly skips a test that is about the embedded form where the suite runs in
// the clustered one.
func embeddedOnly(t *testing.T) {
	t.Helper()
	if clusteredForm() {
		t.Skip("is about the embedded form")
	}
}

// newEmbedded starts the embedded form, for a test that is about its one file
// or its one process.
func newEmbedded(t *testing.T, env ...string) *world {
	t.Helper()
	embeddedOnly(t)
	inbox := mailtest.Start(t, mailtest.Options{})
	w := &world{inbox: inbox, env: smtpEnv(inbox)}
	w.start(t, apptest.Options{Env: slices.Concat(w.env, env)})
	return w
}

func smtpEnv(inbox *mailtest.Sink) []string {
	return []string{
		"SALLYPORT_SMTP_HOST=" + inbox.Host(), fmt.Sprintf("SALLYPORT_SMTP_PORT=%d", inbox.Port()),
		"SALLYPORT_SMTP_TLS=none", "SALLYPORT_MAIL_FROM=auth@sallyport.example",
	}
}

// start runs a server and points the client to it.
func (w *world) start(t *testing.T, o apptest.Options) {
	t.Helper()
	t.Cleanup(func() { w.noSecretInLog(t) }) // once the server has ended
	w.server = apptest.Start(t, o)
	w.Client = apptest.NewClient(w.server.URL)
	reportRequests(t, w.Client)
	w.Seen = func(body, answer []byte) {
		w.rememberMembers(body)
		w.rememberMembers(answer)
	}
}

// secretMembers are the members of bodies, sent or answered, that no log may
// show.
var secretMembers = []string{
	"password", "current_password", "new_password", "token", "refresh_token", "access_token", "session_id",
	"mfa_token", "request_token", "device_token", "sign_up_token", "secret", "otpauth_uri", "recovery_codes",
}

// rememberMembers keeps every secret of a body, if it is a JSON object. What is
// shorter than a password may stand in a log by chance.
func (w *world) rememberMembers(body []byte) {
	var object map[string]any
	if json.Unmarshal(body, &object) != nil {
		return
	}
	for _, name := range secretMembers {
		list, _ := object[name].([]any)
		for _, member := range append(list, object[name]) {
			if s, _ := member.(string); len(s) >= 8 {
				w.remember(s)
			}
		}
	}
}

// reportRequests has a test say in the end how many requests a client sent.
func reportRequests(t *testing.T, c *apptest.Client) {
	t.Helper()
	t.Cleanup(func() { soaktest.Report(t, "requests", int(c.Sent.Load())) })
}

// operator is who runs another process on the same data: a command beside the server,
// or the server again.
func (w *world) operator() apptest.Options {
	return apptest.Options{DataDir: w.server.DataDir, Env: w.env}
}

// restart stops the server with stop and starts it again on the same data.
func (w *world) restart(t *testing.T, stop func(), env ...string) {
	t.Helper()
	stop()
	w.start(t, apptest.Options{DataDir: w.server.DataDir, Env: slices.Concat(w.env, env)})
}

// remember keeps s as something that no log may show.
func (w *world) remember(s ...string) {
	w.secretsMu.Lock()
	defer w.secretsMu.Unlock()
	if w.secrets == nil {
		w.secrets = map[string]bool{}
	}
	for _, secret := range s {
		w.secrets[secret] = true
	}
}

var linkPattern = regexp.MustCompile(`https?://\S+/auth/(verify-email|reset-password|sessions/not-me|magic-link)\?token=(\S+)`)

// linkToken waits for the nth mail to an address (from 1) and gives the token of
// its link.
func (w *world) linkToken(t *testing.T, to string, nth int) string {
	t.Helper()
	text := w.mail(t, to, nth).Text
	found := linkPattern.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("mail %d to %s has no link:\n%s", nth, to, text)
	}
	w.remember(found[2])
	return found[2]
}

// mail waits for the nth mail to an address (from 1).
func (w *world) mail(t *testing.T, to string, nth int) mailtest.Message {
	t.Helper()
	var got []mailtest.Message
	waittest.Until(t, fmt.Sprintf("mail %d to %s", nth, to), func() bool {
		got = w.mailsTo(to)
		return len(got) >= nth
	})
	return got[nth-1]
}

// resetToken waits for the nth mail with a reset link to an address (from 1) and
// gives the token of the link.
func (w *world) resetToken(t *testing.T, to string, nth int) string {
	t.Helper()
	token := linkPattern.FindStringSubmatch(w.mailAbout(t, to, "Choose a new password", nth))[2]
	w.remember(token)
	return token
}

// mailsTo gives what was sent to an address so far, oldest first.
func (w *world) mailsTo(to string) []mailtest.Message {
	var got []mailtest.Message
	for _, m := range w.inbox.Messages() {
		if slices.Contains(m.Rcpt, to) {
			got = append(got, m)
		}
	}
	return got
}

type credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// signUp signs an address up and expects the one answer there is.
func (w *world) signUp(t *testing.T, email, password string) {
	t.Helper()
	w.remember(password)
	w.Post(t, "/auth/sign_up", credentials{email, password}).Want(t, http.StatusAccepted, "")
}

// verify uses the link in the nth mail to an address.
func (w *world) verify(t *testing.T, email string, nth int) {
	t.Helper()
	token := w.linkToken(t, email, nth)
	w.Post(t, "/auth/verify-email", map[string]string{"token": token}).Want(t, http.StatusOK, "")
}

// login signs in and expects tokens.
func (w *world) login(t *testing.T, email, password string) apptest.Tokens {
	t.Helper()
	var tokens apptest.Tokens
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.remember(tokens.AccessToken, tokens.RefreshToken)
	return tokens
}

// join signs up, verifies and logs in.
func (w *world) join(t *testing.T, email string) apptest.Tokens {
	t.Helper()
	w.signUp(t, email, password)
	w.verify(t, email, 1)
	return w.login(t, email, password)
}

// refresh exchanges a refresh token.
func (w *world) refresh(t *testing.T, token string) apptest.Answer {
	t.Helper()
	return w.Post(t, "/auth/refresh", map[string]string{"refresh_token": token})
}

// lateness is five times the half second by which an instance may be late to hear
// of what another one revoked.
const lateness = slack * 500 * time.Millisecond

// dead expects an access token to work no more: at once where there is one
// instance, and soon on each where there are more.
func (w *world) dead(t *testing.T, access string) {
	t.Helper()
	if w.cluster == nil {
		w.Get(t, "/auth/me", access).Want(t, http.StatusUnauthorized, "invalid_token")
		return
	}
	for _, instance := range w.cluster.clients {
		waittest.Within(t, lateness, "the token is refused", func() bool {
			return instance.Get(t, "/auth/me", access).Status == http.StatusUnauthorized
		})
	}
}

// callPatience is the least time that a call waits for others before it is
// answered "not now" (package sqlrun).
const callPatience = time.Second

// isNotNow reports whether an answer says that there was no time for the request,
// after the time that a call may wait. What comes sooner was not tried again
// inside, and is a failure.
func isNotNow(a apptest.Answer, took time.Duration) bool {
	return a.Status == http.StatusServiceUnavailable && a.Header.Get("Retry-After") != "" && took >= callPatience
}

// refreshed exchanges a refresh token and expects new tokens.
func (w *world) refreshed(t *testing.T, token string) apptest.Tokens {
	t.Helper()
	var tokens apptest.Tokens
	w.refresh(t, token).Want(t, http.StatusOK, "").Read(t, &tokens)
	w.remember(tokens.AccessToken, tokens.RefreshToken)
	return tokens
}

// next reads the member that tells a client what to do.
func next(t *testing.T, a apptest.Answer) string {
	t.Helper()
	return a.Member(t, "next")
}

// address makes an address that no other test uses.
func address(t *testing.T, n int) string {
	t.Helper()
	name := strings.ToLower(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(t.Name(), "-"))
	if len(name) > 40 {
		name = name[len(name)-40:]
	}
	return fmt.Sprintf("%s-%d@people.example", strings.Trim(name, "-"), n)
}
