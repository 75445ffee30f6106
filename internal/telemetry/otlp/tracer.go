package otlp

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// tracer begins traces in OpenTelemetry's SDK.
type tracer struct{ tracer trace.Tracer }

// Begin begins a trace, if it is one of those that are kept.
func (t *tracer) Begin(ctx context.Context, root telemetry.Root) (context.Context, telemetry.Recorder) {
	outer := ctx
	if root.Parent != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{
			"traceparent": root.Parent, "tracestate": root.State,
		})
	}
	kind := trace.SpanKindServer
	if root.Work == telemetry.Job {
		kind = trace.SpanKindConsumer
	}
	ctx, span := t.tracer.Start(ctx, root.Name, trace.WithSpanKind(kind))
	if !span.SpanContext().IsSampled() {
		return outer, nil
	}
	return ctx, &recorder{t.tracer, span}
}

// recorder is a span that is kept.
type recorder struct {
	tracer trace.Tracer
	span   trace.Span
}

// Child begins a span within this one.
func (r *recorder) Child(ctx context.Context, name string) (context.Context, telemetry.Recorder) {
	kind := trace.SpanKindInternal
	if strings.HasPrefix(name, "sql.") {
		kind = trace.SpanKindClient
	}
	ctx, span := r.tracer.Start(ctx, name, trace.WithSpanKind(kind))
	return ctx, &recorder{r.tracer, span}
}

// Rename gives the span another name.
func (r *recorder) Rename(name string) { r.span.SetName(name) }

// Set adds an attribute, secrets blanked. A status of 500 or more is an error.
func (r *recorder) Set(attr slog.Attr) {
	attr = telemetry.Redact(attr)
	key := attribute.Key(semantic(attr.Key))
	switch v := attr.Value; v.Kind() {
	case slog.KindInt64:
		r.span.SetAttributes(key.Int64(v.Int64()))
		if attr.Key == "status" && v.Int64() >= 500 {
			r.span.SetStatus(codes.Error, "")
		}
	case slog.KindBool:
		r.span.SetAttributes(key.Bool(v.Bool()))
	case slog.KindAny, slog.KindDuration, slog.KindFloat64, slog.KindGroup, slog.KindLogValuer, slog.KindString, slog.KindTime, slog.KindUint64:
		r.span.SetAttributes(key.String(v.String()))
	}
}

// semantic gives OpenTelemetry's name of an attribute where it has one.
func semantic(key string) string {
	switch key {
	case "method":
		return "http.request.method"
	case "route":
		return "http.route"
	case "status":
		return "http.response.status_code"
	case "bytes":
		return "http.response.body.size"
	case "statement":
		return "db.query.text"
	}
	return key
}

// End ends the span with the kind of the error. A refusal is an answer and no
// failure of the span; what is ours is one.
func (r *recorder) End(err error) {
	if err != nil {
		kind, ours := kindOf(err)
		r.span.SetAttributes(attribute.String("error.type", kind))
		if ours {
			r.span.SetStatus(codes.Error, kind)
		}
	}
	r.span.End()
}

func kindOf(err error) (kind string, ours bool) {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Code, f.Kind == fault.Internal || f.Kind == fault.Unavailable
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "not_found", false
	case errors.Is(err, store.ErrTaken):
		return "taken", false
	case errors.Is(err, store.ErrUnavailable):
		return "unavailable", true
	case errors.Is(err, context.Canceled):
		return "cancelled", false
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout", true
	}
	return "internal", true
}

// IDs are the identifiers in hexadecimal.
func (r *recorder) IDs() (traceID, spanID string) {
	c := r.span.SpanContext()
	return c.TraceID().String(), c.SpanID().String()
}
