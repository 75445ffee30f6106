package gallerytest

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

const (
	publicURL = "http://localhost:8080"
	// adasName is to be escaped wherever it is shown.
	adasName = `Ada "Countess" <b>Lovelace</b>`
)

// browser is Ada's: each scene has an Ada of its own, in each language.
type browser struct {
	t          *testing.T
	h          *roomtest.House
	world      *world
	site       http.Handler
	language   string
	cookies    map[string]*http.Cookie
	email, new string // her address, and another
	shown      State  // what was answered last
}

func (w *world) browser(t *testing.T, s scene, language string) *browser {
	t.Helper()
	host := s.name + "-" + language + ".example"
	return &browser{
		t: t, h: w.house(s.setting), world: w, site: w.site(t, s.setting), language: language, cookies: map[string]*http.Cookie{},
		email: "ada@" + host, new: "ada@new." + host,
	}
}

// do sends a request and, where it is answered with a redirect, follows.
func (b *browser) do(method, address string, form url.Values, header ...string) {
	b.t.Helper()
	ctx := telemetry.WithRequestID(b.t.Context(), "01932c07-5b1e-7d40-9c3a-6f2f5e8d1b27")
	r := httptest.NewRequestWithContext(ctx, method, publicURL+address, strings.NewReader(form.Encode()))
	r.RemoteAddr = "127.0.0.1:50000"
	r.Header.Set("User-Agent", roomtest.Firefox)
	r.Header.Set("Accept-Language", b.language)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for n := 0; n+1 < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	for _, c := range b.cookies {
		if strings.HasPrefix(r.URL.Path, c.Path) {
			r.AddCookie(c)
		}
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.cookies[c.Name] = c; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	if w.Code == http.StatusSeeOther {
		b.do(http.MethodGet, w.Header().Get("Location"), nil)
		return
	}
	b.shown = State{Status: w.Code, Header: w.Header(), Page: w.Body.Bytes()}
}

func (b *browser) get(address string) {
	b.t.Helper()
	b.do(http.MethodGet, address, nil)
}

// post sends a form, given by names and values.
func (b *browser) post(address string, form ...string) {
	b.t.Helper()
	values := url.Values{}
	for n := 0; n+1 < len(form); n += 2 {
		values.Set(form[n], form[n+1])
	}
	b.do(http.MethodPost, address, values)
}

// user is Ada as she is now.
func (b *browser) user() store.User {
	b.t.Helper()
	return b.h.User(b.t, b.email)
}

// joins makes her account.
func (b *browser) joins() {
	b.t.Helper()
	c := signup.Create{Email: b.email, Password: roomtest.Good, Name: adasName, Verified: true, Origin: roomtest.Origin()}
	if _, err := b.h.Create(b.t.Context(), c); err != nil {
		b.t.Fatal(err)
	}
}

// signsIn signs in a short while ago, with all that the account has.
func (b *browser) signsIn() {
	b.t.Helper()
	amr := []string{session.AMRPassword}
	if u := b.user(); u.TOTP || u.Passkeys > 0 {
		amr = append(amr, session.AMRCode, session.AMRMulti)
	}
	_, cookie := b.h.Browser(b.t, b.user(), amr...)
	b.cookies["sallyport_session"] = &http.Cookie{Name: "sallyport_session", Value: cookie, Path: "/"} //nolint:gosec // a request's
}

// atHome has an account and is signed in.
func (b *browser) atHome() {
	b.t.Helper()
	b.joins()
	b.signsIn()
}

// link has a link mailed that leads to a path, and gives its token.
func (b *browser) link(path string) string {
	b.t.Helper()
	b.h.Clock.Advance(time.Minute) // the thirtieth mail of a minute is like the first
	return b.h.MailedLink(b.t, path, b.email, b.new)
}

// limited does something while too much was done already.
func (b *browser) limited(wait time.Duration, do func()) {
	b.h.Buckets.Refuse(wait)
	defer b.h.Buckets.Refuse(0)
	do()
}

// broken does something while the database is gone, or from the first statement on
// that has a text in it.
func (b *browser) broken(from string, do func()) { b.failing(fault.ErrUnavailable, from, do) }

func (b *browser) failing(err error, from string, do func()) {
	if from == "" {
		b.h.Breaks(err)
	} else {
		b.h.Before(from, func() { b.h.Breaks(err) })
	}
	defer b.h.Breaks(nil)
	do()
}

// errOurs is a fault of ours.
var errOurs = errors.New("the disk is on fire")

// asks proves the password where the account has a second factor.
func (b *browser) asks() {
	b.t.Helper()
	b.post(frame.SignInPath, "email", b.email, "password", roomtest.Good)
}

// leaves has the account deleted.
func (b *browser) leaves() {
	b.t.Helper()
	b.atHome()
	b.post(frame.DataPath, "confirm", b.email)
}

// passkeys gives the account some, and recovery codes.
func (b *browser) passkeys(n int) (first *roomtest.Authenticator, codes []string) {
	b.t.Helper()
	first, codes = b.h.Register(b.t, b.user())
	for range n - 1 {
		b.h.AddPasskey(b.t, b.user(), b.h.Clock.Now())
	}
	return first, codes
}

// happens lets every kind of event happen to the account, and refusals that are
// counted together.
func (b *browser) happens() {
	b.t.Helper()
	b.happensTo(b.user())
}

func (b *browser) happensTo(u store.User) {
	b.t.Helper()
	trail, said := audit.New(b.h.Clock), roomtest.Must(words.Read())[b.language]
	err := b.h.Store.Tx(b.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, key := range slices.Sorted(maps.Keys(said)) {
			kind, is := strings.CutPrefix(key, "activity.kind.")
			if !is {
				continue
			}
			if err := trail.Record(ctx, tx, audit.Event{Kind: kind, Outcome: audit.Success, UserID: u.ID, ActorID: u.ID, Origin: roomtest.Origin()}); err != nil {
				return err
			}
		}
		if err := trail.Record(ctx, tx, audit.Event{Kind: "of.a_later_version", Outcome: audit.Success, UserID: u.ID}); err != nil {
			return err
		}
		for repeats := range 3 {
			e := audit.Event{Kind: audit.KindPasswordChanged, Outcome: audit.Failure, UserID: u.ID}
			if repeats > 0 {
				e.Kind, e.Details = e.Kind+".repeated", map[string]any{"repeats": repeats}
			}
			if err := trail.Record(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
}
