package webui

import (
	"net/http"
	"net/url"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// accountView is what a person sees of themselves.
type accountView struct {
	ID, Email         string
	Verified          bool
	Since, LastSignIn string // dates
}

// signedInAs gives a page to whoever holds a session's cookie. Everybody else
// is led to the sign-in and, if they only wanted to look, back afterwards.
func (p *pages) signedInAs(page func(http.ResponseWriter, *http.Request, session.Visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		cookie := p.cookie(r, cookieSession)
		if cookie == "" {
			p.askWho(w, r)
			return
		}
		visit, err := p.Sessions.Visit(r.Context(), cookie, originOf(r))
		switch {
		case err == nil:
			page(w, r, visit)
		case fault.KindOf(err) == fault.Unauthenticated:
			p.leave(w, note{Says: noteEnded})
			p.setCookie(w, cookieSession, "", -1)
			p.askWho(w, r)
		default:
			p.fail(w, r, err)
		}
	}
}

// askWho leads to the sign-in.
func (p *pages) askWho(w http.ResponseWriter, r *http.Request) {
	to := signInPath
	if r.Method == http.MethodGet {
		to += "?" + url.Values{"return_to": {r.URL.RequestURI()}}.Encode()
	}
	p.redirect(w, to)
}

func (p *pages) getAccount(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v := p.accountView(r, visit.User, visit.User.Name)
	v.Note = p.hear(w, r, noteSaved, notePasswordSaved)
	p.show(w, r, http.StatusOK, shapeAccount, v)
}

// postAccount saves the name.
func (p *pages) postAccount(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	name := r.PostForm.Get("name")
	_, err := p.Accounts.UpdateProfile(r.Context(), visit.User.ID, account.ProfileChange{Name: &name}, originOf(r))
	switch {
	case err == nil:
		p.leave(w, note{Says: noteSaved})
		p.redirect(w, accountPath)
	case fault.KindOf(err) == fault.Unauthenticated:
		p.askWho(w, r)
	default:
		p.refuseForm(w, r, err, shapeAccount, p.accountView(r, visit.User, name))
	}
}

func (p *pages) accountView(r *http.Request, u store.User, name string) view {
	say := p.say(r)
	return view{
		Heading: say.Text("account.heading"),
		Account: &accountView{
			ID: u.ID, Email: u.Email, Verified: !u.EmailVerifiedAt.IsZero(),
			Since: say.Day(u.CreatedAt), LastSignIn: say.Day(u.LastLoginAt),
		},
		Form: &form{
			Action: accountPath, Button: say.Text("account.profile.button"),
			Fields: []field{
				{ID: "name", Name: "name", Kind: "text", Autocomplete: "name", Label: say.Text("field.name"), Hint: say.Text("account.profile.hint"), Value: shown(name)},
			},
		},
	}
}

// getSignOut asks whether to sign out: a link alone does nothing.
func (p *pages) getSignOut(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, shapeSignOut, p.signOutView(r))
}

func (p *pages) signOutView(r *http.Request) view {
	return view{Heading: p.say(r).Text("sign_out.heading"), ReturnTo: p.returnTo(r.URL.Query().Get("return_to"), "")}
}

// postSignOut ends the browser's session, or with everywhere all that its user
// has. From then on the cookie is worth nothing, whoever kept a copy.
func (p *pages) postSignOut(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	everywhere := r.PostForm.Get("everywhere") != ""
	err := p.Sessions.SignOut(r.Context(), p.cookie(r, cookieSession), everywhere, originOf(r))
	if err != nil {
		if !p.passing(w, r, err, shapeSignOut, p.signOutView(r)) {
			p.fail(w, r, err)
		}
		return
	}
	says := noteSignedOut
	if everywhere {
		says = noteSignedOutAll
	}
	p.setCookie(w, cookieSession, "", -1)
	p.leave(w, note{Says: says})
	p.redirect(w, p.returnTo(r.PostForm.Get("return_to"), signInPath))
}
