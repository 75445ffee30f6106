package httpapi

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/session"
)

// Device is a session as its user sees it.
type Device struct {
	ID         string          `json:"id" format:"uuid" doc:"The session ID, as in session_id beside the tokens. It is not a secret." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
	Current    bool            `json:"current" doc:"Whether this is the session of the request."`
	DeviceName string          `json:"device_name" doc:"The name that the user gave the device at sign-in, or empty." example:"Ada's phone"`
	Browser    string          `json:"browser" doc:"The browser, as the device reports it, or empty." example:"Firefox"`
	System     string          `json:"system" doc:"The operating system, as the device reports it, or empty." example:"Linux"`
	IP         string          `json:"ip" doc:"The last IP address of the session, or empty." example:"203.0.113.7"`
	Place      string          `json:"place,omitempty" doc:"The approximate place of the IP address. Present only if the operator has set up a GeoIP file." example:"Berlin, Germany"`
	CreatedAt  time.Time       `json:"created_at" doc:"The time of the sign-in." example:"2026-05-04T10:20:30.123456Z"`
	LastSeenAt time.Time       `json:"last_seen_at" doc:"The time of the last refresh, or of the sign-in." example:"2026-05-04T10:20:30.123456Z"`
	ExpiresAt  time.Time       `json:"expires_at" doc:"The time at which the session ends unless it is refreshed before." example:"2026-06-03T10:20:30.123456Z"`
	EndedAt    *time.Time      `json:"ended_at,omitempty" doc:"The time at which the session ended. Present only for ended sessions." example:"2026-05-05T10:20:30.123456Z"`
	Reason     frame.EndReason `json:"reason,omitempty" doc:"Why the session ended. Present only for ended sessions."`
}

type devicesInput struct {
	Ended bool   `query:"ended" doc:"If true, lists the sessions that ended in the last 30 days instead of the live ones."`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"100" doc:"The maximum number of items on the page."`
	After string `query:"after" maxLength:"200" doc:"The next value of the previous page."`
}

type devicesBody struct {
	Items []Device `json:"items" nullable:"false" doc:"The sessions, most recently used or ended first."`
	Next  string   `json:"next,omitempty" doc:"The after value for the next page. Absent on the last page." example:"MTc3NzkwMDgzMDEyMzQ1NiAwYjBm"`
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
	return showDevices(list), nil
}

func showDevices(list session.DevicePage) *devicesAnswer {
	out := &devicesAnswer{Body: devicesBody{Items: make([]Device, 0, len(list.Items)), Next: list.Next}}
	for n := range list.Items {
		out.Body.Items = append(out.Body.Items, showDevice(&list.Items[n]))
	}
	return out
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
	ID string `path:"id" doc:"The session ID." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
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
