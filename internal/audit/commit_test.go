package audit_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// TestACommitmentIsComputedByOthersAlike is a vector: whoever keeps exports can
// compute it with a shell.
func TestACommitmentIsComputedByOthersAlike(t *testing.T) {
	t.Parallel()
	part := store.AuditPersonal{Address: "192.0.2.1", UserAgent: "Firefox", Email: "ann@example.org", Salt: "AAECAwQFBgcICQoLDA0ODw"}
	const want = "1uu2W9am0ufheE8JMY1UzkqrcNuDPl8N5Ti7M9ro66k"
	if got := audit.Commitment(part); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNoTwoPersonalPartsHaveOneCommitment(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.Custom(func(t *rapid.T) store.AuditPersonal {
			text := rapid.StringMatching(`[ab]{0,3}`)
			return store.AuditPersonal{Address: text.Draw(t, "address"), UserAgent: text.Draw(t, "agent"), Email: text.Draw(t, "email"), Salt: text.Draw(t, "salt")}
		})
		a, b := part.Draw(t, "one"), part.Draw(t, "other")
		if (a == b) != (audit.Commitment(a) == audit.Commitment(b)) {
			t.Fatalf("%+v and %+v: %s, %s", a, b, audit.Commitment(a), audit.Commitment(b))
		}
	})
}

// TestAnEventIsBoundToItsPersonalPart records the same twice: the salts differ, so
// that nobody who knows one part recognises the other by its commitment.
func TestAnEventIsBoundToItsPersonalPart(t *testing.T) {
	t.Parallel()
	st := open(t)
	for _, origin := range []audit.Origin{{Address: "192.0.2.1"}, {Address: "192.0.2.1"}, {RequestID: "r"}} {
		if err := st.Tx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return audit.New(noon).Record(ctx, tx, audit.Event{Kind: audit.KindSessionOpened, Outcome: audit.Success, Origin: origin})
		}); err != nil {
			t.Fatal(err)
		}
	}
	events := list(t, st)
	for _, e := range events {
		if e.Commitment != audit.Commitment(e.Personal) {
			t.Errorf("%s holds %s, want %s", e.ID, e.Commitment, audit.Commitment(e.Personal))
		}
	}
	if bare := events[0]; bare.Commitment != audit.NothingPersonal || bare.Personal.Salt != "" {
		t.Errorf("without a personal part: %+v", bare)
	}
	if a, b := events[1], events[2]; a.Commitment == b.Commitment || len(a.Personal.Salt) != 22 {
		t.Errorf("the commitments of two equal parts are %s and %s, the salt %q", a.Commitment, b.Commitment, a.Personal.Salt)
	}
}
