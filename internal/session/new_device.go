package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// maxAgents is how many sessions are looked at, the newest first.
const maxAgents = 200

// newDevice reports whether a session that was just opened is on a device that
// its user has not been seen with: no known-device cookie came along, and no
// other session was on the same browser and system. The very first sign-in of an
// account is on no new device, for there was none before.
//
// A device that the user has disowned is new each time until everything the user
// had has ended (the reset that disowning asks for does that), whatever cookie it
// got when it signed in.
func (s *Sessions) newDevice(ctx context.Context, tx *store.Tx, sess *store.Session, n *NewSession) (bool, error) {
	agents, err := tx.Sessions.Agents(ctx, sess.UserID, sess.ID, maxAgents)
	if err != nil {
		return false, fmt.Errorf("look for the device: %w", err)
	}
	seen, same := n.KnownDevice, sameKind(sess.UserAgent)
	for _, a := range agents {
		disowned := a.RevokedReason == store.ReasonDisowned
		switch {
		case !same(a.UserAgent):
		case disowned && a.UserEpoch == sess.UserEpoch:
			return true, nil
		case !disowned:
			seen = true
		}
	}
	first := len(agents) == 0 && n.User.LastLoginAt.IsZero()
	return !seen && !first, nil
}

// sameKind reports of user agents whether they name the same browser and system
// as one. It reads each text once: programs sign in often and say the same.
func sameKind(userAgent string) func(string) bool {
	kind, known := device.Of(userAgent), map[string]bool{}
	return func(other string) bool {
		same, ok := known[other]
		if !ok {
			same = device.Of(other) == kind
			known[other] = same
		}
		return same
	}
}

// tellOfDevice mails the user about a sign-in on a new device, with a link that
// disowns it. Nobody is told whose address was never confirmed: it may be a
// stranger's.
func (s *Sessions) tellOfDevice(ctx context.Context, tx *store.Tx, sess *store.Session, u *store.User) error {
	if u.EmailVerifiedAt.IsZero() {
		return nil
	}
	data := mail.Circumstances(audit.Origin{Address: sess.Address, UserAgent: sess.UserAgent}, sess.CreatedAt)
	data[mail.DataPlace] = s.place(sess.Address)
	token, row, err := s.links.Mint(ctx, tx, store.PurposeDisown, *u, sess.ID)
	if err != nil {
		return fmt.Errorf("store token of a new device: %w", err)
	}
	l := mail.Letter{Kind: mail.NewDevice, To: u.Email, Name: u.Name, Notice: true, Data: data}
	if err := s.postman.Enqueue(ctx, tx, l.With(token, row)); err != nil {
		return fmt.Errorf("tell of a new device: %w", err)
	}
	return nil
}

// Lives reports whether a session has not ended, as far as its row says.
func (s *Sessions) Lives(ctx context.Context, tx *store.Tx, sessionID string) (bool, error) {
	view, err := tx.Sessions.View(ctx, sessionID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read session of a new device: %w", err)
	}
	return living(&view), nil
}
