package idempotency

import (
	"context"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
)

type callKey struct{}

// With gives a context that belongs to a call. Rooms do not know of keys: what
// they open in such a context is noted by [Opened].
func With(ctx context.Context, c *Call) context.Context { return context.WithValue(ctx, callKey{}, c) }

// Held reports whether a context belongs to a call with a key.
func Held(ctx context.Context) bool {
	_, ok := ctx.Value(callKey{}).(*Call)
	return ok
}

// Opened notes, in the transaction that opens a session, that the call of ctx
// opened it. Without a call it does nothing.
//
// Errors: request_in_progress if another request took the key over, or this one
// has opened a session before; it undoes the transaction.
func Opened(ctx context.Context, tx *store.Tx, sessionID string) error {
	c, ok := ctx.Value(callKey{}).(*Call)
	if !ok {
		return nil
	}
	noted, err := tx.Idempotency.Opened(ctx, c.hash, c.holder, sessionID)
	if err != nil {
		return fmt.Errorf("note session of idempotent call: %w", err)
	}
	if !noted {
		return ErrInProgress
	}
	return nil
}
