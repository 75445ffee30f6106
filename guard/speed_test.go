package guard_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/guard"
	"github.com/sallyport-auth/sallyport/guard/guardtest"
)

// usual are the claims of a token as a server issues it.
var usual = guardtest.Claims{"roles": []string{"staff", "user"}, "scope": "orders:read orders:write", "amr": []string{"pwd", "otp", "mfa"}}

func TestATokenThatWasSeenBeforeAllocatesNothing(t *testing.T) {
	i := guardtest.New(t)
	g := i.Guard(t)
	raw, ctx := i.Mint(usual), t.Context()
	needs := []guard.Need{guard.Role("staff"), guard.Scope("orders:read"), guard.SecondFactor()}
	if n := testing.AllocsPerRun(1000, func() {
		if _, err := g.Verify(ctx, raw, needs...); err != nil {
			t.Error(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// inTurns calls two functions in turn, so that a machine that slows down slows both,
// and gives the median time of each.
func inTurns(b *testing.B, one, two func()) (first, second time.Duration) {
	b.Helper()
	calls := [2]func(){one, two}
	var times [2][]time.Duration
	for b.Loop() {
		for n, call := range calls {
			began := time.Now()
			call()
			times[n] = append(times[n], time.Since(began))
		}
	}
	for _, all := range times {
		slices.Sort(all)
	}
	return times[0][len(times[0])/2], times[1][len(times[1])/2]
}

// A token seen before is compared with the hash of its text, which is most of it.
func BenchmarkVerifySeen(b *testing.B) {
	const calls = 1000
	i := guardtest.New(b)
	g := i.Guard(b)
	raw, ctx := i.Mint(usual), b.Context()
	text := []byte(raw)
	seen, hash := inTurns(b, func() {
		for range calls {
			if _, err := g.Verify(ctx, raw); err != nil {
				b.Fatal(err)
			}
		}
	}, func() {
		for range calls {
			sha256.Sum256(text)
		}
	})
	b.ReportMetric(float64(seen.Nanoseconds())/calls, "ns/token")
	b.ReportMetric(float64(seen)/float64(hash), "x-SHA-256")
}

func BenchmarkVerifySeenInParallel(b *testing.B) {
	i := guardtest.New(b)
	g := i.Guard(b)
	raw, ctx := i.Mint(usual), b.Context()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := g.Verify(ctx, raw); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// A new token is compared with the verification of a signature over as many bytes.
func BenchmarkVerifyNew(b *testing.B) {
	i := guardtest.New(b)
	g := i.Guard(b, func(c *guard.Config) { c.CacheSize = 1 })
	tokens := make([]string, 1000)
	for n := range tokens {
		tokens[n] = i.Mint(usual)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	text := []byte(tokens[0])
	sum := sha256.Sum256(text)
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	entered, bare := inTurns(b, func() {
		if _, err := g.Verify(b.Context(), tokens[n%len(tokens)]); err != nil {
			b.Fatal(err)
		}
		n++
	}, func() {
		if sum := sha256.Sum256(text); !ecdsa.Verify(&key.PublicKey, sum[:], r, s) {
			b.Fatal("the signature is wrong")
		}
	})
	b.ReportMetric(float64(entered.Microseconds()), "us/token")
	b.ReportMetric(float64(entered)/float64(bare), "x-bare")
}
