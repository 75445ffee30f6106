package store

import (
	"context"
	"time"
)

// History is the port of those who restore or move a whole database. Each call
// concerns every row of the realm, however many there are, and says how many it
// changed. Run twice, a method changes what the first run left.
type History interface {
	// Renew gives the feed another history. Whoever holds a copy of the
	// revocation list builds it anew.
	Renew(ctx context.Context, historyID string) error
	// RaiseEpochs sets every user's epoch to the given one, and adds step to
	// those that are as high already.
	RaiseEpochs(ctx context.Context, to, step int64) (int, error)
	// EndSessions ends every session that has not ended. It leaves no entry in
	// the revocation list.
	EndSessions(ctx context.Context, reason string, now time.Time) (int, error)
	// ConsumeTokens consumes every one-time token that is neither consumed nor
	// superseded.
	ConsumeTokens(ctx context.Context, now time.Time) (int, error)
	// SupersedeSignups supersedes every pending sign-up that is neither consumed
	// nor superseded.
	SupersedeSignups(ctx context.Context, now time.Time) (int, error)
	// DropSecretJobs makes every job done that holds a secret, and erases the
	// secret. Whoever runs one records no outcome.
	DropSecretJobs(ctx context.Context, lastError string, now time.Time) (int, error)
	// ReleaseJobs makes every running job ready. Whoever runs one records no
	// outcome.
	ReleaseJobs(ctx context.Context, now time.Time) (int, error)
	// DropSigningKeys deletes every signing key: no token that was signed before
	// verifies any more.
	DropSigningKeys(ctx context.Context) (int, error)
}
