package httpapi

import (
	"context"
	"strconv"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/rbac"
)

// errUnseen is returned for a change without If-Match.
var errUnseen = fault.New(fault.Unseen, "if_match_required")

// adminRoutes are the actions of operators, a route for each row of their table.
func (s *server) adminRoutes() []frame.Route {
	return []frame.Route{
		action(s, rbac.ActOverview, s.adminOverview),
		action(s, rbac.ActListUsers, s.adminListUsers),
		action(s, rbac.ActSearchUsers, s.adminSearchUsers),
		action(s, rbac.ActShowUser, s.adminShowUser),
		action(s, rbac.ActListSessions, s.adminListSessions),
		action(s, rbac.ActListEvents, s.adminListEvents),
		action(s, rbac.ActListLog, s.adminListLog),
		action(s, rbac.ActDisableUser, s.adminDisableUser),
		action(s, rbac.ActEnableUser, s.adminEnableUser),
		action(s, rbac.ActSignOutUser, s.adminSignOutUser),
		action(s, rbac.ActEndSession, s.adminEndSession),
		action(s, rbac.ActSetRoles, s.adminSetRoles),
		action(s, rbac.ActListRoles, s.adminListRoles),
		action(s, rbac.ActCreateRole, s.adminCreateRole),
		action(s, rbac.ActDeleteRole, s.adminDeleteRole),
		action(s, rbac.ActListInvitations, s.adminListInvitations),
		action(s, rbac.ActCreateInvitation, s.adminCreateInvitation),
		action(s, rbac.ActWithdrawInvitation, s.adminWithdrawInvitation),
	}
}

// aboutUser is an input that names a user, or an answer that shows the one who was found.
type aboutUser interface{ userID() string }

// action is the route of an action: the gate stands before it, and what comes of it
// leaves its event.
func action[I, O any](s *server, id string, handle func(context.Context, audit.Operator, *I) (*O, error)) frame.Route {
	a := rbac.ActionOf(id)
	limit := ratelimit.Change
	if a.Looks {
		limit = ratelimit.AdminRead
	}
	r := route(a.Method, a.Path, a.ID, frame.SignedIn, limit, frame.Take(func(ctx context.Context, in *I) (*O, error) {
		c := frame.CallOf(ctx)
		by, on := audit.Operator{UserID: c.Claims.Subject, SessionID: c.Claims.SessionID, Origin: c.Origin}, ""
		if about, is := any(in).(aboutUser); is {
			on = about.userID()
		}
		out, err := handle(ctx, by, in)
		if err != nil {
			return nil, s.Gate.Settle(ctx, a, by, s.known(ctx, on), err)
		}
		if found, is := any(out).(aboutUser); is {
			on = found.userID()
		}
		if a.Looks {
			err = s.Gate.Looked(ctx, a, by, on)
		}
		return out, err
	}))
	r.Guard = func(ctx context.Context, c *frame.Call) error { return s.Gate.Admit(ctx, a, c.Claims, c.Origin) }
	return r
}

// known gives the id of a user if there is one: events name no others.
func (s *server) known(ctx context.Context, userID string) string {
	if userID == "" {
		return ""
	}
	u, err := s.Users.ByID(ctx, userID)
	if err != nil {
		return ""
	}
	return u.ID
}

// AdminUserInput names a user by the id alone: an address in a path would stand in
// logs.
type AdminUserInput struct {
	ID string `path:"id" maxLength:"64" doc:"The user ID." example:"8f14e45f-ceea-467f-a0e6-1c1f1c1d9c3a"`
}

func (in *AdminUserInput) userID() string { return in.ID }

// etag is how a version of a user is written (RFC 9110 §8.8.3).
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// seen reads If-Match: one ETag, or * for whatever there is (RFC 9110 §13.1.1).
func seen(by audit.Operator, ifMatch string) (admin.Change, error) {
	c := admin.Change{By: by}
	switch ifMatch = strings.TrimSpace(ifMatch); ifMatch {
	case "":
		return c, errUnseen
	case "*":
		return c, nil
	}
	version, err := strconv.ParseInt(strings.Trim(ifMatch, `"`), 10, 64)
	if err != nil || etag(version) != ifMatch {
		return c, admin.ErrChanged
	}
	c.Seen = &version
	return c, nil
}
