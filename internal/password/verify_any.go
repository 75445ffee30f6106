package password

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// VerifyAny finds which of several stored strings a password matches, the first
// that does, and gives -1 if none does. An empty string is verified against a
// decoy and never matches. All of it takes one slot, one string after another.
//
// Errors: busy.
func (h *Hasher) VerifyAny(ctx context.Context, encoded []string, password string) (which int, err error) {
	ctx, span := telemetry.Start(ctx, "password.verify_any")
	defer func() { span.End(err) }()
	tooLong := len(password) > maxBytes // no account has such a password
	if tooLong {
		password = password[:maxBytes]
	}
	stored, decoy := make([]verifier, len(encoded)), make([]bool, len(encoded))
	for n, text := range encoded {
		if stored[n], decoy[n], err = h.readable(ctx, "", text); err != nil {
			return -1, err
		}
	}
	release, err := h.pool.acquire(ctx)
	if err != nil {
		return -1, err
	}
	defer release()
	form := normal(password)
	for n, s := range stored {
		// Another system may have hashed what was typed.
		match := s.verify(form) || form != password && s.verify(password)
		if match && !decoy[n] && !tooLong {
			return n, nil
		}
	}
	return -1, nil
}
