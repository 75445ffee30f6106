package password

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // the form in which breached passwords are passed around; nothing is protected by it
	_ "embed"     // the set of breached passwords
	"fmt"
	"log/slog"

	"github.com/FastFilter/xorfilter"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// breachedData is the set of the passwords most common in breaches, 600,000 of
// them, made by tools/breachedpasswords. That program says where they come from,
// and their licences stand in breached.LICENSE.
//
//go:embed breached.fuse
var breachedData []byte

// breachedSet holds the hashes of breached passwords in lower case, in two bytes
// each. It has every one of them, and takes one in 65,536 other passwords for one.
type breachedSet = *xorfilter.BinaryFuse[uint16]

func readBreached() (breachedSet, error) {
	return xorfilter.LoadBinaryFuse[uint16](bytes.NewReader(breachedData))
}

// Breaches knows passwords of breaches beside the embedded ones, by the SHA-1 of
// their UTF-8 form.
type Breaches interface {
	// Has reports whether the password of a sum is among them. An error says that
	// they could not be asked.
	Has(ctx context.Context, sum [sha1.Size]byte) (bool, error)
}

// unbreached asks what the operator has set up. A password that cannot be looked up
// is refused for now, unless the operator would rather have it taken: then the log
// and a counter tell.
func (h *Hasher) unbreached(ctx context.Context, normal string) error {
	sum := sha1.Sum([]byte(normal)) //nolint:gosec // see the import
	for _, b := range h.opts.Breaches {
		found, err := b.Has(ctx, sum)
		switch {
		case found:
			h.opts.Tally.Add(breachLookups, "found")
			return errBreached
		case err == nil:
			h.opts.Tally.Add(breachLookups, "clean")
		case h.opts.TakeUnchecked && ctx.Err() == nil:
			h.opts.Tally.Add(breachLookups, "failed")
			h.opts.Log.WarnContext(ctx, "password is taken unchecked", slog.Any("error", err))
		default:
			h.opts.Tally.Add(breachLookups, "failed")
			return fault.ErrUnavailable.WithCause(fmt.Errorf("look a password up: %w", err))
		}
	}
	return nil
}

// breachLookups is the counter of look-ups by what they came to.
const breachLookups = "breach_lookup"
