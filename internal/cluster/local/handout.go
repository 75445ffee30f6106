package local

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/cluster"
)

// idsWaiting is how many ids a handout holds.
const idsWaiting = 4096

// Handout implements cluster.Handout within one process.
type Handout struct {
	ids chan string
}

var _ cluster.Handout = (*Handout)(nil)

// NewHandout returns an empty handout.
func NewHandout() *Handout { return &Handout{ids: make(chan string, idsWaiting)} }

// Announce queues ids for those who wait. It never waits itself: what does not
// fit is dropped, and found by the workers' slow poll.
func (h *Handout) Announce(_ context.Context, ids []string) error {
	for _, id := range ids {
		select {
		case h.ids <- id:
		default:
			return nil
		}
	}
	return nil
}

// Next waits for an id. Each id that was announced goes to one caller.
func (h *Handout) Next(ctx context.Context) (string, error) {
	select {
	case id := <-h.ids:
		return id, nil
	default:
	}
	select {
	case id := <-h.ids:
		return id, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
