package webui

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
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
		t.Skip("only root can open a connection as somebody else; TestTheUserOfAConnectionIsRead of package mailbox goes on")
	}
	s := opened(t)
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
