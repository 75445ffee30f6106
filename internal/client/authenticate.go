package client

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// usedEvery is how often at most it is written when a secret was last used.
const usedEvery = time.Minute

// Credentials are how a client says who it is: its client_id, a secret, and the
// method by which they came.
type Credentials struct {
	ClientID, Secret, Method string
}

// Why a client was not let in. Only the trail tells these apart.
const (
	reasonUnknown     = "unknown_client"
	reasonDisabled    = "disabled_client"
	reasonMethod      = "auth_method"
	reasonWrongSecret = "wrong_secret"
)

// Authenticated is a client that has proved who it is.
type Authenticated struct {
	store.Client
	readAt time.Time // before the row was read
}

// Authenticate gives the client whose credentials these are. What is wrong with
// them is told to nobody but the trail, and costs the same reads and the same
// comparison as what is right.
//
// Errors: invalid_client.
func (cs *Clients) Authenticate(ctx context.Context, c Credentials, o audit.Origin) (Authenticated, error) {
	if !clientIDForm.MatchString(c.ClientID) || len(c.ClientID) > maxClientID {
		c.ClientID = "" // which nobody has
	}
	direct, now := cs.opts.Store.Direct(), cs.now()
	row, err := direct.Clients.ByClientID(ctx, c.ClientID)
	unknown := errors.Is(err, store.ErrNotFound)
	if err != nil && !unknown {
		return Authenticated{}, fmt.Errorf("read client: %w", err)
	}
	secrets, err := direct.Secrets.List(ctx, c.ClientID)
	if err != nil {
		return Authenticated{}, fmt.Errorf("read secrets of client: %w", err)
	}
	used := match(secrets, c.Secret, now)
	reason := ""
	switch {
	case unknown:
		reason = reasonUnknown
	case used == nil:
		reason = reasonWrongSecret
	case c.Method != row.AuthMethod:
		reason = reasonMethod
	case !row.DisabledAt.IsZero():
		reason = reasonDisabled
	}
	if reason != "" {
		return Authenticated{}, errors.Join(ErrInvalidClient, cs.refused(ctx, row.ClientID, reason, o))
	}
	if since := now.Add(-usedEvery); used.LastUsedAt.Before(since) {
		if _, err := direct.Secrets.Used(ctx, used.ClientID, used.ID, now, since); err != nil {
			cs.opts.Log.WarnContext(ctx, "use of a client secret not recorded", slog.Any("error", err))
		}
	}
	a := Authenticated{Client: row, readAt: now}
	cs.seen.put(c, a, now)
	return a, nil
}

// refused records why a client was not let in; clientID is empty if there is none.
func (cs *Clients) refused(ctx context.Context, clientID, reason string, o audit.Origin) error {
	e := audit.Event{Kind: audit.KindClientRefused, Outcome: audit.Failure, Reason: reason, Origin: o}
	if clientID != "" {
		e.Details = map[string]any{"client_id": clientID}
	}
	return cs.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error { return cs.opts.Trail.Record(ctx, tx, e) })
}

// decoy is compared where a client has fewer secrets than it may have.
var decoy = store.ClientSecret{SecretHash: secret.Hash("")}

// match finds the secret that was given among those that count, by as many
// comparisons in constant time whether or not there is one.
func match(secrets []store.ClientSecret, given string, now time.Time) (found *store.ClientSecret) {
	hash := []byte(secret.Hash(given))
	for n := range max(len(secrets), 2) {
		s := decoy
		if n < len(secrets) {
			s = secrets[n]
		}
		if subtle.ConstantTimeCompare(hash, []byte(s.SecretHash)) == 1 && n < len(secrets) && live(s, now) {
			found = &secrets[n]
		}
	}
	return found
}

// live reports whether a secret counts.
func live(s store.ClientSecret, now time.Time) bool {
	return s.ExpiresAt.IsZero() || now.Before(s.ExpiresAt)
}
