package app

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/telemetry/otlp"
)

// ship begins to ship the log and traces, if a collector is set. From here on
// everything that is logged goes there as well.
func (a *App) ship(ctx context.Context) error {
	if !a.cfg.Ships() {
		return nil
	}
	o := shippingOptions(a.cfg, a.version)
	o.Clock, o.Local, o.Tally = a.clock, a.log, a.tally
	exporter, err := otlp.New(ctx, o)
	if err != nil {
		return err
	}
	// It outlives everything that logs: flush ends it.
	shipping, shipCtx := newGroup(context.WithoutCancel(ctx), a.log)
	shipping.run(shipCtx, "shipping of logs and traces", exporter.Run)
	a.shipping, a.tracer = shipping, exporter.Tracer()
	a.log = telemetry.Ship(a.log, exporter.Handler())
	return nil
}

// flush ships what is left, for a few seconds at most.
func (a *App) flush() {
	if a.shipping != nil {
		a.shipping.cancel(nil)
		a.shipping.wait()
	}
}

func shippingOptions(cfg config.Config, version string) otlp.Options {
	return otlp.Options{
		Endpoint: cfg.EffectiveOTLPEndpoint(), Headers: cfg.OTLPHeaderValues(), Traces: cfg.OTLPTraces, Version: version,
	}
}

// checkCollectorWithin bounds the look at the collector.
const checkCollectorWithin = 15 * time.Second

// examineShipping sends one record to the collector.
func examineShipping(ctx context.Context, cfg config.Config) Finding {
	ctx, cancel := context.WithTimeout(ctx, checkCollectorWithin)
	defer cancel()
	o := shippingOptions(cfg, "doctor")
	o.Clock, o.Local = clock.System{}, discard()
	if err := otlp.Probe(ctx, o); err != nil {
		return Finding{
			"telemetry", Bad, cfg.EffectiveOTLPEndpoint() + ": " + err.Error(),
			"check SALLYPORT_OTLP_ENDPOINT (the base URL of OTLP over HTTP), SALLYPORT_OTLP_HEADERS or the token of Better Stack, " +
				"and that this machine may connect there",
		}
	}
	return Finding{"telemetry", Good, cfg.EffectiveOTLPEndpoint() + " takes records from us", ""}
}
