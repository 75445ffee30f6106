package webui

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/emailchange"
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
	p.opened(w, r, flowEmail, p.confirmEmailView)
}

func (p *pages) confirmEmailView(r *http.Request, token string) (frame.View, error) {
	usable, email, userID, err := p.rooms.Changes.EmailConfirmable(r.Context(), token)
	if err != nil || !usable {
		return nil, err
	}
	asks, err := p.signedIn(r)
	return p.confirmEmailForm(r, token, email, asks != nil && asks.UserID == userID), err
}

// confirmEmailForm is the page with what there is to send.
func (p *pages) confirmEmailForm(r *http.Request, token, email string, known bool) frame.View {
	say, email, action := p.Say(r), frame.Shown(email), link.Path(store.PurposeConfirmEmail)
	page := frame.Titled(say.Text("email.heading"))
	if known {
		return &pressView{Page: page, Flow: flowEmail, Token: token, Action: action, Email: email}
	}
	return &claimView{
		FormPage: frame.FormPage{Page: page, Form: p.claimForm(r, action, token, email, say.Text("email.button"))}, Flow: flowEmail, Email: email,
	}
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
		p.spent(w, r, flowEmail, token)
		return
	}
	c := emailchange.Confirmation{Token: token, Password: r.PostForm.Get("password"), Origin: frame.OriginOf(r)}
	err := p.allow(r)
	if err == nil && c.Password == "" {
		c.Asker, err = p.signedIn(r)
	}
	if err == nil {
		_, err = p.rooms.Changes.ConfirmEmail(r.Context(), c)
	}
	switch {
	case err == nil:
		p.done(w, r, flowEmail, token)
		return
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowEmail, token)
		return
	}
	v := p.confirmEmailForm(r, token, r.PostForm.Get("email"), c.Password == "")
	if p.Passing(w, r, err, v) {
		return
	}
	v, looked := p.confirmEmailView(r, token)
	if looked != nil || v == nil {
		p.Fail(w, r, errors.Join(err, looked))
		return
	}
	p.refuseClaim(w, r, err, v)
}
