package frame

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/sallyport-auth/sallyport/internal/session"
)

// EndReason says why a session ended.
type EndReason string

// Schema lists the reasons.
func (EndReason) Schema(huma.Registry) *huma.Schema {
	schema := &huma.Schema{
		Type: huma.TypeString, Examples: []any{"ended"},
		Description: "Why the session ended. `logout`: the user signed out there. `logout_everywhere`: the user signed out on all devices. `ended`: the user signed the device out from another one. " +
			"`disowned`: the user reported the sign-in from the email about a new device. `replay`: a refresh token was used twice. `password_changed`: the password was changed. `password_reset`: the password was reset. " +
			"`replaced`: a change to the account opened a new session in its place. `expired`: the session reached its maximum lifetime. `idle`: the session was not refreshed for too long. " +
			"`factor_added`: the account got its first second factor, which the session had not proved. `factor_removed`: a second factor or passkey was removed. " +
			"`too_many`: the user had too many sessions, and this one was unused the longest. `undelivered`: the answer to the sign-in was lost. `disabled`: the account was disabled. " +
			"`operator`: an operator signed the user out. `roles_changed`: an operator changed the roles of the user. `account_deletion`: the user deleted the account. `email_change_undone`: a change of the email address was undone from the old mailbox. " +
			"`account_changed`: a change to the account ended every session. `restored`: the server was restored from a backup.",
	}
	for _, r := range session.Reasons() {
		schema.Enum = append(schema.Enum, r)
	}
	return schema
}
