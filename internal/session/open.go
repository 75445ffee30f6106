package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/idempotency"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/token"
)

// FirstParty is the client_id of sessions that people open on our own sign-in.
const FirstParty = "sallyport"

// kindFirstParty is the kind of a first-party session.
const kindFirstParty = "first_party"

// NewSession is the input of a new session. User is the state that was read
// together with the password's hash, or with another proof.
type NewSession struct {
	User       store.User
	AMR        []string  // RFC 8176
	AuthTime   time.Time // when it was proved; ReadAt if zero
	DeviceName string
	Audience   string        // whom its access tokens are for alone; empty for the default, which manages the account
	TTL        time.Duration // how long it lives at most; 0 for as long as sessions do
	Origin     audit.Origin
	ReadAt     time.Time // read before the user was
	// KnownDevice says that the browser proved to have signed this user in
	// before. Whoever does not know leaves it false.
	KnownDevice bool
	// Device names that browser. Who opens a session with it says with
	// [Sessions.Delivered] that its tokens are on their way.
	Device     string
	CookieHash string // of the cookie that a browser is given; empty for programs
	// Approval is that of [Sessions.Approved].
	Approval *Approval

	replaces bool // a session that was, by Replace
}

// Open opens a session in the caller's transaction. It reports false, having
// opened nothing, if the user is not active or has another epoch by now: a
// login that verified an old password cannot outlive the reset that replaced
// it. Nor can one that read a user without a second factor outlive the first
// factor: it would leave the one session that was never asked for it. A user whose
// device is new is told by mail. Where the user has more sessions than there may
// be, the one used longest ago ends.
func (s *Sessions) Open(ctx context.Context, tx *store.Tx, n NewSession) (store.Session, bool, error) {
	now := s.clock.Now().UTC().Truncate(time.Microsecond)
	signedIn, err := tx.Users.SignIn(ctx, n.User.ID, n.User.Epoch, now)
	if err == nil && signedIn && !hasFactor(n.User) {
		signedIn, err = s.stillWithoutFactor(ctx, tx, n.User.ID)
	}
	if err != nil || !signedIn {
		return store.Session{}, false, err
	}
	sess := s.sessionOf(&n, now)
	if err := s.check(n.Approval, s.asksOnOpening(&n, &sess)); err != nil {
		return store.Session{}, false, err
	}
	origin := n.Origin.Clip()
	if err := s.write(ctx, tx, &n, sess, origin); err != nil {
		return store.Session{}, false, err
	}
	fresh, err := s.newDevice(ctx, tx, &sess, &n)
	if err == nil && fresh {
		err = s.tellOfDevice(ctx, tx, &sess, &n.User)
	}
	if err != nil {
		return store.Session{}, false, err
	}
	details := map[string]any{"amr": n.AMR, "new_device": fresh}
	if n.Audience != "" {
		details["audience"] = n.Audience
	}
	err = s.trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindSessionOpened, Outcome: audit.Success,
		ActorID: n.User.ID, UserID: n.User.ID, SessionID: sess.ID, Email: n.User.Email, Origin: origin, Details: details,
	})
	if err == nil {
		err = s.endSurplus(ctx, tx, Asker{UserID: sess.UserID, SessionID: sess.ID, Origin: origin})
	}
	return sess, err == nil, err
}

// sessionOf is the session that is opened by n.
func (s *Sessions) sessionOf(n *NewSession, now time.Time) store.Session {
	origin, proved := n.Origin.Clip(), n.AuthTime
	if proved.IsZero() {
		proved = n.ReadAt
	}
	ttl := s.ttl
	if n.TTL > 0 {
		ttl = min(ttl, n.TTL)
	}
	return store.Session{
		ID:     id.Random(),
		UserID: n.User.ID,
		// The time of the first token is by this process's clock. No rule reads
		// it: they ask for the age only once there is a parent.
		RefreshState:  store.RefreshState{Nonce: newNonce(), Parent: store.NoParent, RotatedAt: now},
		UserEpoch:     n.User.Epoch,
		ClientID:      FirstParty,
		Audience:      n.Audience,
		Kind:          kindFirstParty,
		AMR:           n.AMR,
		ACR:           acrOf(n.AMR),
		AuthTime:      proved.UTC().Truncate(time.Microsecond),
		ExpiresAt:     now.Add(ttl),
		IdleExpiresAt: earlier(now.Add(s.idle), now.Add(ttl)),
		UserAgent:     origin.UserAgent,
		Address:       origin.Address,
		DeviceName:    n.DeviceName,
		CreatedAt:     now,
		LastSeenAt:    now,
	}
}

// write inserts a session with the request that may be sent again, the device and
// the cookie that belong to it.
func (s *Sessions) write(ctx context.Context, tx *store.Tx, n *NewSession, sess store.Session, origin audit.Origin) error {
	if err := tx.Sessions.Insert(ctx, sess); err != nil {
		return fmt.Errorf("insert session: %w", err)
	}
	if err := idempotency.Opened(ctx, tx, sess.ID); err != nil {
		return err
	}
	if n.Device != "" {
		if err := s.beginDelivery(ctx, tx, n.Device, Asker{UserID: sess.UserID, SessionID: sess.ID, Origin: origin}); err != nil {
			return err
		}
	}
	if n.CookieHash == "" {
		return nil
	}
	cookie := store.BrowserSession{SessionID: sess.ID, CookieHash: n.CookieHash, CreatedAt: sess.CreatedAt}
	if err := tx.Browsers.Insert(ctx, cookie); err != nil {
		return fmt.Errorf("insert cookie of session: %w", err)
	}
	return nil
}

// stillWithoutFactor looks under the lock on the user's row, which whatever adds
// a factor takes as well.
func (s *Sessions) stillWithoutFactor(ctx context.Context, tx *store.Tx, userID string) (bool, error) {
	u, err := tx.Users.ByID(ctx, userID)
	if err != nil {
		return false, fmt.Errorf("read user who signs in: %w", err)
	}
	return !hasFactor(u), nil
}

// Issue makes the newest tokens of a session that was read or opened. readAt
// must have been read before the session was: the access token is dated by it,
// and expires with the session at the latest. a is the approval with which the
// session was opened or read.
//
// Errors: session_ended in the last second of a session.
func (s *Sessions) Issue(sess store.Session, user store.User, a *Approval, readAt time.Time) (Tokens, error) {
	refresh, err := s.codec.write(sess.ID, sess.RefreshState)
	if err != nil {
		return Tokens{}, err
	}
	access, claims, err := s.issuer.Issue(grant(&sess, &user, a.added(), readAt))
	if errors.Is(err, token.ErrSessionOver) {
		return Tokens{}, ErrEnded.WithMember(MemberReason, idleReason(&sess))
	}
	if err != nil {
		return Tokens{}, fmt.Errorf("issue tokens: %w", err)
	}
	tokens := Tokens{
		AccessToken: access, RefreshToken: refresh,
		ExpiresIn: claims.ExpiresAt.Sub(claims.IssuedAt),
		SessionID: sess.ID, Generation: sess.Generation, User: user,
	}
	if s.devices != nil {
		// A session that goes on after a new password proved its factor long ago. Each
		// new password would else be a device with tries of its own.
		factor := TwoFactors(sess.AMR) && readAt.Sub(sess.AuthTime) <= recentFor
		tokens.KnownDevice = s.devices.Issue(user.ID, sess.UserEpoch, factor)
	}
	return tokens, nil
}

// grant is what an access token of a session is issued for.
func grant(sess *store.Session, u *store.User, added map[string]json.RawMessage, readAt time.Time) token.Grant {
	return token.Grant{
		UserID: sess.UserID, SessionID: sess.ID, ClientID: sess.ClientID, Audience: sess.Audience,
		Scope: sess.Scope, ACR: sess.ACR, AMR: sess.AMR, Roles: u.Roles, AppMetadata: u.AppMetadata, ExternalID: u.ExternalID,
		UserEpoch: sess.UserEpoch, AuthTime: sess.AuthTime, Extra: added, ReadAt: readAt, SessionEndsAt: earlier(sess.ExpiresAt, sess.IdleExpiresAt),
	}
}
