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
)

// BlockList implements cluster.BlockList in Redis.
//
// # Keys
//
//	block:<history>:<kind>:<subject>  an entry: the epoch, or 0; lives as long
//	                                  as the revocation
//	block:complete                    the mark: history, number
//	block:filling                     the right to fill: filler, batches so far
//
// Entries carry the history, so that a database that was restored or moved does
// not meet its former self. A version that knows more kinds of revocations must
// give the mark another name: this one would not look for them.
//
// # Why the mark never stands without its entries
//
// Every script is one atomic step, also for replicas and for what is written to
// disk. The mark moves only in the step that adds the entries it moves over, and
// is set only by a filler all of whose batches are there. So whatever is lost
// from the end (a replica that lagged takes over, a server starts from an old
// file), entries and the moves of the mark over them are lost together; and
// whatever is lost as a whole (FLUSHALL, an empty start) takes the mark along,
// and the right to fill.
//
// Two things could take entries from under the mark. A server that is told to
// evict keys when its memory is full does: so the policy is read again and
// again, and unless it is noeviction, the mark is not believed. And a server
// whose clock leaps lets entries expire: so each script compares the clocks, and
// removes the mark if they are far apart.
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
		link: l, prefix: prefix, clock: clk, policy: policy{link: l, key: prefix + "complete", clock: clk, log: log},
		look: goredis.NewScript(lookScript), add: goredis.NewScript(appendScript),
		begin: goredis.NewScript(beginScript), batch: goredis.NewScript(batchScript),
		finish: goredis.NewScript(finishScript), abandon: goredis.NewScript(abandonScript),
	}
}

// Look reads the suspect's entries and the mark in one script.
func (b *BlockList) Look(ctx context.Context, history string, s cluster.Suspect) (cluster.Sight, error) {
	keys := []string{
		b.entry(history, store.RevokedToken, s.Token), b.entry(history, store.RevokedSession, s.Session),
		b.entry(history, store.RevokedUser, s.User),
	}
	var answer []any
	err := b.run(ctx, b.look, keys, []any{s.Epoch}, func(c *goredis.Cmd) (err error) {
		answer, err = c.Slice()
		return err
	})
	if err != nil {
		return cluster.Sight{}, fmt.Errorf("look at the block-list: %w", err)
	}
	if len(answer) != 3 {
		return cluster.Sight{}, errAnswer
	}
	if hit, ok := answer[0].(int64); !ok || hit != 0 {
		return cluster.Sight{Revoked: ok}, nil
	}
	mark, err := markOf(answer[1], answer[2])
	if err != nil || !b.policy.keeps(ctx) {
		return cluster.Sight{}, err
	}
	return cluster.Sight{Mark: mark}, nil
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

// Mark reads the mark.
func (b *BlockList) Mark(ctx context.Context) (mark cluster.Mark, err error) {
	err = b.link.do(ctx, func(ctx context.Context) error {
		values, err := b.link.calls.HMGet(ctx, b.prefix+"complete", "history", "number").Result()
		if err == nil && values[0] != nil {
			mark, err = markOf(values[0], values[1])
		}
		return err
	})
	if err != nil {
		return cluster.Mark{}, fmt.Errorf("read the mark of the block-list: %w", err)
	}
	return mark, nil
}

var errAnswer = errors.New("block-list: an answer that makes no sense")

func markOf(history, number any) (cluster.Mark, error) {
	h, ok1 := history.(string)
	text, ok2 := number.(string)
	n, err := strconv.ParseInt(text, 10, 64)
	if !ok1 || !ok2 || err != nil {
		return cluster.Mark{}, errAnswer
	}
	return cluster.Mark{History: h, Number: n}, nil
}

// Append adds the entries, in several steps if they are many; each moves the
// mark as far as its own entries go.
func (b *BlockList) Append(ctx context.Context, s cluster.Stretch) error {
	from := s.From
	for rows := range chunks(s.Revocations) {
		to := s.To
		if last := rows[len(rows)-1].Number; last < s.Revocations[len(s.Revocations)-1].Number {
			to = last
		}
		if err := b.append(ctx, s.History, from, to, rows); err != nil {
			return err
		}
		from = to
	}
	if len(s.Revocations) == 0 {
		return b.append(ctx, s.History, from, s.To, nil)
	}
	return nil
}

func (b *BlockList) append(ctx context.Context, history string, from, to int64, rows []store.Revocation) error {
	keys, args := b.entries(history, rows)
	err := b.run(ctx, b.add, keys, append([]any{history, from, to}, args...), (*goredis.Cmd).Err)
	if err != nil {
		return fmt.Errorf("add to the block-list: %w", err)
	}
	return nil
}

// chunks gives rows in pieces of at most batchSize.
func chunks(rows []store.Revocation) iter.Seq[[]store.Revocation] {
	return slices.Chunk(rows, batchSize)
}

// Fill adds every page and sets the mark.
func (b *BlockList) Fill(
	ctx context.Context, seen, mark cluster.Mark, pages iter.Seq2[[]store.Revocation, error],
) error {
	if !b.policy.keeps(ctx) {
		return errEvicts
	}
	filler, lease := id.Random(), fillLease.Milliseconds()
	if err := b.step(ctx, b.begin, nil, filler, lease, seen.History, strconv.FormatInt(seen.Number, 10)); err != nil {
		return err
	}
	batches := 0
	for rows, err := range pages {
		if err != nil {
			b.giveUp(ctx, filler)
			return err
		}
		for rows := range chunks(rows) {
			keys, args := b.entries(mark.History, rows)
			if err := b.step(ctx, b.batch, keys, append([]any{filler, lease, batches}, args...)...); err != nil {
				b.giveUp(ctx, filler)
				return err
			}
			batches++
		}
	}
	err := b.step(ctx, b.finish, nil, filler, batches, mark.History, strconv.FormatInt(mark.Number, 10))
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
	keys = append([]string{b.prefix + "complete", b.prefix + "filling"}, keys...)
	args = append([]any{b.clock.Now().Unix(), clocksApart}, args...)
	return b.link.do(ctx, func(ctx context.Context) error {
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
