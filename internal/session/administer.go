package session

import (
	"context"
	"fmt"
	"time"
)

// administersFor is how long somebody who administers this server may be idle.
const administersFor = time.Hour

// Administers makes sure that a session may administer this server still: that its user
// proved who they are, or was let in here, within the last hour. Being let in counts as
// a use, which is noted once a minute. A refresh is none, and neither is a visit of a
// page of the account: a device that was left alone refreshes by itself.
//
// Ask last, once everything else lets the user in.
//
// Errors: session_ended for one that is not there, invalid_token for one that has ended;
// reauthentication_required; unavailable.
func (s *Sessions) Administers(ctx context.Context, sessionID string) error {
	view, err := s.named(ctx, sessionID)
	if err != nil {
		return err
	}
	if !living(&view) {
		return ErrInvalidToken
	}
	last := view.Session.AuthTime
	if at := view.Session.AdministeredAt; at.After(last) {
		last = at
	}
	switch idle := view.Now.Sub(last); {
	case idle > administersFor:
		return ErrNotRecent
	case idle < seenEvery:
		return nil
	}
	// Losing is fine: another use was noted, or the session ended just now, which the
	// action itself will see.
	if _, err := s.store.Direct().Sessions.Administered(ctx, sessionID, view.Now); err != nil {
		return unavailable(fmt.Errorf("note use by an operator: %w", err))
	}
	return nil
}
