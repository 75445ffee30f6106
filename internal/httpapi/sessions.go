package httpapi

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// Device is a session as its user sees it.
type Device struct {
	ID         string          `json:"id" format:"uuid" doc:"the session_id of its tokens; opens nothing" example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	Current    bool            `json:"current" doc:"whether this is the session that asks"`
	DeviceName string          `json:"device_name" doc:"what the device was called at sign-in, or empty; whoever signed in chose it" example:"Ada's phone"`
	Browser    string          `json:"browser" doc:"what the device says it is, or empty" example:"Firefox"`
	System     string          `json:"system" doc:"what the device says it runs on, or empty" example:"Linux"`
	IP         string          `json:"ip" doc:"the address that it came from last, or empty" example:"203.0.113.7"`
	Place      string          `json:"place,omitempty" doc:"where that address is, if the operator has a file of places; a guess" example:"Berlin, Germany"`
	CreatedAt  time.Time       `json:"created_at" doc:"the sign-in" example:"2026-05-04T10:20:30.123456Z"`
	LastSeenAt time.Time       `json:"last_seen_at" doc:"the last refresh, or the sign-in" example:"2026-05-04T10:20:30.123456Z"`
	ExpiresAt  time.Time       `json:"expires_at" doc:"when it ends by itself unless it is refreshed before" example:"2026-06-03T10:20:30.123456Z"`
	EndedAt    *time.Time      `json:"ended_at,omitempty" doc:"only of one that has ended" example:"2026-05-05T10:20:30.123456Z"`
	Reason     frame.EndReason `json:"reason,omitempty" doc:"only of one that has ended"`
}

type devicesInput struct {
	Ended bool   `query:"ended" doc:"true lists the sessions that ended in the last 30 days in place of those that live"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"100" doc:"how many at most"`
	After string `query:"after" maxLength:"200" doc:"the next of the page before"`
}

type devicesBody struct {
	Items []Device `json:"items" nullable:"false" doc:"what was used or ended last first"`
	Next  string   `json:"next,omitempty" doc:"only where there are more: after of the next page" example:"MTc3NzkwMDgzMDEyMzQ1NiAwYjBm"`
}
type devicesAnswer struct{ Body devicesBody }

func (s *server) getSessions(ctx context.Context, in *devicesInput) (*devicesAnswer, error) {
	claims := frame.CallOf(ctx).Claims
	list, err := s.Sessions.Devices(ctx, session.DeviceList{
		UserID: claims.Subject, Current: claims.SessionID, Ended: in.Ended, After: in.After, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &devicesAnswer{Body: devicesBody{Items: make([]Device, 0, len(list.Items)), Next: list.Next}}
	for n := range list.Items {
		out.Body.Items = append(out.Body.Items, showDevice(&list.Items[n]))
	}
	return out, nil
}

func showDevice(d *session.Device) Device {
	shown := Device{
		ID: d.ID, Current: d.Current, DeviceName: d.Name, Browser: d.Browser, System: d.System, IP: d.Address, Place: d.Place,
		CreatedAt: d.CreatedAt.UTC(), LastSeenAt: d.LastSeenAt.UTC(), ExpiresAt: d.ExpiresAt.UTC(), Reason: frame.EndReason(d.Reason),
	}
	if !d.EndedAt.IsZero() {
		at := d.EndedAt.UTC()
		shown.EndedAt = &at
	}
	return shown
}

type deviceInput struct {
	ID string `path:"id" doc:"the id of the session" example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
}

// nothing is an answer without a body.
type nothing struct{}

func (s *server) deleteSession(ctx context.Context, in *deviceInput) (*nothing, error) {
	return &nothing{}, s.Sessions.End(ctx, asker(ctx), in.ID)
}

func (s *server) deleteSessions(ctx context.Context, _ *struct{}) (*nothing, error) {
	return &nothing{}, s.Sessions.EndOthers(ctx, asker(ctx))
}

// asker is who calls a route for signed-in users.
func asker(ctx context.Context) session.Asker {
	c := frame.CallOf(ctx)
	return session.Asker{UserID: c.Claims.Subject, SessionID: c.Claims.SessionID, Origin: c.Origin}
}

func (s *server) getDisown(ctx context.Context, in *tokenQuery) (*usableAnswer, error) {
	_, usable, err := s.Passwords.Disownable(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &usableAnswer{Body: usableBody{Usable: usable}}, nil
}

func (s *server) postDisown(ctx context.Context, in *tokenInput) (*statusAnswer, error) {
	if err := s.Passwords.Disown(ctx, in.Body.Token, frame.CallOf(ctx).Origin); err != nil {
		return nil, err
	}
	return &statusAnswer{Body: statusBody{Status: "session_ended"}}, nil
}
