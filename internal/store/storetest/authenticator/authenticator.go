// Package authenticator is the part of storetest's list of promises that is
// about what users prove who they are with, beside a password.
package authenticator

import (
	"fmt"
	"maps"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

// Promises lists them by name.
func Promises() map[string]func(*testing.T, *store.Store) {
	all := passkeyPromises()
	maps.Copy(all, factorPromises())
	maps.Copy(all, magicLinkPromises())
	return all
}

// someUser is a user in the store.
func someUser(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	u := store.User{
		ID: id.Random(), Email: name + "@Example.com", EmailCanonical: name + "@example.com", Name: name, Metadata: "{}",
		Status: store.UserActive, Epoch: 1, CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0),
	}
	expect.Check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}

// numbered gives names that sort by number.
func numbered(prefix string, n int) string { return fmt.Sprintf("%s-%04d", prefix, n) }
