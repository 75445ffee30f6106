package httpapi

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Invitation is an invitation as operators see it. Its link is in the email alone.
type Invitation struct {
	ID        string    `json:"id" doc:"The ID of the invitation." example:"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d"`
	Email     string    `json:"email" doc:"The email address that is invited." example:"ada@example.com"`
	Roles     []string  `json:"roles" nullable:"false" doc:"The roles that the user will have, sorted." example:"[\"editor\"]"`
	State     string    `json:"state" enum:"open,accepted,superseded,withdrawn,expired" doc:"What became of it." example:"open"`
	InvitedBy string    `json:"invited_by,omitempty" doc:"The ID of the user who invited. Absent if it was done on the command line." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
	CreatedAt time.Time `json:"created_at" doc:"When it was made." example:"2026-05-04T10:20:30.123456Z"`
	ExpiresAt time.Time `json:"expires_at" doc:"When its link stops working." example:"2026-05-11T10:20:30.123456Z"`
}

func (s *server) showInvitation(i store.Invitation) Invitation {
	return Invitation{
		ID: i.ID, Email: i.Email, Roles: append([]string{}, i.Roles...), State: s.SignUps.InvitationState(i), InvitedBy: i.InvitedBy,
		CreatedAt: i.CreatedAt.UTC(), ExpiresAt: i.ExpiresAt.UTC(),
	}
}

type adminInvitationsBody struct {
	Items []Invitation `json:"items" nullable:"false" doc:"The invitations, the newest first. Those that ended stay until a week after they would have expired."`
	Next  string       `json:"next,omitempty" doc:"The after value for the next page. Absent on the last page." example:"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d"`
}
type adminInvitationsAnswer struct{ Body adminInvitationsBody }

func (s *server) adminListInvitations(ctx context.Context, _ audit.Operator, in *PageInput) (*adminInvitationsAnswer, error) {
	list, err := s.SignUps.Invitations(ctx, in.page())
	if err != nil {
		return nil, err
	}
	out := &adminInvitationsAnswer{Body: adminInvitationsBody{Items: make([]Invitation, 0, len(list))}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Body.Next = list[in.Limit-1].ID
	}
	for _, i := range list {
		out.Body.Items = append(out.Body.Items, s.showInvitation(i))
	}
	return out, nil
}

type adminInvitationBody struct {
	Email     string   `json:"email" minLength:"1" maxLength:"320" doc:"The email address to invite." example:"ada@example.com"`
	Roles     []string `json:"roles,omitempty" nullable:"false" maxItems:"32" doc:"The roles that the user will have. Needs the permission admin:roles:assign." example:"[\"editor\"]"`
	ExpiresIn int64    `json:"expires_in,omitempty" minimum:"3600" maximum:"7776000" default:"604800" doc:"Seconds until the link stops working." example:"604800"`
}

type (
	adminInvitationInput  struct{ Body adminInvitationBody }
	adminInvitationAnswer struct{ Body Invitation }
)

func (s *server) adminCreateInvitation(ctx context.Context, by audit.Operator, in *adminInvitationInput) (*adminInvitationAnswer, error) {
	made, err := s.SignUps.Invite(ctx, signup.Invite{
		Email: in.Body.Email, Roles: in.Body.Roles, TTL: time.Duration(in.Body.ExpiresIn) * time.Second, By: by,
	})
	if err != nil {
		return nil, err
	}
	return &adminInvitationAnswer{Body: s.showInvitation(made)}, nil
}

type adminInvitationIDInput struct {
	ID string `path:"id" maxLength:"64" doc:"The ID of the invitation." example:"0199c1e0-4b1a-7c53-9d5e-0d6f2a1b3c4d"`
}

func (s *server) adminWithdrawInvitation(ctx context.Context, by audit.Operator, in *adminInvitationIDInput) (*nothing, error) {
	return &nothing{}, s.SignUps.Withdraw(ctx, in.ID, by)
}
