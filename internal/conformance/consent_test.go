package conformance_test

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/conformance"
)

func TestItRunsAgainstThisComputerOrWithItsOwnersWord(t *testing.T) {
	t.Parallel()
	for address, here := range map[string]bool{
		"http://localhost:8080": true, "http://127.0.0.1:8080": true, "http://127.9.9.9": true, "https://[::1]:8443": true, "http://LOCALHOST": true,
		"https://auth.example.com": false, "http://localhost.example.com": false, "http://10.0.0.1": false, "http://0.0.0.0:8080": false,
		"http://127.0.0.1.nip.io": false, "http://user:127.0.0.1@example.com": false, "redis://10.0.0.2:6379": false,
	} {
		for _, at := range [][]string{{address}, {"http://localhost", address}, {"http://localhost", "", "", address}} {
			if err := conformance.Agreed(false, at...); (err == nil) != here {
				t.Errorf("%v without its owner's word: %v", at, err)
			}
			if err := conformance.Agreed(true, at...); err != nil {
				t.Errorf("%v with its owner's word: %v", at, err)
			}
		}
	}
	for _, none := range []string{"localhost:8080", "nothing", "http://", "::"} {
		if conformance.Agreed(true, none) == nil {
			t.Errorf("%q counts as a URL", none)
		}
	}
}
