package webui

import (
	"context"
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// Moves is what the pages ask of the room account about changes of address and
// accounts that are kept after all.
type Moves interface {
	EmailConfirmable(ctx context.Context, token string) (bool, error)
	ConfirmEmail(ctx context.Context, token string, o audit.Origin) (store.User, error)
	EmailUndoable(ctx context.Context, token string) (bool, error)
	UndoEmailChange(ctx context.Context, token string, o audit.Origin) error
	Restore(ctx context.Context, token string, o audit.Origin) error
}

// button is a page of one button, which spends a token.
type button struct {
	flow   frame.Flow
	path   string
	usable func(ctx context.Context, token string) (bool, error)
	spend  func(ctx context.Context, token string, o audit.Origin) error
}

func (p *pages) confirmEmail() button {
	return button{frame.FlowEmail, confirmEmailPath, p.rooms.Accounts.EmailConfirmable, func(ctx context.Context, token string, o audit.Origin) error {
		_, err := p.rooms.Accounts.ConfirmEmail(ctx, token, o)
		return err
	}}
}

func (p *pages) undoEmail() button {
	return button{frame.FlowUndo, undoEmailPath, p.rooms.Accounts.EmailUndoable, p.rooms.Accounts.UndoEmailChange}
}

// press gives the handler of a page of one button.
func (p *pages) press(b button) http.Handler {
	return p.Methods(func(w http.ResponseWriter, r *http.Request) {
		if token, ok := p.opened(w, r, b.flow, b.usable); ok {
			p.Show(w, r, http.StatusOK, frame.ShapePress, p.pressView(r, b.flow, b.path, token))
		}
	}, func(w http.ResponseWriter, r *http.Request) { p.pressed(w, r, b) })
}

// pressed spends the token and says what became of it.
func (p *pages) pressed(w http.ResponseWriter, r *http.Request, b button) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token := r.PostForm.Get("token")
	if token == "" {
		p.spent(w, r, b.flow, token)
		return
	}
	err := p.allow(r)
	if err == nil {
		err = b.spend(r.Context(), token, frame.OriginOf(r))
	}
	v := p.pressView(r, b.flow, b.path, token)
	switch {
	case err == nil:
		p.done(w, r, b.flow, token)
	case fault.KindOf(err) == fault.Spent:
		p.spent(w, r, b.flow, token)
	case errors.Is(err, account.ErrEmailTaken):
		v.Alert = p.Say(r).Text("undo.taken")
		p.Show(w, r, http.StatusConflict, frame.ShapePress, v)
	case p.Passing(w, r, err, frame.ShapePress, v):
	default:
		p.Fail(w, r, err)
	}
}

func (p *pages) pressView(r *http.Request, f frame.Flow, path, token string) frame.View {
	return frame.View{Heading: p.Say(r).Text(string(f) + ".heading"), Flow: f, Token: token, Action: path}
}

// offerRestore answers a sign-in of an account that is about to be erased with
// the button that keeps it, and reports whether err is one.
func (p *pages) offerRestore(w http.ResponseWriter, r *http.Request, err error) bool {
	refused, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, login.ErrPendingDeletion) || refused.Restore == "" {
		return false
	}
	p.SetCookie(w, frame.CookieStep, "", -1)
	p.Show(w, r, http.StatusForbidden, frame.ShapePress, p.pressView(r, frame.FlowRestore, restorePath, refused.Restore))
	return true
}

// postRestore keeps the account. Signing in is another step.
func (p *pages) postRestore(w http.ResponseWriter, r *http.Request) {
	if err := frame.ReadForm(r); err != nil {
		p.Fail(w, r, err)
		return
	}
	token := r.PostForm.Get("token")
	err := p.allow(r)
	if err == nil {
		err = p.rooms.Accounts.Restore(r.Context(), token, frame.OriginOf(r))
	}
	switch {
	case err == nil:
		p.Leave(w, frame.Note{Says: frame.NoteRestored})
		p.Redirect(w, frame.SignInPath)
	case fault.KindOf(err) == fault.Spent:
		p.Leave(w, frame.Note{Says: frame.NoteStepEnded})
		p.Redirect(w, frame.SignInPath)
	case p.Passing(w, r, err, frame.ShapePress, p.pressView(r, frame.FlowRestore, restorePath, token)):
	default:
		p.Fail(w, r, err)
	}
}
