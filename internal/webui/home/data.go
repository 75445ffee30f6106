package home

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/token"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// dataView is what is held about somebody, and the end of it.
type dataView struct{ frame.FormPage }

func (*dataView) Template() string { return "data" }

func (h *home) getData(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	h.Show(w, r, http.StatusOK, h.dataView(r, visit))
}

// postData deletes the account of whoever types its address. The browser forgets
// its session.
func (h *home) postData(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	if err := frame.ReadForm(r); err != nil {
		h.Fail(w, r, err)
		return
	}
	v, typed := h.dataView(r, visit), r.PostForm.Get("confirm")
	if h.Missing(r, v.Form, typed) {
		h.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	if canonical, ok := address.Canonical(typed); !ok || canonical != visit.User.EmailCanonical {
		h.Blamed(v.Form, "confirm", h.Say(r).Text("data.delete.wrong"))
		h.Show(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	err := h.Count(r, ratelimit.Login)
	if err == nil {
		_, err = h.Deletions.Delete(r.Context(), deletion.Request{
			Claims: token.Claims{Subject: visit.User.ID, SessionID: visit.Session.ID, AuthTime: visit.Session.AuthTime, AMR: visit.Session.AMR},
			Origin: frame.OriginOf(r),
		})
	}
	switch {
	case err == nil:
		h.SetCookie(w, frame.CookieSession, "", -1)
		h.Leave(w, frame.Note{Says: frame.NoteDeleted})
		h.Redirect(w, frame.SignInPath)
	case errors.Is(err, session.ErrNotRecent):
		h.Redirect(w, frame.DataPath) // which asks once more who it is
	case fault.KindOf(err) == fault.Unauthenticated:
		h.Leave(w, frame.Note{Says: frame.NoteEnded})
		h.AskWho(w, r)
	default:
		h.RefuseForm(w, r, err, v)
	}
}

// toData leads whoever asks for the export by a link to where its button is.
func (h *home) toData(w http.ResponseWriter, _ *http.Request) { h.Redirect(w, frame.DataPath) }

// postExport answers with everything that is held about a person, as a file. It
// is recorded and counted, so that no link of another site may ask for it.
func (h *home) postExport(w http.ResponseWriter, r *http.Request, visit session.Visit) {
	out := middleware.NewDownload(w, "application/json", "account.json")
	err := h.Count(r, ratelimit.Login)
	if err == nil {
		err = h.Records.Export(r.Context(), asker(r, visit), out)
	}
	switch {
	case err == nil:
	case out.Begun():
		h.Log.WarnContext(r.Context(), "export is cut off", slog.Any("error", err))
		panic(http.ErrAbortHandler) // nobody is to take half of it for the whole
	case h.Passing(w, r, err, h.dataView(r, visit)):
	default:
		h.Fail(w, r, err)
	}
}

func (h *home) dataView(r *http.Request, visit session.Visit) *dataView {
	say := h.Say(r)
	return &dataView{frame.WithForm(say.Text("data.heading"), frame.Form{
		Action: frame.DataPath, Button: say.Text("data.delete.button"), Grave: true,
		Fields: []frame.Field{{
			ID: "confirm", Name: "confirm", Kind: "email", Autocomplete: "off", Label: say.Text("data.delete.label"), Hint: visit.User.Email, Required: true,
		}},
	})}
}
