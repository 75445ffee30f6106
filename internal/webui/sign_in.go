package webui

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// getRoot leads to where a person can do something.
func (p *pages) getRoot(w http.ResponseWriter, r *http.Request) {
	if p.cookie(r, cookieSession) != "" {
		p.redirect(w, accountPath)
		return
	}
	p.redirect(w, signInPath)
}

// getSignIn asks who somebody is. Who is signed in is led on.
func (p *pages) getSignIn(w http.ResponseWriter, r *http.Request) {
	back := p.returnTo(r.URL.Query().Get("return_to"), "")
	if p.cookie(r, cookieSession) != "" {
		if _, err := p.Sessions.Visit(r.Context(), p.cookie(r, cookieSession), originOf(r)); err == nil {
			p.redirect(w, p.returnTo(back, accountPath))
			return
		}
	}
	v := p.signInView(r, "", back)
	v.Note = p.hear(w, r, noteSignedOut, noteSignedOutAll, noteEnded)
	p.show(w, r, http.StatusOK, shapeSignIn, v)
}

// postSignIn signs in with a password. Where it leads is decided by a form of
// our own, whose return_to is read anew.
func (p *pages) postSignIn(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	email, password := r.PostForm.Get("email"), r.PostForm.Get("password")
	back := p.returnTo(r.PostForm.Get("return_to"), "")
	v := p.signInView(r, email, back)
	if p.missing(r, v.Form, email, password) {
		p.show(w, r, http.StatusUnprocessableEntity, shapeSignIn, v)
		return
	}
	err := p.count(r, ratelimit.Login)
	if err == nil {
		err = p.signIn(w, r, email, password)
	}
	switch {
	case err == nil:
		p.redirect(w, p.returnTo(back, accountPath))
	case errors.Is(err, account.ErrWrongPassword):
		v.Alert = p.problemOf(r, err)
		p.show(w, r, http.StatusUnprocessableEntity, shapeSignIn, v)
	case errors.Is(err, login.ErrNotVerified):
		p.leave(w, note{Says: noteVerify, Email: email})
		p.show(w, r, http.StatusForbidden, shapeCheckMail, p.checkMailView(r, note{Says: noteVerify, Email: email}, true))
	default:
		p.refuseForm(w, r, err, shapeSignIn, v)
	}
}

// signIn opens a session and gives the browser a cookie that nobody had before,
// whatever it sent. What the browser was signed in to until now ends.
func (p *pages) signIn(w http.ResponseWriter, r *http.Request, email, password string) error {
	value, hash := session.NewCookie()
	done, err := p.Logins.WithPassword(r.Context(), login.Password{
		Email: email, Password: password, KnownDevice: p.cookie(r, cookieDevice), CookieHash: hash, Origin: originOf(r),
	})
	if err != nil {
		return err
	}
	if old := p.cookie(r, cookieSession); old != "" {
		if err := p.Sessions.SignOut(r.Context(), old, false, originOf(r)); err != nil {
			p.Log.WarnContext(r.Context(), "the session that a browser had before could not be ended", slog.Any("error", err))
		}
	}
	p.admit(w, value)
	p.setCookie(w, cookieDevice, done.KnownDevice, deviceFor)
	return nil
}

// admit gives the browser the cookie of a new session. It ends when the session
// must; the session may end before.
func (p *pages) admit(w http.ResponseWriter, value string) {
	p.setCookie(w, cookieSession, value, int(p.SessionTTL.Seconds()))
}

func (p *pages) signInView(r *http.Request, email, back string) view {
	say := p.say(r)
	return view{
		Heading: say.Text("sign_in.heading"), SignUp: p.SignUpOpen, ReturnTo: back,
		Form: &form{
			Action: signInPath, ReturnTo: back, Button: say.Text("sign_in.button"),
			Fields: []field{
				{ID: "email", Name: "email", Kind: "email", Autocomplete: "username", Label: say.Text("field.email"), Value: shown(email), Required: true},
				{
					ID: "password", Name: "password", Kind: "password", Autocomplete: "current-password",
					Label: say.Text("field.password"), Required: true,
				},
			},
		},
	}
}

// count counts a form against the client address.
func (p *pages) count(r *http.Request, flow ratelimit.Flow) error {
	return p.Limits.Allow(r.Context(), flow, p.ClientAddress(r))
}

// refuseForm shows the form again with what is wrong with it, or a page that
// says why nothing can be done.
func (p *pages) refuseForm(w http.ResponseWriter, r *http.Request, err error, s shape, v view) {
	if p.passing(w, r, err, s, v) {
		return
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Forbidden && f.Kind != fault.Conflict {
		p.fail(w, r, err)
		return
	}
	_, status := noticeOf(f.Kind)
	if !p.blame(r, v.Form, f) {
		v.Alert = p.words.Said(p.say(r), f.Detail)
	}
	p.show(w, r, status, s, v)
}
