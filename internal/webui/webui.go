// Package webui is the edge for people: the pages on which they sign up, sign in
// and look after their account, the pages behind the links in mail, the mailbox
// page of development, and the files that they need. It knows net/http and
// html/template; what happens, the rooms decide. docs/pages.md has every path.
//
// # Signed in
//
//	GET  /                 leads to the account or the sign-in
//	GET  /sign-in, POST    address and password
//	GET  /sign-up, POST    a new account
//	GET  /forgot-password  whose password is to be reset; POST mails a link
//	GET  /check-mail       where the mail went; POST mails it once more
//	GET  /sign-out, POST   ends this browser's session, or all
//	GET  /account, POST    what one has here; saves the name
//	GET  /account/password a form to change it; POST does
//	GET  /account/devices  where one is signed in; POST signs a device out
//	POST /language         remembers a language
//
// A browser that is signed in holds one opaque cookie, which stands for a
// session (package session, "Cookies"), and never a token. The value is drawn
// anew at every sign-in and every change of the password; what a browser sent
// before is never promoted, so that a planted cookie stands for nobody (session
// fixation). A form that works is answered with a redirect (303), so that
// loading the page again sends nothing; what the next page says travels in a
// cookie that opens nothing. Where a person is led afterwards (return_to) is a
// path of ours or below the app's URL, and nothing else.
//
// What strangers are answered is the same for an address that has an account
// and one that has none, as in the JSON API.
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
// A form behind a link is answered with a page, not with a redirect. So that
// loading that page again does not look like a failure, success leaves a cookie for ten
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
//   - Forms are taken from our own pages only (http.CrossOriginProtection), the
//     one that signs in as well: nobody is signed in to another's account by a
//     page elsewhere (login CSRF).
//   - The Content-Security-Policy allows our own style sheet and nothing else:
//     no inline script or style, no frame around a page, no form to another
//     site but the redirect to the app. Only the mailbox page has a script, a file.
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
// Every visible word stands in package words, in English and in German; the
// reader's choice counts, else what the browser asks for. Templates can be
// replaced one by one from a folder; they are parsed and rendered once at the
// start. Package gallery renders every page in every state with canned data through
// the real handlers, in each language, light and dark.
package webui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/asset"
	"github.com/sallyport-auth/sallyport/internal/webui/words"
)

// The paths of the pages.
const (
	signInPath    = "/sign-in"
	signUpPath    = "/sign-up"
	signOutPath   = "/sign-out"
	forgotPath    = "/forgot-password"
	checkMailPath = "/check-mail"
	accountPath   = "/account"
	passwordPath  = "/account/password"
	devicesPath   = "/account/devices"
	languagePath  = "/language"
	verifyPath    = "/auth/verify-email"
	resetPath     = "/auth/reset-password"
	disownPath    = "/auth/sessions/not-me"
)

// People is what the pages ask of the room account for whoever signs up or is
// signed in.
type People interface {
	SignUp(ctx context.Context, s account.SignUp) (account.SignedUp, error)
	RequestVerification(ctx context.Context, email string, o audit.Origin) error
	RequestReset(ctx context.Context, email string, o audit.Origin) error
	UpdateProfile(ctx context.Context, userID string, c account.ProfileChange, o audit.Origin) (store.User, error)
	ChangePassword(ctx context.Context, c account.ChangePassword) (session.Tokens, error)
}

// Accounts is all of it; *account.Accounts does it.
type Accounts interface {
	Links
	People
}

// Logins signs in; *login.Logins does it.
type Logins interface {
	WithPassword(ctx context.Context, p login.Password) (login.SignedIn, error)
}

// Sessions knows browsers by their cookies, and the devices of a user;
// *session.Sessions does it.
type Sessions interface {
	Devices(ctx context.Context, userID, current string, ended bool) ([]session.Device, error)
	End(ctx context.Context, a session.Asker, sessionID string) error
	EndOthers(ctx context.Context, a session.Asker) error
	Visit(ctx context.Context, cookie string, o audit.Origin) (session.Visit, error)
	SignOut(ctx context.Context, cookie string, everywhere bool, o audit.Origin) error
}

// Options is what the pages need.
type Options struct {
	Accounts Accounts
	Logins   Logins
	Sessions Sessions
	Limits   Limits
	// Box is the mailbox of development, nil if mail goes out by SMTP.
	Box   *mail.Box
	Clock clock.Clock
	Log   *slog.Logger

	// Product is what the operator calls the service, shown on every page;
	// Sallyport if empty.
	Product string
	// Brand is the operator's own files, by name: brand.css is a style sheet
	// over ours, logo.svg, logo.png or logo.jpg takes the place of our sign.
	Brand map[string][]byte
	// Words takes the place of package words; nil leaves it.
	Words words.All
	// Templates are the operator's, by the names of ours; nil for none.
	Templates fs.FS
	// PublicURL is where browsers find this server.
	PublicURL string
	// AppURL is where the pages lead when they are done; if empty they say so
	// in words.
	AppURL string
	// VerifyEmailOnGet verifies as soon as the link is opened.
	VerifyEmailOnGet bool
	// SignUpOpen says that anybody may sign up.
	SignUpOpen bool
	// SessionTTL is how long a browser keeps a session's cookie at most.
	SessionTTL time.Duration
	// PasswordMinLength is shown beside the field for a new password.
	PasswordMinLength int
	// ClientAddress gives what a request's one-time tokens count against: the
	// client's address, IPv6 by /64, if nil.
	ClientAddress func(*http.Request) string
}

// pages answers for people.
type pages struct {
	Options
	words    words.All
	assets   asset.Assets
	shapes   map[string]shapes // by language
	public   *url.URL
	app      *url.URL // nil without one
	logo     string   // address of the operator's, or empty
	referrer string
	policy   string
}

// New returns the handler of all pages and their files. It answers every path:
// what it does not know is a page that says so.
func New(o Options) (http.Handler, error) {
	if o.Accounts == nil || o.Logins == nil || o.Sessions == nil || o.Limits == nil || o.Clock == nil || o.Log == nil {
		return nil, errors.New("pages: Accounts, Logins, Sessions, Limits, Clock and Log are required")
	}
	p := &pages{Options: o, words: o.Words, policy: policyPage}
	if p.words == nil {
		all, err := words.Read()
		if err != nil {
			return nil, err
		}
		p.words = all
	}
	if err := p.place(); err != nil {
		return nil, err
	}
	if p.Product == "" {
		p.Product = "Sallyport"
	}
	if p.ClientAddress == nil {
		p.ClientAddress = func(r *http.Request) string { return ratelimit.Client(client(r)) }
	}
	if err := p.dress(); err != nil {
		return nil, err
	}
	return p.routes()
}

// place reads where we and the app are.
func (p *pages) place() (err error) {
	if p.public, err = webURL(p.PublicURL); err != nil {
		return fmt.Errorf("public URL of the pages: %w", err)
	}
	p.referrer = referrerPolicy(p.public)
	if p.AppURL == "" {
		return nil
	}
	if p.app, err = webURL(p.AppURL); err != nil {
		return fmt.Errorf("URL of the app: %w", err)
	}
	p.policy = policyWith(p.app)
	return nil
}

// dress reads what the pages look like.
func (p *pages) dress() (err error) {
	if p.assets, err = asset.Load(staticFiles()); err != nil {
		return err
	}
	for name, content := range p.Brand {
		address, err := p.assets.Add(name, content)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "logo.") {
			p.logo = address
		}
	}
	from, err := newSource(p.Templates)
	if err != nil {
		return err
	}
	p.shapes = map[string]shapes{}
	for name, c := range p.words {
		parsed, err := from.parseAll(c, p.assets)
		if err == nil {
			err = parsed.try()
		}
		if err != nil {
			return err
		}
		p.shapes[name] = parsed
	}
	return nil
}

// routes is the whole surface.
func (p *pages) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("/{$}", p.methods(p.getRoot, nil))
	mux.Handle(signInPath, p.methods(p.getSignIn, p.postSignIn))
	mux.Handle(signUpPath, p.methods(p.getSignUp, p.postSignUp))
	mux.Handle(signOutPath, p.methods(p.getSignOut, p.postSignOut))
	mux.Handle(forgotPath, p.methods(p.getForgotPassword, p.postForgotPassword))
	mux.Handle(checkMailPath, p.methods(p.getCheckMail, p.postCheckMail))
	mux.Handle(accountPath, p.methods(p.signedInAs(p.getAccount), p.signedInAs(p.postAccount)))
	mux.Handle(passwordPath, p.methods(p.signedInAs(p.getPassword), p.signedInAs(p.postPassword)))
	mux.Handle(devicesPath, p.methods(p.signedInAs(p.getDevices), p.signedInAs(p.postDevices)))
	mux.Handle(languagePath, p.methods(p.notFound, p.postLanguage))

	mux.Handle(verifyPath, p.methods(p.getVerifyEmail, p.postVerifyEmail))
	mux.Handle(resetPath, p.methods(p.getResetPassword, p.postResetPassword))
	mux.Handle(disownPath, p.methods(p.getDisown, p.postDisown))
	mux.Handle(asset.Prefix, p.methods(p.getAsset, nil))
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
	if !p.assets.Serve(w, r) {
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
