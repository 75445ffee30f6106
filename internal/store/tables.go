package store

import "slices"

// Class says what a column tells, and to whom; see docs/security/data.md.
type Class string

// The classes.
const (
	Secret   Class = "secret"   // opens something: a hash or a sealed value
	Personal Class = "personal" // tells something of a person
	Linked   Class = "linked"   // belongs to a person by an id, and says nothing without it
	Internal Class = "internal" // belongs to nobody
)

// Column is one column of a table, with its part in what users may ask for: to
// see what is kept of them, and to be erased.
type Column struct {
	Name  string
	Class Class
	// Export is the member of an export that shows it, or "- " and the reason why
	// none does. A secret is never shown, and what is internal needs no reason.
	Export string
}

// Table is one table of the schema.
type Table struct {
	Name    string
	Key     int      // so many of the columns, from the first, are the primary key
	Columns []Column // in the order of the schema
	// Restored says what restoring a backup does with the table; see package
	// restore.
	Restored string
	// Erased says what erasing a user does with the rows that tell of them: they are
	// deleted, blanked or kept, and then why.
	Erased string
	// Stays names the columns of a blanked row that do not lose what they hold. A
	// column that is not named does.
	Stays []string
}

// Names are the names of the columns.
func (t Table) Names() []string {
	names := make([]string, len(t.Columns))
	for n, c := range t.Columns {
		names[n] = c.Name
	}
	return names
}

// Blanked are the names of the columns that lose what they hold when a row is
// blanked.
func (t Table) Blanked() []string {
	return slices.DeleteFunc(t.Names(), func(name string) bool { return slices.Contains(t.Stays, name) })
}

// realm stands in every table.
var realm = Column{"realm_id", Internal, ""}

// Why an export does not show a column.
const (
	own      = "- the reader's own id"
	inner    = "- how the server works"
	compared = "- another member, in the form that is compared"
	unproved = "- nobody has proved that the sign-up is theirs"
	leaving  = "- a user who has one cannot sign in to export"
)

// Tables is every table of the schema, those that others refer to first. Tests
// compare it with the schema, and what it says with what exports show and with
// what is left of an erased user.
func Tables() []Table { return slices.Clone(tables) }

// tables are made once: each statement that names columns looks here.
var tables = slices.Concat(accountTables(), factorTables(), sessionTables(), trailTables(), serverTables())

// accountTables are users and what is about their address.
func accountTables() []Table {
	return []Table{
		userTable,
		{
			Name: "credentials", Key: 2, Restored: "kept: people sign in with the passwords of the backup",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, inner},
				{"user_id", Linked, own},
				{"kind", Linked, "credentials[].kind"},
				{"secret", Secret, ""},
				{"created_at", Linked, "credentials[].created_at"},
				{"updated_at", Linked, "credentials[].updated_at"},
			},
		},
		{
			Name: "identities", Key: 2, Restored: "kept",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, inner},
				{"user_id", Linked, own},
				{"provider", Linked, "identities[].provider"},
				{"subject", Personal, "identities[].subject"},
				{"created_at", Linked, "identities[].created_at"},
			},
		},
		{
			Name: "external_ids", Key: 3, Restored: "kept",
			Erased: "blanked",
			Stays:  []string{"realm_id", "source", "id_hash", "user_id", "created_at"},
			Columns: []Column{
				realm,
				{"source", Linked, "external_ids[].source"},
				{"id_hash", Linked, compared},
				{"user_id", Linked, own},
				{"external_id", Personal, "external_ids[].external_id"},
				{"created_at", Linked, "external_ids[].imported_at"},
			},
		},
		{
			Name: "pending_signups", Key: 2, Restored: "superseded",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, unproved},
				{"email", Personal, unproved},
				{"email_canonical", Personal, unproved},
				{"password_hash", Secret, ""},
				{"name", Personal, unproved},
				{"token_hash", Secret, ""},
				{"created_at", Linked, unproved},
				{"expires_at", Linked, unproved},
				{"consumed_at", Linked, unproved},
				{"superseded_at", Linked, unproved},
				{"signup_id", Linked, unproved},
				{"proof_hash", Secret, ""},
				{"source", Personal, unproved},
				{"ip", Personal, unproved},
				{"user_agent", Personal, unproved},
				{"mailed_at", Linked, unproved},
				{"language", Personal, unproved},
			},
		},
		invitationTable,
		{
			Name: "one_time_tokens", Key: 2, Restored: "consumed",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, inner},
				{"purpose", Linked, "links[].purpose"},
				{"user_id", Linked, own},
				{"token_hash", Secret, ""},
				{"user_epoch", Linked, inner},
				{"created_at", Linked, "links[].created_at"},
				{"expires_at", Linked, "links[].expires_at"},
				{"consumed_at", Linked, "links[].consumed_at"},
				{"superseded_at", Linked, "links[].superseded_at"},
				{"session_id", Linked, inner},
				{"proof_hash", Secret, ""},
				{"ip", Personal, "links[].ip"},
				{"user_agent", Personal, "links[].user_agent"},
			},
		},
		{
			Name: "email_changes", Key: 2, Restored: "kept: their tokens are consumed",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, inner},
				{"user_id", Linked, own},
				{"old_email", Personal, "email_changes[].from"},
				{"old_canonical", Personal, compared},
				{"old_verified_at", Linked, inner},
				{"new_email", Personal, "email_changes[].to"},
				{"new_canonical", Personal, compared},
				{"confirm_token_id", Linked, inner},
				{"undo_token_id", Linked, inner},
				{"created_at", Linked, "email_changes[].requested_at"},
				{"expires_at", Linked, "email_changes[].link_until"},
				{"confirmed_at", Linked, "email_changes[].confirmed_at"},
				{"undone_at", Linked, "email_changes[].undone_at"},
			},
		},
		{
			Name: "deletions", Key: 2, Restored: "kept: who had asked to be erased is",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"user_id", Linked, leaving},
				{"requested_at", Linked, leaving},
				{"erase_at", Linked, leaving},
				{"started_at", Linked, leaving},
			},
		},
	}
}

// factorTables are what users sign in with beside a password.
func factorTables() []Table {
	return []Table{
		{
			Name: "passkeys", Key: 3, Restored: "kept: people sign in with the passkeys of the backup",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"user_id", Linked, own},
				{"id", Linked, "passkeys[].id"},
				{"credential_id", Linked, inner},
				{"credential_hash", Linked, inner},
				{"public_key", Linked, inner},
				{"sign_count", Linked, "passkeys[].sign_count"},
				{"user_verified", Linked, inner},
				{"backup_eligible", Linked, inner},
				{"backed_up", Linked, "passkeys[].backed_up"},
				{"transports", Linked, "passkeys[].transports"},
				{"aaguid", Linked, "passkeys[].aaguid"},
				{"attestation", Linked, inner},
				{"name", Personal, "passkeys[].name"},
				{"created_at", Linked, "passkeys[].created_at"},
				{"last_used_at", Linked, "passkeys[].last_used_at"},
			},
		},
		{
			Name: "totp", Key: 2, Restored: "kept: the secrets of the backup make codes; a step used since is accepted again for the minute it lives",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"user_id", Linked, own},
				{"id", Linked, inner},
				{"secret_sealed", Secret, ""},
				{"last_step", Linked, inner},
				{"created_at", Linked, "code_generators[].created_at"},
				{"confirmed_at", Linked, "code_generators[].confirmed_at"},
				{"expires_at", Linked, inner},
				{"codes_made_at", Linked, inner},
			},
		},
		{
			Name: "recovery_codes", Key: 3, Restored: "kept: codes used since the backup work again, so make new sets",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"user_id", Linked, own},
				{"code_hash", Secret, ""},
				{"created_at", Linked, "recovery_codes[].created_at"},
				{"used_at", Linked, "recovery_codes[].used_at"},
			},
		},
		{
			Name: "login_steps", Key: 2, Restored: "kept: their epoch is over",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"token_hash", Secret, ""},
				{"user_id", Linked, own},
				{"user_epoch", Linked, inner},
				{"amr", Linked, "sign_ins_begun[].amr"},
				{"device_name", Personal, "sign_ins_begun[].device_name"},
				{"created_at", Linked, "sign_ins_begun[].created_at"},
				{"expires_at", Linked, "sign_ins_begun[].expires_at"},
				{"consumed_at", Linked, inner},
				{"audience", Linked, inner},
			},
		},
		{
			Name: "magic_links", Key: 2, Restored: "kept: their epoch is over",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, inner},
				{"user_id", Linked, own},
				{"address_hash", Linked, inner},
				{"token_hash", Secret, ""},
				{"request_hash", Secret, ""},
				{"code_hash", Secret, ""},
				{"user_epoch", Linked, inner},
				{"tries", Linked, inner},
				{"device_name", Personal, "sign_in_links[].device_name"},
				{"created_at", Linked, "sign_in_links[].created_at"},
				{"expires_at", Linked, "sign_in_links[].expires_at"},
				{"consumed_at", Linked, "sign_in_links[].consumed_at"},
				{"superseded_at", Linked, inner},
			},
		},
		{
			Name: "spent_challenges", Key: 2, Restored: "kept: each is a no",
			Erased: "kept: nobody's",
			Columns: []Column{
				realm, {"challenge_hash", Internal, ""}, {"expires_at", Internal, ""},
			},
		},
	}
}

// sessionTables are sessions, and what ends or slows them.
func sessionTables() []Table {
	return []Table{
		{
			Name: "sessions", Key: 2, Restored: "ended",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Linked, "sessions[].id"},
				{"user_id", Linked, own},
				{"generation", Linked, inner},
				{"nonce", Secret, ""},
				{"parent", Linked, inner},
				{"parent_rotated_at", Linked, inner},
				{"rotated_at", Linked, inner},
				{"newest_used", Linked, inner},
				{"user_epoch", Linked, inner},
				{"client_id", Linked, "sessions[].client_id"},
				{"audience", Linked, inner},
				{"scope", Linked, inner},
				{"kind", Linked, inner},
				{"amr", Linked, "sessions[].amr"},
				{"acr", Linked, inner},
				{"auth_time", Linked, "sessions[].auth_time"},
				{"cnf_jkt", Linked, inner},
				{"expires_at", Linked, "sessions[].expires_at"},
				{"idle_expires_at", Linked, inner},
				{"revoked_at", Linked, "sessions[].revoked_at"},
				{"revoked_reason", Linked, "sessions[].revoked_reason"},
				{"user_agent", Personal, "sessions[].user_agent"},
				{"ip", Personal, "sessions[].ip"},
				{"device_name", Personal, "sessions[].device_name"},
				{"created_at", Linked, "sessions[].created_at"},
				{"last_seen_at", Linked, "sessions[].last_seen_at"},
				{"administered_at", Linked, inner},
			},
		},
		{
			Name: "browser_sessions", Key: 2, Restored: "kept: their sessions are ended",
			Erased: "deleted",
			Columns: []Column{
				realm, {"session_id", Linked, inner}, {"cookie_hash", Secret, ""}, {"created_at", Linked, inner},
			},
		},
		{
			Name: "undelivered_sessions", Key: 2, Restored: "kept: their sessions are ended",
			Erased: "kept: by the id of a session and a hash, until the session would have ended",
			Columns: []Column{
				realm, {"session_id", Linked, inner}, {"device_hash", Linked, inner}, {"created_at", Linked, inner},
			},
		},
		{
			Name: "idempotency_keys", Key: 2, Restored: "kept: they count for minutes, and their sessions are ended",
			Erased: "kept: by hashes and the id of a session, for ten minutes",
			Columns: []Column{
				realm,
				{"key_hash", Secret, ""},
				{"body_hash", Secret, ""},
				{"holder", Internal, ""},
				{"session_id", Linked, inner},
				{"answer_sealed", Secret, ""},
				{"misses", Internal, ""},
				{"started_at", Internal, ""},
				{"expires_at", Internal, ""},
			},
		},
		{
			Name: "revocations", Key: 2, Restored: "kept: each is a no",
			Erased: "kept: each is a no, by an id, until no token is left that it refuses",
			Columns: []Column{
				realm,
				{"number", Internal, ""},
				{"kind", Internal, ""},
				{"subject", Linked, inner},
				{"epoch", Linked, inner},
				{"revoked_at", Internal, ""},
				{"expires_at", Internal, ""},
				{"mark", Internal, ""},
			},
		},
		{
			Name: "attempts", Key: 3, Restored: "kept: what was counted since is forgotten",
			Erased: "kept: under keyed hashes, until their window ends",
			Columns: []Column{
				realm, {"kind", Internal, ""}, {"subject", Linked, inner}, {"tries", Linked, inner}, {"window_ends_at", Linked, inner},
			},
		},
	}
}

// trailTables are the audit trail.
func trailTables() []Table {
	return []Table{
		{
			Name: "audit_events", Key: 2, Restored: "kept, with an event more",
			Erased: "kept: the trail stays whole, and what is personal in it stands in audit_personal",
			Columns: []Column{
				realm,
				{"id", Internal, "audit_events[].id"},
				{"kind", Internal, "audit_events[].kind"},
				{"outcome", Internal, "audit_events[].outcome"},
				{"reason", Internal, "audit_events[].reason"},
				{"actor_id", Linked, "audit_events[].by_you"},
				{"user_id", Linked, own},
				{"session_hash", Linked, inner},
				{"request_id", Linked, "audit_events[].request_id"},
				{"details", Linked, "audit_events[].details"},
				{"created_at", Linked, "audit_events[].created_at"},
				{"commitment", Linked, inner},
			},
		},
		{
			Name: "audit_repeats", Key: 2, Restored: "kept: they count for minutes",
			Erased: "kept: by ids of events, for two minutes",
			Columns: []Column{
				realm, {"id", Linked, inner}, {"event_id", Linked, inner}, {"number", Linked, inner}, {"began_at", Linked, inner},
			},
		},
		{
			Name: "audit_personal", Key: 2, Restored: "kept",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"event_id", Linked, inner},
				{"address", Personal, "audit_events[].ip"},
				{"user_agent", Personal, "audit_events[].user_agent"},
				{"email", Personal, "audit_events[].email"},
				{"salt", Secret, ""},
			},
		},
		auditUnsealedTable,
		auditTreeTable,
		auditLeafTable,
		auditHashTable,
		auditHeadTable,
		auditKeyTable,
		statsHourTable,
	}
}

// serverTables are what the server works with.
func serverTables() []Table {
	return []Table{
		roleTable,
		clientTable,
		clientSecretTable,
		hookEndpointTable,
		hookSecretTable,
		hookDeliveryTable,
		{
			Name: "jobs", Key: 2, Restored: "those with a secret are dropped",
			Erased: "deleted",
			Columns: []Column{
				realm,
				{"id", Internal, ""},
				{"kind", Internal, ""},
				{"payload", Personal, "- a letter, which its reader has; it goes a day after it was sent"},
				{"secret_sealed", Secret, ""},
				{"state", Internal, ""},
				{"attempts", Internal, ""},
				{"max_attempts", Internal, ""},
				{"fence", Internal, ""},
				{"run_at", Internal, ""},
				{"expires_at", Internal, ""},
				{"lease_expires_at", Internal, ""},
				{"last_error", Linked, inner},
				{"created_at", Internal, ""},
				{"updated_at", Internal, ""},
			},
		},
		{
			Name: "signing_keys", Key: 2, Restored: "deleted",
			Erased: "kept: nobody's",
			Columns: []Column{
				realm,
				{"id", Internal, ""},
				{"algorithm", Internal, ""},
				{"public_jwk", Internal, ""},
				{"private_sealed", Secret, ""},
				{"created_at", Internal, ""},
				{"active_at", Internal, ""},
				{"expires_at", Internal, ""},
			},
		},
		{
			Name: "secret_keys", Key: 2, Restored: "kept: the secret key is the backup's",
			Erased: "kept: nobody's",
			Columns: []Column{
				realm, {"id", Internal, ""}, {"check_value", Internal, ""}, {"created_at", Internal, ""},
			},
		},
		{
			Name: "imports", Key: 2, Restored: "kept: an import goes on where the backup is",
			Erased: "kept: how far an import has come, which is the id of one row at most, until it ends",
			Columns: []Column{
				realm,
				{"source", Internal, ""},
				{"fingerprint", Internal, ""},
				{"cursor_text", Internal, ""},
				{"rows_done", Internal, ""},
				{"updated_at", Internal, ""},
			},
		},
		{
			Name: "credential_forms", Key: 2, Restored: "kept",
			Erased: "kept: nobody's",
			Columns: []Column{
				realm, {"form", Internal, ""}, {"number", Internal, ""},
			},
		},
		{
			Name: "facts", Key: 2, Restored: "kept, and the shared key gets another name",
			Erased: "kept: nobody's",
			Columns: []Column{
				realm, {"name", Internal, ""}, {"number", Internal, ""},
			},
		},
		{
			Name: "feed", Key: 1, Restored: "another history",
			Erased: "kept: nobody's",
			Columns: []Column{
				realm, {"history_id", Internal, ""}, {"number", Internal, ""}, {"mark", Internal, ""}, {"marked_number", Internal, ""},
			},
		},
	}
}
