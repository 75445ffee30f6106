package frame

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// SignedInAs gives a page to whoever holds a session's cookie. Everybody else
// is led to the sign-in and, if they only wanted to look, back afterwards.
//
// A cookie that stands for nothing stays: another tab may have got the browser a
// new one since this request was sent, and deleting would take that.
func (f *Frame) SignedInAs(page func(http.ResponseWriter, *http.Request, session.Visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		cookie := f.Cookie(r, CookieSession)
		if cookie == "" {
			f.AskWho(w, r)
			return
		}
		visit, err := f.Sessions.Visit(r.Context(), cookie, OriginOf(r))
		switch {
		case err == nil:
			page(w, r, visit)
		case fault.KindOf(err) == fault.Unauthenticated:
			f.Leave(w, Note{Says: NoteEnded})
			f.AskWho(w, r)
		default:
			f.Fail(w, r, err)
		}
	}
}

// RecentlyAs is SignedInAs for whoever proved who they are a short while ago.
// Everybody else is led to where they do, and back afterwards.
func (f *Frame) RecentlyAs(page func(http.ResponseWriter, *http.Request, session.Visit)) http.HandlerFunc {
	return f.SignedInAs(func(w http.ResponseWriter, r *http.Request, visit session.Visit) {
		if err := f.Sessions.RecentVisit(visit); err != nil {
			f.Redirect(w, With(ConfirmPath, r.URL.RequestURI()))
			return
		}
		page(w, r, visit)
	})
}

// AskWho leads to the sign-in.
func (f *Frame) AskWho(w http.ResponseWriter, r *http.Request) {
	back := ""
	if r.Method == http.MethodGet {
		back = r.URL.RequestURI()
	}
	f.Redirect(w, With(SignInPath, back))
}

// Admit gives the browser the cookie of a new session, and makes it known to its
// user by device, a known-device token. The first ends when the session must; the
// session may end before.
func (f *Frame) Admit(w http.ResponseWriter, value, device string) {
	f.SetCookie(w, CookieSession, value, int(f.SessionTTL.Seconds()))
	f.SetCookie(w, CookieDevice, device, DeviceFor)
}
