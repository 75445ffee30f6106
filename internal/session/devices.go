package session

import (
	"context"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// maxListed bounds a list of devices.
const maxListed = 100

// Device is a session as its user sees it. Name, browser and system are what the
// device says of itself; Place is where Address is, if the operator has a file of
// places. EndedAt and Reason are set for one that has ended.
type Device struct {
	ID              string
	Current         bool
	Name            string
	Browser, System string
	Address, Place  string
	CreatedAt       time.Time
	LastSeenAt      time.Time // the sign-in, or the last refresh
	ExpiresAt       time.Time // when it ends unless it is refreshed
	EndedAt         time.Time
	Reason          string // one of Reasons
}

// Devices lists where a user is signed in, what was used last first, at most a
// hundred. current is the session that asks. With ended it lists in their place
// what was signed out in the last 30 days, with why, what ended last first.
func (s *Sessions) Devices(ctx context.Context, userID, current string, ended bool) ([]Device, error) {
	if ended {
		return s.endedDevices(ctx, userID)
	}
	live, err := s.store.Direct().Devices.Live(ctx, userID, s.clock.Now(), maxListed)
	if err != nil {
		return nil, unavailable(fmt.Errorf("list devices: %w", err))
	}
	list := make([]Device, 0, len(live))
	for n := range live {
		d := s.show(&live[n])
		d.Current = d.ID == current
		list = append(list, d)
	}
	return list, nil
}

func (s *Sessions) endedDevices(ctx context.Context, userID string) ([]Device, error) {
	now := s.clock.Now()
	over, err := s.store.Direct().Devices.Ended(ctx, userID, now.Add(-keepEnded), now, maxListed)
	if err != nil {
		return nil, unavailable(fmt.Errorf("list devices signed out: %w", err))
	}
	list := make([]Device, 0, len(over))
	for n := range over {
		sess := &over[n]
		d := s.show(sess)
		if d.EndedAt, d.Reason = sess.RevokedAt, sess.RevokedReason; d.EndedAt.IsZero() {
			d.EndedAt, d.Reason = sess.IdleExpiresAt, idleReason(sess)
		}
		list = append(list, d)
	}
	return list, nil
}

// Device shows the session of an identifier, or returns store.ErrNotFound. The
// caller has made sure that whoever will see it may.
func (s *Sessions) Device(ctx context.Context, sessionID string) (Device, error) {
	view, err := s.store.Direct().Sessions.View(ctx, sessionID)
	if err != nil {
		return Device{}, err
	}
	return s.show(&view.Session), nil
}

func (s *Sessions) show(sess *store.Session) Device {
	kind := device.Of(sess.UserAgent)
	return Device{
		ID: sess.ID, Name: sess.DeviceName, Browser: kind.Browser, System: kind.System,
		Address: sess.Address, Place: s.place(sess.Address),
		CreatedAt: sess.CreatedAt, LastSeenAt: sess.LastSeenAt, ExpiresAt: sess.IdleExpiresAt,
	}
}

// place names where an address is, if anybody knows.
func (s *Sessions) place(address string) string {
	if s.places == nil {
		return ""
	}
	return s.places.Of(address)
}
