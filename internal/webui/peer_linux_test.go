package webui

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/mail"
)

// dialAs opens a connection from a thread of another user, as a proxy does that
// runs beside us. The thread ends with the goroutine.
func dialAs(uid int, to string) (conn net.Conn, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		unchanged := ^uintptr(0)
		if _, _, e := syscall.RawSyscall(syscall.SYS_SETRESUID, unchanged, uintptr(uid), unchanged); e != 0 {
			err = e
			return
		}
		address, failed := net.ResolveTCPAddr("tcp", to)
		if failed != nil {
			err = failed
			return
		}
		conn, err = net.DialTCP("tcp", nil, address)
	}()
	<-done
	return conn, err
}

// A proxy that passes on what strangers ask and adds nothing, as nginx does that
// is told to speak HTTP/1.1 and keeps its default Host, looks like a browser
// here but for the user that it runs as.
func TestTheMailboxIsClosedToAnotherUsersProcess(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can open a connection as somebody else; TestTheUserOfAConnectionIsRead goes on")
	}
	s := newSite(t)
	s.deliver(t, mail.Message{To: "ada@example.org", Subject: "S", Text: "T"})
	for uid, want := range map[int]int{0: http.StatusOK, 65534: http.StatusNotFound} {
		for _, path := range []string{"/dev/mailbox", "/dev/mailbox.json"} {
			conn, err := dialAs(uid, s.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", path); err != nil {
				t.Fatal(err)
			}
			answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			if answer.StatusCode != want {
				t.Errorf("user %d reads %s: %d, want %d", uid, path, answer.StatusCode, want)
			}
			_ = answer.Body.Close()
			_ = conn.Close()
		}
	}
	if !strings.Contains(s.log.String(), "peer_of_another_user") {
		t.Error("the log does not say why")
	}
}

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
