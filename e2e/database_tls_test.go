package e2e_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// finding is a line of what the doctor says to programs.
type finding struct {
	What  string `json:"what"`
	State string `json:"state"`
	Says  string `json:"says"`
}

// TestServeAndDoctorSayHowTheDatabaseIsReached has a server without TLS, at an
// address that Sallyport takes for another machine's.
func TestServeAndDoctorSayHowTheDatabaseIsReached(t *testing.T) {
	t.Parallel()
	needServers(t)
	inbox := mailtest.Start(t, mailtest.Options{})
	here := fleettest.Database(t, fleettest.ClusterEngine(t))
	there := strings.Replace(here, "127.0.0.1", "0.0.0.0", 1)
	env := func(url string) []string {
		return slices.Concat(smtpEnv(inbox), []string{"SALLYPORT_DATABASE_URL=" + url, "SALLYPORT_SECRET_KEY=" + secretKey})
	}
	for _, test := range []struct{ url, level, doctor string }{{there, "WARN", "warn"}, {here, "INFO", "ok"}} {
		p := apptest.Start(t, apptest.Options{Env: env(test.url)})
		if text := p.Log(); !slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool {
			return strings.Contains(line, "connected to the database") && strings.Contains(line, "plain text") && strings.Contains(line, test.level)
		}) {
			t.Errorf("serve does not say %s that the database is reached in plain text:\n%s", test.level, text)
		}
		out, _, _ := apptest.Run(t.Context(), t, apptest.Options{Env: env(test.url)}, nil, "doctor", "--json")
		var findings []finding
		if err := json.Unmarshal([]byte(out), &findings); err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(findings, func(f finding) bool { return f.What == "database_tls" })
		if at < 0 || findings[at].State != test.doctor || !strings.Contains(findings[at].Says, "plain text") {
			t.Errorf("doctor says %s, want %s of database_tls", out, test.doctor)
		}
	}
	silent, _, _ := strings.Cut(there, "?")
	if _, err := apptest.TryStart(t, apptest.Options{Env: env(silent)}); err == nil || !strings.Contains(err.Error(), "name the CA with sslrootcert") {
		t.Errorf("a start without a word on sslmode says %v, want what to do", err)
	}
}
