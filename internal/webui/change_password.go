package webui

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
)

func (p *pages) getPassword(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	p.show(w, r, http.StatusOK, shapePassword, p.passwordView(r, visit))
}

// postPassword sets a new password. Every session ends, and this browser goes on
// with a new one and a new cookie.
func (p *pages) postPassword(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	current, chosen := r.PostForm.Get("current_password"), r.PostForm.Get("new_password")
	v := p.passwordView(r, visit)
	if p.missing(r, v.Form, current, chosen) {
		p.show(w, r, http.StatusUnprocessableEntity, shapePassword, v)
		return
	}
	err := p.count(r, ratelimit.Login)
	value, hash := session.NewCookie()
	if err == nil {
		_, err = p.Accounts.ChangePassword(r.Context(), account.ChangePassword{
			UserID: visit.User.ID, SessionID: visit.Session.ID, Current: current, New: chosen,
			KnownDevice: p.cookie(r, cookieDevice), CookieHash: hash, Origin: originOf(r),
		})
	}
	switch {
	case err == nil:
		p.admit(w, value)
		p.leave(w, note{Says: notePasswordSaved})
		p.redirect(w, accountPath)
	case errors.Is(err, account.ErrWrongPassword):
		v.Form.Fields[0].Problem, v.Form.Fields[0].Focus = p.say(r).Text("password.wrong"), true
		p.show(w, r, http.StatusUnprocessableEntity, shapePassword, v)
	case fault.KindOf(err) == fault.Unauthenticated:
		p.leave(w, note{Says: noteEnded})
		p.askWho(w, r)
	default:
		p.refuseForm(w, r, err, shapePassword, v)
	}
}

func (p *pages) passwordView(r *http.Request, visit session.Visit) view {
	say := p.say(r)
	return view{
		Heading: say.Text("password.heading"), Email: visit.User.Email,
		Form: &form{
			Action: passwordPath, Button: say.Text("password.button"),
			Fields: []field{
				{
					ID: "current-password", Name: "current_password", Kind: "password", Autocomplete: "current-password",
					Label: say.Text("field.current_password"), Required: true,
				},
				p.newPassword(r, "new_password", "reset.label"),
			},
		},
	}
}
