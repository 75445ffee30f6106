package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// notebook is a tracer that traces everything and writes down what it hears.
type notebook struct{ notes []string }

func (n *notebook) Begin(ctx context.Context, root telemetry.Root) (context.Context, telemetry.Recorder) {
	if root.Name == "unsampled" {
		return context.WithValue(ctx, noKey{}, "lost"), nil
	}
	n.notes = append(n.notes, "begin "+root.Name)
	return ctx, &page{n, root.Name}
}

type noKey struct{}

type page struct {
	*notebook
	name string
}

func (p *page) Child(ctx context.Context, name string) (context.Context, telemetry.Recorder) {
	p.notes = append(p.notes, p.name+" > "+name)
	return ctx, &page{p.notebook, name}
}

func (p *page) Rename(name string) { p.name = name }

func (p *page) Set(attr slog.Attr) { p.notes = append(p.notes, p.name+": "+attr.String()) }

func (p *page) End(err error) {
	note := "end " + p.name
	if err != nil {
		note += ": " + err.Error()
	}
	p.notes = append(p.notes, note)
}

func (p *page) IDs() (trace, span string) { return "t", "s of " + p.name }

func TestSpansNest(t *testing.T) {
	t.Parallel()
	var n notebook
	ctx, root := telemetry.Begin(t.Context(), &n, telemetry.Root{Name: "POST"})
	inner, room := telemetry.Start(ctx, "room")
	room.Set(slog.Int("n", 1))
	_, query := telemetry.Start(inner, "query")
	query.End(context.Canceled)
	telemetry.SpanOf(inner).Set(slog.String("job_id", "j"))
	room.End(nil)
	root.Rename("POST /a")
	root.End(nil)
	want := []string{"begin POST", "POST > room", "room: n=1", "room > query", "end query: context canceled", "room: job_id=j", "end room", "end POST /a"}
	if diff := cmp.Diff(want, n.notes); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutATraceSpansAreNothing(t *testing.T) {
	t.Parallel()
	var n notebook
	for name, tracer := range map[string]telemetry.Tracer{"no tracer": nil, "not sampled": &n} {
		ctx, root := telemetry.Begin(t.Context(), tracer, telemetry.Root{Name: "unsampled"})
		inner, span := telemetry.Start(ctx, "room")
		if ctx != t.Context() || inner != ctx || root.Traced() || span.Traced() || telemetry.SpanOf(inner).Traced() {
			t.Errorf("%s: something is traced", name)
		}
		span.Rename("x")
		span.Set(slog.Int("n", 1))
		span.End(nil)
		if trace, id := span.IDs(); trace != "" || id != "" {
			t.Errorf("%s: has identifiers", name)
		}
	}
	if len(n.notes) != 0 {
		t.Errorf("heard %v", n.notes)
	}
}

func TestWorkThatIsNotTracedCostsNoMemory(t *testing.T) {
	ctx := telemetry.WithRequestID(t.Context(), "01J")
	if got := testing.AllocsPerRun(100, func() {
		_, span := telemetry.Start(ctx, "room")
		span.Set(slog.Int("attempt", 1))
		span.End(nil)
	}); got != 0 {
		t.Errorf("%v allocations", got)
	}
}

func TestLinesOfATraceNameIt(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := telemetry.NewLogger(&out, telemetry.Options{Format: "json"})
	ctx, root := telemetry.Begin(telemetry.WithRequestID(t.Context(), "01J"), &notebook{}, telemetry.Root{Name: "POST"})
	inner, _ := telemetry.Start(ctx, "room")
	log.InfoContext(inner, "within")
	root.End(nil)
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	delete(line, "time")
	want := map[string]any{"level": "INFO", "msg": "within", "request_id": "01J", "trace_id": "t", "span_id": "s of room"}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsShippedHoldsNoMoreThanTheLog(t *testing.T) {
	t.Parallel()
	var here, there bytes.Buffer
	local := telemetry.NewLogger(&here, telemetry.Options{Format: "json", Level: "info"})
	// The second handler blanks nothing itself, as an exporter's would.
	log := telemetry.Ship(local, slog.NewJSONHandler(&there, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ctx := telemetry.WithRequestID(t.Context(), "01J")
	log.DebugContext(ctx, "not in the local log")
	log = log.With(slog.String("token", hidden), slog.Any("thing", stringer{"spr_" + hidden})).WithGroup("request")
	log.InfoContext(ctx, "Bearer "+hidden, slog.Group("inner", slog.String("password", hidden), slog.Int("n", 1)),
		slog.Any("list", []string{"spr_" + hidden}), slog.Any("pair", map[string]string{"a": "b"}), slog.Any("none", nil))
	if strings.Contains(here.String()+there.String(), hidden) {
		t.Errorf("%s\n%s", here.String(), there.String())
	}
	if got := strings.Count(there.String(), "\n"); got != 1 {
		t.Errorf("%d lines were shipped", got)
	}
	for _, want := range []string{`"request_id":"01J"`, `"n":1`, `"pair":"map[a:b]"`, `"request":{"inner"`, telemetry.Redacted} {
		if !strings.Contains(there.String(), want) {
			t.Errorf("%s is missing in %s", want, there.String())
		}
	}
}
