package guard

import (
	"context"
	"testing"
)

// TestANewWatchLooksAtItsOwnTokenAlone: what it costs must not grow with the number
// of watches.
func TestANewWatchLooksAtItsOwnTokenAlone(t *testing.T) {
	t.Parallel()
	v := readVectors(t)
	g := v.at(t, "")
	own := &Token{kid: "own", key: &key{}, User: &User{}, expires: v.Now + 100}
	other := &Token{kid: "other", key: &key{}, User: &User{}, expires: v.Now + 100}
	g.keys.current.Store(&keySet{byID: map[string]*key{}, readAt: g.tick()}) // neither key is there: both are over
	ended := false
	g.watches.add(&watch{token: other, end: func() { ended = true }})
	ctx := Watch(context.WithValue(t.Context(), passKey{}, &pass{guard: g, token: own}))
	if ctx.Err() == nil || ended {
		t.Errorf("its own watch ended: %v, that of another: %v", ctx.Err() != nil, ended)
	}
	if g.look(); !ended {
		t.Error("the next look at all did not end the other")
	}
}
