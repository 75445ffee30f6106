package token

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// machine is a client in the database, with a token of its own for an audience.
func (w *world) machine(t *testing.T, clientID, audience string) (store.Client, string, Claims) {
	t.Helper()
	now := w.clock.Now()
	c := store.Client{ID: id.Ordered(), ClientID: clientID, Kind: "machine", Settings: "{}", Epoch: 5, CreatedAt: now, UpdatedAt: now}
	if err := w.db.Direct().Clients.Insert(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	raw, claims, err := w.issuer.IssueMachine(MachineGrant{ClientID: clientID, Audience: audience, Scope: "orders:read", Epoch: c.Epoch, ReadAt: now})
	if err != nil {
		t.Fatal(err)
	}
	return c, raw, claims
}

// disable disables a client as its room does.
func (w *world) disable(t *testing.T, c store.Client) {
	t.Helper()
	err := w.db.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Clients.Disable(ctx, c.ClientID, w.clock.Now()); err != nil {
			return err
		}
		return tx.Revocations.Append(ctx, w.list.New(store.RevokedClient, c.ClientID, c.Epoch+1, w.clock.Now()))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTokensOfClientsOpenNothingHere(t *testing.T) {
	t.Parallel()
	for _, audience := range []string{"", "https://api.example"} {
		w := newWorld(t)
		_, raw, issued := w.machine(t, "orders", audience)
		for range 2 { // the second look is at the cache, if something got there
			if _, err := w.door.Verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
				t.Errorf("audience %q: the door says %v", audience, err)
			}
		}
		if _, err := w.door.VerifyExpired(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("audience %q: the door for logout says %v", audience, err)
		}
		c, err := w.door.VerifyAny(t.Context(), raw)
		if diff := cmp.Diff(issued, c); err != nil || diff != "" {
			t.Errorf("audience %q: %v, %s", audience, err, diff)
		}
		if !c.Machine() || c.Subject != "orders" || c.ExpiresAt.Sub(c.IssuedAt) != testTTL || c.Scope != "orders:read" {
			t.Errorf("the token says %+v", c)
		}
		if want := map[string]string{"": testIssuer}[audience] + audience; c.Audience != want {
			t.Errorf("the token is for %q, want %q", c.Audience, want)
		}
		w.clock.Advance(testTTL)
		if _, err := w.door.VerifyAny(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
			t.Errorf("expired, VerifyAny says %v", err)
		}
	}
}

// TestNoClientPassesForAUser has tokens signed that no issuer of ours writes.
func TestNoClientPassesForAUser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.person(t)
	now := w.clock.Now().Truncate(time.Second)
	whole := Claims{
		Issuer: testIssuer, Audience: testIssuer, ID: id.Random(), IssuedAt: now, ExpiresAt: now.Add(testTTL), AMR: []string{"pwd"},
		UserEpoch: p.user.Epoch,
	}
	for name, change := range map[string]func(*Claims){
		"a user id that is its client's": func(c *Claims) { c.Subject, c.ClientID = p.user.ID, p.user.ID },
		"a user without a session":       func(c *Claims) { c.Subject, c.ClientID = p.user.ID, "orders" },
		"another client":                 func(c *Claims) { c.Subject, c.ClientID = "other", "orders" },
		"nobody":                         func(*Claims) {},
		"a client with a session":        func(c *Claims) { c.Subject, c.ClientID, c.SessionID = "orders", "orders", p.session.ID },
	} {
		c := whole
		change(&c)
		raw, err := w.issuer.sign(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, verify := range []func(context.Context, string) (Claims, error){w.door.Verify, w.door.VerifyExpired, w.door.VerifyAny} {
			if _, err := verify(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestADisabledClientIsRefusedEverywhere(t *testing.T) {
	t.Parallel()
	for name, strict := range map[string]bool{"feed": false, "strict": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *RevocationsOptions) { o.Strict = strict })
			client, raw, old := w.machine(t, "orders", "")
			_, _, other := w.machine(t, "other", "")
			elsewhere := w.newList(t, func(o *RevocationsOptions) { o.Strict = strict })
			run(t, elsewhere)
			if err := elsewhere.Check(t.Context(), old); err != nil {
				t.Fatalf("before: %v", err)
			}
			w.disable(t, client)
			wantRevoked(t, w.list, old, "on the instance that disabled it")
			waittest.Until(t, "the other instance refuses it", func() bool { return errors.Is(elsewhere.Check(t.Context(), old), ErrRevoked) })
			if err := w.list.Check(t.Context(), other); err != nil {
				t.Errorf("another client: %v", err)
			}
			if _, err := w.door.VerifyAny(t.Context(), raw); !errors.Is(err, ErrInvalidToken) {
				t.Errorf("VerifyAny says %v", err)
			}
			user := claimsFor(w.person(t))
			user.ClientID = client.ClientID
			if err := w.list.Check(t.Context(), user); err != nil {
				t.Errorf("a user's token of the client: %v", err)
			}
			enabled := old
			enabled.ID, enabled.UserEpoch = id.Random(), client.Epoch+1
			if _, err := w.db.Direct().Clients.Enable(t.Context(), "orders", w.clock.Now()); err != nil {
				t.Fatal(err)
			}
			if err := w.list.Check(t.Context(), enabled); err != nil {
				t.Errorf("a token that it got when it was enabled again: %v", err)
			}
			wantRevoked(t, w.list, old, "after it was enabled")
		})
	}
}

// TestAStaleListAsksSQLAboutAClient has a list that never read anything.
func TestAStaleListAsksSQLAboutAClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	client, _, c := w.machine(t, "orders", "")
	_, _, gone := w.machine(t, "gone", "")
	_, _, single := w.machine(t, "single", "")
	w.revoke(t, w.list.New(store.RevokedToken, single.ID, 0, w.clock.Now()))
	stale := NewRevocations(w.list.opts)
	if err := stale.Check(t.Context(), c); err != nil {
		t.Errorf("an enabled client: %v", err)
	}
	wantRevoked(t, stale, single, "a token that was revoked")
	w.disable(t, client)
	wantRevoked(t, stale, c, "a disabled client")
	if _, err := w.db.Direct().Clients.Enable(t.Context(), "orders", w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	wantRevoked(t, stale, c, "an older epoch")
	if _, err := w.db.Direct().Clients.Delete(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	wantRevoked(t, stale, gone, "a client that is gone")
	w.faulty.down.Store(true)
	if err := stale.Check(t.Context(), c); err == nil || errors.Is(err, ErrRevoked) {
		t.Errorf("without a database: %v", err)
	}
}

func TestViewForgetsClientsWhenTheyExpire(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	v := newView(1)
	v.add(store.Revocation{Kind: store.RevokedClient, Subject: "orders", Epoch: 7, ExpiresAt: now.Add(time.Minute)})
	s := subjects{client: "orders", clientID: binary("orders"), epoch: 6}
	if !v.revokes(&s) || v.len() != 1 {
		t.Error("an entry refuses nothing")
	}
	if v.add(store.Revocation{Kind: store.RevokedClient, Subject: "other", Epoch: 1, ExpiresAt: now.Add(time.Minute)}); !v.partial {
		t.Error("a full list does not say that it lacks something")
	}
	if v.sweep(now.Add(keys.Leeway+time.Hour), 10); v.revokes(&s) || v.len() != 0 {
		t.Error("an expired entry is there")
	}
}
