package deploy_test

import (
	"bytes"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestComposeRuns starts what compose.yaml starts, without containers: the same
// commands with the same settings and the same nginx.conf, on other addresses,
// and uses it through nginx. No mail is sent: there is no smtp.example.com.
func TestComposeRuns(t *testing.T) {
	t.Parallel()
	needsServers(t)
	database, redis := fleettest.Database(t, fleettest.MariaDBName), fleettest.StartRedis(t, fleet.Options{}).URL()
	all := ours(t)
	// environ gives the settings of a service, with what is another here.
	environ := func(name string, more ...string) []string {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "database_url"), database)
		write(t, filepath.Join(dir, "redis_url"), redis)
		write(t, filepath.Join(dir, "secret_key"), samples["secret_key"])
		write(t, filepath.Join(dir, "smtp_password"), samples["smtp_password"])
		env := append([]string{"HOME=" + dir, "SALLYPORT_DATA_DIR=" + filepath.Join(dir, "data")}, more...)
		for _, pair := range environmentOf(all[name]) {
			pair = strings.Replace(pair, "/run/secrets/", dir+"/", 1)
			env = append(env, strings.Replace(pair, "172.30.80.10", "127.0.0.1", 1))
		}
		return env
	}
	runs := func(stdin string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), apptest.Binary(t), args...)
		cmd.Env, cmd.Stdin = environ("migrate"), bytes.NewBufferString(stdin)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	starts := func(name string) (address, ops string) {
		t.Helper()
		address, ops = freeAddress(t), freeAddress(t)
		args := texts(all[name]["command"])
		answers := ops
		if len(args) == 0 {
			args, answers = []string{"serve"}, address
		}
		s, err := fleet.StartProgram(t.Context(), t.TempDir(), fleet.Program{
			Name: name, Path: apptest.Binary(t), Args: args, Addr: answers, Quit: syscall.SIGTERM,
			Env: environ(name, "SALLYPORT_LISTEN="+address, "SALLYPORT_OPS_LISTEN="+ops),
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Kill)
		apptest.NewClient("http://"+ops).Get(t, "/readyz", "").Want(t, http.StatusOK, "")
		return address, ops
	}
	runs("", texts(all["migrate"]["command"])...)
	runs("correct horse battery\n", "user", "create", "--email", "ada@example.com", "--password-stdin", "--verified")
	first, _ := starts("sallyport-1")
	second, _ := starts("sallyport-2")
	starts("worker")
	f := startNginx(t, first, second)

	front := &apptest.Client{URL: f.url, HTTP: f.client}
	var tokens apptest.Tokens
	front.Post(t, "/auth/login", map[string]string{"email": "ada@example.com", "password": "correct horse battery"}).
		Want(t, http.StatusOK, "").Read(t, &tokens)
	a, b := apptest.NewClient("http://"+first), apptest.NewClient("http://"+second)
	for _, c := range []*apptest.Client{front, a, b} {
		c.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	}
	a.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: tokens.AccessToken}).Want(t, http.StatusOK, "")
	waittest.Until(t, "the other instance refuses the token", func() bool {
		return b.Get(t, "/auth/me", tokens.AccessToken).Status == http.StatusUnauthorized
	})
}

func freeAddress(t *testing.T) string {
	t.Helper()
	port, err := fleet.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}
