package guard

import (
	"context"
	"errors"

	"github.com/sallyport-auth/sallyport/guard/internal/jws"
)

var (
	errType    = errors.New("typ is another's")
	errExpired = errors.New("expired")
	errRevoked = errors.New("revoked")
)

// Verify gives a token that is the issuer's, for Config.Audience, neither expired
// nor revoked, and does what needs ask. The error is a [*Refusal]. A token that
// was seen before costs its hash and a few looks into maps, and allocates
// nothing.
func (g *Guard) Verify(ctx context.Context, raw string, needs ...Need) (*Token, error) {
	t, refusal := g.decide(ctx, raw, needs)
	if refusal != nil {
		return nil, refusal
	}
	return t, nil
}

func (g *Guard) decide(ctx context.Context, raw string, needs []Need) (*Token, *Refusal) {
	t, refusal := g.verify(ctx, raw, needs)
	if g.conf.Metrics != nil {
		outcome := "pass"
		if refusal != nil {
			outcome = refusal.Code
		}
		g.conf.Metrics.Decided(outcome)
	}
	return t, refusal
}

func (g *Guard) verify(ctx context.Context, raw string, needs []Need) (*Token, *Refusal) {
	if raw == "" || len(raw) > jws.MaxToken {
		return nil, invalid(errors.New("empty or too long"))
	}
	if g.feed.now.Load().barred {
		return nil, notCurrent(errAnew)
	}
	now := g.tick()
	sum := fingerprintOf(raw)
	t := g.cache.get(sum)
	if t == nil || !g.keys.holds(t, now) {
		var refusal *Refusal
		if t, refusal = g.enter(ctx, raw, now); refusal != nil {
			return nil, refusal
		}
		g.cache.put(sum, t)
		now = g.tick() // the keys may have been waited for
	}
	if now.wall.Unix() >= t.expires {
		g.cache.drop(sum)
		return nil, invalid(errExpired)
	}
	current := g.feed.current(now) // before the look: an entry that comes behind it has not made the guard current
	if g.table.revokes(t) {
		return nil, invalid(errRevoked)
	}
	if !current {
		if refusal := g.uncertain(ctx, raw); refusal != nil {
			return nil, refusal
		}
	}
	for _, need := range needs {
		if refusal := need.missing(t, now.wall); refusal != nil {
			return nil, refusal
		}
	}
	return t, nil
}

// enter is the door: form, key, signature, claims, in this order.
func (g *Guard) enter(ctx context.Context, raw string, now reading) (*Token, *Refusal) {
	m, err := jws.Parse(raw, jws.MaxToken)
	if err != nil {
		return nil, invalid(err)
	}
	if m.Type != jws.TypeAccessToken {
		return nil, invalid(errType)
	}
	k, err := g.keys.find(ctx, m.KeyID)
	switch {
	case errors.Is(err, errUnknownKey):
		return nil, invalid(err)
	case err != nil:
		return nil, notCurrent(err)
	}
	if err := m.Verify(k.Public); err != nil {
		return nil, invalid(err)
	}
	c, err := jws.ParseClaims(m.Payload, g.conf.Issuer, g.conf.Audience, now.wall)
	if err != nil {
		return nil, invalid(err)
	}
	return newToken(m.KeyID, k, &c), nil
}

// uncertain decides about a token that no entry refuses while the guard is not
// current.
func (g *Guard) uncertain(ctx context.Context, raw string) *Refusal {
	switch g.conf.NotCurrent {
	case Allow:
		return nil
	case Ask:
		return g.ask(ctx, raw)
	case Refuse:
	}
	return notCurrent(errors.New("the revocation feed is not current"))
}
