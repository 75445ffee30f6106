package cluster

import (
	"context"
	"errors"
	"iter"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// BlockList is the classic block-list of access tokens, shared by all instances:
// one entry per revocation, which is gone when the revocation has expired.
//
// That it holds no entry means nothing by itself: it may have been wiped. It
// counts only together with a marker, which says up to which position of which
// history the list holds every unexpired entry, and which is lost with any of
// them. Two positions are the same only if their marks are.
type BlockList interface {
	// Look tells whether an entry of the history refuses the suspect, and the
	// list's marker at the same instant.
	Look(ctx context.Context, history string, s Suspect) (Sight, error)
	// Complete gives the list's marker; zero if there is none.
	Complete(ctx context.Context) (store.FeedHead, error)
	// Append adds entries. It moves the marker to the end of the stretch if it
	// stands exactly where the stretch begins.
	Append(ctx context.Context, s Stretch) error
	// Fill adds stretches, at least one, that follow each other from the beginning
	// of a history, and then sets the marker to the end of the last. It does so
	// only if the marker is still the one that was seen and nobody else is filling,
	// and gives up, with ErrFilling or another error, as soon as something might be
	// lost.
	Fill(ctx context.Context, seen store.FeedHead, all iter.Seq2[Stretch, error]) error
}

// ErrFilling is returned by Fill when another instance is at it, or somebody
// was faster.
var ErrFilling = errors.New("the block-list is being filled by another instance")

// Suspect is what an access token can be revoked by. Client is set where a client
// asked for it on its own, and then Session and User are not.
type Suspect struct {
	Token, Session, User, Client string
	Epoch                        int64
}

// Sight is what a look found. Complete is zero if the list vouches for nothing.
type Sight struct {
	Revoked  bool
	Complete store.FeedHead
}

// Stretch is every unexpired revocation of a history behind the position From
// and up to To.
type Stretch struct {
	From        store.FeedHead
	To          store.Position
	Revocations []store.Revocation
}
