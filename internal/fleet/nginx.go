package fleet

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Nginx is a running nginx that passes requests on to several upstreams.
type Nginx struct{ *Server }

// nginxConf keeps connections to its upstreams open, tells the client's address,
// and leaves it to the upstreams to say what is too large. It tries another
// upstream as nginx does by default: if a connection could not be made, and of
// what was sent already only requests that are safe to repeat. Those are seen in
// [Nginx.Lost].
const nginxConf = `daemon off;
worker_processes 1;
pid %[1]s/nginx.pid;
error_log %[1]s/nginx.log warn;
events { worker_connections 1024; }
http {
	access_log off;
	client_max_body_size 0;
	client_body_buffer_size 2m;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	upstream sallyport {
%[3]s		keepalive 32;
	}
	server {
		listen %[2]s;
		location / {
			proxy_pass http://sallyport;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_set_header Host $http_host;
			proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
			proxy_set_header X-Forwarded-Proto $scheme;
			proxy_next_upstream error timeout;
			proxy_next_upstream_tries 3;
			proxy_connect_timeout 2s;
		}
	}
}
`

// StartNginx starts an nginx in dir, which must exist, in front of upstreams
// (host and port). It listens on a port of the loopback interface, any if 0.
func StartNginx(ctx context.Context, dir string, at int, upstreams ...string) (*Nginx, error) {
	daemon, err := program("nginx")
	if err != nil {
		return nil, err
	}
	var servers strings.Builder
	for _, u := range upstreams {
		fmt.Fprintf(&servers, "\t\tserver %s max_fails=1 fail_timeout=1s;\n", u)
	}
	var failed error
	s, err := open(ctx, func(port int) *Server {
		port = cmp.Or(at, port)
		conf := filepath.Join(dir, "nginx.conf")
		failed = os.WriteFile(conf, fmt.Appendf(nil, nginxConf, dir, loopback(port), servers.String()), 0o600)
		return &Server{
			Name: "nginx", Addr: loopback(port), Dir: dir, program: daemon,
			args: []string{"-p", dir, "-c", conf, "-e", filepath.Join(dir, "nginx.log")}, quit: syscall.SIGQUIT, answers: accepts,
		}
	})
	if err != nil || failed != nil {
		return nil, fmt.Errorf("start nginx: %w", firstOf(failed, err))
	}
	return &Nginx{s}, nil
}

// Lost lists what nginx says of requests that it had sent, or was sending, to an
// upstream which did not answer.
func (n *Nginx) Lost() ([]string, error) {
	log, err := os.ReadFile(filepath.Join(n.Dir, "nginx.log"))
	if err != nil {
		return nil, err
	}
	var lost []string
	for line := range strings.Lines(string(log)) {
		if strings.Contains(line, "while sending request to upstream") || strings.Contains(line, "while reading response header from upstream") ||
			strings.Contains(line, "while reading upstream") {
			lost = append(lost, strings.TrimSpace(line))
		}
	}
	return lost, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func accepts(ctx context.Context, addr string) error {
	conn, err := dial(ctx, addr)
	if err != nil {
		return err
	}
	return conn.Close()
}
