package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// checkMailView says that a mail is on its way.
type checkMailView struct {
	frame.Page

	Email string
	Kind  string // which mail: verify, reset or unverified
}

func (*checkMailView) Template() string { return "check-mail" }

// getCheckMail says where a mail went. Which one, the browser remembers for ten
// minutes; one that does not is led to the sign-in.
func (p *pages) getCheckMail(w http.ResponseWriter, r *http.Request) {
	n, ok := p.Left(r)
	if !ok || n.Email == "" {
		p.Redirect(w, frame.SignInPath)
		return
	}
	p.Show(w, r, http.StatusOK, p.checkMailView(r, n, false))
}

// postCheckMail asks for the mail once more. Which one and where to, the form
// says: people look for a mail for longer than the browser remembers.
func (p *pages) postCheckMail(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	n := frame.Note{Says: frame.NoteVerify, Email: frame.Shown(r.PostForm.Get("email"))}
	if r.PostForm.Get("kind") == string(flowReset) {
		n.Says = frame.NoteReset
	}
	if n.Email == "" {
		p.Redirect(w, frame.SignInPath)
		return
	}
	next, err := frame.NoteVerifyAgain, p.Count(r, ratelimit.MailRequest)
	switch {
	case err != nil:
	case n.Says == frame.NoteReset:
		next, err = frame.NoteResetAgain, p.rooms.Recovery.RequestReset(r.Context(), n.Email, frame.OriginOf(r))
	default:
		err = p.rooms.SignUps.RequestVerification(r.Context(), n.Email, p.Cookie(r, frame.CookieSignUp), p.Reader(r))
	}
	switch {
	case err == nil:
		p.Leave(w, frame.Note{Says: next, Email: n.Email})
		p.Redirect(w, frame.CheckMailPath)
	case p.Passing(w, r, err, p.checkMailView(r, n, false)):
	default:
		p.Fail(w, r, err)
	}
}

// checkMailView says that a mail is on its way. unverified is for who tried to
// sign in before they had used the link.
func (p *pages) checkMailView(r *http.Request, n frame.Note, unverified bool) *checkMailView {
	v := &checkMailView{Page: frame.Titled(p.Say(r).Text("check_mail.heading")), Email: frame.Shown(n.Email), Kind: string(flowVerify)}
	switch n.Says {
	case frame.NoteReset, frame.NoteResetAgain:
		v.Kind = string(flowReset)
	}
	switch {
	case unverified:
		v.Heading, v.Kind = p.Say(r).Text("check_mail.unverified.heading"), "unverified"
	case n.Says == frame.NoteVerifyAgain, n.Says == frame.NoteResetAgain:
		v.Note = p.Say(r).Text("check_mail.again")
	}
	return v
}
