package frame

import (
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// SignInPath is where the sign-in is.
const SignInPath = "/sign-in"

// SignedInAs gives a page to whoever holds a session's cookie. Everybody else
// is led to the sign-in and, if they only wanted to look, back afterwards.
func (f *Frame) SignedInAs(page func(http.ResponseWriter, *http.Request, session.Visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		cookie := f.Cookie(r, CookieSession)
		if cookie == "" {
			f.AskWho(w, r)
			return
		}
		visit, err := f.Visits.Visit(r.Context(), cookie, OriginOf(r))
		switch {
		case err == nil:
			page(w, r, visit)
		case fault.KindOf(err) == fault.Unauthenticated:
			f.Leave(w, Note{Says: NoteEnded})
			f.SetCookie(w, CookieSession, "", -1)
			f.AskWho(w, r)
		default:
			f.Fail(w, r, err)
		}
	}
}

// AskWho leads to the sign-in.
func (f *Frame) AskWho(w http.ResponseWriter, r *http.Request) {
	to := SignInPath
	if r.Method == http.MethodGet {
		to += "?" + url.Values{"return_to": {r.URL.RequestURI()}}.Encode()
	}
	f.Redirect(w, to)
}

// Admit gives the browser the cookie of a new session. It ends when the session
// must; the session may end before.
func (f *Frame) Admit(w http.ResponseWriter, value string) {
	f.SetCookie(w, CookieSession, value, int(f.SessionTTL.Seconds()))
}
