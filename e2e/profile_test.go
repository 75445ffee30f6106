package e2e_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

func TestTheProfileIsTheUsersOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, address(t, 1))
	patch := func(body string) apptest.Answer {
		return w.Do(t, apptest.Request{Method: http.MethodPatch, Path: "/auth/me", Body: body, Bearer: tokens.AccessToken})
	}
	var changed, read map[string]any
	patch(`{"name":"Countess","metadata":{"theme":"dark","n":12345678901234567890}}`).Want(t, http.StatusOK, "").Read(t, &changed)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "").Read(t, &read)
	none := map[string]any{"passwords": 0.0, "codes": 0.0}
	if diff := cmp.Diff(any(none), read["refused_sign_ins"]); diff != "" {
		t.Errorf("nobody was refused, and the user reads:\n%s", diff)
	}
	delete(read, "refused_sign_ins") // only where the profile is read
	if diff := cmp.Diff(changed, read); diff != "" {
		t.Errorf("what a change answers is not what is read:\n%s", diff)
	}
	if read["name"] != "Countess" {
		t.Errorf("the name is %v", read["name"])
	}
	// The members that every user has, and no others.
	var spec struct {
		Components struct {
			Schemas struct {
				User struct{ Required []string }
			}
		}
	}
	w.Get(t, "/openapi.json", "").Want(t, http.StatusOK, "").Read(t, &spec)
	members := spec.Components.Schemas.User.Required
	if !slices.Contains(members, "id") {
		t.Fatalf("the contract says that a user has %v", members)
	}
	for _, name := range members {
		if _, ok := read[name]; !ok {
			t.Errorf("the user has no %s", name)
		}
		delete(read, name)
	}
	if len(read) > 0 {
		t.Errorf("the user has members that the contract does not name: %v", read)
	}
	for _, body := range []string{`{"email":"eve@people.example"}`, `{"roles":["admin"]}`, `{"email_verified":true}`, `{"id":"x"}`, `{"metadata":[]}`, `{"name":null}`} {
		patch(body).Want(t, http.StatusUnprocessableEntity, "invalid_input")
	}
	w.Do(t, apptest.Request{Method: http.MethodPatch, Path: "/auth/me", Body: `{"name":"Eve"}`}).
		Want(t, http.StatusUnauthorized, "token_required")
}
