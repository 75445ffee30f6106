package admin_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/admin"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	ada  = "ada@people.example"
	good = "violet umbrella 27"
)

var grace = admin.Change{By: audit.Operator{UserID: "grace", Machine: true, Origin: roomtest.Origin()}} //nolint:gochecknoglobals // a constant in all but form

// world is a house whose operators are in.
type world struct {
	*roomtest.House
	users *admin.Users
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldIn(roomtest.New(t))
}

func worldIn(h *roomtest.House) world {
	return world{h, admin.New(admin.Options{
		Store: h.Rooms, Sessions: h.Sessions, Trail: audit.New(h.Clock), Clock: h.Clock,
		Roles: rbac.New(rbac.Options{Store: h.Rooms, Sessions: h.Sessions, Trail: audit.New(h.Clock), Clock: h.Clock}),
	})}
}

// refused makes sure that a token that was good is refused, and its session says why.
func (w world) refused(t *testing.T, tokens session.Tokens, why string) {
	t.Helper()
	if _, err := w.Verifier.Verify(t.Context(), tokens.AccessToken); err == nil {
		t.Errorf("%s: the access token is good", why)
	}
	_, err := w.Sessions.Refresh(t.Context(), tokens.RefreshToken, "", roomtest.Origin())
	if f, ok := errors.AsType[*fault.Error](err); !ok || !errors.Is(err, session.ErrEnded) || f.Member(session.MemberReason) != why {
		t.Errorf("the refresh token: %v, want session_ended by %s", err, why)
	}
}

func TestADisabledUserIsOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.Join(t, ada)
	tokens := w.Device(t, ada, good)
	for range 2 {
		if err := w.users.Disable(t.Context(), "ADA@people.example", grace); err != nil {
			t.Fatal(err)
		}
	}
	w.refused(t, tokens, store.ReasonDisabled)
	if _, err := w.SignIn(t, ada, good); !errors.Is(err, login.ErrDisabled) {
		t.Errorf("the right password: %v, want account_disabled", err)
	}
	if n := w.Count(t, audit.KindUserDisabled); n != 1 {
		t.Errorf("%d events for one change, want 1", n)
	}
	if e := w.Trail(t, audit.KindUserDisabled)[0]; e.ActorID != grace.By.UserID || e.UserID != u.ID || e.Personal.Address != grace.By.Origin.Address {
		t.Errorf("the event is %+v", e)
	}
	if err := w.users.Enable(t.Context(), u.ID, grace); err != nil {
		t.Fatal(err)
	}
	w.refused(t, tokens, store.ReasonDisabled) // it stays so
	if _, err := w.SignIn(t, ada, good); err != nil {
		t.Errorf("enabled again: %v", err)
	}
	if n := w.Count(t, audit.KindUserEnabled); n != 1 {
		t.Errorf("%d events for enabling, want 1", n)
	}
}

// TestADisabledUserIsNotErased: an operator who has to keep an account can.
func TestADisabledUserIsNotErased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.Join(t, ada)
	if _, err := w.Leave(t, w.Device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	if err := w.users.Disable(t.Context(), ada, grace); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(169 * time.Hour)
	w.EraseDue(t)
	if err := w.users.Enable(t.Context(), u.ID, grace); err != nil {
		t.Fatal(err)
	}
	if _, err := w.SignIn(t, ada, good); err != nil {
		t.Errorf("kept and enabled: %v", err)
	}
}

func TestOperatorsSignUsersOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.Join(t, ada)
	phone, desk := w.Device(t, ada, good), w.Device(t, ada, good)
	if devices, err := w.users.Devices(t.Context(), u.ID); err != nil || len(devices) != 2 {
		t.Errorf("%d devices (%v), want 2", len(devices), err)
	}
	if err := w.users.SignOut(t.Context(), u.ID, grace); err != nil {
		t.Fatal(err)
	}
	w.refused(t, phone, store.ReasonOperator)
	w.refused(t, desk, store.ReasonOperator)
	if _, err := w.SignIn(t, ada, good); err != nil {
		t.Errorf("signing in again: %v", err)
	}
}

func TestRolesTravelInTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.Join(t, ada)
	before := w.Device(t, ada, good)
	for _, c := range []struct{ add, remove, want []string }{
		{add: []string{"editor", "admin", "editor"}, want: []string{"admin", "editor"}},
		{add: []string{"editor"}, want: []string{"admin", "editor"}},
		{add: []string{"eu-west.ops:read"}, remove: []string{"admin", "nothing"}, want: []string{"editor", "eu-west.ops:read"}},
	} {
		got, err := w.users.ChangeRoles(t.Context(), ada, c.add, c.remove, grace)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("+%v -%v gives %v (%v), want %v", c.add, c.remove, got, err, c.want)
		}
	}
	w.refused(t, before, store.ReasonRolesChanged)
	claims, err := w.Verifier.Verify(t.Context(), w.Device(t, ada, good).AccessToken)
	if err != nil || !slices.Equal(claims.Roles, []string{"editor", "eu-west.ops:read"}) {
		t.Errorf("the next token has %v (%v)", claims.Roles, err)
	}
	var details []string
	for _, e := range w.Trail(t, audit.KindRolesChanged) {
		details = append(details, e.Details)
	}
	slices.Reverse(details)
	if diff := cmp.Diff([]string{
		`{"after":["admin","editor"],"before":[]}`,
		`{"after":["editor","eu-west.ops:read"],"before":["admin","editor"]}`,
	}, details); diff != "" {
		t.Errorf("the trail says %s", diff)
	}
	for _, role := range []string{"", " ", "a b", "a,b", "é", "-a", "a-", "a\nb", "a\x00", strings.Repeat("a", 65)} {
		if _, err := w.users.ChangeRoles(t.Context(), u.ID, []string{role}, nil, grace); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("role %q: %v, want invalid_input", role, err)
		}
	}
	var many []string
	for n := range 33 {
		many = append(many, "r"+strings.Repeat("x", n))
	}
	if _, err := w.users.ChangeRoles(t.Context(), u.ID, many, nil, grace); !errors.Is(err, fault.ErrInvalidInput) {
		t.Errorf("35 roles: %v, want invalid_input", err)
	}
}

// said are the claims that the house adds.
type said struct {
	Tenant json.RawMessage `json:"tenant"`
}

// saidBy gives what a token says beside what every token does.
func saidBy(t *testing.T, raw string) (claims said) {
	t.Helper()
	j, err := jws.Parse(raw, jws.MaxToken)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(j.Payload, &claims); err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestAppMetadataTravelsInTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.Join(t, ada)
	before := w.Device(t, ada, good)
	if says := saidBy(t, before.AccessToken); says.Tenant != nil {
		t.Errorf("a user without app_metadata: %s", says.Tenant)
	}
	for _, c := range []struct {
		change admin.AppMetadata
		want   string
	}{
		{admin.AppMetadata{Remove: []string{"nothing"}}, ""},
		{admin.AppMetadata{Set: map[string]json.RawMessage{"tenant": json.RawMessage(`"acme"`), "old": json.RawMessage(`12345678901234567890`)}}, `{"old":12345678901234567890,"tenant":"acme"}`},
		{admin.AppMetadata{Set: map[string]json.RawMessage{"plan": json.RawMessage(`[ 1 ]`)}, Remove: []string{"old", "nothing"}}, `{"plan":[1],"tenant":"acme"}`},
		{admin.AppMetadata{Replace: json.RawMessage(`{"x":1}`), Set: map[string]json.RawMessage{"tenant": json.RawMessage(`{"id":7}`)}}, `{"tenant":{"id":7},"x":1}`},
		{admin.AppMetadata{}, `{"tenant":{"id":7},"x":1}`},
	} {
		got, err := w.users.ChangeAppMetadata(t.Context(), ada, c.change, grace.By)
		if err != nil || got != c.want {
			t.Errorf("%+v gives %s (%v), want %s", c.change, got, err, c.want)
		}
	}
	after, err := w.Sessions.Refresh(t.Context(), before.RefreshToken, "", roomtest.Origin())
	if err != nil {
		t.Fatalf("the change has signed the user out: %v", err)
	}
	for _, raw := range []string{after.AccessToken, w.Device(t, ada, good).AccessToken} {
		if says := saidBy(t, raw); string(says.Tenant) != `{"id":7}` {
			t.Errorf("the next token says %s", says.Tenant)
		}
	}
	if n := w.Count(t, audit.KindAppMetadataChanged); n != 3 {
		t.Errorf("%d events of three changes", n)
	}
	for _, text := range []string{"", "[]", "null", `{"a":1,"a":2}`, `{"a":"` + strings.Repeat("x", 3600) + `"}`} {
		if _, err := w.users.ChangeAppMetadata(t.Context(), u.ID, admin.AppMetadata{Replace: json.RawMessage(text)}, grace.By); !errors.Is(err, fault.ErrInvalidInput) {
			t.Errorf("app_metadata %.20q: %v, want invalid_input", text, err)
		}
	}
	if _, err := w.users.ChangeAppMetadata(t.Context(), u.ID, admin.AppMetadata{Replace: json.RawMessage(`{"a":"` + strings.Repeat("x", 3500) + `"}`)}, grace.By); err != nil {
		t.Fatal(err)
	}
	if _, err := w.users.ChangeRoles(t.Context(), u.ID, []string{strings.Repeat("r", 64), strings.Repeat("s", 64)}, nil, grace); !errors.Is(err, fault.ErrInvalidInput) {
		t.Errorf("roles beside 3.5 KiB: %v, want invalid_input", err)
	}
}

func TestOperatorsChangeOnlyWhoIsThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u := w.Join(t, ada)
	if _, err := w.Leave(t, w.Device(t, ada, good), good); err != nil {
		t.Fatal(err)
	}
	acts := map[string]func(who string) error{
		"disable": func(who string) error { return w.users.Disable(t.Context(), who, grace) },
		"enable":  func(who string) error { return w.users.Enable(t.Context(), who, grace) },
		"sign out": func(who string) error {
			return w.users.SignOut(t.Context(), who, grace)
		},
		"app_metadata": func(who string) error {
			_, err := w.users.ChangeAppMetadata(t.Context(), who, admin.AppMetadata{Replace: json.RawMessage(`{"a":1}`)}, grace.By)
			return err
		},
		"roles": func(who string) error {
			_, err := w.users.ChangeRoles(t.Context(), who, []string{"editor"}, nil, grace)
			return err
		},
	}
	for what, act := range acts {
		for _, who := range []string{"", "nobody@people.example", "00000000-0000-4000-8000-000000000000", "no address"} {
			if err := act(who); !errors.Is(err, admin.ErrUnknown) {
				t.Errorf("%s %q: %v, want user_not_found", what, who, err)
			}
		}
	}
	if err := acts["enable"](u.ID); !errors.Is(err, admin.ErrStatus) {
		t.Errorf("enable who leaves: %v, want user_status", err)
	}
	w.Clock.Advance(169 * time.Hour)
	w.EraseDue(t)
	for what, act := range acts {
		if err := act(u.ID); !errors.Is(err, admin.ErrStatus) {
			t.Errorf("%s of who was erased: %v, want user_status", what, err)
		}
	}
	if n := w.Count(t, audit.KindUserDisabled) + w.Count(t, audit.KindUserEnabled) + w.Count(t, audit.KindUserSignedOut) + w.Count(t, audit.KindRolesChanged) + w.Count(t, audit.KindAppMetadataChanged); n != 0 {
		t.Errorf("%d events, though nothing was changed", n)
	}
}

// TestOperatorsAtOnce: of changes of roles at once none is lost, and of any number
// of calls that disable one does.
func TestOperatorsAtOnce(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		w := worldIn(roomtest.On(t, fleettest.Database(t, engine)))
		u := w.Join(t, ada)
		roles := []string{"a", "b", "c", "d"}
		var acts []func() error
		for _, role := range roles {
			acts = append(acts, func() error {
				_, err := w.users.ChangeRoles(t.Context(), u.ID, []string{role}, nil, grace)
				return err
			})
		}
		for _, err := range roomtest.At(acts...) {
			if err != nil {
				t.Errorf("roles: %v", err)
			}
		}
		if u, err := w.users.Find(t.Context(), u.ID); err != nil || !slices.Equal(u.Roles, roles) {
			t.Errorf("the roles are %v (%v), want %v", u.Roles, err, roles)
		}
		for _, err := range roomtest.Race(8, func() error { return w.users.Disable(t.Context(), u.ID, grace) }) {
			if err != nil {
				t.Errorf("disable: %v", err)
			}
		}
		if n := w.Count(t, audit.KindUserDisabled); n != 1 {
			t.Errorf("%d events of eight calls, want 1", n)
		}
		acts = acts[:0]
		for _, name := range roles {
			acts = append(acts, func() error {
				_, err := w.users.ChangeAppMetadata(t.Context(), u.ID, admin.AppMetadata{Set: map[string]json.RawMessage{name: json.RawMessage("1")}}, grace.By)
				return err
			})
		}
		for _, err := range roomtest.At(acts...) {
			if err != nil {
				t.Errorf("app_metadata: %v", err)
			}
		}
		if u, err := w.users.Find(t.Context(), u.ID); err != nil || u.AppMetadata != `{"a":1,"b":1,"c":1,"d":1}` {
			t.Errorf("app_metadata is %s (%v): a change was lost", u.AppMetadata, err)
		}
	})
}
