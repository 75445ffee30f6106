package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// MaxListed is how many devices one page lists at most.
const MaxListed = 100

// ErrCursor is returned for a cursor that no list of devices gave.
var ErrCursor = fault.ErrInvalidInput.WithFields(fault.Wrong("after", "cursor"))

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

// DeviceList says which devices are wanted. Ended asks for those that were signed
// out in the last 30 days in the place of those that are signed in. After is the
// Next of the page before; Limit is from 1 to MaxListed.
type DeviceList struct {
	UserID  string
	Current string // the session that asks
	Ended   bool
	After   string
	Limit   int
}

// DevicePage is a page of devices. Next is empty if there are no more.
type DevicePage struct {
	Items []Device
	Next  string
}

// Devices lists the live sessions of a user, most recently used first, or the
// ended ones with their reason, most recently ended first. A device that is used
// while its list is read moves to the front.
//
// Errors: invalid_input for a cursor that no list gave.
func (s *Sessions) Devices(ctx context.Context, l DeviceList) (DevicePage, error) {
	page := store.Page{Limit: l.Limit + 1}
	if l.After != "" {
		after, err := secret.Decode(l.After)
		if err != nil {
			return DevicePage{}, ErrCursor
		}
		page.After = string(after)
	}
	read, cursor := s.liveDevices, (*store.Session).SeenCursor
	if l.Ended {
		read, cursor = s.endedDevices, (*store.Session).EndedCursor
	}
	sessions, devices, err := read(ctx, l, page)
	if errors.Is(err, store.ErrCursor) {
		return DevicePage{}, ErrCursor
	}
	if err != nil {
		return DevicePage{}, unavailable(fmt.Errorf("list devices: %w", err))
	}
	out := DevicePage{Items: devices}
	if len(sessions) > l.Limit { // the one beyond says only that there are more
		out.Items = devices[:l.Limit]
		out.Next = secret.Encode([]byte(cursor(&sessions[l.Limit-1])))
	}
	return out, nil
}

func (s *Sessions) liveDevices(ctx context.Context, l DeviceList, page store.Page) ([]store.Session, []Device, error) {
	live, err := s.store.Direct().Sessions.Live(ctx, l.UserID, s.clock.Now(), page)
	list := make([]Device, 0, len(live))
	for n := range live {
		d := s.show(&live[n])
		d.Current = d.ID == l.Current
		list = append(list, d)
	}
	return live, list, err
}

func (s *Sessions) endedDevices(ctx context.Context, l DeviceList, page store.Page) ([]store.Session, []Device, error) {
	now := s.clock.Now()
	over, err := s.store.Direct().Sessions.Ended(ctx, l.UserID, now.Add(-keepEnded), now, page)
	list := make([]Device, 0, len(over))
	for n := range over {
		sess := &over[n]
		d := s.show(sess)
		if d.EndedAt, d.Reason = sess.RevokedAt, sess.RevokedReason; d.EndedAt.IsZero() {
			d.EndedAt, d.Reason = sess.IdleExpiresAt, idleReason(sess)
		}
		list = append(list, d)
	}
	return over, list, err
}

// Device shows the session of an identifier, or returns store.ErrNotFound. The
// caller has made sure that the reader is allowed to see it.
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

// place names the place of an IP address, if it is known.
func (s *Sessions) place(address string) string {
	if s.places == nil {
		return ""
	}
	return s.places.Of(address)
}
