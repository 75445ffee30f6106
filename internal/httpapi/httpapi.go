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
// Every answer that differs between known and unknown addresses would be a
// leak, so the mail requests have one answer each, made here and not by rooms.
//
// This package never decides who may do what beyond "has a live token", never
// opens a transaction and never writes HTML, but for the page that shows the
// contract.
package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// SignUps is how accounts come to be; *account.Accounts does it.
type SignUps interface {
	SignUp(ctx context.Context, s account.SignUp) (account.SignedUp, error)
	RequestVerification(ctx context.Context, email, proof string, o audit.Origin) error
	Verifiable(ctx context.Context, token, proof string) (account.Verifiable, error)
}

// Passwords is how passwords become new ones; *account.Accounts does it.
type Passwords interface {
	RequestReset(ctx context.Context, email string, o audit.Origin) error
	Resettable(ctx context.Context, token string) (usable bool, address string, err error)
	ResetPassword(ctx context.Context, token, newPassword string, o audit.Origin) error
	ChangePassword(ctx context.Context, c account.ChangePassword) (session.Tokens, error)
}

// Profiles is what a user sees and changes of themselves; *account.Accounts
// keeps it.
type Profiles interface {
	Profile(ctx context.Context, userID string) (store.User, error)
	UpdateProfile(ctx context.Context, h session.Asker, c account.ProfileChange) (store.User, error)
	Refused(ctx context.Context, u store.User) (account.Refused, error)
}

// Disowners is how users say that a sign-in was not theirs; *account.Accounts
// hears them.
type Disowners interface {
	Disownable(ctx context.Context, token string) (session.Device, bool, error)
	Disown(ctx context.Context, token string, o audit.Origin) error
}

// Addresses is how users get another address; *account.Accounts does it.
type Addresses interface {
	RequestEmailChange(ctx context.Context, c account.EmailChange) error
	EmailConfirmable(ctx context.Context, token string) (usable bool, address, userID string, err error)
	ConfirmEmail(ctx context.Context, c account.EmailConfirmation) (store.User, error)
	EmailUndoable(ctx context.Context, token string) (usable bool, address string, err error)
	UndoEmailChange(ctx context.Context, token string, o audit.Origin) error
}

// Leavers is how users leave, and stay after all; *account.Accounts sees to it.
type Leavers interface {
	Delete(ctx context.Context, d account.Deletion) (erasedAt time.Time, err error)
	Restore(ctx context.Context, token string, o audit.Origin) error
}

// Accounts is all of them.
type Accounts interface {
	SignUps
	Passwords
	Profiles
	Disowners
	Addresses
	Leavers
}

// Records shows what is kept about a user; *personal.Records does it.
type Records interface {
	Export(ctx context.Context, h session.Asker, w io.Writer) error
}

// Logins signs in; *login.Logins does it.
type Logins interface {
	WithPassword(ctx context.Context, p login.Password) (login.SignedIn, error)
	VerifyEmail(ctx context.Context, v login.Verification) (login.Verified, error)
	WithPasskey(ctx context.Context, p login.Passkey) (login.SignedIn, error)
	WithSecondFactor(ctx context.Context, s login.SecondFactor) (login.SignedIn, error)
	AskPasskey(ctx context.Context, token string, o audit.Origin) (passkey.Ceremony, error)
	Reauthenticate(ctx context.Context, r login.Reauthentication) (session.Tokens, error)
	AskPasskeyAgain(ctx context.Context, userID, sessionID string) (passkey.Ceremony, error)
	Resume(ctx context.Context, sessionID string) (login.SignedIn, error)
}

// MagicLinks signs in by mail; *login.Logins does it.
type MagicLinks interface {
	AskMagicLink(ctx context.Context, r login.MagicLinkRequest) (login.MagicLinkAsked, error)
	LookAtMagicLink(ctx context.Context, token string) (usable bool, address string, err error)
	WithMagicLink(ctx context.Context, m login.MagicLink) (login.SignedIn, error)
}

// Factors enrols and removes second factors; *mfa.Factors does it.
type Factors interface {
	EnrolTOTP(ctx context.Context, h session.Asker) (secret, uri, svg string, err error)
	ConfirmTOTP(ctx context.Context, h session.Asker, code string) (recoveryCodes []string, err error)
	RemoveTOTP(ctx context.Context, h session.Asker) (session.Tokens, error)
	NewRecoveryCodes(ctx context.Context, h session.Asker) ([]string, error)
}

// Passkeys registers and manages passkeys, and begins sign-ins with them;
// *passkey.Passkeys does it.
type Passkeys interface {
	BeginRegistration(ctx context.Context, h session.Asker) (passkey.Ceremony, error)
	Register(ctx context.Context, h session.Asker, ceremony string, credential json.RawMessage, name string) (passkey.Registered, error)
	List(ctx context.Context, userID string) ([]store.Passkey, error)
	Rename(ctx context.Context, h session.Asker, passkeyID, name string) (store.Passkey, error)
	Remove(ctx context.Context, h session.Asker, passkeyID string) (session.Tokens, error)
	BeginAuthentication() (passkey.Ceremony, error)
}

// Sessions refreshes and ends sessions; *session.Sessions does it.
type Sessions interface {
	Refresh(ctx context.Context, raw string, o audit.Origin) (session.Tokens, error)
	Logout(ctx context.Context, l session.Logout) (session.Receipt, error)
	Recent(ctx context.Context, c token.Claims) error
}

// Devices shows users where they are signed in, and signs out there;
// *session.Sessions does it.
type Devices interface {
	Devices(ctx context.Context, l session.DeviceList) (session.DevicePage, error)
	End(ctx context.Context, a session.Asker, sessionID string) error
	EndOthers(ctx context.Context, a session.Asker) error
}

// Verifier verifies access tokens; *token.Verifier does it.
type Verifier interface {
	Verify(ctx context.Context, raw string) (token.Claims, error)
	VerifyExpired(ctx context.Context, raw string) (token.Claims, error)
}

// KeySet publishes signing keys; *keys.Ring does it.
type KeySet interface {
	JWKS() []byte
}

// Docs shows the contract to people; *swagger.Docs does it.
type Docs interface {
	Contract(w http.ResponseWriter, r *http.Request)
	Page(w http.ResponseWriter, r *http.Request)
	File(name string) (http.Handler, bool)
}

// Pages answers people; *webui.Site does it.
type Pages interface {
	http.Handler
	// For reports whether a request is for a page, and whether its Accept header
	// decided that.
	For(r *http.Request) (yes, byAccept bool)
	// Fail shows what stopped a request that did not get through to a page.
	Fail(w http.ResponseWriter, r *http.Request, err error)
}

// Options is what the API needs. Every field of the first two groups must be
// set, but for Tally.
type Options struct {
	Accounts   Accounts
	Records    Records
	Logins     Logins
	MagicLinks MagicLinks
	Factors    Factors
	Passkeys   Passkeys
	Sessions   Sessions
	Devices    Devices
	Verifier   Verifier
	Keys       KeySet
	Limits     frame.Limits
	// Idempotency keeps what requests with an Idempotency-Key came to.
	Idempotency *idempotency.Keys
	// NewDocs gives what shows the contract below a path.
	NewDocs func(contract []byte, path string) (Docs, error)

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
	TrustedProxies   []string
	CORSOrigins      []string
	CORSHeaders      []string

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
	docs     Docs
}

// New returns the handler of the public listener.
func New(o Options) (http.Handler, error) {
	switch {
	case o.Accounts == nil, o.Records == nil, o.Logins == nil, o.MagicLinks == nil, o.Factors == nil, o.Passkeys == nil, o.Sessions == nil, o.Devices == nil, o.Verifier == nil, o.Keys == nil, o.Limits == nil, o.Idempotency == nil,
		o.NewDocs == nil, o.Clock == nil, o.Log == nil:
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
		Verifier: o.Verifier, Recency: o.Sessions, Limits: o.Limits, Idempotency: o.Idempotency, Resume: s.resume, Log: o.Log, Tally: o.Tally, Lost: s.lost,
		AboutInput: []error{account.ErrWrongPassword, login.ErrWrongCode, login.ErrWrongMailedCode, passkey.ErrRefused},
	}, newContract())
	s.frame.Mount(s.routes()...)
	var err error
	if s.contract, err = s.frame.Contract(); err != nil {
		return nil, err
	}
	if o.NewDocs != nil {
		s.docs, err = o.NewDocs(s.contract, "/docs/")
	}
	return s, err
}

// gates puts what every request passes in front of a handler.
func (s *server) gates(proxies *middleware.Proxies, next http.Handler) http.Handler {
	next = middleware.LimitBody(s.fail, next)
	next = middleware.Secure(s.secure, next)
	next = middleware.Recover(s.Log, s.Tally, s.fail, next)
	next = middleware.Log(middleware.Logger{Log: s.Log, Clock: s.Clock, Observe: s.Observe}, next)
	return middleware.Identify(proxies, next)
}
