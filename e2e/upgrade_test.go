package e2e_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// legacy is what is known about the people in a database of an earlier version.
// All of them were in the middle of something.
type legacy struct {
	Schema    int64  `json:"schema"`
	SecretKey string `json:"secret_key"`
	SigningID string `json:"signing_key_id"`

	Password string `json:"password"` // of everybody
	// Ada has an account, one session that goes on, one that she ended, and a
	// mail with a link to reset her password.
	Ada          string `json:"ada"`
	RefreshToken string `json:"refresh_token"`
	EndedToken   string `json:"ended_refresh_token"`
	ResetToken   string `json:"reset_token"`
	// Bob has signed up and has the link to verify his address.
	Bob         string `json:"bob"`
	VerifyToken string `json:"verify_token"`
	// Carol has signed up, and her mail has not been sent.
	Carol string `json:"carol"`
}

// people live in a database until each is in the middle of something. The mail
// server is down afterwards.
func (w *world) people(t *testing.T) legacy {
	t.Helper()
	l := legacy{Password: password, Ada: "ada@people.example", Bob: "bob@people.example", Carol: "carol@people.example"}
	w.signUp(t, l.Ada, password)
	w.verify(t, l.Ada, 1)
	tokens := w.refreshed(t, w.login(t, l.Ada, password).RefreshToken)
	l.RefreshToken = tokens.RefreshToken
	token, _, err := jwt.NewParser().ParseUnverified(tokens.AccessToken, jwt.MapClaims{})
	if err != nil {
		t.Fatal(err)
	}
	l.SigningID = fmt.Sprint(token.Header["kid"])
	ended := w.login(t, l.Ada, password)
	l.EndedToken = ended.RefreshToken
	w.Post(t, "/auth/logout", map[string]string{"refresh_token": ended.RefreshToken}).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": l.Ada}).Want(t, http.StatusAccepted, "")
	l.ResetToken = w.linkToken(t, l.Ada, 2)
	w.signUp(t, l.Bob, password)
	l.VerifyToken = w.linkToken(t, l.Bob, 1)
	w.inbox.Down()
	w.signUp(t, l.Carol, password)
	return l
}

// liveOn has the people of a database do what they were about to do. None of
// them notices that the program is another one.
func (w *world) liveOn(t *testing.T, l legacy) {
	t.Helper()
	if keys := string(w.Get(t, "/.well-known/jwks.json", "").Want(t, http.StatusOK, "").Body); !strings.Contains(keys, l.SigningID) {
		t.Errorf("key %s is no longer published: %s", l.SigningID, keys)
	}
	w.refresh(t, l.EndedToken).Want(t, http.StatusUnauthorized, "session_ended")
	tokens := w.refreshed(t, l.RefreshToken)
	tokens = w.refreshed(t, tokens.RefreshToken)
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
	w.login(t, l.Ada, l.Password)
	// Her address was verified, so the account is hers; a sign-up of before says
	// nothing of where it came from.
	claimed(t, w.Get(t, "/auth/me", tokens.AccessToken), true)

	w.Post(t, "/auth/login", credentials{l.Bob, l.Password}).Want(t, http.StatusForbidden, "email_not_verified")
	claimed(t, w.Post(t, "/auth/verify-email", map[string]string{"token": l.VerifyToken}), l.Schema >= 73)
	w.Post(t, "/auth/verify-email", map[string]string{"token": l.VerifyToken}).Want(t, http.StatusBadRequest, "invalid_token")
	w.login(t, l.Bob, l.Password)

	w.verify(t, l.Carol, 1)
	w.login(t, l.Carol, l.Password)

	w.Post(t, "/auth/reset-password", map[string]string{"token": l.ResetToken, "new_password": "a fresh start 81"}).Want(t, http.StatusOK, "")
	w.refresh(t, tokens.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.login(t, l.Ada, "a fresh start 81")
}

// TestUpgrade opens the database of each earlier schema with today's program, on
// each engine. Nobody whose life is in it notices.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	newest := newestSchema(t, "")
	fleettest.OnEachEngine(t, func(t *testing.T, engine string) {
		if *writeFixture {
			makeFixture(t, engine, newest)
		}
		for _, file := range fixturesOf(t, engine) {
			l := readLegacy(t, file)
			t.Run(fmt.Sprintf("from %d to %d", l.Schema, newest), func(t *testing.T) {
				t.Parallel()
				upgrade(t, engine, l, newest)
			})
		}
	})
}

// TestTheNewestSchemaHasFixtures asks for one of each engine, also of those that
// are not tested now.
func TestTheNewestSchemaHasFixtures(t *testing.T) {
	t.Parallel()
	newest := newestSchema(t, "")
	for _, engine := range []string{fleettest.SQLite, fleettest.MariaDBName, fleettest.MySQLName, fleettest.PostgresName} {
		if !slices.Contains(fixturesOf(t, engine), fixture(newest, engine, "json")) {
			t.Errorf("schema %d has no fixture of %s: run `make fixture` and commit what it writes, so that the next schema is "+
				"tested against this one; the fixtures of released schemas stay", newest, engine)
		}
	}
}

// fixturesOf lists what is known about the fixtures of an engine.
func fixturesOf(t *testing.T, engine string) []string {
	t.Helper()
	files, err := filepath.Glob(fixtures + "/*." + engine + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func upgrade(t *testing.T, engine string, l legacy, newest int64) {
	t.Helper()
	w := &world{inbox: mailtest.Start(t, mailtest.Options{})}
	p := placeOn(t, engine)
	loadFixture(t, l, engine, p)
	o := p.options(w.inbox)
	out, errs, code := apptest.Run(t.Context(), t, o, nil, "migrate", "--json")
	if want := map[string]int64{"from": l.Schema, "to": newest}; !maps.Equal(migrated(t, out, errs, code), want) {
		t.Fatalf("migrate says %s, want %v", out, want)
	}
	w.start(t, o)
	w.liveOn(t, l)
}

// claimed holds a user in an answer to whether a proof of the mailbox came
// together with the password.
func claimed(t *testing.T, a apptest.Answer, want bool) {
	t.Helper()
	if text := fmt.Sprintf(`"claimed":%v`, want); !strings.Contains(string(a.Want(t, http.StatusOK, "").Body), text) {
		t.Errorf("the user is %s, want %s", a.Body, text)
	}
}

// newestSchema asks a program, today's if none is named.
func newestSchema(t *testing.T, program string) int64 {
	t.Helper()
	out, errs, code := apptest.Run(t.Context(), t, apptest.Options{Program: program}, nil, "migrate", "--json")
	return migrated(t, out, errs, code)["to"]
}

// migrated reads what migrate --json said.
func migrated(t *testing.T, out, errs string, code int) map[string]int64 {
	t.Helper()
	var went map[string]int64
	if err := json.Unmarshal([]byte(out), &went); code != 0 || err != nil {
		t.Fatalf("migrate says %d, %s%s (%v)", code, out, errs, err)
	}
	return went
}
