package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// signOutView asks whether to sign out.
type signOutView struct {
	frame.Page

	ReturnTo   string
	Everywhere bool // on every device, and not in this browser alone
}

func (*signOutView) Template() string { return "sign-out" }

// getSignOut asks whether to sign out: a link alone does nothing.
func (p *pages) getSignOut(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusOK, p.signOutView(r, r.URL.Query().Get("return_to"), false))
}

// signOutView asks for one of the two, and leads back.
func (p *pages) signOutView(r *http.Request, back string, everywhere bool) *signOutView {
	return &signOutView{Page: frame.Titled(p.Say(r).Text("sign_out.heading")), ReturnTo: p.ReturnTo(back, ""), Everywhere: everywhere}
}

// postSignOut ends the browser's session, or with everywhere all that its user
// has. From then on the cookie is worth nothing, whoever kept a copy. One that
// was worth nothing before ends nothing elsewhere, and is not told that it did.
func (p *pages) postSignOut(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	back, everywhere := r.PostForm.Get("return_to"), r.PostForm.Get("everywhere") != ""
	err := p.Count(r, ratelimit.Logout)
	if err == nil {
		err = p.rooms.Sessions.SignOut(r.Context(), p.Cookie(r, frame.CookieSession), everywhere, frame.OriginOf(r))
	}
	says := frame.NoteSignedOut
	if everywhere {
		says = frame.NoteSignedOutAll
	}
	switch {
	case err == nil:
		// What scripts kept goes as well (ASVS 14.3.1). Cookies stay: this would
		// take those of the whole domain, the app's too.
		w.Header().Set("Clear-Site-Data", `"storage"`)
		p.SetCookie(w, frame.CookieSession, "", -1)
		p.Leave(w, frame.Note{Says: says})
		p.Redirect(w, p.ReturnTo(back, frame.SignInPath))
	case fault.KindOf(err) == fault.Unauthenticated: // the others may live
		p.Leave(w, frame.Note{Says: frame.NoteEnded})
		p.AskWho(w, r)
	case p.Passing(w, r, err, p.signOutView(r, back, everywhere)):
	default:
		p.Fail(w, r, err)
	}
}
