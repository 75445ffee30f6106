package guard_test

import (
	"testing"

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

func BenchmarkVerifySeen(b *testing.B) {
	i := guardtest.New(b)
	g := i.Guard(b)
	raw, ctx := i.Mint(usual), b.Context()
	b.Run("one", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := g.Verify(ctx, raw); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := g.Verify(ctx, raw); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
}

func BenchmarkVerifyNew(b *testing.B) {
	i := guardtest.New(b)
	g := i.Guard(b, func(c *guard.Config) { c.CacheSize = 1 })
	tokens := make([]string, 1000)
	for n := range tokens {
		tokens[n] = i.Mint(usual)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if _, err := g.Verify(b.Context(), tokens[n%len(tokens)]); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
