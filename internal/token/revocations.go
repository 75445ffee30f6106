package token

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/cluster"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Defaults of RevocationsOptions.
const (
	DefaultMaxStaleness = 2 * time.Second
	DefaultPoll         = 500 * time.Millisecond
	DefaultMaxEntries   = 1_000_000
)

const (
	// entryMargin is how much longer than any token an entry lives.
	entryMargin = keys.Leeway + 120*time.Second
	// rowMargin is how much longer an entry stays in SQL.
	rowMargin = time.Hour

	askLimit     = 1500 * time.Millisecond // of a check that needs SQL
	lookLimit    = 2 * time.Second         // of one statement of a look
	commitLimit  = time.Second             // of catching up after a commit
	rebuildEvery = 30 * time.Second        // for a list that was too long to hold
	publishLimit = 100 * time.Millisecond
	publishSlots = 16   // publishings that may hang at once
	pageSize     = 1000 // rows per statement
	sweepSize    = 4096 // entries per hold of the lock
	clockSlack   = time.Second
	// newsEvery is how often news makes the list look at most: the database must
	// not work harder because somebody fills Redis with news.
	newsEvery = 25 * time.Millisecond
)

// RevocationsOptions says what a list needs. Store, Feed, Clock, Log and
// AccessTokenTTL must be set.
type RevocationsOptions struct {
	Store          *store.Store
	Feed           cluster.Feed
	Clock          clock.Clock
	Log            *slog.Logger
	AccessTokenTTL time.Duration
	MaxStaleness   time.Duration // DefaultMaxStaleness if 0
	Poll           time.Duration // DefaultPoll if 0
	MaxEntries     int           // DefaultMaxEntries if 0
	// Strict reads the feed's row, by primary key, for each check, and lets the
	// block-list or memory answer only if they hold all up to that number.
	// Without it a check may be up to one poll behind what another instance
	// committed.
	Strict bool
	// BlockList is what strict checks of many instances share; nil for none. It
	// is not used without Strict.
	BlockList cluster.BlockList
}

// Revocations is the revocation list. SQL is the truth; this is a copy in
// memory that knows how good it is.
//
// # Positions
//
// Every revocation has a number, and numbers are committed in order: a list that
// has read the feed's number N, and then all rows above the number it held, has
// missed nothing up to N. The list reads the feed's row by primary key every
// 500 ms, or a little sooner, and pulls what is new.
//
// A number alone is no position. A fail-over that loses the last commits, or a
// restored backup, gives numbers out twice, and a list that has applied the
// first N would never read the second. So 64 random bits, the mark, are drawn
// with each number, and the list remembers both. It begins again at 0 if it
// finds another history; a number below its own; its own number with another
// mark; or, at a higher number, another mark in its own place, or no row there
// although it has not expired. A page of rows holds the row that it follows and
// the feed's row, read in the same statement: the first says that the page
// follows what was read before, the second how far the last page goes, and a
// fail-over between two statements is found. Where the list's own row has expired
// and was purged, neither can be told, and the list reads from 0 what has not
// expired.
//
// Beginning again, the list reads every unexpired row, is not fresh until it
// has, and drops nothing meanwhile or afterwards: what was revoked once stays
// revoked until it expires, whatever a database forgets. The list also begins
// again when the wall clock and the monotonic clock part, because entries may
// have been dropped by a wrong time.
//
// Rows of instances of an earlier version have no mark, and the feed's mark then
// belongs to an earlier number, which the feed's row says. Such a position says
// no more than its number, until the next mark is drawn.
//
// # News
//
// News from other instances, through Redis, may be lost, doubled, out of order
// or forged. Its entries are added at once, for no longer than an entry of this
// moment lives, and the list looks at SQL now. The position moves only by what
// SQL says: by a look, or by a commit of this instance whose transaction read
// the list's own position as the one that it follows.
//
// # Checking
//
// An entry is a no, however old the list is. No entry is a yes only while the
// list is complete and fresh: the start of the last read whose rows are all
// applied is at most MaxStaleness ago by the monotonic clock, and the wall clock
// agrees (a suspended machine stops the monotonic one). Otherwise SQL answers,
// by primary key; and if it does not within 1.5 s, the answer is
// fault.ErrUnavailable.
//
// A strict check looks at the block-list first: an entry there is a no. No entry
// there is a yes only if the position up to which the list is complete, seen at
// the same instant, equals the feed's row, read afterwards, mark and all. Else
// memory answers if it has caught up with that row, and SQL if it could not. That
// something is absent from the block-list means nothing alone: it may have been
// wiped.
//
// # Lifetimes
//
// An entry lives until the longest access token that was ever configured has
// expired, plus the leeway and 120 s. That lifetime is kept in SQL, so that a
// shorter setting does not let older tokens outlive their entries. Nothing is
// evicted: above MaxEntries, checks that memory cannot answer go to SQL. A row
// stays in SQL for an hour more, so that a list which was held up for long still
// finds the mark in its own place.
//
// # Committing
//
// [Revocations.Committed] applies what this instance committed before it
// returns, then tells the others and the block-list, for at most 100 ms. Telling
// cannot fail a logout; what the block-list missed is added by the next instance
// that compares its position with the feed's, which all do at every poll.
//
// It is safe for concurrent use.
type Revocations struct {
	opts    RevocationsOptions
	tick    func() reading // the two clocks; replaced in tests
	perPage int            // rows per statement; fewer in tests
	nudge   chan struct{}  // asks Run to look now
	looking chan struct{}  // has room for one: whoever filled it may look
	publish chan struct{}  // room for publishings under way
	longest atomic.Int64   // seconds: the longest lifetime of access tokens ever
	started atomic.Uint64  // looks that were begun
	untold  atomic.Bool    // the last publishing failed; the log heard of it

	mu      sync.RWMutex // guards what follows
	seen    *view
	at      place
	moved   chan struct{}  // closed when at changes
	built   bool           // seen holds all up to at, unless it is partial
	asOf    reading        // start of the last read that was applied completely
	looked  uint64         // the last look that succeeded
	stale   uint64         // the last look that found that the list must be built anew
	feed    store.FeedHead // the feed's row as the later of the two read it
	builtAt time.Duration
}

// place is where a list stands in the feed. Its own row is there until then, if
// it is known to be.
type place struct {
	store.FeedHead
	until time.Time
}

// origin is the place before the first entry.
func origin(history string) place { return place{FeedHead: store.FeedHead{HistoryID: history}} }

// placeOf is the place of an entry.
func placeOf(history string, r store.Revocation) place {
	return place{FeedHead: store.FeedHead{HistoryID: history, Position: r.Position()}, until: r.ExpiresAt}
}

// contradicts reports whether the feed's row cannot be a later state of what
// the list has followed to its place.
func (p place) contradicts(head store.FeedHead) bool {
	return head.HistoryID != p.HistoryID || head.Number < p.Number || head.Number == p.Number && head.Mark != p.Mark
}

// follow takes the row of the place itself from the front of a page that was
// read from there on. It returns errLost if the page follows another row, and
// errPurged if the row is gone because its time was over.
func (p place) follow(page store.FeedPage, now time.Time) ([]store.Revocation, error) {
	rows := page.Revocations
	switch {
	case p.contradicts(page.Head):
		return nil, errLost
	case p.Number == 0:
		return rows, nil
	case len(rows) == 0 || rows[0].Number != p.Number:
		if now.Before(p.until) {
			return nil, errLost
		}
		return nil, errPurged
	case rows[0].Mark != p.Mark:
		return nil, errLost
	}
	return rows[1:], nil
}

// reading is what the two clocks say.
type reading struct {
	mono time.Duration
	wall time.Time // without monotonic part
}

// agrees reports whether both clocks went on by the same time since earlier.
func (r reading) agrees(earlier reading) bool {
	mono := r.mono - earlier.mono
	apart := r.wall.Sub(earlier.wall) - mono
	return mono >= 0 && apart.Abs() <= clockSlack
}

// NewRevocations returns a list that knows nothing until [Revocations.Start];
// until then every check goes to SQL.
func NewRevocations(o RevocationsOptions) *Revocations {
	if o.MaxStaleness == 0 {
		o.MaxStaleness = DefaultMaxStaleness
	}
	if o.Poll == 0 {
		o.Poll = DefaultPoll
	}
	if o.MaxEntries == 0 {
		o.MaxEntries = DefaultMaxEntries
	}
	born := o.Clock.Now()
	l := &Revocations{
		opts: o,
		tick: func() reading {
			now := o.Clock.Now()
			return reading{mono: now.Sub(born), wall: now.Round(0)}
		},
		perPage: pageSize,
		nudge:   make(chan struct{}, 1),
		looking: make(chan struct{}, 1),
		publish: make(chan struct{}, publishSlots),
		moved:   make(chan struct{}),
		seen:    newView(o.MaxEntries),
	}
	l.learnLongest(0)
	return l
}

// Start records the configured lifetime if it is the longest yet, and reads the
// counter and every unexpired entry. The program is not ready before.
//
// When it makes the lifetime longer it waits for MaxStaleness: the other
// instances read the fact at every poll, and must know it before the first
// longer-lived token is issued, lest the entries they write be too short.
func (l *Revocations) Start(ctx context.Context) error {
	facts := l.opts.Store.Direct().Facts
	before, err := facts.Number(ctx, store.FactAccessTokenTTL)
	if err != nil {
		return fmt.Errorf("read longest token lifetime: %w", err)
	}
	if mine := wholeSeconds(l.opts.AccessTokenTTL); mine > before {
		if err := facts.Raise(ctx, store.FactAccessTokenTTL, mine); err != nil {
			return fmt.Errorf("record longest token lifetime: %w", err)
		}
		if before > 0 {
			if !clock.Sleep(ctx, l.opts.MaxStaleness) {
				return ctx.Err()
			}
		}
	}
	if _, err := l.catchUp(ctx, true); err != nil {
		return fmt.Errorf("read revocation list: %w", err)
	}
	return nil
}

func wholeSeconds(d time.Duration) int64 {
	return int64((d + time.Second - 1) / time.Second)
}

func (l *Revocations) learnLongest(seconds int64) {
	l.longest.Store(max(seconds, l.longest.Load(), wholeSeconds(l.opts.AccessTokenTTL)))
}

// New makes a revocation of subject at a time, to be appended by the
// transaction that revokes. The epoch counts for store.RevokedUser and
// store.RevokedClient.
func (l *Revocations) New(kind store.RevocationKind, subject string, epoch int64, at time.Time) *store.Revocation {
	return &store.Revocation{Kind: kind, Subject: subject, Epoch: epoch, RevokedAt: at, ExpiresAt: l.expiry(at)}
}

// expiry is when an entry of a time is over.
func (l *Revocations) expiry(at time.Time) time.Time {
	return at.Add(time.Duration(l.longest.Load())*time.Second + entryMargin)
}

// Applied says up to which position of which history the list holds every entry.
func (l *Revocations) Applied() store.FeedHead {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.at.FeedHead
}

// whereabouts is a place in the feed, and the start of the read that found every
// entry up to it.
type whereabouts struct {
	store.FeedHead
	asOf reading
}

// stands says where the list stands, and gives a channel that is closed when it
// moves on. It is not fresh while SQL must be asked what is new.
func (l *Revocations) stands() (here whereabouts, moved <-chan struct{}, fresh bool) {
	now := l.tick()
	l.mu.RLock()
	defer l.mu.RUnlock()
	return whereabouts{l.at.FeedHead, l.asOf}, l.moved, l.built && l.recent(now)
}

// move puts the list in a place; the caller holds mu.
func (l *Revocations) move(to place) {
	if l.at.FeedHead != to.FeedHead {
		close(l.moved)
		l.moved = make(chan struct{})
	}
	l.at = to
}

// Fresh reports whether memory alone may answer checks.
func (l *Revocations) Fresh() bool {
	now := l.tick()
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.fresh(now)
}

// fresh is Fresh; the caller holds mu.
func (l *Revocations) fresh(now reading) bool {
	return l.complete() && l.recent(now)
}

// recent reports whether the last look began a short while ago, by both clocks; the
// caller holds mu.
func (l *Revocations) recent(now reading) bool {
	return now.agrees(l.asOf) &&
		now.mono-l.asOf.mono <= l.opts.MaxStaleness &&
		now.wall.Sub(l.asOf.wall) <= l.opts.MaxStaleness
}

// complete reports whether every entry up to the list's place is held; the
// caller holds mu.
func (l *Revocations) complete() bool { return l.built && !l.seen.partial }

// Maintain deletes entries from SQL that expired an hour ago, in batches. Calling
// it twice, or on many instances at once, is harmless. Both this clock and the
// database's must say that an entry is over.
func (l *Revocations) Maintain(ctx context.Context) error {
	const batches = 100
	told, err := l.opts.Store.Now(ctx)
	if err != nil {
		return fmt.Errorf("read database time: %w", err)
	}
	before := l.opts.Clock.Now()
	if told.Before(before) {
		before = told
	}
	for range batches {
		n, err := l.opts.Store.Direct().Revocations.Purge(ctx, before.Add(-rowMargin), pageSize)
		if err != nil {
			return fmt.Errorf("purge revocations: %w", err)
		}
		if n < pageSize {
			break
		}
	}
	return nil
}
