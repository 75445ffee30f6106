package httpapi

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// AdminEvent is an event of the audit log, without what identifies a person.
type AdminEvent struct {
	ID      string    `json:"id" doc:"The event ID. Later events have higher ones." example:"01932f9c-4ac0-7a2b-8a56-3f4e6c0f9d21"`
	Kind    string    `json:"kind" doc:"What happened." example:"user.disabled"`
	Outcome string    `json:"outcome" enum:"success,failure" doc:"How it ended." example:"success"`
	Reason  string    `json:"reason,omitempty" doc:"Why it failed, or why it happened." example:"wrong_password"`
	ActorID string    `json:"actor_id,omitempty" doc:"Who did it: a user ID, or os: and the number of the operating-system user who ran a command." example:"os:1000"`
	UserID  string    `json:"user_id,omitempty" doc:"The ID of the user whom it concerns. Absent if it concerns nobody, or nobody known." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	At      time.Time `json:"at" doc:"The time of the event." example:"2026-05-04T10:20:30.123456Z"`
}

type adminEventsBody struct {
	Items []AdminEvent `json:"items" nullable:"false" doc:"The events, newest first."`
	Next  string       `json:"next,omitempty" doc:"The after value for the next page. Absent on the last page." example:"01932f9c-4ac0-7a2b-8a56-3f4e6c0f9d21"`
}
type adminEventsAnswer struct{ Body adminEventsBody }

func (s *server) adminListEvents(ctx context.Context, _ audit.Operator, in *adminListInput) (*adminEventsAnswer, error) {
	if _, err := s.Users.ByID(ctx, in.ID); err != nil {
		return nil, err
	}
	return s.adminEvents(ctx, admin.EventFilter{UserID: in.ID}, in.PageInput)
}

type adminLogInput struct {
	PageInput

	Kind  string    `query:"kind" maxLength:"64" pattern:"^[a-z0-9_.]*$" doc:"Only events of exactly this kind." example:"login.failed"`
	User  string    `query:"user" maxLength:"64" doc:"Only events that concern the user with this ID. The call is recorded as a look at them." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	From  time.Time `query:"from" doc:"Only events from this time on." example:"2026-05-04T00:00:00Z"`
	Until time.Time `query:"until" doc:"Only events before this time." example:"2026-05-05T00:00:00Z"`
}

func (in *adminLogInput) userID() string { return in.User }

func (s *server) adminListLog(ctx context.Context, _ audit.Operator, in *adminLogInput) (*adminEventsAnswer, error) {
	if in.User != "" {
		if _, err := s.Users.ByID(ctx, in.User); err != nil {
			return nil, err
		}
	}
	return s.adminEvents(ctx, admin.EventFilter{UserID: in.User, Kind: in.Kind, From: in.From, Until: in.Until}, in.PageInput)
}

// adminEvents answers with a page of the log.
func (s *server) adminEvents(ctx context.Context, f admin.EventFilter, in PageInput) (*adminEventsAnswer, error) {
	list, err := s.Users.Events(ctx, f, in.page())
	if err != nil {
		return nil, err
	}
	out := &adminEventsAnswer{Body: adminEventsBody{Items: make([]AdminEvent, 0, len(list))}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Body.Next = list[in.Limit-1].ID
	}
	for n := range list {
		out.Body.Items = append(out.Body.Items, showEvent(&list[n]))
	}
	return out, nil
}

func showEvent(e *store.AuditEvent) AdminEvent {
	return AdminEvent{ID: e.ID, Kind: e.Kind, Outcome: e.Outcome, Reason: e.Reason, ActorID: e.ActorID, UserID: e.UserID, At: e.CreatedAt.UTC()}
}
