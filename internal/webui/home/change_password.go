package home

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// passwordView is the form to change a password.
type passwordView struct {
	frame.FormPage

	Email string // whose it is
}

func (*passwordView) Template() string { return "password" }

func (h *home) getPassword(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	h.Show(w, r, http.StatusOK, h.passwordView(r, visit))
}

// postPassword sets a new password. Every session ends, and this browser goes on
// with a new one and a new cookie.
func (h *home) postPassword(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	current, chosen := r.PostForm.Get("current_password"), r.PostForm.Get("new_password")
	v := h.passwordView(r, visit)
	if h.Missing(r, v.Form, current, chosen) {
		h.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := h.Count(r, ratelimit.Login)
	value, hash := session.NewCookie()
	var tokens session.Tokens
	if err == nil {
		tokens, err = h.Recovery.ChangePassword(r.Context(), recovery.ChangePassword{
			Asker:   session.Asker{UserID: visit.User.ID, SessionID: visit.Session.ID, CookieHash: hash, Origin: frame.OriginOf(r)},
			Current: current, New: chosen,
		})
	}
	switch {
	case err == nil:
		h.Admit(w, value, tokens.KnownDevice)
		h.Leave(w, frame.Note{Says: frame.NotePasswordSaved})
		h.Redirect(w, frame.AccountPath)
	case errors.Is(err, account.ErrWrongPassword):
		v.Form.Fields[0].Problem, v.Form.Fields[0].Focus = h.Say(r).Text("password.wrong"), true
		h.Show(w, r, http.StatusUnprocessableEntity, v)
	case fault.KindOf(err) == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.RefuseForm(w, r, err, v)
	}
}

func (h *home) passwordView(r *http.Request, visit session.Visit) *passwordView {
	say := h.Say(r)
	return &passwordView{
		Email: visit.User.Email,
		FormPage: frame.WithForm(say.Text("password.heading"), frame.Form{
			Action: frame.PasswordPath, Username: visit.User.Email, Button: say.Text("password.button"),
			Fields: []frame.Field{
				{
					ID: "current-password", Name: "current_password", Kind: "password", Autocomplete: "current-password",
					Label: say.Text("field.current_password"), Required: true,
				},
				h.NewPassword(r, "new_password", "reset.label"),
			},
		}),
	}
}
