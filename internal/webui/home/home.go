// Package home is the pages on which a person who is signed in looks after
// their own account.
//
//	GET  /account, POST    what one has here; saves the name
//	GET  /account/password a form to change it; POST does
//	GET  /account/devices  where one is signed in; POST signs a device out
//
// Whoever is not signed in is led to the sign-in and back afterwards. Every
// change is asked of a room, which decides; a change that ends the other
// sessions gives this browser a new cookie, drawn anew (ASVS 7.2.4).
package home

import (
	"context"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
)

// The paths of the pages.
const (
	Path         = "/account"
	passwordPath = Path + "/password"
	devicesPath  = Path + "/devices"
)

// Accounts changes what a person is; *account.Accounts does it.
type Accounts interface {
	UpdateProfile(ctx context.Context, userID string, c account.ProfileChange, o audit.Origin) (store.User, error)
	ChangePassword(ctx context.Context, c account.ChangePassword) (session.Tokens, error)
}

// Devices shows where a person is signed in, and signs out there;
// *session.Sessions does it.
type Devices interface {
	Devices(ctx context.Context, userID, current string, ended bool) ([]session.Device, error)
	End(ctx context.Context, a session.Asker, sessionID string) error
	EndOthers(ctx context.Context, a session.Asker) error
}

// Rooms is what the pages ask.
type Rooms struct {
	Accounts Accounts
	Devices  Devices
}

// home answers for whoever is signed in.
type home struct {
	*frame.Frame

	rooms Rooms
}

// Mount adds the pages to a mux.
func Mount(mux *http.ServeMux, f *frame.Frame, rooms Rooms) {
	h := &home{Frame: f, rooms: rooms}
	mux.Handle(Path, h.Methods(h.SignedInAs(h.getAccount), h.SignedInAs(h.postAccount)))
	mux.Handle(passwordPath, h.Methods(h.SignedInAs(h.getPassword), h.SignedInAs(h.postPassword)))
	mux.Handle(devicesPath, h.Methods(h.SignedInAs(h.getDevices), h.SignedInAs(h.postDevices)))
}
