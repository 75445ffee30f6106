package telemetry

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxQueuedBytes and maxQueuedLines bound what a [Queue] holds.
	maxQueuedBytes = 4 << 20
	maxQueuedLines = 1 << 14
	// closeWithin is how long what is left may take at the end.
	closeWithin = 2 * time.Second
	// logLines is what lost lines are counted under.
	logLines = "log_lines"
)

// Queue stands before where the log is written, so that nobody waits for it. A
// pipe whose reader has stopped reading would otherwise hold up every request
// that logs. What comes while the queue is full is dropped; that is counted, and
// said as soon as there is somebody to hear it. It is safe for concurrent use.
type Queue struct {
	to    io.Writer
	tally *Tally

	lines  chan []byte
	bytes  atomic.Int64
	unsaid atomic.Uint64
	say    atomic.Pointer[func(lost uint64)]

	ending sync.Once
	end    chan struct{} // closed by Close
	ended  chan struct{} // closed when nothing is written any more
}

// NewQueue returns a queue before a writer, which must be closed. It counts
// under log_lines what is dropped and what cannot be written.
func NewQueue(to io.Writer, tally *Tally) *Queue {
	q := &Queue{to: to, tally: tally, lines: make(chan []byte, maxQueuedLines), end: make(chan struct{}), ended: make(chan struct{})}
	tally.AddN(logLines, "dropped", 0)
	tally.AddN(logLines, "failed", 0)
	go q.run()
	return q
}

// Say has fn called with the number of lines that were lost since it was called
// last, once lines are written again.
func (q *Queue) Say(fn func(lost uint64)) { q.say.Store(&fn) }

// Write takes a line, or drops it. It never waits and never fails.
func (q *Queue) Write(line []byte) (int, error) {
	if q.bytes.Add(int64(len(line))) > maxQueuedBytes {
		q.lose(line, "dropped")
		return len(line), nil
	}
	select {
	case q.lines <- bytes.Clone(line):
	default:
		q.lose(line, "dropped")
	}
	return len(line), nil
}

func (q *Queue) lose(line []byte, how string) {
	q.bytes.Add(-int64(len(line)))
	q.unsaid.Add(1)
	q.tally.Add(logLines, how)
}

// run writes until Close, and then what is left.
func (q *Queue) run() {
	defer close(q.ended)
	for {
		select {
		case line := <-q.lines:
			q.write(line)
			continue
		default:
		}
		select {
		case line := <-q.lines:
			q.write(line)
		case <-q.end:
			if len(q.lines) == 0 {
				return
			}
		}
	}
}

func (q *Queue) write(line []byte) {
	if _, err := q.to.Write(line); err != nil {
		q.lose(line, "failed")
		return
	}
	q.bytes.Add(-int64(len(line)))
	say := q.say.Load()
	if say == nil || len(q.lines) > 0 {
		return
	}
	if lost := q.unsaid.Swap(0); lost > 0 {
		(*say)(lost)
	}
}

// Close writes what is left, for two seconds at most.
func (q *Queue) Close() {
	q.ending.Do(func() { close(q.end) })
	select {
	case <-q.ended:
	case <-time.After(closeWithin):
	}
}
