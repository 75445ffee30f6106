package httpapi

import (
	"context"
	"errors"
	"time"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// AdminUser is a user as operators see them.
type AdminUser struct {
	User

	Status      string     `json:"status" enum:"active,disabled,pending_deletion,erased" doc:"Whether the user can sign in." example:"active"`
	LastLoginAt *time.Time `json:"last_login_at,omitempty" doc:"The time of the last sign-in. Absent if there was none." example:"2026-05-04T10:20:30.123456Z"`
}

func showAdminUser(u *store.User) AdminUser {
	shown := AdminUser{User: showUser(u), Status: string(u.Status)}
	if !u.LastLoginAt.IsZero() {
		at := u.LastLoginAt.UTC()
		shown.LastLoginAt = &at
	}
	return shown
}

// PageInput is which page of a list is wanted.
type PageInput struct {
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50" doc:"The maximum number of items on the page."`
	After string `query:"after" maxLength:"200" doc:"The next value of the previous page."`
}

// page asks for one row more, which tells whether there is another page.
func (in PageInput) page() store.Page { return store.Page{After: in.After, Limit: in.Limit + 1} }

type adminUsersBody struct {
	Items []AdminUser `json:"items" nullable:"false" doc:"The users, by ID."`
	Next  string      `json:"next,omitempty" doc:"The after value for the next page. Absent on the last page." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
}
type adminUsersAnswer struct{ Body adminUsersBody }

func (s *server) adminListUsers(ctx context.Context, _ audit.Operator, in *PageInput) (*adminUsersAnswer, error) {
	list, err := s.Users.List(ctx, in.page())
	if err != nil {
		return nil, err
	}
	out := &adminUsersAnswer{Body: adminUsersBody{Items: make([]AdminUser, 0, len(list))}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Body.Next = list[in.Limit-1].ID
	}
	for n := range list {
		out.Body.Items = append(out.Body.Items, showAdminUser(&list[n]))
	}
	return out, nil
}

type adminSearchBody struct {
	User string `json:"user" minLength:"1" maxLength:"254" doc:"The whole email address, or the ID, of the user." example:"ada@example.com"`
}
type adminSearchInput struct{ Body adminSearchBody }

// adminFoundAnswer is a user, or nobody.
type adminFoundAnswer struct{ Body adminUsersBody }

func (out *adminFoundAnswer) userID() string {
	if len(out.Body.Items) == 0 {
		return ""
	}
	return out.Body.Items[0].ID
}

func (s *server) adminSearchUsers(ctx context.Context, _ audit.Operator, in *adminSearchInput) (*adminFoundAnswer, error) {
	out := &adminFoundAnswer{Body: adminUsersBody{Items: []AdminUser{}}}
	u, err := s.Users.Find(ctx, in.Body.User)
	if errors.Is(err, admin.ErrUnknown) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	out.Body.Items = append(out.Body.Items, showAdminUser(&u))
	return out, nil
}

type adminUserAnswer struct {
	ETag string `header:"ETag" doc:"The version of the user, for If-Match."`
	Body AdminUser
}

func (s *server) adminShowUser(ctx context.Context, _ audit.Operator, in *AdminUserInput) (*adminUserAnswer, error) {
	u, err := s.Users.ByID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &adminUserAnswer{ETag: etag(u.Version), Body: showAdminUser(&u)}, nil
}

// AdminChangeInput names a user and the version of them that is changed.
type AdminChangeInput struct {
	AdminUserInput

	IfMatch string `header:"If-Match" doc:"The ETag of the user as you have seen them, or * for any." example:"\"7\""`
}

func (s *server) adminDisableUser(ctx context.Context, by audit.Operator, in *AdminChangeInput) (*adminUserAnswer, error) {
	return s.adminChange(ctx, by, in, s.Users.Disable)
}

func (s *server) adminEnableUser(ctx context.Context, by audit.Operator, in *AdminChangeInput) (*adminUserAnswer, error) {
	return s.adminChange(ctx, by, in, s.Users.Enable)
}

// adminChange changes a user and answers with what they are then.
func (s *server) adminChange(
	ctx context.Context, by audit.Operator, in *AdminChangeInput, change func(context.Context, string, admin.Change) error,
) (*adminUserAnswer, error) {
	c, err := seen(by, in.IfMatch)
	if err != nil {
		return nil, err
	}
	if _, err := s.Users.ByID(ctx, in.ID); err != nil {
		return nil, err
	}
	if err := change(ctx, in.ID, c); err != nil {
		return nil, err
	}
	return s.adminShowUser(ctx, by, &in.AdminUserInput)
}

type adminRolesInput struct {
	AdminChangeInput

	Body adminRolesBody
}
type adminRolesBody struct {
	Roles []string `json:"roles" nullable:"false" maxItems:"32" doc:"The roles that the user is to have, in place of those they have." example:"[\"editor\"]"`
}

func (s *server) adminSetRoles(ctx context.Context, by audit.Operator, in *adminRolesInput) (*adminUserAnswer, error) {
	return s.adminChange(ctx, by, &in.AdminChangeInput, func(ctx context.Context, who string, c admin.Change) error {
		_, err := s.Users.SetRoles(ctx, who, in.Body.Roles, c)
		return err
	})
}

func (s *server) adminSignOutUser(ctx context.Context, by audit.Operator, in *AdminUserInput) (*nothing, error) {
	if _, err := s.Users.ByID(ctx, in.ID); err != nil {
		return nil, err
	}
	return &nothing{}, s.Users.SignOut(ctx, in.ID, admin.Change{By: by})
}

type adminSessionInput struct {
	AdminUserInput

	Session string `path:"session" maxLength:"64" doc:"The session ID." example:"0b0f6f7e-5a0c-4d3a-9a53-4f0e2f3b7c11"`
}

func (s *server) adminEndSession(ctx context.Context, by audit.Operator, in *adminSessionInput) (*nothing, error) {
	if _, err := s.Users.ByID(ctx, in.ID); err != nil {
		return nil, err
	}
	return &nothing{}, s.Users.EndSession(ctx, in.ID, in.Session, admin.Change{By: by})
}

type adminListInput struct {
	AdminUserInput
	PageInput
}

func (s *server) adminListSessions(ctx context.Context, _ audit.Operator, in *adminListInput) (*devicesAnswer, error) {
	if _, err := s.Users.ByID(ctx, in.ID); err != nil {
		return nil, err
	}
	list, err := s.Sessions.Devices(ctx, session.DeviceList{UserID: in.ID, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return showDevices(list), nil
}
