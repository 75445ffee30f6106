package login

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// guess is one try to sign in.
type guess struct {
	*Logins
	Password
	canonical, device string
	failure           ratelimit.Failure

	proved string // the stored hash that the password matched
	result password.Result
}

// match verifies the password against a stored hash, once for each hash.
func (g *guess) match(ctx context.Context, stored string) (password.Result, error) {
	if g.proved != "" && g.proved == stored {
		return g.result, nil
	}
	result, err := g.opts.Hasher.VerifyOf(ctx, g.canonical, stored, g.Password.Password)
	if err == nil && result.Match {
		g.proved, g.result = stored, result
	}
	return result, err
}

// take counts the try, by networks first: that costs no write, and a refusal
// there does not use up the tries of an account. The tries of others do not slow
// down a known device.
func (g *guess) take(ctx context.Context) (err error) {
	if g.device == "" {
		if g.failure, err = g.opts.Failures.Take(ctx, g.Origin.Address); err != nil {
			return err
		}
	}
	if err = g.opts.Guesses.Take(ctx, g.canonical, g.device); err != nil {
		g.failure.GiveBack(ctx) // nothing was verified
	}
	return err
}

// giveBack uncounts a try that was no guess.
func (g *guess) giveBack(ctx context.Context) error {
	g.failure.GiveBack(ctx)
	return g.opts.Guesses.GiveBack(ctx, g.canonical, g.device)
}

// signInAnew repeats signIn with the current user as long as the user has
// changed.
func (g *guess) signInAnew(ctx context.Context, known store.SignIn, readAt time.Time) (in SignedIn, err error) {
	read := true
	err = store.Again(ctx, errUserMoved, func(ctx context.Context) (err error) {
		if !read {
			readAt = g.opts.Clock.Now()
			known, err = g.opts.Store.Direct().Credentials.SignIn(ctx, g.canonical)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return errors.Join(fmt.Errorf("read credentials again: %w", err), g.giveBack(ctx))
			}
		}
		read = false
		var opened bool
		if in, opened, err = g.signIn(ctx, known, readAt); err == nil && !opened {
			err = errUserMoved
		}
		return err
	})
	if errors.Is(err, errUserMoved) {
		err = errors.Join(fault.ErrUnavailable.WithCause(err).WithRetryAfter(time.Second), g.giveBack(ctx))
	}
	return in, err
}

// signIn verifies the password of a user who was read at readAt, and opens a
// session or asks for the second factor. It reports false, having changed
// nothing, if the user has changed since.
func (g *guess) signIn(ctx context.Context, known store.SignIn, readAt time.Time) (in SignedIn, opened bool, err error) {
	verdict, result, err := g.verify(ctx, known)
	if err != nil {
		return SignedIn{}, false, err
	}
	if verdict != nil {
		return SignedIn{}, false, g.refuse(ctx, known.User, verdict)
	}
	rehashed := ""
	if result.Rehash {
		if rehashed, err = g.opts.Hasher.Hash(ctx, g.Password.Password); err != nil {
			rehashed = "" // another time
		}
	}
	var sess store.Session
	var step *Step
	var approval *session.Approval
	n := session.NewSession{
		User: known.User, AMR: []string{session.AMRPassword}, DeviceName: g.DeviceName, Audience: g.Audience, TTL: g.TTL, Origin: g.Origin, ReadAt: readAt,
		KnownDevice: g.device != "", Device: g.device, CookieHash: g.CookieHash,
	}
	err = g.opts.Sessions.Approved(ctx, func(ctx context.Context, a *session.Approval) (err error) {
		n.Approval, approval = a, a
		sess, step, opened, err = g.open(ctx, known, rehashed, n)
		return err
	})
	switch {
	case err != nil: // trouble after a right password is no guess
		return SignedIn{}, false, errors.Join(fmt.Errorf("open session: %w", err), g.giveBack(ctx))
	case !opened:
		return SignedIn{}, false, nil
	}
	g.failure.GiveBack(ctx)
	if step != nil {
		return SignedIn{Step: step}, true, nil
	}
	in, err = g.answer(ctx, sess, g.device, known.User, approval, readAt)
	return in, err == nil, err
}

// verify says in verdict why the password does not sign in, or nil. Every
// verdict but nil costs two hashes.
//
// If the first of them fails, the caller has learned nothing, and the try is not
// counted. A failure after it tells the caller that the password was wrong. The
// try stays counted, because an attacker who can cause such failures would
// otherwise guess without limit.
func (g *guess) verify(ctx context.Context, known store.SignIn) (verdict *fault.Error, result password.Result, err error) {
	result, err = g.match(ctx, known.Secret)
	if err != nil {
		return nil, result, errors.Join(err, g.giveBack(ctx))
	}
	if verdict = account.ErrWrongPassword; result.Match {
		verdict = g.standing(known.User)
	}
	if g.untold(verdict, known.User) {
		verdict = nil
	}
	if verdict == nil {
		return nil, result, nil
	}
	pending, err := g.opts.Store.Direct().Signups.Standing(ctx, g.canonical, g.opts.Clock.Now(), 1)
	if err != nil {
		return nil, result, fmt.Errorf("read pending sign-ups: %w", err)
	}
	stored := ""
	if len(pending) > 0 {
		stored = pending[0].PasswordHash
	}
	second, err := g.opts.Hasher.Verify(ctx, stored, g.Password.Password)
	if err != nil {
		return nil, result, err
	}
	if second.Match && !result.Match {
		verdict = ErrNotVerified
	}
	return verdict, result, nil
}

// refuse records a refusal and returns it. The caller who proved a password did
// not guess, and gets the try back.
func (g *guess) refuse(ctx context.Context, u store.User, verdict *fault.Error) error {
	if verdict.Kind != fault.Unauthenticated {
		if err := g.giveBack(ctx); err != nil {
			return err
		}
	}
	told := verdict
	err := g.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if told, err = g.offer(ctx, tx, u, verdict); err != nil {
			return err
		}
		if verdict.Kind == fault.Unauthenticated {
			if err := g.opts.Accounts.Refuse(ctx, tx, ratelimit.WrongPassword, u, g.canonical, g.Origin); err != nil {
				return err
			}
		}
		return g.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindLoginFailed, Outcome: audit.Failure, Reason: verdict.Code,
			UserID: u.ID, Email: g.Email, Origin: g.Origin,
		})
	})
	if err != nil {
		return fmt.Errorf("record refused login: %w", err)
	}
	return told
}

// open opens the session, or asks for the second factor of a user who has one;
// forgets the guesses; and, where the hash is of an old setting, stores the new
// one. It reports false if the user has changed since the password was read; a
// step that was asked for finds out by its epoch.
func (g *guess) open(
	ctx context.Context, known store.SignIn, rehashed string, n session.NewSession,
) (sess store.Session, step *Step, opened bool, err error) {
	methods := g.opts.Factors.Methods(known.User)
	err = g.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		step = nil
		renewed := false
		if len(methods) > 0 {
			var asked Step
			asked, err = g.ask(ctx, tx, n, methods)
			step, opened = &asked, err == nil
		} else {
			sess, opened, err = g.opts.Sessions.Open(ctx, tx, n)
		}
		if err != nil || !opened {
			return err
		}
		if rehashed != "" {
			// Losing against a change of the password is fine: the epoch says no
			// more, and the next login tries again.
			renewed, err = tx.Credentials.Replace(ctx, known.User.ID, store.KindPassword, known.Secret, rehashed, g.opts.Clock.Now())
			if err != nil {
				return err
			}
		}
		if err := g.opts.Guesses.Clear(ctx, tx, g.canonical, g.device); err != nil || !renewed {
			return err
		}
		// Last, because all who sign in for the first time after an import count here.
		return tx.Forms.Move(ctx, password.Form(known.Secret), password.Present)
	})
	return sess, step, opened, err
}
