package redis

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
)

const (
	idsKept    = 10_000 // about how many ids the stream holds
	idsWaiting = 4096   // ids that this process holds while Redis is away
	idField    = "id"
	group      = "workers"
	// forgetAfter is how long a consumer may be silent before it counts as left
	// behind by a process that was killed.
	forgetAfter = time.Hour
)

// Handout implements cluster.Handout on a Redis stream with one consumer group,
// which gives each id to one process. Ids are acknowledged by being read: the
// row in SQL is the job.
//
// One read at a time is under way for all who wait, and takes one id, so that a
// busy process leaves the rest to others. While Redis is away, what this process
// announces goes to its own workers.
type Handout struct {
	link     *link
	key      string
	consumer string
	life     context.Context //nolint:containedctx // ends the goroutine
	end      context.CancelFunc
	leave    func() // what is left to do at the end, with a deadline of its own
	work     sync.WaitGroup
	ids      chan string
	reading  chan struct{} // has room for one: whoever filled it may read
	waiting  atomic.Int64  // calls of Next
	served   atomic.Bool   // Next was called at least once

	clock clock.Clock
	swept time.Time // by whoever reads
}

var _ cluster.Handout = (*Handout)(nil)

func newHandout(ctx context.Context, l *link, key, consumer string, clk clock.Clock) *Handout {
	h := &Handout{
		link: l, key: key, consumer: consumer, clock: clk,
		ids: make(chan string, idsWaiting), reading: make(chan struct{}, 1),
	}
	h.life, h.end = context.WithCancel(context.WithoutCancel(ctx))
	h.leave = func() { h.giveBack(context.WithoutCancel(ctx)) }
	return h
}

// Announce appends ids to the stream.
func (h *Handout) Announce(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	err := h.link.do(ctx, forJobs, func(ctx context.Context) error {
		_, err := h.link.calls.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for _, id := range ids {
				p.XAdd(ctx, &goredis.XAddArgs{Stream: h.key, MaxLen: idsKept, Approx: true, Values: []any{idField, id}})
			}
			return nil
		})
		return err
	})
	if err == nil || !h.served.Load() {
		return err
	}
	for _, id := range ids {
		h.hand(id)
	}
	return nil
}

// hand queues an id for this process. What does not fit is found by the
// workers' slow poll.
func (h *Handout) hand(id string) {
	select {
	case h.ids <- id:
	default:
	}
}

// Next waits for an id. Each id that was announced goes to one caller.
func (h *Handout) Next(ctx context.Context) (string, error) {
	h.served.Store(true)
	h.waiting.Add(1)
	defer h.waiting.Add(-1)
	for {
		select {
		case id := <-h.ids:
			return id, nil
		default:
		}
		select {
		case id := <-h.ids:
			return id, nil
		case <-ctx.Done():
			return "", ctx.Err()
		case <-h.life.Done():
			return "", h.life.Err()
		case h.reading <- struct{}{}:
			h.work.Go(h.read)
		}
	}
}

// read gets one id for whoever waits. It ends when it has, or when nobody waits.
func (h *Handout) read() {
	defer func() { <-h.reading }()
	for h.waiting.Load() > 0 && h.life.Err() == nil {
		if h.link.breaker.wait(h.life) != nil {
			return
		}
		h.sweep()
		id, err := h.one()
		switch {
		case goredis.HasErrorPrefix(err, "NOGROUP"):
			err = h.join()
		case err == nil && id != "":
			h.hand(id)
			return
		}
		if err != nil && !clock.Sleep(h.life, readFor) {
			return
		}
	}
}

// one waits a moment for an id.
func (h *Handout) one() (id string, err error) {
	err = h.link.read(h.life, forJobs, func(ctx context.Context) error {
		streams, err := h.link.reads.XReadGroup(ctx, &goredis.XReadGroupArgs{
			Group: group, Consumer: h.consumer, Streams: []string{h.key, ">"}, Count: 1, Block: readFor, NoAck: true,
		}).Result()
		if errors.Is(err, goredis.Nil) {
			return nil
		}
		for _, s := range streams {
			for _, m := range s.Messages {
				id, _ = m.Values[idField].(string)
			}
		}
		return err
	})
	return id, err
}

// sweep forgets the consumers of processes that did not say goodbye, now and
// then. Should one of them be alive after all, it is back with its next read.
func (h *Handout) sweep() {
	now := h.clock.Now()
	if !h.swept.IsZero() && now.Sub(h.swept) < forgetAfter {
		return
	}
	h.swept = now
	_ = h.link.do(h.life, forNothing, func(ctx context.Context) error {
		consumers, err := h.link.calls.XInfoConsumers(ctx, h.key, group).Result()
		for _, c := range consumers {
			if c.Name != h.consumer && c.Pending == 0 && c.Idle >= forgetAfter {
				err = errors.Join(err, h.link.calls.XGroupDelConsumer(ctx, h.key, group, c.Name).Err())
			}
		}
		return err
	})
}

// join makes the stream and its group, which are gone after FLUSHALL, from the
// start of the stream: ids may have been announced since.
func (h *Handout) join() error {
	return h.link.do(h.life, forJobs, func(ctx context.Context) error {
		err := h.link.calls.XGroupCreateMkStream(ctx, h.key, group, "0").Err()
		if goredis.HasErrorPrefix(err, "BUSYGROUP") {
			return nil
		}
		return err
	})
}

// close ends the reading, leaves the group, and gives back the ids that nobody
// took.
func (h *Handout) close() {
	h.end()
	h.work.Wait()
	h.leave()
}

func (h *Handout) giveBack(ctx context.Context) {
	var left []string
	for len(h.ids) > 0 {
		left = append(left, <-h.ids)
	}
	ctx, cancel := context.WithTimeout(ctx, stopWithin)
	defer cancel()
	_ = h.link.do(ctx, forNothing, func(ctx context.Context) error {
		return h.link.calls.XGroupDelConsumer(ctx, h.key, group, h.consumer).Err()
	})
	_ = h.Announce(ctx, left) // the poll finds them otherwise
}
