package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

const (
	keysPath     = "/.well-known/jwks.json"
	keysLimit    = 5 * time.Second  // of one reading
	keysEvery    = 5 * time.Minute  // at least so often they are read
	keysPause    = 10 * time.Second // at most so often because of an unknown kid
	keysOldest   = 24 * time.Hour   // keys that could not be read anew count so long
	maxKeySet    = 1 << 20
	maxKidLength = 256
)

var (
	errUnknownKey = errors.New("unknown signing key")
	errOldKeys    = errors.New("the keys could not be read for a day")
	errNoKeys     = errors.New("there is none that tokens could be signed with (is the server set to HS256?)")
)

// key is a published key. Two readings of the same key give the same pointer, so
// that tokens in the cache can tell whether theirs is still published.
type key struct {
	*jws.Public
	thumbprint string
}

// keySet is what was published at a time. It is immutable.
type keySet struct {
	byID   map[string]*key
	readAt reading
	maxAge time.Duration
}

// keyring holds the keys that the server publishes. Reading it is free of locks
// and of I/O, but that an unknown kid may cause one reading in 10 s.
type keyring struct {
	fetch   func(ctx context.Context, path string, limit int64) ([]byte, http.Header, error)
	tick    func() reading
	log     *slog.Logger
	current atomic.Pointer[keySet]
	reading chan struct{} // has room for one: the reader of the keys
	triedAt reading       // guarded by reading
	tried   error         // guarded by reading: what came of it; nil too if never
	ever    bool          // guarded by reading
}

// holds reports whether the key that a token was verified with still counts.
func (r *keyring) holds(t *Token, now reading) bool {
	set := r.current.Load()
	return set != nil && set.byID[t.kid] == t.key && now.since(set.readAt) <= keysOldest
}

// find gives the key that kid names. errUnknownKey means that the server
// publishes no such key; any other error that this cannot be told.
func (r *keyring) find(ctx context.Context, kid string) (*key, error) {
	k, err := r.look(kid)
	if !errors.Is(err, errUnknownKey) || len(kid) > maxKidLength {
		return k, err
	}
	if err := r.acquire(ctx); err != nil {
		return nil, err
	}
	defer r.release()
	if k, err = r.look(kid); !errors.Is(err, errUnknownKey) {
		return k, err // another caller read the keys meanwhile
	}
	if now := r.tick(); !r.ever || now.since(r.triedAt) >= keysPause || now.mono < r.triedAt.mono {
		r.read(ctx)
	}
	if r.tried != nil {
		return nil, r.tried
	}
	return r.look(kid)
}

func (r *keyring) look(kid string) (*key, error) {
	set := r.current.Load()
	switch {
	case set == nil:
		return nil, errUnknownKey
	case r.tick().since(set.readAt) > keysOldest:
		return nil, errOldKeys
	}
	if k := set.byID[kid]; k != nil {
		return k, nil
	}
	return nil, errUnknownKey
}

// renew reads the keys now.
func (r *keyring) renew(ctx context.Context) error {
	if err := r.acquire(ctx); err != nil {
		return err
	}
	defer r.release()
	r.read(ctx)
	return r.tried
}

func (r *keyring) acquire(ctx context.Context) error {
	select {
	case r.reading <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the keys: %w", ctx.Err())
	}
}

func (r *keyring) release() { <-r.reading }

// read replaces the keys by those that are published now. A key that is gone is
// dropped, and with it every token in the cache that it signed, even if none is
// left: only without an answer do keys stand. The caller holds reading and may hang
// up: those who wait behind it want the answer.
func (r *keyring) read(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keysLimit)
	defer cancel()
	start := r.tick()
	r.triedAt, r.ever = start, true
	r.tried = r.replace(ctx, start)
}

func (r *keyring) replace(ctx context.Context, start reading) error {
	text, header, err := r.fetch(ctx, keysPath, maxKeySet)
	if err != nil {
		return fmt.Errorf("read the keys: %w", err)
	}
	found, err := jws.ParseSet(text)
	if err != nil {
		return fmt.Errorf("read the keys: %w", err)
	}
	next := &keySet{byID: make(map[string]*key, len(found)), readAt: start, maxAge: maxAge(header)}
	before := r.current.Load()
	for kid, public := range found {
		thumbprint, err := public.Thumbprint()
		if err != nil {
			return fmt.Errorf("read the keys: %w", err)
		}
		k := &key{Public: public, thumbprint: thumbprint}
		if before != nil {
			if had := before.byID[kid]; had != nil && had.thumbprint == thumbprint && had.Algorithm() == k.Algorithm() {
				k = had
			}
		}
		next.byID[kid] = k
	}
	if len(next.byID) == 0 {
		next.maxAge = 0 // it is tried again as after a failure
		err = fmt.Errorf("read the keys: %w", errNoKeys)
	}
	r.current.Store(next)
	return err
}

// maxAge is how long an answer counts (RFC 9111 §5.2.2.1), between 10 s and 5 min.
func maxAge(h http.Header) time.Duration {
	for directive := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		if n, err := strconv.Atoi(strings.Trim(value, `"`)); err == nil && n >= 0 {
			return min(max(time.Duration(min(n, 3600))*time.Second, keysPause), keysEvery)
		}
	}
	return keysEvery
}

// run reads the keys anew when their time is over, until ctx is done. While the
// server is away they stand for a day.
func (r *keyring) run(ctx context.Context) {
	failing := false
	for {
		pause := keysPause
		if set := r.current.Load(); set != nil && !failing {
			pause = set.maxAge - r.tick().since(set.readAt)
		}
		if !sleep(ctx, pause) {
			return
		}
		if set := r.current.Load(); set != nil && r.tick().since(set.readAt) < set.maxAge {
			failing = false
			continue // read meanwhile
		}
		err := r.renew(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errNoKeys) && !failing:
			r.log.ErrorContext(ctx, "sallyport: the server publishes no signing keys; no token counts", slog.Any("error", err))
		case err != nil && !failing:
			r.log.WarnContext(ctx, "sallyport: signing keys cannot be read anew; those that were read stand", slog.Any("error", err))
		case err == nil && failing:
			r.log.InfoContext(ctx, "sallyport: signing keys read anew")
		}
		failing = err != nil
	}
}
