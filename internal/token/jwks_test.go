package token

import (
	"encoding/json"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/sallyport-auth/sallyport/internal/keys"
)

// jwks reads the published set the way a stranger does.
func jwks(t *testing.T, r *keys.Ring) map[string]any {
	t.Helper()
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(r.JWKS(), &set); err != nil {
		t.Fatal(err)
	}
	found := map[string]any{}
	for _, k := range set.Keys {
		if k.Use != "sig" || !k.IsPublic() {
			t.Errorf("key %s: use %q, public %v", k.KeyID, k.Use, k.IsPublic())
		}
		found[k.KeyID] = k.Key
	}
	return found
}

// published gives the kid of a set of one.
func published(t *testing.T, r *keys.Ring) string {
	t.Helper()
	set := jwks(t, r)
	if len(set) != 1 {
		t.Fatalf("%d keys are published", len(set))
	}
	for kid := range set {
		return kid
	}
	return ""
}
