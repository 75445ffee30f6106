package token

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// endTokens commits the end of n tokens, one after the other.
func (w *world) endTokens(t *testing.T, n int) (ended []Claims) {
	t.Helper()
	for range n {
		c := claimsFor(w.person(t))
		w.revoke(t, w.list.New(store.RevokedToken, c.ID, 0, w.clock.Now()))
		ended = append(ended, c)
	}
	return ended
}

// TestAFailOverWithinALookHidesNoRevocation lets the database fail over twice, the
// second time between the statements of a look: the first takes the list's own
// place, whose time was over, and the second what the feed's row spoke of.
func TestAFailOverWithinALookHidesNoRevocation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, deaf, unhurried)
	raw := w.console(t)
	w.endTokens(t, 3)
	l := w.newList(t, deaf, unhurried)
	w.clock.Advance(testTTL + entryMargin + time.Second)
	w.failsOver(t, raw, 0)
	ended := w.endTokens(t, 5)
	w.faulty.onPage = func() {
		w.faulty.onPage = nil
		w.failsOver(t, raw, 2)
	}
	if _, err := l.catchUp(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if w.faulty.onPage != nil {
		t.Fatal("the look read no page")
	}
	if !l.Fresh() {
		t.Error("not fresh after a look that succeeded")
	}
	for _, c := range ended[:2] {
		wantRevoked(t, l, c, "what both servers hold")
	}
	if at := l.Applied(); at != w.head(t) {
		t.Errorf("the list is at %+v, where the feed no longer is", at)
	}
}

// TestAPlaceThatWasPurgedIsFollowedWithoutAlarm lets nobody sign out for so long
// that the newest row is purged: nothing is lost then, and the list stays built.
func TestAPlaceThatWasPurgedIsFollowedWithoutAlarm(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	w := newWorld(t, deaf, unhurried)
	w.endTokens(t, 3)
	l := w.newList(t, deaf, unhurried, func(o *RevocationsOptions) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	w.clock.Advance(testTTL + entryMargin + rowMargin + time.Second)
	if err := w.list.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended := w.endTokens(t, 5)
	l.perPage = 3
	w.faulty.onPage = func() {
		if !l.isBuilt() {
			t.Error("the list is not built while it reads")
		}
	}
	if _, err := l.catchUp(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	for _, c := range ended {
		wantRevoked(t, l, c, "after a long silence")
	}
	if at := l.Applied(); at != w.head(t) || at.Number != 8 {
		t.Errorf("the list is at %+v", at)
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", &log)
	}
}

// TestAFailOverWithinAFillVouchesForNothing lets the database fail over after the
// feed's row was read and before the entries are: the block-list holds none of
// those that were lost, so its marker must not say that it does.
func TestAFailOverWithinAFillVouchesForNothing(t *testing.T) {
	t.Parallel()
	_, c := shared(t)
	w := newWorld(t, deaf, unhurried)
	raw := w.console(t)
	w.endTokens(t, 5)
	l := w.newList(t, blocking(c))
	w.faulty.onPage = func() {
		w.faulty.onPage = nil
		w.failsOver(t, raw, 2)
	}
	if err := l.mendNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	complete, err := c.BlockList.Complete(t.Context())
	if head := w.head(t); err != nil || complete != head || head.Number != 2 {
		t.Errorf("the marker is at %+v (%v), want %+v", complete, err, head)
	}
}
