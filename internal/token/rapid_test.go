package token

import (
	"flag"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/soaktest"
)

// TestMain draws what property tests try from one seed, so that a run tells of
// the change and not of the draw; a soak draws anew. Flags on the command line win.
func TestMain(m *testing.M) {
	flag.Parse()
	drawn := false
	flag.Visit(func(f *flag.Flag) { drawn = drawn || f.Name == "rapid.seed" })
	if !drawn && !soaktest.Soaking() {
		_ = flag.Set("rapid.seed", "20261129")
	}
	m.Run()
}
