package webui

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// getResetPassword shows the form for a new password.
func (p *pages) getResetPassword(w http.ResponseWriter, r *http.Request) {
	token, ok := p.opened(w, r, flowReset, p.Accounts.Resettable)
	if ok {
		p.show(w, r, http.StatusOK, shapeReset, p.resetView(token))
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
	v := p.resetView(token)
	if password == "" {
		v.Problem = p.words.text("reset.missing")
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
		v.Problem = problemOf(err)
		p.show(w, r, http.StatusUnprocessableEntity, shapeReset, v)
	case p.passing(w, r, err, shapeReset, v):
	default:
		p.fail(w, r, err)
	}
}

func (p *pages) resetView(token string) view {
	return view{
		Heading: p.words.text("reset.heading"), Flow: flowReset, Token: token, MinLength: p.PasswordMinLength,
	}
}

// problemOf is the sentence that a fault has for anybody.
func problemOf(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return ""
	}
	if len(f.Fields) > 0 {
		return f.Fields[0].Message
	}
	return f.Detail
}
