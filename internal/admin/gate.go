package admin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

var (
	// ErrNetwork is returned for a client address from which nobody administers.
	ErrNetwork = fault.New(fault.Forbidden, "network_not_allowed")
	// ErrTwoFactors is returned for a session that was opened with one factor.
	ErrTwoFactors = fault.New(fault.Forbidden, "two_factors_required")
)

// GateOptions is what a gate needs. Without Networks operators may come from
// everywhere.
type GateOptions struct {
	Store      *store.Store
	Roles      *rbac.Roles
	Sessions   *session.Sessions
	Trail      *audit.Trail
	TwoFactors bool // every action needs a session that was opened with two
	Networks   []netip.Prefix
}

// Gate says who may do an action of operators, by a program or on a page, and has each leave its event: one
// for a refusal, one for a look. What changes something is recorded by the room that
// changes it.
type Gate struct{ opts GateOptions }

// NewGate returns a gate.
func NewGate(o GateOptions) *Gate { return &Gate{opts: o} }

// Admit makes sure that the holder of a verified token may do an action now. Roles are
// read from the user's row, not from the token. Being let in is a use of the session,
// which administers nothing once it has been idle for an hour
// ([session.Sessions.Administers]).
//
// Errors: invalid_token for a session that has ended; network_not_allowed,
// permission_required, two_factors_required, reauthentication_required, each of which
// is recorded.
func (g *Gate) Admit(ctx context.Context, a rbac.Action, c token.Claims, origin audit.Origin) error {
	// The verifier goes by what it has heard; a session that has expired is told to nobody.
	if lives, err := g.opts.Sessions.Lives(ctx, g.opts.Store.Direct(), c.SessionID); err != nil || !lives {
		return cmp.Or(err, error(session.ErrInvalidToken))
	}
	return g.Settle(ctx, a, audit.Operator{UserID: c.Subject, SessionID: c.SessionID, Origin: origin}, "", g.may(ctx, a, c, origin))
}

func (g *Gate) may(ctx context.Context, a rbac.Action, c token.Claims, origin audit.Origin) error {
	if !g.reaches(origin.Address) {
		return ErrNetwork
	}
	allowed, err := g.opts.Roles.Actor(ctx, g.opts.Store.Direct(), c.Subject)
	switch {
	case err != nil:
		return err
	case !allowed.Opens(a):
		return rbac.ErrPermission
	case g.opts.TwoFactors && !session.TwoFactors(c.AMR):
		return ErrTwoFactors
	}
	if a.Recent {
		if err := g.opts.Sessions.Recent(ctx, c); err != nil {
			return err
		}
	}
	return g.opts.Sessions.Administers(ctx, c.SessionID)
}

// Allowed gives what a user may do on this server, which is nothing for most.
func (g *Gate) Allowed(ctx context.Context, userID string) (rbac.Allowed, error) {
	allowed, err := g.opts.Roles.Actor(ctx, g.opts.Store.Direct(), userID)
	return allowed.Administrative(), err
}

func (g *Gate) reaches(address string) bool {
	if len(g.opts.Networks) == 0 {
		return true
	}
	at, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(g.opts.Networks, func(n netip.Prefix) bool { return n.Contains(at.Unmap()) })
}

// Settle records that an operator was refused an action on a user, or on nobody in
// particular, and gives the refusal back. What is no refusal is not recorded.
func (g *Gate) Settle(ctx context.Context, a rbac.Action, by audit.Operator, userID string, err error) error {
	f, refused := errors.AsType[*fault.Error](err)
	if !refused || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return err
	}
	e := by.Event(audit.KindAdminRefused, "") // nothing was done to the user
	e.Outcome, e.Reason, e.Details = audit.Failure, f.Code, map[string]any{"action": a.ID}
	if userID != "" {
		e.Details["on"] = userID
	}
	return errors.Join(err, g.record(ctx, e))
}

// Looked records that an operator looked at a user, or at nobody in particular. A look
// at a user is one from the user's side, by whatever action.
func (g *Gate) Looked(ctx context.Context, a rbac.Action, by audit.Operator, userID string) error {
	kind := a.Kind
	if userID != "" {
		kind = audit.KindUserViewed
	}
	e := by.Event(kind, userID)
	e.Details = map[string]any{"action": a.ID}
	return g.record(ctx, e)
}

func (g *Gate) record(ctx context.Context, e audit.Event) error {
	err := g.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return g.opts.Trail.Record(ctx, tx, e) })
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Kind, err)
	}
	return nil
}
