package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// getResetPassword shows the form for a new password.
func (p *pages) getResetPassword(w http.ResponseWriter, r *http.Request) {
	token, ok := p.opened(w, r, flowReset, p.Accounts.Resettable)
	if ok {
		p.show(w, r, http.StatusOK, shapeReset, p.resetView(r, token))
	}
}

// postResetPassword spends the token on a new password. What was typed is
// handed to the room and goes nowhere else.
func (p *pages) postResetPassword(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	token, password := r.PostForm.Get("token"), r.PostForm.Get("new_password")
	if token == "" {
		p.spent(w, r, flowReset, token)
		return
	}
	v := p.resetView(r, token)
	if password == "" {
		v.Problem = p.say(r).Text("reset.missing")
		p.show(w, r, http.StatusUnprocessableEntity, shapeReset, v)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = p.Accounts.ResetPassword(r.Context(), token, password, originOf(r))
	}
	switch {
	case err == nil:
		p.done(w, r, flowReset, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowReset, token)
	case fault.KindOf(err) == fault.Invalid:
		v.Problem = p.problemOf(r, err)
		p.show(w, r, http.StatusUnprocessableEntity, shapeReset, v)
	case p.passing(w, r, err, shapeReset, v):
	default:
		p.fail(w, r, err)
	}
}

func (p *pages) resetView(r *http.Request, token string) view {
	return view{
		Heading: p.say(r).Text("reset.heading"), Flow: flowReset, Token: token, MinLength: p.PasswordMinLength,
	}
}
