package middleware

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of a connection. A client gets ten seconds to send what it has to say,
// and the longest answer takes less than thirty: the queue for hashing
// passwords is bounded, and the database is given up on after two. Only a file may
// be longer than that ([Download]).
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 30 * time.Second
	downloadTimeout   = 10 * time.Minute
	idleTimeout       = 2 * time.Minute
	maxHeader         = 16 << 10
)

// Server answers requests on one listener, with limits on time and headers, and
// stops without losing a request.
type Server struct {
	door  *door
	http  *http.Server
	ended chan struct{} // closed when Serve returns
}

// Listen opens a listener for a server. It speaks no Multipath TCP, on whose
// sockets Linux cannot hold handshakes back, see [Server.Stop].
func Listen(ctx context.Context, address string) (*net.TCPListener, error) {
	var config net.ListenConfig
	config.SetMultipathTCP(false)
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return l.(*net.TCPListener), nil //nolint:forcetypeassert // the network is tcp
}

// NewServer returns a server for a listener of [Listen], which is the server's
// from now on.
func NewServer(l *net.TCPListener, handler http.Handler, log *slog.Logger) *Server {
	return &Server{
		door:  newDoor(l),
		ended: make(chan struct{}),
		http: &http.Server{
			Handler:           handler,
			ReadHeaderTimeout: readHeaderTimeout,
			ReadTimeout:       readTimeout,
			WriteTimeout:      writeTimeout,
			IdleTimeout:       idleTimeout,
			MaxHeaderBytes:    maxHeader,
			ConnState:         changed,
			ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		},
	}
}

// Serve answers until Stop or Close is called, and then returns nil.
func (s *Server) Serve() error {
	defer close(s.ended)
	if err := s.http.Serve(s.door); !errors.Is(err, errEmpty) && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Stop lets nobody in any more and returns when everybody who was let in has an
// answer: also those whose connection the system has made and nobody has
// accepted yet. Connections that are kept open are closed when no request has
// come over them for a moment; [CloseWhile] makes them rare. When ctx is done
// first, what is left is cut off, and the error says so.
//
// [http.Server.Shutdown] does none of this: it resets what waits in the
// listener's backlog, and drops a request that is read as it begins.
func (s *Server) Stop(ctx context.Context) error {
	s.door.shut()
	select {
	case <-s.ended:
	case <-ctx.Done():
	}
	if err := s.door.wait(ctx); err != nil {
		return errors.Join(err, s.http.Close())
	}
	return s.http.Close()
}

// Close cuts everybody off.
func (s *Server) Close() error { return s.http.Close() }
