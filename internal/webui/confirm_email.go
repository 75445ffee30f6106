package webui

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getConfirmEmail has one button for whoever is signed in to the account that
// asked, and asks everybody else for its password: whoever reads the new mailbox
// may never have heard of that account.
func (p *pages) getConfirmEmail(w http.ResponseWriter, r *http.Request) {
	var v frame.View
	if p.opened(w, r, frame.FlowEmail, func(r *http.Request, token string, v *frame.View) (bool, error) {
		shown, usable, err := p.confirmEmailView(r, token)
		*v = shown
		return usable, err
	}, &v) {
		p.Show(w, r, http.StatusOK, shapeOf(v), v)
	}
}

func (p *pages) confirmEmailView(r *http.Request, token string) (v frame.View, usable bool, err error) {
	usable, email, userID, err := p.rooms.Accounts.EmailConfirmable(r.Context(), token)
	if err != nil || !usable {
		return v, false, err
	}
	asks, err := p.signedIn(r)
	return p.confirmEmailForm(r, token, email, asks != nil && asks.UserID == userID), true, err
}

// confirmEmailForm is the page with what there is to send.
func (p *pages) confirmEmailForm(r *http.Request, token, email string, known bool) frame.View {
	v := frame.View{
		Heading: p.Say(r).Text("email.heading"), Flow: frame.FlowEmail, Token: token, Action: link.Path(store.PurposeConfirmEmail), Email: frame.Shown(email),
	}
	if !known {
		v.Form = p.claimForm(r, v, p.Say(r).Text("email.button"))
	}
	return v
}

// signedIn is the user whose session this browser has, or nil.
func (p *pages) signedIn(r *http.Request) (*session.Asker, error) {
	cookie := p.Cookie(r, frame.CookieSession)
	if cookie == "" {
		return nil, nil //nolint:nilnil // nobody
	}
	visit, err := p.rooms.Sessions.Visit(r.Context(), cookie, frame.OriginOf(r))
	if fault.KindOf(err) == fault.Unauthenticated {
		return nil, nil //nolint:nilnil // nobody any more
	}
	if err != nil {
		return nil, err
	}
	return &session.Asker{UserID: visit.User.ID, SessionID: visit.Session.ID, Origin: frame.OriginOf(r)}, nil
}

func (p *pages) postConfirmEmail(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token := r.PostForm.Get("token")
	if token == "" {
		p.spent(w, r, frame.FlowEmail, token)
		return
	}
	c := account.EmailConfirmation{Token: token, Password: r.PostForm.Get("password"), Origin: frame.OriginOf(r)}
	err := p.allow(r)
	if err == nil && c.Password == "" {
		c.Asker, err = p.signedIn(r)
	}
	if err == nil {
		_, err = p.rooms.Accounts.ConfirmEmail(r.Context(), c)
	}
	switch {
	case err == nil:
		p.done(w, r, frame.FlowEmail, token)
		return
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, frame.FlowEmail, token)
		return
	}
	v := p.confirmEmailForm(r, token, r.PostForm.Get("email"), c.Password == "")
	if p.Passing(w, r, err, shapeOf(v), v) {
		return
	}
	v, usable, looked := p.confirmEmailView(r, token)
	if looked != nil || !usable {
		p.Fail(w, r, errors.Join(err, looked))
		return
	}
	p.refuseClaim(w, r, err, v)
}
