package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// getCheckMail says where a mail went. Which one, the browser remembers for ten
// minutes; a browser that does not is led to the sign-in.
func (p *pages) getCheckMail(w http.ResponseWriter, r *http.Request) {
	n, ok := p.left(r)
	if !ok || n.Email == "" {
		p.redirect(w, signInPath)
		return
	}
	p.show(w, r, http.StatusOK, shapeCheckMail, p.checkMailView(r, n, false))
}

// postCheckMail asks for the mail once more.
func (p *pages) postCheckMail(w http.ResponseWriter, r *http.Request) {
	n, ok := p.left(r)
	if !ok || n.Email == "" {
		p.redirect(w, signInPath)
		return
	}
	err := p.count(r, ratelimit.MailRequest)
	next := noteVerifyAgain
	switch {
	case err != nil:
	case n.Says == noteReset || n.Says == noteResetAgain:
		next = noteResetAgain
		err = p.Accounts.RequestReset(r.Context(), n.Email, originOf(r))
	default:
		err = p.Accounts.RequestVerification(r.Context(), n.Email, originOf(r))
	}
	switch {
	case err == nil:
		p.leave(w, note{Says: next, Email: n.Email})
		p.redirect(w, checkMailPath)
	case p.passing(w, r, err, shapeCheckMail, p.checkMailView(r, n, false)):
	default:
		p.fail(w, r, err)
	}
}

// checkMailView says that a mail is on its way. unverified is for who tried to
// sign in before they had used the link.
func (p *pages) checkMailView(r *http.Request, n note, unverified bool) view {
	v := view{Heading: p.say(r).Text("check_mail.heading"), Email: shown(n.Email), Kind: string(flowVerify)}
	switch n.Says {
	case noteReset, noteResetAgain:
		v.Kind = string(flowReset)
	}
	switch {
	case unverified:
		v.Heading, v.Kind = p.say(r).Text("check_mail.unverified.heading"), "unverified"
	case n.Says == noteVerifyAgain, n.Says == noteResetAgain:
		v.Note = p.say(r).Text("check_mail.again")
	}
	return v
}
