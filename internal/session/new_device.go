package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/device"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// PrefixDisown begins the token of the link that disowns a sign-in.
const PrefixDisown = "spn_"

const (
	// disownFor is how long that link works.
	disownFor = 7 * 24 * time.Hour
	// maxAgents is how many sessions are looked at, the newest first.
	maxAgents = 200
)

// newDevice reports whether a session that was just opened is on a device that
// its user has not been seen with: no known-device cookie came along, and no
// other session was on the same browser and system. The very first sign-in of an
// account is on no new device, for there was none before.
//
// A device that the user has disowned is new each time until everything the user
// had has ended (the reset that disowning asks for does that), whatever cookie it
// got when it signed in.
func (s *Sessions) newDevice(ctx context.Context, tx store.Tx, sess *store.Session, n *NewSession) (bool, error) {
	agents, err := tx.Devices.Agents(ctx, sess.UserID, sess.ID, maxAgents)
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
func (s *Sessions) tellOfDevice(ctx context.Context, tx store.Tx, sess *store.Session, u *store.User) error {
	if u.EmailVerifiedAt.IsZero() {
		return nil
	}
	data := mail.Circumstances(audit.Origin{Address: sess.Address, UserAgent: sess.UserAgent}, sess.CreatedAt)
	data[mail.DataPlace] = s.place(sess.Address)
	l, err := s.mintDisown(ctx, tx, mail.Letter{Kind: mail.NewDevice, Notice: true, Data: data}, sess.ID, u)
	if err != nil {
		return err
	}
	if err := s.postman.Enqueue(ctx, tx, l); err != nil {
		return fmt.Errorf("tell of a new device: %w", err)
	}
	return nil
}

// mintDisown stores a token that disowns a session and puts it into a letter.
func (s *Sessions) mintDisown(
	ctx context.Context, tx store.Tx, l mail.Letter, sessionID string, u *store.User,
) (mail.Letter, error) {
	token, hash := secret.NewToken(PrefixDisown)
	now := s.clock.Now()
	t := store.OneTimeToken{
		ID: id.Ordered(), Purpose: store.PurposeDisown, UserID: u.ID, SessionID: sessionID, TokenHash: hash, UserEpoch: u.Epoch,
		CreatedAt: now, ExpiresAt: now.Add(disownFor),
	}
	l.To, l.Name, l.Token, l.TokenID, l.TokenTable, l.ExpiresAt = u.Email, u.Name, token, t.ID, mail.TokenOneTime, t.ExpiresAt
	if err := tx.Tokens.Insert(ctx, t); err != nil {
		return l, fmt.Errorf("store token of a new device: %w", err)
	}
	return l, nil
}

// RenewDisown gives a letter about a new device another token in place of the
// superseded one t. It reports false, having written nothing, if the session has
// ended: then there is nothing left to disown.
func (s *Sessions) RenewDisown(
	ctx context.Context, tx store.Tx, l mail.Letter, t store.OneTimeToken, u store.User,
) (mail.Letter, bool, error) {
	view, err := tx.Sessions.View(ctx, t.SessionID)
	if errors.Is(err, store.ErrNotFound) || err == nil && !living(&view) {
		return l, false, nil
	}
	if err != nil {
		return l, false, fmt.Errorf("read session of a new device: %w", err)
	}
	l, err = s.mintDisown(ctx, tx, l, t.SessionID, &u)
	return l, err == nil, err
}
