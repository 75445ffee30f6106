package webui

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// step is a sign-in that asks for a second factor, as the browser keeps it. The
// token in it opens nothing without an answer of the second factor; the rest is
// read as what anybody may have written.
type step struct {
	Token    string   `json:"token"`
	Methods  []string `json:"methods"`
	ReturnTo string   `json:"return_to,omitempty"`
}

// askSecond leads to the page that asks for the second factor.
func (p *pages) askSecond(w http.ResponseWriter, asked *login.Step, back string) {
	value := kept(back, func(back string) any { return step{Token: asked.Token, Methods: asked.Methods, ReturnTo: back} })
	p.SetCookie(w, frame.CookieStep, value, int(asked.ExpiresIn.Seconds()))
	p.Redirect(w, frame.SecondFactorPath)
}

// asked reads the step that a browser is at, if it is at one.
func (p *pages) asked(r *http.Request) (step, bool) {
	var s step
	raw, err := secret.Decode(p.Cookie(r, frame.CookieStep))
	if err != nil || json.Unmarshal(raw, &s) != nil || s.Token == "" {
		return step{}, false
	}
	s.ReturnTo = p.ReturnTo(s.ReturnTo, "")
	return s, true
}

// getSecondFactor asks for the second factor of whoever has proved the first.
func (p *pages) getSecondFactor(w http.ResponseWriter, r *http.Request) {
	s, ok := p.asked(r)
	if !ok {
		p.Redirect(w, frame.SignInPath)
		return
	}
	v := p.secondView(r, s, r.URL.Query().Get("method"))
	if v.Chosen == frame.MethodPasskey {
		if err := p.allow(r); err != nil {
			p.Fail(w, r, err)
			return
		}
	}
	p.showSecond(w, r, http.StatusOK, s, v)
}

// postSecondFactor finishes the sign-in. Each answer counts, whatever it is.
func (p *pages) postSecondFactor(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	s, ok := p.asked(r)
	if !ok {
		p.Leave(w, frame.Note{Says: frame.NoteStepEnded})
		p.Redirect(w, frame.SignInPath)
		return
	}
	v := p.secondView(r, s, r.PostForm.Get("method"))
	code := r.PostForm.Get("code")
	if v.Form != nil && p.Missing(r, v.Form, code) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	value, hash := session.NewCookie()
	err := p.allow(r)
	var done login.SignedIn
	if err == nil {
		done, err = p.rooms.Logins.WithSecondFactor(r.Context(), login.SecondFactor{
			Token: s.Token, Method: v.Chosen, Code: code,
			Ceremony: r.PostForm.Get("ceremony"), Credential: json.RawMessage(r.PostForm.Get("credential")),
			KnownDevice: p.Cookie(r, frame.CookieDevice), CookieHash: hash, Origin: frame.OriginOf(r),
		})
	}
	switch {
	case err == nil:
		p.enter(w, r, value, done.KnownDevice)
		p.SetCookie(w, frame.CookieStep, "", -1)
		p.Redirect(w, p.ReturnTo(s.ReturnTo, frame.AccountPath))
	case errors.Is(err, login.ErrWrongCode) && v.Form != nil:
		p.Blamed(v.Form, "code", p.ProblemOf(r, err))
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case errors.Is(err, login.ErrWrongPasskey), fault.KindOf(err) == fault.Spent:
		v.Alert = p.ProblemOf(r, err)
		p.showSecond(w, r, http.StatusUnprocessableEntity, s, v)
	case p.offerRestore(w, r, err):
	case p.Passing(w, r, err, p.laterSecond(r, v)):
	default:
		p.refuseSecond(w, r, s, err)
	}
}

// refuseSecond answers for a sign-in that cannot be finished: it took too long,
// it was finished, or the passkey that it asks for is gone.
func (p *pages) refuseSecond(w http.ResponseWriter, r *http.Request, s step, err error) {
	if kind := fault.KindOf(err); kind != fault.Unauthenticated && kind != fault.Conflict {
		p.Fail(w, r, err)
		return
	}
	p.SetCookie(w, frame.CookieStep, "", -1)
	p.Leave(w, frame.Note{Says: frame.NoteStepEnded})
	p.Redirect(w, frame.With(frame.SignInPath, s.ReturnTo))
}

// secondView asks for the second factor. A passkey is asked for by showSecond,
// which begins the ceremony that it takes.
func (p *pages) secondView(r *http.Request, s step, method string) *frame.AnswerView {
	methods := slices.DeleteFunc(slices.Clone(s.Methods), func(m string) bool { return !frame.Takes(m) })
	return p.Answer(r, frame.SecondFactorPath, method, methods, "")
}

// showSecond shows the page, with a ceremony of its own if it asks for a passkey.
func (p *pages) showSecond(w http.ResponseWriter, r *http.Request, status int, s step, v *frame.AnswerView) {
	if v.Chosen == frame.MethodPasskey {
		begun, err := p.rooms.Logins.AskPasskey(r.Context(), s.Token, frame.OriginOf(r))
		if err != nil {
			p.refuseSecond(w, r, s, err)
			return
		}
		v.Passkey = &frame.PasskeyForm{
			Action: frame.SecondFactorPath, Method: v.Chosen, Ceremony: begun.Token, Options: string(begun.Options),
			Button: p.Say(r).Text("second_factor.passkey.button"),
		}
	}
	p.Show(w, r, status, v)
}

// laterSecond is the page for whoever is to try again later: a ceremony is begun
// when they do.
func (p *pages) laterSecond(r *http.Request, v *frame.AnswerView) *frame.AnswerView {
	if v.Chosen == frame.MethodPasskey {
		again := frame.SecondFactorPath + "?" + url.Values{"method": {v.Chosen}}.Encode()
		v.Methods = slices.Insert(v.Methods, 0, frame.MethodLink{Address: again, Label: p.Say(r).Text("notice.retry")})
	}
	return v
}

// enter gives the browser the cookies of the session that was opened for it, and
// ends the one that it had until now.
func (p *pages) enter(w http.ResponseWriter, r *http.Request, value, device string) {
	if old := p.Cookie(r, frame.CookieSession); old != "" {
		if err := p.rooms.Sessions.SignOut(r.Context(), old, false, frame.OriginOf(r)); err != nil {
			p.Log.WarnContext(r.Context(), "the session that a browser had before could not be ended", slog.Any("error", err))
		}
	}
	p.Admit(w, value, device)
}
