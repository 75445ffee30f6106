package login

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// answer returns the answer to a sign-in after its transaction has committed.
func (l *Logins) answer(ctx context.Context, sess store.Session, device string, u store.User, a *session.Approval, readAt time.Time) (SignedIn, error) {
	tokens, err := l.opts.Sessions.Issue(sess, u, a, readAt)
	if err == nil {
		err = l.opts.Sessions.Delivered(ctx, sess.ID, device)
	}
	if err != nil {
		return SignedIn{}, err
	}
	return SignedIn{Tokens: tokens}, nil
}

// Resume returns the lost answer of a sign-in again. See
// [session.Sessions.Resume].
//
// Errors: session_ended, token_refused, unavailable.
func (l *Logins) Resume(ctx context.Context, sessionID string, o audit.Origin) (SignedIn, error) {
	tokens, err := l.opts.Sessions.Resume(ctx, sessionID, o)
	return SignedIn{Tokens: tokens}, err
}
