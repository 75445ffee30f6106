package redis

import (
	"bytes"
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// said collects a log that several goroutines write.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *said) count(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Count(s.text.String(), what)
}

// must runs a command on the server.
func must(t *testing.T, server *fleet.Redis, words ...string) {
	t.Helper()
	if _, err := server.Do(t.Context(), words...); err != nil {
		t.Fatalf("%v: %v", words, err)
	}
}

// TestRedisThatRefusesIsToldTruthfully lets a real server answer and refuse, in
// each way that one does, and expects the check, the metric and the log to say
// so, and to say when it is over. Meanwhile everything goes on without it.
func TestRedisThatRefusesIsToldTruthfully(t *testing.T) {
	t.Parallel()
	elsewhere := startRedis(t)
	words := func(text string) []string { return strings.Fields(text) }
	const all = "ACL SETUSER app on >pw ~sallyport:* +@read +@write +@scripting +@connection +info +time"
	for code, c := range map[string]struct {
		user        string // of the URL
		begin, over []string
	}{
		"OOM":            {"", words("CONFIG SET maxmemory 1"), words("CONFIG SET maxmemory 0")},
		"NOPERM":         {"app:pw@", words("ACL SETUSER app -xadd"), words(all)},
		"NOPERM of keys": {"app:pw@", words("ACL SETUSER app resetkeys ~sallyport:*feed ~sallyport:*nothing"), words(all)},
		"WRONGTYPE":      {"", words("SET {feed} taken"), words("DEL {feed}")},
		"READONLY":       {"", []string{"REPLICAOF", "127.0.0.1", strconv.Itoa(elsewhere.Port())}, words("REPLICAOF NO ONE")},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			server := startRedis(t)
			must(t, server, words(all)...)
			var log said
			app := unhurried(open(t, "redis://"+c.user+server.Addr, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) }))
			heard := listen(t, app.Feed)
			tell(t, app.Feed, heard, 1)
			waittest.Until(t, "all is well", func() bool { return app.Check(t.Context()) == nil && !app.Away() })

			do := func(command []string) {
				t.Helper()
				must(t, server, words(strings.ReplaceAll(strings.Join(command, " "), "{feed}", app.Feed.key))...)
			}
			do(c.begin)
			word, _, _ := strings.Cut(code, " ")
			waittest.Until(t, "the check tells", func() bool {
				err := app.Check(t.Context())
				return err != nil && strings.Contains(err.Error(), word)
			})
			if !app.Away() {
				t.Error("the metric calls it well")
			}
			if allowed, _, err := app.Buckets.Take(t.Context(), "k", hourly(5)); !allowed || err != nil {
				t.Errorf("a limit: %v, %v", allowed, err)
			}
			_ = app.Feed.Publish(t.Context(), "h", news(2)) // its failure fails nothing
			waittest.Until(t, "the log tells", func() bool { return log.count(word) > 0 })

			do(c.over)
			waittest.Until(t, "all is well again", func() bool { return app.Check(t.Context()) == nil && !app.Away() })
			waittest.Until(t, "the log tells that it is over", func() bool { return log.count("no longer refuses")+log.count("answers again") > 0 })
			tell(t, app.Feed, heard, 1000)
		})
	}
}

// TestARefusalIsKnownThoughNobodyAsks lets the server refuse while nothing is
// published, limited or checked.
func TestARefusalIsKnownThoughNobodyAsks(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	c := unhurried(open(t, server.URL()))
	must(t, server, "CONFIG", "SET", "maxmemory", "1")
	waittest.Until(t, "the metric tells", c.Away)
	must(t, server, "CONFIG", "SET", "maxmemory", "0")
	waittest.Until(t, "the metric tells that it is over", func() bool { return !c.Away() })
	if c.Refused() == 0 {
		t.Error("no refusal was counted")
	}
}

// TestWhatOnlyHasToBeMadeIsNoRefusal wipes what a group stands on.
func TestWhatOnlyHasToBeMadeIsNoRefusal(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	c := unhurried(open(t, server.URL()))
	for range 3 {
		waittest.Until(t, "an id is handed out", func() bool {
			_ = c.Handout.Announce(t.Context(), []string{"job"})
			ctx, cancel := context.WithTimeout(t.Context(), readFor)
			defer cancel()
			id, err := c.Handout.Next(ctx)
			return err == nil && id == "job"
		})
		must(t, server, "SCRIPT", "FLUSH")
		if err := server.FlushAll(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Check(t.Context()); err != nil || c.Refused() != 0 {
		t.Errorf("%d refusals, %v", c.Refused(), err)
	}
}
