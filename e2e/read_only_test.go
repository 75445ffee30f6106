package e2e_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// TestAReadOnlyDatabaseIsCalledSo makes the server of a running instance what a
// replica is. /readyz, the log, the doctor and a start give it that name, and
// people read on. Once it takes writes again the instance is well by itself.
func TestAReadOnlyDatabaseIsCalledSo(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		s := fleettest.StartServer(t, engine, fleet.Options{})
		if err := s.CreateDatabase(t.Context(), "kept"); err != nil {
			t.Fatal(err)
		}
		p := place{url: s.URL("kept"), dir: t.TempDir()}
		p.putKey(t, secretKey)
		database, shut, open := "", "SET GLOBAL read_only = 1", "SET GLOBAL read_only = 0"
		switch engine {
		case fleettest.PostgresName:
			database, open = "postgres", "ALTER DATABASE kept RESET default_transaction_read_only"
			shut = "ALTER DATABASE kept SET default_transaction_read_only = on; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'kept'"
		case fleettest.MySQLName:
			shut = "SET GLOBAL super_read_only = 1"
		}
		do := func(statement string) {
			t.Helper()
			if err := s.Exec(t.Context(), database, statement); err != nil {
				t.Fatal(err)
			}
		}
		if fleettest.SpeaksMySQL(engine) { // MariaDB's root may write all the same
			do("CREATE USER ada@'%'; GRANT ALL ON kept.* TO ada@'%'")
			p.url = strings.Replace(p.url, "root@", "ada@", 1)
		}
		w := &world{inbox: mailtest.Start(t, mailtest.Options{})}
		o := p.options(w.inbox, quiet)
		w.start(t, o)
		tokens := w.join(t, address(t, 1))

		do(shut)
		waittest.Until(t, "/readyz says read_only", func() bool {
			a := w.server.Ops.Get(t, "/readyz", "")
			return a.Status == http.StatusServiceUnavailable && strings.Contains(string(a.Body), `"database":"read_only"`)
		})
		waittest.Until(t, "the log says it", func() bool { return strings.Contains(w.server.Log(), "the server is read-only") })
		if a := w.refresh(t, tokens.RefreshToken).Want(t, http.StatusServiceUnavailable, ""); a.Header.Get("Retry-After") == "" {
			t.Errorf("a refusal does not say when to come again: %v", a.Header)
		}
		w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
		out, _, _ := apptest.Run(t.Context(), t, o, nil, "doctor", "--json")
		var findings []finding
		if err := json.Unmarshal([]byte(out), &findings); err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(findings, func(f finding) bool {
			return f.What == "database" && f.State == "bad" && strings.Contains(f.Says, "the server is read-only")
		}) {
			t.Errorf("the doctor does not say that the server is read-only: %s", out)
		}
		if _, err := apptest.TryStart(t, o); err == nil || !strings.Contains(err.Error(), "the server is read-only") {
			t.Errorf("a start says %v, want that the server is read-only", err)
		}

		do(open)
		waittest.Until(t, "it is ready", func() bool { return w.server.Ops.Get(t, "/readyz", "").Status == http.StatusOK })
		w.refreshed(t, tokens.RefreshToken)
	})
}
