package personal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

const (
	// eraseRound is how many users one call of Maintain erases.
	eraseRound = 100
	// eraseFor is how long an erasure is left to whoever began it. It takes a
	// second or a few; more than this only who died half-way.
	eraseFor = 15 * time.Minute
	// eraseBatch is how many events or sessions one transaction of an erasure
	// touches, and how many changes of address are read at a time.
	eraseBatch = 200
	// passkeysKept bounds the passkeys that are exported, far above what a user
	// may have.
	passkeysKept = 1000
)

// Maintain erases those whose time has come. Running it twice, or on several
// instances at once, is harmless.
func (r *Records) Maintain(ctx context.Context) error {
	now := r.now()
	due, err := r.opts.Store.Direct().Deletions.Due(ctx, now, now.Add(-eraseFor), eraseRound)
	if err != nil {
		return fmt.Errorf("read deletions that are due: %w", err)
	}
	var failed []error
	for _, userID := range due {
		if err := r.Erase(ctx, userID); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Erase erases a user whose deletion is due, or goes on where another call stopped
// a while ago. Of any number of calls one does it. For anybody else it does nothing.
func (r *Records) Erase(ctx context.Context, userID string) (err error) {
	ctx, span := telemetry.Start(ctx, "personal.erase")
	defer func() { span.End(err) }()
	if err := r.erase(ctx, userID); err != nil {
		return fmt.Errorf("erase a user: %w", err)
	}
	return nil
}

func (r *Records) erase(ctx context.Context, userID string) error {
	// Should this call be held up, and another finish, the addresses may be somebody
	// else's. What it reads of the time afterwards would be too late.
	start, err := r.opts.Store.Now(ctx)
	if err != nil {
		return err
	}
	direct, now := r.opts.Store.Direct(), r.now()
	begun, err := direct.Deletions.Start(ctx, userID, now, now.Add(-eraseFor))
	if err != nil || !begun {
		return err // cancelled, finished, not due, or another's just now
	}
	var last remains
	err = store.Again(ctx, errMoved, func(ctx context.Context) (err error) {
		last, err = r.eraseUser(ctx, userID, start)
		return err
	})
	if err != nil || !last.erased {
		return err
	}
	// What strangers caused meanwhile, but not what is for the address's next owner.
	if err := r.opts.Postman.Forget(ctx, userID, last.spelled, last.until); err != nil {
		return err
	}
	if err := r.eraseAuditParts(ctx, userID); err != nil {
		return err
	}
	finished, err := direct.Deletions.Finish(ctx, userID)
	if err != nil || !finished {
		return err
	}
	r.opts.Log.InfoContext(ctx, "user erased", slog.String("user_id", userID))
	return nil
}

// remains is what may be left of a user whose row is blank: letters to the last
// address, until a time of the database's from which on it may be somebody
// else's.
type remains struct {
	erased  bool
	spelled []string
	until   time.Time
}

// errMoved says that an address went to somebody else while its user was about to
// be erased.
var errMoved = errors.New("the user has moved meanwhile")

// eraseUser erases all that there is of a user, and letters from before start. It
// erases nobody, whatever it has taken by then, who is not leaving any more, or
// was disabled by an operator meanwhile.
func (r *Records) eraseUser(ctx context.Context, userID string, start time.Time) (last remains, err error) {
	u, err := r.opts.Store.Direct().Users.ByID(ctx, userID)
	if err != nil || !leaving(u) {
		return last, err
	}
	if u.Status == store.UserErased {
		return remains{erased: true}, nil // half-way
	}
	known, err := r.addresses(ctx, u)
	if err != nil {
		return last, err
	}
	if err := r.opts.Postman.Forget(ctx, u.ID, known.spelled, start); err != nil {
		return last, err
	}
	if err := r.eraseAuditParts(ctx, u.ID); err != nil {
		return last, err
	}
	for n := eraseBatch; n == eraseBatch; {
		if n, err = r.opts.Store.Direct().Sessions.Erase(ctx, u.ID, eraseBatch); err != nil {
			return last, err
		}
	}
	last.spelled = []string{u.Email}
	if last.until, err = r.opts.Store.Now(ctx); err != nil {
		return last, err
	}
	last.erased, err = r.eraseRows(ctx, u, known)
	return last, err
}

// leaving reports whether a user is to be erased, or is half erased. Anybody else
// was kept, or an operator put an end to it by disabling them, and decides.
func leaving(u store.User) bool {
	return u.Status == store.UserPendingDeletion || u.Status == store.UserErased
}

// addresses are those that were a user's and are nobody else's now.
type addresses struct{ spelled, canonical []string }

func (r *Records) addresses(ctx context.Context, u store.User) (addresses, error) {
	known := addresses{spelled: []string{u.Email}, canonical: []string{u.EmailCanonical}}
	for page := (store.Page{Limit: eraseBatch}); ; {
		changes, err := r.opts.Store.Direct().Changes.List(ctx, u.ID, page)
		if err != nil {
			return known, err
		}
		for _, c := range changes {
			page.After = c.ID
			if c.ConfirmedAt.IsZero() {
				continue // the new one never was theirs, and the old one is in another row
			}
			for spelled, canonical := range map[string]string{c.OldEmail: c.OldCanonical, c.NewEmail: c.NewCanonical} {
				if err := r.know(ctx, &known, spelled, canonical); err != nil {
					return known, err
				}
			}
		}
		if len(changes) < eraseBatch {
			return known, nil
		}
	}
}

// know adds an address that was the user's, unless somebody has it now.
func (r *Records) know(ctx context.Context, known *addresses, spelled, canonical string) error {
	if slices.Contains(known.canonical, canonical) {
		return nil
	}
	free, err := unowned(ctx, r.opts.Store.Direct().Users, canonical)
	if free {
		known.spelled, known.canonical = append(known.spelled, spelled), append(known.canonical, canonical)
	}
	return err
}

func unowned(ctx context.Context, users store.Users, canonical string) (bool, error) {
	_, err := users.ByEmail(ctx, canonical)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil
	}
	return false, err
}

// eraseAuditParts deletes the personal parts of a user's events, and of those
// events that name no user and hold an address that stands in them: the sign-up
// was recorded before there was a user. Each batch is a transaction, in which an
// address is not lost before it was looked for.
func (r *Records) eraseAuditParts(ctx context.Context, userID string) error {
	for after := ""; ; {
		var parts []store.PersonalPart
		err := r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			if parts, err = tx.AuditPersonal.List(ctx, userID, after, eraseBatch); err != nil {
				return err
			}
			var ids, seen []string
			unowned := 0
			for _, p := range parts {
				ids = append(ids, p.EventID)
				if p.Email == "" || slices.Contains(seen, p.Email) {
					continue
				}
				seen = append(seen, p.Email)
				n, err := r.dropFormer(ctx, tx, userID, p.Email)
				if err != nil {
					return err
				}
				unowned += n
			}
			dropped, err := tx.AuditPersonal.Delete(ctx, ids)
			if err != nil {
				return err
			}
			return r.recordDropped(ctx, tx, userID, dropped+unowned, unowned)
		})
		if err != nil {
			return err
		}
		if len(parts) < eraseBatch {
			return nil
		}
		after = parts[len(parts)-1].EventID
	}
}

// recordDropped records that personal parts were deleted: one that is missing
// otherwise was taken by somebody else.
func (r *Records) recordDropped(ctx context.Context, tx *store.Tx, userID string, parts, unowned int) error {
	if parts == 0 {
		return nil
	}
	return r.opts.Trail.Record(ctx, tx, audit.Event{
		Kind: audit.KindPersonalErased, Outcome: audit.Success, UserID: userID, Details: map[string]any{"parts": parts, "unowned": unowned},
	})
}

// dropFormer deletes the personal parts of events that name no user and hold an
// address which stands in the events of one: unless another has it by now, whose
// evidence they are.
func (r *Records) dropFormer(ctx context.Context, tx *store.Tx, userID, email string) (dropped int, err error) {
	folded := address.Folded(email)
	owner, err := tx.Users.ByEmail(ctx, folded)
	if err == nil && owner.ID != userID {
		return 0, nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return 0, err
	}
	if folded != email { // as events were recorded once
		if dropped, err = dropUnowned(ctx, tx, email); err != nil {
			return 0, err
		}
	}
	n, err := dropUnowned(ctx, tx, folded)
	return dropped + n, err
}

func dropUnowned(ctx context.Context, tx *store.Tx, email string) (dropped int, err error) {
	for {
		ids, err := tx.AuditPersonal.Unowned(ctx, email, eraseBatch)
		if err != nil {
			return dropped, err
		}
		n, err := tx.AuditPersonal.Delete(ctx, ids)
		if dropped += n; err != nil || len(ids) < eraseBatch {
			return dropped, err
		}
	}
}

// eraseRows is the moment from which on there is no such person: one
// transaction, and one call of it.
func (r *Records) eraseRows(ctx context.Context, u store.User, known addresses) (erased bool, err error) {
	err = r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		erased = false
		held, err := tx.Users.Hold(ctx, u.ID, u.Epoch, u.EmailCanonical)
		if err != nil {
			return err
		}
		if !held {
			return errMoved
		}
		if erased, err = tx.Users.Erase(ctx, u.ID, r.now()); err != nil || !erased {
			return err
		}
		dropped := 0
		for _, canonical := range known.canonical {
			free, err := unowned(ctx, tx.Users, canonical)
			if err != nil {
				return err
			}
			if !free {
				continue
			}
			spelled, err := tx.Signups.Erase(ctx, canonical)
			if err != nil {
				return err
			}
			if _, err := tx.Invitations.Erase(ctx, canonical); err != nil {
				return err
			}
			for _, email := range append(spelled, canonical) {
				n, err := dropUnowned(ctx, tx, email)
				if err != nil {
					return err
				}
				dropped += n
			}
		}
		if err := r.recordDropped(ctx, tx, u.ID, dropped, dropped); err != nil {
			return err
		}
		if err := r.opts.Trail.Record(ctx, tx, audit.Event{Kind: audit.KindUserErased, Outcome: audit.Success, UserID: u.ID}); err != nil {
			return err
		}
		if u.Email == "" {
			return nil // it was released to whoever reads that mailbox
		}
		return r.opts.Postman.Enqueue(ctx, tx, mail.Letter{Kind: mail.AccountErased, To: u.Email, Name: u.Name, Language: u.Language, Notice: true})
	})
	return erased && err == nil, err
}
