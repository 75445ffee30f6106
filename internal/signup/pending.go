package signup

import (
	"context"
	"errors"
	"net/netip"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/link"
	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// prefixProof starts the proof in the answer to a sign-up. It shows that
	// the link is used by the program or browser that signed up.
	prefixProof = "sps_"
	// maxPasswords is the number of passwords of pending sign-ups kept for an
	// address, and so of hashes that a wrong one costs.
	maxPasswords = 8
	// passwordLook is the number of rows read to choose them: concurrent
	// sign-ups do not see one another.
	passwordLook = 64
)

// network is the network of a client: an IPv4 address or the /64 of an IPv6
// address.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	return ratelimit.Client(a)
}

// sourceOf names the network and the browser that a request came from, or gives
// nothing if the network is not known.
func sourceOf(o audit.Origin) string {
	from := network(o.Address)
	if from == "" {
		return ""
	}
	return secret.Hash(from + "\x00" + o.UserAgent)
}

// sameSource reports whether two requests came from one network and browser.
func sameSource(a, b audit.Origin) bool {
	return sourceOf(a) != "" && sourceOf(a) == sourceOf(b)
}

// kept says which passwords of an address stay, of rows that are the newest
// first: the newest of each network, then the newest of the rest.
func kept(rows []store.PendingSignup) (keep, drop []store.PendingSignup) {
	seen := map[string]bool{}
	var rest []store.PendingSignup
	for _, r := range rows {
		if from := network(r.IP); !seen[from] && len(keep) < maxPasswords {
			seen[from] = true
			keep = append(keep, r)
		} else {
			rest = append(rest, r)
		}
	}
	room := min(maxPasswords-len(keep), len(rest))
	return append(keep, rest[:room]...), rest[room:]
}

// passwords reads the sign-ups of an address whose passwords count.
func (up *SignUps) passwords(ctx context.Context, tx *store.Tx, canonical string) ([]store.PendingSignup, error) {
	rows, err := tx.Signups.WithPassword(ctx, canonical, up.opts.Clock.Now(), passwordLook)
	keep, _ := kept(rows)
	return keep, err
}

// addSignUp writes a sign-up and forgets the passwords that are too many. The
// links of those go on.
func (up *SignUps) addSignUp(ctx context.Context, tx *store.Tx, p store.PendingSignup) error {
	if err := tx.Signups.Insert(ctx, p); err != nil {
		return err
	}
	rows, err := tx.Signups.WithPassword(ctx, p.EmailCanonical, up.opts.Clock.Now(), passwordLook)
	if err != nil {
		return err
	}
	_, drop := kept(rows)
	for _, r := range drop {
		if _, err := tx.Signups.DropPassword(ctx, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// signUpOf reads the sign-up that a row's link is of, without its password if it
// does not stand any more. One that was renewed goes on as another row, which its
// proof names.
func (up *SignUps) signUpOf(ctx context.Context, tx *store.Tx, p store.PendingSignup) (store.PendingSignup, error) {
	if p.SignupID == "" {
		return p, nil
	}
	s, err := tx.Signups.ByID(ctx, p.SignupID)
	if errors.Is(err, store.ErrNotFound) {
		return store.PendingSignup{}, nil
	}
	if err == nil && !s.SupersededAt.IsZero() && s.ProofHash != "" {
		renewed, err := tx.Signups.ByProof(ctx, s.EmailCanonical, s.ProofHash, up.opts.Clock.Now())
		if !errors.Is(err, store.ErrNotFound) {
			return renewed, err
		}
	}
	if link.State(up.opts.Clock.Now(), s.ExpiresAt, s.ConsumedAt, s.SupersededAt) != "" {
		s.PasswordHash = ""
	}
	return s, err
}

// proves reports whether a proof is the one whose hash is kept.
func proves(proof, hash string) bool {
	return hash != "" && secret.WellFormed(proof, prefixProof) && secret.Hash(proof) == hash
}
