package webui

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

func (p *pages) undoEmail() press {
	return press{
		flow: flowUndo, path: link.Path(store.PurposeUndoEmail), look: whose(p.rooms.Changes.EmailUndoable),
		spend: func(_ http.ResponseWriter, r *http.Request, token string) error {
			return p.rooms.Changes.UndoEmailChange(r.Context(), token, frame.OriginOf(r))
		},
		refused: func(w http.ResponseWriter, r *http.Request, err error, v *pressView) bool {
			if !errors.Is(err, account.ErrEmailTaken) {
				return false
			}
			v.Alert = p.Say(r).Text("undo.taken")
			p.Show(w, r, http.StatusConflict, v)
			return true
		},
	}
}

// restore is the page of one button that no link leads to, but a sign-in.
var restore = press{flow: flowRestore, path: frame.RestorePath}

// offerRestore answers a sign-in of an account that is about to be erased with
// the button that keeps it, and reports whether err is one.
func (p *pages) offerRestore(w http.ResponseWriter, r *http.Request, err error) bool {
	refused, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, login.ErrPendingDeletion) || refused.Member(login.MemberRestore) == "" {
		return false
	}
	p.SetCookie(w, frame.CookieStep, "", -1)
	p.Show(w, r, http.StatusForbidden, p.pressView(r, restore, refused.Member(login.MemberRestore)))
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
		err = p.rooms.Deletions.Restore(r.Context(), token, frame.OriginOf(r))
	}
	switch {
	case err == nil:
		p.Leave(w, frame.Note{Says: frame.NoteRestored})
		p.Redirect(w, frame.SignInPath)
	case fault.KindOf(err) == fault.Spent:
		p.Leave(w, frame.Note{Says: frame.NoteStepEnded})
		p.Redirect(w, frame.SignInPath)
	case p.Passing(w, r, err, p.pressView(r, restore, token)):
	default:
		p.Fail(w, r, err)
	}
}
