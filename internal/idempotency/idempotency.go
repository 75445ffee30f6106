// Package idempotency owns requests that a client may send again because it did
// not get the answer: the same Idempotency-Key with the same body answers the
// same outcome, and what the request makes is made once.
//
// # States
//
//	none ──(begin)──► held ──(opened a session)──► made ──(answered)──► answered
//	                   │ ▲                                                 │
//	                   └─┘ taken over: its holder gave up, or is silent    └─(10 minutes)─► none
//
// A request that comes first holds its key. One that comes meanwhile is told to
// wait. If the holder fails, or is not heard of for longer than a call may last,
// the next one takes over, and whatever the first still writes is undone: the
// session that a request opens is noted in the transaction that opens it, by a
// compare-and-set on the holder. So a COMMIT whose answer was lost is found by
// the next request, which goes on with that session, and a COMMIT that is still
// on its way keeps the next one waiting on the row.
//
// Only success is kept. A refusal made nothing; the request may be changed and
// sent again with the same key.
//
// # Threats
//
// Somebody who learns a key learns nothing by it: the answer is for whoever
// sends the right body, which holds the password or the token again, and after
// five other bodies the key answers nobody. A stolen database: the key and the
// body stand as keyed hashes, the answer is sealed. A flood: a row lives ten
// minutes, an answer has at most 16 KiB, and a refused request leaves none.
//
// This package never reads a body, and never decides who may call.
package idempotency

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

var (
	// ErrReused is returned for a key that came with another body before.
	ErrReused = fault.New(fault.Invalid, "idempotency_key_reused")
	// ErrInProgress is returned while another request with the same key runs.
	ErrInProgress = fault.New(fault.Conflict, "request_in_progress")
)

const (
	// keptFor is how long a key counts.
	keptFor = 10 * time.Minute
	// heldFor is how long a holder is waited for: longer than any call lasts.
	heldFor = 15 * time.Second
	// maxMisses is after how many other bodies a key answers nobody.
	maxMisses = 5
	// maxAnswer is how long an answer may be that is kept.
	maxAnswer = 16 << 10
	// tries bounds how often one request looks at its key.
	tries = 4

	sealPurpose = "idempotent answer"
)

// Keys is the room. It is safe for concurrent use, and any number of them may
// share one database.
type Keys struct {
	store   *store.Store
	keyring *secret.Keyring
	mac     *secret.MAC
	clock   clock.Clock
}

// New returns a room that works on the given store.
func New(st *store.Store, keyring *secret.Keyring, c clock.Clock) *Keys {
	return &Keys{store: st, keyring: keyring, mac: keyring.MAC("idempotency"), clock: c}
}

// Request is what a client sent with a key. Scope says to what, and who sent it:
// the same key elsewhere is another.
type Request struct {
	Scope, Key string
	Body       []byte
}

// Answer is what a client was answered.
type Answer struct {
	Status int                 `json:"status"`
	Header map[string][]string `json:"header"`
	Body   []byte              `json:"body"`
}

// Begun is what becomes of a request: the answer that was given before, the
// session that was opened before, or a call that is to be made now. An answer
// beside a session counts only while the session is as it was when it was opened;
// without an answer, what was answered is not known.
type Begun struct {
	Answer    *Answer
	SessionID string
	Call      *Call
}

// Call holds a key while its request runs.
type Call struct {
	keys         *Keys
	hash, holder string
}

// Begin looks what there is of a request, and holds its key if there is nothing.
//
// Errors: idempotency_key_reused, request_in_progress, unavailable.
func (k *Keys) Begin(ctx context.Context, r Request) (Begun, error) {
	hash := k.sum("key", r.Scope, []byte(r.Key))
	body := k.sum("body", hash, r.Body)
	for range tries {
		now := k.clock.Now()
		call := &Call{keys: k, hash: hash, holder: secret.Encode(secret.Bytes(16))}
		err := k.store.Direct().Idempotency.Insert(ctx, store.IdempotencyKey{
			KeyHash: hash, BodyHash: body, Holder: call.holder, StartedAt: now, ExpiresAt: now.Add(keptFor),
		})
		if err == nil {
			return Begun{Call: call}, nil
		}
		if !errors.Is(err, store.ErrTaken) {
			return Begun{}, fmt.Errorf("hold idempotency key: %w", err)
		}
		begun, again, err := k.look(ctx, call, body, now)
		if err != nil || !again {
			return begun, err
		}
	}
	return Begun{}, ErrInProgress.WithRetryAfter(time.Second)
}

// look says what there is of a key that somebody holds or held. again means that
// it has changed meanwhile.
func (k *Keys) look(ctx context.Context, call *Call, body string, now time.Time) (begun Begun, again bool, err error) {
	// Another body is counted before anything is read, so that of many at once no
	// more are tried than of one after the other.
	missed, err := k.store.Direct().Idempotency.Miss(ctx, call.hash, body, now)
	switch {
	case err != nil:
		return Begun{}, false, fmt.Errorf("count other body: %w", err)
	case missed:
		return Begun{}, false, ErrReused
	}
	row, err := k.store.Direct().Idempotency.ByHash(ctx, call.hash)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return Begun{}, true, nil
	case err != nil:
		return Begun{}, false, fmt.Errorf("read idempotency key: %w", err)
	case !now.Before(row.ExpiresAt):
		return Begun{}, true, k.store.Direct().Idempotency.Drop(ctx, row.KeyHash, row.Holder, now)
	case row.BodyHash != body: // the key was used anew since
		return Begun{}, true, nil
	case row.Misses >= maxMisses:
		return Begun{}, false, ErrReused
	}
	answer := k.open(row)
	if row.SessionID != "" {
		call.holder = row.Holder // to keep the answer
		return Begun{Answer: answer, SessionID: row.SessionID, Call: call}, false, nil
	}
	if answer != nil {
		return Begun{Answer: answer}, false, nil
	}
	if !row.StartedAt.IsZero() && now.Sub(row.StartedAt) < heldFor {
		return Begun{}, false, ErrInProgress.WithRetryAfter(time.Second)
	}
	taken, err := k.store.Direct().Idempotency.TakeOver(ctx, row.KeyHash, row.Holder, call.holder, now)
	if err != nil {
		return Begun{}, false, fmt.Errorf("take idempotency key over: %w", err)
	}
	if taken {
		return Begun{Call: call}, false, nil
	}
	return Begun{}, true, nil
}

// Keep keeps the answer of a call that succeeded.
func (c *Call) Keep(ctx context.Context, a Answer) error {
	plain, err := json.Marshal(a)
	if err != nil || len(plain) > maxAnswer {
		return errors.Join(c.Release(ctx), err)
	}
	sealed := c.keys.keyring.Seal(sealPurpose, place(c.hash), plain)
	if _, err := c.keys.store.Direct().Idempotency.Answer(ctx, c.hash, c.holder, sealed); err != nil {
		return fmt.Errorf("keep idempotent answer: %w", err)
	}
	return nil
}

// Drop forgets a call that was refused, so that the key is free again.
func (c *Call) Drop(ctx context.Context) error {
	if err := c.keys.store.Direct().Idempotency.Drop(ctx, c.hash, c.holder, c.keys.clock.Now()); err != nil {
		return fmt.Errorf("drop idempotency key: %w", err)
	}
	return nil
}

// Release gives up a call that failed: what it came to is not known, and the
// next request finds out.
func (c *Call) Release(ctx context.Context) error {
	if err := c.keys.store.Direct().Idempotency.Release(ctx, c.hash, c.holder); err != nil {
		return fmt.Errorf("release idempotency key: %w", err)
	}
	return nil
}

// open gives the answer of a row, or nil if there is none, or none that the
// present keys open.
func (k *Keys) open(row store.IdempotencyKey) *Answer {
	if row.AnswerSealed == "" {
		return nil
	}
	plain, err := k.keyring.Open(sealPurpose, place(row.KeyHash), row.AnswerSealed)
	if err != nil {
		return nil
	}
	var a Answer
	if json.Unmarshal(plain, &a) != nil {
		return nil
	}
	return &a
}

func place(hash string) secret.Place {
	return secret.Place{Table: "idempotency_keys", Column: "answer_sealed", Row: hash}
}

// sum is a keyed hash. No part but the last holds a NUL.
func (k *Keys) sum(what, scope string, data []byte) string {
	in := make([]byte, 0, len(what)+len(scope)+len(data)+len(store.DefaultRealm)+3)
	for _, part := range []string{store.DefaultRealm, what, scope} {
		in = append(append(in, part...), 0)
	}
	return secret.Encode(k.mac.Sum(append(in, data...)))
}
