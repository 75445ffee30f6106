// Package metrics tells Prometheus what this process did: requests as they were
// observed, what rooms counted, and gauges that are read when it asks.
package metrics

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// Metrics is what Prometheus reads: requests as they are observed, what rooms
// counted in the tally, and gauges that are read when it asks. A nil one
// observes nothing. It is safe for concurrent use.
type Metrics struct {
	opts Options

	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

// Options says what is exported beside requests and the Go runtime. All
// of it may be left out.
type Options struct {
	Version string // of the program
	Tally   *telemetry.Tally
	Helps   map[string]string // what is counted, by name in the tally
	Gauges  []Gauge
	Log     *slog.Logger
}

// Gauge is a figure of this moment. Gauges that share a name share its help and
// the names of their labels. One that fails is logged and left out.
type Gauge struct {
	Name   string // sallyport_jobs
	Help   string
	Labels []Label
	Read   func(ctx context.Context) (float64, error)
}

// Label tells gauges of one name apart.
type Label struct{ Name, Value string }

// key is what no two gauges may share.
func (g Gauge) key() string { return fmt.Sprint(g.Name, g.Labels) }

// desc names the gauge, and values are those of its labels.
func (g Gauge) desc() (desc *prometheus.Desc, values []string) {
	var names []string
	for _, l := range g.Labels {
		names, values = append(names, l.Name), append(values, l.Value)
	}
	return prometheus.NewDesc(g.Name, g.Help, names, nil), values
}

const (
	// namespace starts the name of every metric of ours.
	namespace = "sallyport"
	// readFor bounds the reading of all gauges.
	readFor = 1800 * time.Millisecond
)

// New returns the metrics of this process.
func New(o Options) (*Metrics, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	seen := map[string]bool{}
	for _, g := range o.Gauges {
		if metricName(g.Name) != g.Name || g.Read == nil || seen[g.key()] {
			return nil, fmt.Errorf("metrics: %q is no gauge, or is given twice", g.Name)
		}
		seen[g.key()] = true
	}
	m := &Metrics{
		opts:     o,
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "http_request_duration_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"method", "route", "status"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "1, with the version of the program.",
		ConstLabels: prometheus.Labels{"version": o.Version},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m, nil
}

// Observe counts a request.
func (m *Metrics) Observe(o middleware.Observation) {
	if m == nil {
		return
	}
	m.requests.WithLabelValues(o.Method, o.Route, strconv.Itoa(o.Status)).Observe(o.Took.Seconds())
}

// ServeHTTP answers Prometheus.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	moment := prometheus.NewRegistry()
	moment.MustRegister(scrape{ctx: r.Context(), metrics: m})
	promhttp.HandlerFor(prometheus.Gatherers{m.registry, moment}, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError,
	}).ServeHTTP(w, r)
}

// scrape collects for one request what has to be asked for.
type scrape struct {
	ctx     context.Context //nolint:containedctx // Collect takes none
	metrics *Metrics
}

// Describe says nothing: what there is depends on what happened.
func (scrape) Describe(chan<- *prometheus.Desc) {}

// Collect asks.
func (s scrape) Collect(out chan<- prometheus.Metric) {
	for _, c := range s.metrics.opts.Tally.Snapshot() {
		desc := prometheus.NewDesc(prometheus.BuildFQName(namespace, "", metricName(c.Name)+"_total"),
			cmp.Or(s.metrics.opts.Helps[c.Name], "Events counted under "+c.Name+"."), []string{"outcome"}, nil)
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(c.N), c.Label)
	}
	ctx, cancel := context.WithTimeout(s.ctx, readFor)
	defer cancel()
	for _, g := range s.metrics.opts.Gauges {
		value, err := g.Read(ctx)
		if err != nil {
			s.metrics.opts.Log.WarnContext(ctx, "gauge was not read", slog.String("gauge", g.Name), slog.Any("error", err))
			continue
		}
		desc, labels := g.desc()
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
}

// metricName makes a name that Prometheus takes.
func metricName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(name))
}
