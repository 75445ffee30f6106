package session

import "github.com/sallyport-auth/sallyport/internal/store"

// Reasons lists the reasons for which a session can have ended, as its owner and
// the holder of a genuine refresh token of it are told.
func Reasons() []string {
	return []string{
		store.ReasonLogout, store.ReasonLogoutAll, store.ReasonReplay, store.ReasonPasswordChanged, store.ReasonPasswordReset,
		store.ReasonReplaced, store.ReasonEnded, store.ReasonDisowned, store.ReasonDisabled, store.ReasonFactorAdded, store.ReasonFactorRemoved,
		store.ReasonTooMany, store.ReasonUndelivered, store.ReasonRestored,
		store.ReasonExpired, store.ReasonIdle, store.ReasonDeletion, store.ReasonEmailUndone, store.ReasonAccountChanged,
		store.ReasonOperator, store.ReasonRolesChanged,
	}
}

// reason says why a session that does not stand has ended.
func reason(v *store.SessionView) string {
	s := &v.Session
	switch {
	case !s.RevokedAt.IsZero():
		return s.RevokedReason
	case !v.Now.Before(s.ExpiresAt):
		return store.ReasonExpired
	case !v.Now.Before(s.IdleExpiresAt):
		return idleReason(s)
	case v.User.Status == store.UserPendingDeletion:
		return store.ReasonDeletion
	case v.User.Status != store.UserActive:
		return store.ReasonDisabled
	}
	return store.ReasonAccountChanged
}

// idleReason tells the two limits apart: the idle one is cut to the absolute.
func idleReason(s *store.Session) string {
	if s.IdleExpiresAt.Before(s.ExpiresAt) {
		return store.ReasonIdle
	}
	return store.ReasonExpired
}

// genuine reports whether a token with a good MAC can be one that this session
// gave out. A key that was stolen makes others, and those learn nothing.
func genuine(p presented, s *store.Session) bool {
	return p.generation < s.Generation || p.generation == s.Generation && p.nonce == s.Nonce
}
