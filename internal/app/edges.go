package app

import (
	"fmt"
	"net/http"
	"os"

	"github.com/sallyport-auth/sallyport/internal/config"
	"github.com/sallyport-auth/sallyport/internal/httpapi"
	"github.com/sallyport-auth/sallyport/internal/httpapi/metrics"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui"
	"github.com/sallyport-auth/sallyport/internal/webui/brand"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// MailboxURL is where the mailbox of development is shown, if there is one.
func MailboxURL(cfg config.Config) string { return cfg.PublicURL + frame.MailboxPath }

// buildPublic builds what the public listener serves.
func (a *App) buildPublic(observed *metrics.Metrics, checks []telemetry.Check) (http.Handler, error) {
	pages, err := a.buildPages()
	if err != nil {
		return nil, err
	}
	return httpapi.New(httpapi.Options{
		Accounts: a.accounts, SignUps: a.signUps, Passwords: a.recovery, Changes: a.changes, Deletions: a.deletions, Records: a.records, Logins: a.logins, Factors: a.factors, Passkeys: a.passkeys,
		Sessions: a.sessions, Users: a.users, Roles: a.roles, Gate: a.operators, Overview: a.overview, Clients: a.clients, Feed: a.feed, Visitors: a.visitors, Verifier: a.verifier, Keys: a.ring, Limits: a.limits, Idempotency: a.idempotency,
		Clock: a.clock, Log: a.log, Tally: a.tally,
		Pages: pages, Checks: checks, Observe: observed.Observe,
		PublicURL: a.cfg.PublicURL, VerifyEmailOnGet: a.cfg.VerifyEmailOnGet, PasswordGrant: a.cfg.PasswordGrant, Settings: a.settings(),
		TrustedProxies: a.cfg.TrustedProxies, CORSOrigins: a.cfg.CORSOrigins, CORSHeaders: a.cfg.CORSHeaders,
		Tracer: a.tracer, TraceCallers: a.cfg.OTLPCallers,
	})
}

// settings is what strangers are told of the settings.
func (a *App) settings() httpapi.Settings {
	return httpapi.Settings{
		SignUp: a.cfg.SignUp, EmailVerification: a.cfg.RequireVerifiedEmail, Languages: words.Languages(),
		Password:  httpapi.PasswordSettings{MinLength: a.passwords.Min, MaxLength: a.passwords.Max, MaxBytes: a.passwords.MaxBytes},
		MagicLink: httpapi.MailedSignIn{Link: a.cfg.MagicLinkByLink(), Code: a.cfg.MagicLinkByCode()},
	}
}

func (a *App) buildPages() (*webui.Site, error) {
	o := webui.Options{
		Options: frame.Options{
			Rooms:  frame.Rooms{Accounts: a.accounts, SignUps: a.signUps, Recovery: a.recovery, Changes: a.changes, Deletions: a.deletions, Records: a.records, Logins: a.logins, Sessions: a.sessions, Factors: a.factors, Passkeys: a.passkeys, Users: a.users, Roles: a.roles, Gate: a.operators, Overview: a.overview},
			Limits: a.limits, Log: a.log, Product: a.cfg.BrandName, PublicURL: a.cfg.PublicURL, AppURL: a.cfg.AppURL,
			SessionTTL: a.cfg.SessionTTL, Passwords: a.passwords,
			ClientAddress: func(r *http.Request) string { return ratelimit.Client(middleware.ClientAddress(r.Context())) },
		},
		Visitors: a.visitors, Clock: a.clock,
		SignUpOpen: a.cfg.SignUp == "open", VerifyEmailOnGet: a.cfg.VerifyEmailOnGet, VerifyEmailTTL: a.cfg.VerifyEmailTTL,
		MailsLink: a.cfg.MagicLinkByLink(), MailsCode: a.cfg.MagicLinkByCode(),
	}
	if a.mailbox != nil {
		o.Box = a.mailbox
	}
	own, err := brand.Read(a.cfg.BrandLogo, a.cfg.BrandColor)
	if err != nil {
		return nil, fmt.Errorf("SALLYPORT_BRAND_LOGO, SALLYPORT_BRAND_COLOR: %w", err)
	}
	o.Brand = own
	if a.cfg.PageTemplates != "" {
		o.Templates = os.DirFS(a.cfg.PageTemplates)
	}
	return webui.New(o)
}
