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
		Description: "why the session ended: `logout`, there or by its own token; `logout_everywhere`; `ended`, by its user from another device; " +
			"`disowned`, by its user from the mail about a new device; `replay`, a refresh token was used twice; `password_changed`; `password_reset`; " +
			"`replaced`, by the session that a change of the account opened in its place; `expired`, its longest life; `idle`, not refreshed for too long; " +
			"`factor_added`, the account's first second factor, which the session had not proved; `too_many`, it was used longest ago of more sessions than a user may have; `undelivered`, the answer to its sign-in was lost; " +
			"`factor_removed`, a second factor or passkey of the account; `disabled`, the account; `account_deletion`; `email_change_undone`, from the mailbox of the address before; `account_changed`, in a way that ends every session; `restored`, the server from a backup",
	}
	for _, r := range session.Reasons() {
		schema.Enum = append(schema.Enum, r)
	}
	return schema
}
