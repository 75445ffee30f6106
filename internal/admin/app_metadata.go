package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/rbac"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// AppMetadata is a change of what operators know of a user.
type AppMetadata struct {
	Replace json.RawMessage // the whole object; nil to begin with what is there
	// Set are members that get a value; Remove are names of members that go.
	Set    map[string]json.RawMessage
	Remove []string
}

// ChangeAppMetadata changes the JSON object that operators, and they alone, keep with a
// user, and returns it. Tokens that were issued stay as they are: the next refresh has
// the new claims. [Users.SignOut] besides makes a change count at once.
//
// Errors: invalid_input for no JSON object, or one that with the user's roles is more
// than tokens have room for; user_not_found; user_status for a user who was erased;
// outranked.
func (us *Users) ChangeAppMetadata(ctx context.Context, who string, c AppMetadata, by audit.Operator) (string, error) {
	var object string
	err := us.change(ctx, "change app_metadata", rbac.AssignRoles, who, Change{By: by}, func(ctx context.Context, tx *store.Tx, u store.User) (err error) {
		if object, err = c.of(u); err != nil || object == u.AppMetadata {
			return err
		}
		if _, err := tx.Users.SetAppMetadata(ctx, u.ID, object, clock.Stored(us.opts.Clock)); err != nil { // the row is held
			return err
		}
		return us.opts.Trail.Record(ctx, tx, by.Event(audit.KindAppMetadataChanged, u.ID))
	})
	return object, err
}

// of is what the change makes of a user's object.
func (c AppMetadata) of(u store.User) (string, error) {
	text := c.Replace
	if text == nil {
		text = json.RawMessage(u.AppMetadata)
	}
	members := map[string]json.RawMessage{}
	if c.Replace != nil || len(text) > 0 {
		var err error
		if members, err = jws.ParseObject(text); err != nil {
			return "", token.ErrAppMetadata
		}
	}
	maps.Copy(members, c.Set)
	for _, name := range c.Remove {
		delete(members, name)
	}
	if len(members) == 0 && u.AppMetadata == "" {
		return "", nil
	}
	object, err := json.Marshal(members)
	if err != nil {
		return "", fmt.Errorf("write app_metadata: %w", err)
	}
	written, err := token.ReadAppMetadata(object)
	if err == nil {
		err = token.CheckUserData(written, u.ExternalID, u.Roles)
	}
	return written, err
}
