package token

import (
	"os"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// TestMain asks for many more draws in a soak.
func TestMain(m *testing.M) {
	soaktest.Draws(100, 3000)
	os.Exit(m.Run())
}
