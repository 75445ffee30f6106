package webui

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// press is what a link in a mail leads to where nothing is to be typed: a page
// of one button, which spends the link's token. Opening it changes nothing,
// because mail scanners open links, too.
type press struct {
	flow flow
	path string
	// look reports whether the token would work, and writes what it is about.
	look func(r *http.Request, token string, v *pressView) (bool, error)
	// spend spends the token. If it leads on itself it has answered once it worked.
	spend   func(w http.ResponseWriter, r *http.Request, token string) error
	leadsOn bool
	// refused answers for a failure that is this page's own, and reports whether it
	// did. It may be nil.
	refused func(w http.ResponseWriter, r *http.Request, err error, v *pressView) bool
}

// pressView is the page of a button, and what it is about.
type pressView struct {
	frame.Page

	Flow          flow
	Token, Action string // what the button sends, and where
	Email         string
	Device        *deviceView // disown: nil if it is gone
	Asked         *askedView  // verify: who signed up
}

func (*pressView) Template() string { return "press" }

// deviceView is what a page tells of a device: what its owner would know it by,
// and not the name that whoever signed in gave it.
type deviceView struct {
	Kind           string // "Firefox on Linux", or empty
	At             frame.Moment
	Address, Place string
}

// askedView is what a page tells of whoever signed up. The name is what they typed.
type askedView struct {
	deviceView

	Name string
}

// pressable gives the handler of such a page.
func (p *pages) pressable(b press) http.Handler {
	return p.Methods(func(w http.ResponseWriter, r *http.Request) { p.getPress(w, r, b) }, func(w http.ResponseWriter, r *http.Request) { p.postPress(w, r, b) })
}

func (p *pages) getPress(w http.ResponseWriter, r *http.Request, b press) {
	p.opened(w, r, b.flow, func(r *http.Request, token string) (frame.View, error) {
		v := p.pressView(r, b, token)
		ok, err := b.look(r, token, v)
		if err != nil || !ok {
			return nil, err
		}
		return v, nil
	})
}

func (p *pages) postPress(w http.ResponseWriter, r *http.Request, b press) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	p.pressed(w, r, b, r.PostForm.Get("token"))
}

// pressed spends the token and says what became of it.
func (p *pages) pressed(w http.ResponseWriter, r *http.Request, b press, token string) {
	if token == "" {
		p.spent(w, r, b.flow, token)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = b.spend(w, r, token)
	}
	v := p.pressView(r, b, token)
	switch {
	case err == nil && b.leadsOn:
	case err == nil:
		p.done(w, r, b.flow, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, b.flow, token)
	case b.refused != nil && b.refused(w, r, err, v):
	case p.Passing(w, r, err, v):
	default:
		p.Fail(w, r, err)
	}
}

// pressView is the page of a button. What it is about comes along with its form,
// so that a page which is shown again says so, too.
func (p *pages) pressView(r *http.Request, b press, token string) *pressView {
	return &pressView{
		Page: frame.Titled(p.Say(r).Text(string(b.flow) + ".heading")), Flow: b.flow, Token: token, Action: b.path, Email: frame.Shown(r.PostForm.Get("email")),
	}
}

// whose is a look at a token that shows which address it is about: whoever has
// the link of somebody else is to notice.
func whose(ask func(context.Context, string) (bool, string, error)) func(*http.Request, string, *pressView) (bool, error) {
	return func(r *http.Request, token string, v *pressView) (ok bool, err error) {
		ok, v.Email, err = ask(r.Context(), token)
		return ok, err
	}
}
