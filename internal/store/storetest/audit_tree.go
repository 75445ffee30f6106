package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

func auditTreePromises() map[string]promise {
	return map[string]promise{
		"AuditUnsealed/ListsWhatIsNotSealed": auditUnsealedLists,
		"AuditTrees/GrowOneByOne":            auditTreesGrowOneByOne,
		"AuditTrees/CloseOnce":               auditTreesCloseOnce,
		"AuditLeaves/ComeBackWithTheirEvent": auditLeavesComeBack,
		"AuditHashes/AreFoundByPlace":        auditHashesAreFound,
		"AuditHeads/ComeBackInOrder":         auditHeadsComeBack,
		"AuditKeys/OneOfANumber":             auditKeysOneOfANumber,
	}
}

// bare is an event as lists without personal parts give it.
func bare(e store.AuditEvent) store.AuditEvent {
	e.Personal = store.AuditPersonal{}
	return e
}

func auditUnsealedLists(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var all []store.AuditEvent
	var ids []string
	for n := range 20 {
		e := bare(someEvent(t, st, n, func(e *store.AuditEvent) { e.UserID = "ada" }))
		all, ids = append(all, e), append(ids, e.ID)
	}
	reads(t, "ids", ids)(d.AuditUnsealed.Peek(ctx, "", 30))
	reads(t, "events after one", all[6:8])(d.AuditUnsealed.List(ctx, ids[5], 2))
	reads(t, "taken off the list", 18)(d.AuditUnsealed.Delete(ctx, ids[:18]))
	reads(t, "twice", 1)(d.AuditUnsealed.Delete(ctx, ids[17:19]))
	reads(t, "what is left", all[19:])(d.AuditUnsealed.List(ctx, "", 30))
	reads(t, "entries", []store.UnsealedEntry{{EventID: ids[19]}})(d.AuditUnsealed.Entries(ctx, "", 5))
	check(t, d.AuditLeaves.Insert(ctx, []store.AuditLeaf{{TreeID: "tree", EventID: ids[0]}}))
	reads(t, "how far events are", []store.Standing{{Event: all[18]}, {Event: all[19], Listed: true}})(d.AuditLeaves.Standing(ctx, ids[17], 5))
	reads(t, "the first", []store.Standing{{Event: all[0], Sealed: true}})(d.AuditLeaves.Standing(ctx, "", 1))
}

func auditTreesGrowOneByOne(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	misses[store.AuditTree](t, "no tree")(d.AuditTrees.Last(ctx))
	first := store.AuditTree{Number: 1, ID: "one", BeganAt: moment(1)}
	check(t, d.AuditTrees.Insert(ctx, first))
	refuses(t, "the number twice", d.AuditTrees.Insert(ctx, store.AuditTree{Number: 1, ID: "other", BeganAt: moment(1)}))
	oneWins(t, st, "grow", func(ctx context.Context, tx *store.Tx) (bool, error) {
		if held, err := tx.AuditTrees.Hold(ctx, first); err != nil || !held {
			return false, err
		}
		return tx.AuditTrees.Grow(ctx, first, 7)
	})
	changes(t, "growing from a size that was", false)(d.AuditTrees.Grow(ctx, first, 1))
	first.Size = 7
	second := store.AuditTree{Number: 2, ID: "two", BeganAt: moment(2)}
	check(t, d.AuditTrees.Insert(ctx, second))
	reads(t, "every tree", []store.AuditTree{first, second})(d.AuditTrees.List(ctx))
	reads(t, "the last", second)(d.AuditTrees.Last(ctx))
}

func auditTreesCloseOnce(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	tree := store.AuditTree{Number: 1, ID: "one", BeganAt: moment(1)}
	check(t, d.AuditTrees.Insert(ctx, tree))
	oneWins(t, st, "close", func(ctx context.Context, tx *store.Tx) (bool, error) {
		return tx.AuditTrees.Close(ctx, tree, moment(2))
	})
	changes(t, "holding a closed tree", false)(d.AuditTrees.Hold(ctx, tree))
	tree.ClosedAt = moment(2)
	reads(t, "the closed tree", tree)(d.AuditTrees.Last(ctx))
}

func auditLeavesComeBack(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var leaves []store.AuditLeaf
	want := map[int64]string{}
	for n := range 60 {
		leaves = append(leaves, store.AuditLeaf{TreeID: "tree", Leaf: int64(n), EventID: numbered("event", n), Hash: fmt.Sprint("h", n), Commitment: "c"})
		want[int64(n)] = fmt.Sprint("h", n)
	}
	check(t, d.AuditLeaves.Insert(ctx, leaves))
	refuses(t, "an event twice", d.AuditLeaves.Insert(ctx, []store.AuditLeaf{{TreeID: "tree", Leaf: 60, EventID: leaves[0].EventID}}))
	full := someEvent(t, st, 58, func(e *store.AuditEvent) { e.UserID = "ada" })
	without := someEvent(t, st, 59, func(e *store.AuditEvent) { e.Personal = store.AuditPersonal{} })
	reads(t, "leaves", []store.SealedEvent{
		{AuditLeaf: leaves[57]}, {AuditLeaf: leaves[58], Event: full, HasPersonal: true}, {AuditLeaf: leaves[59], Event: without},
	})(d.AuditLeaves.List(ctx, "tree", 57, 9))
	reads(t, "a page", []store.SealedEvent{{AuditLeaf: leaves[0]}})(d.AuditLeaves.List(ctx, "tree", 0, 1))
	body := full
	body.Personal = store.AuditPersonal{}
	reads(t, "the leaf of an event", store.SealedEvent{AuditLeaf: leaves[58], Event: body})(d.AuditLeaves.ByEvent(ctx, full.ID))
	reads(t, "the leaf of an event that is gone", store.SealedEvent{AuditLeaf: leaves[57]})(d.AuditLeaves.ByEvent(ctx, leaves[57].EventID))
	misses[store.SealedEvent](t, "the leaf of an event that is none")(d.AuditLeaves.ByEvent(ctx, "none"))
	var places []int64
	for n := range want {
		places = append(places, n)
	}
	reads(t, "hashes by events", map[string]string{leaves[7].EventID: leaves[7].Hash})(d.AuditLeaves.Of(ctx, []string{leaves[7].EventID, "none"}))
	reads(t, "hashes", want)(d.AuditLeaves.Hashes(ctx, "tree", append(places, 77)))
}

func auditHashesAreFound(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	var hashes []store.AuditHash
	for n := range 30 {
		hashes = append(hashes, store.AuditHash{Position: int64(n), Hash: fmt.Sprint("h", n)})
	}
	check(t, d.AuditHashes.Insert(ctx, "tree", hashes))
	check(t, d.AuditHashes.Insert(ctx, "other", hashes[:1]))
	refuses(t, "a place twice", d.AuditHashes.Insert(ctx, "tree", hashes[:1]))
	reads(t, "hashes", map[int64]string{3: "h3", 29: "h29"})(d.AuditHashes.Read(ctx, "tree", []int64{3, 29, 31}))
	reads(t, "a page", hashes[10:12])(d.AuditHashes.List(ctx, "tree", 9, 2))
}

func auditHeadsComeBack(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	misses[store.AuditHead](t, "no head")(d.AuditHeads.Last(ctx, "tree"))
	var all []store.AuditHead
	for n := range 3 {
		h := store.AuditHead{TreeID: "tree", Size: int64(9 + n), Note: "note\n\n— \n", CreatedAt: moment(n)}
		check(t, d.AuditHeads.Insert(ctx, h))
		all = append(all, h)
	}
	refuses(t, "a size twice", d.AuditHeads.Insert(ctx, all[0]))
	reads(t, "the last", all[2])(d.AuditHeads.Last(ctx, "tree"))
	reads(t, "those after one", all[1:])(d.AuditHeads.List(ctx, "tree", 9, 5))
	reads(t, "a page", all[:1])(d.AuditHeads.List(ctx, "tree", 0, 1))
}

func auditKeysOneOfANumber(t *testing.T, st *store.Store) {
	d, ctx := st.Direct(), t.Context()
	misses[store.AuditKey](t, "no key")(d.AuditKeys.Last(ctx))
	k := store.AuditKey{Number: 1, PublicKey: "p", PrivateSealed: "s", CreatedAt: moment(1)}
	check(t, d.AuditKeys.Insert(ctx, k))
	refuses(t, "a number twice", d.AuditKeys.Insert(ctx, k))
	reads(t, "the key", k)(d.AuditKeys.Last(ctx))
	oneWins(t, st, "reseal", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.AuditKeys.Reseal(ctx, k, "t") })
	k.PrivateSealed = "t"
	reads(t, "the key, sealed anew", k)(d.AuditKeys.Last(ctx))
}
