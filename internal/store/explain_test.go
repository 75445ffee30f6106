package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fleet/fleettest"
	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// crowd fills the tables from one of numbers, so that a planner has something to
// lose.
var crowd = []string{
	`INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) SELECT 'main', CONCAT('user-', seq), CONCAT(seq, '@x'), CONCAT(seq, '@x'), NULL, 'name', '{}', '', 'active', 1, NULL, seq, seq, CASE WHEN MOD(seq, 2) = 0 THEN seq ELSE NULL END, NULL FROM numbers WHERE seq <= 4000`, //nolint:dupword // values of columns
	`INSERT INTO credentials SELECT 'main', CONCAT('c-', seq), CONCAT('user-', seq), 'password', 'hash', seq, seq FROM numbers WHERE seq <= 4000`,
	`INSERT INTO pending_signups SELECT 'main', CONCAT('p-', seq), CONCAT(FLOOR(seq / 2), '@y'), CONCAT(FLOOR(seq / 2), '@y'), '', '', CONCAT('hash-', seq), seq, seq * 10, NULL, NULL, NULL, CONCAT('proof-', seq), CONCAT('net-', MOD(seq, 50)), 'ip', 'agent', seq, NULL FROM numbers WHERE seq <= 4000`,           //nolint:dupword // values of columns
	`INSERT INTO invitations SELECT 'main', CONCAT('i-', seq), CONCAT(FLOOR(seq / 2), '@y'), CONCAT(FLOOR(seq / 2), '@y'), CASE WHEN MOD(seq, 2) = 0 THEN '' ELSE CONCAT('i-', seq) END, CONCAT('hash-', seq), '', '', CONCAT('user-', MOD(seq, 50)), seq, seq * 10, NULL, NULL, NULL FROM numbers WHERE seq <= 4000`, //nolint:dupword // values of columns
	`INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at) SELECT 'main', CONCAT('t-', seq), 'reset_password', CONCAT('user-', seq), CONCAT('hash-', seq), 1, seq, seq * 10 FROM numbers WHERE seq <= 4000`,
	`INSERT INTO sessions SELECT 'main', CONCAT('s-', seq), CONCAT('user-', 1 + FLOOR(seq / 3)), 0, 'nonce', -1, NULL, seq, 0, 1, 'client', '', '', 'user', ',pwd,', '', NULL, '', seq * 10, seq * 5, CASE WHEN MOD(seq, 10) = 0 THEN seq ELSE NULL END, '', 'agent', 'ip', '', seq, seq, NULL FROM numbers WHERE seq <= 9000`, //nolint:dupword // values of columns
	`INSERT INTO browser_sessions SELECT 'main', CONCAT('s-', seq), CONCAT('hash-', seq), seq FROM numbers WHERE seq <= 4000`,
	`INSERT INTO idempotency_keys SELECT 'main', CONCAT('k-', seq), 'b', 'h', CASE WHEN MOD(seq, 3) = 0 THEN CONCAT('s-', seq) ELSE '' END, '', 0, seq, seq * 10 FROM numbers WHERE seq <= 4000`,
	`INSERT INTO undelivered_sessions SELECT 'main', CONCAT('s-', seq), CONCAT('d-', MOD(seq, 900)), seq * 10 FROM numbers WHERE seq <= 4000`,
	`INSERT INTO revocations SELECT 'main', seq, CASE MOD(seq, 3) WHEN 0 THEN 'jti' WHEN 1 THEN 'sid' WHEN 2 THEN 'sub' END, CONCAT('subject-', seq), 0, seq, seq * 10, seq FROM numbers WHERE seq <= 4000`,
	`INSERT INTO attempts SELECT 'main', 'login', CONCAT('subject-', seq), 1, seq * 10 FROM numbers WHERE seq <= 4000`,
	`INSERT INTO jobs SELECT 'main', CONCAT('j-', seq), CASE MOD(seq, 4) WHEN 0 THEN 'mail' WHEN 1 THEN 'hook' WHEN 2 THEN 'x' WHEN 3 THEN 'y' END, '{}', '', CASE WHEN MOD(seq, 20) = 0 THEN 'ready' WHEN MOD(seq, 33) = 0 THEN 'running' ELSE 'done' END, 0, 9, 0, seq, seq * 10, CASE WHEN MOD(seq, 33) = 0 THEN seq ELSE NULL END, '', seq, seq FROM numbers WHERE seq <= 6000`,
	`INSERT INTO audit_events SELECT 'main', CONCAT('e-', RIGHT(CONCAT('00000', seq), 6)), CASE MOD(seq, 5) WHEN 0 THEN 'a' WHEN 1 THEN 'b' WHEN 2 THEN 'c' WHEN 3 THEN 'd' WHEN 4 THEN 'e' END, 'success', '', '', CONCAT('user-', MOD(seq, 900)), '', '', '{}', seq, 'c' FROM numbers WHERE seq <= 6000`,
	`INSERT INTO audit_repeats SELECT 'main', CONCAT('r-', RIGHT(CONCAT('00000', seq), 6)), CONCAT('e-', RIGHT(CONCAT('00000', seq), 6)), 1 + MOD(seq, 3), seq FROM numbers WHERE seq <= 6000`,
	`INSERT INTO audit_personal SELECT 'main', CONCAT('e-', RIGHT(CONCAT('00000', seq), 6)), 'ip', 'agent', CONCAT(seq, '@x'), 's' FROM numbers WHERE seq <= 6000`,
	`INSERT INTO audit_unsealed SELECT 'main', CONCAT('e-', RIGHT(CONCAT('00000', seq), 6)) FROM numbers WHERE seq > 5000 AND seq <= 6000`,
	`INSERT INTO audit_tree SELECT 'main', seq, CONCAT('tree-', seq), 5000, 1, seq, NULL FROM numbers WHERE seq <= 100`,
	`INSERT INTO audit_leaves SELECT 'main', 'tree-1', seq, CONCAT('e-', RIGHT(CONCAT('00000', seq), 6)), 'h', 'c', 0 FROM numbers WHERE seq <= 5000`,
	`INSERT INTO audit_hashes SELECT 'main', 'tree-1', seq, 'h' FROM numbers WHERE seq <= 5000`,
	`INSERT INTO audit_heads SELECT 'main', 'tree-1', seq, 'note', seq FROM numbers WHERE seq <= 5000`,
	`INSERT INTO stats_hours SELECT 'main', 15000 + MOD(seq, 900) * 10, CONCAT('s-', FLOOR(seq / 900)), '', seq FROM numbers WHERE seq <= 9000`,
	`INSERT INTO signing_keys SELECT 'main', CONCAT('k-', seq), 'ES256', '', '', seq, seq + 1, NULL FROM numbers WHERE seq <= 3`,
	`INSERT INTO roles SELECT 'main', CONCAT('role-', seq), '', seq, seq FROM numbers WHERE seq <= 3000`,
	`INSERT INTO clients SELECT 'main', CONCAT('id-', seq), CONCAT('client-', seq), 'name', 'machine', 0, '', '', ',a,', ',s,', '', 'm', '{}', 1, seq, seq, CASE WHEN MOD(seq, 20) = 0 THEN seq ELSE NULL END FROM numbers WHERE seq <= 3000`, //nolint:dupword // values of columns
	`INSERT INTO client_secrets SELECT 'main', CONCAT('client-', 1 + FLOOR(seq / 2)), CONCAT('s-', seq), 'hash', 'hint', seq, CASE WHEN MOD(seq, 2) = 0 THEN seq * 10 ELSE NULL END, seq FROM numbers WHERE seq <= 5000`,
	`INSERT INTO hook_endpoints SELECT 'main', CONCAT('h-', seq), 'u', '', 0, '', seq, seq, NULL, NULL FROM numbers WHERE seq <= 3`, //nolint:dupword // values of columns
	`INSERT INTO hook_secrets SELECT 'main', CONCAT('h-', seq), 's', 'sealed', seq, NULL FROM numbers WHERE seq <= 3`,
	`INSERT INTO hook_deliveries SELECT 'main', CONCAT('h-', MOD(seq, 9)), CONCAT('user-', MOD(seq, 900)), seq, CONCAT('j-', seq) FROM numbers WHERE seq <= 6000`,
	`INSERT INTO passkeys SELECT 'main', CONCAT('user-', 1 + MOD(seq, 900)), CONCAT('p-', seq), 'c', CONCAT('h-', seq), 'k', 0, 1, 1, 1, '', '', '', '', seq, NULL FROM numbers WHERE seq <= 6000`,
	`INSERT INTO totp SELECT 'main', CONCAT('user-', seq), CONCAT('t-', seq), 'sealed', 0, seq, CASE WHEN MOD(seq, 10) = 0 THEN NULL ELSE seq END, CASE WHEN MOD(seq, 10) = 0 THEN seq * 10 ELSE NULL END, NULL FROM numbers WHERE seq <= 3000`,
	`INSERT INTO recovery_codes SELECT 'main', CONCAT('user-', 1 + MOD(seq, 900)), CONCAT('h-', seq), seq, NULL FROM numbers WHERE seq <= 6000`,
	`INSERT INTO login_steps SELECT 'main', CONCAT('h-', seq), CONCAT('user-', 1 + MOD(seq, 900)), 1, ',pwd,', '', seq, seq * 10, NULL, NULL FROM numbers WHERE seq <= 6000`,
	`INSERT INTO magic_links SELECT 'main', CONCAT('m-', seq), CONCAT('user-', 1 + MOD(seq, 900)), CONCAT('a-', MOD(seq, 2000)), CONCAT('t-', seq), CONCAT('r-', seq), 'c', 1, 0, '', seq, seq * 10, NULL, NULL FROM numbers WHERE seq <= 6000`,
	`INSERT INTO spent_challenges SELECT 'main', CONCAT('c-', seq), seq * 10 FROM numbers WHERE seq <= 6000`,
	`INSERT INTO identities SELECT 'main', CONCAT('i-', seq), CONCAT('user-', 1 + MOD(seq, 900)), 'p', CONCAT('s-', seq), seq FROM numbers WHERE seq <= 6000`,
	`INSERT INTO external_ids SELECT 'main', 's', CONCAT('h-', seq), CONCAT('user-', 1 + MOD(seq, 900)), CONCAT('x-', seq), seq FROM numbers WHERE seq <= 6000`,
	`INSERT INTO imports SELECT 'main', CONCAT('s-', seq), 'f', 'c', seq, seq FROM numbers WHERE seq <= 100`,
	`INSERT INTO credential_forms SELECT 'main', CONCAT('f-', seq), seq FROM numbers WHERE seq <= 5`,
	`INSERT INTO email_changes SELECT 'main', CONCAT('e-', seq), CONCAT('user-', 1 + MOD(seq, 900)), 'o', 'o', NULL, 'n', 'n', CONCAT('c-', seq), CONCAT('u-', seq), seq, seq * 10, NULL, NULL FROM numbers WHERE seq <= 6000`,
	`INSERT INTO deletions SELECT 'main', CONCAT('user-', seq), seq, seq * 10, NULL FROM numbers WHERE seq <= 4000`,
	`INSERT INTO facts SELECT 'main', CONCAT('f-', seq), seq FROM numbers WHERE seq <= 3`,
}

// whole are statements that read all that a realm has of a table, because there
// is little of it; the passwords are counted when an import begins. Of the feed there is one row.
var whole = []string{"schemaVersion", "secretKeyList", "signingKeyList", "signingKeyPurge", "formList", "formOthers", "hookEndpointList", "auditStanding"}

// there are rows for statements that look at more by what they find.
var there = map[string]string{"sessionView": "s-77", "userByID": "user-7", "userByEmail": "7@x", "credentialSignIn": "7@x"}

// realmOnly is what EXPLAIN calls the length of a key of which only the realm is
// used: 64 characters of 4 bytes, and 2 for their number.
const realmOnly = "258"

// access is one line of a plan.
type access struct {
	table, how, key, length string
	sorts                   bool
}

// explainMySQL gives how MySQL or MariaDB would run a statement.
func explainMySQL(t *testing.T, engine string, raw *sql.DB, text string, args []any) []access {
	t.Helper()
	how := "EXPLAIN "
	if engine == fleettest.MySQLName { // it draws a tree otherwise
		how = "EXPLAIN FORMAT=TRADITIONAL "
	}
	rows, err := raw.QueryContext(t.Context(), how+text, args...)
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var plan []access
	for rows.Next() {
		values, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		of := func(name string) string { return values[slices.Index(names, name)].String }
		// What is derived has been read already, by the line of its table.
		if table := of("table"); table != "" && table[0] != '<' {
			plan = append(plan, access{table, of("type"), of("key"), of("key_len"), strings.Contains(of("Extra"), "filesort")})
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}

// node is a step of a plan of PostgreSQL's.
type node struct {
	Kind      string `json:"Node Type"`
	Relation  string `json:"Relation Name"`
	Index     string `json:"Index Name"`
	Condition string `json:"Index Cond"`
	Plans     []node `json:"Plans"`
}

// limit finds how much of something is asked for, which is always the last that
// a statement is given.
var limit = regexp.MustCompile(`(LIMIT|OFFSET) \$\d+`)

// explainPostgres gives how PostgreSQL would run a statement for a hundred rows
// whatever its other values are, if it may read a table whole only where there is
// no other way.
func explainPostgres(t *testing.T, raw *sql.DB, text string, parameters int) (plan []access) {
	t.Helper()
	conn, err := raw.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	parameters -= len(limit.FindAllString(text, -1))
	text = limit.ReplaceAllString(text, "$1 100")
	for _, set := range []string{"SET enable_seqscan = off", "SET plan_cache_mode = force_generic_plan", "PREPARE it AS " + text} {
		if _, err := conn.ExecContext(t.Context(), set); err != nil {
			t.Fatalf("%v: %s", err, set)
		}
	}
	execute := "EXPLAIN (FORMAT JSON) EXECUTE it"
	if parameters > 0 {
		execute += "(NULL" + strings.Repeat(", NULL", parameters-1) + ")"
	}
	var answer []byte
	if err := conn.QueryRowContext(t.Context(), execute).Scan(&answer); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if _, err := conn.ExecContext(t.Context(), "DEALLOCATE it"); err != nil {
		t.Fatal(err)
	}
	var roots []struct {
		Plan node `json:"Plan"`
	}
	if err := json.Unmarshal(answer, &roots); err != nil {
		t.Fatal(err)
	}
	var visit func(n node, relation string, sorted bool)
	visit = func(n node, relation string, sorted bool) {
		sorted = sorted || n.Kind == "Sort" || n.Kind == "Incremental Sort"
		if n.Relation != "" {
			relation = n.Relation
		}
		switch {
		case n.Kind == "Seq Scan":
			plan = append(plan, access{relation, "ALL", "", "", sorted})
		case strings.Contains(n.Kind, "Index") && n.Kind != "Bitmap Heap Scan":
			length := "more"
			if !strings.Contains(n.Condition, " AND ") { // every index begins with the realm
				length = realmOnly
			}
			plan = append(plan, access{relation, n.Kind, n.Index, length, sorted})
		}
		for _, below := range n.Plans {
			visit(below, relation, sorted)
		}
	}
	visit(roots[0].Plan, "", false)
	return plan
}

// explain gives how an engine would run a statement.
func explain(t *testing.T, engine string, raw *sql.DB, text string, args []any) []access {
	t.Helper()
	if engine == fleettest.PostgresName {
		return explainPostgres(t, raw, text, len(args))
	}
	return explainMySQL(t, engine, raw, text, args)
}

// crowded gives a server's database with many rows, and a console on it.
func crowded(t *testing.T, name string) (*Store, *sql.DB) {
	t.Helper()
	db := openTest(t, Options{URL: fleettest.Database(t, name)})
	raw := console(t, db)
	do := func(text string) {
		t.Helper()
		if _, err := raw.ExecContext(t.Context(), text); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
	do("CREATE TABLE numbers (seq INTEGER NOT NULL PRIMARY KEY)")
	for from := 0; from < 9000; from += 1000 {
		var values []string
		for n := range 1000 {
			values = append(values, fmt.Sprintf("(%d)", from+n+1))
		}
		do("INSERT INTO numbers (seq) VALUES " + strings.Join(values, ", "))
	}
	for _, text := range crowd {
		do(text)
	}
	analyse := map[bool]string{true: "ANALYZE TABLE ", false: "ANALYZE "}[fleettest.SpeaksMySQL(name)]
	do(analyse + measured)
	return db, raw
}

// measured are the tables that crowd fills.
const measured = "users, credentials, pending_signups, invitations, one_time_tokens, sessions, browser_sessions, undelivered_sessions, idempotency_keys, revocations, attempts, jobs, audit_events, audit_repeats, audit_personal, audit_unsealed, audit_tree, audit_leaves, audit_hashes, audit_heads, stats_hours, passkeys, totp, recovery_codes, login_steps, magic_links, spent_challenges, identities, external_ids, imports, credential_forms, email_changes, deletions, roles, clients, client_secrets, hook_endpoints, hook_secrets, hook_deliveries, signing_keys, facts"

// TestServersReadNoTableWhole looks at every statement with values in the midst
// of what is there. A key of which only the realm is used is no better than
// none. InnoDB locks every row that an UPDATE or a DELETE reads.
func TestServersReadNoTableWhole(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, readsNoTableWhole)
}

func readsNoTableWhole(t *testing.T, engine string) {
	var integers []string
	db, raw := crowded(t, engine)
	if fleettest.SpeaksMySQL(engine) {
		integers = texts(t, raw, `SELECT DISTINCT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'goose%' AND DATA_TYPE LIKE '%int'`)
	}
	place := regexp.MustCompile(`(?:(\w+)(?: IN)?)?[^?\w]*\?`)
	for name, q := range declared(t) {
		if strings.HasPrefix(strings.TrimSpace(q.String()), "INSERT") || strings.HasPrefix(name, "restore") {
			continue // package restore changes whole tables, once
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
			case slices.Contains(integers, column):
				args = append(args, 20000)
			case there[name] != "":
				args = append(args, there[name])
			default:
				args = append(args, "e-003000")
			}
		}
		for _, a := range explain(t, engine, raw, q.For(db.engine), args) {
			if (a.key == "" || a.how == "index" || a.how == "ALL" || a.length == realmOnly) && a.table != "feed" && !slices.Contains(whole, name) {
				t.Errorf("%s reads the whole of %s (%s by %q, %s)", name, a.table, a.how, a.key, a.length)
			}
		}
	}
}

// TestEventsAreReadInTheirOrder asks for the newest events, and for those before
// one: an index gives both in their order, and a page is as long as its rows.
func TestEventsAreReadInTheirOrder(t *testing.T) {
	t.Parallel()
	fleettest.OnEachServer(t, func(t *testing.T, engine string) {
		db, raw := crowded(t, engine)
		for _, before := range []string{beyond, "e-003000"} {
			for name, list := range map[string]struct {
				q    *sqlrun.Statement
				args []any
				want string
			}{
				"all":                 {auditList, []any{"main", before, 50}, "audit_events_pkey"},
				"of a kind":           {auditListKind, []any{"main", "a", before, 50}, "audit_events_kind_idx"},
				"of a user":           {auditListUser, []any{"main", "user-7", before, 50}, "audit_events_user_idx"},
				"of a user, one kind": {auditListNarrow, []any{"main", "user-7", "a", before, 50}, "audit_events_user_idx"},
			} {
				plan := explain(t, engine, raw, list.q.For(db.engine), list.args)
				if fleettest.SpeaksMySQL(engine) {
					list.want = strings.Replace(list.want, "audit_events_pkey", "PRIMARY", 1)
				}
				if !slices.ContainsFunc(plan, func(a access) bool { return a.key == list.want && !a.sorts && a.length != realmOnly }) {
					t.Errorf("%s before %s are read %+v, want by %s as far as it goes, and in its order", name, before, plan, list.want)
				}
			}
		}
	})
}

// TestMariaDBFindsHotRowsByTheirIndex looks at what every request does.
func TestMariaDBFindsHotRowsByTheirIndex(t *testing.T) {
	t.Parallel()
	if !slices.Contains(fleettest.Servers(t), fleettest.MariaDBName) {
		return
	}
	db, raw := crowded(t, fleettest.MariaDBName)
	mail := []any{"main", "mail", "hook", "hook", "hook", "hook", "hook", "hook", "hook", 3000, 10}
	for _, test := range []struct {
		what string
		q    *sqlrun.Statement
		args []any
		want []access
	}{
		{"refresh: read", sessionView, []any{"main", "s-77"}, []access{{"sessions", "const", "PRIMARY", "516", false}, {"users", "const", "PRIMARY", "516", false}, {"recovery_codes", "ref", "PRIMARY", "516", false}, {"totp", "const", "PRIMARY", "516", false}, {"passkeys", "ref", "PRIMARY", "516", false}, {"external_ids", "ref", "external_ids_user_idx", "516", false}}},
		{
			"refresh: write", sessionAdvance,
			[]any{1, "n", 0, 1, 1, 0, 1, "", "", 1, "main", "s-77", 0, "nonce", 77, 0, 1, 1},
			[]access{{"sessions", "range", "PRIMARY", "516", false}, {"users", "eq_ref", "PRIMARY", "516", false}},
		},
		{"a cookie", browserSession, []any{"main", "hash-77"}, []access{{"browser_sessions", "const", "browser_sessions_cookie_key", "772", false}}},
		{
			"login", credentialSignIn,
			[]any{"main", "7@x"},
			[]access{{"users", "const", "users_email_key", "1540", false}, {"credentials", "const", "credentials_user_kind_key", "646", false}, {"recovery_codes", "ref", "PRIMARY", "516", false}, {"totp", "const", "PRIMARY", "516", false}, {"passkeys", "ref", "PRIMARY", "516", false}, {"external_ids", "ref", "external_ids_user_idx", "516", false}},
		},
		{"a failed login", signupStanding, []any{"main", "7@y", 5, 1}, []access{{"pending_signups", "ref", "pending_signups_email_idx", "1540", false}}},
		{"a user", userByID, []any{"main", "user-7"}, []access{{"users", "const", "PRIMARY", "516", false}, {"recovery_codes", "ref", "PRIMARY", "516", false}, {"totp", "const", "PRIMARY", "516", false}, {"passkeys", "ref", "PRIMARY", "516", false}, {"external_ids", "ref", "external_ids_user_idx", "516", false}}},
		{"a guess", attemptRead, []any{"main", "login", "subject-7"}, []access{{"attempts", "const", "PRIMARY", "1410", false}}},
		{
			"a check by SQL", revocationAccess,
			[]any{"main", "subject-7", "main", "s-7", "main", "user-7", "main", "user-7"},
			[]access{
				{"users", "const", "PRIMARY", "516", false},
				{"users", "const", "PRIMARY", "516", false},
				{"sessions", "const", "PRIMARY", "516", false},
				{"revocations", "ref", "revocations_subject_idx", "1346", false},
			},
		},
		{"the feed", revocationFrom, []any{"main", "main", 3990, 1, 3990, 100}, []access{
			{"feed", "const", "PRIMARY", "258", true}, {"revocations", "range", "PRIMARY", "266", false},
		}},
		{"devices", sessionLive, []any{"main", "user-7", 1, 1, 9, 9, "s", 9}, []access{{"users", "const", "PRIMARY", "516", false}, {"sessions", "ref", "sessions_user_idx", "516", true}}},
		{"devices signed out", sessionOver, []any{"main", "user-7", 1, 9, 9, 9, "s", 9}, []access{{"sessions", "ref", "sessions_user_idx", "516", true}}},
		{"other devices", sessionOthers, []any{"main", "user-7", "s-7", 1, 1, 9, 0}, []access{{"users", "const", "PRIMARY", "516", false}, {"sessions", "ref", "sessions_user_idx", "516", true}}},
		{"devices known", sessionAgents, []any{"main", "user-7", "s-7", 9}, []access{{"sessions", "ref", "sessions_user_idx", "516", false}}},
		{"sign out everywhere", sessionRevokeAll, []any{1, "logout_all", "main", "user-7", 7, "s-7"}, []access{{"sessions", "range", "sessions_user_idx", "524", false}}},
		{"how far back", sessionNth, []any{"main", "user-7", 999}, []access{{"sessions", "ref", "sessions_user_idx", "516", false}}},
		{"jobs that are due", jobDueReady, mail, []access{{"jobs", "range", "jobs_due_idx", "590", true}}},
		{"jobs that were lost", jobDueLost, mail, []access{{"jobs", "range", "jobs_due_idx", "582", true}}},
		{"a claim", jobPeek, []any{"main", "j-7"}, []access{{"jobs", "const", "PRIMARY", "516", false}}},
		{"a link", tokenByHash, []any{"main", "hash-7", "reset_password"}, []access{{"one_time_tokens", "const", "one_time_tokens_token_key", "772", false}}},
		{"a link of a sign-up", signupByTokenHash, []any{"main", "hash-7"}, []access{{"pending_signups", "const", "pending_signups_token_key", "772", false}}},
	} {
		if diff := cmp.Diff(test.want, explain(t, fleettest.MariaDBName, raw, test.q.For(db.engine), test.args), cmp.AllowUnexported(access{})); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.what, diff)
		}
	}
}
