// Package home is the pages on which a person who is signed in looks after
// their own account.
//
//	GET  /account, POST    what one has here; saves the name
//	GET  /account/password a form to change it; POST does
//	GET  /account/devices  where one is signed in; POST signs a device out
//	GET  /account/activity what happened to the account
//	GET  /account/second-factor  what there is as a second factor
//	POST /account/second-factor/enrol, /confirm, /remove, /recovery-codes
//	GET  /account/passkeys  which passkeys there are
//	POST /account/passkeys/add, /rename, /remove
//	GET  /account/email    a form for another address; POST asks for it
//	GET  /account/data     what is held, and the end of it; POST deletes the account
//	POST /account/data/export  everything held, as a file
//	GET  /account/confirm, POST  prove once more that it is you
//
// Whoever is not signed in is led to the sign-in and back afterwards. Every
// change is asked of a room, which decides; a change that ends the other
// sessions gives this browser a new cookie, drawn anew (ASVS 7.2.4).
//
// What changes how one signs in asks for recent authentication first: who has
// not proved a short while ago who they are is led to where they do, and back.
// What is shown once (a secret, recovery codes) is the answer to the form that
// made it, and no page shows it again.
package home

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// Where forms of the pages lead.
const (
	enrolPath   = frame.FactorsPath + "/enrol"
	confirmPath = frame.FactorsPath + "/confirm"
	removePath  = frame.FactorsPath + "/remove"
	codesPath   = frame.FactorsPath + "/recovery-codes"
	addPath     = frame.PasskeysPath + "/add"
	renamePath  = frame.PasskeysPath + "/rename"
	dropPath    = frame.PasskeysPath + "/remove"
	exportPath  = frame.DataPath + "/export"
)

// home answers for whoever is signed in.
type home struct{ *frame.Frame }

// Views are the pages that there are, each empty.
func Views() []frame.View {
	return []frame.View{
		&accountView{}, &passwordView{}, &devicesView{}, &activityView{}, &frame.AnswerView{}, &factorsView{}, &enrolView{}, &codesView{}, &emailView{}, &dataView{},
		&passkeysView{},
	}
}

// Mount adds the pages to a mux.
func Mount(mux *frame.Mux, f *frame.Frame) {
	h := &home{f}
	mux.Handle(frame.AccountPath, h.Methods(h.SignedInAs(h.getAccount), h.SignedInAs(h.changing(h.postAccount))))
	mux.Handle(frame.PasswordPath, h.Methods(h.SignedInAs(h.getPassword), h.SignedInAs(h.postPassword)))
	mux.Handle(frame.DevicesPath, h.Methods(h.SignedInAs(h.getDevices), h.SignedInAs(h.changing(h.postDevices))))
	mux.Handle(frame.ActivityPath, h.Methods(h.SignedInAs(h.getActivity), nil))
	mux.Handle(frame.ConfirmPath, h.Methods(h.SignedInAs(h.getConfirm), h.SignedInAs(h.postConfirm)))
	mux.Handle(frame.FactorsPath, h.Methods(h.RecentlyAs(h.getFactors), nil))
	mux.Handle(enrolPath, h.Methods(h.toFactors, h.RecentlyAs(h.changing(h.postEnrol))))
	mux.Handle(confirmPath, h.Methods(h.toFactors, h.RecentlyAs(h.changing(h.postConfirmTOTP))))
	mux.Handle(removePath, h.Methods(h.toFactors, h.RecentlyAs(h.changing(h.postRemoveTOTP))))
	mux.Handle(frame.EmailPath, h.Methods(h.RecentlyAs(h.getEmail), h.RecentlyAs(h.postEmail)))
	mux.Handle(frame.DataPath, h.Methods(h.RecentlyAs(h.getData), h.RecentlyAs(h.postData)))
	mux.Handle(exportPath, h.Methods(h.toData, h.RecentlyAs(h.postExport)))
	mux.Handle(codesPath, h.Methods(h.toFactors, h.RecentlyAs(h.changing(h.postCodes))))
	mux.Handle(frame.PasskeysPath, h.Methods(h.RecentlyAs(h.getPasskeys), nil))
	mux.Handle(addPath, h.Methods(h.toPasskeys, h.RecentlyAs(h.changing(h.postPasskey))))
	mux.Handle(renamePath, h.Methods(h.toPasskeys, h.SignedInAs(h.changing(h.postRenamePasskey))))
	mux.Handle(dropPath, h.Methods(h.toPasskeys, h.RecentlyAs(h.changing(h.postRemovePasskey))))
}

// changing counts a change against the user who makes it.
func (h *home) changing(
	change func(http.ResponseWriter, *http.Request, session.Visit),
) func(http.ResponseWriter, *http.Request, session.Visit) {
	return func(w http.ResponseWriter, r *http.Request, visit session.Visit) {
		if err := h.Limits.Allow(r.Context(), ratelimit.Change, ratelimit.User(visit.User.ID)); err != nil {
			h.Fail(w, r, err)
			return
		}
		change(w, r, visit)
	}
}
