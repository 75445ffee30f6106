package hook

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// maxURL bounds the URL of an endpoint, in bytes.
const maxURL = 2000

// sealPurpose keeps sealed keys of endpoints apart from everything else that is sealed.
const sealPurpose = "hook secret"

// Draft is an endpoint that an operator adds. Scheme may be empty for [SchemeHMAC].
type Draft struct {
	URL        string
	Kinds      []string
	Ordered    bool
	OwnerEmail string
	Scheme     string
}

// Added is an endpoint with the secret or public key of its receiver, which is shown
// this once.
type Added struct {
	store.HookEndpoint
	Key string
}

// Add adds an endpoint. It hears of what is committed after this.
//
// Errors: invalid_input, too_many_hooks, question_has_hook.
func (h *Hooks) Add(ctx context.Context, d Draft) (Added, error) {
	if d.Scheme == "" {
		d.Scheme = SchemeHMAC
	}
	if wrong := d.wrong(); len(wrong) > 0 {
		return Added{}, fault.ErrInvalidInput.WithFields(wrong...)
	}
	now := h.now()
	added := Added{HookEndpoint: store.HookEndpoint{
		ID: "h_" + secret.Encode(secret.Bytes(12)), URL: d.URL, Kinds: unique(d.Kinds), Ordered: d.Ordered, OwnerEmail: d.OwnerEmail,
		CreatedAt: now, UpdatedAt: now,
	}}
	full, asked := false, false
	err := h.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Hooks.List(ctx)
		full = err == nil && len(all) >= MaxEndpoints
		asked = slices.ContainsFunc(all, func(e store.HookEndpoint) bool { return shareQuestion(e.Kinds, d.Kinds) })
		if err != nil || full || asked {
			return err
		}
		if err := tx.Hooks.Insert(ctx, added.HookEndpoint); err != nil {
			return err
		}
		if added.Key, err = h.addKey(ctx, tx, added.ID, d.Scheme, now); err != nil {
			return err
		}
		e := event(audit.KindHookAdded, added.ID)
		e.Details["host"], e.Details["kinds"] = host(d.URL), added.Kinds
		return h.opts.Trail.Record(ctx, tx, e)
	})
	switch {
	case err != nil:
		return Added{}, fmt.Errorf("add hook: %w", err)
	case full:
		return Added{}, ErrTooMany
	case asked:
		return Added{}, ErrAsked
	}
	return added, nil
}

// shareQuestion reports whether two endpoints would be asked the same.
func shareQuestion(a, b []string) bool {
	return slices.ContainsFunc(a, func(kind string) bool { return question(kind) && slices.Contains(b, kind) })
}

func unique(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// wrong says which members of a draft break a rule. Where a URL leads is judged when
// a connection is made.
func (d Draft) wrong() (fields []fault.Field) {
	u, err := url.Parse(d.URL)
	if err != nil || len(d.URL) > maxURL || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		fields = append(fields, fault.Wrong("url", "hook_url"))
	}
	told := slices.DeleteFunc(slices.Clone(d.Kinds), question)
	if slices.ContainsFunc(told, func(k string) bool { return !known(k) }) {
		fields = append(fields, fault.Wrong("kind", "unknown"))
	}
	if asked := len(told) < len(d.Kinds); asked && (len(told) > 0 || d.Ordered) {
		fields = append(fields, fault.Wrong("kind", "hook_question"))
	}
	if _, ok := address.Deliverable(d.OwnerEmail); d.OwnerEmail != "" && !ok {
		fields = append(fields, fault.Wrong("owner", "email"))
	}
	if d.Scheme != SchemeHMAC && d.Scheme != SchemeEd25519 {
		fields = append(fields, fault.Wrong("scheme", "unknown"))
	}
	return fields
}

// addKey makes a key of an endpoint, and gives what its receiver gets.
func (h *Hooks) addKey(ctx context.Context, tx *store.Tx, endpointID, scheme string, now time.Time) (string, error) {
	k, row := newKey(scheme), store.HookSecret{EndpointID: endpointID, ID: id.Ordered(), CreatedAt: now}
	row.SecretSealed = h.opts.Keyring.Seal(sealPurpose, place(row), []byte(k.text()))
	return k.Shown(), tx.HookSecrets.Insert(ctx, row)
}

// place is where a key is stored.
func place(row store.HookSecret) secret.Place {
	return secret.Place{Table: "hook_secrets", Column: "secret_sealed", Row: row.EndpointID + " " + row.ID}
}

// open reads an endpoint and the keys that count.
//
// Errors: hook_not_found.
func (h *Hooks) open(ctx context.Context, endpointID string) (e store.HookEndpoint, keys []Key, err error) {
	now := h.now()
	err = h.opts.Store.View(ctx, func(ctx context.Context, tx *store.Tx) error {
		if e, err = tx.Hooks.ByID(ctx, endpointID); err != nil {
			return err
		}
		kept, err := readKeys(ctx, tx, h.opts.Keyring, endpointID, now)
		if keys = alive(kept, now); err == nil && len(keys) == 0 {
			err = errNoKey
		}
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return e, nil, ErrUnknown
	case err != nil:
		return e, nil, fmt.Errorf("read hook %s: %w", endpointID, err)
	}
	return e, keys, nil
}

// readKeys opens the keys of an endpoint that have not expired.
func readKeys(ctx context.Context, tx *store.Tx, ring *secret.Keyring, endpointID string, now time.Time) (list []validKey, err error) {
	rows, err := tx.HookSecrets.List(ctx, endpointID)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if !row.ExpiresAt.IsZero() && !now.Before(row.ExpiresAt) {
			continue
		}
		text, err := ring.Open(sealPurpose, place(row), row.SecretSealed)
		if err != nil {
			return nil, fmt.Errorf("open the key: %w", err)
		}
		k, ok := parseKey(string(text))
		if !ok {
			return nil, errNoKey
		}
		list = append(list, validKey{k, row.ExpiresAt})
	}
	return list, nil
}

// alive are the keys that count at a time.
func alive(list []validKey, now time.Time) (keys []Key) {
	for _, k := range list {
		if k.until.IsZero() || now.Before(k.until) {
			keys = append(keys, k.key)
		}
	}
	return keys
}

// Rotate makes another key of an endpoint, of a scheme, and gives what its receiver
// gets, this once. The newest of those before signs along for as long as keep says;
// any other ends now.
//
// Errors: invalid_input, hook_not_found.
func (h *Hooks) Rotate(ctx context.Context, endpointID, scheme string, keep time.Duration) (shown string, err error) {
	if scheme != SchemeHMAC && scheme != SchemeEd25519 {
		return "", fault.ErrInvalidInput.WithFields(fault.Wrong("scheme", "unknown"))
	}
	now := h.now()
	err = h.change(ctx, endpointID, now, func(ctx context.Context, tx *store.Tx) error {
		if err := store.Retire(ctx, tx.HookSecrets, endpointID, now, keep); err != nil {
			return err
		}
		if shown, err = h.addKey(ctx, tx, endpointID, scheme, now); err != nil {
			return err
		}
		return h.opts.Trail.Record(ctx, tx, event(audit.KindHookRotated, endpointID))
	})
	return shown, err
}

// Disable switches an endpoint off: it hears of nothing more, and what waits for it
// is dead. One that is off stays so, and nothing is recorded.
//
// Errors: hook_not_found.
func (h *Hooks) Disable(ctx context.Context, endpointID string) error {
	now := h.now()
	return h.change(ctx, endpointID, now, func(ctx context.Context, tx *store.Tx) error {
		won, err := tx.Hooks.Disable(ctx, endpointID, now)
		if err != nil || !won {
			return err
		}
		return h.opts.Trail.Record(ctx, tx, event(audit.KindHookDisabled, endpointID))
	})
}

// Enable switches an endpoint on. What died is run again by [Hooks.Retry].
//
// Errors: hook_not_found.
func (h *Hooks) Enable(ctx context.Context, endpointID string) error {
	now := h.now()
	return h.change(ctx, endpointID, now, func(ctx context.Context, tx *store.Tx) error {
		won, err := tx.Hooks.Enable(ctx, endpointID, now)
		if err != nil || !won {
			return err
		}
		return h.opts.Trail.Record(ctx, tx, event(audit.KindHookEnabled, endpointID))
	})
}

// Remove removes an endpoint with its keys, and what has not arrived there.
//
// Errors: hook_not_found.
func (h *Hooks) Remove(ctx context.Context, endpointID string) error {
	return h.change(ctx, endpointID, h.now(), func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.HookSecrets.Delete(ctx, endpointID); err != nil {
			return err
		}
		if _, err := tx.Hooks.Delete(ctx, endpointID); err != nil { // the row is held
			return err
		}
		if _, err := tx.Deliveries.Drop(ctx, endpointID); err != nil {
			return err
		}
		return h.opts.Trail.Record(ctx, tx, event(audit.KindHookRemoved, endpointID))
	})
}

// change runs fn in a transaction that holds the endpoint's row.
//
// Errors: hook_not_found.
func (h *Hooks) change(ctx context.Context, endpointID string, now time.Time, fn func(context.Context, *store.Tx) error) error {
	unknown := false
	err := h.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		there, err := tx.Hooks.Touch(ctx, endpointID, now)
		if unknown = err == nil && !there; err != nil || unknown {
			return err
		}
		return fn(ctx, tx)
	})
	switch {
	case err != nil:
		return fmt.Errorf("change hook: %w", err)
	case unknown:
		return ErrUnknown
	}
	return nil
}
