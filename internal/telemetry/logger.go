package telemetry

import (
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
)

// Options says how a logger writes.
type Options struct {
	// Level is debug, info, warn or error; anything else means info.
	Level string
	// Format is text or json. Empty means text on a terminal, JSON elsewhere.
	Format string
}

// NewLogger returns a logger that writes to w, adds the request's identifier
// and blanks secrets.
func NewLogger(w io.Writer, o Options) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.Level)); err != nil {
		level = slog.LevelInfo
	}
	settings := &slog.HandlerOptions{Level: level, ReplaceAttr: redact}
	var lines slog.Handler = slog.NewJSONHandler(w, settings)
	if o.Format == "text" || o.Format == "" && isTerminal(w) {
		lines = slog.NewTextHandler(w, settings)
	}
	return slog.New(withRequestID{lines})
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// withRequestID adds the identifiers that the context carries.
type withRequestID struct{ slog.Handler }

// Handle adds request_id, and of work that is traced trace_id and span_id, and
// passes the record on.
func (h withRequestID) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r = r.Clone()
		r.AddAttrs(slog.String("request_id", id))
	}
	if trace, span := SpanOf(ctx).IDs(); trace != "" {
		r = r.Clone()
		r.AddAttrs(slog.String("trace_id", trace), slog.String("span_id", span))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the wrapping.
func (h withRequestID) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withRequestID{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the wrapping. Inside a group the identifier stands there too.
func (h withRequestID) WithGroup(name string) slog.Handler {
	return withRequestID{h.Handler.WithGroup(name)}
}

// normalKey is the form in which keys are compared: Set-Cookie, setCookie and
// set_cookie are one.
func normalKey(key string) string {
	var b strings.Builder
	for n, r := range key {
		switch {
		case r == '-' || r == '.' || r == ' ':
			b.WriteByte('_')
		case r >= 'A' && r <= 'Z':
			if n > 0 && key[n-1] >= 'a' && key[n-1] <= 'z' {
				b.WriteByte('_')
			}
			b.WriteRune(r - 'A' + 'a')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
