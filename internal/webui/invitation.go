package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// invitationView asks who accepts an invitation for a name and a password.
type invitationView struct {
	frame.FormPage

	Email string // that was invited
}

func (*invitationView) Template() string { return "invitation" }

func (p *pages) getInvitation(w http.ResponseWriter, r *http.Request) {
	p.opened(w, r, flowInvite, func(r *http.Request, token string) (frame.View, error) {
		email, usable, err := p.rooms.SignUps.Acceptable(r.Context(), token)
		if err != nil || !usable {
			return nil, err
		}
		return p.invitationView(r, token, email, ""), nil
	})
}

// postInvitation makes the account and signs this browser in.
func (p *pages) postInvitation(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token, password, name := r.PostForm.Get("token"), r.PostForm.Get("password"), r.PostForm.Get("name")
	if token == "" {
		p.spent(w, r, flowInvite, token)
		return
	}
	v := p.invitationView(r, token, r.PostForm.Get("email"), name)
	if p.Missing(r, v.Form, name, password) {
		p.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	value, hash := session.NewCookie()
	err := p.allow(r)
	var done login.Verified
	if err == nil {
		done, err = p.rooms.Logins.AcceptInvitation(r.Context(), login.Acceptance{
			Acceptance:  signup.Acceptance{Token: token, Password: password, Name: name, Origin: p.Reader(r)},
			KnownDevice: p.Cookie(r, frame.CookieDevice), CookieHash: hash,
		})
	}
	switch {
	case err == nil && done.SignedIn == nil:
		p.done(w, r, flowInvite, token)
	case err == nil:
		p.remember(w, r, flowInvite, token)
		p.enter(w, r, value, done.SignedIn.KnownDevice)
		p.Redirect(w, p.ReturnTo("", frame.AccountPath))
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowInvite, token)
	default:
		p.RefuseForm(w, r, err, v)
	}
}

// invitationView is the form. Whose address it is comes along with it, for a page that
// is shown again; the token alone decides.
func (p *pages) invitationView(r *http.Request, token, email, name string) *invitationView {
	say, email := p.Say(r), frame.Shown(email)
	return &invitationView{Email: email, FormPage: frame.WithForm(say.Text("invite.heading"), frame.Form{
		Action: link.Path(link.Invitation), Token: token, Username: email, Button: say.Text("invite.button"),
		Fields: []frame.Field{
			{ID: "name", Name: "name", Kind: "text", Autocomplete: "name", Label: say.Text("field.name_optional"), Value: frame.Shown(name)},
			p.NewPassword(r, "password", "field.password"),
		},
	})}
}
