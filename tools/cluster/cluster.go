package main

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/sallyport-auth/sallyport/internal/fleet"
)

const (
	instances = 2
	database  = "sallyport"
	sender    = "auth@sallyport.example"
	marker    = ".made-by-make-cluster"
)

//go:embed nginx.conf
var nginxConf string

// cluster is everything that runs.
type cluster struct {
	out         io.Writer
	binary, dir string
	port        int

	running []member // in the order of their start
	mariadb *fleet.MySQL
	redis   *fleet.Redis
	mailbox *mailbox
}

// member is one of the processes.
type member struct {
	*fleet.Server

	ops string // its operations listener, if it has one
}

func (c *cluster) publicURL() string { return fmt.Sprintf("http://localhost:%d", c.port) }

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// folder makes a folder for one process.
func (c *cluster) folder(name string) (string, error) {
	path := filepath.Join(c.dir, name)
	return path, os.MkdirAll(path, 0o755)
}

// clean empties the folder, if it is one of ours.
func (c *cluster) clean() error {
	entries, err := os.ReadDir(c.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	ours := slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == marker })
	if len(entries) > 0 && !ours {
		return fmt.Errorf("%s is not empty and was not made by this program: name another folder", c.dir)
	}
	if err := os.RemoveAll(c.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.dir, marker), nil, 0o600)
}

// up starts everything, what others need first.
func (c *cluster) up(ctx context.Context) error {
	if err := c.clean(); err != nil {
		return err
	}
	if err := c.startServers(ctx); err != nil {
		return err
	}
	var err error
	if c.mailbox, err = startMailbox(ctx, c.publicURL()); err != nil {
		return fmt.Errorf("mailbox: %w", err)
	}
	settings := c.settings()
	var addresses []string
	for n := range instances {
		address, err := c.startOurs(ctx, fmt.Sprintf("serve-%d", n+1), "serve", append(settings, "SALLYPORT_WORKERS=0"))
		if err != nil {
			return err
		}
		addresses = append(addresses, address)
	}
	if _, err := c.startOurs(ctx, "worker", "worker", settings); err != nil {
		return err
	}
	return c.startNginx(ctx, addresses)
}

func (c *cluster) say(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format+"\n", args...) }

func (c *cluster) startServers(ctx context.Context) error {
	c.say("starting MariaDB ...")
	dir, err := c.folder("mariadb")
	if err != nil {
		return err
	}
	if c.mariadb, err = fleet.StartMariaDB(ctx, dir, fleet.Options{}); err != nil {
		return err
	}
	c.running = append(c.running, member{Server: c.mariadb.Server})
	if err := c.mariadb.CreateDatabase(ctx, database); err != nil {
		return err
	}
	c.say("starting Redis ...")
	if dir, err = c.folder("redis"); err != nil {
		return err
	}
	if c.redis, err = fleet.StartRedis(ctx, dir, fleet.Options{}); err != nil {
		return err
	}
	c.running = append(c.running, member{Server: c.redis.Server})
	return nil
}

// settings is what the instances and the worker share.
func (c *cluster) settings() []string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	host, port, _ := net.SplitHostPort(c.mailbox.smtp)
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir,
		"SALLYPORT_PUBLIC_URL=" + c.publicURL(),
		"SALLYPORT_DATABASE_URL=" + c.mariadb.URL(database),
		"SALLYPORT_REDIS_URL=" + c.redis.URL(),
		"SALLYPORT_SECRET_KEY=" + base64.StdEncoding.EncodeToString(key),
		"SALLYPORT_SMTP_HOST=" + host, "SALLYPORT_SMTP_PORT=" + port, "SALLYPORT_SMTP_TLS=none", "SALLYPORT_MAIL_FROM=" + sender,
		"SALLYPORT_TRUSTED_PROXIES=127.0.0.1",
		"SALLYPORT_LOG_FORMAT=text",
	}
}

// startOurs starts one process of the program and gives where it answers.
func (c *cluster) startOurs(ctx context.Context, name, command string, settings []string) (string, error) {
	c.say("starting %s ...", name)
	dir, err := c.folder(name)
	if err != nil {
		return "", err
	}
	port, err := fleet.FreePort()
	if err != nil {
		return "", err
	}
	opsPort, err := fleet.FreePort()
	if err != nil {
		return "", err
	}
	address, ops := loopback(port), loopback(opsPort)
	answers := ops
	env := append(slices.Clone(settings), "SALLYPORT_DATA_DIR="+filepath.Join(dir, "data"), "SALLYPORT_OPS_LISTEN="+ops)
	if command == "serve" {
		env, answers = append(env, "SALLYPORT_LISTEN="+address), address
	}
	s, err := fleet.StartProgram(ctx, dir, fleet.Program{
		Name: name, Path: c.binary, Args: []string{command}, Env: env, Addr: answers, Quit: syscall.SIGTERM,
	})
	if err != nil {
		return "", err
	}
	c.running = append(c.running, member{Server: s, ops: ops})
	return address, nil
}

func (c *cluster) startNginx(ctx context.Context, upstreams []string) error {
	c.say("starting nginx ...")
	dir, err := c.folder("nginx")
	if err != nil {
		return err
	}
	var servers strings.Builder
	for _, u := range upstreams {
		fmt.Fprintf(&servers, "server %s max_fails=1 fail_timeout=1s; ", u)
	}
	text := strings.NewReplacer(
		"@DIR@", dir, "@LISTEN@", loopback(c.port), "@INSTANCES@", servers.String(), "@MAILBOX@", c.mailbox.http, "@USER@", sameUser(),
	).Replace(nginxConf)
	conf := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		return err
	}
	s, err := fleet.StartProgram(ctx, dir, fleet.Program{
		Name: "nginx", Path: "nginx", Args: []string{"-p", dir, "-c", conf, "-e", filepath.Join(dir, "nginx.log")},
		Addr: loopback(c.port), Quit: syscall.SIGQUIT,
	})
	if err != nil {
		return fmt.Errorf("%w\n(is port %d taken? choose another: make cluster PORT=8090)", err, c.port)
	}
	c.running = append(c.running, member{Server: s})
	return nil
}

// sameUser has nginx ask as the developer, to whom alone the mailbox page is
// shown. Root's workers would be another user's.
func sameUser() string {
	if os.Geteuid() == 0 {
		return "user root;"
	}
	return ""
}

// explain tells a developer what there is.
func (c *cluster) explain() {
	url := c.publicURL()
	c.say("\nThe cluster is up.\n")
	c.say("  API and pages    %s   (nginx, two instances behind it)", url)
	c.say("  try the API      %s/docs", url)
	c.say("  its mail         %s/dev/mailbox   (what the worker sent)", url)
	c.say("  database         mariadb --no-defaults --user=root --host=127.0.0.1 --port=%d %s", c.mariadb.Port(), database)
	c.say("  Redis            redis-cli -p %d\n", c.redis.Port())
	for _, m := range c.running {
		if m.ops == "" {
			c.say("  %-10s  pid %-7d  log %s", m.Name, m.PID(), m.LogFile())
		} else {
			c.say("  %-10s  pid %-7d  log %s   http://%s/readyz, /metrics", m.Name, m.PID(), m.LogFile(), m.ops)
		}
	}
	c.say("\nThe walk of the README works here as it stands. Kill or stop any of them (kill -9, kill -STOP,")
	c.say("kill -CONT) and see the others go on. Ctrl-C stops all; the next start begins with nothing.")
}

// down stops everything, whoever is asked first: nginx, then those that it asks,
// then what they need.
func (c *cluster) down() {
	if len(c.running) > 0 {
		c.say("\nstopping ...")
	}
	for _, m := range slices.Backward(c.running) {
		m.Stop()
	}
	if c.mailbox != nil {
		c.mailbox.stop()
	}
}
