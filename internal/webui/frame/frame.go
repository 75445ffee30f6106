// Package frame is what every page for people stands in, and nothing of what any
// of them is for: the layout and the templates, words in the reader's language,
// forms and what is wrong with them, cookies, who is signed in, where to go
// next, and pages that say why nothing can be done.
//
// # Scripts
//
// Pages work without any script, but for passkeys, which no browser has without.
// Every page has one that sends a form once (static/once.js): a second press of a
// button would make the browser drop the answer to the first, with what is shown
// once. Others show a password and say how strong it is (password.js, rules.js), and
// write times in the reader's zone (times.js).
//
// # Cookies
//
// A browser that is signed in holds one opaque cookie, which stands for a
// session (package session, "Cookies"), and never a token. A form that works is
// answered with a redirect (303), so that loading the page again sends nothing;
// what the next page says travels in a cookie that opens nothing ([Note]).
//
// # Where to go next
//
// Where a person is led afterwards (return_to) is a path of ours or below the
// app's URL, and nothing else ([Frame.ReturnTo]).
//
// # What protects pages
//
//   - URLs of pages may hold tokens. Referrer-Policy keeps them from every
//     sub-resource and from the pages that links lead to (at a public URL of
//     plain HTTP other than localhost, where browsers would send forms without
//     an origin, the policy is strict-origin: then Referer holds the origin and
//     never a path). Nothing here logs a URL, a token or a password.
//   - Forms are taken from our own pages only (http.CrossOriginProtection, with
//     origins held to the public URL and not to the Host header), the
//     one that signs in as well: nobody is signed in to another's account by a
//     page elsewhere (login CSRF).
//   - The Content-Security-Policy allows our own style sheet and scripts and
//     nothing else: no inline script or style, no frame around a page, no form to
//     another site but the redirect to the app and to applications behind a proxy. Pages that ask for a passkey
//     ([PasskeyForm]) and the mailbox may also be read once more by their script.
//   - Nothing but the files under /static/ may be stored by a cache. Those have
//     a hash of their content in the name and are kept for good.
//   - A page is rendered whole before a byte of it is sent; html/template
//     escapes every value in it. No page ever holds a password that was typed.
//
// # Templates
//
// Each page has a view of its own, which is declared beside its handler and holds
// what its template shows, and nothing else ([View]). Templates can be replaced
// one by one from a folder; then all are rendered at the start, in every language,
// with nothing and with something in every field of their view. Those of the program
// alone are tried by its tests.
package frame

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/webui/asset"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// Options is what a frame needs: Log and PublicURL, and the first two where a page
// asks a room, or counts.
type Options struct {
	Rooms

	Limits *ratelimit.Limits
	Log    *slog.Logger

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
	// Applications are the origins of applications on other hosts to which a sign-in
	// may lead.
	Applications []string
	// SessionTTL is how long a browser keeps a session's cookie at most.
	SessionTTL time.Duration
	// Passwords says which passwords are taken, beside the field for a new one.
	Passwords password.Rules
	// ClientAddress gives what a request's one-time tokens count against: the
	// client's address, IPv6 by /64, if nil.
	ClientAddress func(*http.Request) string
}

// Frame renders pages and knows who asks for them.
type Frame struct {
	Options

	words     words.All
	assets    asset.Assets
	templates map[string]templates // by language
	public    *url.URL
	origin    string   // the public URL's, as browsers spell it
	app       *url.URL // nil without one
	logo      string   // address of the operator's, or empty
	referrer  string
	policy    string
	rules     string // Passwords, as JSON
}

// New reads the templates of the pages that are to be shown, each given by an
// empty view, and checks them.
func New(o Options, views ...View) (*Frame, error) {
	if o.Log == nil {
		return nil, errors.New("pages: Log is required")
	}
	f := &Frame{Options: o, words: o.Words, policy: PolicyPage}
	if f.words == nil {
		all, err := words.Read()
		if err != nil {
			return nil, err
		}
		f.words = all
	}
	rules, err := json.Marshal(o.Passwords)
	if err != nil {
		return nil, err
	}
	f.rules = string(rules)
	if err := f.place(); err != nil {
		return nil, err
	}
	if f.Product == "" {
		f.Product = "Sallyport"
	}
	if f.ClientAddress == nil {
		f.ClientAddress = func(r *http.Request) string { return ratelimit.Client(client(r)) }
	}
	return f, f.dress(append(views, &notice{}))
}

// Guard puts what protects pages in front of them.
func (f *Frame) Guard(pages http.Handler) (http.Handler, error) {
	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(f.origin); err != nil {
		return nil, fmt.Errorf("trust our own origin: %w", err)
	}
	guard.SetDenyHandler(http.HandlerFunc(f.refused))
	return f.protect(f.ours(guard.Handler(pages))), nil
}

// ours refuses a form whose origin is not the public URL's, where the browser
// says no more than the origin. CrossOriginProtection compares it with the Host
// header then, which knows neither scheme nor what a proxy made of it: a page
// at http://HOST, which anybody on the way can write, would pass for ours at
// https://HOST.
func (f *Frame) ours(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header["Origin"]
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
		default:
			if len(origin) > 0 && r.Header.Get("Sec-Fetch-Site") == "" && (len(origin) > 1 || origin[0] != f.origin) {
				f.refused(w, r)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// FailOutside is [Frame.Fail] for a request that has not come past the guard.
func (f *Frame) FailOutside(w http.ResponseWriter, r *http.Request, err error) {
	f.protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { f.Fail(w, r, err) })).ServeHTTP(w, r)
}

// refused answers a form that another site sent.
func (f *Frame) refused(w http.ResponseWriter, r *http.Request) {
	f.Notice(w, r, "refused", http.StatusForbidden)
}

// AssetPrefix is where the files of the pages are.
const AssetPrefix = asset.Prefix

// Asset serves a file of the pages.
func (f *Frame) Asset(w http.ResponseWriter, r *http.Request) {
	if !f.assets.Serve(w, r) {
		f.NotFound(w, r)
	}
}

// place reads where we and the app are.
func (f *Frame) place() (err error) {
	if f.public, err = webURL(f.PublicURL); err != nil {
		return fmt.Errorf("public URL of the pages: %w", err)
	}
	f.origin = originOf(f.public)
	f.referrer = referrerPolicy(f.public)
	leadsTo := f.Applications
	if f.AppURL != "" {
		if f.app, err = webURL(f.AppURL); err != nil {
			return fmt.Errorf("URL of the app: %w", err)
		}
		leadsTo = append([]string{f.app.Scheme + "://" + f.app.Host}, leadsTo...)
	}
	f.policy = policyWith(leadsTo)
	return nil
}

// dress reads what the pages look like.
func (f *Frame) dress(views []View) (err error) {
	ours, err := staticAssets()
	if err != nil {
		return err
	}
	f.assets = maps.Clone(ours)
	for name, content := range f.Brand {
		address, err := f.assets.Add(name, content)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "logo.") {
			f.logo = address
		}
	}
	from, err := newSource(f.Templates)
	if err != nil {
		return err
	}
	f.templates = map[string]templates{}
	for name, c := range f.words {
		parsed, err := from.parseAll(c, f.assets, views)
		if err == nil && f.Templates != nil { // ours do not change after the tests
			err = parsed.try(views)
		}
		if err != nil {
			return err
		}
		f.templates[name] = parsed
	}
	return nil
}
