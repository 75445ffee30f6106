// Package home is the pages on which a person who is signed in looks after
// their own account.
//
//	GET  /account, POST    what one has here; saves the name
//	GET  /account/password a form to change it; POST does
//	GET  /account/devices  where one is signed in; POST signs a device out
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
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
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

// Accounts changes what a person is; *account.Accounts does it.
type Accounts interface {
	UpdateProfile(ctx context.Context, h session.Asker, c account.ProfileChange) (store.User, error)
	Refused(ctx context.Context, u store.User) (account.Refused, error)
	ChangePassword(ctx context.Context, c account.ChangePassword) (session.Tokens, error)
	RequestEmailChange(ctx context.Context, c account.EmailChange) error
	Delete(ctx context.Context, d account.Deletion) (erasedAt time.Time, err error)
}

// Records shows what is held about a person; *personal.Records does it.
type Records interface {
	Export(ctx context.Context, h session.Asker, w io.Writer) error
}

// Devices shows where a person is signed in, and signs out there;
// *session.Sessions does it.
type Devices interface {
	Devices(ctx context.Context, l session.DeviceList) (session.DevicePage, error)
	End(ctx context.Context, a session.Asker, sessionID string) error
	EndOthers(ctx context.Context, a session.Asker) error
}

// Logins proves once more who somebody is; *login.Logins does it.
type Logins interface {
	Reauthenticate(ctx context.Context, r login.Reauthentication) (session.Tokens, error)
	AskPasskeyAgain(ctx context.Context, userID, sessionID string) (passkey.Ceremony, error)
}

// Passkeys registers and manages passkeys; *passkey.Passkeys does it.
type Passkeys interface {
	BeginRegistration(ctx context.Context, h session.Asker) (passkey.Ceremony, error)
	Register(ctx context.Context, h session.Asker, ceremony string, credential json.RawMessage, name string) (passkey.Registered, error)
	List(ctx context.Context, userID string) ([]store.Passkey, error)
	Rename(ctx context.Context, h session.Asker, passkeyID, name string) (store.Passkey, error)
	Remove(ctx context.Context, h session.Asker, passkeyID string) (session.Tokens, error)
}

// Factors enrols and removes second factors; *mfa.Factors does it.
type Factors interface {
	Methods(u store.User) []string
	EnrolTOTP(ctx context.Context, h session.Asker) (secret, uri, svg string, err error)
	ConfirmTOTP(ctx context.Context, h session.Asker, code string) (recoveryCodes []string, err error)
	RemoveTOTP(ctx context.Context, h session.Asker) (session.Tokens, error)
	NewRecoveryCodes(ctx context.Context, h session.Asker) ([]string, error)
}

// Rooms is what the pages ask.
type Rooms struct {
	Accounts Accounts
	Records  Records
	Devices  Devices
	Logins   Logins
	Factors  Factors
	Passkeys Passkeys
}

// home answers for whoever is signed in.
type home struct {
	*frame.Frame

	rooms Rooms
}

// Mount adds the pages to a mux.
func Mount(mux *frame.Mux, f *frame.Frame, rooms Rooms) {
	h := &home{Frame: f, rooms: rooms}
	mux.Handle(frame.AccountPath, h.Methods(h.SignedInAs(h.getAccount), h.SignedInAs(h.changing(h.postAccount))))
	mux.Handle(frame.PasswordPath, h.Methods(h.SignedInAs(h.getPassword), h.SignedInAs(h.postPassword)))
	mux.Handle(frame.DevicesPath, h.Methods(h.SignedInAs(h.getDevices), h.SignedInAs(h.changing(h.postDevices))))
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
