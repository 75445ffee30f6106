package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func magicLinkPromises() map[string]promise {
	return map[string]promise{
		"MagicLinks/ConsumedOnce":     magicLinksConsumedOnce,
		"MagicLinks/TriesBounded":     magicLinksTriesBounded,
		"MagicLinks/Stands":           magicLinksStands,
		"MagicLinks/OthersSuperseded": magicLinksOthersSuperseded,
		"MagicLinks/Purged":           magicLinksPurged,
	}
}

// newMagicLink is a request for an address that is not in the store yet.
func newMagicLink(address string, hours int) store.MagicLink {
	return store.MagicLink{
		ID: id.Random(), UserID: id.Random(), AddressHash: address, TokenHash: secret.Hash(id.Random()), RequestHash: secret.Hash(id.Random()),
		CodeHash: secret.Hash(id.Random()), UserEpoch: 7, DeviceName: "Ada's phone ☎", CreatedAt: moment(0), ExpiresAt: moment(hours),
	}
}

func magicLinksConsumedOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	l, nobody := newMagicLink("ada", 2), newMagicLink("nobody", 2)
	nobody.UserID, nobody.UserEpoch = "", 0
	check(t, errors.Join(d.MagicLinks.Insert(ctx, l), d.MagicLinks.Insert(ctx, nobody)))
	for name, change := range map[string]func(*store.MagicLink){
		"its token":   func(l *store.MagicLink) { l.TokenHash = nobody.TokenHash },
		"its request": func(l *store.MagicLink) { l.RequestHash = nobody.RequestHash },
	} {
		other := newMagicLink("eve", 2)
		change(&other)
		if err := d.MagicLinks.Insert(ctx, other); !errors.Is(err, store.ErrTaken) {
			t.Errorf("a second row with %s: %v", name, err)
		}
	}
	reads(t, "by id", l)(d.MagicLinks.ByID(ctx, l.ID))
	reads(t, "by token", l)(d.MagicLinks.ByTokenHash(ctx, l.TokenHash))
	reads(t, "by request", l)(d.MagicLinks.ByRequestHash(ctx, l.RequestHash))
	misses[store.MagicLink](t, "a request's token")(d.MagicLinks.ByTokenHash(ctx, l.RequestHash))
	misses[store.MagicLink](t, "a token's request")(d.MagicLinks.ByRequestHash(ctx, l.TokenHash))
	misses[store.MagicLink](t, "another")(d.MagicLinks.ByID(ctx, id.Random()))
	changes(t, "expired", false)(d.MagicLinks.Consume(ctx, l.ID, moment(2)))
	oneWins(t, st, "consume", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.MagicLinks.Consume(ctx, l.ID, moment(1))
	})
	changes(t, "a code of a consumed one", false)(d.MagicLinks.Try(ctx, l.ID, 5, moment(1)))
	l.ConsumedAt = moment(1)
	reads(t, "consumed", l)(d.MagicLinks.ByTokenHash(ctx, l.TokenHash))
	reads(t, "another's", nobody)(d.MagicLinks.ByTokenHash(ctx, nobody.TokenHash))
}

func magicLinksTriesBounded(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	l := newMagicLink("ada", 2)
	check(t, d.MagicLinks.Insert(ctx, l))
	changes(t, "expired", false)(d.MagicLinks.Try(ctx, l.ID, 5, moment(2)))
	taken := race(t, st, func(ctx context.Context, tx *store.Tx, _ int) (int, error) {
		ok, err := tx.MagicLinks.Try(ctx, l.ID, 5, moment(1))
		if ok {
			return 1, err
		}
		return 0, err
	})
	same(t, "codes that were let through", taken, 5)
	l.Tries = 5
	reads(t, "counted", l)(d.MagicLinks.ByID(ctx, l.ID))
	changes(t, "the link of one whose codes are used up", true)(d.MagicLinks.Consume(ctx, l.ID, moment(1)))
}

func magicLinksStands(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	used, gone, late, other := newMagicLink("ada", 9), newMagicLink("ada", 9), newMagicLink("ada", 1), newMagicLink("Ada", 9)
	nobodys, epoch := newMagicLink("ada", 9), newMagicLink("ada", 9)
	ada := used.UserID
	for _, l := range []*store.MagicLink{&gone, &late, &other, &epoch} {
		l.UserID = ada
	}
	nobodys.UserID, epoch.UserEpoch = "", 6
	gone.SupersededAt = moment(1) // as an older program wrote
	stands := func(what string, want bool) {
		t.Helper()
		changes(t, what, want)(d.MagicLinks.Stands(ctx, "ada", ada, 7, moment(2)))
	}
	stands("without a row", false)
	for _, l := range []store.MagicLink{gone, late, other, nobodys, epoch} {
		check(t, d.MagicLinks.Insert(ctx, l))
	}
	stands("superseded, expired, of another address, of nobody and of another epoch", false)
	changes(t, "a superseded one consumed", false)(d.MagicLinks.Consume(ctx, gone.ID, moment(2)))
	changes(t, "a code of a superseded one", false)(d.MagicLinks.Try(ctx, gone.ID, 5, moment(2)))
	check(t, d.MagicLinks.Insert(ctx, used))
	stands("one that can be used", true)
	changes(t, "for nobody", false)(d.MagicLinks.Stands(ctx, "ada", id.Random(), 7, moment(2)))
	changes(t, "consumed", true)(d.MagicLinks.Consume(ctx, used.ID, moment(2)))
	stands("one that was used", false)
}

func magicLinksOthersSuperseded(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	used, other, expired, consumed, others := newMagicLink("ada", 9), newMagicLink("Ada", 9), newMagicLink("ada", 1), newMagicLink("ada", 9), newMagicLink("ada", 9)
	for _, l := range []*store.MagicLink{&other, &expired, &consumed} {
		l.UserID = used.UserID
	}
	consumed.ConsumedAt = moment(1)
	for _, l := range []store.MagicLink{used, other, expired, consumed, others} {
		check(t, d.MagicLinks.Insert(ctx, l))
	}
	reads(t, "superseded", 1)(d.MagicLinks.SupersedeOthers(ctx, used.UserID, used.ID, moment(2)))
	reads(t, "superseded again", 0)(d.MagicLinks.SupersedeOthers(ctx, used.UserID, used.ID, moment(3)))
	other.SupersededAt = moment(2)
	for what, l := range map[string]store.MagicLink{
		"the one that is spared": used, "another": other, "an expired one": expired, "a consumed one": consumed, "somebody else's": others,
	} {
		reads(t, what, l)(d.MagicLinks.ByID(ctx, l.ID))
	}
}

func magicLinksPurged(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	for range 5 {
		check(t, d.MagicLinks.Insert(ctx, newMagicLink("ada", 1)))
	}
	kept := newMagicLink("ada", 5)
	check(t, d.MagicLinks.Insert(ctx, kept))
	purges(t, func(ctx context.Context, limit int) (int, error) {
		return d.MagicLinks.Purge(ctx, moment(2), limit)
	})
	reads(t, "kept", kept)(d.MagicLinks.ByID(ctx, kept.ID))
}
