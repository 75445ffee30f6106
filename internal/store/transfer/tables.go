package transfer

import (
	"strings"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// Table is one table of the schema.
type Table struct {
	Name    string
	Key     int      // so many of the columns, from the first, are the primary key
	Columns []string // in the order of the schema
	// Restored says what restoring a backup does with the table, so that whoever
	// adds one decides it; see package restore.
	Restored string
}

func table(name string, key int, restored, columns string) Table {
	return Table{Name: name, Key: key, Columns: strings.Fields(columns), Restored: restored}
}

// rows names what is copied of a table, as a statement goes on: of facts, neither
// what this package writes nor what belongs to a file.
func (t Table) rows() string {
	if t.Name == "facts" {
		return " FROM facts WHERE name NOT IN ('" + store.FactTransferUnfinished + "', '" + store.FactFileEnd + "', '" + probe + "')"
	}
	return " FROM " + t.Name
}

// Tables is every table of the schema, those that others refer to first. A test
// compares it with the schema.
func Tables() []Table {
	return []Table{
		table("users", 2, "every epoch rises", `realm_id id email email_canonical email_verified_at name metadata
			roles status epoch last_login_at created_at updated_at claimed_at`),
		table("credentials", 2, "kept: people sign in with the passwords of the backup",
			`realm_id id user_id kind secret created_at updated_at`),
		table("identities", 2, "kept", `realm_id id user_id provider subject created_at`),
		table("pending_signups", 2, "superseded", `realm_id id email email_canonical password_hash name token_hash
			created_at expires_at consumed_at superseded_at signup_id proof_hash source ip user_agent mailed_at`),
		table("one_time_tokens", 2, "consumed", `realm_id id purpose user_id token_hash user_epoch
			created_at expires_at consumed_at superseded_at session_id proof_hash ip user_agent`),
		table("sessions", 2, "ended", `realm_id id user_id generation nonce parent parent_rotated_at rotated_at
			newest_used user_epoch client_id audience scope kind amr acr auth_time cnf_jkt expires_at idle_expires_at
			revoked_at revoked_reason user_agent ip device_name created_at last_seen_at`),
		table("browser_sessions", 2, "kept: their sessions are ended", `realm_id session_id cookie_hash created_at`),
		table("undelivered_sessions", 2, "kept: their sessions are ended", `realm_id session_id device_hash created_at`),
		table("idempotency_keys", 2, "kept: they count for minutes, and their sessions are ended", `realm_id key_hash body_hash holder session_id
			answer_sealed misses started_at expires_at`),
		table("revocations", 2, "kept: each is a no", `realm_id number kind subject epoch revoked_at expires_at
			mark`),
		table("attempts", 3, "kept: what was counted since is forgotten", `realm_id kind subject tries window_ends_at`),
		table("jobs", 2, "those with a secret are dropped", `realm_id id kind payload secret_sealed state attempts
			max_attempts fence run_at expires_at lease_expires_at last_error created_at updated_at`),
		table("audit_events", 2, "kept, with an event more", `realm_id id kind outcome reason actor_id user_id
			session_hash request_id details created_at`),
		table("audit_repeats", 2, "kept: they count for minutes", `realm_id id event_id number began_at`),
		table("audit_personal", 2, "kept", `realm_id event_id address user_agent email`),
		table("signing_keys", 2, "deleted", `realm_id id algorithm public_jwk private_sealed created_at active_at
			expires_at`),
		table("secret_keys", 2, "kept: the secret key is the backup's", `realm_id id check_value created_at`),
		table("passkeys", 3, "kept: people sign in with the passkeys of the backup", `realm_id user_id id credential_id
			credential_hash public_key sign_count user_verified backup_eligible backed_up transports aaguid attestation
			name created_at last_used_at`),
		table("totp", 2, "kept: the secrets of the backup make codes; a step used since is accepted again for the minute it lives", `realm_id user_id id
			secret_sealed last_step created_at confirmed_at expires_at codes_made_at`),
		table("recovery_codes", 3, "kept: codes used since the backup work again, so make new sets", `realm_id user_id code_hash
			created_at used_at`),
		table("login_steps", 2, "kept: their epoch is over", `realm_id token_hash user_id user_epoch amr device_name
			created_at expires_at consumed_at`),
		table("magic_links", 2, "kept: their epoch is over", `realm_id id user_id address_hash token_hash request_hash
			code_hash user_epoch tries device_name created_at expires_at consumed_at superseded_at`),
		table("email_changes", 2, "kept: their tokens are consumed", `realm_id id user_id old_email old_canonical old_verified_at
			new_email new_canonical confirm_token_id undo_token_id created_at expires_at confirmed_at undone_at`),
		table("deletions", 2, "kept: who had asked to be erased is", `realm_id user_id requested_at erase_at started_at`),
		table("spent_challenges", 2, "kept: each is a no", `realm_id challenge_hash expires_at`),
		table("facts", 2, "kept, and the shared key gets another name", `realm_id name number`),
		table("feed", 1, "another history", `realm_id history_id number mark marked_number`),
	}
}
