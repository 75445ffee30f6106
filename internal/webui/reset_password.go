package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// resetView is the form for a new password.
type resetView struct {
	frame.FormPage

	Email string // whose it is
}

func (*resetView) Template() string { return "reset" }

// getResetPassword shows the form for a new password.
func (p *pages) getResetPassword(w http.ResponseWriter, r *http.Request) {
	p.opened(w, r, flowReset, func(r *http.Request, token string) (frame.View, error) {
		usable, email, err := p.rooms.Recovery.Resettable(r.Context(), token)
		if err != nil || !usable {
			return nil, err
		}
		return p.resetView(r, token, email), nil
	})
}

// postResetPassword spends the token on a new password. What was typed is
// handed to the room and goes nowhere else.
func (p *pages) postResetPassword(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token, password := r.PostForm.Get("token"), r.PostForm.Get("new_password")
	if token == "" {
		p.spent(w, r, flowReset, token)
		return
	}
	v := p.resetView(r, token, r.PostForm.Get("email"))
	if p.Missing(r, v.Form, password) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = p.rooms.Recovery.ResetPassword(r.Context(), token, password, frame.OriginOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, flowReset, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowReset, token)
	case fault.KindOf(err) == fault.Invalid:
		p.Blamed(v.Form, "new_password", p.ProblemOf(r, err))
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case p.Passing(w, r, err, v):
	default:
		p.Fail(w, r, err)
	}
}

// resetView is the form. Whose password it is comes along with it, as with a
// button.
func (p *pages) resetView(r *http.Request, token, email string) *resetView {
	say, email := p.Say(r), frame.Shown(email)
	return &resetView{Email: email, FormPage: frame.WithForm(say.Text("reset.heading"), frame.Form{
		Action: link.Path(store.PurposeResetPassword), Token: token, Username: email, Button: say.Text("reset.button"),
		Fields: []frame.Field{p.NewPassword(r, "new_password", "reset.label")},
	})}
}
