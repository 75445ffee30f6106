package redis

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// clocksApart is how far the server's clock may be from ours. Entries live
	// three minutes longer than any token they could refuse, which is more than
	// twice as much.
	clocksApart = 60 // seconds
	// fillLease is how long the right to fill lasts without a batch.
	fillLease = 10 * time.Second
	batchSize = 500

	completeKey = "complete3"
	fillingKey  = "filling3"
)

// BlockList implements cluster.BlockList in Redis.
//
// # Keys
//
//	block:<history>:<kind>:<subject>  an entry: the epoch, or 0; lives as long
//	                                  as the revocation
//	block:complete3                   the marker: history, number, mark
//	block:filling3                    the right to fill: filler, batches so far
//
// Entries carry the history, so that a database that was restored or moved does
// not meet its former self. A version that knows more kinds of revocations, or
// another form of the marker, must give the marker another name: this one would
// not look for them. Beside each other the versions share the entries, and each
// keeps its own marker. (Earlier versions have
// block:complete, without a mark, and block:complete2, without clients.)
//
// # Why the marker never stands without its entries
//
// Every script is one atomic step, also for replicas and for what is written to
// disk. The marker moves only in the step that adds the entries it moves over,
// from exactly where they begin, and is set only by a filler all of whose batches
// are there. So whatever is lost from the end (a replica that lagged takes over,
// a server starts from an old file), entries and the moves of the marker over
// them are lost together; and whatever is lost as a whole (FLUSHALL, an empty
// start) takes the marker along, and the right to fill.
//
// Two things could take entries from under the marker. A server that is told to
// evict keys when its memory is full does: so the policy is read again and
// again, and unless it is noeviction, the marker is not believed. And a server
// whose clock leaps lets entries expire: so each script compares the clocks, and
// removes the marker if they are far apart.
type BlockList struct {
	link   *link
	prefix string
	clock  clock.Clock
	policy policy

	look, add, begin, batch, finish, abandon *goredis.Script
}

var _ cluster.BlockList = (*BlockList)(nil)

func newBlockList(l *link, prefix string, clk clock.Clock, log *slog.Logger) *BlockList {
	return &BlockList{
		link: l, prefix: prefix, clock: clk, policy: policy{link: l, key: prefix + completeKey, clock: clk, log: log},
		look: goredis.NewScript(lookScript), add: goredis.NewScript(appendScript),
		begin: goredis.NewScript(beginScript), batch: goredis.NewScript(batchScript),
		finish: goredis.NewScript(finishScript), abandon: goredis.NewScript(abandonScript),
	}
}

// Look reads the suspect's entries and the marker in one script.
func (b *BlockList) Look(ctx context.Context, history string, s cluster.Suspect) (cluster.Sight, error) {
	byEpoch := b.entry(history, store.RevokedUser, s.User)
	if s.Client != "" {
		byEpoch = b.entry(history, store.RevokedClient, s.Client)
	}
	keys := []string{b.entry(history, store.RevokedToken, s.Token), b.entry(history, store.RevokedSession, s.Session), byEpoch}
	var answer []any
	err := b.run(ctx, b.look, keys, []any{s.Epoch}, func(c *goredis.Cmd) (err error) {
		answer, err = c.Slice()
		return err
	})
	if err != nil {
		return cluster.Sight{}, fmt.Errorf("look at the block-list: %w", err)
	}
	if len(answer) != 4 {
		return cluster.Sight{}, errAnswer
	}
	if hit, ok := answer[0].(int64); !ok || hit != 0 {
		return cluster.Sight{Revoked: ok}, nil
	}
	complete, err := headOf(answer[1:])
	if err != nil || !b.policy.keeps(ctx) {
		return cluster.Sight{}, err
	}
	return cluster.Sight{Complete: complete}, nil
}

// Check tells whether the server keeps what the block-list needs. If not, strict
// checks go without it.
func (b *BlockList) Check(ctx context.Context) error {
	if err := b.link.check(ctx); err != nil {
		return err
	}
	if !b.policy.keeps(ctx) {
		return errEvicts
	}
	return nil
}

// Complete reads the marker.
func (b *BlockList) Complete(ctx context.Context) (head store.FeedHead, err error) {
	var values []any
	err = b.link.do(ctx, forBlockList, func(ctx context.Context) (err error) {
		values, err = b.link.calls.HMGet(ctx, b.prefix+completeKey, "history", "number", "mark").Result()
		return err
	})
	if err == nil && values[0] != nil {
		head, err = headOf(values)
	}
	if err != nil {
		return store.FeedHead{}, fmt.Errorf("read the marker of the block-list: %w", err)
	}
	return head, nil
}

var errAnswer = errors.New("redis: an answer that makes no sense")

// headOf reads a history, a number and a mark; the mark is written as a number.
func headOf(values []any) (store.FeedHead, error) {
	var text [3]string
	for n, v := range values {
		s, ok := v.(string)
		if !ok {
			return store.FeedHead{}, errAnswer
		}
		text[n] = s
	}
	number, err := strconv.ParseInt(text[1], 10, 64)
	mark, err2 := strconv.ParseInt(text[2], 10, 64)
	if err != nil || err2 != nil {
		return store.FeedHead{}, errAnswer
	}
	return store.FeedHead{HistoryID: text[0], Position: store.Position{Number: number, Mark: store.Mark(mark)}}, nil
}

// words are how the scripts take and compare a position: as text, because their
// numbers hold 53 bits.
func words(h store.FeedHead) []any {
	return append([]any{h.HistoryID}, place(h.Position)...)
}

func place(p store.Position) []any {
	return []any{strconv.FormatInt(p.Number, 10), strconv.FormatInt(int64(p.Mark), 10)}
}

// Append adds the entries, in several steps if they are many; each moves the
// marker as far as its own entries go.
func (b *BlockList) Append(ctx context.Context, s cluster.Stretch) error {
	from, left := s.From, s.Revocations
	for {
		rows, to := left, s.To
		if len(left) > batchSize {
			rows = left[:batchSize]
			to = rows[batchSize-1].Position()
		}
		keys, args := b.entries(s.From.HistoryID, rows)
		args = slices.Concat(words(from), place(to), args)
		if err := b.run(ctx, b.add, keys, args, (*goredis.Cmd).Err); err != nil {
			return fmt.Errorf("add to the block-list: %w", err)
		}
		if left = left[len(rows):]; len(left) == 0 {
			return nil
		}
		from.Position = to
	}
}

// Fill adds every stretch and sets the marker.
func (b *BlockList) Fill(ctx context.Context, seen store.FeedHead, all iter.Seq2[cluster.Stretch, error]) error {
	if !b.policy.keeps(ctx) {
		return errEvicts
	}
	filler, lease := id.Random(), fillLease.Milliseconds()
	if err := b.step(ctx, b.begin, nil, append([]any{filler, lease}, words(seen)...)...); err != nil {
		return err
	}
	batches, to := 0, store.FeedHead{}
	for s, err := range all {
		if err != nil {
			b.giveUp(ctx, filler)
			return err
		}
		to = store.FeedHead{HistoryID: s.From.HistoryID, Position: s.To}
		for rows := range slices.Chunk(s.Revocations, batchSize) {
			keys, args := b.entries(to.HistoryID, rows)
			if err := b.step(ctx, b.batch, keys, append([]any{filler, lease, batches}, args...)...); err != nil {
				b.giveUp(ctx, filler)
				return err
			}
			batches++
		}
	}
	err := b.step(ctx, b.finish, nil, append([]any{filler, batches}, words(to)...)...)
	if err != nil {
		b.giveUp(ctx, filler)
	}
	return err
}

// giveUp lets others fill at once.
func (b *BlockList) giveUp(ctx context.Context, filler string) {
	_ = b.step(context.WithoutCancel(ctx), b.abandon, nil, filler) // the lease ends by itself
}

// step runs a script that answers whether it may go on.
func (b *BlockList) step(ctx context.Context, script *goredis.Script, keys []string, args ...any) error {
	var done int64
	err := b.run(ctx, script, keys, args, func(c *goredis.Cmd) (err error) {
		done, err = c.Int64()
		return err
	})
	if err != nil {
		return fmt.Errorf("fill the block-list: %w", err)
	}
	if done == 0 {
		return cluster.ErrFilling
	}
	return nil
}

// run gives a script the keys and arguments that all of them begin with.
func (b *BlockList) run(
	ctx context.Context, script *goredis.Script, keys []string, args []any, take func(*goredis.Cmd) error,
) error {
	keys = append([]string{b.prefix + completeKey, b.prefix + fillingKey}, keys...)
	args = append([]any{b.clock.Now().Unix(), clocksApart}, args...)
	return b.link.do(ctx, forBlockList, func(ctx context.Context) error {
		return take(script.Run(ctx, b.link.calls, keys, args...))
	})
}

func (b *BlockList) entry(history string, kind store.RevocationKind, subject string) string {
	return b.prefix + history + ":" + string(kind) + ":" + subject
}

// entries gives keys, and an epoch and a lifetime for each. What has expired is
// left out.
func (b *BlockList) entries(history string, rows []store.Revocation) (keys []string, args []any) {
	now := b.clock.Now()
	for _, r := range rows {
		life := r.ExpiresAt.Sub(now).Milliseconds()
		if life <= 0 {
			continue
		}
		keys = append(keys, b.entry(history, r.Kind, r.Subject))
		args = append(args, r.Epoch, life)
	}
	return keys, args
}
