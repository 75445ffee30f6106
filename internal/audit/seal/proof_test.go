package seal_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit/seal"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
)

// TestAnEventIsProvedByItself proves each of some events to somebody who has the key
// alone, and nothing else by the same text.
func TestAnEventIsProvedByItself(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, engineName string) {
		h := newHouse(t, engineName)
		h.record(13)
		h.clock.Advance(time.Second) // no head is due
		h.record(4)
		keys := []string{must(h.log.PublicKey(t.Context()))}
		for leaf, eventID := range h.ids() {
			text := must(h.log.Prove(t.Context(), eventID))
			p, err := seal.CheckProof(text, keys)
			if err != nil || p.Event.ID != eventID || p.Leaf != int64(leaf) || p.Head.TreeID != h.tree().ID || p.Event.Kind != "session.opened" {
				t.Errorf("leaf %d: %+v, %v", leaf, p, err)
			}
		}
		if _, err := h.log.Prove(t.Context(), "none"); !errors.Is(err, seal.ErrNotSealed) {
			t.Errorf("an event that is not there: %v", err)
		}
		h.dropped(h.ids()[2])
		if _, err := h.log.Prove(t.Context(), h.ids()[2]); !errors.Is(err, seal.ErrDropped) {
			t.Errorf("an event that was dropped: %v", err)
		}
		proofsOfOthersAreRefused(t, h, keys)
	})
}

func proofsOfOthersAreRefused(t *testing.T, h *house, keys []string) {
	t.Helper()
	whole := must(h.log.Prove(t.Context(), h.ids()[5]))
	for n := range whole {
		for _, c := range []byte{'A', 'B', '0', '\n'} {
			if whole[n] == c {
				continue
			}
			p, err := seal.CheckProof(whole[:n]+string(c)+whole[n+1:], keys)
			if err == nil && p != must(seal.CheckProof(whole, keys)) {
				t.Fatalf("a proof with %q at %d is accepted and proves %+v", c, n, p)
			}
		}
	}
	lines := strings.Split(whole, "\n")
	record := must(base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra ")))
	forged := bytes.Replace(record, []byte("success"), []byte("failure"), 1)
	for name, text := range map[string]string{
		"nothing":        "",
		"another event":  strings.Replace(whole, lines[1], "extra "+base64.StdEncoding.EncodeToString(forged), 1),
		"another leaf":   strings.Replace(whole, "index 5\n", "index 6\n", 1),
		"a hash less":    strings.Replace(whole, lines[3]+"\n", "", 1),
		"without a head": whole[:strings.Index(whole, "\n\n")+2],
	} {
		if p, err := seal.CheckProof(text, keys); err == nil {
			t.Errorf("%s is accepted and proves %+v", name, p)
		}
	}
	h.clear()
	h.record(1)
	if _, err := seal.CheckProof(whole, []string{must(h.log.PublicKey(t.Context()))}); err == nil {
		t.Error("a proof of another log is accepted")
	}
}
