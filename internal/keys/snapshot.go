package keys

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// snapshot is the keys as they stood when they were last read. It is immutable.
type snapshot struct {
	keys []*Key // the greatest (ActiveAt, kid) first
	byID map[string]*Key
	jwks []byte
}

func newSnapshot(keys []*Key) (*snapshot, error) {
	slices.SortFunc(keys, func(a, b *Key) int { return newer(a.row, b.row) })
	s := &snapshot{keys: keys, byID: make(map[string]*Key, len(keys))}
	set := struct {
		Keys []json.RawMessage `json:"keys"`
	}{Keys: []json.RawMessage{}}
	for _, k := range keys {
		s.byID[k.row.ID] = k
		if k.jwk != nil {
			set.Keys = append(set.Keys, k.jwk)
		}
	}
	var err error
	if s.jwks, err = json.Marshal(set); err != nil {
		return nil, fmt.Errorf("write JWK set: %w", err)
	}
	return s, nil
}

func emptyJWKS() []byte { return []byte(`{"keys":[]}`) }

// newer sorts the key that signs before the one that it replaced.
func newer(a, b store.SigningKey) int {
	return cmp.Or(b.ActiveAt.Compare(a.ActiveAt), cmp.Compare(b.ID, a.ID))
}

// find gives a key that has not expired.
func (s *snapshot) find(kid string, now time.Time) *Key {
	k := s.byID[kid]
	if k == nil || !k.verifies(now) {
		return nil
	}
	return k
}

// active is the newest key that is neither retiring nor waiting. If all wait,
// because this clock is behind that of the instance which made them, the one
// that has waited longest signs.
func (s *snapshot) active(now time.Time) *Key {
	var waiting *Key
	for _, k := range s.keys {
		switch {
		case !k.row.ExpiresAt.IsZero():
		case !k.row.ActiveAt.After(now):
			return k
		default:
			waiting = k
		}
	}
	return waiting
}

// keep gives the key that a row held before, for a row that no longer opens: it
// was damaged, or sealed anew with a secret key that this process was not given.
// The kid says that it is the same key.
func (s *snapshot) keep(row store.SigningKey) *Key {
	k := s.byID[row.ID]
	if k == nil || k.row.Algorithm != row.Algorithm {
		return nil
	}
	again := *k
	again.row = row
	return &again
}

// reuse gives the opened key of a row that has not changed in what matters, so
// that reading the ring again opens nothing twice.
func (s *snapshot) reuse(row store.SigningKey) *Key {
	k := s.byID[row.ID]
	if k == nil || k.row.Algorithm != row.Algorithm || k.row.PrivateSealed != row.PrivateSealed {
		return nil
	}
	again := *k
	again.row = row
	return &again
}
