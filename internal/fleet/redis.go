package fleet

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"syscall"
)

// Redis is a running Redis server that keeps nothing on disk.
type Redis struct{ *Server }

// StartRedis starts a new Redis in dir, which must exist. Extra may turn on
// TLS, Cluster or Sentinel.
func StartRedis(ctx context.Context, dir string, o Options) (*Redis, error) {
	daemon, err := program("redis-server")
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, func(port int) *Server {
		args := []string{
			"--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--dir", dir, "--save", "", "--appendonly", "no",
			"--maxmemory-policy", "noeviction",
		}
		return &Server{
			Name: "redis", Addr: loopback(port), Dir: dir, program: daemon, args: append(args, o.Extra...),
			quit: syscall.SIGTERM, answers: pongs,
		}
	})
	if err != nil {
		return nil, err
	}
	return &Redis{s}, nil
}

// URL is how to reach this server.
func (r *Redis) URL() string { return "redis://" + r.Addr }

// FlushAll makes the server forget everything.
func (r *Redis) FlushAll(ctx context.Context) error {
	_, err := r.Do(ctx, "FLUSHALL")
	return err
}

// Do runs one command whose words hold no space, and gives the first line of
// the answer.
func (r *Redis) Do(ctx context.Context, words ...string) (string, error) {
	return askRedis(ctx, r.Addr, strings.Join(words, " "))
}

func pongs(ctx context.Context, addr string) error {
	answer, err := askRedis(ctx, addr, "PING")
	if err != nil {
		return err
	}
	if answer != "+PONG" {
		return errors.New("it answers " + answer)
	}
	return nil
}

func askRedis(ctx context.Context, addr, command string) (string, error) {
	conn, err := dial(ctx, addr)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if _, err := fmt.Fprintf(conn, "%s\r\n", command); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return "", err
	}
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "-") {
		return "", errors.New(line[1:])
	}
	return line, nil
}
