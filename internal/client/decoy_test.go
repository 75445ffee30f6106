package client

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/jws"
)

func TestThereIsADecoyForEveryAlgorithm(t *testing.T) {
	t.Parallel()
	for _, algorithm := range []string{jws.ES256, jws.EdDSA, jws.RS256} {
		if key := decoyKeys()[algorithm]; key == nil || key.Algorithm() != algorithm {
			t.Errorf("%s has %v", algorithm, key)
		}
	}
	a := assertion{message: jws.Message{Algorithm: jws.ES256}}
	if a.verifies(nil) {
		t.Error("a decoy lets somebody in")
	}
}
