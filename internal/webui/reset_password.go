package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getResetPassword shows the form for a new password.
func (p *pages) getResetPassword(w http.ResponseWriter, r *http.Request) {
	v := p.resetView(r, "")
	if p.opened(w, r, frame.FlowReset, whose(p.rooms.Accounts.Resettable), &v) {
		p.Show(w, r, http.StatusOK, frame.ShapeReset, v)
	}
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
		p.spent(w, r, frame.FlowReset, token)
		return
	}
	v := p.resetView(r, token)
	if password == "" {
		v.Problem = p.Say(r).Text("reset.missing")
		p.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeReset, v)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = p.rooms.Accounts.ResetPassword(r.Context(), token, password, frame.OriginOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, frame.FlowReset, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, frame.FlowReset, token)
	case fault.KindOf(err) == fault.Invalid:
		v.Problem = p.ProblemOf(r, err)
		p.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeReset, v)
	case p.Passing(w, r, err, frame.ShapeReset, v):
	default:
		p.Fail(w, r, err)
	}
}

// resetView is the form. Whose password it is comes along with it, as with a
// button.
func (p *pages) resetView(r *http.Request, token string) frame.View {
	return frame.View{
		Heading: p.Say(r).Text("reset.heading"), Flow: frame.FlowReset, Token: token, Email: frame.Shown(r.PostForm.Get("email")), MinLength: p.PasswordMinLength,
	}
}
