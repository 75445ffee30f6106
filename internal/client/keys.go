package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// maxKeys bounds the keys of a client. A rotation needs two.
const maxKeys = 10

// settings is what store.Client.Settings holds.
type settings struct {
	// JWKS is the client's public keys as a JWK set, absent if it has none.
	JWKS json.RawMessage `json:"jwks,omitempty"`
}

// Key is what may be told of a key of a client.
type Key struct{ KeyID, Algorithm string }

// Keys replaces the public keys of a client that authenticates by them. Those of
// before count no longer.
//
// Errors: client_not_found, client_auth_method, invalid_input.
func (cs *Clients) Keys(ctx context.Context, clientID string, jwks []byte, by audit.Operator) error {
	kept, err := keySet(jwks)
	if err != nil {
		return fault.ErrInvalidInput.WithFields(fault.Wrong("jwks", "jwks"))
	}
	now := cs.now()
	return cs.changeMethod(ctx, clientID, now, true, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Clients.SetSettings(ctx, clientID, settingsOf(kept), now); err != nil { // the row is held
			return err
		}
		return cs.opts.Trail.Record(ctx, tx, changed(by, audit.KindClientKeysReplaced, clientID))
	})
}

// changeMethod is change for what only clients with keys have, or only clients
// with secrets.
//
// Errors: client_not_found, client_auth_method.
func (cs *Clients) changeMethod(ctx context.Context, clientID string, now time.Time, keys bool, fn func(context.Context, *store.Tx) error) error {
	other := false
	err := cs.change(ctx, clientID, now, func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.Clients.ByClientID(ctx, clientID)
		if other = err == nil && (c.AuthMethod == PrivateKeyJWT) != keys; err != nil || other {
			return err
		}
		return fn(ctx, tx)
	})
	if err == nil && other {
		return ErrAuthMethod
	}
	return err
}

// keySet reads the JWK set that an operator gives, and writes what is kept of it:
// public keys for signatures, each with its kid and its algorithm. A set with a key
// that would not count is refused, and so is one with a private key.
func keySet(text []byte) (kept json.RawMessage, err error) {
	keys, err := jws.ParseSet(text)
	if err != nil {
		return nil, err
	}
	var given struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, fmt.Errorf("read JWK set: %w", err)
	}
	if len(keys) == 0 || len(keys) > maxKeys || len(keys) != len(given.Keys) {
		return nil, errors.New("not 1 to 10 usable keys")
	}
	given.Keys = nil
	for _, kid := range slices.Sorted(maps.Keys(keys)) {
		key, err := keys[kid].JWK(kid)
		if err != nil {
			return nil, fmt.Errorf("write JWK: %w", err)
		}
		if len(kid) > maxWord {
			return nil, errors.New("a kid is too long")
		}
		given.Keys = append(given.Keys, key)
	}
	return json.Marshal(given)
}

// settingsOf writes what is kept beside a client's columns.
func settingsOf(jwks json.RawMessage) string {
	text, _ := json.Marshal(settings{JWKS: jwks}) // which is JSON already
	return string(text)
}

// keysOf gives the public keys of a client by kid.
func keysOf(c store.Client) (map[string]*jws.Public, error) {
	var s settings
	if err := json.Unmarshal([]byte(c.Settings), &s); err != nil {
		return nil, fmt.Errorf("read settings of client %s: %w", c.ClientID, err)
	}
	if s.JWKS == nil {
		return nil, nil
	}
	return jws.ParseSet(s.JWKS)
}

// shownKeys are the keys of a client by kid.
func shownKeys(c store.Client) (shown []Key, err error) {
	keys, err := keysOf(c)
	for _, kid := range slices.Sorted(maps.Keys(keys)) {
		shown = append(shown, Key{KeyID: kid, Algorithm: keys[kid].Algorithm()})
	}
	return shown, err
}
