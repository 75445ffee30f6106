package mailbox

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// userOf gives the user whose process holds the other end of a connection on
// this computer: the socket at peer that leads to ours. ok is false if the
// system does not say.
func userOf(peer, ours netip.AddrPort) (uid int, ok bool) {
	for _, name := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		f, err := os.Open(name) //nolint:gosec // one of the two above
		if err != nil {
			continue
		}
		uid, ok = findUser(f, peer, ours)
		_ = f.Close()
		if ok {
			return uid, true
		}
	}
	return 0, false
}

// findUser reads the kernel's table of sockets (proc_net_tcp(5)). A socket that
// no process holds any more has no inode, and user 0 whoever it was.
func findUser(table io.Reader, peer, ours netip.AddrPort) (uid int, ok bool) {
	const local, remote, user, inode = 1, 2, 7, 9
	for lines := bufio.NewScanner(table); lines.Scan(); {
		row := strings.Fields(lines.Text())
		if len(row) <= inode || row[inode] == "0" || kernelAddress(row[local]) != peer || kernelAddress(row[remote]) != ours {
			continue
		}
		uid, err := strconv.Atoi(row[user])
		return uid, err == nil
	}
	return 0, false
}

// kernelAddress reads an address as the kernel prints it: words of four bytes in
// the order of this machine, in hexadecimal, and the port.
func kernelAddress(s string) netip.AddrPort {
	words, port, _ := strings.Cut(s, ":")
	raw, err1 := hex.DecodeString(words)
	n, err2 := strconv.ParseUint(port, 16, 16)
	if err1 != nil || err2 != nil || len(raw)%4 != 0 {
		return netip.AddrPort{}
	}
	for at := 0; at < len(raw); at += 4 {
		binary.NativeEndian.PutUint32(raw[at:], binary.BigEndian.Uint32(raw[at:]))
	}
	a, _ := netip.AddrFromSlice(raw)
	return netip.AddrPortFrom(a.Unmap(), uint16(n))
}
