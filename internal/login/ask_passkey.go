package login

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/passkey"
)

// AskPasskey begins the ceremony for a passkey as second factor. Its answer
// finishes the sign-in of this mfa_token, and no other; see
// [Logins.WithSecondFactor].
//
// Errors: invalid_token, no_passkey.
func (l *Logins) AskPasskey(ctx context.Context, token string, o audit.Origin) (passkey.Ceremony, error) {
	step, u, err := l.step(ctx, SecondFactor{Token: token, Origin: o})
	if err != nil {
		return passkey.Ceremony{}, err
	}
	return l.opts.Passkeys.Ask(ctx, passkey.Question{User: u, For: step.TokenHash})
}

// AskPasskeyAgain starts the ceremony for a signed-in user. Its answer makes the
// authentication of this session recent, and of no other; see
// [Logins.Reauthenticate].
//
// Errors: invalid_token, no_passkey.
func (l *Logins) AskPasskeyAgain(ctx context.Context, userID, sessionID string) (passkey.Ceremony, error) {
	u, err := l.opts.Accounts.Profile(ctx, userID)
	if err != nil {
		return passkey.Ceremony{}, err
	}
	return l.opts.Passkeys.Ask(ctx, passkey.Question{User: u, For: sessionID, Alone: true})
}
