package home

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// emailView is a form for another address.
type emailView struct {
	frame.FormPage

	Email string // the present one
}

func (*emailView) Template() string { return "email" }

func (h *home) getEmail(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	h.Show(w, r, http.StatusOK, h.emailView(r, visit, ""))
}

// postEmail asks for another address. What it says does not tell whether that
// address has an account.
func (h *home) postEmail(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	typed := r.PostForm.Get("new_email")
	v := h.emailView(r, visit, typed)
	if h.Missing(r, v.Form, typed) {
		h.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := h.Count(r, ratelimit.MailRequest)
	if err == nil {
		err = h.Changes.RequestEmailChange(r.Context(), emailchange.Request{Asker: asker(r, visit), NewEmail: typed})
	}
	switch {
	case err == nil:
		h.Leave(w, frame.Note{Says: frame.NoteEmailAsked})
		h.Redirect(w, frame.AccountPath)
	case fault.KindOf(err) == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.RefuseForm(w, r, err, v)
	}
}

func (h *home) emailView(r *http.Request, visit session.Visit, typed string) *emailView {
	say := h.Say(r)
	return &emailView{
		Email: visit.User.Email,
		FormPage: frame.WithForm(say.Text("email_change.heading"), frame.Form{
			Action: frame.EmailPath, Button: say.Text("email_change.button"),
			Fields: []frame.Field{{
				ID: "new-email", Name: "new_email", Kind: "email", Autocomplete: "email", Label: say.Text("email_change.label"),
				Value: frame.Shown(typed), Required: true,
			}},
		}),
	}
}
