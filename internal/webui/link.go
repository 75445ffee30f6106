package webui

import (
	"context"
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

var (
	errUnsupported = fault.New(fault.Unsupported, "unsupported_media_type", "The body is of a type that this path does not take.")
	errMalformed   = fault.New(fault.Malformed, "malformed_request", "The request cannot be read.")
)

// Links is what the pages behind links ask of the room account.
type Links interface {
	// Verifiable and Resettable report whether a token would work. They change
	// nothing.
	Verifiable(ctx context.Context, token string) (bool, error)
	Resettable(ctx context.Context, token string) (bool, error)
	// VerifyEmail and ResetPassword spend a token. A token that cannot be used
	// is a fault of the kind Spent.
	VerifyEmail(ctx context.Context, token string, origin audit.Origin) (store.User, error)
	ResetPassword(ctx context.Context, token, newPassword string, origin audit.Origin) error
	// Disownable is the like for a token of the mail about a new device, and
	// shows that device; Disown spends it.
	Disownable(ctx context.Context, token string) (session.Device, bool, error)
	Disown(ctx context.Context, token string, origin audit.Origin) error
}

// Limits counts requests against client addresses.
type Limits interface {
	Allow(ctx context.Context, flow ratelimit.Flow, address string) error
}

// flow is one of the things that a link in mail is for.
type flow string

const (
	flowVerify flow = "verify"
	flowReset  flow = "reset"
	flowDisown flow = "disown"
)

// doneFor is how long, in seconds, a browser that spent a link is shown that it
// worked when it comes back with the same link.
const doneFor = 600

// opened decides what a link leads to when it is opened: reports true if its
// form is to be shown, and has answered otherwise.
func (p *pages) opened(
	w http.ResponseWriter, r *http.Request, f flow, usable func(context.Context, string) (bool, error),
) (token string, ok bool) {
	token = r.URL.Query().Get("token")
	if token != "" {
		err := p.allow(r)
		if err == nil {
			ok, err = usable(r.Context(), token)
		}
		if err != nil {
			p.fail(w, r, err)
			return token, false
		}
	}
	if !ok {
		p.spent(w, r, f, token)
	}
	return token, ok
}

// done answers that a link was used, and remembers it for this browser.
func (p *pages) done(w http.ResponseWriter, r *http.Request, f flow, token string) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public URL is https
		Name: p.doneName(), Value: doneValue(f, token), Path: r.URL.Path, MaxAge: doneFor,
		Secure: p.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	p.showDone(w, r, f)
}

func (p *pages) showDone(w http.ResponseWriter, r *http.Request, f flow) {
	p.show(w, r, http.StatusOK, shapeDone, view{Heading: p.say(r).Text(string(f) + ".done.heading"), Flow: f})
}

// spent answers for a link that cannot be used. If this browser has just used
// it, nothing has failed: the page of success was loaded again.
func (p *pages) spent(w http.ResponseWriter, r *http.Request, f flow, token string) {
	if c, err := r.Cookie(p.doneName()); err == nil && token != "" &&
		subtle.ConstantTimeCompare([]byte(c.Value), []byte(doneValue(f, token))) == 1 {
		p.showDone(w, r, f)
		return
	}
	p.show(w, r, http.StatusBadRequest, shapeLink, view{Heading: p.say(r).Text("link.heading"), Flow: f})
}

// doneName has the prefix that browsers grant to secure cookies alone.
func (p *pages) doneName() string {
	if p.secure() {
		return "__Secure-sallyport-done"
	}
	return "sallyport-done"
}

// doneValue is not the hash that the store keeps of a token.
func doneValue(f flow, token string) string { return secret.Hash("done " + string(f) + " " + token) }

// allow counts a token that was presented.
func (p *pages) allow(r *http.Request) error {
	return p.Limits.Allow(r.Context(), ratelimit.OneTime, p.ClientAddress(r))
}

func originOf(r *http.Request) audit.Origin {
	o := audit.Origin{UserAgent: r.UserAgent(), RequestID: telemetry.RequestID(r.Context())}
	if a := client(r); a.IsValid() {
		o.Address = a.String()
	}
	return o
}

// readForm reads a form from the body alone: a token in a URL is never spent.
func readForm(r *http.Request) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return errUnsupported
	}
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return middleware.ErrTooLarge
		}
		return errMalformed
	}
	return nil
}
