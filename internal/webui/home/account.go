package home

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// accountView is what one is and has here.
type accountView struct {
	frame.FormPage

	ID, Email         string
	Verified          bool
	Since, LastSignIn frame.Moment
	Refused           string // what was tried in vain, in words; empty if nothing was

	// What needs attention, beside an address that is not confirmed.

	Dashboard    bool   // the user has an administrative permission
	PendingEmail string // the address that waits for its link to be opened, or empty
	NoFactor     bool
	FewCodes     bool
	CodesLeft    string // in words
}

func (*accountView) Template() string { return "account" }

func (h *home) getAccount(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	v := h.accountView(r, visit.User)
	refused, err := h.Accounts.Refused(r.Context(), visit.User)
	if err == nil {
		v.PendingEmail, err = h.Changes.PendingEmail(r.Context(), visit.User)
	}
	if err != nil {
		h.Fail(w, r, err)
		return
	}
	operates, err := h.Gate.Allowed(r.Context(), visit.User.ID)
	if err != nil {
		h.Fail(w, r, err)
		return
	}
	v.Dashboard = len(operates) > 0
	v.Refused = h.refusedText(r, refused)
	v.Note = h.Hear(w, r, frame.NoteSaved, frame.NotePasswordSaved, frame.NoteEmailAsked)
	h.Show(w, r, http.StatusOK, v)
}

// refusedText says how often others were not let in, or nothing.
func (h *home) refusedText(r *http.Request, n account.Refused) string {
	if n == (account.Refused{}) {
		return ""
	}
	say := h.Say(r)
	return say.Text("account.refused.text", "passwords", strconv.Itoa(n.Passwords), "codes", strconv.Itoa(n.Codes))
}

// postAccount saves what the form of the profile has.
func (h *home) postAccount(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	typed := visit.User
	typed.Name = r.PostForm.Get("name")
	change := account.ProfileChange{Name: &typed.Name}
	if r.PostForm.Has("language") {
		typed.Language = r.PostForm.Get("language")
		change.Language = &typed.Language
	}
	_, err := h.Accounts.UpdateProfile(r.Context(), asker(r, visit), change)
	switch {
	case err == nil:
		h.Leave(w, frame.Note{Says: frame.NoteSaved})
		h.Redirect(w, frame.AccountPath)
	case fault.KindOf(err) == fault.Unauthenticated:
		h.AskWho(w, r)
	default:
		h.RefuseForm(w, r, err, h.accountView(r, typed))
	}
}

func (h *home) accountView(r *http.Request, u store.User) *accountView {
	say := h.Say(r)
	factor := u.TOTP || u.Passkeys > 0
	return &accountView{
		NoFactor: !factor, FewCodes: factor && u.RecoveryCodes < fewCodes, CodesLeft: say.Count("factors.codes.left", int(u.RecoveryCodes)),
		ID: u.ID, Email: u.Email, Verified: !u.EmailVerifiedAt.IsZero(), Since: h.Day(r, u.CreatedAt), LastSignIn: h.Moment(r, u.LastLoginAt),
		FormPage: frame.WithForm(say.Text("account.heading"), frame.Form{
			Action: frame.AccountPath, Button: say.Text("account.profile.button"),
			Fields: []frame.Field{
				{ID: "name", Name: "name", Kind: "text", Autocomplete: "name", Label: say.Text("field.name"), Hint: say.Text("account.profile.hint"), Value: frame.Shown(u.Name)},
				{
					ID: "language", Name: "language", Kind: "choice", Autocomplete: "language", Label: say.Text("account.language"),
					Value: cmp.Or(u.Language, words.English), Choices: h.LanguageChoices(),
				},
			},
		}),
	}
}
