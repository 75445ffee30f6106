// Package storetest is the list of promises that every engine behind package
// store must keep. Each promise is a function of a store and nothing else, and
// gets one of its own.
package storetest

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/authenticator"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/cookies"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/leavers"
)

// promise is what an engine must keep. It is given a store without users.
type promise func(*testing.T, *store.Store)

// Subject is a store that is held to the promises, and what a test can do to it
// beside using it.
type Subject struct {
	*store.Store

	// PauseBeforeCommit holds up the next transaction that revokes: it calls fn when
	// nothing but COMMIT is left to do.
	PauseBeforeCommit func(fn func())
	// RevokeWithoutMark revokes as an instance of an earlier version does, which
	// knows no marks.
	RevokeWithoutMark func(ctx context.Context, r store.Revocation) error
}

// Run holds the stores that open makes to every promise.
func Run(t *testing.T, open func(t *testing.T) Subject) {
	t.Helper()
	promises := map[string]promise{}
	for _, some := range []map[string]promise{
		txPromises(), textPromises(), userPromises(), credentialPromises(), signupPromises(), tokenPromises(),
		sessionPromises(), refreshPromises(), revocationPromises(), attemptPromises(), jobPromises(), ledgerPromises(),
		auditPromises(), keyPromises(), historyPromises(), idempotencyPromises(), clientPromises(),
	} {
		maps.Copy(promises, some)
	}
	for _, some := range []map[string]func(*testing.T, *store.Store){authenticator.Promises(), cookies.Promises(), leavers.Promises()} {
		for name, test := range some {
			promises[name] = test
		}
	}
	for name, test := range promises {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t).Store)
		})
	}
	for name, test := range map[string]func(*testing.T, Subject){
		"Revocations/PausedCommitIsFirst": revocationsPausedCommit,
		"Revocations/OfEarlierVersions":   revocationsOfEarlierVersions,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// write runs fn in a transaction that must succeed.
func write(t *testing.T, st *store.Store, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := st.Tx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// newUser is a user who is not in the store yet.
func newUser(name string) store.User {
	return store.User{
		ID: id.Random(), Email: name + "@Example.com", EmailCanonical: name + "@example.com",
		Name: name, Language: "de", Metadata: "{}", Status: store.UserActive, Epoch: 1, CreatedAt: expect.Moment(0), UpdatedAt: expect.Moment(0),
	}
}

// someUser is a user in the store.
func someUser(t *testing.T, st *store.Store, name string) store.User {
	t.Helper()
	u := newUser(name)
	expect.Check(t, st.Direct().Users.Insert(t.Context(), u))
	return u
}

// newSession is a session of u that is not in the store yet.
func newSession(u store.User) store.Session {
	return store.Session{
		ID: id.Random(), UserID: u.ID,
		RefreshState: store.RefreshState{Nonce: secret.Encode(secret.Bytes(16)), Parent: store.NoParent, RotatedAt: expect.Moment(0)},
		UserEpoch:    u.Epoch, ClientID: "sallyport", Audience: "https://auth.example.com", Scope: "openid", Kind: "user",
		AMR: []string{"pwd", "otp"}, ACR: "aal2", AuthTime: expect.Moment(0), ConfirmationJKT: "jkt",
		ExpiresAt: expect.Moment(100), IdleExpiresAt: expect.Moment(50), UserAgent: "agent", Address: "2001:db8::1", DeviceName: "phone",
		CreatedAt: expect.Moment(0), LastSeenAt: expect.Moment(1),
	}
}

// someSession is a session in the store.
func someSession(t *testing.T, st *store.Store, u store.User) store.Session {
	t.Helper()
	s := newSession(u)
	expect.Check(t, st.Direct().Sessions.Insert(t.Context(), s))
	return s
}

// numbered gives names that sort by number.
func numbered(prefix string, n int) string { return fmt.Sprintf("%s-%04d", prefix, n) }
