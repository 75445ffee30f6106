package e2e_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// TestWeGetFullMarks lets the program try itself: one instance on SQLite; two on one
// database, with Redis, on each engine that is a server.
func TestWeGetFullMarks(t *testing.T) {
	t.Parallel()
	embeddedOnly(t) // it starts its own servers
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		env := slices.Concat(cheapHash, []string{quiet, "SALLYPORT_REFRESH_GRACE=3s", "SALLYPORT_ACCESS_TOKEN_TTL=20s"})
		redis := ""
		if engine != fleettest.SQLite {
			redis = fleettest.StartRedis(t, fleet.Options{}).URL()
			env = append(env, shared(fleettest.Database(t, engine), redis)...)
		}
		args := []string{"conformance", "", "--json", "--report", filepath.Join(t.TempDir(), "report.md")}
		if engine != fleettest.SQLite {
			inbox := mailtest.Start(t, mailtest.Options{})
			env = append(env, smtpEnv(inbox)...)
			second := apptest.Start(t, apptest.Options{Env: env})
			args = append(args, "--second", second.URL, "--redis", redis, "--mail", asMailpit(t, inbox))
		}
		first := apptest.Start(t, apptest.Options{Env: env})
		if args[1] = first.URL; engine == fleettest.SQLite { // one process, by two names, with its mailbox and without Redis
			args = append(args, "--second", strings.Replace(first.URL, "127.0.0.1", "localhost", 1), "--without", "wiped-redis")
		}
		out, progress, code := apptest.Run(t.Context(), t, apptest.Options{}, nil, args...)
		var report struct {
			Rows []struct {
				Name    string `json:"name"`
				Outcome string `json:"outcome"`
				Found   string `json:"found"`
			} `json:"rows"`
		}
		if err := json.Unmarshal([]byte(out), &report); err != nil || len(report.Rows) == 0 || code != 0 {
			t.Errorf("ended with %d: %v\n%s\n%s", code, err, out, progress)
		}
		for _, row := range report.Rows {
			if row.Outcome != "passed" {
				t.Errorf("%s: %s: %s", row.Name, row.Outcome, row.Found)
			}
		}
	})
}

// asMailpit shows what was mailed by as much of Mailpit's API as is read, and gives
// its address.
func asMailpit(t *testing.T, inbox *mailtest.Sink) string {
	t.Helper()
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("GET /api/v1/info", func(w http.ResponseWriter, _ *http.Request) { answer(w, map[string]string{"Version": "v1"}) })
	mux.HandleFunc("GET /api/v1/search", func(w http.ResponseWriter, r *http.Request) {
		found := []map[string]string{}
		for n, m := range inbox.Messages() {
			if slices.ContainsFunc(m.Rcpt, func(to string) bool { return r.FormValue("query") == `to:"`+to+`"` }) {
				found = slices.Insert(found, 0, map[string]string{"ID": strconv.Itoa(n)}) // newest first
			}
		}
		answer(w, map[string]any{"messages": found})
	})
	mux.HandleFunc("GET /api/v1/message/{id}", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("id"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		answer(w, map[string]string{"Text": inbox.Messages()[n].Text})
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}
