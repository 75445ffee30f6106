// Package webui is the edge for people: the pages behind the links in mail, the
// mailbox page of development, and the files that they need. It knows net/http
// and html/template; what happens, the room account decides.
//
// # The pages behind links
//
//	GET  /auth/verify-email?token=    a page with one button
//	POST /auth/verify-email           spends the token: done, or why not
//	GET  /auth/reset-password?token=  a form for the new password
//	POST /auth/reset-password         spends the token: done, or why not
//	GET  /auth/sessions/not-me?token= the device that a mail told of, and a button
//	POST /auth/sessions/not-me        spends the token: signed out there, or why not
//
// GET and HEAD change nothing, so that a link scanner can neither verify nor
// spend anything. The one exception is the setting VerifyEmailOnGet; even then
// neither HEAD nor a browser's prefetch verifies. A token that was consumed, was
// superseded, has expired or is unknown gives one page that tells none of these
// apart. A password that is refused as weak shows the form again and spends
// nothing; no page ever holds a password that was typed.
//
// Statuses are truthful: 200 done or a form to fill, 400 a link that cannot be
// used, 422 a weak password, 429 and 503 with Retry-After, 500 with the request
// id. Where trying again is the remedy, the form is shown again, ready for it.
//
// A form is answered with a page, not with a redirect. So that loading that
// page again does not look like a failure, success leaves a cookie for ten
// minutes that holds a hash of the token: a token that this very browser has
// spent shows the page of success again. The cookie opens nothing.
//
// # What protects them
//
//   - The token stands in a URL. Referrer-Policy keeps it from every
//     sub-resource and from the pages that links lead to (at a public URL of
//     plain HTTP other than localhost, where browsers would send forms without
//     an origin, the policy is strict-origin: then Referer holds the origin and
//     never a path). Nothing here logs a URL, a token or a password.
//   - Forms are taken from our own pages only (http.CrossOriginProtection).
//   - The Content-Security-Policy allows our own style sheet and nothing else:
//     no inline script or style, no frame around a page, no form to another
//     site. Only the mailbox page has a script, a file.
//   - Nothing but the files under /static/ may be stored by a cache. Those have
//     a hash of their content in the name and are kept for good.
//   - One-time tokens count against the client address like those sent to the
//     JSON API.
//
// # The mailbox of development
//
// /dev/mailbox shows, and /dev/mailbox.json lists, what a mail.Box captured:
// live tokens. Both answer 404 unless there is a Box, the peer is this
// computer, the Host header says localhost, 127.0.0.1 or [::1] (a page
// elsewhere may have its own name lead here: DNS rebinding), and neither a
// header nor HTTP/1.0 tells of a proxy in between. A mail's HTML is shown in a sandboxed frame from
// an address of its own, where nothing runs and nothing loads.
//
// # Words and states
//
// Every visible word stands in text/en.json. [Gallery] renders every page in
// every state with canned data through the real handlers.
package webui

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// Options is what the pages need.
type Options struct {
	Accounts Accounts
	Limits   Limits
	// Box is the mailbox of development, nil if mail goes out by SMTP.
	Box   *mail.Box
	Clock clock.Clock
	Log   *slog.Logger

	// Product is what the operator calls the service, shown on every page;
	// Sallyport if empty.
	Product string
	// PublicURL is where browsers find this server.
	PublicURL string
	// AppURL is where the pages lead when they are done; if empty they say so
	// in words.
	AppURL string
	// VerifyEmailOnGet verifies as soon as the link is opened.
	VerifyEmailOnGet bool
	// PasswordMinLength is shown beside the field for a new password.
	PasswordMinLength int
	// ClientAddress gives what a request's one-time tokens count against: the
	// client's address, IPv6 by /64, if nil.
	ClientAddress func(*http.Request) string
}

// pages answers for people.
type pages struct {
	Options
	words    catalogue
	assets   assets
	shapes   shapes
	public   *url.URL
	referrer string
}

// New returns the handler of all pages and their files. It answers every path:
// what it does not know is a page that says so.
func New(o Options) (http.Handler, error) {
	words, err := readCatalogue(textFiles, "text/en.json")
	if err != nil {
		return nil, err
	}
	return newPages(o, words)
}

func newPages(o Options, words catalogue) (http.Handler, error) {
	if o.Accounts == nil || o.Limits == nil || o.Clock == nil || o.Log == nil {
		return nil, errors.New("pages: Accounts, Limits, Clock and Log are required")
	}
	public, err := webURL(o.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("public URL of the pages: %w", err)
	}
	if o.AppURL != "" {
		if _, err := webURL(o.AppURL); err != nil {
			return nil, fmt.Errorf("URL of the app: %w", err)
		}
	}
	if o.Product == "" {
		o.Product = "Sallyport"
	}
	if o.ClientAddress == nil {
		o.ClientAddress = func(r *http.Request) string { return ratelimit.Client(client(r)) }
	}
	files, err := loadAssets(staticFiles())
	if err != nil {
		return nil, err
	}
	shapes, err := parseShapes(words, files)
	if err != nil {
		return nil, err
	}
	p := &pages{
		Options: o, words: words, assets: files, shapes: shapes,
		public: public, referrer: referrerPolicy(public),
	}
	return p.routes()
}

// routes is the whole surface.
func (p *pages) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("/auth/verify-email", p.methods(p.getVerifyEmail, p.postVerifyEmail))
	mux.Handle("/auth/reset-password", p.methods(p.getResetPassword, p.postResetPassword))
	mux.Handle(disownPath, p.methods(p.getDisown, p.postDisown))
	mux.Handle(assetPrefix, p.methods(p.getAsset, nil))
	mux.Handle("/dev/mailbox", p.local(p.methods(p.getMailbox, nil)))
	mux.Handle("/dev/mailbox/{id}", p.local(p.methods(p.getMail, nil)))
	mux.Handle("/dev/mailbox/{id}/html", p.local(p.methods(p.getMailHTML, nil)))
	mux.Handle("/dev/mailbox.json", p.localJSON(p.methods(p.getMailboxJSON, nil)))
	mux.HandleFunc("/", p.notFound)

	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(p.public.Scheme + "://" + p.public.Host); err != nil {
		return nil, fmt.Errorf("trust our own origin: %w", err)
	}
	guard.SetDenyHandler(http.HandlerFunc(p.refused))
	return p.protect(guard.Handler(mux)), nil
}

// methods gives GET and HEAD to get and POST to post; anything else is a page
// that says so.
func (p *pages) methods(get, post http.HandlerFunc) http.Handler {
	allowed := "GET, HEAD"
	if post != nil {
		allowed += ", POST"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			get(w, r)
		case r.Method == http.MethodPost && post != nil:
			r.Body = http.MaxBytesReader(w, r.Body, middleware.MaxBody)
			post(w, r)
		default:
			w.Header().Set("Allow", allowed)
			p.notice(w, r, "method", http.StatusMethodNotAllowed)
		}
	})
}

func (p *pages) getAsset(w http.ResponseWriter, r *http.Request) {
	if !p.assets.serve(w, r) {
		p.notFound(w, r)
	}
}

func (p *pages) notFound(w http.ResponseWriter, r *http.Request) {
	p.notice(w, r, "not_found", http.StatusNotFound)
}

// refused answers a form that another site sent.
func (p *pages) refused(w http.ResponseWriter, r *http.Request) {
	p.notice(w, r, "refused", http.StatusForbidden)
}

// webURL parses an absolute http or https URL.
func webURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		return nil, err
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("%q is not an absolute http or https URL", s)
	}
	return u, nil
}

// client is the address of the client as the middleware found it, else that of
// whoever is connected.
func client(r *http.Request) netip.Addr {
	if a := middleware.ClientAddress(r.Context()); a.IsValid() {
		return a
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return peer.Addr().Unmap()
}

// loopback reports whether host is this computer: localhost or a loopback
// address.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && a.Unmap().IsLoopback())
}
