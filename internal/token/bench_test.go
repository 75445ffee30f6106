package token

import (
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/clock"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/keys"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// benchWorld runs on the real clock and has a list of some length.
func benchWorld(b *testing.B, algorithm string, entries int) (w *world, raw string, c Claims) {
	b.Helper()
	w = newWorld(b)
	w.useKeys(b, algorithm, func(o *keys.Options) { o.Clock = clock.System{} })
	w.list = NewRevocations(RevocationsOptions{
		Store: w.db, Feed: w.feed, Clock: clock.System{}, Log: w.list.opts.Log,
		AccessTokenTTL: testTTL, MaxStaleness: time.Hour,
	})
	if err := w.list.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	for range entries {
		w.list.seen.add(*w.list.New(store.RevokedSession, id.Random(), 0, time.Now()))
	}
	w.door = NewVerifier(VerifierOptions{
		Ring: w.ring, Revocations: w.list, Clock: clock.System{}, Issuer: testIssuer, Audience: testIssuer,
	})
	raw, c = w.issue(b, w.person(b))
	return w, raw, c
}

func BenchmarkVerifyCold(b *testing.B) {
	for _, alg := range []string{keys.ES256, keys.EdDSA, keys.RS256, keys.HS256} {
		b.Run(alg, func(b *testing.B) {
			w, raw, _ := benchWorld(b, alg, 0)
			door := w.newDoor(-1)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := door.Verify(b.Context(), raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkVerifyCached(b *testing.B) {
	w, raw, _ := benchWorld(b, keys.ES256, 100_000)
	b.Run("one", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := w.door.Verify(b.Context(), raw); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("parallel", func(b *testing.B) {
		ctx := b.Context()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := w.door.Verify(ctx, raw); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
}

func BenchmarkVerifyGarbage(b *testing.B) {
	w, raw, _ := benchWorld(b, keys.ES256, 0)
	bad := raw[:len(raw)-4] + "AAAA"
	for name, text := range map[string]string{"no token": "garbage", "forged": bad} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.door.Verify(b.Context(), text); err == nil {
					b.Fatal("accepted")
				}
			}
		})
	}
}

func BenchmarkIssue(b *testing.B) {
	for _, alg := range []string{keys.ES256, keys.EdDSA, keys.HS256} {
		b.Run(alg, func(b *testing.B) {
			w, _, _ := benchWorld(b, alg, 0)
			g := w.grant(w.person(b))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := w.issuer.Issue(g); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	for name, entries := range map[string]int{"empty": 0, "100k": 100_000} {
		b.Run(name, func(b *testing.B) {
			w, _, c := benchWorld(b, keys.ES256, entries)
			s := subjectsOf(c)
			b.ReportAllocs()
			for b.Loop() {
				if err := w.list.check(b.Context(), &s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheckBySQL(b *testing.B) {
	w, _, c := benchWorld(b, keys.ES256, 0)
	s := subjectsOf(c)
	for b.Loop() {
		if err := w.list.ask(b.Context(), &s); err != nil {
			b.Fatal(err)
		}
	}
}
