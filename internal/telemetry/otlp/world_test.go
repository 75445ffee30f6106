package otlp_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp"
)

// patience is a net against hanging for ever; nothing is meant to take as long.
const patience = 30 * time.Second

// world is an exporter at work, with the local log beside it.
type world struct {
	*otlp.Exporter

	log   *slog.Logger // local and shipped
	local *buffer
	tally *telemetry.Tally
	stop  func()
}

// start runs an exporter until the test ends or stop is called.
func start(t *testing.T, o otlp.Options) *world {
	t.Helper()
	w := &world{local: &buffer{}, tally: &telemetry.Tally{}}
	o.Version, o.Tally = "1.2.3", w.tally
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	o.Local = telemetry.NewLogger(w.local, telemetry.Options{Format: "json", Level: "debug"})
	o = otlp.Quick(o, 2048, patience, patience) // what a slow machine takes is no loss
	var err error
	if w.Exporter, err = otlp.New(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	w.log = telemetry.Ship(o.Local, w.Handler())
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = w.Run(ctx)
	}()
	w.stop = func() {
		cancel()
		<-ended
	}
	t.Cleanup(w.stop)
	return w
}

// count reads a counter.
func (w *world) count(name, outcome string) uint64 {
	for _, c := range w.tally.Snapshot() {
		if c.Name == name && c.Label == outcome {
			return c.N
		}
	}
	return 0
}

// told counts the lines of the local log that hold text.
func (w *world) told(text string) int { return strings.Count(w.local.String(), text) }

// buffer is a log that is written and read at once.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
