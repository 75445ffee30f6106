package telemetry

import (
	"context"
	"log/slog"
)

// Work says what a trace is about.
type Work int

// The kinds of work.
const (
	Request Work = iota // somebody waits for the answer
	Job                 // nobody does
)

// Root begins a trace. Parent and State are the W3C trace context (traceparent
// and tracestate) of a caller that is trusted to decide what is sampled; empty
// for anybody else.
type Root struct {
	Name          string
	Work          Work
	Parent, State string
}

// Tracer decides whether a piece of work is traced. Begin returns no recorder,
// and the context as it is, for work that is not.
type Tracer interface {
	Begin(ctx context.Context, root Root) (context.Context, Recorder)
}

// Recorder keeps one span of a trace.
type Recorder interface {
	// Child begins a span within this one.
	Child(ctx context.Context, name string) (context.Context, Recorder)
	// Rename gives the span the name that was not known when it began.
	Rename(name string)
	// Set adds an attribute. A secret in it is blanked as in the log.
	Set(attr slog.Attr)
	// End ends the span. Of err only its kind is kept.
	End(err error)
	// IDs are the trace's and the span's identifiers in hexadecimal.
	IDs() (trace, span string)
}

// Span is a stretch of traced work. The zero value is a span of work that is
// not traced: everything it does is nothing.
type Span struct{ recorder Recorder }

type spanKey struct{}

// Begin begins the trace of a piece of work. A nil tracer traces nothing. End
// the span that it returns.
func Begin(ctx context.Context, tracer Tracer, root Root) (context.Context, Span) {
	if tracer == nil {
		return ctx, Span{}
	}
	traced, recorder := tracer.Begin(ctx, root)
	if recorder == nil {
		return ctx, Span{}
	}
	return context.WithValue(traced, spanKey{}, recorder), Span{recorder}
}

// Start begins a span within the work that ctx belongs to. If that is not
// traced it costs a look into the context. End the span that it returns.
func Start(ctx context.Context, name string) (context.Context, Span) {
	parent, ok := ctx.Value(spanKey{}).(Recorder)
	if !ok {
		return ctx, Span{}
	}
	inner, recorder := parent.Child(ctx, name)
	return context.WithValue(inner, spanKey{}, recorder), Span{recorder}
}

// SpanOf gives the span that ctx belongs to.
func SpanOf(ctx context.Context) Span {
	recorder, _ := ctx.Value(spanKey{}).(Recorder)
	return Span{recorder}
}

// Traced reports whether anything is kept of the span.
func (s Span) Traced() bool { return s.recorder != nil }

// Rename gives the span the name that was not known when it began.
func (s Span) Rename(name string) {
	if s.recorder != nil {
		s.recorder.Rename(name)
	}
}

// Set adds an attribute.
func (s Span) Set(attr slog.Attr) {
	if s.recorder != nil {
		s.recorder.Set(attr)
	}
}

// End ends the span; err says how the work ended.
func (s Span) End(err error) {
	if s.recorder != nil {
		s.recorder.End(err)
	}
}

// IDs are the trace's and the span's identifiers, empty for work that is not
// traced.
func (s Span) IDs() (trace, span string) {
	if s.recorder == nil {
		return "", ""
	}
	return s.recorder.IDs()
}
