package storetest

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func clientPromises() map[string]promise {
	return map[string]promise{
		"Clients/ComeBackWhole":          clientsComeBackWhole,
		"Clients/AreListedInPages":       clientsAreListedInPages,
		"Clients/DisabledOnce":           clientsDisabledOnce,
		"Clients/DeletedOnce":            clientsDeletedOnce,
		"Clients/ChangedOneByOne":        clientsChangedOneByOne,
		"Clients/SettingsAreReplaced":    clientsSettingsAreReplaced,
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
		AuthMethod: "client_secret_basic", Settings: "{}", Epoch: 1 << 40, CreatedAt: moment(1), UpdatedAt: moment(2),
	}
}

// someClient is a client in the store.
func someClient(t *testing.T, st *store.Store, clientID string) store.Client {
	t.Helper()
	c := newClient(clientID)
	check(t, st.Direct().Clients.Insert(t.Context(), c))
	return c
}

func clientsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	misses[store.Client](t, "none")(d.Clients.ByClientID(ctx, "orders"))
	c := someClient(t, st, "orders")
	other := store.Client{ID: id.Ordered(), ClientID: "Orders", CreatedAt: moment(1), UpdatedAt: moment(1), DisabledAt: moment(3)}
	check(t, d.Clients.Insert(ctx, other))
	reads(t, "client", c)(d.Clients.ByClientID(ctx, "orders"))
	reads(t, "another spelling", other)(d.Clients.ByClientID(ctx, "Orders"))
	refuses(t, "a client_id twice", d.Clients.Insert(ctx, newClient("orders")))
	comma := newClient("comma")
	comma.RedirectURIs = []string{"https://a.example/,"}
	if d.Clients.Insert(ctx, comma) == nil {
		t.Error("a comma in a list was stored")
	}
}

func clientsAreListedInPages(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads[[]store.Client](t, "none", nil)(d.Clients.List(ctx, store.Page{Limit: 9}))
	b, a, c := someClient(t, st, "b"), someClient(t, st, "a"), someClient(t, st, "c")
	reads(t, "first page", []store.Client{a, b})(d.Clients.List(ctx, store.Page{Limit: 2}))
	reads(t, "second page", []store.Client{c})(d.Clients.List(ctx, store.Page{After: "b", Limit: 2}))
}

func clientsDisabledOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	c, other := someClient(t, st, "orders"), someClient(t, st, "other")
	changes(t, "enable the enabled", false)(d.Clients.Enable(ctx, "orders", moment(4)))
	oneWins(t, st, "disable", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Clients.Disable(ctx, "orders", moment(5))
	})
	c.Epoch, c.UpdatedAt, c.DisabledAt = c.Epoch+1, moment(5), moment(5)
	reads(t, "disabled", c)(d.Clients.ByClientID(ctx, "orders"))
	oneWins(t, st, "enable", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Clients.Enable(ctx, "orders", moment(6))
	})
	c.UpdatedAt, c.DisabledAt = moment(6), other.DisabledAt
	reads(t, "enabled", c)(d.Clients.ByClientID(ctx, "orders"))
	reads(t, "other", other)(d.Clients.ByClientID(ctx, "other"))
	changes(t, "unknown", false)(d.Clients.Disable(ctx, "none", moment(5)))
}

func clientsDeletedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	other := someClient(t, st, "other")
	check(t, d.Secrets.Insert(ctx, newClientSecret(1)))
	if _, err := d.Clients.Delete(ctx, "orders"); err == nil {
		t.Error("a client was deleted whose secret is there")
	}
	reads(t, "secrets deleted", 1)(d.Secrets.Delete(ctx, "orders"))
	oneWins(t, st, "delete", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.Clients.Delete(ctx, "orders") })
	reads(t, "left", []store.Client{other})(d.Clients.List(ctx, store.Page{Limit: 9}))
}

// clientsChangedOneByOne has racers add to what a client has, each after it looked.
func clientsChangedOneByOne(t *testing.T, st *store.Store) {
	someClient(t, st, "orders")
	var added atomic.Int64
	each(t, racers, func(int) error {
		found := int64(0)
		err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			found = 0
			if ok, err := tx.Clients.Touch(ctx, "orders", moment(9)); err != nil || !ok {
				return err
			}
			had, err := tx.Secrets.List(ctx, "orders")
			if err != nil || len(had) > 0 {
				return err
			}
			found = 1
			return tx.Secrets.Insert(ctx, newClientSecret(1))
		})
		added.Add(found)
		return err
	})
	same(t, "how many found none", added.Load(), int64(1))
	changes(t, "unknown", false)(st.Direct().Clients.Touch(t.Context(), "none", moment(9)))
}

func clientsSettingsAreReplaced(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	c, other := someClient(t, st, "orders"), someClient(t, st, "other")
	c.Settings, c.UpdatedAt = `{"jwks":{"keys":["é"]}}`, moment(5)
	changes(t, "replace", true)(d.Clients.SetSettings(ctx, "orders", c.Settings, c.UpdatedAt))
	reads(t, "replaced", c)(d.Clients.ByClientID(ctx, "orders"))
	reads(t, "other", other)(d.Clients.ByClientID(ctx, "other"))
	changes(t, "unknown", false)(d.Clients.SetSettings(ctx, "none", "{}", moment(5)))
}

func clientsAccess(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads(t, "no client", store.ClientState{})(d.Revocations.ClientAccess(ctx, "jti", "orders"))
	c := someClient(t, st, "orders")
	state := store.ClientState{Enabled: true, Epoch: c.Epoch}
	reads(t, "enabled", state)(d.Revocations.ClientAccess(ctx, "jti", "orders"))
	revoke(t, st, store.Revocation{Kind: store.RevokedToken, Subject: "jti", RevokedAt: moment(0), ExpiresAt: moment(1)})
	reads(t, "another token", state)(d.Revocations.ClientAccess(ctx, "other", "orders"))
	state.TokenRevoked = true
	reads(t, "revoked", state)(d.Revocations.ClientAccess(ctx, "jti", "orders"))
	changes(t, "disable", true)(d.Clients.Disable(ctx, "orders", moment(5)))
	reads(t, "disabled", store.ClientState{TokenRevoked: true})(d.Revocations.ClientAccess(ctx, "jti", "orders"))
}

func clientsEpochsAreRemembered(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	reads(t, "none", int64(0))(d.Revocations.Epoch(ctx, store.RevokedClient, "orders"))
	for _, r := range []store.Revocation{
		{Kind: store.RevokedClient, Subject: "orders", Epoch: 7},
		{Kind: store.RevokedClient, Subject: "orders", Epoch: 6},
		{Kind: store.RevokedUser, Subject: "orders", Epoch: 9},
		{Kind: store.RevokedClient, Subject: "other", Epoch: 8},
	} {
		r.RevokedAt, r.ExpiresAt = moment(0), moment(1)
		revoke(t, st, r)
	}
	reads(t, "the highest", int64(7))(d.Revocations.Epoch(ctx, store.RevokedClient, "orders"))
}

// newClientSecret is a secret of the client orders that is not in the store yet.
func newClientSecret(hours int) store.ClientSecret {
	return store.ClientSecret{
		ClientID: "orders", ID: id.Ordered(), SecretHash: secret.Hash(id.Random()), Hint: "…wXyZ", CreatedAt: moment(hours),
	}
}

func clientSecretsComeBackWhole(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	if d.Secrets.Insert(ctx, newClientSecret(1)) == nil {
		t.Error("a secret of nobody was stored")
	}
	someClient(t, st, "orders")
	reads[[]store.ClientSecret](t, "none", nil)(d.Secrets.List(ctx, "orders"))
	newer, older := newClientSecret(2), newClientSecret(1)
	newer.ExpiresAt, newer.LastUsedAt = moment(7), moment(6)
	check(t, d.Secrets.Insert(ctx, newer))
	check(t, d.Secrets.Insert(ctx, older))
	reads(t, "secrets", []store.ClientSecret{older, newer})(d.Secrets.List(ctx, "orders"))
}

func clientSecretsBelongToOne(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	someClient(t, st, "other")
	s := newClientSecret(1)
	check(t, d.Secrets.Insert(ctx, s))
	reads[[]store.ClientSecret](t, "of another", nil)(d.Secrets.List(ctx, "other"))
	changes(t, "expire another's", false)(d.Secrets.Expire(ctx, "other", s.ID, moment(2)))
	changes(t, "use another's", false)(d.Secrets.Used(ctx, "other", s.ID, moment(2), moment(1)))
	reads(t, "delete another's", 0)(d.Secrets.Delete(ctx, "other"))
	reads(t, "purge another's", 0)(d.Secrets.Purge(ctx, "other", moment(9)))
	reads(t, "secrets", []store.ClientSecret{s})(d.Secrets.List(ctx, "orders"))
}

func clientSecretsExpireOnlySooner(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	s, forever := newClientSecret(1), newClientSecret(2)
	check(t, d.Secrets.Insert(ctx, s))
	check(t, d.Secrets.Insert(ctx, forever))
	changes(t, "expire", true)(d.Secrets.Expire(ctx, "orders", s.ID, moment(5)))
	changes(t, "later", false)(d.Secrets.Expire(ctx, "orders", s.ID, moment(6)))
	changes(t, "sooner", true)(d.Secrets.Expire(ctx, "orders", s.ID, moment(4)))
	s.ExpiresAt = moment(4)
	reads(t, "secrets", []store.ClientSecret{s, forever})(d.Secrets.List(ctx, "orders"))
	reads(t, "purged too soon", 0)(d.Secrets.Purge(ctx, "orders", moment(3)))
	reads(t, "purged", 1)(d.Secrets.Purge(ctx, "orders", moment(4)))
	reads(t, "left", []store.ClientSecret{forever})(d.Secrets.List(ctx, "orders"))
}

func clientSecretsUsedOnceAMinute(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	someClient(t, st, "orders")
	s := newClientSecret(1)
	check(t, d.Secrets.Insert(ctx, s))
	oneWins(t, st, "the first use", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.Secrets.Used(ctx, "orders", s.ID, moment(5), moment(4))
	})
	changes(t, "one since", false)(d.Secrets.Used(ctx, "orders", s.ID, moment(6), moment(5)))
	changes(t, "none since", true)(d.Secrets.Used(ctx, "orders", s.ID, moment(7), moment(6)))
	s.LastUsedAt = moment(7)
	reads(t, "secrets", []store.ClientSecret{s})(d.Secrets.List(ctx, "orders"))
}
