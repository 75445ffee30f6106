package token

import (
	"flag"
	"os"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// TestMain asks for many more draws in a soak. Flags on the command line win.
// Each run draws anew, and prints the seed of a draw that fails.
func TestMain(m *testing.M) {
	checks := "100"
	if soaktest.Soaking() {
		checks = "3000"
	}
	for name, value := range map[string]string{"rapid.checks": checks, "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
