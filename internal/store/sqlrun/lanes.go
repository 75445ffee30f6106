package sqlrun

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/engine"
)

// Options say how lanes are opened. The zero value is good.
type Options struct {
	// Connections is how many connections a server is asked for at most; 16 if
	// zero. SQLite has one that writes and some that read.
	Connections int

	// Patience is how long a call waits in all, for its turn and between tries
	// after a conflict; 1.5 s if zero.
	Patience time.Duration

	// Guard says why nothing may be written, before and after each write; nil
	// where there is nothing to guard. What it refuses afterwards was written,
	// but nobody may rely on it.
	Guard func() error

	// Observe hears of each use of a statement, from whoever uses it; nil but in
	// tests.
	Observe func(*Statement)
}

// Timing is how long a server is waited for: 2 s for a call, less what the
// answer takes.
func (o Options) Timing() engine.Timing {
	p := cmp.Or(o.Patience, patience)
	return engine.Timing{Limit: p + 400*time.Millisecond, Lock: max(p/3, 500*time.Millisecond)}
}

// defaultConnections is enough to keep a server busy, whose own limit is
// usually 100 or 151 for all its clients together.
const defaultConnections = 16

// Lanes are the ways to one database: one to write and one to read.
type Lanes struct {
	writer *lane
	reader *lane // the writer itself on a server
}

// Open opens the lanes. It does not connect yet, and fails only for what a driver
// would not even try.
func Open(e engine.Engine, o Options) (*Lanes, error) {
	writers, readers := 1, max(4, 2*runtime.GOMAXPROCS(0))
	if e.Server {
		writers = cmp.Or(o.Connections, defaultConnections)
	}
	writer, err := openLane(e, engine.Writing, writers, o)
	if err != nil {
		return nil, err
	}
	if e.Server {
		return &Lanes{writer: writer, reader: writer}, nil
	}
	writer.guard = o.Guard
	reader, err := openLane(e, engine.Reading, readers, o)
	if err != nil {
		return nil, errors.Join(err, writer.close())
	}
	return &Lanes{writer: writer, reader: reader}, nil
}

// Tx runs fn in one transaction that may write, and commits it if fn returns
// nil; an error of fn undoes it and is returned. After a conflict fn runs again,
// and starts from nothing. A conflict that does not end, a database that
// cannot be reached, a COMMIT of which nobody knows, and a context that is done
// are store.ErrUnavailable.
func (l *Lanes) Tx(ctx context.Context, fn func(context.Context, Runner) error) error {
	return l.writer.transaction(ctx, false, fn)
}

// View runs fn on the snapshot that its first read takes. A write is refused,
// which is a fault of ours; other errors are those of Tx.
func (l *Lanes) View(ctx context.Context, fn func(context.Context, Runner) error) error {
	return l.reader.transaction(ctx, true, fn)
}

// Direct gives a runner whose every statement is a transaction of its own, tried
// again as Tx is. In fn of Tx or View it would wait for a connection while it
// holds one.
func (l *Lanes) Direct() Runner { return direct{l} }

// Refresh closes the connections to a server that nobody uses, as happens by
// itself when one fails.
func (l *Lanes) Refresh() { l.writer.refresh() }

// Close lets running calls end and refuses new ones, and those in the queue,
// with store.ErrUnavailable. It is called once.
func (l *Lanes) Close() error {
	err := l.writer.close()
	if l.reader != l.writer {
		err = errors.Join(l.reader.close(), err)
	}
	return err
}
