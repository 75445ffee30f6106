package home

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// passkeysView is the passkeys of an account. Without a form for another one there
// are as many as one may have.
type passkeysView struct {
	frame.PasskeyPage

	Passkeys []passkeyItem
}

func (*passkeysView) Template() string { return "passkeys" }

// passkeyItem is a passkey as its owner sees it. Its name is their own words.
type passkeyItem struct {
	ID, Name    string
	Since, Used frame.Moment // days; Used is zero if it never was
	BackedUp    bool
	Rename      frame.Field
}

// getPasskeys lists the passkeys, and begins to register another one.
func (h *home) getPasskeys(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v, err := h.passkeysView(r, visit)
	if err != nil {
		h.refusePasskey(w, r, err)
		return
	}
	v.Note = h.Hear(w, r, frame.NotePasskeyAdded, frame.NotePasskeyRenamed, frame.NotePasskeyRemoved)
	h.Show(w, r, http.StatusOK, v)
}

// toPasskeys leads whoever loads the answer to a form once more to where the
// form was.
func (h *home) toPasskeys(w http.ResponseWriter, _ *http.Request) { h.Redirect(w, frame.PasskeysPath) }

// postPasskey registers what the authenticator made. Who had no second factor is
// shown recovery codes, once.
func (h *home) postPasskey(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	credential := json.RawMessage(r.PostForm.Get("credential"))
	made, err := h.Passkeys.Register(r.Context(), asker(r, visit), r.PostForm.Get("ceremony"), credential, r.PostForm.Get("name"))
	switch {
	case err != nil:
		h.againPasskeys(w, r, visit, err)
	case len(made.RecoveryCodes) > 0:
		h.showCodes(w, r, "codes.passkey.heading", made.RecoveryCodes)
	default:
		h.Leave(w, frame.Note{Says: frame.NotePasskeyAdded})
		h.Redirect(w, frame.PasskeysPath)
	}
}

func (h *home) postRenamePasskey(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	if _, err := h.Passkeys.Rename(r.Context(), asker(r, visit), r.PostForm.Get("passkey"), r.PostForm.Get("name")); err != nil {
		h.againPasskeys(w, r, visit, err)
		return
	}
	h.Leave(w, frame.Note{Says: frame.NotePasskeyRenamed})
	h.Redirect(w, frame.PasskeysPath)
}

// postRemovePasskey removes a passkey. Every other session ends; this browser
// goes on with a new one and a new cookie.
func (h *home) postRemovePasskey(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	value, hash := session.NewCookie()
	by := asker(r, visit)
	by.CookieHash = hash
	tokens, err := h.Passkeys.Remove(r.Context(), by, r.PostForm.Get("passkey"))
	if err != nil {
		h.refusePasskey(w, r, err)
		return
	}
	h.Admit(w, value, tokens.KnownDevice)
	h.Leave(w, frame.Note{Says: frame.NotePasskeyRemoved})
	h.Redirect(w, frame.PasskeysPath)
}

// againPasskeys shows the page again with why nothing was done.
func (h *home) againPasskeys(w http.ResponseWriter, r *http.Request, visit session.Visit, cause error) {
	status := map[fault.Kind]int{
		fault.Spent: http.StatusBadRequest, fault.Invalid: http.StatusUnprocessableEntity, fault.Conflict: http.StatusConflict,
	}[fault.KindOf(cause)]
	if status == 0 {
		h.refusePasskey(w, r, cause)
		return
	}
	v, err := h.passkeysView(r, visit)
	if err != nil {
		h.refusePasskey(w, r, err)
		return
	}
	v.Alert = h.ProblemOf(r, cause)
	h.Show(w, r, status, v)
}

// refusePasskey answers for a change that cannot be made. A passkey that another
// tab has removed shows which there are now.
func (h *home) refusePasskey(w http.ResponseWriter, r *http.Request, err error) {
	switch fault.KindOf(err) { //nolint:exhaustive // all others fail alike
	case fault.NotFound:
		h.Redirect(w, frame.PasskeysPath)
	case fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.Fail(w, r, err)
	}
}

func (h *home) passkeysView(r *http.Request, visit session.Visit) (*passkeysView, error) {
	list, err := h.Passkeys.List(r.Context(), visit.User.ID)
	if err != nil {
		return nil, err
	}
	say := h.Say(r)
	v := &passkeysView{}
	v.Heading = say.Text("passkeys.heading")
	for n := range list {
		k := &list[n]
		item := passkeyItem{ID: k.ID, Name: k.Name, Since: h.Day(r, k.CreatedAt), BackedUp: k.BackedUp, Rename: frame.Field{
			ID: "name-" + k.ID, Name: "name", Kind: "text", Autocomplete: "off", Label: say.Text("passkeys.name"), Value: frame.Shown(k.Name),
		}}
		if !k.LastUsedAt.IsZero() {
			item.Used = h.Day(r, k.LastUsedAt)
		}
		v.Passkeys = append(v.Passkeys, item)
	}
	begun, err := h.Passkeys.BeginRegistration(r.Context(), asker(r, visit))
	switch {
	case errors.Is(err, passkey.ErrTooMany):
		return v, nil
	case err != nil:
		return nil, err
	}
	v.Passkey = &frame.PasskeyForm{
		Action: addPath, Create: true, Ceremony: begun.Token, Options: string(begun.Options), Button: say.Text("passkeys.add.button"),
		Fields: []frame.Field{{
			ID: "name", Name: "name", Kind: "text", Autocomplete: "off", Label: say.Text("passkeys.name"), Hint: say.Text("passkeys.name.hint"),
		}},
	}
	return v, nil
}
