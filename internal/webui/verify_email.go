package webui

import (
	"errors"
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// claimView is a link that asks for a password as well.
type claimView struct {
	frame.FormPage

	Flow     flow
	Email    string
	Asked    *askedView  // who signed up, where that is known
	Choose   *frame.Form // for whoever does not know the password; may be nil
	Choosing bool        // that form is the one that was sent
}

func (*claimView) Template() string { return "claim" }

// getVerifyEmail says who signed up, and asks for the password that was chosen: a
// link proves the mailbox alone. In the browser that signed up one press is
// enough. With VerifyEmailOnGet it verifies at once where the link does so alone,
// but not for HEAD and not for a browser that fetches ahead of its user.
func (p *pages) getVerifyEmail(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("token")
	if p.rooms.VerifyEmailOnGet && r.Method == http.MethodGet && token != "" && !prefetch(r) {
		err := p.allow(r)
		if err == nil {
			err = p.verifyOpened(r, token)
		}
		switch {
		case err == nil:
			p.done(w, r, flowVerify, token)
			return
		case fault.KindOf(err) == fault.Spent:
			p.spent(w, r, flowVerify, token)
			return
		case !errors.Is(err, account.ErrPasswordRequired):
			p.Fail(w, r, err)
			return
		}
	}
	p.opened(w, r, flowVerify, p.verifyView)
}

// verifyOpened verifies a link that was opened. A cookie of its own sign-up claims
// the account; one of another says nothing.
func (p *pages) verifyOpened(r *http.Request, token string) error {
	v := signup.Verification{Token: token, Alone: true, Opened: true, Origin: frame.OriginOf(r)}
	proof := p.Cookie(r, frame.CookieSignUp)
	look, err := p.rooms.SignUps.Verifiable(r.Context(), token, proof)
	if err != nil {
		return err
	}
	if proof != "" && look.Known {
		v.Proof = proof
	}
	_, err = p.rooms.Logins.VerifyEmail(r.Context(), login.Verification{Verification: v})
	return err
}

// verifyView is the page of a verification link: who signed up, as far as that is
// known, and what to type. It is nil for one that cannot be used.
func (p *pages) verifyView(r *http.Request, token string) (frame.View, error) {
	look, err := p.rooms.SignUps.Verifiable(r.Context(), token, p.Cookie(r, frame.CookieSignUp))
	if err != nil || !look.Usable {
		return nil, err
	}
	return p.verifyForms(r, token, look.Email, p.whoSignedUp(r, look), look.Known), nil
}

// verifyForms is the page with what there is to send: one button for whoever is
// known to have signed up, else a form for the password and one for a new one.
func (p *pages) verifyForms(r *http.Request, token, email string, asked *askedView, known bool) frame.View {
	say, email, action := p.Say(r), frame.Shown(email), link.Path(store.PurposeVerifyEmail)
	page := frame.Titled(say.Text("verify.heading"))
	if known {
		return &pressView{Page: page, Flow: flowVerify, Token: token, Action: action, Email: email, Asked: asked}
	}
	return &claimView{
		FormPage: frame.FormPage{Page: page, Form: p.claimForm(r, action, token, email, say.Text("verify.button"))},
		Flow:     flowVerify, Email: email, Asked: asked,
		Choose: &frame.Form{
			Action: action, Token: token, Username: email, Button: say.Text("claim.new.button"),
			Fields: []frame.Field{p.NewPassword(r, "new_password", "reset.label")},
		},
	}
}

// claimForm asks for the password of an account, or of one that is to be.
func (p *pages) claimForm(r *http.Request, action, token, email, button string) *frame.Form {
	return &frame.Form{
		Action: action, Token: token, Username: email, Button: button,
		Fields: []frame.Field{{
			ID: "password", Name: "password", Kind: "password", Autocomplete: "current-password", Label: p.Say(r).Text("field.password"), Required: true,
		}},
	}
}

// whoSignedUp is what is known of whoever signed up. The name is their own words: it is
// shown as a quotation, if it cannot be taken for more than a name.
func (p *pages) whoSignedUp(r *http.Request, look signup.Verifiable) *askedView {
	d := device.Of(look.From.UserAgent)
	return &askedView{
		Name: mail.PlainName(look.Name),
		deviceView: deviceView{
			Kind: p.Say(r).Device(d.Browser, d.System), At: p.Moment(r, look.SignedUpAt),
			Address: look.From.Address, Place: look.Place,
		},
	}
}

// postVerifyEmail spends the link together with what was typed, or with what the
// browser was given when it signed up, and signs in.
func (p *pages) postVerifyEmail(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token := r.PostForm.Get("token")
	if token == "" {
		p.spent(w, r, flowVerify, token)
		return
	}
	value, hash := session.NewCookie()
	in := login.Verification{
		Verification: signup.Verification{
			Token: token, Password: r.PostForm.Get("password"), NewPassword: r.PostForm.Get("new_password"), Origin: frame.OriginOf(r),
		},
		SignIn: true, KnownDevice: p.Cookie(r, frame.CookieDevice), CookieHash: hash,
	}
	if in.NewPassword != "" {
		in.Password = ""
	} else if in.Password == "" {
		in.Proof = p.Cookie(r, frame.CookieSignUp)
	}
	err := p.allow(r)
	var done login.Verified
	if err == nil {
		done, err = p.rooms.Logins.VerifyEmail(r.Context(), in)
	}
	switch {
	case err == nil:
		p.verified(w, r, token, value, done)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, flowVerify, token)
	default:
		p.refuseVerification(w, r, err, token)
	}
}

// verified answers that the address is confirmed.
func (p *pages) verified(w http.ResponseWriter, r *http.Request, token, cookie string, done login.Verified) {
	if p.Cookie(r, frame.CookieSignUp) != "" {
		p.SetCookie(w, frame.CookieSignUp, "", -1)
	}
	switch in := done.SignedIn; {
	case in == nil:
		p.done(w, r, flowVerify, token)
	case in.Step != nil:
		p.remember(w, r, flowVerify, token)
		p.askSecond(w, in.Step, "")
	default:
		p.remember(w, r, flowVerify, token)
		p.enter(w, r, cookie, in.KnownDevice)
		p.Redirect(w, p.ReturnTo("", frame.AccountPath))
	}
}

// refuseVerification shows the page again with what is wrong.
func (p *pages) refuseVerification(w http.ResponseWriter, r *http.Request, err error, token string) {
	// What time mends is sent again as it is: nobody is asked who signed up.
	known := r.PostForm.Get("password") == "" && r.PostForm.Get("new_password") == ""
	v := p.verifyForms(r, token, r.PostForm.Get("email"), nil, known)
	if p.Passing(w, r, err, v) {
		return
	}
	v, looked := p.verifyView(r, token)
	if looked != nil || v == nil {
		p.Fail(w, r, errors.Join(err, looked))
		return
	}
	p.refuseClaim(w, r, err, v)
}

// refuseClaim shows a page that asks for a password again, with what is wrong
// about what was typed.
func (p *pages) refuseClaim(w http.ResponseWriter, r *http.Request, err error, shown frame.View) {
	v, asks := shown.(*claimView)
	switch {
	case !asks:
		p.Fail(w, r, err)
	case errors.Is(err, account.ErrPasswordRequired):
		p.Missing(r, v.Form, "")
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case errors.Is(err, account.ErrWrongPassword):
		p.Blamed(v.Form, "password", p.Say(r).Text("claim.wrong"))
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	case fault.KindOf(err) == fault.Invalid && v.Choose != nil:
		v.Choosing = true
		p.Blamed(v.Choose, "new_password", p.ProblemOf(r, err))
		p.Show(w, r, http.StatusUnprocessableEntity, v)
	default:
		p.Fail(w, r, err)
	}
}

// prefetch reports whether nobody has asked for the page yet.
func prefetch(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") || r.Header.Get("Purpose") == "prefetch"
}
