package e2e_test

import (
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestClusterALogoutOnOneInstanceCountsOnTheOther(t *testing.T) {
	t.Parallel()
	for mode, promised := range map[string]time.Duration{"feed": 50 * time.Millisecond, "strict": 0} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, clusterOptions{env: append(cheapHash, quiet, "SALLYPORT_REVOCATION_CHECK="+mode)})
			email := address(t, 1)
			c.join(t, email)
			here, there := &world{Client: c.clients[0]}, c.clients[1]
			var late waits // beyond the time of one request
			for range soaktest.Rounds(t, 200) {
				s := here.login(t, email, password)
				asked := time.Now()
				there.Get(t, "/auth/me", s.AccessToken).Want(t, http.StatusOK, "")
				request := time.Since(asked)
				here.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
				answered := time.Now()
				for there.Get(t, "/auth/me", s.AccessToken).Status != http.StatusUnauthorized {
					if mode == "strict" || time.Since(answered) > waittest.Patience {
						t.Fatalf("the other instance still takes the token %v after the logout was answered", time.Since(answered))
					}
				}
				late.add(time.Since(answered) - request)
			}
			if mode == "feed" {
				late.keep(t, "a logout counts on the other instance", promised)
			}
		})
	}
}

func TestClusterRedisThatForgetsEverythingUnderLoadCostsNothing(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"feed", "strict"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, clusterOptions{env: append(cheapHash, quiet, "SALLYPORT_REVOCATION_CHECK="+mode)})
			owner := address(t, 1_000_000)
			c.join(t, owner)
			dead := c.revokedSession(t, owner)
			load := &crashLoad{world: c.world, owner: owner}
			var newcomers atomic.Int64
			noise := during(2, func(int) {
				if _, err := load.trySignUp(t, address(t, int(newcomers.Add(1)))); err != nil {
					t.Error(err)
				}
				s := c.revokedSession(t, owner)
				hold(t, time.Second) // by then every instance has heard, with Redis or without
				for _, instance := range c.clients {
					refusedBy(t, instance, s.AccessToken)
					refusedBy(t, instance, dead.AccessToken)
				}
			})
			for range soaktest.Rounds(t, 50) {
				if err := c.redis.FlushAll(t.Context()); err != nil {
					t.Error(err)
				}
				hold(t, 300*time.Millisecond)
			}
			noise.end()
			load.everyMailArrived(t)
		})
	}
}

func TestClusterWithoutRedisEverythingGoesOn(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: append(cheapHash, quiet)})
	email := address(t, 1)
	alive := c.join(t, email)
	dead := c.revokedSession(t, email)
	c.redis.Stop()
	n := 1
	for end := time.Now().Add(soaktest.For(t, 10*time.Second, time.Minute)); time.Now().Before(end); {
		n++
		newcomer := address(t, n)
		s := c.join(t, newcomer) // sign-up, mail, verification, sign-in
		s = c.refreshed(t, s.RefreshToken)
		c.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
		for _, instance := range c.clients {
			waittest.Within(t, 5*time.Second, "a logout counts everywhere without Redis", func() bool {
				return instance.Get(t, "/auth/me", s.AccessToken).Status == http.StatusUnauthorized
			})
			instance.Get(t, "/auth/me", dead.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
			instance.Get(t, "/auth/me", alive.AccessToken).Want(t, http.StatusOK, "")
		}
	}
	if err := c.redis.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, instance := range c.clients {
		instance.Get(t, "/auth/me", dead.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	}
	// The feed resumes: news is faster again than the poll could be.
	here := &world{Client: c.clients[0]}
	waittest.Until(t, "the feed resumes", func() bool {
		fast := 0
		for range 5 {
			s := here.login(t, email, password)
			here.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
			answered := time.Now()
			for c.clients[1].Get(t, "/auth/me", s.AccessToken).Status != http.StatusUnauthorized {
				if time.Since(answered) > 5*time.Second {
					t.Fatal("a logout does not count on the other instance")
				}
			}
			if time.Since(answered) < 100*time.Millisecond {
				fast++
			}
		}
		return fast == 5
	})
}

func TestClusterRedisThatFreezesDelaysNobodyForLong(t *testing.T) {
	t.Parallel()
	c := newCluster(t, clusterOptions{env: cheapHash})
	email := address(t, 1)
	c.join(t, email)
	timed := func(call func()) time.Duration {
		from := time.Now()
		call()
		return time.Since(from)
	}
	logIn := func() { c.login(t, email, password) }
	var before []time.Duration
	for range 9 {
		before = append(before, timed(logIn))
	}
	slices.Sort(before)
	c.redis.Pause()
	defer c.redis.Resume()
	// A login takes a bucket and a logout publishes: each waits for Redis once
	// at most, and then the breaker is open.
	const added = 100 * time.Millisecond
	for n := range 20 {
		if took := timed(logIn); took > before[len(before)/2]+5*added {
			t.Errorf("login %d takes %v while Redis is frozen, %v before", n, took, before[len(before)/2])
		}
	}
	s := c.login(t, email, password)
	if took := timed(func() { c.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "") }); took > 10*added {
		t.Errorf("a logout takes %v while Redis is frozen", took)
	}
	for _, instance := range c.clients {
		waittest.Within(t, 5*time.Second, "a logout counts everywhere while Redis is frozen", func() bool {
			return instance.Get(t, "/auth/me", s.AccessToken).Status == http.StatusUnauthorized
		})
	}
}

// TestClusterANewsThatIsNeverPublishedIsFoundInSQL is an instance that dies between
// COMMIT and publishing, seen from the others: the revocation is in SQL and
// nobody tells.
func TestClusterANewsThatIsNeverPublishedIsFoundInSQL(t *testing.T) {
	t.Parallel()
	redis := fleettest.StartRedis(t, fleet.Options{})
	proxy := fleettest.StartProxy(t, redis.Addr)
	c := newCluster(t, clusterOptions{
		redis: redis.URL(), env: append(cheapHash, quiet), first: []string{"SALLYPORT_REDIS_URL=redis://" + proxy.Addr},
	})
	email := address(t, 1)
	c.join(t, email)
	here := &world{Client: c.clients[0]}
	proxy.Refuse(true)
	proxy.Cut()
	for range soaktest.Rounds(t, 30) {
		s := here.login(t, email, password)
		here.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
		waittest.Within(t, 5*time.Second, "the others refuse", func() bool {
			return c.clients[1].Get(t, "/auth/me", s.AccessToken).Status == http.StatusUnauthorized
		})
	}
	s := here.login(t, email, password)
	out := make(chan struct{})
	go func() {
		defer close(out)
		_, _ = c.clients[0].Try(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: s.AccessToken})
	}()
	<-out
	c.instances[0].Kill()
	waittest.Within(t, 5*time.Second, "the others refuse", func() bool {
		return c.clients[1].Get(t, "/auth/me", s.AccessToken).Status == http.StatusUnauthorized
	})
}
