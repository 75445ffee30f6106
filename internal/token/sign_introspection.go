package token

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/keys"
)

// SignIntrospection signs what a client is told of a token, for that client alone
// (RFC 9701 §5). It gives nothing where tokens are signed with HS256: a client that
// could verify the answer could forge one.
func (i *Issuer) SignIntrospection(clientID string, said any, now time.Time) (string, error) {
	key, err := i.opts.Ring.Active()
	if err != nil {
		return "", err
	}
	if key.Algorithm() == keys.HS256 {
		return "", nil
	}
	payload, err := json.Marshal(struct {
		Issuer   string `json:"iss"`
		Audience string `json:"aud"`
		IssuedAt int64  `json:"iat"`
		Said     any    `json:"token_introspection"`
	}{i.opts.Issuer, clientID, now.Unix(), said})
	if err != nil {
		return "", fmt.Errorf("write an introspection: %w", err)
	}
	return jws.Compact(key, key.ID(), jws.TypeIntrospection, payload)
}
