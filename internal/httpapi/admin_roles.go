package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
)

// Role is a role and what it allows.
type Role struct {
	Name        string   `json:"name" doc:"The name, as in the roles of a user." example:"editor"`
	BuiltIn     bool     `json:"built_in" doc:"Whether the role is built in."`
	Permissions []string `json:"permissions" nullable:"false" doc:"What the role allows, sorted." example:"[\"articles:write\"]"`
}

func showRole(r rbac.Role) Role {
	return Role{Name: r.Name, BuiltIn: r.BuiltIn, Permissions: append([]string{}, r.Permissions...)}
}

type adminRoleListBody struct {
	Items []Role `json:"items" nullable:"false" doc:"The built-in roles, from the highest, and then your own by name."`
}
type adminRoleListAnswer struct{ Body adminRoleListBody }

func (s *server) adminListRoles(ctx context.Context, _ audit.Operator, _ *struct{}) (*adminRoleListAnswer, error) {
	list, err := s.Roles.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &adminRoleListAnswer{Body: adminRoleListBody{Items: make([]Role, 0, len(list))}}
	for _, r := range list {
		out.Body.Items = append(out.Body.Items, showRole(r))
	}
	return out, nil
}

type adminRoleBody struct {
	Name        string   `json:"name" maxLength:"64" doc:"The name of the new role: letters, digits and . _ : -." example:"editor"`
	Permissions []string `json:"permissions,omitempty" nullable:"false" maxItems:"64" doc:"What the role allows." example:"[\"articles:write\"]"`
}

type (
	adminRoleInput  struct{ Body adminRoleBody }
	adminRoleAnswer struct{ Body Role }
)

func (s *server) adminCreateRole(ctx context.Context, by audit.Operator, in *adminRoleInput) (*adminRoleAnswer, error) {
	made, err := s.Roles.Create(ctx, in.Body.Name, in.Body.Permissions, by)
	if err != nil {
		return nil, err
	}
	return &adminRoleAnswer{Body: showRole(made)}, nil
}

type adminRoleNameInput struct {
	Name string `path:"name" maxLength:"64" doc:"The name of the role." example:"editor"`
}

func (s *server) adminDeleteRole(ctx context.Context, by audit.Operator, in *adminRoleNameInput) (*nothing, error) {
	return &nothing{}, s.Roles.Delete(ctx, in.Name, by)
}
