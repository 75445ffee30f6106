// Package seal owns the proof that the audit log was not changed: it gives each
// event a leaf of a Merkle tree, signs the heads of that tree, and compares all of
// it with what the database holds.
//
// # Leaf, tree, head
//
// An event is listed in audit_unsealed by the transaction that records it. Every
// instance seals: it takes what is listed, gives each event the next leaf
// ([Leaf]) of an RFC 6962 tree, stores the hashes and takes the events off the list,
// in one transaction of at most [most] leaves that holds the tree by a
// compare-and-set on its size. By the list and not by order of ids: those who commit
// late carry earlier ids. A process that is killed anywhere loses and doubles
// nothing.
//
// A head is a C2SP signed note (tlog-checkpoint) over origin, size and root, signed
// with an Ed25519 key of the log's own, at most once a minute. Heads stand in
// audit_heads, in the program's log, and in a file if the operator names one.
// Somebody who keeps an old head can show later that the log was rewritten.
//
// # What ends a tree
//
// Each tree has a random id in its origin. Restoring a backup closes the tree and
// begins another, whose first leaf says so; the key stays. A copied database keeps
// its tree. Should a head that left the house be larger than the tree, or not be one
// of it, nothing is sealed or signed any more until the operator begins another tree
// ([Log.NewTree]): a log that goes on would hide that it was rewritten.
//
// # What it does not show
//
// An event that was forged before it was sealed is sealed as it is, and one that was
// deleted within the seconds before leaves its entry on the list alone. Whoever has
// the database and the secret key can sign what they like: heads that are kept
// elsewhere, and the key that was written down, tell.
//
// This package never changes an event.
package seal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	most       = 1000             // leaves of one transaction
	sealEvery  = time.Second      // an event is sealed within two
	sweepEvery = time.Hour        // old instances write during a rolling upgrade
	sweepBack  = 48 * time.Hour   // for so long
	lateness   = 10 * time.Minute // how late an event may be committed and be found at once
	headEvery  = time.Minute
	failsFor   = time.Minute // sealing may fail for so long before it is told
	lastWithin = 3 * time.Second
)

// ErrRewritten is returned while nothing is sealed: a head that left the house does
// not fit the log that the database holds.
var ErrRewritten = errors.New("the audit log is not the one that was signed before")

// errMoved says that another instance was faster.
var errMoved = errors.New("the tree has grown meanwhile")

// Options says what a log needs.
type Options struct {
	Store   *store.Store
	Keyring *secret.Keyring
	Clock   clock.Clock
	Log     *slog.Logger
	// HeadFile is where the newest head is written; nowhere if empty.
	HeadFile string
}

// Log seals events. It is safe for concurrent use.
type Log struct {
	opts    Options
	trouble atomic.Pointer[error]
	failing atomic.Pointer[failure]

	mu      sync.Mutex // one turn at a time in this process
	wholeAt time.Time  // when the list was last read from its beginning
	sweptAt time.Time
	headAt  time.Time // when heads were last looked after
	written string    // the head in the file
}

// New returns a log. Its first tree and its key are made when they are needed.
func New(o Options) *Log { return &Log{opts: o} }

// tree is the last tree; the first is made here. Of instances that start at once one
// makes it.
func (l *Log) tree(ctx context.Context) (store.AuditTree, error) {
	trees := l.opts.Store.Direct().AuditTrees
	tree, err := trees.Last(ctx)
	if errors.Is(err, store.ErrNotFound) {
		err = trees.Insert(ctx, store.AuditTree{Number: 1, ID: newTreeID(), BeganAt: l.opts.Clock.Now()})
		if err == nil || errors.Is(err, store.ErrTaken) {
			tree, err = trees.Last(ctx)
		}
	}
	if err != nil {
		return tree, fmt.Errorf("read the tree of the audit log: %w", err)
	}
	return tree, nil
}

func newTreeID() string { return secret.Encode(secret.Bytes(16)) }

// failure is why turns fail, and since when.
type failure struct {
	since time.Time
	err   error
}

// Trouble says why nothing is sealed, or nil: the log is not the one that was signed,
// or no turn has done its work for a minute, whatever keeps it from that.
func (l *Log) Trouble() error {
	if err := l.trouble.Load(); err != nil {
		return *err
	}
	if f := l.failing.Load(); f != nil && l.opts.Clock.Now().Sub(f.since) >= failsFor {
		return fmt.Errorf("nothing was sealed since %s: %w", f.since.UTC().Format(time.RFC3339), f.err)
	}
	return nil
}

// came notes what a turn came to.
func (l *Log) came(err error) {
	if err == nil {
		l.failing.Store(nil)
		return
	}
	now := failure{l.opts.Clock.Now(), err}
	if before := l.failing.Load(); before != nil {
		now.since = before.since
	}
	l.failing.Store(&now)
}

// Run seals, sweeps and signs until ctx is done, and seals once more then. What
// fails is logged and tried again.
func (l *Log) Run(ctx context.Context) error {
	tick := time.NewTicker(sealEvery)
	defer tick.Stop()
	for {
		if err := l.Turn(ctx); err != nil && ctx.Err() == nil {
			l.opts.Log.ErrorContext(ctx, "audit log not sealed", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return l.last(ctx)
		case <-tick.C:
		}
	}
}

// last seals what the last requests recorded, so that a stopped server leaves a
// database that is sealed.
func (l *Log) last(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWithin)
	defer cancel()
	if err := l.Seal(ctx); err != nil {
		l.opts.Log.WarnContext(ctx, "the last events are sealed by the next start", slog.Any("error", err))
	}
	return nil
}

// Turn does what is due now.
func (l *Log) Turn(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.turn(ctx)
	l.came(err)
	if errors.Is(err, errMoved) {
		l.headAt = time.Time{} // the tree does not grow: the next turn looks why
	}
	return err
}

func (l *Log) turn(ctx context.Context) error {
	now := l.opts.Clock.Now()
	look := l.headAt.IsZero() || now.Sub(l.headAt) >= headEvery || now.Before(l.headAt)
	if look {
		if err := l.compare(ctx); err != nil {
			return err
		}
	}
	if l.trouble.Load() != nil {
		return nil // it was told when it was found, and health tells it
	}
	if l.sweptAt.IsZero() || now.Sub(l.sweptAt) >= sweepEvery {
		if err := l.sweep(ctx); err != nil {
			return err
		}
		l.sweptAt = now
	}
	if err := l.drain(ctx); err != nil {
		return err
	}
	if !look {
		return nil
	}
	published, err := l.publish(ctx)
	if published {
		l.headAt = now
	}
	return err
}

// Seal seals what is listed, before a command or a server ends.
func (l *Log) Seal(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if listed, err := l.opts.Store.Direct().AuditUnsealed.Peek(ctx, "", 1); err != nil || len(listed) == 0 {
		return err
	}
	if err := l.compare(ctx); err != nil {
		return err
	}
	if err := l.trouble.Load(); err != nil {
		return *err
	}
	l.wholeAt = time.Time{}
	return l.drain(ctx)
}

// drain seals what is listed. Only now and then is the list read from its beginning,
// for a database that deletes keeps what it deleted for a while.
func (l *Log) drain(ctx context.Context) error {
	now := l.opts.Clock.Now()
	after := id.FirstAt(now.Add(-lateness))
	whole := l.wholeAt.IsZero() || now.Sub(l.wholeAt) >= lateness || now.Before(l.wholeAt)
	if whole {
		after = ""
	}
	for {
		listed, err := l.opts.Store.Direct().AuditUnsealed.Peek(ctx, after, 1)
		if err != nil {
			return fmt.Errorf("read events that are not sealed: %w", err)
		}
		if len(listed) == 0 {
			break
		}
		sealed := 0
		if err := store.Again(ctx, errMoved, func(ctx context.Context) (err error) {
			sealed, err = l.grow(ctx, func(ctx context.Context, tx *store.Tx) ([]store.AuditEvent, error) {
				return tx.AuditUnsealed.List(ctx, after, most)
			}, true)
			return err
		}); err != nil {
			return fmt.Errorf("seal events: %w", err)
		}
		if sealed == 0 {
			break // another did, or what is listed is gone
		}
	}
	if whole {
		l.wholeAt = now
	}
	return nil
}

// sweep seals events that nobody has listed, as earlier versions write them: at the
// first start those of all time, in the order of their ids, later those of two days.
func (l *Log) sweep(ctx context.Context) error {
	direct := l.opts.Store.Direct()
	swept, err := direct.Facts.Number(ctx, store.FactAuditSwept)
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	after := ""
	if swept != 0 {
		after = id.FirstAt(l.opts.Clock.Now().Add(-sweepBack))
	}
	for {
		page, err := direct.AuditLeaves.Standing(ctx, after, most)
		if err != nil {
			return fmt.Errorf("sweep: %w", err)
		}
		if len(unlisted(page)) > 0 {
			if err := l.sealUnlisted(ctx, after); err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
			if err := l.drain(ctx); err != nil { // events of now do not wait for those of years
				return err
			}
		}
		if len(page) < most {
			return direct.Facts.Raise(ctx, store.FactAuditSwept, 1)
		}
		after = page[len(page)-1].Event.ID
	}
}

// sealUnlisted reads a page again while it holds the tree: nobody else seals then.
func (l *Log) sealUnlisted(ctx context.Context, after string) error {
	return store.Again(ctx, errMoved, func(ctx context.Context) error {
		_, err := l.grow(ctx, func(ctx context.Context, tx *store.Tx) ([]store.AuditEvent, error) {
			page, err := tx.AuditLeaves.Standing(ctx, after, most)
			return unlisted(page), err
		}, false)
		return err
	})
}

func unlisted(page []store.Standing) (events []store.AuditEvent) {
	for _, s := range page {
		// Those of this version carry a commitment and are listed as they are recorded:
		// what is neither listed nor sealed was inserted, and verify says so.
		if !s.Sealed && !s.Listed && s.Event.Commitment == "" {
			events = append(events, s.Event)
		}
	}
	return events
}

// grow appends the events that choose gives while it holds the tree, and says how
// many.
func (l *Log) grow(
	ctx context.Context, choose func(context.Context, *store.Tx) ([]store.AuditEvent, error), listed bool,
) (sealed int, err error) {
	tree, err := l.tree(ctx)
	if err != nil {
		return 0, err
	}
	err = l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		sealed = 0
		held, err := tx.AuditTrees.Hold(ctx, tree)
		if err != nil {
			return err
		}
		if !held {
			return errMoved
		}
		events, err := choose(ctx, tx)
		if err != nil || len(events) == 0 {
			return err
		}
		if err := appendLeaves(ctx, tx, tree, events); err != nil {
			return err
		}
		sealed = len(events)
		if !listed {
			return nil
		}
		return unlist(ctx, tx, events)
	})
	return sealed, err
}

// unlist takes sealed events off the list; all of them must be on it.
func unlist(ctx context.Context, tx *store.Tx, events []store.AuditEvent) error {
	if len(events) == 0 {
		return nil
	}
	ids := make([]string, len(events))
	for n, e := range events {
		ids[n] = e.ID
	}
	dropped, err := tx.AuditUnsealed.Delete(ctx, ids)
	if err == nil && dropped != len(ids) {
		err = fmt.Errorf("%d events were sealed and %d of them were listed", len(ids), dropped)
	}
	return err
}

// appendLeaves gives events the next leaves of a tree that the transaction holds.
func appendLeaves(ctx context.Context, tx *store.Tx, tree store.AuditTree, events []store.AuditEvent) error {
	known := newHashes(ctx, tx, tree.ID)
	leaves := make([]store.AuditLeaf, len(events))
	var nodes []store.AuditHash
	for n, e := range events {
		leaf := tree.Size + int64(n)
		made, err := known.completed(leaf, leafHash(e))
		if err != nil {
			return err
		}
		leaves[n] = store.AuditLeaf{TreeID: tree.ID, Leaf: leaf, EventID: e.ID, Hash: made[0].Hash, Commitment: e.Commitment}
		nodes = append(nodes, made[1:]...)
	}
	if err := tx.AuditLeaves.Insert(ctx, leaves); err != nil {
		return fmt.Errorf("insert leaves: %w", err)
	}
	if err := tx.AuditHashes.Insert(ctx, tree.ID, nodes); err != nil {
		return fmt.Errorf("insert hashes: %w", err)
	}
	grown, err := tx.AuditTrees.Grow(ctx, tree, len(events))
	if err == nil && !grown {
		err = errMoved
	}
	return err
}

// NewTree closes the tree and begins another, whose first leaf says why: an
// operator knows that the log is not the one that was signed before, and goes on.
func (l *Log) NewTree(ctx context.Context, trail *audit.Trail, reason string) (store.AuditTree, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.tree(ctx); err != nil {
		return store.AuditTree{}, err
	}
	var begun store.AuditTree
	err := l.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		begun, err = Begin(ctx, tx, trail, l.opts.Clock.Now(), audit.Event{
			Kind: audit.KindTreeBegun, Outcome: audit.Success, Details: map[string]any{"reason": reason},
		})
		return err
	})
	if err != nil {
		return begun, fmt.Errorf("begin another tree: %w", err)
	}
	l.trouble.Store(nil)
	l.wholeAt, l.written = time.Time{}, ""
	return begun, nil
}

// Begin closes the last tree, if there is one, and begins another, whose first leaf
// is the event. Its details get origin, size and root of the closed tree.
func Begin(ctx context.Context, tx *store.Tx, trail *audit.Trail, now time.Time, e audit.Event) (store.AuditTree, error) {
	next := store.AuditTree{Number: 1, ID: newTreeID(), BeganAt: now.UTC().Truncate(time.Microsecond)}
	last, err := tx.AuditTrees.Last(ctx)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return next, err
	default:
		if err := closeTree(ctx, tx, last, now, e.Details); err != nil {
			return next, err
		}
		next.Number = last.Number + 1
	}
	if err := tx.AuditTrees.Insert(ctx, next); err != nil {
		return next, err
	}
	recorded, err := trail.Recorded(ctx, tx, e)
	if err != nil {
		return next, err
	}
	if held, err := tx.AuditTrees.Hold(ctx, next); err != nil || !held {
		return next, errors.Join(err, errMoved)
	}
	if err := appendLeaves(ctx, tx, next, []store.AuditEvent{recorded}); err != nil {
		return next, err
	}
	next.Size = 1
	return next, unlist(ctx, tx, []store.AuditEvent{recorded})
}

// Append records an event and seals it at once, where no server runs that would. A
// log without a tree, or whose tree is closed, is left to the next start.
func Append(ctx context.Context, tx *store.Tx, trail *audit.Trail, e audit.Event) error {
	recorded, err := trail.Recorded(ctx, tx, e)
	if err != nil {
		return err
	}
	tree, err := tx.AuditTrees.Last(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if held, err := tx.AuditTrees.Hold(ctx, tree); err != nil || !held {
		return err
	}
	if err := appendLeaves(ctx, tx, tree, []store.AuditEvent{recorded}); err != nil {
		return err
	}
	return unlist(ctx, tx, []store.AuditEvent{recorded})
}

// closeTree ends a tree and writes into details what it was.
func closeTree(ctx context.Context, tx *store.Tx, last store.AuditTree, now time.Time, details map[string]any) error {
	if last.ClosedAt.IsZero() {
		closed, err := tx.AuditTrees.Close(ctx, last, now)
		if err == nil && !closed {
			err = errMoved
		}
		if err != nil {
			return err
		}
	}
	details["closed_origin"], details["closed_size"] = origin(last.ID), last.Size
	root, err := treeHash(last.Size, newHashes(ctx, tx, last.ID))
	if err != nil {
		details["closed_root"] = unknownRoot // its hashes are gone or damaged: verify says which
		return nil                           //nolint:nilerr // a damaged log must not keep a restored database from being marked
	}
	details["closed_root"] = root
	return nil
}
