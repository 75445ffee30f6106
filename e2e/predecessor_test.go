package e2e_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// predecessor is the environment of the FastAPI service that Sallyport replaces.
func predecessor(inbox *mailtest.Sink, database string) []string {
	env := []string{
		"JWT_key=0123456789abcdef0123456789abcdef", "Alogrithm=HS256",
		"MAIL_USERNAME=", "MAIL_PASSWORD=", "MAIL_FROM=auth@people.example", "MAIL_FROM_NAME=People",
		"Domain=localhost:8000", "REDIS_PORT=6379",
	}
	for _, pair := range smtpEnv(inbox) {
		pair = strings.Replace(pair, "SALLYPORT_SMTP_HOST", "MAIL_SERVER", 1)
		pair = strings.Replace(pair, "SALLYPORT_SMTP_PORT", "MAIL_PORT", 1)
		if !strings.HasPrefix(pair, "SALLYPORT_MAIL_FROM") {
			env = append(env, pair)
		}
	}
	if database != "" {
		env = append(env, "DATABASE_URL="+database)
	}
	return env
}

func TestThePredecessorsSettingsStartTheServer(t *testing.T) {
	t.Parallel()
	inbox := mailtest.Start(t, mailtest.Options{})
	w := &world{inbox: inbox}
	dir := t.TempDir()
	w.start(t, apptest.Options{DataDir: dir, Env: predecessor(inbox, "sqlite:///"+dir+"/users.db")})
	email := address(t, 1)
	w.signUp(t, email, password)
	if text := w.mail(t, email, 1).Text; !strings.Contains(text, "http://localhost:8000/auth/verify-email?token=") {
		t.Errorf("the link is not below Domain:\n%s", text)
	}
	w.verify(t, email, 1)
	w.login(t, email, password)
}

// TestThePredecessorsFileStartsTheServer names the .env file itself, with every
// name that it may hold.
func TestThePredecessorsFileStartsTheServer(t *testing.T) {
	t.Parallel()
	inbox := mailtest.Start(t, mailtest.Options{})
	w := &world{inbox: inbox}
	dir := t.TempDir()
	lines := append(predecessor(inbox, `"sqlite:///`+dir+`/users.db"`), "URL_REDIS=redis://localhost",
		"CELERY_BROKER_URL=redis://localhost:6379/0", "CELERY_RESULT_BACKEND=redis://localhost:6379/0", "BetterStack=hunter2-canary")
	file := filepath.Join(dir, ".env")
	var kept []string
	for _, l := range lines { // what is Sallyport's own stays in the environment
		if !strings.HasPrefix(l, "SALLYPORT_") {
			kept = append(kept, l)
		}
	}
	if err := os.WriteFile(file, []byte("# the FastAPI service\n"+strings.Join(kept, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.remember("hunter2-canary", "0123456789abcdef0123456789abcdef")
	w.start(t, apptest.Options{DataDir: dir, Env: []string{"SALLYPORT_ENV_FILE=" + file, "SALLYPORT_SMTP_TLS=none"}})
	email := address(t, 1)
	w.join(t, email)
	if from := w.mail(t, email, 1).Header.Get("From"); !strings.Contains(from, "auth@people.example") || !strings.Contains(from, "People") {
		t.Errorf("mail comes from %q", from)
	}
	if _, err := os.Stat(filepath.Join(dir, "users.db")); err != nil {
		t.Error(err)
	}
}

// TestClusterThePredecessorsFileStartsTheClusteredForm has the .env that the
// FastAPI service ran with: MySQL, and Redis for its queue and its block-list.
func TestClusterThePredecessorsFileStartsTheClusteredForm(t *testing.T) {
	t.Parallel()
	needServers(t)
	inbox, redis := mailtest.Start(t, mailtest.Options{}), fleettest.StartRedis(t, fleet.Options{})
	w := &world{inbox: inbox}
	database, _, _ := strings.Cut(fleettest.Database(t, fleettest.ClusterEngine(t)), "?")
	database = strings.Replace(database, "mysql://", "mysql+aiomysql://", 1)
	env := append(predecessor(inbox, database), "URL_REDIS=redis://127.0.0.1", fmt.Sprintf("REDIS_PORT=%d", redis.Port()),
		"CELERY_BROKER_URL="+redis.URL()+"/0", "CELERY_RESULT_BACKEND="+redis.URL()+"/0")
	w.start(t, apptest.Options{Env: env})
	email := address(t, 1)
	w.join(t, email)
	s := w.login(t, email, password)
	w.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
	w.Get(t, "/auth/me", s.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	ready := string(w.server.Ops.Get(t, "/readyz", "").Want(t, http.StatusOK, "").Body)
	if !strings.Contains(ready, `"redis":"ok"`) {
		t.Errorf("readiness is %s", ready)
	}
	if !strings.Contains(w.server.Log(), "SALLYPORT_SECRET_KEY") {
		t.Errorf("nobody was told that the secret key is in one data folder:\n%s", w.server.Log())
	}
}

// predecessorsFile is the .env that the predecessor's README prints, with its
// blanks, its Domain that ends in a colon and its remark. What is to be filled in
// are the servers, their passwords, and the key.
const predecessorsFile = `DATABASE_URL = %s
JWT_key = 0123456789abcdef0123456789abcdef
Alogrithm = HS256

MAIL_USERNAME = 
MAIL_PASSWORD = 
MAIL_FROM = auth@people.example
MAIL_PORT = %d
MAIL_SERVER = %s
MAIL_FROM_NAME = People

Domain=localhost:

URL_REDIS = 127.0.0.1
REDIS_PORT = %d

CELERY_BROKER_URL = %[5]s/0
CELERY_RESULT_BACKEND = %[5]s/0

BetterStack = (Optional)
`

// TestClusterThePredecessorsFileStartsAsItIsPrinted needs nothing but that file
// and where to listen; the test's mail server has no TLS.
func TestClusterThePredecessorsFileStartsAsItIsPrinted(t *testing.T) {
	t.Parallel()
	needServers(t)
	inbox, redis := mailtest.Start(t, mailtest.Options{}), fleettest.StartRedis(t, fleet.Options{})
	database, _, _ := strings.Cut(fleettest.Database(t, fleettest.MySQLName), "?")
	database = strings.Replace(database, "mysql://", "mysql+aiomysql://", 1)
	file := filepath.Join(t.TempDir(), ".env")
	text := fmt.Sprintf(predecessorsFile, database, inbox.Port(), inbox.Host(), redis.Port(), redis.URL())
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{inbox: inbox}
	w.start(t, apptest.Options{Env: []string{
		"SALLYPORT_ENV_FILE=" + file, fmt.Sprintf("SALLYPORT_LISTEN=127.0.0.1:%d", port), "SALLYPORT_SMTP_TLS=none",
	}})
	email := address(t, 1)
	w.signUp(t, email, password)
	if text := w.mail(t, email, 1).Text; !strings.Contains(text, fmt.Sprintf("http://localhost:%d/auth/verify-email?token=", port)) {
		t.Errorf("the link does not lead to where the server listens:\n%s", text)
	}
	w.verify(t, email, 1)
	w.login(t, email, password)
}

func TestADatabaseThatCannotBeReachedEndsTheStart(t *testing.T) {
	t.Parallel()
	inbox := mailtest.Start(t, mailtest.Options{})
	for _, url := range []string{"mysql+aiomysql://user:hunter2@127.0.0.1:1/users", "postgresql+asyncpg://user:hunter2@127.0.0.1:1/users"} {
		_, err := apptest.TryStart(t, apptest.Options{Env: predecessor(inbox, url)})
		if err == nil || !strings.Contains(err.Error(), "connect to the database") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%.10s: the server says: %v", url, err)
		}
	}
}
