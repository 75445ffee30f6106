package home

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getConfirm asks whoever is signed in to prove once more that it is they.
func (h *home) getConfirm(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v := h.confirmView(r, visit, r.URL.Query().Get("method"), r.URL.Query().Get("return_to"))
	h.Show(w, r, http.StatusOK, frame.ShapeSecond, v)
}

// postConfirm makes the session's authentication recent, gives the browser a new
// cookie, and leads back to what was asked for.
func (h *home) postConfirm(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	password, code := r.PostForm.Get("password"), r.PostForm.Get("code")
	v := h.confirmView(r, visit, r.PostForm.Get("method"), r.PostForm.Get("return_to"))
	if h.Missing(r, v.Form, password+code) {
		h.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSecond, v)
		return
	}
	err := h.Count(r, ratelimit.Login)
	value, hash := session.NewCookie()
	if err == nil {
		proof := login.Reauthentication{
			UserID: visit.User.ID, SessionID: visit.Session.ID, Password: password,
			KnownDevice: h.Cookie(r, frame.CookieDevice), CookieHash: hash, Origin: frame.OriginOf(r),
		}
		if v.Form.Method != "" {
			proof.Password, proof.Method, proof.Code = "", v.Form.Method, code
		}
		_, err = h.rooms.Logins.Reauthenticate(r.Context(), proof)
	}
	switch {
	case err == nil:
		h.Admit(w, value)
		h.Redirect(w, h.ReturnTo(v.Form.ReturnTo, Path))
	case errors.Is(err, account.ErrWrongPassword):
		h.Blamed(v.Form, "password", h.Say(r).Text("password.wrong"))
		h.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSecond, v)
	case errors.Is(err, login.ErrWrongCode):
		h.Blamed(v.Form, "code", h.ProblemOf(r, err))
		h.Show(w, r, http.StatusUnprocessableEntity, frame.ShapeSecond, v)
	case errors.Is(err, login.ErrSecondFactor): // enrolled since the form was shown
		h.Redirect(w, r.URL.Path)
	case fault.KindOf(err) == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.RefuseForm(w, r, err, frame.ShapeSecond, v)
	}
}

// confirmView asks for the second factor of an account that has one, and for the
// password of every other.
func (h *home) confirmView(r *http.Request, visit session.Visit, method, back string) frame.View {
	say, back := h.Say(r), h.ReturnTo(back, "")
	var typed []string
	for _, m := range h.rooms.Factors.Methods(visit.User) {
		if frame.TakesCode(m) {
			typed = append(typed, m)
		}
	}
	if len(typed) > 0 {
		v := h.CodeView(r, frame.ConfirmPath, method, typed, back)
		v.Heading = say.Text("confirm.heading")
		return v
	}
	return frame.View{
		Heading: say.Text("confirm.heading"), Lead: say.Text("confirm.password.lead"),
		Form: &frame.Form{
			Action: frame.ConfirmPath, ReturnTo: back, Button: say.Text("second_factor.button"),
			Fields: []frame.Field{{
				ID: "password", Name: "password", Kind: "password", Autocomplete: "current-password", Label: say.Text("field.password"),
				Required: true, Focus: true,
			}},
		},
	}
}
