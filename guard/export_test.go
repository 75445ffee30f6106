package guard

import "time"

// SetWallClock makes the guard see a wall clock that is ahead by what ahead says.
func (c *Config) SetWallClock(ahead func() time.Duration) {
	tick := newTick()
	c.tick = func() reading {
		now := tick()
		now.wall = now.wall.Add(ahead())
		return now
	}
}
