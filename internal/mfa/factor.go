package mfa

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// The names of the methods, as they stand in the contract.
const (
	MethodTOTP         = "totp"
	MethodPasskey      = "passkey"
	MethodRecoveryCode = "recovery_code"
)

// Answer is what somebody gives to prove a second factor: a code, or the token
// of a ceremony and what an authenticator signed. For names what it is to allow,
// and comes from the caller, not from who answers: a ceremony that was begun for
// anything else does not count.
type Answer struct {
	Method     string
	Code       string
	Ceremony   string
	Credential json.RawMessage
	For        string
}

// Verdict is what an answer comes to.
type Verdict int

// The verdicts.
const (
	unknown Verdict = iota
	Wrong
	Spent // it was right once
	Right // and it is spent now
)

// String names a verdict for the counter.
func (v Verdict) String() string {
	return [...]string{"failed", "wrong", "spent", "right"}[v]
}

// Factor is one method of the second step.
type Factor interface {
	// Method names it.
	Method() string
	// Has reports whether the user can answer by it.
	Has(u store.User) bool
	// Refusal is what whoever gave a wrong answer is told.
	Refusal() error
	// Verify verifies an answer of a user who has it, and in the same
	// transaction spends what makes it work once: of any number of concurrent
	// calls with one answer, exactly one gets Right. amr says what was proved
	// (RFC 8176). A wrong answer is a verdict and no error; an error says that
	// there was nothing to verify, and counts for nothing.
	Verify(ctx context.Context, tx *store.Tx, u store.User, a Answer, o audit.Origin) (v Verdict, amr []string, err error)
}

// Methods names what the user can answer by, the best first. It is empty for a
// user who has no second factor: recovery codes alone are none.
func (f *Factors) Methods(u store.User) []string {
	var methods []string
	for _, factor := range f.known {
		if factor.Has(u) {
			methods = append(methods, factor.Method())
		}
	}
	return methods
}

// Attempt is one answer and what it is for. Flow says in the trail where it was
// given.
type Attempt struct {
	User      store.User
	SessionID string // of somebody who is signed in
	Flow      string
	Device    string // what Devices.WithFactor said of who answers
	Answer    Answer
	Origin    audit.Origin
}

// counter is whose wrong codes this one is counted among.
func (a Attempt) counter() string {
	if a.SessionID != "" {
		return ratelimit.SessionCodes(a.User.ID)
	}
	return ratelimit.DeviceCodes(a.User.ID, a.Device)
}

// Try counts an answer, has it verified, and lets act do what it allows, in the
// transaction in which the answer is spent. If act fails nothing has happened,
// and the answer works again.
//
// Errors: invalid_code, invalid_passkey, invalid_ceremony, too_many_attempts,
// those of act.
func (f *Factors) Try(
	ctx context.Context, a Attempt, act func(ctx context.Context, tx *store.Tx, amr []string) error,
) error {
	n := slices.IndexFunc(f.known, func(factor Factor) bool { return factor.Method() == a.Answer.Method })
	refusal := error(ErrWrongCode)
	if n >= 0 {
		refusal = f.known[n].Refusal()
	}
	verify := func(ctx context.Context, tx *store.Tx) (Verdict, []string, error) {
		if n < 0 || !f.known[n].Has(a.User) {
			return Wrong, nil, nil
		}
		return f.known[n].Verify(ctx, tx, a.User, a.Answer, a.Origin)
	}
	return f.try(ctx, a, refusal, verify, act)
}

func (f *Factors) try(
	ctx context.Context, a Attempt, refusal error, verify func(context.Context, *store.Tx) (Verdict, []string, error),
	act func(context.Context, *store.Tx, []string) error,
) error {
	if err := f.opts.Codes.Take(ctx, a.counter()); err != nil {
		f.opts.Tally.Add(answers, "refused")
		return err
	}
	var v Verdict
	err := f.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		v = unknown
		verdict, amr, err := verify(ctx, tx)
		if err != nil {
			return err
		}
		if v = verdict; v != Right {
			return f.refuse(ctx, tx, a, v)
		}
		if err := act(ctx, tx, amr); err != nil {
			return err
		}
		return f.opts.Codes.Clear(ctx, tx, a.counter())
	})
	f.opts.Tally.Add(answers, v.String())
	// Whoever sees trouble after a wrong code has learned that it was wrong: that
	// was a guess, and it stays counted.
	if v == Spent || v != Wrong && err != nil {
		err = errors.Join(err, f.opts.Codes.GiveBack(ctx, a.counter()))
	}
	switch {
	case err != nil:
		return fmt.Errorf("second factor: %w", err)
	case v != Right:
		return refusal
	}
	return nil
}

// refuse records an answer that does not count.
func (f *Factors) refuse(ctx context.Context, tx *store.Tx, a Attempt, v Verdict) error {
	reason := audit.ReasonSpentCode
	if v == Wrong {
		reason = audit.ReasonWrongCode
		if err := f.opts.Codes.Wrong(ctx, tx, a.counter()); err != nil {
			return err
		}
		if a.SessionID == "" { // who is signed in is no news
			if err := f.opts.Accounts.Refuse(ctx, tx, ratelimit.WrongCode, a.User, a.User.EmailCanonical, a.Origin); err != nil {
				return err
			}
		}
	} else if noted, err := f.opts.Codes.Noted(ctx, tx, a.User.ID); err != nil || !noted {
		return err
	}
	return f.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindCodeRefused, Outcome: audit.Failure, Reason: reason,
		UserID: a.User.ID, SessionID: a.SessionID, Email: a.User.Email, Origin: a.Origin,
		Details: map[string]any{"method": a.Answer.Method, "flow": a.Flow},
	})
}
