// Package audit writes down what happened, in the transaction in which it
// happened: an event is there if and only if the change it tells of is.
//
// An event says what (a kind), how it ended (an outcome and, if it failed, a
// reason code), who did it, whom it concerns and in which session, all by
// identifier. It is never changed afterwards. What identifies a person (client
// address, user agent, e-mail address) stands in a part of its own, which can
// be erased without touching the event. The event holds a commitment to that part
// ([Commitment]), so that it can be shown later whether the part was changed.
//
// # What is told here and nowhere else
//
// Callers learn little (design law 5). The trail is where consumed,
// superseded, expired and unknown one-time tokens are told apart, where a
// login's true reason stands, and where a replayed refresh token is seen.
//
// # Refusals that are alike
//
// What strangers can have refused all day long is bounded. Of refusals with one
// kind, reason, account or client, and network (a client address, an IPv6 /64) the first in
// each minute is an event; the others are counted in the transaction of the
// refusal, and [Keeper] makes one event of the number when the minute is over.
// Its kind has ".repeated" behind it, its details name the first event
// ("first") and the number of others ("repeats"). Successes, replayed refresh
// tokens and copied passkeys are never counted together.
//
// # Threats
//
// A session id is a bearer of nothing, but it names a session in access tokens
// and in the revocation list, so only its SHA-256 is kept ([SessionHash]).
// Text that strangers choose (user agents, addresses of failed logins) is cut
// to a bound and to valid UTF-8 before it is stored ([Origin.Clip]).
//
// This package never stores a password, a token or the hash of one, never reads
// the trail to decide anything, and does not record what succeeds all day long:
// a refresh that rotates a token leaves no event.
package audit

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// What strangers can make us store is bounded, in bytes.
const (
	maxAddress   = 64
	maxUserAgent = 512
	maxRequestID = 64
	maxEmail     = 254
)

// Origin is where a request came from, in plain values.
type Origin struct {
	Address   string
	UserAgent string
	RequestID string
	Language  string // that the request asks for, of those there are; empty if none, and never recorded
}

// Clip cuts every value to the length that is stored, at a character.
func (o Origin) Clip() Origin {
	return Origin{
		Address:   clip(o.Address, maxAddress),
		UserAgent: clip(o.UserAgent, maxUserAgent),
		RequestID: clip(o.RequestID, maxRequestID),
		Language:  o.Language,
	}
}

func clip(s string, limit int) string {
	if len(s) > limit {
		s = s[:limit]
	}
	// Also takes off a character that the cut has split.
	return strings.ToValidUTF8(s, "")
}

// Event is something that happened. Details must hold no personal data and no
// secret; everything but Kind and Outcome may be empty.
type Event struct {
	Kind      string
	Outcome   string
	Reason    string
	ActorID   string // user id of who did it
	UserID    string // user id of whom it concerns
	SessionID string // stored as its hash
	Email     string // personal; as spelled, but where the event names no user
	Origin    Origin // personal but for the request id
	Details   map[string]any
}

// Follower hears of each event that is recorded, in the transaction that records it:
// what it writes is there if and only if the event is. Refusals that are counted
// together are one event.
type Follower interface {
	Follow(ctx context.Context, tx *store.Tx, e store.AuditEvent) error
}

// Trail records events. It is safe for concurrent use.
type Trail struct {
	clock     clock.Clock
	followers []Follower
	actor     string // of events that name none
}

// New returns a trail that dates events by clk and tells followers of them.
func New(clk clock.Clock, followers ...Follower) *Trail {
	return &Trail{clock: clk, followers: followers}
}

// Record writes e in the caller's transaction. An address is all by which an event
// that names no user can be found when its owner is erased, so it is kept there in
// the form in which addresses are compared.
func (t *Trail) Record(ctx context.Context, tx *store.Tx, e Event) error {
	_, err := t.Recorded(ctx, tx, e)
	return err
}

// Recorded is Record and gives the event; one without an ID if it was counted with
// others.
func (t *Trail) Recorded(ctx context.Context, tx *store.Tx, e Event) (store.AuditEvent, error) {
	details := []byte("{}")
	if len(e.Details) > 0 {
		var err error
		if details, err = json.Marshal(e.Details); err != nil {
			return store.AuditEvent{}, fmt.Errorf("encode details of %s: %w", e.Kind, err)
		}
	}
	origin := e.Origin.Clip()
	if e.UserID == "" {
		e.Email = address.Folded(e.Email)
	}
	event := store.AuditEvent{
		ID:          id.Ordered(),
		Kind:        e.Kind,
		Outcome:     e.Outcome,
		Reason:      e.Reason,
		ActorID:     cmp.Or(e.ActorID, t.actor),
		UserID:      e.UserID,
		SessionHash: SessionHash(e.SessionID),
		RequestID:   origin.RequestID,
		Details:     string(details),
		CreatedAt:   t.clock.Now(),
		Personal: store.AuditPersonal{
			Address:   origin.Address,
			UserAgent: origin.UserAgent,
			Email:     clip(e.Email, maxEmail),
		},
	}
	if e.alike() {
		first, err := tx.AuditRepeats.Count(ctx, repeat(event))
		if err != nil {
			return store.AuditEvent{}, fmt.Errorf("count %s: %w", e.Kind, err)
		}
		if !first {
			return store.AuditEvent{}, nil
		}
	}
	commit(&event)
	if err := tx.Audit.Insert(ctx, event); err != nil {
		return event, fmt.Errorf("record %s: %w", e.Kind, err)
	}
	for _, f := range t.followers {
		if err := f.Follow(ctx, tx, event); err != nil {
			return event, fmt.Errorf("tell of %s: %w", e.Kind, err)
		}
	}
	return event, nil
}

// SessionHash is what may be written down of a session id, in the trail and in
// logs: its SHA-256 in base64url. It is empty for an empty id.
func SessionHash(sessionID string) string {
	if sessionID == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(sessionID))
	return secret.Encode(sum[:])
}
