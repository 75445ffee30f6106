package client

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	// rememberFor is how long the credentials of a client that follows the feed are
	// taken without looking them up. A secret that was ended reads the feed for as
	// long; a disabled client does not.
	rememberFor = 10 * time.Second
	// maxRemembered bounds how many are kept.
	maxRemembered = 4096
)

// remembered are clients that were let in a short while ago, by the SHA-256 of
// their credentials.
type remembered struct {
	mu   sync.Mutex
	rows map[[sha256.Size]byte]recollection
}

type recollection struct {
	Authenticated
	until time.Time
}

// key is longer than any of its parts can be made to look like another.
func (c Credentials) key() [sha256.Size]byte {
	return sha256.Sum256([]byte(c.Method + "\x00" + c.ClientID + "\x00" + c.Secret))
}

func (r *remembered) put(c Credentials, a Authenticated, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rows == nil || len(r.rows) >= maxRemembered {
		r.rows = map[[sha256.Size]byte]recollection{}
	}
	r.rows[c.key()] = recollection{Authenticated: a, until: now.Add(rememberFor)}
}

func (r *remembered) get(c Credentials, now time.Time) (Authenticated, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.rows[c.key()]
	return found.Authenticated, ok && now.Before(found.until)
}

// Recognize gives the client of credentials that [Clients.Authenticate] took a
// short while ago, if it has not been disabled or deleted since. It serves the feed
// alone, which a client asks for every second; tokens are granted to clients that
// were looked up.
func (cs *Clients) Recognize(ctx context.Context, c Credentials) (Authenticated, bool) {
	a, known := cs.seen.get(c, cs.opts.Clock.Now())
	if !known {
		return Authenticated{}, false
	}
	live := token.Claims{Subject: a.ClientID, ClientID: a.ClientID, UserEpoch: a.Epoch}
	return a, cs.opts.Revocations.Check(ctx, live) == nil
}

// MayFollow reports whether a client may follow the revocation feed. Machine
// clients may: what they are shown of users counts only as long as they do.
func (a Authenticated) MayFollow() bool { return a.Kind == Machine }
