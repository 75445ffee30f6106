package token

import (
	"crypto/sha256"
	"math"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// binaryID is how the list holds an identifier: the 16 bytes of the UUID.
type binaryID = [16]byte

// binary gives the bytes of a UUID. What is none, though everything in this
// house is, gets the start of its hash, so that the list cannot be broken by a
// row.
func binary(text string) binaryID {
	if b, ok := id.Bytes(text); ok {
		return b
	}
	sum := sha256.Sum256([]byte(text))
	return binaryID(sum[:16])
}

// subjects is what a token can be revoked by: that of a user, or that of a client
// of its own.
type subjects struct {
	token, session, user, client         string
	tokenID, sessionID, userID, clientID binaryID
	epoch                                int64
}

func subjectsOf(c Claims) subjects {
	if c.Machine() {
		return subjects{token: c.ID, client: c.ClientID, tokenID: binary(c.ID), clientID: binary(c.ClientID), epoch: c.UserEpoch}
	}
	return subjects{
		token: c.ID, session: c.SessionID, user: c.Subject,
		tokenID: binary(c.ID), sessionID: binary(c.SessionID), userID: binary(c.Subject),
		epoch: c.UserEpoch,
	}
}

// instant is a time in whole seconds since 1970, rounded up.
type instant uint32

func instantOf(t time.Time) instant {
	s := t.Unix()
	if t.Nanosecond() > 0 {
		s++
	}
	return instant(max(0, min(s, math.MaxUint32)))
}

// view is the revocation list in memory: 20 bytes an entry and 24 for its place
// in the queue. A session's end is one entry however many tokens it has had,
// and "everything of a user", or of a client, is one as well.
//
// It never lets go of an entry that has not expired. When it is full it takes no
// more and says so, and its callers must ask SQL about the rest.
type view struct {
	limit    int
	tokens   map[binaryID]instant
	sessions map[binaryID]instant
	users    map[binaryID]epochEntry
	clients  map[binaryID]epochEntry
	queue    []queued // in the order of arrival, which is nearly that of expiry
	partial  bool     // there are entries that it does not hold
}

type epochEntry struct {
	epoch int64 // tokens with a smaller uep are refused
	until instant
}

type queued struct {
	until instant
	kind  store.RevocationKind
	id    binaryID
}

func newView(limit int) *view {
	return &view{
		limit:    limit,
		tokens:   map[binaryID]instant{},
		sessions: map[binaryID]instant{},
		users:    map[binaryID]epochEntry{},
		clients:  map[binaryID]epochEntry{},
	}
}

func (v *view) len() int { return len(v.tokens) + len(v.sessions) + len(v.users) + len(v.clients) }

// known reports whether this version can tell what a kind of entry revokes.
func known(kind store.RevocationKind) bool {
	switch kind {
	case store.RevokedToken, store.RevokedSession, store.RevokedUser, store.RevokedClient:
		return true
	}
	return false
}

// add takes an entry, and reports whether it said anything new. Adding one twice
// does nothing.
func (v *view) add(r store.Revocation) bool {
	key, until := binary(r.Subject), instantOf(r.ExpiresAt)
	switch r.Kind {
	case store.RevokedToken:
		return v.prolong(v.tokens, r.Kind, key, until)
	case store.RevokedSession:
		return v.prolong(v.sessions, r.Kind, key, until)
	case store.RevokedUser:
		return v.raise(v.users, r.Kind, key, epochEntry{epoch: r.Epoch, until: until})
	case store.RevokedClient:
		return v.raise(v.clients, r.Kind, key, epochEntry{epoch: r.Epoch, until: until})
	}
	v.partial = true // a later version's
	return true
}

// raise makes an entry refuse older epochs, and live, at least as e does.
func (v *view) raise(m map[binaryID]epochEntry, kind store.RevocationKind, key binaryID, e epochEntry) bool {
	had, ok := m[key]
	switch {
	case ok && had.epoch >= e.epoch && had.until >= e.until:
		return false
	case !ok && v.len() >= v.limit:
		v.partial = true
		return true
	}
	m[key] = epochEntry{epoch: max(had.epoch, e.epoch), until: max(had.until, e.until)}
	if e.until > had.until {
		v.queue = append(v.queue, queued{until: e.until, kind: kind, id: key})
	}
	return true
}

// prolong makes an entry live until then, if it would not live so long yet.
func (v *view) prolong(m map[binaryID]instant, kind store.RevocationKind, key binaryID, until instant) bool {
	had, ok := m[key]
	switch {
	case ok && had >= until:
		return false
	case !ok && v.len() >= v.limit:
		v.partial = true
	default:
		m[key] = until
		v.queue = append(v.queue, queued{until: until, kind: kind, id: key})
	}
	return true
}

// revokes reports whether an entry refuses the token.
func (v *view) revokes(s *subjects) bool {
	if _, ok := v.tokens[s.tokenID]; ok {
		return true
	}
	if s.client != "" {
		c, ok := v.clients[s.clientID]
		return ok && s.epoch < c.epoch
	}
	if _, ok := v.sessions[s.sessionID]; ok {
		return true
	}
	u, ok := v.users[s.userID]
	return ok && s.epoch < u.epoch
}

// sweep drops what expired before now, looking at no more than limit entries,
// and reports whether there may be more.
func (v *view) sweep(now time.Time, limit int) (more bool) {
	today := instant(max(0, min(now.Unix(), math.MaxUint32)))
	n := 0
	for ; n < len(v.queue) && n < limit && v.queue[n].until < today; n++ {
		q := v.queue[n]
		switch q.kind {
		case store.RevokedToken:
			drop(v.tokens, q.id, today)
		case store.RevokedSession:
			drop(v.sessions, q.id, today)
		case store.RevokedUser:
			dropEpoch(v.users, q.id, today)
		case store.RevokedClient:
			dropEpoch(v.clients, q.id, today)
		}
	}
	v.queue = v.queue[n:]
	return n == limit
}

// drop removes an entry, unless it was prolonged and is queued once more.
func drop(m map[binaryID]instant, key binaryID, today instant) {
	if m[key] < today {
		delete(m, key)
	}
}

// dropEpoch is drop for entries with an epoch.
func dropEpoch(m map[binaryID]epochEntry, key binaryID, today instant) {
	if m[key].until < today {
		delete(m, key)
	}
}
