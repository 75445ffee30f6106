package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// Ship returns a logger that writes what log writes, and hands each record to a
// second handler as well, with the request's identifier and with the same
// secrets blanked. What log does not write is not shipped either. The handler
// must not block.
func Ship(log *slog.Logger, to slog.Handler) *slog.Logger {
	return slog.New(tee{here: log.Handler(), there: redacting{to}})
}

// tee hands records to two handlers.
type tee struct{ here, there slog.Handler }

// Enabled is what the first handler says.
func (t tee) Enabled(ctx context.Context, level slog.Level) bool { return t.here.Enabled(ctx, level) }

// Handle hands the record to both.
func (t tee) Handle(ctx context.Context, r slog.Record) error {
	return errors.Join(t.here.Handle(ctx, r), t.there.Handle(ctx, r))
}

// WithAttrs keeps both.
func (t tee) WithAttrs(attrs []slog.Attr) slog.Handler {
	return tee{t.here.WithAttrs(attrs), t.there.WithAttrs(attrs)}
}

// WithGroup keeps both.
func (t tee) WithGroup(name string) slog.Handler {
	return tee{t.here.WithGroup(name), t.there.WithGroup(name)}
}

// redacting blanks secrets for a handler that has no ReplaceAttr, and leaves it
// nothing but plain values.
type redacting struct{ slog.Handler }

// Handle passes on a record without secrets.
func (h redacting) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Scrub(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(Redact(a))
		return true
	})
	if id := RequestID(ctx); id != "" {
		clean.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs blanks what is in attrs.
func (h redacting) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redacting{h.Handler.WithAttrs(redactAll(attrs))}
}

// WithGroup keeps the wrapping.
func (h redacting) WithGroup(name string) slog.Handler {
	return redacting{h.Handler.WithGroup(name)}
}

func redactAll(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, 0, len(attrs))
	for _, a := range attrs {
		clean = append(clean, Redact(a))
	}
	return clean
}

// Redact gives a as it may leave the process: resolved, with secrets blanked as
// in the log, and with text for every value that is not plain.
func Redact(a slog.Attr) slog.Attr {
	a.Value = a.Value.Resolve()
	if a.Value.Kind() == slog.KindGroup {
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(redactAll(a.Value.Group())...)}
	}
	a = redact(nil, a)
	if v := a.Value.Any(); a.Value.Kind() == slog.KindAny && v != nil {
		a.Value = slog.StringValue(Scrub(fmt.Sprintf("%+v", v)))
	}
	return a
}
