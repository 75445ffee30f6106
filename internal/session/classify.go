package session

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// backwards is the age below which the database's clock was set back, and not
// only read by two machines that nearly agree.
const backwards = -5 * time.Second

// supersededFor is how long a spent token is answered with "retry", in graces.
const supersededFor = 4

// verdict is the outcome of presenting a refresh token.
type verdict int

// The verdicts, in the order of the cases in the package comment.
const (
	ended      verdict = iota // 0
	replaced                  // 0, by the session of a new password
	notIssued                 // 1
	young                     // 2: mark G used, answer G
	again                     // 2: answer G, no write
	rotate                    // 3
	recovered                 // 4: skip a generation
	superseded                // 5
	replayed                  // 6
)

// String is the label under which the verdict is counted.
func (v verdict) String() string {
	switch v {
	case ended:
		return "session_ended"
	case replaced:
		return "session_replaced"
	case notIssued:
		return "not_issued"
	case young:
		return "young"
	case again:
		return "again"
	case rotate:
		return "rotated"
	case recovered:
		return "recovered"
	case superseded:
		return "refresh_superseded"
	case replayed:
		return "refresh_replayed"
	}
	return "unknown"
}

// answers reports whether the caller gets a token.
func (v verdict) answers() bool { return v == young || v == again || v == rotate || v == recovered }

// limits are the operator's settings.
type limits struct {
	grace    time.Duration
	recovery time.Duration
}

// classify says what presenting p comes to. It is pure: the whole state machine
// stands here and in next.
func classify(p presented, v *store.SessionView, l limits) verdict {
	if v.Session.RevokedReason == store.ReasonReplaced && l.grace > 0 && v.Now.Sub(v.Session.RevokedAt) <= l.grace {
		return replaced
	}
	if !living(v) {
		return ended
	}
	return classifyToken(p, v.Session.RefreshState, v.Now, l)
}

// living reports whether the session stands: the same conditions that
// store.Sessions.Advance demands.
func living(v *store.SessionView) bool {
	s := &v.Session
	return s.RevokedAt.IsZero() &&
		v.Now.Before(s.ExpiresAt) && v.Now.Before(s.IdleExpiresAt) &&
		v.User.Status == store.UserActive && v.User.Epoch == s.UserEpoch
}

// classifyToken is cases 1 to 6, of a session that stands.
func classifyToken(p presented, st store.RefreshState, now time.Time, l limits) verdict {
	age := now.Sub(st.RotatedAt)
	setBack := age < backwards
	newest := p.generation == st.Generation
	switch {
	case p.generation > st.Generation, newest && p.nonce != st.Nonce: // 1
		return notIssued
	case l.grace > 0 && st.Parent != store.NoParent && !setBack && age <= l.grace && p.generation >= st.Parent: // 2
		return withinGrace(newest, st)
	case newest: // 3
		return rotate
	case setBack:
		return superseded
	case recoverable(p, st, now, l): // 4
		return recovered
	case p.generation >= st.Parent-1 && age <= supersededFor*l.grace && l.grace > 0: // 5
		return superseded
	default: // 6
		return replayed
	}
}

// withinGrace is case 2: G is answered, whichever of its group was presented.
func withinGrace(newest bool, st store.RefreshState) verdict {
	if newest && !st.NewestUsed {
		return young
	}
	return again
}

// recoverable is the condition of case 4: nobody has used the answer to P.
func recoverable(p presented, st store.RefreshState, now time.Time, l limits) bool {
	return l.recovery > 0 && st.Parent != store.NoParent && p.generation == st.Parent &&
		!st.NewestUsed && now.Sub(st.ParentRotatedAt) <= l.recovery
}

// next is the state after a verdict that writes. Any other leaves st as it is.
func next(v verdict, st store.RefreshState, now time.Time, nonce string) store.RefreshState {
	//exhaustive:ignore
	switch v {
	case young:
		st.NewestUsed = true
	case rotate:
		st = store.RefreshState{
			Generation: st.Generation + 1, Nonce: nonce,
			Parent: st.Generation, ParentRotatedAt: now, RotatedAt: now,
		}
	case recovered:
		st.Generation++
		st.Nonce, st.RotatedAt, st.NewestUsed = nonce, now, false
	}
	return st
}
