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
// counts only together with a [Mark], which the list holds as long as it holds
// every unexpired entry of that history up to that number, and which is lost
// with any of them.
type BlockList interface {
	// Look tells whether an entry of the history refuses the suspect, and the
	// list's mark at the same instant.
	Look(ctx context.Context, history string, s Suspect) (Sight, error)
	// Mark gives the list's mark; zero if there is none.
	Mark(ctx context.Context) (Mark, error)
	// Append adds entries. It moves the mark to the end of the stretch if the
	// mark lies within, at its start or later.
	Append(ctx context.Context, s Stretch) error
	// Fill adds the pages, which together hold every unexpired entry up to the
	// number of mark, and then sets the mark. It does so only if the mark is
	// still the one that was seen and nobody else is filling, and gives up, with
	// ErrFilling or another error, as soon as something might be lost.
	Fill(ctx context.Context, seen, mark Mark, pages iter.Seq2[[]store.Revocation, error]) error
}

// ErrFilling is returned by Fill when another instance is at it, or somebody
// was faster.
var ErrFilling = errors.New("the block-list is being filled by another instance")

// Mark says up to which number of which history a list is complete.
type Mark struct {
	History string
	Number  int64
}

// Suspect is what an access token can be revoked by.
type Suspect struct {
	Token, Session, User string
	Epoch                int64
}

// Sight is what a look found. Mark is zero if the list vouches for nothing.
type Sight struct {
	Revoked bool
	Mark    Mark
}

// Stretch is every unexpired revocation of a history whose number is above From
// and not above To.
type Stretch struct {
	History     string
	From, To    int64
	Revocations []store.Revocation
}
