package httpapi

import (
	"net/http"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/forward"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// headerHSTS is what we say about our own host, and not about an application's.
const headerHSTS = "Strict-Transport-Security"

// entering answers browsers that sign in to an application on another host, at the
// paths there that its proxy leads to us ([forward.OwnPaths]); the rest goes to next.
// Only a trusted proxy can say which application it is. Nothing is counted here: a
// stranger's request costs no more than the look at a cookie and a seal.
func (s *server) entering(proxies *middleware.Proxies, next http.Handler) http.Handler {
	if s.Pages == nil {
		return next
	}
	answers := map[string]func(http.ResponseWriter, *http.Request, forward.Application){
		forward.SignInPath: s.getApplicationSignIn, forward.CallbackPath: s.getCallback, forward.SignOutPath: s.getApplicationSignOut,
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, forward.OwnPaths) || r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		answer := answers[r.URL.Path]
		app, listed := s.Visitors.Application(wantedOf(r, proxies).origin)
		if answer == nil || !listed {
			next.ServeHTTP(w, r)
			return
		}
		r.Pattern = r.URL.Path
		w.Header().Del(headerHSTS)
		answer(w, r, app)
	})
}

// getApplicationSignIn gives a browser the nonce that its code will be bound to, and
// leads it to our sign-in page. A nonce that it has already stays: another tab may
// be on its way with it.
func (s *server) getApplicationSignIn(w http.ResponseWriter, r *http.Request, app forward.Application) {
	nonce := cookieOf(r, app.CookieName(forward.CookieNonce))
	if !forward.IsNonce(nonce) {
		nonce = forward.NewNonce()
	}
	setCookie(w, app, forward.CookieNonce, nonce, forward.NonceFor)
	lead(w, s.Pages.ApplicationURL(app.Origin, forward.ChallengeOf(nonce), r.URL.Query().Get("return_to")))
}

// getCallback exchanges a code for the cookie of the application, and leads on to
// where the visitor wanted to go. The address, which holds the code, is told to
// nobody (Referrer-Policy) and kept by no cache.
func (s *server) getCallback(w http.ResponseWriter, r *http.Request, app forward.Application) {
	entry, err := s.Visitors.Redeem(r.Context(), app, r.URL.Query().Get("code"), cookieOf(r, app.CookieName(forward.CookieNonce)))
	switch {
	case err == nil:
		setCookie(w, app, forward.CookieVisitor, entry.Cookie, entry.For)
		lead(w, entry.Path)
	case fault.KindOf(err) == fault.Unauthenticated:
		lead(w, s.Pages.RefusedURL(app.Origin))
	default:
		s.Pages.Fail(w, r, err)
	}
}

// getApplicationSignOut leads to the page that signs out. Signing out there counts
// here at once.
func (s *server) getApplicationSignOut(w http.ResponseWriter, _ *http.Request, _ forward.Application) {
	lead(w, s.Pages.SignOutURL())
}

// lead leads a browser on.
func lead(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// setCookie sets a cookie on the host of an application, which no script reads and
// no other site's form sends.
func setCookie(w http.ResponseWriter, app forward.Application, name, value string, lives time.Duration) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the application is https
		Name: app.CookieName(name), Value: value, Path: "/", MaxAge: int(lives.Seconds()),
		Secure: app.Secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// cookieOf reads a cookie, empty if there is none.
func cookieOf(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}
