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

// Credentials are how a client says who it is: its client_id and a secret, or an
// assertion, and the method by which they came. Beside an assertion ClientID may be
// empty; Audiences are those that the assertion may be for.
type Credentials struct {
	ClientID, Secret, Method string
	Assertion                string
	Audiences                []string
}

// Why a client was not let in. Only the trail tells these apart.
const (
	reasonUnknown     = "unknown_client"
	reasonDisabled    = "disabled_client"
	reasonMethod      = "auth_method"
	reasonWrongSecret = "wrong_secret"

	reasonMalformed      = "malformed_assertion"
	reasonUnknownKey     = "unknown_key"
	reasonWrongSignature = "wrong_signature"
	reasonClaims         = "assertion_claims"
	reasonLifetime       = "assertion_lifetime"
	reasonReplayed       = "assertion_replayed"
)

// Authenticated is a client that has proved who it is.
type Authenticated struct {
	store.Client
	readAt time.Time // before the row was read
}

// Authenticate gives the client whose credentials these are. What is wrong with
// them is told to nobody but the trail, and costs the same reads and the same
// comparison or verification as what is right.
//
// Errors: invalid_client.
func (cs *Clients) Authenticate(ctx context.Context, c Credentials, o audit.Origin) (Authenticated, error) {
	prove := cs.bySecret
	if c.Method == PrivateKeyJWT {
		prove = cs.byAssertion
	}
	now := cs.now()
	row, reason, err := prove(ctx, c, now)
	if err != nil {
		return Authenticated{}, err
	}
	if reason != "" {
		return Authenticated{}, errors.Join(ErrInvalidClient, cs.refused(ctx, row.ClientID, reason, o))
	}
	a := Authenticated{Client: row, readAt: now}
	if c.Method != PrivateKeyJWT { // an assertion is never taken twice
		cs.seen.put(c, a, now)
	}
	return a, nil
}

// named reads a client; known is false if there is none of that name.
func (cs *Clients) named(ctx context.Context, clientID string) (row store.Client, known bool, err error) {
	if !clientIDForm.MatchString(clientID) || len(clientID) > maxClientID {
		clientID = "" // which nobody has
	}
	row, err = cs.opts.Store.Direct().Clients.ByClientID(ctx, clientID)
	if errors.Is(err, store.ErrNotFound) {
		return store.Client{}, false, nil
	}
	if err != nil {
		return store.Client{}, false, fmt.Errorf("read client: %w", err)
	}
	return row, true, nil
}

// bySecret gives the client that a client_id names, and why it is not let in.
func (cs *Clients) bySecret(ctx context.Context, c Credentials, now time.Time) (row store.Client, reason string, err error) {
	row, known, err := cs.named(ctx, c.ClientID)
	if err != nil {
		return row, "", err
	}
	secrets, err := cs.opts.Store.Direct().Secrets.List(ctx, row.ClientID)
	if err != nil {
		return row, "", fmt.Errorf("read secrets of client: %w", err)
	}
	used := match(secrets, c.Secret, now)
	switch {
	case !known:
		return row, reasonUnknown, nil
	case row.AuthMethod == PrivateKeyJWT: // it has no secret
		return row, reasonMethod, nil
	case used == nil:
		return row, reasonWrongSecret, nil
	case c.Method != row.AuthMethod:
		return row, reasonMethod, nil
	case !row.DisabledAt.IsZero():
		return row, reasonDisabled, nil
	}
	cs.recordUse(ctx, *used, now)
	return row, "", nil
}

// recordUse writes when a secret was used, once in a while.
func (cs *Clients) recordUse(ctx context.Context, used store.ClientSecret, now time.Time) {
	since := now.Add(-usedEvery)
	if !used.LastUsedAt.Before(since) {
		return
	}
	if _, err := cs.opts.Store.Direct().Secrets.Used(ctx, used.ClientID, used.ID, now, since); err != nil {
		cs.opts.Log.WarnContext(ctx, "use of a client secret not recorded", slog.Any("error", err))
	}
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
