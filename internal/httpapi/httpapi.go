// Package httpapi is the edge for programs: the JSON API, its contract
// (OpenAPI 3.1) with a page to try it, and what operators look at. A handler
// decodes, makes one call to a room, and encodes; the rooms decide.
//
// [middleware] comes first. Then the dispatch parts people from programs: pages
// go to the handler that Options.Pages names, everything else comes here, to
// the routes (routes.go has all of them) and the frame that they stand in,
// [frame]. What stops a request before either is told in the form that the one
// it was for has: people get a page.
//
// # Threats
//
// Beyond those that the frame stops: the Host header builds nothing. Tokens are read from the
// Authorization header or the body, never from a cookie, so other sites cannot
// ride on a browser's session. The one cookie, the known device, opens nothing.
// /verify alone takes the cookie of the pages, and that of an application on another
// host (verify.go, application.go): it changes nothing, and CORS lets no script read
// what it says.
// Every answer that differs between known and unknown addresses would be a
// leak, so the mail requests have one answer each, made here and not by rooms.
//
// This package never decides who may do what beyond "has a live token", never
// opens a transaction and never writes HTML, but for the page that shows the
// contract.
package httpapi

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/client"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/httpapi/swagger"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// Pages answers people; *webui.Site does it.
type Pages interface {
	http.Handler
	// For reports whether a request is for a page, and whether its Accept header
	// decided that.
	For(r *http.Request) (yes, byAccept bool)
	// Fail shows what stopped a request that did not get through to a page.
	Fail(w http.ResponseWriter, r *http.Request, err error)
	// SessionCookie is the cookie of a session that a browser sent, or nothing.
	SessionCookie(r *http.Request) string
	// SignInURL is the address of the sign-in page, which leads back to an address
	// if that is one that people may be led to.
	SignInURL(back string) string
	// ApplicationURL is the address of the page that signs in to an application on
	// another host, in the browser of a challenge, and leads on to a path of it.
	ApplicationURL(origin, challenge, path string) string
	// RefusedURL is the address of the page that says that this did not work.
	RefusedURL(origin string) string
	// SignOutURL is the address of the page that signs out.
	SignOutURL() string
}

// Options is what the API needs. Every field of the first two groups must be
// set, but for Tally.
type Options struct {
	Accounts  *account.Accounts
	Changes   *emailchange.Changes
	Passwords *recovery.Passwords
	SignUps   *signup.SignUps
	Deletions *deletion.Deletions
	Records   *personal.Records
	Logins    *login.Logins
	Factors   *mfa.Factors
	Passkeys  *passkey.Passkeys
	Sessions  *session.Sessions
	Users     *admin.Users
	Roles     *rbac.Roles
	Gate      *admin.Gate
	Overview  *admin.Overview
	Clients   *client.Clients
	Feed      *token.Pages
	Visitors  *forward.Visitors
	Verifier  *token.Verifier
	Keys      *keys.Ring
	Limits    *ratelimit.Limits
	// Idempotency keeps what requests with an Idempotency-Key came to.
	Idempotency *idempotency.Keys

	Clock clock.Clock
	Log   *slog.Logger
	Tally *telemetry.Tally

	// Pages answers people: the hosted forms, /dev/ and /static/. Without it
	// programs alone are answered.
	Pages Pages
	// Checks is what /readyz asks.
	Checks []telemetry.Check
	// Observe hears of each request; nil if nobody does.
	Observe func(middleware.Observation)

	// PublicURL decides whether cookies are Secure and browsers are told to
	// keep to HTTPS.
	PublicURL        string
	VerifyEmailOnGet bool
	// PasswordGrant exchanges passwords for tokens at /oauth2/token.
	PasswordGrant bool
	// Settings is what /auth/settings tells.
	Settings       Settings
	TrustedProxies []string
	CORSOrigins    []string
	CORSHeaders    []string

	// Tracer traces requests, nil none; TraceCallers are the networks whose
	// traceparent it follows.
	Tracer       telemetry.Tracer
	TraceCallers []string
}

// server holds what handlers need.
type server struct {
	Options

	secure   bool // the public URL is https
	frame    *frame.Frame
	health   *telemetry.Health
	contract []byte
	docs     *swagger.Docs

	followers followers
}

// New returns the handler of the public listener.
func New(o Options) (http.Handler, error) {
	switch {
	case o.Accounts == nil, o.Records == nil, o.Logins == nil, o.Factors == nil, o.Passkeys == nil, o.Sessions == nil, o.Users == nil, o.Roles == nil, o.Gate == nil, o.Overview == nil, o.Clients == nil, o.Feed == nil, o.Visitors == nil, o.Verifier == nil, o.Keys == nil, o.Limits == nil, o.Idempotency == nil,
		o.Clock == nil, o.Log == nil:
		return nil, errors.New("HTTP API: a room is missing")
	}
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	proxies, err := middleware.ParseProxies(o.TrustedProxies)
	if err != nil {
		return nil, err
	}
	callers, err := middleware.ParseProxies(o.TraceCallers)
	if err != nil {
		return nil, err
	}
	api, err := middleware.CORS(o.CORSOrigins, o.CORSHeaders, s.frame)
	if err != nil {
		return nil, err
	}
	return middleware.Trace(middleware.Tracing{Tracer: o.Tracer, Callers: callers}, s.gates(proxies, s.dispatch(api))), nil
}

// newServer builds the API without anything in front of it.
func newServer(o Options) (*server, error) {
	s := &server{Options: o, secure: strings.HasPrefix(o.PublicURL, "https://"), health: telemetry.NewHealth(o.Checks, o.Clock, o.Log)}
	s.frame = frame.New(frame.Options{
		Verifier: o.Verifier, Sessions: o.Sessions, Limits: o.Limits, Idempotency: o.Idempotency, Resume: s.resume, Log: o.Log, Tally: o.Tally, Lost: s.lost,
		AboutInput: []error{account.ErrWrongPassword, login.ErrWrongCode, login.ErrWrongMailedCode, passkey.ErrRefused},
	}, newContract())
	s.frame.Mount(s.routes()...)
	var err error
	if s.contract, err = s.frame.Contract(); err != nil {
		return nil, err
	}
	s.docs, err = swagger.New(s.contract, "/docs/")
	return s, err
}

// gates puts what every request passes in front of a handler.
func (s *server) gates(proxies *middleware.Proxies, next http.Handler) http.Handler {
	next = s.entering(proxies, s.verifying(proxies, s.polling(middleware.LimitBody(s.fail, next))))
	next = middleware.Secure(s.secure, next)
	next = middleware.Recover(s.Log, s.Tally, s.fail, next)
	next = middleware.Log(middleware.Logger{Log: s.Log, Clock: s.Clock, Observe: s.Observe}, next)
	return middleware.Identify(proxies, next)
}
