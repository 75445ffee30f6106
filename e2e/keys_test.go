package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// revokedWithin is what `sallyport key rotate --revoke` promises, and the time of a
// round.
const revokedWithin = time.Minute + 10*time.Second

// key runs `sallyport key` beside the server and expects success.
func (w *world) key(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := apptest.Run(t.Context(), t, w.operator(), nil, append([]string{"key"}, args...)...)
	if code != 0 || stderr != "" {
		t.Fatalf("sallyport key %s: exit code %d, %s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout
}

// TestAStolenSigningKeyIsRevokedWithinAMinute while the server runs: what it signed
// opens nothing, and nobody has to sign in again.
func TestAStolenSigningKeyIsRevokedWithinAMinute(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, address(t, 1))
	var before, after []struct {
		KID   string `json:"kid"`
		State string `json:"state"`
	}
	if err := json.Unmarshal([]byte(w.key(t, "list", "--json")), &before); err != nil || len(before) != 1 || before[0].State != "active" {
		t.Fatalf("the keys are %+v (%v)", before, err)
	}
	if said := w.key(t, "rotate", "--revoke"); !strings.Contains(said, "The old keys are deleted") {
		t.Errorf("it says %s", said)
	}
	if err := json.Unmarshal([]byte(w.key(t, "list", "--json")), &after); err != nil || len(after) != 1 || after[0].KID == before[0].KID {
		t.Fatalf("the keys are %+v (%v)", after, err)
	}
	instances := []*apptest.Client{w.Client}
	if w.cluster != nil {
		instances = w.cluster.clients
	}
	for _, instance := range instances {
		waittest.Within(t, revokedWithin, "the old key is gone", func() bool {
			return instance.Get(t, "/auth/me", tokens.AccessToken).Status == http.StatusUnauthorized
		})
		jwks := string(instance.Get(t, "/.well-known/jwks.json", "").Body)
		if strings.Contains(jwks, before[0].KID) || !strings.Contains(jwks, after[0].KID) {
			t.Errorf("published is %s", jwks)
		}
	}
	next := w.refreshed(t, tokens.RefreshToken)
	for _, instance := range instances {
		instance.Get(t, "/auth/me", next.AccessToken).Want(t, http.StatusOK, "")
	}
}
