package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Peek reports whether a refresh token would be exchanged right now, and of which
// session it is. It changes nothing: the token is not spent, and one that was
// replayed ends nothing.
//
// Errors: unavailable.
func (s *Sessions) Peek(ctx context.Context, raw string) (sess store.Session, works bool, err error) {
	p, ok := s.codec.read(raw)
	if !ok {
		return store.Session{}, false, nil
	}
	view, err := s.store.Direct().Sessions.View(ctx, p.sessionID)
	if errors.Is(err, store.ErrNotFound) {
		return store.Session{}, false, nil
	}
	if err != nil {
		return store.Session{}, false, unavailable(fmt.Errorf("read session: %w", err))
	}
	_, err = s.audienceOf(&view.Session, "")
	return view.Session, err == nil && classify(p, &view, s.limits).answers(), nil
}
