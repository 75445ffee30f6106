package storetest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func refreshPromises() map[string]promise {
	return map[string]promise{
		"Sessions/AdvanceOnce":         advanceOnce,
		"Sessions/AdvanceMovesAll":     advanceMovesAll,
		"Sessions/AdvanceCompares":     advanceCompares,
		"Sessions/AdvanceNeedsTheUser": advanceNeedsTheUser,
		"Sessions/AdvanceKeepsChain":   advanceKeepsChain,
	}
}

// step is a rotation of s.
func step(s store.Session) store.Advance {
	return store.Advance{
		SessionID: s.ID, From: s.RefreshState, Now: moment(2), IdleExpiresAt: moment(60),
		UserAgent: "another agent", Address: "192.0.2.7",
		To: store.RefreshState{
			Generation: s.Generation + 1, Nonce: secret.Encode(secret.Bytes(16)),
			Parent: s.Generation, ParentRotatedAt: moment(2), RotatedAt: moment(2),
		},
	}
}

func advanceOnce(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	oneWins(t, st, "advance", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Sessions.Advance(ctx, step(s))
	})
	same(t, "generation", view(t, st, s.ID).Session.Generation, s.Generation+1)
}

func advanceMovesAll(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	for range 2 { // from no parent, and from one
		a := step(s)
		changes(t, "advance", true)(st.Direct().Sessions.Advance(t.Context(), a))
		s.RefreshState, s.IdleExpiresAt, s.UserAgent, s.Address, s.LastSeenAt = a.To, a.IdleExpiresAt, a.UserAgent, a.Address, a.Now
		same(t, "session", view(t, st, s.ID).Session, s)
	}
	a := step(s)
	a.To = a.From
	a.To.NewestUsed = true // the answer of a young token: only that it was used
	changes(t, "mark as used", true)(st.Direct().Sessions.Advance(t.Context(), a))
	changes(t, "mark again", false)(st.Direct().Sessions.Advance(t.Context(), a))
	s.NewestUsed = true
	same(t, "session", view(t, st, s.ID).Session, s)
}

func advanceCompares(t *testing.T, st *store.Store) {
	u := someUser(t, st, "ada")
	for what, change := range map[string]func(*store.Session, *store.Advance){
		"another generation": func(_ *store.Session, a *store.Advance) { a.From.Generation++ },
		"another nonce":      func(_ *store.Session, a *store.Advance) { a.From.Nonce += "x" },
		"another time":       func(_ *store.Session, a *store.Advance) { a.From.RotatedAt = a.From.RotatedAt.Add(1e3) },
		"no time":            func(_ *store.Session, a *store.Advance) { a.From.RotatedAt = time.Time{} },
		"newest was used":    func(s *store.Session, _ *store.Advance) { s.NewestUsed = true },
		"newest was not":     func(_ *store.Session, a *store.Advance) { a.From.NewestUsed = true },
		"revoked":            func(s *store.Session, _ *store.Advance) { s.RevokedAt = moment(1) },
		"expired just now":   func(s *store.Session, _ *store.Advance) { s.ExpiresAt = moment(2) },
		"idle just now":      func(s *store.Session, _ *store.Advance) { s.IdleExpiresAt = moment(2) },
		"older epoch":        func(s *store.Session, _ *store.Advance) { s.UserEpoch-- },
		"newer epoch":        func(s *store.Session, _ *store.Advance) { s.UserEpoch++ },
		"unknown":            func(_ *store.Session, a *store.Advance) { a.SessionID = "none" },
	} {
		s := newSession(u)
		a := step(s)
		change(&s, &a)
		check(t, st.Direct().Sessions.Insert(t.Context(), s))
		changes(t, what, false)(st.Direct().Sessions.Advance(t.Context(), a))
		same(t, what, view(t, st, s.ID).Session, s)
	}
}

func advanceNeedsTheUser(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	u := someUser(t, st, "ada")
	s := someSession(t, st, u)
	for _, status := range []store.UserStatus{store.UserDisabled, store.UserPendingDeletion} {
		changes(t, "set status", true)(d.Users.SetStatus(ctx, u.ID, store.UserActive, status, moment(1)))
		changes(t, string(status), false)(d.Sessions.Advance(ctx, step(s)))
		changes(t, "set status back", true)(d.Users.SetStatus(ctx, u.ID, status, store.UserActive, moment(1)))
	}
	changes(t, "raise the epoch", true)(d.Users.RaiseEpoch(ctx, u.ID, u.Epoch, moment(1)))
	changes(t, "stale epoch", false)(d.Sessions.Advance(ctx, step(s)))
}

// advanceKeepsChain lets clients of one session rotate as fast as they can:
// every generation is made once.
func advanceKeepsChain(t *testing.T, st *store.Store) {
	s := someSession(t, st, someUser(t, st, "ada"))
	const clients, rotations = 8, 12
	var made [clients*rotations + 1]atomic.Int32
	each(t, clients, func(int) error {
		for won := 0; won < rotations; {
			v, err := st.Direct().Sessions.View(t.Context(), s.ID)
			if err != nil {
				return err
			}
			a := step(v.Session)
			ok, err := st.Direct().Sessions.Advance(t.Context(), a)
			if err != nil {
				return err
			}
			if ok {
				won++
				if made[a.To.Generation].Add(1) > 1 {
					return fmt.Errorf("generation %d was made twice", a.To.Generation)
				}
			}
		}
		return nil
	})
	same(t, "generation", view(t, st, s.ID).Session.Generation, int64(clients*rotations))
}
