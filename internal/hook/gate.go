package hook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// lookEvery is how often a process looks for endpoints that are asked: how long it
// takes until one that was added, switched off or removed counts everywhere.
const lookEvery = 5 * time.Second

// retryAfter is how long people are told to wait where an endpoint gave no answer.
const retryAfter = 5 * time.Second

// errAsked is why an endpoint was not asked.
var errAsked = errors.New("as many questions are under way as there may be")

// GateOptions is what a gate needs. Tally may be nil.
type GateOptions struct {
	Store   *store.Store
	Keyring *secret.Keyring
	Sender  Sender
	Clock   clock.Clock
	Log     *slog.Logger
	Tally   *telemetry.Tally

	// AcceptSignUp and AcceptToken say that what an endpoint was not able to answer
	// goes on. Otherwise it is refused as unavailable.
	AcceptSignUp, AcceptToken bool
}

// Gate asks the operator's endpoints before something happens, and lets them say no.
// It asks from memory: nothing is read for a question. It is safe for concurrent use;
// a nil gate asks nobody.
type Gate struct {
	opts  GateOptions
	known atomic.Pointer[map[string]*checkpoint]
	busy  busy
}

// checkpoint is an endpoint that is asked, with its keys.
type checkpoint struct {
	endpoint store.HookEndpoint
	keys     []validKey
}

// validKey is a key, and until when it signs; zero for always.
type validKey struct {
	key   Key
	until time.Time
}

// NewGate returns a gate that asks nobody until [Gate.Load].
func NewGate(o GateOptions) *Gate {
	return &Gate{opts: o, busy: busy{most: MaxAsked, at: map[string]int{}}}
}

// Asks reports whether there is an endpoint to be asked.
func (g *Gate) Asks(kind string) bool { return g.at(kind) != nil }

func (g *Gate) at(kind string) *checkpoint {
	if g == nil {
		return nil
	}
	if known := g.known.Load(); known != nil {
		return (*known)[kind]
	}
	return nil
}

// Load reads the endpoints that are asked, with their keys. If it fails, those that
// were known go on being asked.
func (g *Gate) Load(ctx context.Context) error {
	found, now := map[string]*checkpoint{}, g.opts.Clock.Now()
	err := g.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		clear(found)
		all, err := tx.Hooks.List(ctx)
		if err != nil {
			return err
		}
		for _, e := range all {
			for _, kind := range e.Kinds {
				// Of two that were added in the same moment the older one counts.
				if before := found[kind]; !question(kind) || !e.DisabledAt.IsZero() || before != nil && !e.CreatedAt.Before(before.endpoint.CreatedAt) {
					continue
				}
				keys, err := readKeys(ctx, tx, g.opts.Keyring, e.ID, now)
				if err != nil {
					return fmt.Errorf("read keys of hook %s: %w", e.ID, err)
				}
				found[kind] = &checkpoint{endpoint: e, keys: keys}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load hooks that are asked: %w", err)
	}
	g.known.Store(&found)
	return nil
}

// Run loads the endpoints again and again until ctx ends.
func (g *Gate) Run(ctx context.Context) error {
	for tick := time.NewTicker(lookEvery); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return nil
		case <-tick.C:
		}
		if err := g.Load(ctx); err != nil && ctx.Err() == nil {
			g.opts.Log.WarnContext(ctx, "hooks that are asked not read, the ones before still count", slog.Any("error", err))
		}
	}
}

// BeforeSignUp asks about a sign-up. Ask before anything is looked up about the
// address, and outside any transaction.
//
// Errors: sign_up_refused, unavailable.
func (g *Gate) BeforeSignUp(ctx context.Context, s SignUp) error {
	at := g.at(BeforeSignUp)
	if at == nil {
		return nil
	}
	r, err := g.ask(ctx, at, BeforeSignUp, s.asked(), g.opts.AcceptSignUp)
	switch {
	case err != nil || r.allow:
		return err
	case r.text == "":
		return ErrSignUpRefused
	}
	return ErrSignUpRefused.WithWords("sign_up_refused.text", "text", r.text)
}

// BeforeToken asks about tokens, and gives the claims that they get besides. Ask
// after the proof, and outside any transaction.
//
// Errors: token_refused, unavailable.
func (g *Gate) BeforeToken(ctx context.Context, t Token) (map[string]json.RawMessage, error) {
	at := g.at(BeforeToken)
	if at == nil {
		return nil, nil
	}
	r, err := g.ask(ctx, at, BeforeToken, t.asked(), g.opts.AcceptToken)
	switch {
	case err != nil || r.allow:
		return r.claims, err
	case r.text == "":
		return nil, ErrTokenRefused
	}
	return nil, ErrTokenRefused.WithWords("token_refused.text", "text", r.text)
}

// ask asks an endpoint. If it gives no answer that counts, that is a yes where accept
// says so, and otherwise nobody's word: the request is to be tried again.
func (g *Gate) ask(ctx context.Context, at *checkpoint, kind string, about asked, accept bool) (reply, error) {
	ctx, span := telemetry.Start(ctx, "hook."+kind)
	r, err := g.send(ctx, at, kind, about)
	span.End(err)
	outcome := "allowed"
	switch {
	case ctx.Err() != nil: // whoever asked has gone
		return reply{}, fault.ErrUnavailable.WithCause(ctx.Err()).WithRetryAfter(retryAfter)
	case err != nil:
		outcome = "failed"
	case !r.allow:
		outcome = "refused"
	}
	g.opts.Tally.Add(kind, outcome)
	if err == nil {
		return r, nil
	}
	g.opts.Log.ErrorContext(ctx, "hook gave no answer", slog.String("hook_id", at.endpoint.ID), slog.String("hook_host", host(at.endpoint.URL)),
		slog.String("question", kind), slog.String("user_id", about.UserID), slog.Bool("accepted", accept), slog.Any("error", err))
	if accept {
		return reply{allow: true}, nil
	}
	return reply{}, fault.ErrUnavailable.WithCause(err).WithRetryAfter(retryAfter)
}

func (g *Gate) send(ctx context.Context, at *checkpoint, kind string, about asked) (reply, error) {
	// By question: sign-ups are asked about for strangers, and there may be any number.
	place := at.endpoint.ID + " " + kind
	if !g.busy.take(place) {
		return reply{}, errAsked
	}
	defer g.busy.give(place)
	now := g.opts.Clock.Now()
	text, err := json.Marshal(struct {
		Type      string    `json:"type"`
		Timestamp time.Time `json:"timestamp"`
		Data      asked     `json:"data"`
	}{kind, now.UTC().Truncate(time.Microsecond), about})
	if err != nil {
		return reply{}, fmt.Errorf("encode question: %w", err)
	}
	keys := alive(at.keys, now)
	if len(keys) == 0 {
		return reply{}, errNoKey
	}
	ctx, cancel := context.WithTimeout(ctx, AskWithin)
	defer cancel()
	answer, err := g.opts.Sender.Send(ctx, at.endpoint.URL, signed(keys, id.Ordered(), now, text), maxReply)
	if err != nil {
		return reply{}, fmt.Errorf("ask: %w", err)
	}
	return readReply(kind, about, answer)
}
