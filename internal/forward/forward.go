// Package forward says who is behind a request to somebody else's application,
// for the reverse proxy in front of it (forward authentication).
//
// # Who gets in
//
// The holder of a user's access token that is for us, and a browser with the
// cookie of the hosted pages or, at an application on another host, with that of the
// application. A token for another audience and one of a client's
// own open nothing here.
//
// # No call per request
//
// A proxy asks for every request to the application, and is answered from memory.
// What the database says of a session is read at its first request and again
// after [RememberedFor], which also notes a browser's visit. What is remembered
// stands for as little as an access token does: revocations are looked at each
// time, as for one ([token.Revocations]), so that a logout counts at the next
// request, on every instance. An entry of the revocation list lives longer than
// what is remembered, so none is missed.
//
// # Applications on other hosts
//
// A browser sends the cookie of the pages to our own host alone. An application on
// another host has a cookie of its own there, which the browser gets for a code:
//
//  1. The visitor is led to [SignInPath] on the application's host, where the browser
//     gets a nonce as a cookie, and on to our sign-in page with the nonce's hash.
//  2. Once somebody is signed in there, the browser is led to [CallbackPath] on the
//     application's host with a code ([Visitors.Code]), which is bound to session,
//     application and nonce.
//  3. There the code is exchanged for the cookie ([Visitors.Redeem]).
//
// Code and cookie are sealed and stored nowhere; that a code is spent stands in SQL.
// Attacks: a code of somebody else that is brought to a victim's browser (login
// CSRF) or stolen on its way is of no use without the nonce, whose cookie no script
// reads and, by HTTPS, no other host sets; a code is spent by whoever shows it; one
// for another application, or an application that is not listed, opens nothing.
//
// The cookie names a session and opens nothing but its application. It counts for as
// long as the session does, asked as for the cookie of the pages, and for
// [CookieFor] at most.
//
// # What is remembered
//
// What is remembered of a cookie outlives the cookie's renewal by at most
// RememberedFor, the session being the same; it never outlives the session.
//
// # What is told
//
// The identifiers of user and session, the roles, and the email address only if
// it was verified: an application that takes an address for a person's own must
// not be told one that anybody could have typed.
//
// This package never sees a request, and nothing that a visitor sends is among
// what it tells.
package forward

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// RememberedFor is how long what the database said of a session is believed.
const RememberedFor = time.Minute

// readFor bounds one reading, which several requests may wait for.
const readFor = 2 * time.Second

// ErrRoleRequired is returned for a user who lacks the role that is asked for.
var ErrRoleRequired = fault.New(fault.Forbidden, "role_required")

// Visitor is who is behind a request.
type Visitor struct {
	UserID    string
	Email     string // empty unless verified, or if it cannot stand in a header
	Roles     []string
	RoleList  string // Roles, separated by commas
	SessionID string

	claims token.Claims // what the revocation list is asked about
	until  time.Time    // when the database is asked again
}

// Has returns ErrRoleRequired unless the visitor has the role.
func (v *Visitor) Has(role string) error {
	if !slices.Contains(v.Roles, role) {
		return ErrRoleRequired
	}
	return nil
}

// Options is what Visitors needs. Every field but Origins must be set.
type Options struct {
	Store       *store.Store
	Keyring     *secret.Keyring
	Sessions    *session.Sessions
	Verifier    *token.Verifier
	Revocations *token.Revocations
	Clock       clock.Clock
	// Origins are those of applications on other hosts, as browsers spell them.
	Origins []string
}

// Visitors knows who is behind requests. It is safe for concurrent use.
type Visitors struct {
	opts         Options
	applications map[string]Application // by origin

	seen    *memory
	reading singleflight.Group
}

// New returns a Visitors that remembers nobody yet.
func New(o Options) *Visitors {
	return &Visitors{opts: o, applications: applications(o.Origins), seen: newMemory(remembered)}
}

// ByToken gives the user of an access token.
//
// Errors: invalid_token, unavailable.
func (f *Visitors) ByToken(ctx context.Context, raw string) (*Visitor, error) {
	claims, err := f.opts.Verifier.Verify(ctx, raw)
	switch {
	case err != nil:
		return nil, err
	case claims.ClientID != session.FirstParty:
		return nil, token.ErrInvalidToken
	}
	// The token was looked up in the revocation list just now.
	return f.look(ctx, keyOf("session", claims.SessionID), func(ctx context.Context) (session.Visit, error) {
		return f.opts.Sessions.Look(ctx, claims.SessionID)
	})
}

// ByCookie gives the user of a cookie of the hosted pages, and notes the visit
// about once a minute.
//
// Errors: invalid_token, unavailable.
func (f *Visitors) ByCookie(ctx context.Context, cookie string, origin func() audit.Origin) (*Visitor, error) {
	return f.lookAndCheck(ctx, keyOf("cookie", cookie), func(ctx context.Context) (session.Visit, error) {
		return f.opts.Sessions.Visit(ctx, cookie, origin())
	})
}

// ByApplication gives the user of the cookie of an application, and notes the visit
// about once a minute.
//
// Errors: invalid_token, unavailable.
func (f *Visitors) ByApplication(ctx context.Context, app Application, cookie string, origin func() audit.Origin) (*Visitor, error) {
	return f.lookAndCheck(ctx, keyOf(app.site, cookie), func(ctx context.Context) (session.Visit, error) {
		p, err := f.passOf(app, cookie)
		if err != nil {
			return session.Visit{}, err
		}
		visit, err := f.opts.Sessions.VisitOf(ctx, p.SessionID, origin())
		visit.Session.ExpiresAt = p.ExpiresAt // no later than the session's
		return visit, err
	})
}

// lookAndCheck is look for a credential that the revocation list does not know.
func (f *Visitors) lookAndCheck(ctx context.Context, k key, read func(context.Context) (session.Visit, error)) (*Visitor, error) {
	v, err := f.look(ctx, k, read)
	if err != nil {
		return nil, err
	}
	if err := f.opts.Revocations.Check(ctx, v.claims); err != nil {
		return nil, err
	}
	return v, nil
}

// look gives what is remembered, or reads it: requests that come together share
// one reading, which none of them can break off for the others.
func (f *Visitors) look(ctx context.Context, k key, read func(context.Context) (session.Visit, error)) (*Visitor, error) {
	now := f.opts.Clock.Now()
	if v := f.seen.get(k); v != nil && now.Before(v.until) {
		return v, nil
	}
	got, err, _ := f.reading.Do(string(k[:]), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readFor)
		defer cancel()
		visit, err := read(ctx)
		if err != nil {
			return nil, err
		}
		v := visitor(visit, now)
		f.seen.put(k, v)
		return v, nil
	})
	switch {
	case fault.KindOf(err) == fault.Unauthenticated:
		return nil, token.ErrInvalidToken.WithCause(err)
	case err != nil:
		return nil, err
	}
	return got.(*Visitor), nil //nolint:forcetypeassert // the function above returns no other
}

// visitor is what is told of a session that was read at or after now.
func visitor(visit session.Visit, now time.Time) *Visitor {
	s, u := &visit.Session, &visit.User
	v := &Visitor{UserID: u.ID, Roles: u.Roles, RoleList: strings.Join(u.Roles, ","), SessionID: s.ID, until: now.Add(RememberedFor)}
	if !u.EmailVerifiedAt.IsZero() && printable(u.Email) {
		v.Email = u.Email
	}
	for _, end := range []time.Time{s.ExpiresAt, s.IdleExpiresAt} {
		if end.Before(v.until) {
			v.until = end
		}
	}
	// There is no token. The list finds nothing under the session's identifier as
	// that of a token, and everything under that of session and user.
	v.claims = token.Claims{ID: s.ID, SessionID: s.ID, Subject: u.ID, UserEpoch: s.UserEpoch}
	return v
}

// printable reports whether text can stand in a header: nothing in it ends a
// line or is read otherwise by the next program (RFC 9110 §5.5).
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// key names what a visitor showed without keeping it.
type key = [sha256.Size]byte

func keyOf(kind, shown string) key {
	var room [512]byte
	b := append(room[:0], kind...)
	b = append(b, 0)
	return sha256.Sum256(append(b, shown...))
}
