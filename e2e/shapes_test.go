package e2e_test

import (
	"encoding/base32"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// hashed is a password as bcrypt stores it in other systems.
func hashed(t *testing.T, password string) string {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return string(hash)
}

// follows runs the commands of a page with files in the place of those that it names,
// and gives what was refused by each.
func (w *world) follows(t *testing.T, page string, files map[string]string) (refused []map[string]int64) {
	t.Helper()
	for _, command := range blocks(t, page, "sh") {
		for name, path := range files {
			command = strings.Replace(command, name, path, 1)
		}
		args := append(strings.Fields(strings.ReplaceAll(command, "'", ""))[1:], "--yes", "--json", "--refused", filepath.Join(t.TempDir(), "refused"))
		stdout, stderr, code := apptest.Run(t.Context(), t, w.operator(), nil, args...)
		var r imported
		if err := json.Unmarshal([]byte(stdout), &r); code != 0 || err != nil {
			t.Fatalf("%s: exit code %d\n%s%s", command, code, stdout, stderr)
		}
		refused = append(refused, r.Refused)
	}
	return refused
}

// supabase makes auth.users as Supabase's migrations leave it.
const supabase = `
	CREATE SCHEMA auth;
	CREATE TABLE auth.users (
		instance_id uuid NULL, id uuid NOT NULL UNIQUE, aud varchar(255) NULL, role varchar(255) NULL, email varchar(255) NULL,
		encrypted_password varchar(255) NULL, email_confirmed_at timestamptz NULL, invited_at timestamptz NULL, confirmation_token varchar(255) NULL,
		confirmation_sent_at timestamptz NULL, recovery_token varchar(255) NULL, recovery_sent_at timestamptz NULL,
		email_change_token_new varchar(255) NULL, email_change varchar(255) NULL, email_change_sent_at timestamptz NULL,
		last_sign_in_at timestamptz NULL, raw_app_meta_data jsonb NULL, raw_user_meta_data jsonb NULL, is_super_admin bool NULL,
		created_at timestamptz NULL, updated_at timestamptz NULL, phone text NULL UNIQUE DEFAULT NULL, phone_confirmed_at timestamptz NULL,
		phone_change text NULL DEFAULT '', phone_change_token varchar(255) NULL DEFAULT '', phone_change_sent_at timestamptz NULL,
		confirmed_at timestamptz GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED,
		email_change_token_current varchar(255) NULL DEFAULT '', email_change_confirm_status smallint NULL DEFAULT 0,
		banned_until timestamptz NULL, reauthentication_token varchar(255) NULL DEFAULT '', reauthentication_sent_at timestamptz NULL,
		is_sso_user boolean NOT NULL DEFAULT false, deleted_at timestamptz NULL, is_anonymous boolean NOT NULL DEFAULT false,
		CONSTRAINT users_pkey PRIMARY KEY (id));
	CREATE UNIQUE INDEX users_email_partial_key ON auth.users (email) WHERE is_sso_user = false;`

func TestUsersMoveFromSupabase(t *testing.T) {
	t.Parallel()
	needServers(t)
	const page = "from-supabase.md"
	old := postgresPlace(t)
	db := old.open(t)
	run(t, db, supabase)
	const id = "5d1b7c52-9d0c-4a0e-8a53-0a4c6e0b9a1"
	for n, row := range []string{
		`'ada@people.example', '` + hashed(t, later) + `', '2023-01-02 03:04:05+00', '{"provider": "email", "role": "editor"}', '{"full_name": "Ada", "theme": "dark"}', NULL, false, NULL, false`,
		`'bea@people.example', '` + hashed(t, later) + `', NULL, '{"provider": "email"}', '{}', NULL, false, NULL, false`,
		`'cid@people.example', '` + hashed(t, later) + `', '2023-01-02 03:04:05+00', '{}', NULL, '2999-01-01', false, NULL, false`,
		`'dot@people.example', '` + hashed(t, later) + `', '2023-01-02 03:04:05+00', NULL, NULL, '2020-01-01', false, NULL, false`, //nolint:dupword // columns
		`'eve@people.example', '', '2023-01-02 03:04:05+00', '{}', '{}', NULL, false, '2024-01-01', false`,
		`NULL, NULL, NULL, '{}', '{}', NULL, false, NULL, true`, //nolint:dupword // columns
		`'fay@people.example', '` + hashed(t, later) + `', '2023-01-02 03:04:05+00', '{}', '{}', NULL, false, NULL, false`,
		`'fay@people.example', NULL, '2023-01-02 03:04:05+00', '{}', '{}', NULL, true, NULL, false`,
	} {
		run(t, db, `INSERT INTO auth.users (instance_id, id, aud, role, created_at, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
			raw_user_meta_data, banned_until, is_sso_user, deleted_at, is_anonymous) VALUES ('00000000-0000-0000-0000-000000000000', '`+id+string(rune('0'+n))+`',
			'authenticated', 'authenticated', '2022-02-03 04:05:06+00', `+row+`)`)
	}
	url := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(url, []byte(old.url), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newPlace(t)
	for _, refused := range w.follows(t, page, map[string]string{"@old-database-url": "@" + url}) {
		if len(refused) != 3 || refused["deleted"] != 1 || refused["no_email"] != 1 || refused["duplicate_address"] != 2 {
			t.Errorf("refused: %v", refused)
		}
	}
	login := func(name string) apptest.Answer {
		return w.Post(t, "/auth/login", map[string]string{"email": name + "@people.example", "password": later})
	}
	ada := w.login(t, "ada@people.example", later)
	if ada.User.ID != id+"0" || ada.User.Name != "Ada" {
		t.Errorf("ada is %+v", ada.User)
	}
	var metadata, app string
	if err := w.database(t).QueryRowContext(t.Context(), "SELECT metadata, app_metadata FROM users WHERE id = '"+ada.User.ID+"'").Scan(&metadata, &app); err != nil ||
		metadata != `{"full_name":"Ada","theme":"dark"}` || app != `{"role":"editor"}` {
		t.Errorf("she has %s and %s: %v", metadata, app, err)
	}
	login("bea").Want(t, http.StatusForbidden, "email_not_verified")
	login("cid").Want(t, http.StatusForbidden, "account_disabled")
	login("dot").Want(t, http.StatusOK, "")
	login("eve").Want(t, http.StatusUnauthorized, "invalid_credentials")
	login("fay").Want(t, http.StatusUnauthorized, "invalid_credentials")
}

func TestUsersMoveFromAuth0(t *testing.T) {
	t.Parallel()
	w, dir := newPlace(t), t.TempDir()
	hashes, users := filepath.Join(dir, "hashes.json"), filepath.Join(dir, "all.json")
	for path, text := range map[string]string{
		hashes: `{"_id":{"$oid":"60425dc43519d90068f82973"},"email_verified":true,"email":"ada@people.example","passwordHash":"` + hashed(t, later) + `","password_set_date":{"$date":"2021-03-05T16:35:16.775Z"},"tenant":"acme","connection":"Username-Password-Authentication","_tmp_is_unique":true,"version":"1.1"}
{"_id":{"$oid":"60425da93519d90068f82966"},"email_verified":false,"email":"bea@people.example","passwordHash":"` + hashed(t, later) + `","tenant":"acme","connection":"Username-Password-Authentication","version":"1.1"}
`,
		users: `{"user_id":"auth0|60425dc43519d90068f82973","email":"ada@people.example","email_verified":true,"name":"Ada","created_at":"2021-03-05T16:34:05.012Z"}
{"user_id":"google-oauth2|107","email":"cid@people.example","email_verified":true,"name":"Cid","created_at":"2021-03-05T16:34:05.012Z","user_metadata":{"theme":"dark"},"app_metadata":{"plan":"gold"}}
{"user_id":"auth0|2","email":"dot@people.example","email_verified":true,"blocked":true,"name":"Dot","created_at":"2021-03-05T16:34:05.012Z"}
`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	refused := w.follows(t, "from-auth0.md", map[string]string{"password-hashes.json": hashes, " users.json": " " + users})
	if len(refused) != 2 || len(refused[0]) != 0 || len(refused[1]) != 1 || refused[1]["address_taken"] != 1 {
		t.Errorf("refused: %v", refused)
	}
	w.login(t, "ada@people.example", later)
	w.Post(t, "/auth/login", map[string]string{"email": "bea@people.example", "password": later}).Want(t, http.StatusForbidden, "email_not_verified")
	for address, want := range map[string]string{
		"ada": "60425dc43519d90068f82973 {} ", "cid": `google-oauth2|107 {"theme":"dark"} {"plan":"gold"}`, "dot": "auth0|2 {} ",
	} {
		var id, metadata, app, status string
		if err := w.database(t).QueryRowContext(t.Context(), `SELECT external_id, metadata, app_metadata, status FROM users JOIN external_ids ON user_id = users.id WHERE email_canonical = '`+
			address+"@people.example'").Scan(&id, &metadata, &app, &status); err != nil || id+" "+metadata+" "+app != want || (status == "disabled") != (address == "dot") {
			t.Errorf("%s has %s %s %s and is %s: %v", address, id, metadata, app, status, err)
		}
	}
}

func TestUsersMoveFromKeycloak(t *testing.T) {
	t.Parallel()
	const page, secret = "from-keycloak.md", "ABCDEFGHIJKLMNOPQRST" // as Keycloak draws one
	w, file := newPlace(t), filepath.Join(t.TempDir(), "realm.json")
	realm := contractTool(t, t.TempDir(), nil, absolute(t, "../"+moving), absolute(t, "moving/keycloak.py"), later, secret)
	if err := os.WriteFile(file, []byte(realm), 0o600); err != nil {
		t.Fatal(err)
	}
	for n, refused := range w.follows(t, page, map[string]string{"realm.json": file}) {
		if len(refused) != 1 || refused["no_email"] != 1 {
			t.Errorf("command %d refused %v", n, refused)
		}
	}
	login := func(name string) apptest.Answer {
		return w.Post(t, "/auth/login", map[string]string{"email": name + "@people.example", "password": later})
	}
	for n, name := range []string{"bea", "cid", "eve"} {
		s := w.login(t, name+"@people.example", later)
		if want := []string{"1", "2", "4"}[n]; s.User.ID != "5d1b7c52-9d0c-4a0e-8a53-0a4c6e0b9a1"+want || s.User.Name != strings.ToUpper(name[:1])+name[1:]+" Lovelace" {
			t.Errorf("%s is %+v", name, s.User)
		}
	}
	login("dot").Want(t, http.StatusForbidden, "account_disabled")
	login("fay").Want(t, http.StatusForbidden, "email_not_verified")
	token := login("ada").Want(t, http.StatusOK, "").Member(t, "mfa_token")
	key := base32.StdEncoding.EncodeToString([]byte(secret))
	w.Post(t, "/auth/login/mfa", second(token, "totp", oath(t, key, "now"))).Want(t, http.StatusOK, "")
	var roles, app string
	if err := w.database(t).QueryRowContext(t.Context(), `SELECT roles, app_metadata FROM users WHERE email_canonical = 'ada@people.example'`).Scan(&roles, &app); err != nil ||
		roles != ",editor," || app != `{"plan":["gold"]}` {
		t.Errorf("ada has %s and %s: %v", roles, app, err)
	}
}
