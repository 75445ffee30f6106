package seal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

const sealPurpose = "key of the audit log"

func place(k store.AuditKey) secret.Place {
	return secret.Place{Table: "audit_keys", Column: "private_sealed", Row: strconv.FormatInt(k.Number, 10)}
}

// signing is the log's key, opened.
type signing struct {
	public   string
	signer   note.Signer
	verifier note.Verifier
}

// key opens the log's key, and makes it if there is none. Of instances that start at
// once one makes it, and says what it is. The public half is computed, never read
// from the row.
func (l *Log) key(ctx context.Context) (signing, error) {
	row, err := l.opts.Store.Direct().AuditKeys.Last(ctx)
	if errors.Is(err, store.ErrNotFound) {
		row, err = l.makeKey(ctx)
	}
	if err != nil {
		return signing{}, fmt.Errorf("read the key of the audit log: %w", err)
	}
	plain, err := l.opts.Keyring.Open(sealPurpose, place(row), row.PrivateSealed)
	if err != nil {
		return signing{}, fmt.Errorf("open the key of the audit log: %w", err)
	}
	private, public, both := strings.Cut(string(plain), "\n")
	if !both {
		return signing{}, errors.New("open the key of the audit log: it has another form")
	}
	k := signing{public: public}
	if k.signer, err = note.NewSigner(private); err == nil {
		k.verifier, err = note.NewVerifier(public)
	}
	if err != nil {
		return signing{}, fmt.Errorf("read the key of the audit log: %w", err)
	}
	return k, nil
}

func (l *Log) makeKey(ctx context.Context) (store.AuditKey, error) {
	private, public, err := note.GenerateKey(rand.Reader, keyName)
	if err != nil {
		return store.AuditKey{}, err
	}
	row := store.AuditKey{Number: 1, PublicKey: public, CreatedAt: l.opts.Clock.Now()}
	row.PrivateSealed = l.opts.Keyring.Seal(sealPurpose, place(row), []byte(private+"\n"+public))
	err = l.opts.Store.Direct().AuditKeys.Insert(ctx, row)
	switch {
	case err == nil:
		l.opts.Log.InfoContext(ctx, "made the key of the audit log: write it down", slog.String("public_key", public))
	case !errors.Is(err, store.ErrTaken):
		return row, err
	}
	return l.opts.Store.Direct().AuditKeys.Last(ctx)
}

// PublicKey is the key by which heads are verified, as golang.org/x/mod/sumdb/note
// writes it.
func (l *Log) PublicKey(ctx context.Context) (string, error) {
	k, err := l.key(ctx)
	return k.public, err
}

// Rewrap seals the log's key anew, if the newest secret key did not seal it, and
// says how many that were.
func Rewrap(ctx context.Context, st *store.Store, ring *secret.Keyring) (int, error) {
	row, err := st.Direct().AuditKeys.Last(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the key of the audit log: %w", err)
	}
	if by, err := secret.SealedBy(row.PrivateSealed); err == nil && by == ring.KeyIDs()[0] {
		return 0, nil
	}
	plain, err := ring.Open(sealPurpose, place(row), row.PrivateSealed)
	if err != nil {
		return 0, fmt.Errorf("open the key of the audit log: %w", err)
	}
	changed, err := st.Direct().AuditKeys.Reseal(ctx, row, ring.Seal(sealPurpose, place(row), plain))
	if err != nil || !changed {
		return 0, err
	}
	return 1, nil
}
