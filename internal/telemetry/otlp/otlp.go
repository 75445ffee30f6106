// Package otlp ships the log and traces to a collector over OTLP/HTTP
// (OpenTelemetry's protocol, protobuf in gzip), with OpenTelemetry's own
// exporters. It is the only package that knows them.
//
// It owns two queues, one of log records and one of spans, and what becomes of
// what is in them. A record is exported, or counted as lost: there is no third
// way.
//
// # It never holds anybody up
//
// A log call or the end of a span puts its record into a bounded queue and
// returns. Is the queue full, the record is dropped. One goroutine per queue
// ([Exporter.Run]) sends batches; each attempt has a limit, and a batch that the
// collector cannot take now (no connection, 429, 502, 503, 504) is tried again
// for a minute, then given up. What the collector refuses is not tried again. At
// the stop everything that waits gets three seconds.
//
// All of this is counted in the tally, under otlp_logs and otlp_spans:
//
//	exported  the collector took it
//	dropped   the queue was full, or the process stopped first
//	failed    the collector could not be reached, or was busy, for too long
//	refused   the collector said no, to the batch or to some of it
//
// and told once when it begins and once when it is over, in the local log alone:
// what is said about shipping is never shipped.
//
// # What leaves the process
//
// Of the log what the local log shows, with the same secrets blanked
// ([telemetry.Ship]). Of traces: names, durations, attributes that went through
// the same blanking, statements of SQL with ? in the place of values, and of an
// error its kind and code, never its text.
//
// # Threats
//
// The collector is named by the operator, but what answers may be anybody:
// certificates are verified, redirects are not followed (they would carry the
// credentials away), at most 64 KiB of an answer are read, and no word of it
// gets into the log. A stranger's traceparent is not looked at (package
// middleware says whose is), so that strangers can neither force sampling nor
// join another's trace; baggage is never read.
//
// The OTEL_EXPORTER_ variables and the other switches of OpenTelemetry's SDK are
// overridden; only OTEL_RESOURCE_ATTRIBUTES adds to the resource, where the
// names set here win. Proxies from the environment are not used.
package otlp

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-logr/logr"
	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// scope is the instrumentation scope of all that is shipped.
const scope = "github.com/sallyport-auth/sallyport"

// Bounds of what is kept of one record.
const (
	maxAttributes     = 64
	maxAttributeRunes = 8 << 10
	maxEvents         = 16
)

// Options says where to ship and what.
type Options struct {
	// Endpoint is the base URL; v1/logs and v1/traces are appended.
	Endpoint string
	Headers  map[string]string
	// Traces is the part of all traces that is kept, from 0 to 1. At 0 there
	// are none.
	Traces  float64
	Version string

	Clock clock.Clock
	// Local is the log that is not shipped.
	Local *slog.Logger
	Tally *telemetry.Tally
	// RootCAs verify the collector; the system's if nil.
	RootCAs *x509.CertPool

	limits limits // for tests; the zero value means the package's own
}

// Exporter ships. It is safe for concurrent use.
type Exporter struct {
	options Options
	client  *http.Client

	logs     *queue[sdklog.Record]
	spans    *queue[sdktrace.ReadOnlySpan]
	provider *sdklog.LoggerProvider
	tracer   *tracer

	logExporter   *otlploghttp.Exporter
	traceExporter *otlptrace.Exporter
}

// New returns an exporter. It connects to nothing yet.
func New(ctx context.Context, o Options) (*Exporter, error) {
	e := &Exporter{options: o, client: newClient(o)}
	// The SDK has one voice for the whole process, which would go to standard
	// error past the log. Failures are counted and told by the queues.
	otel.SetLogger(logr.Discard())
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		o.Local.DebugContext(ctx, "telemetry library complains", slog.Any("error", err))
	}))
	var err error
	if e.logExporter, err = otlploghttp.New(ctx,
		otlploghttp.WithEndpointURL(o.url("v1/logs")), otlploghttp.WithHeaders(o.headers()), otlploghttp.WithHTTPClient(e.client),
		otlploghttp.WithTLSClientConfig(nil), otlploghttp.WithCompression(otlploghttp.GzipCompression),
		otlploghttp.WithTimeout(attemptLimit), otlploghttp.WithRetry(otlploghttp.RetryConfig{}),
		otlploghttp.WithMaxResponseSize(maxAnswer+1),
	); err != nil {
		return nil, fmt.Errorf("build exporter of logs: %w", err)
	}
	if e.traceExporter, err = otlptracehttp.New(ctx,
		otlptracehttp.WithEndpointURL(o.url("v1/traces")), otlptracehttp.WithHeaders(o.headers()), otlptracehttp.WithHTTPClient(e.client),
		otlptracehttp.WithTLSClientConfig(nil), otlptracehttp.WithCompression(otlptracehttp.GzipCompression),
		otlptracehttp.WithEncoding(otlptracehttp.EncodingProtobuf),
		otlptracehttp.WithTimeout(attemptLimit), otlptracehttp.WithRetry(otlptracehttp.RetryConfig{}),
		otlptracehttp.WithMaxResponseSize(maxAnswer+1),
	); err != nil {
		return nil, fmt.Errorf("build exporter of traces: %w", err)
	}
	e.logs = newQueue("logs", o, e.logExporter.Export)
	e.spans = newQueue("spans", o, e.traceExporter.ExportSpans)
	e.provide()
	return e, nil
}

// provide connects OpenTelemetry's SDK to the queues.
func (e *Exporter) provide() {
	about := resource.NewSchemaless(
		attribute.String("service.name", "sallyport"),
		attribute.String("service.version", e.options.Version),
		attribute.String("service.instance.id", id.Random()),
	)
	e.provider = sdklog.NewLoggerProvider(
		sdklog.WithResource(about), sdklog.WithProcessor(logProcessor{e.logs}),
		sdklog.WithAttributeCountLimit(maxAttributes), sdklog.WithAttributeValueLengthLimit(maxAttributeRunes),
	)
	if e.options.Traces <= 0 {
		return
	}
	traces := sdktrace.NewTracerProvider(
		sdktrace.WithResource(about), sdktrace.WithSpanProcessor(spanProcessor{e.spans}),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(e.options.Traces))),
		sdktrace.WithRawSpanLimits(sdktrace.SpanLimits{
			AttributeValueLengthLimit: maxAttributeRunes, AttributeCountLimit: maxAttributes, EventCountLimit: maxEvents,
			LinkCountLimit: maxEvents, AttributePerEventCountLimit: maxAttributes, AttributePerLinkCountLimit: maxAttributes,
		}),
	)
	e.tracer = &tracer{traces.Tracer(scope)}
}

// Handler takes log records; give it to [telemetry.Ship].
func (e *Exporter) Handler() slog.Handler {
	return otelslog.NewHandler(scope, otelslog.WithLoggerProvider(e.provider), otelslog.WithVersion(e.options.Version))
}

// Tracer begins traces; nil if none are wanted.
func (e *Exporter) Tracer() telemetry.Tracer {
	if e.tracer == nil {
		return nil
	}
	return e.tracer
}

// Run sends until ctx is done, and then what is left, for as long as that may
// take. It returns nil.
func (e *Exporter) Run(ctx context.Context) error {
	var queues sync.WaitGroup
	queues.Go(func() { e.logs.run(ctx) })
	queues.Go(func() { e.spans.run(ctx) })
	queues.Wait()
	e.client.CloseIdleConnections()
	return nil
}

// Probe sends one log record, and one span if traces are wanted, and says what
// is wrong if the collector does not take them.
func Probe(ctx context.Context, o Options) error {
	if o.Traces > 0 {
		o.Traces = 1
	}
	e, err := New(ctx, o)
	if err != nil {
		return err
	}
	defer e.client.CloseIdleConnections()
	slog.New(e.Handler()).InfoContext(ctx, "sallyport doctor looks whether records arrive")
	if e.tracer != nil {
		_, span := e.tracer.tracer.Start(ctx, "sallyport doctor")
		span.End()
	}
	return errors.Join(e.logs.probe(ctx), e.spans.probe(ctx))
}

func (o Options) url(path string) string { return strings.TrimSuffix(o.Endpoint, "/") + "/" + path }

// headers is never nil, because that would let the environment's in.
func (o Options) headers() map[string]string {
	headers := map[string]string{}
	maps.Copy(headers, o.Headers)
	headers["User-Agent"] = "sallyport/" + o.Version
	return headers
}

// logProcessor puts records into the queue.
type logProcessor struct{ queue *queue[sdklog.Record] }

// OnEmit keeps a copy, because the SDK uses the record again.
func (p logProcessor) OnEmit(_ context.Context, r *sdklog.Record) error {
	p.queue.add(r.Clone())
	return nil
}

// Enabled is true: what is not to be shipped does not get here.
func (logProcessor) Enabled(context.Context, sdklog.EnabledParameters) bool { return true }

// Shutdown has nothing to do; [Exporter.Run] ends the queue.
func (logProcessor) Shutdown(context.Context) error { return nil }

// ForceFlush has nothing to do.
func (logProcessor) ForceFlush(context.Context) error { return nil }

// spanProcessor puts spans that ended into the queue.
type spanProcessor struct {
	queue *queue[sdktrace.ReadOnlySpan]
}

// OnStart has nothing to do.
func (spanProcessor) OnStart(context.Context, sdktrace.ReadWriteSpan) {}

// OnEnd queues what is sampled.
func (p spanProcessor) OnEnd(s sdktrace.ReadOnlySpan) {
	if s.SpanContext().IsSampled() {
		p.queue.add(s)
	}
}

// Shutdown has nothing to do; [Exporter.Run] ends the queue.
func (spanProcessor) Shutdown(context.Context) error { return nil }

// ForceFlush has nothing to do.
func (spanProcessor) ForceFlush(context.Context) error { return nil }

// limits are the times and sizes of a queue.
type limits struct {
	queued, batch   int
	every           time.Duration // the longest wait for a batch to fill
	giveUp          time.Duration // how long one batch is tried
	firstPause      time.Duration // between tries; doubles
	flush           time.Duration // at the stop
	silentAfterTold time.Duration // at least this long between trouble and its end
}

func defaultLimits() limits {
	return limits{
		queued: 2048, batch: 512, every: time.Second, giveUp: time.Minute, firstPause: time.Second, flush: 3 * time.Second,
		silentAfterTold: time.Minute,
	}
}
