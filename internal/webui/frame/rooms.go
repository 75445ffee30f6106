package frame

import (
	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/mfa"
	"github.com/sallyport-auth/sallyport/internal/passkey"
	"github.com/sallyport-auth/sallyport/internal/personal"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/recovery"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// Rooms is what the pages ask.
type Rooms struct {
	Accounts  *account.Accounts
	Changes   *emailchange.Changes
	Recovery  *recovery.Passwords
	SignUps   *signup.SignUps
	Deletions *deletion.Deletions
	Records   *personal.Records
	Sessions  *session.Sessions
	Logins    *login.Logins
	Factors   *mfa.Factors
	Passkeys  *passkey.Passkeys

	// Of operators.
	Users *admin.Users
	Roles *rbac.Roles
	Gate  *admin.Gate
	// Overview gives the numbers of the dashboard; without it there are none.
	Overview *admin.Overview
}

// Whole reports whether there is every room.
func (r Rooms) Whole() bool {
	return r.Accounts != nil && r.Changes != nil && r.Recovery != nil && r.SignUps != nil && r.Deletions != nil && r.Records != nil && r.Sessions != nil && r.Logins != nil && r.Factors != nil && r.Passkeys != nil &&
		r.Users != nil && r.Roles != nil && r.Gate != nil
}
