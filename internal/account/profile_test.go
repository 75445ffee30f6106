package account_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
)

func TestTwoChangesOfTheProfileDoNotUndoOneAnother(t *testing.T) {
	t.Parallel()
	h := roomtest.New(t)
	u := h.Join(t, ada)
	owner := h.Asker(t, u)
	metadata, name := json.RawMessage(`{"theme": "dark"}`), "Countess"
	for _, err := range roomtest.At(
		func() error {
			_, err := h.UpdateProfile(t.Context(), owner, account.ProfileChange{Name: &name})
			return err
		},
		func() error {
			_, err := h.UpdateProfile(t.Context(), owner, account.ProfileChange{Metadata: &metadata})
			return err
		},
	) {
		if err != nil {
			t.Error(err)
		}
	}
	if got := h.User(t, ada); got.Name != name || got.Metadata != `{"theme":"dark"}` {
		t.Errorf("after both changes: %q, %s", got.Name, got.Metadata)
	}
	// Somebody else changes the profile between the look and the change.
	other := "Lovelace"
	h.Gate.Once(func() {
		if _, err := h.UpdateProfile(t.Context(), owner, account.ProfileChange{Name: &other}); err != nil {
			t.Error(err)
		}
	})
	empty := json.RawMessage(`{}`)
	answered, err := h.UpdateProfile(t.Context(), owner, account.ProfileChange{Metadata: &empty})
	if err != nil || answered.Name != other || answered.Metadata != `{}` {
		t.Errorf("%+v, %v", answered, err)
	}
	if diff := cmp.Diff(h.User(t, ada).UpdatedAt.UTC(), answered.UpdatedAt.UTC()); diff != "" {
		t.Errorf("updated_at is answered otherwise than stored:\n%s", diff)
	}
}
