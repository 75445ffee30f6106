package webui

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/home"
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
	raw, err := json.Marshal(step{Token: asked.Token, Methods: asked.Methods, ReturnTo: back})
	if err != nil {
		raw = nil // strings can always be written
	}
	p.SetCookie(w, frame.CookieStep, secret.Encode(raw), int(asked.ExpiresIn.Seconds()))
	p.Redirect(w, secondPath)
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
	p.Show(w, r, http.StatusOK, frame.ShapeSecond, p.secondView(r, s, r.URL.Query().Get("method")))
}

// postSecondFactor finishes the sign-in.
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
	method, code := r.PostForm.Get("method"), r.PostForm.Get("code")
	v := p.secondView(r, s, method)
	if p.Missing(r, v.Form, code) {
		p.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSecond, v)
		return
	}
	value, hash := session.NewCookie()
	done, err := p.rooms.Logins.WithSecondFactor(r.Context(), login.SecondFactor{
		Token: s.Token, Method: v.Form.Method, Code: code,
		KnownDevice: p.Cookie(r, frame.CookieDevice), CookieHash: hash, Origin: frame.OriginOf(r),
	})
	switch {
	case err == nil:
		p.enter(w, r, value, done.KnownDevice)
		p.SetCookie(w, frame.CookieStep, "", -1)
		p.Redirect(w, p.ReturnTo(s.ReturnTo, home.Path))
	case errors.Is(err, login.ErrWrongCode):
		p.Blamed(v.Form, "code", p.ProblemOf(r, err))
		p.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSecond, v)
	case fault.KindOf(err) == fault.Unauthenticated: // it took too long, or was finished
		p.SetCookie(w, frame.CookieStep, "", -1)
		p.Leave(w, frame.Note{Says: frame.NoteStepEnded})
		p.Redirect(w, with(frame.SignInPath, s.ReturnTo))
	default:
		p.RefuseForm(w, r, err, frame.ShapeSecond, v)
	}
}

func (p *pages) secondView(r *http.Request, s step, method string) frame.View {
	return p.CodeView(r, secondPath, method, slices.DeleteFunc(slices.Clone(s.Methods), func(m string) bool { return !frame.TakesCode(m) }), "")
}

// enter gives the browser the cookies of the session that was opened for it, and
// ends the one that it had until now.
func (p *pages) enter(w http.ResponseWriter, r *http.Request, value, device string) {
	if old := p.Cookie(r, frame.CookieSession); old != "" {
		if err := p.rooms.Sessions.SignOut(r.Context(), old, false, frame.OriginOf(r)); err != nil {
			p.Log.WarnContext(r.Context(), "the session that a browser had before could not be ended", slog.Any("error", err))
		}
	}
	p.Admit(w, value)
	p.SetCookie(w, frame.CookieDevice, device, frame.DeviceFor)
}
