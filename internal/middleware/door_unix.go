package middleware

import (
	"errors"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// anyone reports whether somebody stands in a listener's backlog, or comes
// within a time.
func anyone(raw syscall.RawConn, within time.Duration) (some bool, err error) {
	controlErr := raw.Control(func(fd uintptr) {
		for until := now().Add(within); ; {
			var n int
			left := max(until.Sub(now()), 0)
			n, err = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(left.Milliseconds())) //nolint:gosec // descriptors are small
			if !errors.Is(err, unix.EINTR) {
				some = n > 0
				return
			}
		}
	})
	return some, errors.Join(controlErr, err)
}
