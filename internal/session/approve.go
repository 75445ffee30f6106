package session

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/hook"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// askTries bounds how often one call asks the operator's program, because what it was
// asked about has changed meanwhile.
const askTries = 3

// Approval is what the operator's program said about tokens (package hook), if there
// is one to ask. It counts for what was asked, and nothing else.
type Approval struct {
	about   hook.Token
	claims  map[string]json.RawMessage
	granted bool
}

// unasked undoes a transaction that came to where tokens are given, so that the
// operator's program is asked while none is open.
type unasked struct {
	about hook.Token
}

func (*unasked) Error() string { return "the operator's program was not asked yet" }

var errAskedOften = errors.New("what the operator's program is asked about changes all the time")

// Approved runs do, which gives tokens by a transaction. Where the operator's program
// is to be asked first, the transaction is undone once everything was proved, the
// program is asked, and do is run again with the answer. So it is asked after the
// proof and outside any transaction, and all that was read before is checked once more
// after it: a session that has ended meanwhile, or a user with another epoch, gets no
// tokens.
//
// do passes the approval to [NewSession], [Replacement] or [Reauthentication], and to
// [Sessions.Issue].
//
// Errors: those of do; token_refused, unavailable.
func (s *Sessions) Approved(ctx context.Context, do func(ctx context.Context, a *Approval) error) error {
	a := new(Approval)
	for range askTries + 1 {
		err := do(ctx, a)
		first, ok := errors.AsType[*unasked](err)
		if !ok {
			return err
		}
		if a, err = s.approve(ctx, first.about); err != nil {
			return err
		}
	}
	return fault.ErrUnavailable.WithCause(errAskedOften).WithRetryAfter(busyFor)
}

// approve asks the operator's program, and records a sign-in that it refuses.
func (s *Sessions) approve(ctx context.Context, about hook.Token) (*Approval, error) {
	claims, err := s.gate.BeforeToken(ctx, about)
	if err == nil {
		return &Approval{about: about, claims: claims, granted: true}, nil
	}
	if !errors.Is(err, hook.ErrTokenRefused) || about.Reason != hook.ForSignIn {
		return nil, err
	}
	recorded := s.store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: hook.ErrTokenRefused.Code, UserID: about.UserID, Origin: about.Origin,
		})
	})
	if recorded != nil {
		return nil, unavailable(recorded)
	}
	return nil, err
}

// ErrTokenRefused is that of package hook, for those who know this room alone.
var ErrTokenRefused = hook.ErrTokenRefused

// Asks reports whether the operator's program is asked before tokens are given.
func (s *Sessions) Asks() bool { return s.gate.Asks(hook.BeforeToken) }

// check returns an error that undoes the caller's transaction unless the approval is
// for just this, or nobody is to be asked.
func (s *Sessions) check(a *Approval, about hook.Token) error {
	if !s.Asks() || a.covers(about) {
		return nil
	}
	return &unasked{about}
}

func (a *Approval) covers(about hook.Token) bool {
	return a != nil && a.granted && a.about.UserID == about.UserID && a.about.SessionID == about.SessionID &&
		a.about.Audience == about.Audience && slices.Equal(a.about.AMR, about.AMR) && a.about.Reason == about.Reason && a.fits(about)
}

// fits reports whether the claims still have room: what tokens say of the user may be
// longer by now.
func (a *Approval) fits(about hook.Token) bool {
	return len(a.claims) == 0 || about.Fits(a.claims) == nil
}

// added is the claims that the program adds.
func (a *Approval) added() map[string]json.RawMessage {
	if a == nil {
		return nil
	}
	return a.claims
}

// asksOnOpening is what the program is asked about a session that is opened.
func (s *Sessions) asksOnOpening(n *NewSession, sess *store.Session) hook.Token {
	reason := hook.ForSignIn
	if n.replaces {
		reason = hook.ForChange
	}
	return hook.Token{UserID: n.User.ID, Audience: n.Audience, AMR: n.AMR, Reason: reason, Origin: n.Origin, Fits: s.room(sess, &n.User)}
}

// asksAbout is what the program is asked about a session that goes on.
func (s *Sessions) asksAbout(sess *store.Session, u *store.User, reason string, o audit.Origin) hook.Token {
	return hook.Token{
		UserID: sess.UserID, SessionID: sess.ID, Audience: sess.Audience, AMR: sess.AMR, Reason: reason, Origin: o, Fits: s.room(sess, u),
	}
}

// room finds out whether a token of a session has room for the program's claims, by
// making one that nobody gets: what comes out too long after the session was opened
// would leave a session without tokens.
func (s *Sessions) room(sess *store.Session, u *store.User) func(claims map[string]json.RawMessage) error {
	return func(claims map[string]json.RawMessage) error {
		_, _, err := s.issuer.Issue(grant(sess, u, claims, s.clock.Now()))
		if errors.Is(err, token.ErrSessionOver) { // is found out when its token is made
			return nil
		}
		return err
	}
}

// issueApproved issues the tokens of a session that stands, once the program was
// asked; read reads it, and is called again after the answer.
func (s *Sessions) issueApproved(
	ctx context.Context, reason string, o audit.Origin, read func(context.Context) (store.SessionView, error),
) (tokens Tokens, err error) {
	err = s.Approved(ctx, func(ctx context.Context, a *Approval) error {
		readAt := s.clock.Now()
		view, err := read(ctx)
		if err == nil {
			err = s.check(a, s.asksAbout(&view.Session, &view.User, reason, o))
		}
		if err == nil {
			tokens, err = s.Issue(view.Session, view.User, a, readAt)
		}
		return err
	})
	return tokens, err
}
