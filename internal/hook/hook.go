// Package hook owns web hooks: messages to the operator's programs about what
// happened to users and their sessions, in the form of Standard Webhooks.
//
// # From an event to a message
//
// An [Outbox] hears of each audit event in the event's transaction, and writes a
// delivery for each endpoint that wants to hear of its kind: a job, and the row by
// which it is found. So a delivery is there if and only if the change is, and a
// transaction that fails leaves none. Nothing is sent before it is committed.
//
//	event ──► delivery (job "hook") ──► its turn? ──no──► later, no attempt counted
//	                                        │
//	                                       yes ──► signed, sent ──2xx──► gone
//	                                                  │
//	                                                  └──► again: 10 tries over 3 days, then dead and shown
//
// # Promises
//
// At least once: webhook-id is the id of the event in the trail, the same in every
// attempt, so that a receiver can tell what it has seen. In order of commit for each
// user where the endpoint asks for it (users.event_number, whose row is held until
// the transaction ends): a delivery waits until the one before it has arrived or is
// dead. Everything else comes as it comes.
//
// An endpoint that has failed for [offAfter] without a success in between, or says
// 410 (Gone), is switched off, and its owner is mailed, once. Its deliveries are
// dead then, and can be run again once it is switched on.
//
// # Endpoints that may say no
//
// An endpoint can be asked instead of told: before a sign-up ([BeforeSignUp]) and
// before tokens are given ([BeforeToken]). A question is signed as a message is, and
// answered within [AskWithin]; no transaction is open meanwhile. A [Gate] asks from
// memory, so that nothing is read where nobody is asked. What an endpoint cannot
// answer is refused as unavailable, or goes on, as the setting has it; a no is final.
//
// It is the same question for an address with an account and for one without, and a
// sign-in is asked about after the proof alone, so neither the answer nor its time
// tells a stranger anything. An endpoint that is asked is never switched off because
// it fails: a gate does not open by itself.
//
// # What a message holds
//
// Ids and what changed: no name, no address, no secret and no token. (A question about
// a sign-up holds what was typed, but the password, and is stored nowhere.) A session is
// named by the hash that the trail has of it. So erasing a user leaves nothing
// personal in a delivery that waits.
//
// # Threats
//
// An endpoint is a way out of the network. Only the command line adds one, which has
// the database and the secret key; the connection is judged by package egress, after
// the name was looked up; redirects are not followed, and the answer is read to
// [AnswerBytes] and never stored. Secrets are sealed, bound to their row, and shown
// once.
//
// A slow endpoint holds up nobody else: hooks have a pool of their own, so that no
// mail waits for them, and one endpoint has [atOnce] of its places at most.
// Endpoints are bounded ([MaxEndpoints]), and so is what an event costs.
//
// This package opens no connection (package httphook does), never tells an endpoint
// why a request was refused, and logs no URL but its host.
package hook

import (
	"context"
	"log/slog"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const (
	// MaxEndpoints bounds how many endpoints there are, and with them what an event
	// costs.
	MaxEndpoints = 16
	// SendWithin bounds one attempt, from the look-up of the name to the answer.
	SendWithin = 20 * time.Second
	// AnswerBytes is how much of an answer is read.
	AnswerBytes = 4 << 10
	// KeepSecret is how long the key before lives on after a rotation that does not
	// say.
	KeepSecret = 24 * time.Hour
	// Workers is how many deliveries a process sends at a time.
	Workers = 8

	offAfter = 72 * time.Hour
	atOnce   = 4
)

// What operators are told.
var (
	ErrUnknown  = fault.New(fault.NotFound, "hook_not_found")
	ErrTooMany  = fault.New(fault.Conflict, "too_many_hooks")
	ErrDisabled = fault.New(fault.Conflict, "hook_disabled")
	ErrAsked    = fault.New(fault.Conflict, "question_has_hook")
)

// Answer is what an endpoint said.
type Answer struct {
	Status int
	Body   []byte // as much as was asked for
	Cut    bool   // there was more
}

// Sender sends a message to a URL, within [SendWithin], and keeps so many bytes of
// the answer. Its error does not hold the URL. An answer is no error, whatever its
// status. It is safe for concurrent use.
type Sender interface {
	Send(ctx context.Context, url string, m Message, keep int) (Answer, error)
}

// Options is what the room needs. Every field must be set.
type Options struct {
	Store   *store.Store
	Keyring *secret.Keyring
	Sender  Sender
	Postman *mail.Postman
	Trail   *audit.Trail
	Clock   clock.Clock
	Log     *slog.Logger
}

// Hooks is every endpoint. It is safe for concurrent use.
type Hooks struct {
	opts Options
	busy busy
}

// New returns the room.
func New(o Options) *Hooks { return &Hooks{opts: o, busy: busy{most: atOnce, at: map[string]int{}}} }

// now is the time to the precision that is stored.
func (h *Hooks) now() time.Time { return h.opts.Clock.Now().UTC().Truncate(time.Microsecond) }

// event is what the trail says of a change to an endpoint.
func event(kind, endpointID string) audit.Event {
	return audit.Event{Kind: kind, Outcome: audit.Success, Details: map[string]any{"hook_id": endpointID}}
}
