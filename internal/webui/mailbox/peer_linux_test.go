package mailbox

import (
	"net/netip"
	"runtime"
	"strings"
	"testing"
)

func TestTheUserOfAConnectionIsRead(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("the table below is of a little-endian machine")
	}
	const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 69744 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 69745 1 0 20 4 30 10 -1
   2: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000    33        0 69746 1 0 20 4 30 10 -1
   3: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0
   4: 0000000000000000FFFF00000100007F:C352 0000000000000000FFFF00000100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 69747 1 0
   5: 00000000000000000000000001000000:C350 00000000000000000000000001000000:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 69748 1 0
   6: cut short`
	for peer, want := range map[string]int{"127.0.0.1:50000": 33, "127.0.0.1:50002": 1000, "[::1]:50000": 1001, "127.0.0.1:50001": -1, "127.0.0.1:9": -1} {
		at := netip.MustParseAddrPort(peer)
		uid, ok := findUser(strings.NewReader(table), at, netip.AddrPortFrom(at.Addr(), 8080))
		if !ok {
			uid = -1
		}
		if uid != want {
			t.Errorf("%s belongs to %d, want %d", peer, uid, want)
		}
	}
}
