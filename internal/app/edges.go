package app

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/metrics"
	"github.com/sallyport-auth/sallyport/internal/httpapi/swagger"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui"
)

// buildPublic builds what the public listener serves.
func (a *App) buildPublic(observed *metrics.Metrics, checks []telemetry.Check) (http.Handler, error) {
	pages, err := a.buildPages()
	if err != nil {
		return nil, err
	}
	return httpapi.New(httpapi.Options{
		NewDocs:  func(contract []byte, path string) (httpapi.Docs, error) { return swagger.New(contract, path) },
		Accounts: a.accounts, Logins: a.logins, Factors: a.factors, Passkeys: a.passkeys, Sessions: a.sessions, Devices: a.sessions, Verifier: a.verifier, Keys: a.ring, Limits: a.limits,
		Clock: a.clock, Log: a.log, Tally: a.tally,
		Pages: pages, Checks: checks, Observe: observed.Observe,
		PublicURL: a.cfg.PublicURL, VerifyEmailOnGet: a.cfg.VerifyEmailOnGet,
		TrustedProxies: a.cfg.TrustedProxies, CORSOrigins: a.cfg.CORSOrigins,
		Tracer: a.tracer, TraceCallers: a.cfg.OTLPCallers,
	})
}

func (a *App) buildPages() (http.Handler, error) {
	o := webui.Options{
		Accounts: a.accounts, Limits: a.limits, Clock: a.clock, Log: a.log, Product: product,
		PublicURL: a.cfg.PublicURL, AppURL: a.cfg.AppURL, VerifyEmailOnGet: a.cfg.VerifyEmailOnGet,
		PasswordMinLength: a.cfg.PasswordMinLength,
		ClientAddress:     func(r *http.Request) string { return ratelimit.Client(middleware.ClientAddress(r.Context())) },
	}
	if a.mailbox != nil {
		o.Box = a.mailbox
	}
	return webui.New(o)
}
