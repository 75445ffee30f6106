package e2e_test

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/mail/mailtest"
)

// writeFixture makes TestUpgrade write down the database of today's schema.
var writeFixture = flag.Bool("fixture", false, "write the upgrade fixture of today's schema")

// fixtures is where databases of earlier schemas are kept, as SQL for people to
// read, each with what one must know to use it.
const fixtures = "../internal/store/sqlstore/testdata/upgrade"

// legacy is what is known about the people in a database of an earlier schema.
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

// TestUpgrade opens the database of each earlier schema with today's program.
// Nobody whose life is in it notices.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	newest := newestSchema(t)
	if *writeFixture {
		makeFixture(t, newest)
	}
	files, err := filepath.Glob(fixtures + "/*.sqlite.json")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(files, fmt.Sprintf("%s/%04d.sqlite.json", fixtures, newest)) {
		t.Errorf("schema %d has no fixture: run `make fixture` and commit what it writes, so that the next schema is tested "+
			"against this one; the fixtures of released schemas stay", newest)
	}
	for _, file := range files {
		var l legacy
		text, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(text, &l)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprintf("from %d to %d", l.Schema, newest), func(t *testing.T) {
			t.Parallel()
			upgrade(t, l, newest)
		})
	}
}

func upgrade(t *testing.T, l legacy, newest int64) {
	t.Helper()
	o := apptest.Options{DataDir: t.TempDir()}
	loadFixture(t, l, o.DataDir)
	out, errs, code := apptest.Run(t.Context(), t, o, nil, "migrate", "--json")
	if want := map[string]int64{"from": l.Schema, "to": newest}; !maps.Equal(migrated(t, out, errs, code), want) {
		t.Fatalf("migrate says %s, want %v", out, want)
	}
	w := &world{inbox: mailtest.Start(t, mailtest.Options{})}
	o.Env = smtpEnv(w.inbox)
	w.start(t, o)

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

// claimed holds a user in an answer to whether a proof of the mailbox came
// together with the password.
func claimed(t *testing.T, a apptest.Answer, want bool) {
	t.Helper()
	if text := fmt.Sprintf(`"claimed":%v`, want); !strings.Contains(string(a.Want(t, http.StatusOK, "").Body), text) {
		t.Errorf("the user is %s, want %s", a.Body, text)
	}
}

// newestSchema asks the program.
func newestSchema(t *testing.T) int64 {
	t.Helper()
	out, errs, code := apptest.Run(t.Context(), t, apptest.Options{}, nil, "migrate", "--json")
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

// Instants stand in a fixture as @now and a distance, or within text as
// @time(distance).
var (
	instant      = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z`)
	relativeTime = regexp.MustCompile(`@time\(([^)]+)\)`)
)

// loadFixture makes a data folder of a fixture. Times are in it as distances
// from now, so that what was young stays young.
func loadFixture(t *testing.T, l legacy, dataDir string) {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("%s/%04d.sqlite.sql", fixtures, l.Schema))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	statements := relativeTime.ReplaceAllStringFunc(string(text), func(s string) string {
		distance, err := time.ParseDuration(relativeTime.FindStringSubmatch(s)[1])
		if err != nil {
			t.Fatal(err)
		}
		return now.Add(distance).UTC().Format(time.RFC3339Nano)
	})
	statements = strings.ReplaceAll(statements, "@now", strconv.FormatInt(now.UnixMicro(), 10))
	if _, err := openDatabase(t, dataDir).ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dataDir, "secret.key"), []byte(l.SecretKey), 0o600); err != nil {
		t.Fatal(err)
	}
}

// makeFixture lives through what legacy tells and writes it down.
func makeFixture(t *testing.T, schema int64) {
	t.Helper()
	w := newEmbedded(t)
	l := legacy{
		Schema: schema, Password: password,
		Ada: "ada@people.example", Bob: "bob@people.example", Carol: "carol@people.example",
	}
	w.signUp(t, l.Ada, password)
	w.verify(t, l.Ada, 1)
	l.RefreshToken = w.refreshed(t, w.login(t, l.Ada, password).RefreshToken).RefreshToken
	ended := w.login(t, l.Ada, password)
	l.EndedToken = ended.RefreshToken
	w.Post(t, "/auth/logout", map[string]string{"refresh_token": ended.RefreshToken}).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/request-password-reset", map[string]string{"email": l.Ada}).Want(t, http.StatusAccepted, "")
	l.ResetToken = w.linkToken(t, l.Ada, 2)
	w.signUp(t, l.Bob, password)
	l.VerifyToken = w.linkToken(t, l.Bob, 1)
	w.inbox.Down()
	w.signUp(t, l.Carol, password)
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}

	key, err := os.ReadFile(filepath.Join(w.server.DataDir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	l.SecretKey = strings.TrimSpace(string(key))
	db := openDatabase(t, w.server.DataDir)
	if err := db.QueryRowContext(t.Context(), `SELECT id FROM signing_keys WHERE active_at IS NOT NULL ORDER BY active_at LIMIT 1`).Scan(&l.SigningID); err != nil {
		t.Fatal(err)
	}
	known, err := json.MarshalIndent(l, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"sql": dump(t, db), "json": string(known) + "\n"} {
		if err := os.WriteFile(fmt.Sprintf("%s/%04d.sqlite.%s", fixtures, schema, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// dump writes a SQLite database as SQL.
func dump(t *testing.T, db *sql.DB) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("-- Written by make fixture. @now is the time in microseconds, @time(0s) is that far from it.\n")
	var tables []string
	for _, row := range query(t, db, `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC, rowid`) {
		fmt.Fprintf(&b, "%s;\n", row[2])
		if row[0] == "table" {
			tables = append(tables, fmt.Sprint(row[1]))
		}
	}
	now := time.Now()
	for _, table := range tables {
		columns := fmt.Sprint(query(t, db, `SELECT group_concat(name, ', ') FROM pragma_table_info(?)`, table)[0][0])
		rows := query(t, db, "SELECT "+columns+" FROM "+table)
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\nINSERT INTO %s (%s) VALUES\n", table, columns)
		for n, row := range rows {
			end := ",\n"
			if n == len(rows)-1 {
				end = ";\n"
			}
			fmt.Fprintf(&b, "\t(%s)%s", strings.Join(literals(t, row, now), ", "), end)
		}
	}
	return b.String()
}

// literals writes values as SQL, and instants as distances from now.
func literals(t *testing.T, row []any, now time.Time) []string {
	t.Helper()
	var out []string
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			out = append(out, "NULL")
		case int64:
			switch {
			case v < 1e15:
				out = append(out, strconv.FormatInt(v, 10))
			case v < now.UnixMicro():
				out = append(out, fmt.Sprintf("@now - %d", now.UnixMicro()-v))
			default:
				out = append(out, fmt.Sprintf("@now + %d", v-now.UnixMicro()))
			}
		case time.Time:
			out = append(out, "'"+v.UTC().Format(time.DateTime)+"'")
		default:
			text := instant.ReplaceAllStringFunc(fmt.Sprint(v), func(s string) string {
				at, err := time.Parse(time.RFC3339Nano, s)
				if err != nil {
					t.Fatal(err)
				}
				return fmt.Sprintf("@time(%s)", at.Sub(now).Round(time.Microsecond))
			})
			out = append(out, "'"+strings.ReplaceAll(text, "'", "''")+"'")
		}
	}
	return out
}

func query(t *testing.T, db *sql.DB, text string, args ...any) [][]any {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out [][]any
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for n := range row {
			into[n] = &row[n]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// tomorrow is what the next version may do to a database that this one uses: it
// adds, and takes nothing away.
const tomorrow = `
	ALTER TABLE users ADD COLUMN tomorrow VARCHAR(64) NOT NULL DEFAULT '';
	ALTER TABLE sessions ADD COLUMN tomorrow BIGINT;
	ALTER TABLE pending_signups ADD COLUMN tomorrow BIGINT NOT NULL DEFAULT 0;
	ALTER TABLE jobs ADD COLUMN tomorrow VARCHAR(64) NOT NULL DEFAULT '';
	CREATE TABLE tomorrow (realm_id VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL, CONSTRAINT tomorrow_pkey PRIMARY KEY (realm_id, id));
	INSERT INTO goose_db_version (version_id, is_applied) SELECT MAX(version_id) + 1, 1 FROM goose_db_version;
	INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, last_error, created_at, updated_at)
		SELECT realm_id, 'tomorrow', 'tomorrow', '{}', '', 'ready', 0, 9, 0, MIN(run_at), '', MIN(created_at), MIN(updated_at) FROM jobs GROUP BY realm_id;`

// TestRunsOneVersionBehindTheDatabase: in a rolling upgrade a new instance
// migrates while old ones serve, and an old one may start again after that.
// This program is the old one; the new one is what it did to the database.
func TestRunsOneVersionBehindTheDatabase(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		runsOneVersionBehind(t, nil, func(w *world) *sql.DB { return openDatabase(t, w.server.DataDir) })
	})
	if os.Getenv("SALLYPORT_TEST_ENGINES") == "sqlite" {
		return
	}
	t.Run("MariaDB", func(t *testing.T) {
		t.Parallel()
		address := fleettest.Database(t, fleettest.MariaDBName)
		env := []string{"SALLYPORT_DATABASE_URL=" + address, "SALLYPORT_SECRET_KEY=" + sharedKey}
		runsOneVersionBehind(t, env, func(*world) *sql.DB { return place{url: address}.open(t) })
	})
}

// sharedKey is the secret key of instances that share a database.
const sharedKey = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

func runsOneVersionBehind(t *testing.T, env []string, open func(*world) *sql.DB) {
	t.Helper()
	w := newEmbedded(t, env...)
	tokens := w.join(t, address(t, 1))
	db := open(w)
	if _, err := db.ExecContext(t.Context(), tomorrow); err != nil {
		t.Fatal(err)
	}
	check := func(n int) {
		t.Helper()
		w.server.Ops.Get(t, "/readyz", "").Want(t, http.StatusOK, "")
		tokens = w.refreshed(t, tokens.RefreshToken)
		w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
		other := w.join(t, address(t, n))
		w.Post(t, "/auth/logout", map[string]string{"refresh_token": other.RefreshToken}).Want(t, http.StatusOK, "")
		w.refresh(t, other.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	}
	check(2) // it was there before
	w.restart(t, func() {
		if err := w.server.Stop(); err != nil {
			t.Fatal(err)
		}
	}, env...)
	check(3) // it came after

	// A second one beside it, on the same data.
	beside := &world{inbox: w.inbox}
	beside.start(t, apptest.Options{DataDir: w.server.DataDir, Env: append(smtpEnv(w.inbox), env...)})
	tokens = beside.refreshed(t, tokens.RefreshToken)
	w.Post(t, "/auth/logout", map[string]string{"refresh_token": tokens.RefreshToken}).Want(t, http.StatusOK, "")
	apptest.Eventually(t, "the one beside it refuses the token", func() bool {
		return beside.Get(t, "/auth/me", tokens.AccessToken).Status == http.StatusUnauthorized
	})

	var state string
	var attempts int
	if err := db.QueryRowContext(t.Context(), `SELECT state, attempts FROM jobs WHERE id = 'tomorrow'`).Scan(&state, &attempts); err != nil {
		t.Fatal(err)
	}
	if state != "ready" || attempts != 0 {
		t.Errorf("the job of a kind that this version does not know is %s after %d attempts; it is the next version's", state, attempts)
	}
	out, errs, code := apptest.Run(t.Context(), t, apptest.Options{DataDir: w.server.DataDir, Env: env}, nil, "migrate")
	if code != 0 || !regexp.MustCompile(`already at version [0-9]+`).MatchString(out) {
		t.Errorf("migrate on a newer schema: %d %s%s", code, out, errs)
	}
}
