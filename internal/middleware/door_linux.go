package middleware

import (
	"math"
	"syscall"

	"golang.org/x/sys/unix"
)

// refuse has the system begin no handshake any more. A client whose first packet
// was dropped sends it again after a second and finds the port closed. That the
// system cannot do it, as in a sandbox that forbids it, leaves a window of
// microseconds.
func refuse(raw syscall.RawConn) {
	// A program for the packets that reach a listening socket: drop those that
	// have SYN and no ACK; take all others, so that handshakes under way come to
	// their end.
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_B | unix.BPF_ABS, K: 13}, // the flags (RFC 9293 §3.1)
		{Code: unix.BPF_ALU | unix.BPF_AND | unix.BPF_K, K: 0x12},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: 0x02, Jt: 0, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: 0},
		{Code: unix.BPF_RET | unix.BPF_K, K: math.MaxUint32},
	}
	program := &unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]} //nolint:gosec // five
	_ = raw.Control(func(fd uintptr) {
		_ = unix.SetsockoptSockFprog(int(fd), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, program)
	})
}
