package session

import (
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// coin is a refresh token as a client holds it.
type coin struct {
	generation int64
	text       string // the token, or in memory its nonce
}

// reply is what a presentation comes to, as a client sees it.
type reply int

const (
	answered reply = iota // with a coin
	retry                 // read your store again
	signIn                // logged out
)

// bank is what coins are presented to, at a time by the database's clock.
type bank interface {
	open() coin
	present(c coin, now time.Time, instance int) (reply, coin)
}

// memory is a bank that is nothing but the pure state machine over one row.
type memory struct {
	limits limits
	weaker weaker
	row    store.RefreshState
	ended  bool
	drawn  int
}

func (b *memory) nonce() string {
	b.drawn++
	return fmt.Sprintf("n%d", b.drawn)
}

func (b *memory) coin() coin { return coin{generation: b.row.Generation, text: b.row.Nonce} }

func (b *memory) open() coin {
	b.row = store.RefreshState{Nonce: b.nonce(), Parent: store.NoParent, RotatedAt: epoch}
	b.ended = false
	return b.coin()
}

func (b *memory) present(c coin, now time.Time, _ int) (reply, coin) {
	if b.ended {
		return signIn, coin{}
	}
	v := b.weaker.classify(presented{generation: c.generation, nonce: c.text}, b.row, now, b.limits)
	b.row = b.weaker.next(v, b.row, now, b.nonce())
	switch {
	case v.answers():
		return answered, b.coin()
	case v == superseded:
		return retry, coin{}
	}
	b.ended = v == replayed
	return signIn, coin{}
}

// vault is a bank of several instances over one SQLite database.
type vault struct {
	*house
	instancesOf []*Sessions
}

func newVault(h *house) *vault { return &vault{house: h, instancesOf: h.instances(4)} }

func (b *vault) open() coin {
	b.clock.set(epoch)
	return coin{text: b.signIn(b.user()).RefreshToken}
}

func (b *vault) present(c coin, now time.Time, instance int) (reply, coin) {
	b.clock.set(now)
	got, err := b.instancesOf[instance].Refresh(b.tb.Context(), c.text, "", audit.Origin{})
	switch {
	case err == nil:
		return answered, coin{generation: got.Generation, text: got.RefreshToken}
	case errors.Is(err, ErrSuperseded):
		return retry, coin{}
	case errors.Is(err, ErrReplayed), errors.Is(err, ErrEnded):
		return signIn, coin{}
	}
	b.tb.Fatalf("refresh: %v", err)
	return signIn, coin{}
}
