package mfa

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Added follows a second factor that was just added, in its transaction, which
// holds the session that asks: if it is the only one its owner has, every other
// session ends, because none of them has proved it. The owner gets the letter,
// which says so.
//
// Whoever stole a session would otherwise go on with it for as long as it lives,
// past the very step by which its owner wanted to be safe.
func Added(ctx context.Context, tx *store.Tx, sessions *session.Sessions, postman *mail.Postman, h session.Asker, l mail.Letter) error {
	u, err := tx.Users.ByID(ctx, h.UserID)
	if err != nil {
		return fmt.Errorf("read owner of a new factor: %w", err)
	}
	first := u.TOTP && u.Passkeys == 0 || !u.TOTP && u.Passkeys == 1
	if first {
		ended, err := sessions.EndUnproved(ctx, tx, h)
		if err != nil {
			return err
		}
		if ended > 0 {
			l.Data[mail.DataSignedOut] = "yes"
		}
	}
	return postman.Notify(ctx, tx, u, l)
}
