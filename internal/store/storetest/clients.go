package storetest

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/store/storetest/expect"
)

func clientPromises() map[string]promise {
	return map[string]promise{
		"Clients/ComeBackWhole":          clientsComeBackWhole,
		"Clients/AreListedInPages":       clientsAreListedInPages,
		"Clients/DisabledOnce":           clientsDisabledOnce,
		"Clients/DeletedOnce":            clientsDeletedOnce,
		"Clients/ChangedOneByOne":        clientsChangedOneByOne,
		"Clients/AccessTellsAll":         clientsAccess,
		"Clients/EpochsAreRemembered":    clientsEpochsAreRemembered,
		"ClientSecrets/ComeBackWhole":    clientSecretsComeBackWhole,
		"ClientSecrets/BelongToOne":      clientSecretsBelongToOne,
		"ClientSecrets/ExpireOnlySooner": clientSecretsExpireOnlySooner,
		"ClientSecrets/UsedOnceAMinute":  clientSecretsUsedOnceAMinute,
	}
}

// newClient is a client that is not in the store yet.
func newClient(clientID string) store.Client {
	return store.Client{
		ID: id.Ordered(), ClientID: clientID, Name: "Orders ☎", Kind: "machine", FirstParty: true,
		RedirectURIs: []string{"https://a.example/cb", "https://b.example/cb?x=%2C"}, PostLogoutURIs: []string{"https://a.example/"},
		GrantTypes: []string{"client_credentials"}, Scopes: []string{"introspect", "orders:read"}, Audiences: []string{"https://api.example"},
		AuthMethod: "client_secret_basic", Settings: "{}", Epoch: 1 << 40, CreatedAt: expect.Moment(1), UpdatedAt: expect.Moment(2),
	}
}

// someClient is a client in the store.
func someClient(t *testing.T, st *store.Store, clientID string) store.Client {
	t.Helper()
	c := newClient(clientID)
	expect.Check(t, st.Direct().Clients.Insert(t.Context(), c))
	return c
}

func clientsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Misses[store.Client](t, "none")(d.Clients.ByClientID(ctx, "orders"))
	c := someClient(t, st, "orders")
	other := store.Client{ID: id.Ordered(), ClientID: "Orders", CreatedAt: expect.Moment(1), UpdatedAt: expect.Moment(1), DisabledAt: expect.Moment(3)}
	expect.Check(t, d.Clients.Insert(ctx, other))
	expect.Reads(t, "client", c)(d.Clients.ByClientID(ctx, "orders"))
	expect.Reads(t, "another spelling", other)(d.Clients.ByClientID(ctx, "Orders"))
	expect.Refuses(t, "a client_id twice", d.Clients.Insert(ctx, newClient("orders")))
	comma := newClient("comma")
	comma.RedirectURIs = []string{"https://a.example/,"}
	if d.Clients.Insert(ctx, comma) == nil {
		t.Error("a comma in a list was stored")
	}
}

func clientsAreListedInPages(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Reads[[]store.Client](t, "none", nil)(d.Clients.List(ctx, store.Page{Limit: 9}))
	b, a, c := someClient(t, st, "b"), someClient(t, st, "a"), someClient(t, st, "c")
	expect.Reads(t, "first page", []store.Client{a, b})(d.Clients.List(ctx, store.Page{Limit: 2}))
	expect.Reads(t, "second page", []store.Client{c})(d.Clients.List(ctx, store.Page{After: "b", Limit: 2}))
}

func clientsDisabledOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	c, other := someClient(t, st, "orders"), someClient(t, st, "other")
	expect.Changes(t, "enable the enabled", false)(d.Clients.Enable(ctx, "orders", expect.Moment(4)))
	expect.OneWins(t, st, "disable", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Clients.Disable(ctx, "orders", expect.Moment(5))
	})
	c.Epoch, c.UpdatedAt, c.DisabledAt = c.Epoch+1, expect.Moment(5), expect.Moment(5)
	expect.Reads(t, "disabled", c)(d.Clients.ByClientID(ctx, "orders"))
	expect.OneWins(t, st, "enable", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Clients.Enable(ctx, "orders", expect.Moment(6))
	})
	c.UpdatedAt, c.DisabledAt = expect.Moment(6), other.DisabledAt
	expect.Reads(t, "enabled", c)(d.Clients.ByClientID(ctx, "orders"))
	expect.Reads(t, "other", other)(d.Clients.ByClientID(ctx, "other"))
	expect.Changes(t, "unknown", false)(d.Clients.Disable(ctx, "none", expect.Moment(5)))
}

func clientsDeletedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	other := someClient(t, st, "other")
	expect.Check(t, d.Secrets.Insert(ctx, newClientSecret("orders", 1)))
	if _, err := d.Clients.Delete(ctx, "orders"); err == nil {
		t.Error("a client was deleted whose secret is there")
	}
	expect.Reads(t, "secrets deleted", 1)(d.Secrets.Delete(ctx, "orders"))
	expect.OneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Clients.Delete(ctx, "orders") })
	expect.Reads(t, "left", []store.Client{other})(d.Clients.List(ctx, store.Page{Limit: 9}))
}

// clientsChangedOneByOne has racers add to what a client has, each after it looked.
func clientsChangedOneByOne(t *testing.T, st *store.Store) {
	someClient(t, st, "orders")
	var added atomic.Int64
	expect.Each(t, expect.Racers, func(int) error {
		found := int64(0)
		err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			found = 0
			if ok, err := tx.Clients.Touch(ctx, "orders", expect.Moment(9)); err != nil || !ok {
				return err
			}
			had, err := tx.Secrets.List(ctx, "orders")
			if err != nil || len(had) > 0 {
				return err
			}
			found = 1
			return tx.Secrets.Insert(ctx, newClientSecret("orders", 1))
		})
		added.Add(found)
		return err
	})
	expect.Same(t, "how many found none", added.Load(), int64(1))
	expect.Changes(t, "unknown", false)(st.Direct().Clients.Touch(t.Context(), "none", expect.Moment(9)))
}

func clientsAccess(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Reads(t, "no client", store.ClientState{})(d.Revocations.ClientAccess(ctx, "jti", "orders"))
	c := someClient(t, st, "orders")
	state := store.ClientState{Enabled: true, Epoch: c.Epoch}
	expect.Reads(t, "enabled", state)(d.Revocations.ClientAccess(ctx, "jti", "orders"))
	revoke(t, st, store.Revocation{Kind: store.RevokedToken, Subject: "jti", RevokedAt: expect.Moment(0), ExpiresAt: expect.Moment(1)})
	expect.Reads(t, "another token", state)(d.Revocations.ClientAccess(ctx, "other", "orders"))
	state.TokenRevoked = true
	expect.Reads(t, "revoked", state)(d.Revocations.ClientAccess(ctx, "jti", "orders"))
	expect.Changes(t, "disable", true)(d.Clients.Disable(ctx, "orders", expect.Moment(5)))
	expect.Reads(t, "disabled", store.ClientState{TokenRevoked: true})(d.Revocations.ClientAccess(ctx, "jti", "orders"))
}

func clientsEpochsAreRemembered(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	expect.Reads(t, "none", int64(0))(d.Revocations.Epoch(ctx, store.RevokedClient, "orders"))
	for _, r := range []store.Revocation{
		{Kind: store.RevokedClient, Subject: "orders", Epoch: 7}, {Kind: store.RevokedClient, Subject: "orders", Epoch: 6},
		{Kind: store.RevokedUser, Subject: "orders", Epoch: 9}, {Kind: store.RevokedClient, Subject: "other", Epoch: 8},
	} {
		r.RevokedAt, r.ExpiresAt = expect.Moment(0), expect.Moment(1)
		revoke(t, st, r)
	}
	expect.Reads(t, "the highest", int64(7))(d.Revocations.Epoch(ctx, store.RevokedClient, "orders"))
}

// newClientSecret is a secret that is not in the store yet.
func newClientSecret(clientID string, hours int) store.ClientSecret {
	return store.ClientSecret{
		ClientID: clientID, ID: id.Ordered(), SecretHash: secret.Hash(id.Random()), Hint: "…wXyZ", CreatedAt: expect.Moment(hours),
	}
}

func clientSecretsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	if d.Secrets.Insert(ctx, newClientSecret("orders", 1)) == nil {
		t.Error("a secret of nobody was stored")
	}
	someClient(t, st, "orders")
	expect.Reads[[]store.ClientSecret](t, "none", nil)(d.Secrets.List(ctx, "orders"))
	newer, older := newClientSecret("orders", 2), newClientSecret("orders", 1)
	newer.ExpiresAt, newer.LastUsedAt = expect.Moment(7), expect.Moment(6)
	expect.Check(t, d.Secrets.Insert(ctx, newer))
	expect.Check(t, d.Secrets.Insert(ctx, older))
	expect.Reads(t, "secrets", []store.ClientSecret{older, newer})(d.Secrets.List(ctx, "orders"))
}

func clientSecretsBelongToOne(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	someClient(t, st, "other")
	s := newClientSecret("orders", 1)
	expect.Check(t, d.Secrets.Insert(ctx, s))
	expect.Reads[[]store.ClientSecret](t, "of another", nil)(d.Secrets.List(ctx, "other"))
	expect.Changes(t, "expire another's", false)(d.Secrets.Expire(ctx, "other", s.ID, expect.Moment(2)))
	expect.Changes(t, "use another's", false)(d.Secrets.Used(ctx, "other", s.ID, expect.Moment(2), expect.Moment(1)))
	expect.Reads(t, "delete another's", 0)(d.Secrets.Delete(ctx, "other"))
	expect.Reads(t, "purge another's", 0)(d.Secrets.Purge(ctx, "other", expect.Moment(9)))
	expect.Reads(t, "secrets", []store.ClientSecret{s})(d.Secrets.List(ctx, "orders"))
}

func clientSecretsExpireOnlySooner(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	s, forever := newClientSecret("orders", 1), newClientSecret("orders", 2)
	expect.Check(t, d.Secrets.Insert(ctx, s))
	expect.Check(t, d.Secrets.Insert(ctx, forever))
	expect.Changes(t, "expire", true)(d.Secrets.Expire(ctx, "orders", s.ID, expect.Moment(5)))
	expect.Changes(t, "later", false)(d.Secrets.Expire(ctx, "orders", s.ID, expect.Moment(6)))
	expect.Changes(t, "sooner", true)(d.Secrets.Expire(ctx, "orders", s.ID, expect.Moment(4)))
	s.ExpiresAt = expect.Moment(4)
	expect.Reads(t, "secrets", []store.ClientSecret{s, forever})(d.Secrets.List(ctx, "orders"))
	expect.Reads(t, "purged too soon", 0)(d.Secrets.Purge(ctx, "orders", expect.Moment(3)))
	expect.Reads(t, "purged", 1)(d.Secrets.Purge(ctx, "orders", expect.Moment(4)))
	expect.Reads(t, "left", []store.ClientSecret{forever})(d.Secrets.List(ctx, "orders"))
}

func clientSecretsUsedOnceAMinute(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	s := newClientSecret("orders", 1)
	expect.Check(t, d.Secrets.Insert(ctx, s))
	expect.OneWins(t, st, "the first use", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Secrets.Used(ctx, "orders", s.ID, expect.Moment(5), expect.Moment(4))
	})
	expect.Changes(t, "one since", false)(d.Secrets.Used(ctx, "orders", s.ID, expect.Moment(6), expect.Moment(5)))
	expect.Changes(t, "none since", true)(d.Secrets.Used(ctx, "orders", s.ID, expect.Moment(7), expect.Moment(6)))
	s.LastUsedAt = expect.Moment(7)
	expect.Reads(t, "secrets", []store.ClientSecret{s})(d.Secrets.List(ctx, "orders"))
}
