package guard

import (
	"context"
	"time"
)

// clockSlack is by how much the wall clock may leave the monotonic one before
// neither is believed.
const clockSlack = time.Second

// reading is what the two clocks say.
type reading struct {
	mono time.Duration // since the guard was made
	wall time.Time     // without monotonic part
}

// newTick gives a function that reads both clocks at once.
func newTick() func() reading {
	born := time.Now()
	return func() reading {
		now := time.Now()
		return reading{mono: now.Sub(born), wall: now.Round(0)}
	}
}

// agrees reports whether both clocks went on by the same time since earlier. A
// machine that was suspended, or whose clock was set, says no.
func (r reading) agrees(earlier reading) bool {
	mono := r.mono - earlier.mono
	apart := r.wall.Sub(earlier.wall) - mono
	return mono >= 0 && apart.Abs() <= clockSlack
}

// since is the longer of the two times that have passed since earlier.
func (r reading) since(earlier reading) time.Duration {
	return max(r.mono-earlier.mono, r.wall.Sub(earlier.wall))
}

// minus goes back by d on both clocks.
func (r reading) minus(d time.Duration) reading {
	return reading{mono: r.mono - d, wall: r.wall.Add(-d)}
}

// sleep reports whether d has passed before ctx was done.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
