// Package storetest is the list of promises that every engine behind package
// store must keep. Each promise is a function of a store and nothing else, and
// gets one of its own. Whole records are compared, so that a column that is misread
// shows; a row that may have one winner is raced for by [racers] callers, half of
// them in transactions of their own.
package storetest

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
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
		sessionPromises(), refreshPromises(), revocationPromises(), attemptPromises(), jobPromises(), jobDeskPromises(),
		auditPromises(), auditTreePromises(), keyPromises(), restorePromises(), idempotencyPromises(), clientPromises(), hookPromises(),
		passkeyPromises(), factorPromises(), magicLinkPromises(), browserPromises(), sessionListPromises(),
		emailChangePromises(), deletionPromises(), erasurePromises(), userHoldPromises(), importPromises(), rolePromises(), invitationPromises(), statsPromises(),
	} {
		maps.Copy(promises, some)
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

// numbered gives names that sort by number.
func numbered(prefix string, n int) string { return fmt.Sprintf("%s-%04d", prefix, n) }
