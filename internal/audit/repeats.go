package audit

import (
	"crypto/sha256"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// span is how long refusals that are alike are counted together.
const span = time.Minute

// alike tells whether more events such as e are counted and not recorded: what
// clients have refused, but for signs that a secret was copied.
func (e Event) alike() bool {
	return e.Outcome == Failure && e.Origin.Address != "" && e.Kind != KindSessionReplayed && e.Reason != ReasonSignCount
}

// repeat is the row by which events such as e are counted in its minute. Its key
// is a hash: the row itself names nobody but by identifier.
func repeat(e store.AuditEvent) store.AuditRepeat {
	minute := e.CreatedAt.Truncate(span)
	account := e.UserID
	if account == "" {
		account = e.Personal.Email
	}
	switch e.Kind {
	case KindClientRefused:
		account = e.Details // which client; strangers' names for one are not in it
	case KindAdminRefused:
		account = e.ActorID + e.UserID + e.Details
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{
		e.Kind, e.Reason, account, network(e.Personal.Address), strconv.FormatInt(minute.Unix(), 10),
	}, "\x00")))
	return store.AuditRepeat{ID: secret.Encode(sum[:]), EventID: e.ID, BeganAt: minute}
}

// network is the client that an address is, as limits count it.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	return ratelimit.Client(a)
}
