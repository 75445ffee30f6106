package e2e_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestClusterRedisThatRefusesIsTold lets the Redis of a running server answer
// and refuse, in each way that one does. Readiness, metrics and the log say so
// while it lasts, and people sign in and out meanwhile.
func TestClusterRedisThatRefusesIsTold(t *testing.T) {
	t.Parallel()
	redis, elsewhere := fleettest.StartRedis(t, fleet.Options{}), fleettest.StartRedis(t, fleet.Options{})
	do := func(command string) {
		t.Helper()
		if _, err := redis.Do(t.Context(), strings.Fields(command)...); err != nil {
			t.Fatalf("%s: %v", command, err)
		}
	}
	const all = "ACL SETUSER app on >secretpw ~sallyport:* +@read +@write +@scripting +@connection +info +time"
	do(all)
	w := newEmbedded(t, append(cheapHash, quiet, "SALLYPORT_REDIS_URL=redis://app:secretpw@"+redis.Addr)...)
	w.remember("secretpw")
	email := address(t, 1)
	w.join(t, email)
	said := func(state string, away float64) bool {
		ready := w.server.Ops.Get(t, "/readyz", "").Want(t, http.StatusOK, "") // nothing is lost, so it is green
		return strings.Contains(string(ready.Body), `"redis":"`+state+`"`) && figure(t, w.server, "sallyport_redis_away") == away
	}
	for _, c := range []struct{ code, begin, over string }{
		{"OOM", "CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"},
		{"NOPERM", "ACL SETUSER app -xadd", all},
		{"WRONGTYPE", "SET sallyport:{main}:jobs taken", "DEL sallyport:{main}:jobs"},
		{"READONLY", "REPLICAOF 127.0.0.1 " + strconv.Itoa(elsewhere.Port()), "REPLICAOF NO ONE"},
	} {
		waittest.Until(t, "all is well before "+c.code, func() bool { return said("ok", 0) })
		do("DEL sallyport:{main}:jobs") // workers make it again
		do(c.begin)
		waittest.Until(t, c.code+" is told", func() bool { return said("warning", 1) })
		s := w.login(t, email, password)
		w.logout(t, s.AccessToken, nil).Want(t, http.StatusOK, "")
		w.dead(t, s.AccessToken)
		if !strings.Contains(w.log(), c.code) {
			t.Errorf("the log says nothing of %s:\n%s", c.code, w.log())
		}
		do(c.over)
		waittest.Until(t, "all is well after "+c.code, func() bool { return said("ok", 0) })
	}
	if figure(t, w.server, "sallyport_redis_refused") == 0 {
		t.Error("no refusal was counted")
	}
}
