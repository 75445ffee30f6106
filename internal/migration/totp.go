package migration

import (
	"context"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// leastTOTP is how long a secret of an authenticator app must be (RFC 4226 §4 R6).
const leastTOTP = 16

// readTOTP reads the secret of an authenticator app, in base32 as it is typed into one:
// six digits by SHA-1 every 30 seconds, as this program verifies. Like roles, it is for
// verified users alone.
func (o Options) readTOTP(p *person, typed string) {
	if typed == "" {
		return
	}
	plain := strings.TrimRight(strings.ToUpper(strings.ReplaceAll(typed, " ", "")), "=")
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(plain)
	switch {
	case err != nil || len(raw) < leastTOTP || o.Seal == nil:
		p.without = append(p.without, partTOTP)
	case !p.verified:
		p.without = append(p.without, partNoTOTP)
	default:
		p.totp = plain
	}
}

// insertTOTP adds authenticator apps, sealed.
func (r *run) insertTOTP(ctx context.Context, tx *store.Tx, people []person, users []store.User, now time.Time) error {
	for n, p := range people {
		if p.totp == "" {
			continue
		}
		row := store.TOTP{UserID: users[n].ID, ID: id.Random(), CreatedAt: now, ConfirmedAt: now}
		var err error
		if row.SecretSealed, err = r.Seal(row.ID, p.totp); err != nil {
			return fmt.Errorf("seal the secret of an authenticator app: %w", err)
		}
		if err := tx.TOTPs.Insert(ctx, row); err != nil {
			return err
		}
	}
	return nil
}
