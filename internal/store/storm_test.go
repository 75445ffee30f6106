package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/id"
)

// storm is a crowd that wants the same few users and takes their rows in
// opposite orders.
type storm struct {
	db    *Store
	users [10]User
	last  [10]atomic.Pointer[Session]
}

func newStorm(t *testing.T, db *Store) *storm {
	t.Helper()
	s := &storm{db: db}
	now := time.Now().UTC().Truncate(time.Microsecond)
	for i := range s.users {
		u := User{
			ID: id.Random(), EmailCanonical: fmt.Sprint(i, "@x"), Metadata: "{}", Status: UserActive, CreatedAt: now, UpdatedAt: now,
		}
		s.users[i] = u
		if err := db.Tx(t.Context(), func(ctx context.Context, tx *Tx) error {
			if err := tx.Users.Insert(ctx, u); err != nil {
				return err
			}
			return tx.Credentials.Insert(ctx, Credential{
				ID: id.Ordered(), UserID: u.ID, Kind: KindPassword, Secret: "0", CreatedAt: now, UpdatedAt: now,
			})
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.login(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// login takes the user, then the credential.
func (s *storm) login(ctx context.Context, i int) error {
	known, err := s.db.Direct().Credentials.SignIn(ctx, s.users[i].EmailCanonical)
	if err != nil {
		return err
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	sess := Session{
		ID: id.Random(), UserID: known.User.ID, RefreshState: RefreshState{Nonce: id.Random()[:22], Parent: NoParent, RotatedAt: now},
		UserEpoch: known.User.Epoch, ExpiresAt: now.Add(time.Hour), IdleExpiresAt: now.Add(time.Hour), CreatedAt: now,
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
		ok, err := tx.Users.SignIn(ctx, known.User.ID, known.User.Epoch, now)
		if err != nil || !ok {
			return err
		}
		if err := tx.Sessions.Insert(ctx, sess); err != nil {
			return err
		}
		_, err = tx.Credentials.Replace(ctx, known.User.ID, KindPassword, known.Secret, known.Secret+"'", now)
		return err
	})
	if err == nil {
		s.last[i].Store(&sess)
	}
	return err
}

// reset takes the credential, the sessions, then the user, and the feed.
func (s *storm) reset(ctx context.Context, i int) error {
	now := time.Now().UTC().Truncate(time.Microsecond)
	return s.db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
		c, err := tx.Credentials.ByKind(ctx, s.users[i].ID, KindPassword)
		if err != nil {
			return err
		}
		u, err := tx.Users.ByID(ctx, s.users[i].ID)
		if err != nil {
			return err
		}
		ok, err := tx.Credentials.Replace(ctx, u.ID, KindPassword, c.Secret, id.Random(), now)
		if err != nil || !ok {
			return err
		}
		if _, err := tx.Sessions.RevokeAll(ctx, u.ID, "", ReasonPasswordReset, now); err != nil {
			return err
		}
		if ok, err = tx.Users.RaiseEpoch(ctx, u.ID, u.Epoch, now); err != nil || !ok {
			return err
		}
		if err := tx.Jobs.Insert(ctx, Job{ID: id.Ordered(), Kind: "mail"}); err != nil {
			return err
		}
		return tx.Revocations.Append(ctx, &Revocation{Kind: RevokedUser, Subject: u.ID, Epoch: u.Epoch + 1, RevokedAt: now, ExpiresAt: now.Add(time.Hour)})
	})
}

// refresh is what happens most.
func (s *storm) refresh(ctx context.Context, i int) error {
	v, err := s.db.Direct().Sessions.View(ctx, s.last[i].Load().ID)
	if err != nil {
		return err
	}
	to := v.Session.RefreshState
	to.Generation, to.Nonce, to.RotatedAt = to.Generation+1, id.Random()[:22], v.Now
	_, err = s.db.Direct().Sessions.Advance(ctx, Advance{SessionID: v.Session.ID, From: v.Session.RefreshState, To: to, Now: v.Now, IdleExpiresAt: v.Session.IdleExpiresAt})
	return err
}

// logout ends the newest session.
func (s *storm) logout(ctx context.Context, i int) error {
	now := time.Now().UTC().Truncate(time.Microsecond)
	sessionID := s.last[i].Load().ID
	return s.db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
		won, err := tx.Sessions.Revoke(ctx, sessionID, ReasonLogout, now)
		if err != nil || !won {
			return err
		}
		return tx.Revocations.Append(ctx, &Revocation{Kind: RevokedSession, Subject: sessionID, RevokedAt: now, ExpiresAt: now.Add(time.Hour)})
	})
}

// guess counts one, in a transaction and outside, on counters that come and go.
func (s *storm) guess(ctx context.Context, i int) error {
	subject, now := fmt.Sprint("subject-", i), time.Now()
	if _, _, err := s.db.Direct().Attempts.Take(ctx, "login", subject, 1000000, time.Minute, now); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.Attempts.Clear(ctx, "login", subject); err != nil {
			return err
		}
		_, _, err := tx.Attempts.Take(ctx, "mail", fmt.Sprint(subject, now.UnixMilli()), 1000000, time.Minute, now)
		return err
	})
}

// TestStormOnFewUsers lets 64 clients loose on ten users. Deadlocks and waits
// for locks are the business of sqlrun; no error may leave it.
func TestStormOnFewUsers(t *testing.T) {
	t.Parallel()
	fleettest.OnEachEngine(t, func(t *testing.T, name string) {
		// Patience, because the point is what leaves the store, not how soon.
		db := openTest(t, Options{URL: fleettest.Database(t, name), Patience: 20 * time.Second})
		s := newStorm(t, db)
		begin := time.Now()
		var clients sync.WaitGroup
		for c := range 64 {
			clients.Go(func() {
				for round := range 12 {
					user := (c + round*7) % len(s.users)
					act := []func(context.Context, int) error{s.login, s.refresh, s.reset, s.guess, s.logout, s.refresh}[(c+round)%6]
					if err := act(t.Context(), user); err != nil {
						t.Errorf("client %d, round %d: %v", c, round, err)
					}
				}
			})
		}
		clients.Wait()
		t.Logf("%d calls took %v", 64*12, time.Since(begin))
		head, err := db.Direct().Feed.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		page, err := db.Direct().Revocations.From(t.Context(), 0, time.Now(), int(head.Number)+9)
		if err != nil || len(page.Revocations) != int(head.Number) {
			t.Errorf("%d revocations up to number %d (%v)", len(page.Revocations), head.Number, err)
		}
	})
}
