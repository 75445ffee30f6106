package login

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// answer returns the answer to a sign-in after its transaction has committed.
func (l *Logins) answer(ctx context.Context, sess store.Session, device string, u store.User, readAt time.Time) (SignedIn, error) {
	tokens, err := l.Sessions.Issue(sess, u, readAt)
	if err == nil {
		err = l.Sessions.Delivered(ctx, sess.ID, device)
	}
	if err != nil {
		return SignedIn{}, err
	}
	return SignedIn{Tokens: tokens}, nil
}

// Resume returns the lost answer of a sign-in again. See
// [session.Sessions.Resume].
//
// Errors: session_ended, unavailable.
func (l *Logins) Resume(ctx context.Context, sessionID string) (SignedIn, error) {
	tokens, err := l.Sessions.Resume(ctx, sessionID)
	return SignedIn{Tokens: tokens}, err
}
