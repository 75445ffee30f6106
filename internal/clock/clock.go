// Package clock makes time a value, so that tests can set it.
//
// There are two clocks: the process's, and the database's, which times refresh
// tokens and leases because it is the one that all instances share. Both pass
// through a [Clock]: the store reads the database's time with one statement and
// hands it to Database. No setting of the shipped program moves either.
package clock

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time. It is safe for concurrent use.
type Clock interface {
	// Now is the process's time. It keeps Go's monotonic reading.
	Now() time.Time
	// Database turns the time that the database told into the time to use.
	Database(told time.Time) time.Time
}

// Stored is the time of a clock in the precision that is stored, so that what is
// answered is what will be read.
func Stored(c Clock) time.Time { return c.Now().UTC().Truncate(time.Microsecond) }

// Sleep passes d and reports true, or false as soon as ctx is done. It passes real
// time, whatever a [Fake] says.
func Sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// System is the real clock.
type System struct{}

// Now returns time.Now().
func (System) Now() time.Time { return time.Now() } //nolint:forbidigo // the one place that may

// Database returns told as it is.
func (System) Database(told time.Time) time.Time { return told }

// Fake runs with the real clock, moved by an offset that a test sets. Now and
// the database's time move together unless [Fake.SkewDatabase] parts them.
type Fake struct {
	mu     sync.Mutex
	offset time.Duration
	skew   time.Duration
}

// NewFake returns a clock that has not been moved.
func NewFake() *Fake { return &Fake{} }

// Now is the real time plus the offset.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return time.Now().Add(f.offset) //nolint:forbidigo // the fake moves the real clock
}

// Database is told plus the offset and the skew.
func (f *Fake) Database(told time.Time) time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return told.Add(f.offset + f.skew)
}

// Advance moves both clocks by d, which may be negative.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.offset += d
}

// SkewDatabase makes the database's clock run d ahead of the process's.
func (f *Fake) SkewDatabase(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.skew = d
}
