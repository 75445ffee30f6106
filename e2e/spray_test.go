package e2e_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestSprayingIsSlowedAndKnownDevicesAreNot lets 250 addresses of one /24 and
// 400 /64s of one /48 try one password each, over 400 accounts. Less than a
// fifth of the tries of either reaches a hash, and 20 people who sign in on
// devices that are known, from the same networks, are let in meanwhile.
func TestSprayingIsSlowedAndKnownDevicesAreNot(t *testing.T) {
	t.Parallel()
	const people, accounts, four, six = 20, 400, 250, 400
	w := newWorld(t, slices.Concat(cheapHash, []string{"SALLYPORT_TRUSTED_PROXIES=127.0.0.1,::1"})...)
	from := func(n int) string {
		if n < four {
			return fmt.Sprintf("198.51.100.%d", n)
		}
		return fmt.Sprintf("2001:db8:77:%x::5", n-four)
	}
	login := func(email, password, device, from string) (apptest.Answer, error) {
		body := map[string]string{"email": email, "password": password}
		if device != "" {
			body["device_token"] = device
		}
		return w.Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/login", Body: body, Header: []string{"X-Forwarded-For", from}})
	}
	devices := make([]string, people)
	for n := range people {
		w.Do(t, apptest.Request{
			Method: http.MethodPost, Path: "/auth/sign_up", Body: credentials{address(t, n), password}, Header: []string{"X-Forwarded-For", fmt.Sprintf("192.0.2.%d", n)},
		}).Want(t, http.StatusAccepted, "")
		w.verify(t, address(t, n), 1)
		a, err := login(address(t, n), password, "", fmt.Sprintf("192.0.2.%d", n))
		if err != nil {
			t.Fatal(err)
		}
		devices[n] = a.Want(t, http.StatusOK, "").Member(t, "device_token")
	}

	var next, begun atomic.Int64
	var hashed [2]atomic.Int64 // by network
	var attack, honest sync.WaitGroup
	for range 16 {
		attack.Go(func() {
			for n := int(next.Add(1)) - 1; n < four+six; n = int(next.Add(1)) - 1 {
				a, err := login(address(t, n%accounts), "Summer2026!", "", from(n))
				begun.Add(1)
				switch {
				case err != nil:
					t.Error(err)
				case a.Status == http.StatusUnauthorized:
					hashed[min(n/four, 1)].Add(1)
				case a.Status != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "":
					t.Errorf("try %d: %d %s", n, a.Status, a.Body)
				}
			}
		})
	}
	waittest.Until(t, "the attack has used up its networks", func() bool { return begun.Load() > 100 })
	for n := range people {
		honest.Go(func() {
			start := time.Now()
			a, err := login(address(t, n), password, devices[n], from(n*30))
			if took := time.Since(start); err != nil || a.Status != http.StatusOK || took > 2*time.Second {
				t.Errorf("a person on a known device: %d %s after %v, %v", a.Status, a.Body, took, err)
			}
		})
	}
	honest.Wait()
	attack.Wait()
	for name, got := range map[string][2]int{"a /24": {int(hashed[0].Load()), four}, "a /48": {int(hashed[1].Load()), six}} {
		t.Logf("%s: %d of %d tries reached a hash", name, got[0], got[1])
		if 5*got[0] >= got[1] || got[0] == 0 {
			t.Errorf("%s: %d of %d tries reached a hash, want less than a fifth", name, got[0], got[1])
		}
	}
}
