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
	flow frame.Flow
	path string
	// look reports whether the token would work, and adds to the page what it is
	// about.
	look func(r *http.Request, token string, v *frame.View) (bool, error)
	// spend spends the token. If it leads on itself it has answered once it worked.
	spend   func(w http.ResponseWriter, r *http.Request, token string) error
	leadsOn bool
	// refused answers for a failure that is this page's own, and reports whether it
	// did. It may be nil.
	refused func(w http.ResponseWriter, r *http.Request, err error, v frame.View) bool
}

// pressable gives the handler of such a page.
func (p *pages) pressable(b press) http.Handler {
	return p.Methods(func(w http.ResponseWriter, r *http.Request) { p.getPress(w, r, b) }, func(w http.ResponseWriter, r *http.Request) { p.postPress(w, r, b) })
}

func (p *pages) getPress(w http.ResponseWriter, r *http.Request, b press) {
	v := p.pressView(r, b, "")
	token, ok := p.opened(w, r, b.flow, func(_ context.Context, token string) (bool, error) { return b.look(r, token, &v) })
	if ok {
		v.Token = token
		p.Show(w, r, http.StatusOK, frame.ShapePress, v)
	}
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
	case p.Passing(w, r, err, frame.ShapePress, v):
	default:
		p.Fail(w, r, err)
	}
}

func (p *pages) pressView(r *http.Request, b press, token string) frame.View {
	return frame.View{Heading: p.Say(r).Text(string(b.flow) + ".heading"), Flow: b.flow, Token: token, Action: b.path}
}

// usable is a look at a token that shows nothing of what it is about.
func usable(ask func(context.Context, string) (bool, error)) func(*http.Request, string, *frame.View) (bool, error) {
	return func(r *http.Request, token string, _ *frame.View) (bool, error) { return ask(r.Context(), token) }
}
