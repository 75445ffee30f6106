package signup_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
	"github.com/sallyport-auth/sallyport/internal/store"
)

var command = audit.Operator{Machine: true}

// operates gives a user with a role and what they act as.
func operates(t *testing.T, h *roomtest.House, role string) (store.User, audit.Operator) {
	t.Helper()
	u, err := h.Create(t.Context(), signup.Create{Email: role + "@people.example", Password: good, Roles: []string{role}, Verified: true, Origin: roomtest.Origin()})
	if err != nil {
		t.Fatal(err)
	}
	a := h.Asker(t, u)
	return u, audit.Operator{UserID: a.UserID, SessionID: a.SessionID, Origin: a.Origin}
}

func invites(t *testing.T, h *roomtest.House, by audit.Operator, roles ...string) (made store.Invitation, token string) {
	t.Helper()
	made, err := h.Invite(t.Context(), signup.Invite{Email: ada, Roles: roles, By: by})
	if err != nil {
		t.Fatal(err)
	}
	return made, h.LinkTo(t, ada, link.Path(link.Invitation))
}

func accepts(t *testing.T, h *roomtest.House, token string) (store.User, error) {
	t.Helper()
	return h.Accept(t.Context(), signup.Acceptance{Token: token, Password: good, Name: "Ada", Origin: roomtest.Origin()})
}

func closed(o *roomtest.Settings) { o.SignUpOpen = false }

func TestAnInvitationBecomesAnAccount(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t, closed)
	_, by := operates(t, h, rbac.Admin)
	_, token := invites(t, h, by, "editor", "editor")
	if _, err := h.Accept(t.Context(), signup.Acceptance{Token: token, Password: "password", Origin: roomtest.Origin()}); err == nil {
		t.Error("a common password is taken")
	}
	if email, usable, err := h.Acceptable(t.Context(), token); email != ada || !usable || err != nil {
		t.Errorf("the link is for %q, usable %v, %v", email, usable, err)
	}
	u, err := accepts(t, h, token)
	if err != nil {
		t.Fatal(err)
	}
	if u.Email != ada || u.Name != "Ada" || u.EmailVerifiedAt.IsZero() || u.ClaimedAt.IsZero() || !slices.Equal(u.Roles, []string{"editor"}) {
		t.Errorf("the user is %+v", u)
	}
	if !h.Works(t, ada, good) {
		t.Error("the password does not sign in")
	}
	if _, err := accepts(t, h, token); !errors.Is(err, account.ErrInvalidToken) {
		t.Errorf("twice: %v", err)
	}
	if created, accepted := h.Count(t, audit.KindInvitationCreated), h.Reasons(t, audit.KindInvitationAccepted); created != 1 || !slices.Contains(accepted, audit.ReasonConsumed) {
		t.Errorf("%d events of the invitation, reasons %v", created, accepted)
	}
	if _, err := h.Invite(t.Context(), signup.Invite{Email: ada, By: by}); !errors.Is(err, account.ErrEmailTaken) {
		t.Errorf("an address with an account: %v", err)
	}
}

// TestOfManyWhoAcceptOneGetsTheAccount: 32 at once, on each engine.
func TestOfManyWhoAcceptOneGetsTheAccount(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine), closed)
		_, by := operates(t, h, rbac.Owner)
		_, token := invites(t, h, by, "editor")
		calls := make([]func() error, 32)
		for n := range calls {
			calls[n] = func() error {
				_, err := accepts(t, h, token)
				return err
			}
		}
		won := 0
		for n, err := range roomtest.At(calls...) {
			if err == nil {
				won++
			} else if !errors.Is(err, account.ErrInvalidToken) {
				t.Errorf("call %d: %v", n, err)
			}
		}
		if won != 1 {
			t.Errorf("%d have won, want 1", won)
		}
		h.User(t, ada)
	})
}

// TestOfManyInvitationsOfAnAddressOneStands: 16 at once, on each engine.
func TestOfManyInvitationsOfAnAddressOneStands(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		h := roomtest.On(t, fleettest.Database(t, engine))
		calls := make([]func() error, 16)
		for n := range calls {
			calls[n] = func() error {
				_, err := h.Invite(t.Context(), signup.Invite{Email: ada, By: command})
				return err
			}
		}
		for n, err := range roomtest.At(calls...) {
			if err != nil {
				t.Errorf("call %d: %v", n, err)
			}
		}
		list, err := h.Invitations(t.Context(), store.Page{Limit: 99})
		open := 0
		for _, i := range list {
			if h.InvitationState(i) == "open" {
				open++
			}
		}
		if err != nil || len(list) != 16 || open != 1 {
			t.Errorf("%d invitations, %d open, %v", len(list), open, err)
		}
	})
}

func TestAnInvitationThatEndedGivesNothing(t *testing.T) {
	t.Parallel()
	for reason, end := range map[string]func(*testing.T, *roomtest.House, store.Invitation) error{
		audit.ReasonWithdrawn: func(t *testing.T, h *roomtest.House, i store.Invitation) error {
			return h.Withdraw(t.Context(), i.ID, command)
		},
		audit.ReasonSuperseded: func(t *testing.T, h *roomtest.House, i store.Invitation) error {
			_, err := h.Invite(t.Context(), signup.Invite{Email: i.Email, By: command})
			return err
		},
		audit.ReasonExpired: func(_ *testing.T, h *roomtest.House, _ store.Invitation) error {
			h.Clock.Advance(signup.InvitationTTL)
			return nil
		},
		"account_exists": func(t *testing.T, h *roomtest.House, i store.Invitation) error {
			h.Join(t, i.Email)
			return nil
		},
	} {
		h := roomtest.New(t)
		made, token := invites(t, h, command)
		if err := end(t, h, made); err != nil {
			t.Fatal(err)
		}
		if _, usable, err := h.Acceptable(t.Context(), token); usable || err != nil {
			t.Errorf("%s: usable %v, %v", reason, usable, err)
		}
		if _, err := accepts(t, h, token); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%s: %v", reason, err)
		}
		if got := h.Reasons(t, audit.KindInvitationAccepted); !slices.Contains(got, reason) {
			t.Errorf("%s: the audit log says %v", reason, got)
		}
	}
}

func TestNobodyGivesByAnInvitationWhatTheyMayNot(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	_, asAdmin := operates(t, h, rbac.Admin)
	_, asSupport := operates(t, h, rbac.Support)
	if _, err := h.Roles.Create(t.Context(), "inviter", []string{rbac.InviteUsers}, command); err != nil {
		t.Fatal(err)
	}
	_, asInviter := operates(t, h, "inviter")
	for _, test := range []struct {
		by    audit.Operator
		roles []string
		want  error
	}{
		{asAdmin, []string{rbac.Owner}, rbac.ErrOutranked},
		{asSupport, nil, rbac.ErrPermission},
		{asInviter, []string{"editor"}, rbac.ErrPermission},
		{asInviter, nil, nil},
		{asAdmin, []string{rbac.Admin}, nil},
		{command, []string{rbac.Owner}, nil},
	} {
		if _, err := h.Invite(t.Context(), signup.Invite{Email: ada, Roles: test.roles, By: test.by}); !errors.Is(err, test.want) {
			t.Errorf("%v: %v, want %v", test.roles, err, test.want)
		}
	}
	if err := h.Withdraw(t.Context(), "none", asAdmin); !errors.Is(err, signup.ErrNoInvitation) {
		t.Errorf("withdraw what is not there: %v", err)
	}
}

// TestAnOperatorWhoIsOutGivesNothing: what was offered is asked for again.
func TestAnOperatorWhoIsOutGivesNothing(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(*testing.T, *admin.Users, store.User) error{
		"disabled": func(t *testing.T, users *admin.Users, u store.User) error {
			return users.Disable(t.Context(), u.ID, admin.Change{By: command})
		},
		"lowered": func(t *testing.T, users *admin.Users, u store.User) error {
			_, err := users.SetRoles(t.Context(), u.ID, []string{rbac.Support}, admin.Change{By: command})
			return err
		},
	} {
		h := roomtest.New(t)
		users := admin.New(admin.Options{Store: h.Rooms, Sessions: h.Sessions, Roles: h.Roles, Trail: audit.New(h.Clock), Clock: h.Clock})
		u, by := operates(t, h, rbac.Admin)
		_, token := invites(t, h, by, rbac.Admin)
		if err := lose(t, users, u); err != nil {
			t.Fatal(err)
		}
		if _, err := accepts(t, h, token); !errors.Is(err, account.ErrInvalidToken) {
			t.Errorf("%s: %v", name, err)
		}
		if got := h.Reasons(t, audit.KindInvitationAccepted); !slices.Contains(got, "inviter_may_not") {
			t.Errorf("%s: the audit log says %v", name, got)
		}
	}
}

func TestInvitationsGo(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	invites(t, h, command)
	h.Clock.Advance(signup.InvitationTTL + link.KeepSpent + time.Second)
	if err := h.SignUps.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list, err := h.Invitations(t.Context(), store.Page{Limit: 9}); len(list) != 0 || err != nil {
		t.Errorf("%d are left, %v", len(list), err)
	}
}
