package forward

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	// CodeFor is how long a code can be redeemed: a redirect takes no longer.
	CodeFor = time.Minute
	// CookieFor is how long the cookie of an application lives at most; the browser
	// gets another by a round trip that nobody sees.
	CookieFor = 12 * time.Hour
	// NonceFor is how long a browser may take to sign in: longer than a mailed link or
	// code works. Whoever takes longer is led round once more, and is signed in by then.
	NonceFor = 30 * time.Minute
)

const (
	prefixNonce = "spn_"
	sealCode    = "forward code"
	sealCookie  = "forward cookie"
)

var (
	errCode   = errors.New("the code is none, is for another application, or has expired")
	errSpent  = errors.New("the code was redeemed before")
	errNonce  = errors.New("another browser began to sign in")
	errCookie = errors.New("the cookie is none, is for another application, or has expired")
)

// NewNonce draws what says that a browser is the one that began to sign in.
func NewNonce() string {
	nonce, _ := secret.NewToken(prefixNonce)
	return nonce
}

// IsNonce reports whether a value could have come from [NewNonce].
func IsNonce(value string) bool { return secret.WellFormed(value, prefixNonce) }

// ChallengeOf is what may be told of a nonce to those who must not know it: its
// SHA-256 (as in RFC 7636 §4.2).
func ChallengeOf(nonce string) string { return secret.Hash(nonce) }

// IsChallenge reports whether a value could have come from [ChallengeOf].
func IsChallenge(value string) bool {
	raw, err := secret.Decode(value)
	return err == nil && len(raw) == len(key{})
}

// code is what a code holds.
type code struct {
	SessionID string    `json:"session_id"`
	Challenge string    `json:"challenge"`
	Path      string    `json:"path"`
	ExpiresAt time.Time `json:"expires_at"`
}

// pass is what the cookie of an application holds.
type pass struct {
	SessionID string    `json:"session_id"`
	ExpiresAt time.Time `json:"expires_at"`
}

// at binds what is sealed to the application that it is for. It is stored nowhere.
func at(application string) secret.Place { return secret.Place{Table: "none", Column: application} }

// Code lets the browser of a nonce into an application once, within [CodeFor], as
// the user of a session, to go on to a path. Only the hash of the nonce is known
// here.
func (f *Visitors) Code(app Application, sessionID, challenge, path string) (string, error) {
	return f.seal(sealCode, app.Origin, code{
		SessionID: sessionID, Challenge: challenge, Path: path, ExpiresAt: f.opts.Clock.Now().Add(CodeFor),
	})
}

// Entry is how a browser gets into an application.
type Entry struct {
	Cookie string
	For    time.Duration // how long the browser keeps it
	Path   string        // where it goes on to
}

// Redeem exchanges a code for the cookie of the application that the code is for.
// Of any number of calls with one code at most one succeeds, on all instances
// together. A code is spent by whichever browser shows it: one that came to another
// browser than it is for must not be of use any longer to whoever sent it there.
//
// Errors: invalid_token, unavailable.
func (f *Visitors) Redeem(ctx context.Context, app Application, raw, nonce string) (Entry, error) {
	var c code
	if err := f.open(sealCode, app.Origin, raw, &c); err != nil || !f.opts.Clock.Now().Before(c.ExpiresAt) {
		return Entry{}, token.ErrInvalidToken.WithCause(errCode)
	}
	err := f.opts.Store.Direct().Challenges.Spend(ctx, secret.Hash(raw), c.ExpiresAt)
	switch {
	case errors.Is(err, store.ErrTaken):
		return Entry{}, token.ErrInvalidToken.WithCause(errSpent)
	case err != nil:
		return Entry{}, fault.ErrUnavailable.WithCause(fmt.Errorf("spend code: %w", err))
	case !IsNonce(nonce) || ChallengeOf(nonce) != c.Challenge:
		return Entry{}, token.ErrInvalidToken.WithCause(errNonce)
	}
	visit, err := f.opts.Sessions.Look(ctx, c.SessionID)
	switch {
	case fault.KindOf(err) == fault.Unauthenticated:
		return Entry{}, token.ErrInvalidToken.WithCause(err)
	case err != nil:
		return Entry{}, err
	}
	now := f.opts.Clock.Now()
	p := pass{SessionID: visit.Session.ID, ExpiresAt: now.Add(CookieFor)}
	if visit.Session.ExpiresAt.Before(p.ExpiresAt) {
		p.ExpiresAt = visit.Session.ExpiresAt
	}
	cookie, err := f.seal(sealCookie, app.site, p)
	return Entry{Cookie: cookie, For: p.ExpiresAt.Sub(now), Path: c.Path}, err
}

// passOf reads the cookie of an application.
func (f *Visitors) passOf(app Application, cookie string) (pass, error) {
	var p pass
	if err := f.open(sealCookie, app.site, cookie, &p); err != nil || !f.opts.Clock.Now().Before(p.ExpiresAt) {
		return pass{}, token.ErrInvalidToken.WithCause(errCookie)
	}
	return p, nil
}

// seal writes what only we read, for an application. The & of a path stays one byte,
// as nobody takes this for HTML: a code has to fit into the headers that proxies
// pass on.
func (f *Visitors) seal(purpose, application string, v any) (string, error) {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil {
		return "", fmt.Errorf("write %s: %w", purpose, err)
	}
	return f.opts.Keyring.Seal(purpose, at(application), text.Bytes()), nil
}

// open reads what was sealed for an application.
func (f *Visitors) open(purpose, application, sealed string, into any) error {
	text, err := f.opts.Keyring.Open(purpose, at(application), sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
