package home

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// getConfirm asks whoever is signed in to prove once more that it is they.
func (h *home) getConfirm(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	back := r.URL.Query().Get("return_to")
	v, err := h.confirmView(r, visit, r.URL.Query().Get("method"), back)
	if err != nil {
		h.refuseConfirm(w, r, err, back)
		return
	}
	h.Show(w, r, http.StatusOK, v)
}

// postConfirm makes the session's authentication recent, gives the browser a new
// cookie, and leads back to what was asked for.
func (h *home) postConfirm(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	back := r.PostForm.Get("return_to")
	v, err := h.confirmView(r, visit, r.PostForm.Get("method"), back)
	if err != nil {
		h.refuseConfirm(w, r, err, back)
		return
	}
	password, code := r.PostForm.Get("password"), r.PostForm.Get("code")
	if v.Form != nil && h.Missing(r, v.Form, password+code) {
		h.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err = h.Count(r, ratelimit.Login)
	value, hash := session.NewCookie()
	var tokens session.Tokens
	if err == nil {
		proof := login.Reauthentication{
			UserID: visit.User.ID, SessionID: visit.Session.ID, Password: password,
			CookieHash: hash, Origin: frame.OriginOf(r),
		}
		if v.Chosen != "" {
			proof.Password, proof.Method, proof.Code = "", v.Chosen, code
			proof.Ceremony, proof.Credential = r.PostForm.Get("ceremony"), json.RawMessage(r.PostForm.Get("credential"))
		}
		tokens, err = h.Logins.Reauthenticate(r.Context(), proof)
	}
	switch {
	case err == nil:
		h.Admit(w, value, tokens.KnownDevice)
		h.Redirect(w, h.ReturnTo(back, frame.AccountPath))
	case errors.Is(err, account.ErrWrongPassword):
		h.Blamed(v.Form, "password", h.Say(r).Text("password.wrong"))
		h.Show(w, r, http.StatusUnprocessableEntity, v)
	case errors.Is(err, login.ErrWrongCode) && v.Form != nil:
		h.Blamed(v.Form, "code", h.ProblemOf(r, err))
		h.Show(w, r, http.StatusUnprocessableEntity, v)
	case errors.Is(err, login.ErrWrongPasskey), fault.KindOf(err) == fault.Spent:
		v.Alert = h.ProblemOf(r, err)
		h.Show(w, r, http.StatusUnprocessableEntity, v)
	case h.Passing(w, r, err, v):
	default:
		h.refuseConfirm(w, r, err, back)
	}
}

// refuseConfirm answers for what cannot be proved now. Where another tab has
// removed a passkey, or added a second factor, it shows what is asked for instead.
func (h *home) refuseConfirm(w http.ResponseWriter, r *http.Request, err error, back string) {
	switch kind := fault.KindOf(err); {
	case kind == fault.Conflict, errors.Is(err, login.ErrSecondFactor):
		h.Redirect(w, frame.With(frame.ConfirmPath, h.ReturnTo(back, "")))
	case kind == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.Fail(w, r, err)
	}
}

// confirmView asks for the second factor of an account that has one, and for the
// password of every other.
func (h *home) confirmView(r *http.Request, visit session.Visit, method, back string) (*frame.AnswerView, error) {
	say, back := h.Say(r), h.ReturnTo(back, "")
	methods := h.Factors.Methods(visit.User)
	methods = slices.DeleteFunc(methods, func(m string) bool { return !frame.Takes(m) })
	if len(methods) == 0 {
		v := &frame.AnswerView{SignedIn: true, Lead: say.Text("confirm.password.lead")}
		v.FormPage = frame.WithForm(say.Text("confirm.heading"), frame.Form{
			Action: frame.ConfirmPath, ReturnTo: back, Username: visit.User.Email, Button: say.Text("second_factor.button"),
			Fields: []frame.Field{{
				ID: "password", Name: "password", Kind: "password", Autocomplete: "current-password", Label: say.Text("field.password"),
				Required: true, Focus: true,
			}},
		})
		return v, nil
	}
	v := h.Answer(r, frame.ConfirmPath, method, methods, back)
	v.SignedIn, v.Heading = true, say.Text("confirm.heading")
	if v.Chosen != frame.MethodPasskey {
		return v, nil
	}
	begun, err := h.Logins.AskPasskeyAgain(r.Context(), visit.User.ID, visit.Session.ID)
	v.Passkey = &frame.PasskeyForm{
		Action: frame.ConfirmPath, ReturnTo: back, Method: v.Chosen, Ceremony: begun.Token, Options: string(begun.Options),
		Button: say.Text("second_factor.passkey.button"),
	}
	return v, err
}
