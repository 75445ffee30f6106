package redis

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestHandoutGivesEachIDToOneProcess(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	const jobs = 400
	first := open(t, server.URL())
	realm := func(o *Options) { o.Realm = "shared" }
	var processes []*Cluster
	for range 3 {
		processes = append(processes, unhurried(open(t, server.URL(), realm)))
	}
	var mu sync.Mutex
	got := map[string]int{}
	took := make([]int, len(processes))
	ctx, cancel := context.WithCancel(t.Context())
	var workers sync.WaitGroup
	for n, p := range processes {
		for range 2 {
			workers.Go(func() {
				for {
					id, err := p.Handout.Next(ctx)
					if err != nil {
						return
					}
					mu.Lock()
					got[id]++
					took[n]++
					mu.Unlock()
				}
			})
		}
	}
	for n := range jobs {
		if err := processes[n%3].Handout.Announce(t.Context(), []string{strconv.Itoa(n)}); err != nil {
			t.Fatal(err)
		}
	}
	waittest.Until(t, "every id is taken", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(got) == jobs
	})
	cancel()
	workers.Wait()
	for id, n := range got {
		if n != 1 {
			t.Errorf("id %s was handed out %d times", id, n)
		}
	}
	for n, jobs := range took {
		if jobs == 0 {
			t.Errorf("process %d got nothing: %v", n, took)
		}
	}
	if n := first.link.calls.XPending(t.Context(), processes[0].Handout.key, group).Val().Count; n != 0 {
		t.Errorf("%d ids wait to be acknowledged", n)
	}
}

func TestHandoutGoesOnAfterAWipe(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	c := unhurried(open(t, server.URL()))
	for round := range 3 {
		id := strconv.Itoa(round)
		if round == 1 { // announced before anybody makes the group again
			if err := server.FlushAll(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Handout.Announce(t.Context(), []string{id}); err != nil {
			t.Fatal(err)
		}
		got, err := c.Handout.Next(t.Context())
		if err != nil || got != id {
			t.Fatalf("round %d: %q, %v", round, got, err)
		}
	}
	// Somebody waits when the wipe comes.
	got := make(chan string, 1)
	go func() {
		id, _ := c.Handout.Next(t.Context())
		got <- id
	}()
	waittest.Until(t, "Next waits", func() bool { return c.Handout.waiting.Load() > 0 })
	if err := server.FlushAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Handout.Announce(t.Context(), []string{"after"}); err != nil {
		t.Fatal(err)
	}
	select {
	case id := <-got:
		if id != "after" {
			t.Errorf("got %q", id)
		}
	case <-time.After(patience):
		t.Fatal("nothing is handed out after the wipe")
	}
}

func TestHandoutForgetsProcessesThatLeft(t *testing.T) {
	t.Parallel()
	server := startRedis(t)
	stays := unhurried(open(t, server.URL(), func(o *Options) { o.Realm = "shared" }))
	consumers := func() (n int) {
		return len(stays.link.calls.XInfoConsumers(t.Context(), stays.Handout.key, group).Val())
	}
	t.Run("one that closes", func(t *testing.T) {
		leaves := unhurried(open(t, server.URL(), func(o *Options) { o.Realm = "shared" }))
		if err := leaves.Handout.Announce(t.Context(), []string{"1", "2"}); err != nil {
			t.Fatal(err)
		}
		if _, err := leaves.Handout.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := consumers(); n != 1 {
			t.Errorf("%d consumers", n)
		}
		leaves.Handout.hand("not taken by anybody")
	})
	if n := consumers(); n != 0 {
		t.Errorf("%d consumers after it closed", n)
	}
	got := map[string]bool{}
	for range 2 {
		id, err := stays.Handout.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got[id] = true
	}
	if !got["2"] || !got["not taken by anybody"] {
		t.Errorf("what it had not worked on did not come back: %v", got)
	}
}

func TestHandoutIsBounded(t *testing.T) {
	t.Parallel()
	c := unhurried(open(t, startRedis(t).URL()))
	ids := make([]string, 1000)
	for n := range ids {
		ids[n] = strconv.Itoa(n)
	}
	for range 15 {
		if err := c.Handout.Announce(t.Context(), ids); err != nil {
			t.Fatal(err)
		}
	}
	if n := c.link.calls.XLen(t.Context(), c.Handout.key).Val(); n > idsKept+200 {
		t.Errorf("the stream holds %d ids", n)
	}
}
