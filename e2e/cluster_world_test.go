package e2e_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// clusteredForm says that the whole suite is to drive the clustered form.
func clusteredForm() bool { return os.Getenv("SALLYPORT_TEST_FORM") == "clustered" }

// cheapHash keeps hashing passwords from being most of a test.
var cheapHash = []string{"SALLYPORT_ARGON2_MEMORY_KIB=64", "SALLYPORT_ARGON2_PASSES=1"}

// cluster is the clustered form: two instances behind nginx, and a worker, on
// one database server and one Redis. Its world's client talks to nginx.
type cluster struct {
	*world

	instances []*apptest.Process
	clients   []*apptest.Client // past nginx, one an instance
	worker    *apptest.Process
	nginx     *fleet.Nginx
	redis     *fleet.Redis
	database  string // its URL
	env       []string
}

// clusterOptions says what a cluster stands on. A zero value means what the
// tests of this binary share, or what nobody else touches.
type clusterOptions struct {
	database string   // URL; a new one on the shared server of the cluster's engine if empty
	redis    string   // URL; its own Redis if empty
	env      []string // for every process
	first    []string // for the first instance alone
	port     int      // nginx listens there; anywhere if 0
}

// secretKey is the operator's: clustered, it must be given.
const secretKey = "c2FsbHlwb3J0IHNhbGx5cG9ydCBzYWxseXBvcnQgMDE="

// shared leads a process to what instances share.
func shared(database, redis string) []string {
	return []string{"SALLYPORT_DATABASE_URL=" + database, "SALLYPORT_REDIS_URL=" + redis, "SALLYPORT_SECRET_KEY=" + secretKey}
}

// needServers leaves a test out of the quick loop.
func needServers(t *testing.T) {
	t.Helper()
	if os.Getenv("SALLYPORT_TEST_ENGINES") == "sqlite" {
		t.Skip("needs servers, and the quick loop has none")
	}
}

// newCluster starts a cluster.
func newCluster(t *testing.T, o clusterOptions) *cluster {
	t.Helper()
	needServers(t)
	c := &cluster{world: &world{inbox: mailtest.Start(t, mailtest.Options{})}, database: o.database}
	c.remember(secretKey)
	if c.database == "" {
		c.database = fleettest.Database(t, fleettest.ClusterEngine(t))
	}
	redis := o.redis
	if redis == "" {
		c.redis = fleettest.StartRedis(t, fleet.Options{})
		redis = c.redis.URL()
	}
	c.env = slices.Concat(shared(c.database, redis), []string{"SALLYPORT_TRUSTED_PROXIES=127.0.0.1"}, smtpEnv(c.inbox), o.env)
	c.world.env = c.env
	c.worker = apptest.Start(t, apptest.Options{Command: "worker", Env: c.env})
	var upstreams []string
	for n := range 2 {
		env := append(append([]string{}, c.env...), "SALLYPORT_WORKERS=0")
		if n == 0 {
			env = append(env, o.first...)
		}
		p := apptest.Start(t, apptest.Options{Env: env})
		c.instances = append(c.instances, p)
		c.clients = append(c.clients, apptest.NewClient(p.URL))
		upstreams = append(upstreams, p.Address)
	}
	c.nginx = fleettest.StartNginx(t, o.port, upstreams...)
	c.server = c.instances[0]
	c.cluster = c
	c.Client = apptest.NewClient("http://" + c.nginx.Addr)
	for _, client := range append(slices.Clone(c.clients), c.Client) {
		reportRequests(t, client)
	}
	return c
}

// processes are all that Sallyport runs here.
func (c *cluster) processes() []*apptest.Process {
	return append([]*apptest.Process{c.worker}, c.instances...)
}

// log is what every process wrote.
func (w *world) log() string {
	if w.cluster == nil {
		return w.server.Log()
	}
	var all strings.Builder
	for _, p := range w.cluster.processes() {
		all.WriteString(p.Log())
	}
	return all.String()
}

// load is work that goes on while something is broken.
type load struct {
	stop atomic.Bool
	done sync.WaitGroup
	runs atomic.Int64
}

// during calls step over and over, in n goroutines, until end is called.
func during(n int, step func(worker int)) *load {
	l := &load{}
	for worker := range n {
		l.done.Go(func() {
			for !l.stop.Load() {
				step(worker)
				l.runs.Add(1)
			}
		})
	}
	return l
}

// end stops the load and gives the number of steps that it made.
func (l *load) end() int64 {
	l.stop.Store(true)
	l.done.Wait()
	return l.runs.Load()
}

// hold waits for a time that is the point of the test: for so long something
// stays broken.
func hold(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
	}
}

// revokedSession signs in and out and gives the tokens that are dead from now
// on.
func (w *world) revokedSession(t *testing.T, email string) apptest.Tokens {
	t.Helper()
	s := w.login(t, email, password)
	w.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
	return s
}

// refusedBy expects an instance to refuse an access token, and to do so by a 401
// or, while it cannot know, by a 503.
func refusedBy(t *testing.T, c *apptest.Client, access string) {
	t.Helper()
	a, err := c.Try(t, apptest.Request{Method: http.MethodGet, Path: "/auth/me", Bearer: access})
	if err == nil && a.Status != http.StatusUnauthorized && a.Status != http.StatusServiceUnavailable {
		t.Errorf("a revoked token got %d: %s", a.Status, a.Body)
	}
}

// figure is the sum of a number over all instances.
func (w *world) figure(t *testing.T, name string) (sum float64) {
	t.Helper()
	if w.cluster == nil {
		return figure(t, w.server, name)
	}
	for _, p := range w.cluster.instances {
		sum += figure(t, p, name)
	}
	return sum
}

// figure reads a number from /metrics: the sum over all labels of a name.
func figure(t *testing.T, p *apptest.Process, name string) float64 {
	t.Helper()
	text := string(p.Ops.Get(t, "/metrics", "").Want(t, http.StatusOK, "").Body)
	var sum float64
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, name+" ") && !strings.HasPrefix(line, name+"{") {
			continue
		}
		var value float64
		if _, err := fmt.Sscan(line[strings.LastIndexByte(line, ' ')+1:], &value); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		sum += value
	}
	return sum
}
