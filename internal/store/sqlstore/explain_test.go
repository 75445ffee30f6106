package sqlstore

import (
	"database/sql"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store/seam"
)

// crowd fills the tables, so that MariaDB's planner has something to lose.
var crowd = []string{
	`INSERT INTO users SELECT 'main', CONCAT('user-', seq), CONCAT(seq, '@x'), CONCAT(seq, '@x'), NULL, 'name', '{}', '', 'active', 1, NULL, seq, (seq), IF(seq MOD 2 = 0, seq, NULL) FROM seq_1_to_4000`,
	`INSERT INTO credentials SELECT 'main', CONCAT('c-', seq), CONCAT('user-', seq), 'password', 'hash', seq, seq FROM seq_1_to_4000`,
	`INSERT INTO pending_signups SELECT 'main', CONCAT('p-', seq), CONCAT(seq DIV 2, '@y'), CONCAT(seq DIV 2, '@y'), '', '', CONCAT('hash-', seq), seq, seq * 10, NULL, (NULL), (NULL), CONCAT('proof-', seq), CONCAT('net-', seq MOD 50), 'ip', 'agent', seq FROM seq_1_to_4000`,
	`INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at) SELECT 'main', CONCAT('t-', seq), 'reset_password', CONCAT('user-', seq), CONCAT('hash-', seq), 1, seq, seq * 10 FROM seq_1_to_4000`,
	`INSERT INTO sessions SELECT 'main', CONCAT('s-', seq), CONCAT('user-', 1 + seq DIV 3), 0, 'nonce', -1, NULL, seq, 0, 1, 'client', '', '', 'user', ',pwd,', '', NULL, '', seq * 10, seq * 5, IF(seq MOD 10 = 0, seq, NULL), '', 'agent', 'ip', '', seq, seq FROM seq_1_to_9000`,
	`INSERT INTO browser_sessions SELECT 'main', CONCAT('s-', seq), CONCAT('hash-', seq), seq FROM seq_1_to_4000`,
	`INSERT INTO revocations SELECT 'main', seq, ELT(1 + seq MOD 3, 'jti', 'sid', 'sub'), CONCAT('subject-', seq), 0, seq, seq * 10, seq FROM seq_1_to_4000`,
	`INSERT INTO attempts SELECT 'main', 'login', CONCAT('subject-', seq), 1, seq * 10 FROM seq_1_to_4000`,
	`INSERT INTO jobs SELECT 'main', CONCAT('j-', seq), ELT(1 + seq MOD 4, 'mail', 'hook', 'x', 'y'), '{}', '', IF(seq MOD 20 = 0, 'ready', IF(seq MOD 33 = 0, 'running', 'done')), 0, 9, 0, seq, seq * 10, IF(seq MOD 33 = 0, seq, NULL), '', seq, seq FROM seq_1_to_6000`,
	`INSERT INTO audit_events SELECT 'main', CONCAT('e-', LPAD(seq, 6, '0')), ELT(1 + seq MOD 5, 'a', 'b', 'c', 'd', 'e'), 'success', '', '', CONCAT('user-', seq MOD 900), '', '', '{}', seq FROM seq_1_to_6000`,
	`INSERT INTO audit_personal SELECT 'main', CONCAT('e-', LPAD(seq, 6, '0')), 'ip', 'agent', CONCAT(seq, '@x') FROM seq_1_to_6000`,
	`INSERT INTO signing_keys SELECT 'main', CONCAT('k-', seq), 'ES256', '', '', seq, seq + 1, NULL FROM seq_1_to_3`,
	`INSERT INTO passkeys SELECT 'main', CONCAT('user-', 1 + seq MOD 900), CONCAT('p-', seq), 'c', CONCAT('h-', seq), 'k', 0, 1, 1, 1, '', '', '', '', seq, NULL FROM seq_1_to_6000`,
	`INSERT INTO totp SELECT 'main', CONCAT('user-', seq), CONCAT('t-', seq), 'sealed', 0, seq, IF(seq MOD 10 = 0, NULL, seq), IF(seq MOD 10 = 0, seq * 10, NULL), NULL FROM seq_1_to_3000`,
	`INSERT INTO recovery_codes SELECT 'main', CONCAT('user-', 1 + seq MOD 900), CONCAT('h-', seq), seq, NULL FROM seq_1_to_6000`,
	`INSERT INTO login_steps SELECT 'main', CONCAT('h-', seq), CONCAT('user-', 1 + seq MOD 900), 1, ',pwd,', '', seq, seq * 10, NULL FROM seq_1_to_6000`,
	`INSERT INTO magic_links SELECT 'main', CONCAT('m-', seq), CONCAT('user-', 1 + seq MOD 900), CONCAT('a-', seq MOD 2000), CONCAT('t-', seq), CONCAT('r-', seq), 'c', 1, 0, '', seq, seq * 10, NULL, NULL FROM seq_1_to_6000`,
	`INSERT INTO spent_challenges SELECT 'main', CONCAT('c-', seq), seq FROM seq_1_to_6000`,
	`INSERT INTO identities SELECT 'main', CONCAT('i-', seq), CONCAT('user-', 1 + seq MOD 900), 'p', CONCAT('s-', seq), seq FROM seq_1_to_6000`,
	`INSERT INTO email_changes SELECT 'main', CONCAT('e-', seq), CONCAT('user-', 1 + seq MOD 900), 'o', 'o', NULL, 'n', 'n', CONCAT('c-', seq), CONCAT('u-', seq), seq, seq * 10, NULL, NULL FROM seq_1_to_6000`,
	`INSERT INTO deletions SELECT 'main', CONCAT('user-', seq), seq, seq * 10, NULL FROM seq_1_to_4000`,
	`INSERT INTO facts SELECT 'main', CONCAT('f-', seq), seq FROM seq_1_to_3`,
	`ANALYZE TABLE users, credentials, pending_signups, one_time_tokens, sessions, browser_sessions, undelivered_sessions, idempotency_keys, revocations, attempts, jobs, audit_events, audit_personal, passkeys, totp, recovery_codes, login_steps, magic_links, spent_challenges, identities, email_changes, deletions, signing_keys, facts`,
}

// whole are statements that read all that a realm has of a table, because there
// is little of it.
var whole = []string{"feedHead", "feedRaise", "feedRaised", "schemaVersion", "secretKeyList", "signingKeyList", "signingKeyPurge"}

// there are rows for statements that look at more by what they find.
var there = map[string]string{"sessionView": "s-77", "userByID": "user-7", "userByEmail": "7@x", "credentialSignIn": "7@x"}

// realmOnly is what EXPLAIN calls the length of a key of which only the realm is
// used: 64 characters of 4 bytes, and 2 for their number.
const realmOnly = "258"

// access is one line of a plan.
type access struct{ table, how, key, length string }

// explain gives how MariaDB would run a statement.
func explain(t *testing.T, raw *sql.DB, text string, args []any) []access {
	t.Helper()
	rows, err := raw.QueryContext(t.Context(), "EXPLAIN "+text, args...)
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	defer rows.Close()
	var plan []access
	for rows.Next() {
		var id, kind, table, how, possible, key, length, ref, n, extra sql.NullString
		if err := rows.Scan(&id, &kind, &table, &how, &possible, &key, &length, &ref, &n, &extra); err != nil {
			t.Fatal(err)
		}
		if table.Valid {
			plan = append(plan, access{table.String, how.String, key.String, length.String})
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}

// crowded gives a MariaDB with many rows, and a console on it.
func crowded(t *testing.T) (*DB, *sql.DB) {
	t.Helper()
	db := openTest(t, Options{URL: fleettest.Database(t, fleettest.MariaDBName)})
	raw := console(t, db)
	for _, text := range crowd {
		if _, err := raw.ExecContext(t.Context(), text); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
	return db, raw
}

// TestMariaDBReadsNoTableWhole looks at every statement with values in the midst
// of what is there. A key of which only the realm is used is no better than
// none. InnoDB locks every row that an UPDATE or a DELETE reads.
func TestMariaDBReadsNoTableWhole(t *testing.T) {
	t.Parallel()
	if !slices.Contains(fleettest.Servers(t), fleettest.MariaDBName) {
		return
	}
	db, raw := crowded(t)
	place := regexp.MustCompile(`(?:(\w+)(?: IN)?)?[^?\w]*\?`)
	for name, q := range declared(t) {
		if strings.HasPrefix(strings.TrimSpace(q.String()), "INSERT") || strings.HasPrefix(name, "history") {
			continue // a new history is for whole tables, once
		}
		var args []any
		column := ""
		for _, m := range place.FindAllStringSubmatch(q.String(), -1) {
			if m[1] != "" { // else another of the same list
				column = m[1]
			}
			switch {
			case column == "realm_id":
				args = append(args, "main")
			case column == "LIMIT" || column == "OFFSET":
				args = append(args, 100)
			case column == "state":
				args = append(args, "done")
			case strings.HasSuffix(column, "_at") || column == "number":
				args = append(args, 20000)
			case there[name] != "":
				args = append(args, there[name])
			default:
				args = append(args, "e-003000")
			}
		}
		for _, a := range explain(t, raw, q.For(db.engine), args) {
			if (a.key == "" || a.how == "index" || a.how == "ALL" || a.length == realmOnly) && !slices.Contains(whole, name) {
				t.Errorf("%s reads the whole of %s (%s by %q, %s)", name, a.table, a.how, a.key, a.length)
			}
		}
	}
}

// TestMariaDBFindsHotRowsByTheirIndex looks at what every request does.
func TestMariaDBFindsHotRowsByTheirIndex(t *testing.T) {
	t.Parallel()
	if !slices.Contains(fleettest.Servers(t), fleettest.MariaDBName) {
		return
	}
	db, raw := crowded(t)
	mail := []any{"main", "mail", "hook", "hook", "hook", "hook", "hook", "hook", "hook", 3000, 10}
	for _, test := range []struct {
		what string
		q    *seam.Statement
		args []any
		want []access
	}{
		{"refresh: read", sessionView, []any{"main", "s-77"}, []access{{"sessions", "const", "PRIMARY", "516"}, {"users", "const", "PRIMARY", "516"}, {"recovery_codes", "ref", "PRIMARY", "516"}, {"totp", "const", "PRIMARY", "516"}, {"passkeys", "ref", "PRIMARY", "516"}}},
		{
			"refresh: write", sessionAdvance,
			[]any{1, "n", 0, 1, 1, 0, 1, "", "", 1, "main", "s-77", 0, "nonce", 77, 0, 1, 1},
			[]access{{"sessions", "range", "PRIMARY", "516"}, {"users", "eq_ref", "PRIMARY", "516"}},
		},
		{"a cookie", browserSession, []any{"main", "hash-77"}, []access{{"browser_sessions", "const", "browser_sessions_cookie_key", "772"}}},
		{
			"login", credentialSignIn,
			[]any{"main", "7@x"},
			[]access{{"users", "const", "users_email_key", "1540"}, {"credentials", "const", "credentials_user_kind_key", "646"}, {"recovery_codes", "ref", "PRIMARY", "516"}, {"totp", "const", "PRIMARY", "516"}, {"passkeys", "ref", "PRIMARY", "516"}},
		},
		{"a failed login", signupStanding, []any{"main", "7@y", 5, 1}, []access{{"pending_signups", "ref", "pending_signups_email_idx", "1540"}}},
		{"a user", userByID, []any{"main", "user-7"}, []access{{"users", "const", "PRIMARY", "516"}, {"recovery_codes", "ref", "PRIMARY", "516"}, {"totp", "const", "PRIMARY", "516"}, {"passkeys", "ref", "PRIMARY", "516"}}},
		{"a guess", attemptRead, []any{"main", "login", "subject-7"}, []access{{"attempts", "const", "PRIMARY", "1410"}}},
		{
			"a check by SQL", revocationAccess,
			[]any{"main", "subject-7", "main", "s-7", "main", "user-7", "main", "user-7"},
			[]access{
				{"users", "const", "PRIMARY", "516"},
				{"users", "const", "PRIMARY", "516"},
				{"sessions", "const", "PRIMARY", "516"},
				{"revocations", "ref", "revocations_subject_idx", "1346"},
			},
		},
		{"the feed", revocationFrom, []any{"main", 3990, 1, 3990, 100}, []access{{"revocations", "range", "PRIMARY", "266"}}},
		{"devices", sessionLive, []any{"main", "user-7", 1, 1, 9, 9, "s", 9}, []access{{"users", "const", "PRIMARY", "516"}, {"sessions", "ref", "sessions_user_idx", "516"}}},
		{"devices signed out", sessionOver, []any{"main", "user-7", 1, 9, 9, 9, "s", 9}, []access{{"sessions", "ref", "sessions_user_idx", "516"}}},
		{"other devices", sessionOthers, []any{"main", "user-7", "s-7", 1, 1, 9, 0}, []access{{"users", "const", "PRIMARY", "516"}, {"sessions", "ref", "sessions_user_idx", "516"}}},
		{"devices known", sessionAgents, []any{"main", "user-7", "s-7", 9}, []access{{"sessions", "ref", "sessions_user_idx", "516"}}},
		{"sign out everywhere", sessionRevokeAll, []any{1, "logout_all", "main", "user-7", 7, "s-7"}, []access{{"sessions", "range", "sessions_user_idx", "524"}}},
		{"how far back", sessionNth, []any{"main", "user-7", 999}, []access{{"sessions", "ref", "sessions_user_idx", "516"}}},
		{"jobs that are due", jobDueReady, mail, []access{{"jobs", "range", "jobs_due_idx", "590"}}},
		{"jobs that were lost", jobDueLost, mail, []access{{"jobs", "range", "jobs_due_idx", "582"}}},
		{"a claim", jobPeek, []any{"main", "j-7"}, []access{{"jobs", "const", "PRIMARY", "516"}}},
		{"a link", tokenByHash, []any{"main", "hash-7", "reset_password"}, []access{{"one_time_tokens", "const", "one_time_tokens_token_key", "772"}}},
		{"a link of a sign-up", signupByTokenHash, []any{"main", "hash-7"}, []access{{"pending_signups", "const", "pending_signups_token_key", "772"}}},
	} {
		if diff := cmp.Diff(test.want, explain(t, raw, test.q.For(db.engine), test.args), cmp.AllowUnexported(access{})); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.what, diff)
		}
	}
}
