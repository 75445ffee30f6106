package e2e_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestTheFloodOfOneNetworkIsNotEverybodys floods the sign-in from one network,
// more than the slots for hashing can serve, while people sign in from others. It
// is the flood that is told to come back, and within two seconds.
// It runs alone: two seconds are promised of a machine, not of a share of it.
func TestTheFloodOfOneNetworkIsNotEverybodys(t *testing.T) {
	const floods, people = 48, 12
	w := newEmbedded(t, quiet, "SALLYPORT_TRUSTED_PROXIES=127.0.0.0/8", "SALLYPORT_HASH_SLOTS=1", "SALLYPORT_HASH_QUEUE=16")
	for n := range people {
		w.join(t, address(t, n))
	}
	login := func(email, from string) (apptest.Answer, time.Duration) {
		began := time.Now()
		a, err := w.Try(t, apptest.Request{
			Method: http.MethodPost, Path: "/auth/login", Body: credentials{email, password}, Header: []string{"X-Forwarded-For", from},
		})
		if err != nil {
			t.Error(err)
		}
		return a, time.Since(began)
	}
	flooding, stop := context.WithCancel(t.Context())
	defer stop()
	var busy, other atomic.Int32
	var longest atomic.Int64
	var flood sync.WaitGroup
	for n := range floods {
		flood.Go(func() {
			for round := 0; flooding.Err() == nil && round < 2000; round++ {
				a, took := login(fmt.Sprintf("nobody-%d-%d@people.example", n, round), fmt.Sprintf("203.0.113.%d", n+1))
				switch a.Status {
				case http.StatusServiceUnavailable:
					busy.Add(1)
					if s, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || s < 1 || a.Code() != "busy" {
						t.Errorf("the flood is answered %s with Retry-After %q", a.Body, a.Header.Get("Retry-After"))
					}
				case http.StatusUnauthorized:
				default:
					other.Add(1)
				}
				if took := int64(took); took > longest.Load() {
					longest.Store(took)
				}
			}
		})
	}
	waittest.Until(t, "the flood is more than the slots serve", func() bool { return busy.Load() > floods })
	var signingIn sync.WaitGroup
	var slowest atomic.Int64
	for n := range people {
		signingIn.Go(func() {
			for range 3 {
				a, took := login(address(t, n), fmt.Sprintf("198.51.%d.7", n))
				if a.Status != http.StatusOK {
					t.Errorf("from another network: %d %s after %v", a.Status, a.Body, took)
				}
				if took := int64(took); took > slowest.Load() {
					slowest.Store(took)
				}
			}
		})
	}
	signingIn.Wait()
	stop()
	flood.Wait()
	t.Logf("%d times busy for the flood, its longest answer %v; the slowest sign-in of others %v",
		busy.Load(), time.Duration(longest.Load()), time.Duration(slowest.Load()))
	if other.Load() > 0 {
		t.Errorf("%d answers to the flood are neither a refusal nor busy", other.Load())
	}
}
