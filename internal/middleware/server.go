package middleware

import (
	"log/slog"
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

// NewServer returns a server with limits on time and headers, for a listener
// that the caller opens.
func NewServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
