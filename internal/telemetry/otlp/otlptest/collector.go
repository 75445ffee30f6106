// Package otlptest is a collector for tests: a real HTTP server that decodes
// what an exporter sends by the protocol's own definitions, and that can be
// made to fail in the ways in which collectors do.
package otlptest

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"

	collogs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	coltrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// Collector receives. It is safe for concurrent use.
type Collector struct {
	URL    string
	Server *httptest.Server

	mu      sync.Mutex
	logs    []Log
	spans   []Span
	raw     bytes.Buffer // everything that came, as text
	headers []http.Header
	answer  http.HandlerFunc // instead of taking what comes
	gzipped int
	faults  []string
}

// Log is a log record with its resource.
type Log struct {
	Body, Severity  string
	TraceID, SpanID string
	Attrs, Resource map[string]string
}

// Span is a span with its resource.
type Span struct {
	Name                    string
	TraceID, SpanID, Parent string
	Failed                  bool
	Attrs, Resource         map[string]string
}

// Start starts a collector that stops when the test ends.
func Start(t testing.TB) *Collector {
	t.Helper()
	return start(t, httptest.NewServer)
}

// StartTLS starts one that speaks TLS with a certificate that nobody trusts.
func StartTLS(t testing.TB) *Collector {
	t.Helper()
	return start(t, httptest.NewTLSServer)
}

func start(t testing.TB, serve func(http.Handler) *httptest.Server) *Collector {
	t.Helper()
	c := &Collector{}
	c.Server = serve(http.HandlerFunc(c.serve))
	c.URL = c.Server.URL
	t.Cleanup(func() {
		c.Server.CloseClientConnections()
		c.Server.Close()
		for _, fault := range c.Faults() {
			t.Errorf("collector: %s", fault)
		}
	})
	return c
}

// Answer makes the collector answer by handler and take nothing; nil makes it
// take what comes again.
func (c *Collector) Answer(handler http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = handler
}

// Logs are the records that came so far.
func (c *Collector) Logs() []Log {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.logs)
}

// Spans are the spans that came so far.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.spans)
}

// Text is everything that came so far, headers left out, as JSON.
func (c *Collector) Text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// Headers are those of all requests so far, also of those that were refused.
func (c *Collector) Headers() []http.Header {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.headers)
}

// Gzipped is how many bodies came in gzip.
func (c *Collector) Gzipped() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gzipped
}

// Faults are requests that break the protocol.
func (c *Collector) Faults() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.faults)
}

func (c *Collector) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.headers = append(c.headers, r.Header.Clone())
	answer := c.answer
	c.mu.Unlock()
	if answer != nil {
		answer(w, r)
		return
	}
	reply, err := c.take(r)
	if err != nil {
		c.mu.Lock()
		c.faults = append(c.faults, err.Error())
		c.mu.Unlock()
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	body, _ := proto.Marshal(reply)
	w.Header().Set("Content-Type", "application/x-protobuf")
	_, _ = w.Write(body)
}

func (c *Collector) take(r *http.Request) (proto.Message, error) {
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/x-protobuf" {
		return nil, fmt.Errorf("%s of %q", r.Method, r.Header.Get("Content-Type"))
	}
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, err
		}
		body = unzipped
		c.mu.Lock()
		c.gzipped++
		c.mu.Unlock()
	}
	sent, err := io.ReadAll(body)
	if err != nil {
		// The client went away in the middle.
		return nil, nil //nolint:nilerr,nilnil // no fault of the protocol
	}
	switch r.URL.Path {
	case "/v1/logs":
		var request collogs.ExportLogsServiceRequest
		if err := proto.Unmarshal(sent, &request); err != nil {
			return nil, err
		}
		c.takeLogs(&request)
		return &collogs.ExportLogsServiceResponse{}, nil
	case "/v1/traces":
		var request coltrace.ExportTraceServiceRequest
		if err := proto.Unmarshal(sent, &request); err != nil {
			return nil, err
		}
		c.takeSpans(&request)
		return &coltrace.ExportTraceServiceResponse{}, nil
	}
	return nil, fmt.Errorf("nothing is at %s", r.URL.Path)
}

func (c *Collector) takeLogs(request *collogs.ExportLogsServiceRequest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw.WriteString(protojson.Format(request))
	for _, resource := range request.GetResourceLogs() {
		about := attrs(resource.GetResource().GetAttributes())
		for _, scope := range resource.GetScopeLogs() {
			for _, r := range scope.GetLogRecords() {
				c.logs = append(c.logs, Log{
					Body: text(r.GetBody()), Severity: r.GetSeverityText(), Attrs: attrs(r.GetAttributes()), Resource: about,
					TraceID: hex.EncodeToString(r.GetTraceId()), SpanID: hex.EncodeToString(r.GetSpanId()),
				})
			}
		}
	}
}

func (c *Collector) takeSpans(request *coltrace.ExportTraceServiceRequest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw.WriteString(protojson.Format(request))
	for _, resource := range request.GetResourceSpans() {
		about := attrs(resource.GetResource().GetAttributes())
		for _, scope := range resource.GetScopeSpans() {
			for _, s := range scope.GetSpans() {
				c.spans = append(c.spans, Span{
					Name: s.GetName(), Attrs: attrs(s.GetAttributes()), Resource: about, Failed: s.GetStatus().GetCode() == 2,
					TraceID: hex.EncodeToString(s.GetTraceId()), SpanID: hex.EncodeToString(s.GetSpanId()),
					Parent: hex.EncodeToString(s.GetParentSpanId()),
				})
			}
		}
	}
}

func attrs(list []*common.KeyValue) map[string]string {
	m := map[string]string{}
	for _, kv := range list {
		m[kv.GetKey()] = text(kv.GetValue())
	}
	return m
}

// text gives a value as text.
func text(v *common.AnyValue) string {
	switch x := v.GetValue().(type) {
	case nil:
		return ""
	case *common.AnyValue_StringValue:
		return x.StringValue
	case *common.AnyValue_IntValue:
		return strconv.FormatInt(x.IntValue, 10)
	case *common.AnyValue_BoolValue:
		return strconv.FormatBool(x.BoolValue)
	default:
		return protojson.Format(v)
	}
}
