package home

import (
	"errors"
	"html/template"
	"net/http"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// fewCodes is when a person is told to make new recovery codes.
const fewCodes = 3

// factorsView is what there is as a second factor.
type factorsView struct {
	frame.Page

	TOTP      bool
	Passkeys  bool   // there is one at least
	CodesLeft string // how many recovery codes there are, in words
	FewCodes  bool   // it is time for new ones
}

func (*factorsView) Template() string { return "factors" }

// enrolView is a code generator to be. What it needs to know is empty where it was
// shown before.
type enrolView struct {
	frame.FormPage

	QR     template.HTML
	Secret string // the same, in groups
}

func (*enrolView) Template() string { return "enrol" }

// codesView is recovery codes, shown once.
type codesView struct {
	frame.Page

	Codes []string
}

func (*codesView) Template() string { return "codes" }

// getFactors says what there is as a second factor.
func (h *home) getFactors(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	say, u := h.Say(r), visit.User
	v := &factorsView{
		Page: frame.Titled(say.Text("factors.heading")), TOTP: u.TOTP, Passkeys: u.Passkeys > 0,
		CodesLeft: say.Count("factors.codes.left", int(u.RecoveryCodes)), FewCodes: u.RecoveryCodes < fewCodes,
	}
	v.Note = h.Hear(w, r, frame.NoteTOTPRemoved)
	h.Show(w, r, http.StatusOK, v)
}

// toFactors leads whoever loads the answer to a form once more to where the form
// was.
func (h *home) toFactors(w http.ResponseWriter, _ *http.Request) { h.Redirect(w, frame.FactorsPath) }

// postEnrol begins to enrol a code generator and shows, once, what it needs to
// know.
func (h *home) postEnrol(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	key, _, svg, err := h.Factors.EnrolTOTP(r.Context(), asker(r, visit))
	if err != nil {
		h.refuseFactor(w, r, err)
		return
	}
	v := h.enrolView(r)
	v.QR = template.HTML(svg) //nolint:gosec // package mfa draws it; nothing in it is anybody's words
	v.Secret = inGroups(key)
	h.Show(w, r, http.StatusOK, v)
}

// postConfirmTOTP makes the code generator a factor and shows, once, the
// recovery codes. A wrong code asks for another; what the generator needs to
// know is not shown again.
func (h *home) postConfirmTOTP(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	v, code := h.enrolView(r), r.PostForm.Get("code")
	if h.Missing(r, v.Form, code) {
		h.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	codes, err := h.Factors.ConfirmTOTP(r.Context(), asker(r, visit), code)
	switch {
	case err == nil:
		h.showCodes(w, r, "codes.enrolled.heading", codes)
	case errors.Is(err, login.ErrWrongCode):
		h.Blamed(v.Form, "code", h.ProblemOf(r, err))
		h.Show(w, r, http.StatusUnprocessableEntity, v)
	case h.Passing(w, r, err, v):
	default:
		h.refuseFactor(w, r, err)
	}
}

// postRemoveTOTP removes the code generator. Every other session ends; this
// browser goes on with a new one and a new cookie.
func (h *home) postRemoveTOTP(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	value, hash := session.NewCookie()
	by := asker(r, visit)
	by.CookieHash = hash
	tokens, err := h.Factors.RemoveTOTP(r.Context(), by)
	if err != nil {
		h.refuseFactor(w, r, err)
		return
	}
	h.Admit(w, value, tokens.KnownDevice)
	h.Leave(w, frame.Note{Says: frame.NoteTOTPRemoved})
	h.Redirect(w, frame.FactorsPath)
}

// postCodes makes new recovery codes and shows them, once.
func (h *home) postCodes(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	codes, err := h.Factors.NewRecoveryCodes(r.Context(), asker(r, visit))
	if err != nil {
		h.refuseFactor(w, r, err)
		return
	}
	h.showCodes(w, r, "codes.heading", codes)
}

func (h *home) showCodes(w http.ResponseWriter, r *http.Request, heading string, codes []string) {
	h.Show(w, r, http.StatusOK, &codesView{Page: frame.Titled(h.Say(r).Text(heading)), Codes: codes})
}

// refuseFactor answers for a change that cannot be made. One that another tab
// has made already shows what there is now.
func (h *home) refuseFactor(w http.ResponseWriter, r *http.Request, err error) {
	switch fault.KindOf(err) { //nolint:exhaustive // all others fail alike
	case fault.Conflict:
		h.Redirect(w, frame.FactorsPath)
	case fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.Fail(w, r, err)
	}
}

func (h *home) enrolView(r *http.Request) *enrolView {
	say := h.Say(r)
	return &enrolView{FormPage: frame.WithForm(say.Text("enrol.heading"), frame.Form{
		Action: confirmPath, Button: say.Text("enrol.button"),
		Fields: []frame.Field{{
			ID: "code", Name: "code", Kind: "code", Autocomplete: "one-time-code", Label: say.Text("field.code"), Hint: say.Text("enrol.hint"), Required: true,
		}},
	})}
}

func asker(r *http.Request, visit session.Visit) session.Asker {
	return session.Asker{UserID: visit.User.ID, SessionID: visit.Session.ID, Origin: frame.OriginOf(r)}
}

// inGroups writes a secret so that people can type it.
func inGroups(key string) string {
	const size = 4
	var groups []string
	for ; len(key) > size; key = key[size:] {
		groups = append(groups, key[:size])
	}
	return strings.Join(append(groups, key), " ")
}
