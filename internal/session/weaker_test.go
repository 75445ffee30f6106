package session

import (
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// weaker takes rules away from the state machine, to show what each is for. It
// stands around the machine: the program has no switch for it.
type weaker struct {
	rotateYoung       bool // case 2 rotates g = G
	recoverByRotation bool // case 4 counts from rotated_at, as without parent_rotated_at
	skipMovesParent   bool // case 4 begins a new group, as if P were always G-1
	recoverSiblings   bool // case 4 lets P < g < G through
	recoverUsed       bool // case 4 does not ask whether G was used
	supersedeNobody   bool // case 5 is missing
}

func (w weaker) classify(p presented, st store.RefreshState, now time.Time, l limits) verdict {
	if w.recoverByRotation {
		st.ParentRotatedAt = st.RotatedAt
	}
	v := classifyToken(p, st, now, l)
	switch newest := p.generation == st.Generation; {
	case w.rotateYoung && newest && (v == young || v == again):
		return rotate
	case !newest && w.recovers(p, st, now, l):
		return recovered
	case w.supersedeNobody && v == superseded && now.Sub(st.RotatedAt) >= backwards:
		return replayed
	}
	return v
}

// recovers reports whether case 4 is reached by what is given out as more than it
// is: a sibling as P, or a newest token that was used as one that was not.
func (w weaker) recovers(p presented, st store.RefreshState, now time.Time, l limits) bool {
	if w.recoverSiblings && st.Parent != store.NoParent && p.generation > st.Parent && p.generation < st.Generation {
		p.generation = st.Parent
	}
	if w.recoverUsed {
		st.NewestUsed = false
	}
	return classifyToken(p, st, now, l) == recovered
}

func (w weaker) next(v verdict, st store.RefreshState, now time.Time, nonce string) store.RefreshState {
	after := next(v, st, now, nonce)
	if w.skipMovesParent && v == recovered {
		after.Parent, after.ParentRotatedAt = st.Generation, now
	}
	return after
}
