package token

import (
	"crypto/x509"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
	"github.com/sallyport-auth/sallyport/tools/vectors"
)

// TestTheDoorAgreesWithEveryClient reads the file that the clients read. The
// server itself takes no client's own token for a user's.
func TestTheDoorAgreesWithEveryClient(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(vectors.Path)))
	if err != nil {
		t.Fatal(err)
	}
	var file vectors.File
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	now := time.Unix(file.Now, 0)
	w.clock.Advance(now.Sub(w.clock.Now()))
	w.hold(t)
	door := NewVerifier(VerifierOptions{
		Ring: w.ring, Revocations: w.list, Clock: w.clock, Issuer: file.Issuer, Audience: file.Audience,
	})
	for _, token := range file.Tokens {
		// Whether its session is known is not what the vectors are about.
		c, err := door.VerifyExpired(t.Context(), token.Token)
		accepted := err == nil && door.Ours(c) && now.Before(c.ExpiresAt)
		if want := token.Verdict == vectors.Accept && token.Kind == "user"; accepted != want {
			t.Errorf("%s (%s): accepted %v (%v), want %v", token.Name, token.Why, accepted, err, want)
		}
	}
	if len(file.Tokens) < 100 {
		t.Errorf("%d tokens", len(file.Tokens))
	}
}

// hold puts the keys of the vectors into the ring, sealed as its own are.
func (w *world) hold(t *testing.T) {
	t.Helper()
	published, _, err := vectors.Keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range published {
		plain, err := x509.MarshalPKCS8PrivateKey(k.Private)
		if err != nil {
			t.Fatal(err)
		}
		at := secret.Place{Table: "signing_keys", Column: "private_sealed", Row: k.KID}
		row := store.SigningKey{
			ID: k.KID, Algorithm: k.Algorithm(), CreatedAt: w.clock.Now(), ActiveAt: w.clock.Now().Add(-time.Hour),
			PrivateSealed: w.keyring.Seal("signing key "+k.Algorithm(), at, plain),
		}
		if err := w.db.Direct().SigningKeys.Insert(t.Context(), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.ring.Maintain(t.Context()); err != nil {
		t.Fatal(err)
	}
}
