-- Written by make fixture. @now is the time in microseconds, @time(0s) is that far from it.
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE users (
	realm_id          VARCHAR(64)  NOT NULL,
	id                VARCHAR(64)  NOT NULL,
	email             VARCHAR(320) NOT NULL,
	email_canonical   VARCHAR(320) NOT NULL,
	email_verified_at BIGINT,
	name              VARCHAR(200) NOT NULL,
	metadata          TEXT         NOT NULL,
	roles             TEXT         NOT NULL,
	status            VARCHAR(32)  NOT NULL,
	epoch             BIGINT       NOT NULL,
	last_login_at     BIGINT,
	created_at        BIGINT       NOT NULL,
	updated_at        BIGINT       NOT NULL, claimed_at BIGINT, language VARCHAR(64), zoneinfo VARCHAR(64), event_number BIGINT, version BIGINT, app_metadata TEXT,
	CONSTRAINT users_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT users_email_key UNIQUE (realm_id, email_canonical)
);
CREATE TABLE credentials (
	realm_id   VARCHAR(64) NOT NULL,
	id         VARCHAR(64) NOT NULL,
	user_id    VARCHAR(64) NOT NULL,
	kind       VARCHAR(32) NOT NULL,
	secret     TEXT        NOT NULL,
	created_at BIGINT      NOT NULL,
	updated_at BIGINT      NOT NULL,
	CONSTRAINT credentials_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT credentials_user_kind_key UNIQUE (realm_id, user_id, kind),
	CONSTRAINT credentials_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE identities (
	realm_id   VARCHAR(64)  NOT NULL,
	id         VARCHAR(64)  NOT NULL,
	user_id    VARCHAR(64)  NOT NULL,
	provider   VARCHAR(64)  NOT NULL,
	subject    VARCHAR(255) NOT NULL,
	created_at BIGINT       NOT NULL,
	CONSTRAINT identities_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT identities_subject_key UNIQUE (realm_id, provider, subject),
	CONSTRAINT identities_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE pending_signups (
	realm_id        VARCHAR(64)  NOT NULL,
	id              VARCHAR(64)  NOT NULL,
	email           VARCHAR(320) NOT NULL,
	email_canonical VARCHAR(320) NOT NULL,
	password_hash   TEXT         NOT NULL,
	name            VARCHAR(200) NOT NULL,
	token_hash      VARCHAR(128) NOT NULL,
	created_at      BIGINT       NOT NULL,
	expires_at      BIGINT       NOT NULL,
	consumed_at     BIGINT,
	superseded_at   BIGINT, signup_id VARCHAR(64), proof_hash VARCHAR(128), source VARCHAR(128), ip VARCHAR(64), user_agent TEXT, mailed_at BIGINT, language VARCHAR(64),
	CONSTRAINT pending_signups_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT pending_signups_token_key UNIQUE (realm_id, token_hash)
);
CREATE TABLE one_time_tokens (
	realm_id      VARCHAR(64)  NOT NULL,
	id            VARCHAR(64)  NOT NULL,
	purpose       VARCHAR(32)  NOT NULL,
	user_id       VARCHAR(64)  NOT NULL,
	token_hash    VARCHAR(128) NOT NULL,
	user_epoch    BIGINT       NOT NULL,
	created_at    BIGINT       NOT NULL,
	expires_at    BIGINT       NOT NULL,
	consumed_at   BIGINT,
	superseded_at BIGINT, session_id VARCHAR(64), proof_hash VARCHAR(128), ip VARCHAR(64), user_agent TEXT,
	CONSTRAINT one_time_tokens_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT one_time_tokens_token_key UNIQUE (realm_id, token_hash),
	CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE sessions (
	realm_id          VARCHAR(64)  NOT NULL,
	id                VARCHAR(64)  NOT NULL,
	user_id           VARCHAR(64)  NOT NULL,
	generation        BIGINT       NOT NULL,
	nonce             VARCHAR(64)  NOT NULL,
	parent            BIGINT       NOT NULL,
	parent_rotated_at BIGINT,
	rotated_at        BIGINT       NOT NULL,
	newest_used       SMALLINT     NOT NULL,
	user_epoch        BIGINT       NOT NULL,
	client_id         VARCHAR(255) NOT NULL,
	audience          TEXT         NOT NULL,
	scope             TEXT         NOT NULL,
	kind              VARCHAR(32)  NOT NULL,
	amr               VARCHAR(255) NOT NULL,
	acr               VARCHAR(255) NOT NULL,
	auth_time         BIGINT,
	cnf_jkt           VARCHAR(64)  NOT NULL,
	expires_at        BIGINT       NOT NULL,
	idle_expires_at   BIGINT       NOT NULL,
	revoked_at        BIGINT,
	revoked_reason    VARCHAR(64)  NOT NULL,
	user_agent        TEXT         NOT NULL,
	ip                VARCHAR(64)  NOT NULL,
	device_name       TEXT         NOT NULL,
	created_at        BIGINT       NOT NULL,
	last_seen_at      BIGINT, administered_at BIGINT,
	CONSTRAINT sessions_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT sessions_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE feed (
	realm_id   VARCHAR(64) NOT NULL,
	history_id VARCHAR(64) NOT NULL,
	number     BIGINT      NOT NULL, mark BIGINT, marked_number BIGINT,
	CONSTRAINT feed_pkey PRIMARY KEY (realm_id)
);
CREATE TABLE revocations (
	realm_id   VARCHAR(64)  NOT NULL,
	number     BIGINT       NOT NULL,
	kind       VARCHAR(16)  NOT NULL,
	subject    VARCHAR(255) NOT NULL,
	epoch      BIGINT       NOT NULL,
	revoked_at BIGINT       NOT NULL,
	expires_at BIGINT       NOT NULL, mark BIGINT,
	CONSTRAINT revocations_pkey PRIMARY KEY (realm_id, number)
);
CREATE TABLE attempts (
	realm_id       VARCHAR(64)  NOT NULL,
	kind           VARCHAR(32)  NOT NULL,
	subject        VARCHAR(255) NOT NULL,
	tries          INTEGER      NOT NULL,
	window_ends_at BIGINT       NOT NULL,
	CONSTRAINT attempts_pkey PRIMARY KEY (realm_id, kind, subject)
);
CREATE TABLE jobs (
	realm_id         VARCHAR(64) NOT NULL,
	id               VARCHAR(64) NOT NULL,
	kind             VARCHAR(64) NOT NULL,
	payload          TEXT        NOT NULL,
	secret_sealed    TEXT        NOT NULL,
	state            VARCHAR(16) NOT NULL,
	attempts         INTEGER     NOT NULL,
	max_attempts     INTEGER     NOT NULL,
	fence            BIGINT      NOT NULL,
	run_at           BIGINT      NOT NULL,
	expires_at       BIGINT,
	lease_expires_at BIGINT,
	last_error       TEXT        NOT NULL,
	created_at       BIGINT      NOT NULL,
	updated_at       BIGINT      NOT NULL,
	CONSTRAINT jobs_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE audit_events (
	realm_id     VARCHAR(64)  NOT NULL,
	id           VARCHAR(64)  NOT NULL,
	kind         VARCHAR(64)  NOT NULL,
	outcome      VARCHAR(16)  NOT NULL,
	reason       VARCHAR(64)  NOT NULL,
	actor_id     VARCHAR(64)  NOT NULL,
	user_id      VARCHAR(64)  NOT NULL,
	session_hash VARCHAR(128) NOT NULL,
	request_id   VARCHAR(128) NOT NULL,
	details      TEXT         NOT NULL,
	created_at   BIGINT       NOT NULL, commitment VARCHAR(64),
	CONSTRAINT audit_events_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE audit_personal (
	realm_id   VARCHAR(64)  NOT NULL,
	event_id   VARCHAR(64)  NOT NULL,
	address    VARCHAR(64)  NOT NULL,
	user_agent TEXT         NOT NULL,
	email      VARCHAR(320) NOT NULL, salt VARCHAR(64),
	CONSTRAINT audit_personal_pkey PRIMARY KEY (realm_id, event_id),
	CONSTRAINT audit_personal_event_id_fkey FOREIGN KEY (realm_id, event_id) REFERENCES audit_events (realm_id, id)
);
CREATE TABLE signing_keys (
	realm_id       VARCHAR(64) NOT NULL,
	id             VARCHAR(64) NOT NULL,
	algorithm      VARCHAR(16) NOT NULL,
	public_jwk     TEXT        NOT NULL,
	private_sealed TEXT        NOT NULL,
	created_at     BIGINT      NOT NULL,
	active_at      BIGINT      NOT NULL,
	expires_at     BIGINT,
	CONSTRAINT signing_keys_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE secret_keys (
	realm_id    VARCHAR(64)  NOT NULL,
	id          VARCHAR(64)  NOT NULL,
	check_value VARCHAR(255) NOT NULL,
	created_at  BIGINT       NOT NULL,
	CONSTRAINT secret_keys_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE facts (
	realm_id VARCHAR(64) NOT NULL,
	name     VARCHAR(64) NOT NULL,
	number   BIGINT      NOT NULL,
	CONSTRAINT facts_pkey PRIMARY KEY (realm_id, name)
);
CREATE TABLE passkeys (
	realm_id        VARCHAR(64)  NOT NULL,
	user_id         VARCHAR(64)  NOT NULL,
	id              VARCHAR(64)  NOT NULL,
	credential_id   TEXT         NOT NULL,
	credential_hash VARCHAR(64)  NOT NULL,
	public_key      TEXT         NOT NULL,
	sign_count      BIGINT       NOT NULL,
	user_verified   SMALLINT     NOT NULL,
	backup_eligible SMALLINT     NOT NULL,
	backed_up       SMALLINT     NOT NULL,
	transports      TEXT         NOT NULL,
	aaguid          VARCHAR(64)  NOT NULL,
	attestation     VARCHAR(64)  NOT NULL,
	name            VARCHAR(200) NOT NULL,
	created_at      BIGINT       NOT NULL,
	last_used_at    BIGINT,
	CONSTRAINT passkeys_pkey PRIMARY KEY (realm_id, user_id, id),
	CONSTRAINT passkeys_credential_key UNIQUE (realm_id, credential_hash),
	CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE spent_challenges (
	realm_id       VARCHAR(64) NOT NULL,
	challenge_hash VARCHAR(64) NOT NULL,
	expires_at     BIGINT      NOT NULL,
	CONSTRAINT spent_challenges_pkey PRIMARY KEY (realm_id, challenge_hash)
);
CREATE TABLE totp (
	realm_id      VARCHAR(64) NOT NULL,
	user_id       VARCHAR(64) NOT NULL,
	id            VARCHAR(64) NOT NULL,
	secret_sealed TEXT        NOT NULL,
	last_step     BIGINT      NOT NULL,
	created_at    BIGINT      NOT NULL,
	confirmed_at  BIGINT,
	expires_at    BIGINT,
	codes_made_at BIGINT,
	CONSTRAINT totp_pkey PRIMARY KEY (realm_id, user_id),
	CONSTRAINT totp_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE recovery_codes (
	realm_id   VARCHAR(64) NOT NULL,
	user_id    VARCHAR(64) NOT NULL,
	code_hash  VARCHAR(64) NOT NULL,
	created_at BIGINT      NOT NULL,
	used_at    BIGINT,
	CONSTRAINT recovery_codes_pkey PRIMARY KEY (realm_id, user_id, code_hash),
	CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE login_steps (
	realm_id    VARCHAR(64)  NOT NULL,
	token_hash  VARCHAR(64)  NOT NULL,
	user_id     VARCHAR(64)  NOT NULL,
	user_epoch  BIGINT       NOT NULL,
	amr         TEXT         NOT NULL,
	device_name VARCHAR(200) NOT NULL,
	created_at  BIGINT       NOT NULL,
	expires_at  BIGINT       NOT NULL,
	consumed_at BIGINT, audience VARCHAR(255),
	CONSTRAINT login_steps_pkey PRIMARY KEY (realm_id, token_hash),
	CONSTRAINT login_steps_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE browser_sessions (
	realm_id    VARCHAR(64)  NOT NULL,
	session_id  VARCHAR(64)  NOT NULL,
	cookie_hash VARCHAR(128) NOT NULL,
	created_at  BIGINT       NOT NULL,
	CONSTRAINT browser_sessions_pkey PRIMARY KEY (realm_id, session_id),
	CONSTRAINT browser_sessions_cookie_key UNIQUE (realm_id, cookie_hash),
	CONSTRAINT browser_sessions_session_id_fkey FOREIGN KEY (realm_id, session_id) REFERENCES sessions (realm_id, id)
);
CREATE TABLE magic_links (
	realm_id      VARCHAR(64)  NOT NULL,
	id            VARCHAR(64)  NOT NULL,
	user_id       VARCHAR(64)  NOT NULL,
	address_hash  VARCHAR(128) NOT NULL,
	token_hash    VARCHAR(128) NOT NULL,
	request_hash  VARCHAR(128) NOT NULL,
	code_hash     VARCHAR(128) NOT NULL,
	user_epoch    BIGINT       NOT NULL,
	tries         BIGINT       NOT NULL,
	device_name   VARCHAR(200) NOT NULL,
	created_at    BIGINT       NOT NULL,
	expires_at    BIGINT       NOT NULL,
	consumed_at   BIGINT,
	superseded_at BIGINT,
	CONSTRAINT magic_links_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT magic_links_token_key UNIQUE (realm_id, token_hash),
	CONSTRAINT magic_links_request_key UNIQUE (realm_id, request_hash)
);
CREATE TABLE email_changes (
	realm_id         VARCHAR(64)  NOT NULL,
	id               VARCHAR(64)  NOT NULL,
	user_id          VARCHAR(64)  NOT NULL,
	old_email        VARCHAR(320) NOT NULL,
	old_canonical    VARCHAR(320) NOT NULL,
	old_verified_at  BIGINT,
	new_email        VARCHAR(320) NOT NULL,
	new_canonical    VARCHAR(320) NOT NULL,
	confirm_token_id VARCHAR(64)  NOT NULL,
	undo_token_id    VARCHAR(64)  NOT NULL,
	created_at       BIGINT       NOT NULL,
	expires_at       BIGINT       NOT NULL,
	confirmed_at     BIGINT,
	undone_at        BIGINT,
	CONSTRAINT email_changes_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT email_changes_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE deletions (
	realm_id     VARCHAR(64) NOT NULL,
	user_id      VARCHAR(64) NOT NULL,
	requested_at BIGINT      NOT NULL,
	erase_at     BIGINT      NOT NULL,
	started_at   BIGINT,
	CONSTRAINT deletions_pkey PRIMARY KEY (realm_id, user_id),
	CONSTRAINT deletions_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE idempotency_keys (
	realm_id      VARCHAR(64) NOT NULL,
	key_hash      VARCHAR(64) NOT NULL,
	body_hash     VARCHAR(64) NOT NULL,
	holder        VARCHAR(64) NOT NULL,
	session_id    VARCHAR(64) NOT NULL,
	answer_sealed TEXT        NOT NULL,
	misses        INTEGER     NOT NULL,
	started_at    BIGINT,
	expires_at    BIGINT      NOT NULL,
	CONSTRAINT idempotency_keys_pkey PRIMARY KEY (realm_id, key_hash)
);
CREATE TABLE undelivered_sessions (
	realm_id    VARCHAR(64) NOT NULL,
	session_id  VARCHAR(64) NOT NULL,
	device_hash VARCHAR(64) NOT NULL,
	created_at  BIGINT      NOT NULL,
	CONSTRAINT undelivered_sessions_pkey PRIMARY KEY (realm_id, session_id)
);
CREATE TABLE audit_repeats (
	realm_id VARCHAR(64) NOT NULL,
	id       VARCHAR(64) NOT NULL,
	event_id VARCHAR(64) NOT NULL,
	number   INTEGER     NOT NULL,
	began_at BIGINT      NOT NULL,
	CONSTRAINT audit_repeats_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE clients (
	realm_id         VARCHAR(64)  NOT NULL,
	id               VARCHAR(64)  NOT NULL,
	client_id        VARCHAR(255) NOT NULL,
	name             VARCHAR(200) NOT NULL,
	kind             VARCHAR(16)  NOT NULL,
	first_party      SMALLINT     NOT NULL,
	redirect_uris    TEXT         NOT NULL,
	post_logout_uris TEXT         NOT NULL,
	grant_types      TEXT         NOT NULL,
	scopes           TEXT         NOT NULL,
	audiences        TEXT         NOT NULL,
	auth_method      VARCHAR(64)  NOT NULL,
	settings         TEXT         NOT NULL,
	epoch            BIGINT       NOT NULL,
	created_at       BIGINT       NOT NULL,
	updated_at       BIGINT       NOT NULL,
	disabled_at      BIGINT,
	CONSTRAINT clients_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT clients_client_id_key UNIQUE (realm_id, client_id)
);
CREATE TABLE client_secrets (
	realm_id     VARCHAR(64)  NOT NULL,
	client_id    VARCHAR(255) NOT NULL,
	id           VARCHAR(64)  NOT NULL,
	secret_hash  VARCHAR(64)  NOT NULL,
	hint         VARCHAR(16)  NOT NULL,
	created_at   BIGINT       NOT NULL,
	expires_at   BIGINT,
	last_used_at BIGINT,
	CONSTRAINT client_secrets_pkey PRIMARY KEY (realm_id, client_id, id),
	CONSTRAINT client_secrets_client_id_fkey FOREIGN KEY (realm_id, client_id) REFERENCES clients (realm_id, client_id)
);
CREATE TABLE external_ids (
	realm_id    VARCHAR(64)  NOT NULL,
	source      VARCHAR(64)  NOT NULL,
	id_hash     VARCHAR(64)  NOT NULL,
	user_id     VARCHAR(64)  NOT NULL,
	external_id VARCHAR(255) NOT NULL,
	created_at  BIGINT       NOT NULL,
	CONSTRAINT external_ids_pkey PRIMARY KEY (realm_id, source, id_hash),
	CONSTRAINT external_ids_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
);
CREATE TABLE imports (
	realm_id    VARCHAR(64)  NOT NULL,
	source      VARCHAR(64)  NOT NULL,
	fingerprint VARCHAR(64)  NOT NULL,
	cursor_text VARCHAR(255) NOT NULL,
	rows_done   BIGINT       NOT NULL,
	updated_at  BIGINT       NOT NULL,
	CONSTRAINT imports_pkey PRIMARY KEY (realm_id, source)
);
CREATE TABLE credential_forms (
	realm_id VARCHAR(64)  NOT NULL,
	form     VARCHAR(255) NOT NULL,
	number   BIGINT       NOT NULL,
	CONSTRAINT credential_forms_pkey PRIMARY KEY (realm_id, form)
);
CREATE TABLE hook_endpoints (
	realm_id      VARCHAR(64)   NOT NULL,
	id            VARCHAR(64)   NOT NULL,
	url           VARCHAR(2000) NOT NULL,
	kinds         TEXT          NOT NULL,
	ordered       SMALLINT      NOT NULL,
	owner_email   VARCHAR(320)  NOT NULL,
	created_at    BIGINT        NOT NULL,
	updated_at    BIGINT        NOT NULL,
	disabled_at   BIGINT,
	failing_since BIGINT,
	CONSTRAINT hook_endpoints_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE hook_secrets (
	realm_id      VARCHAR(64)  NOT NULL,
	endpoint_id   VARCHAR(64)  NOT NULL,
	id            VARCHAR(64)  NOT NULL,
	secret_sealed VARCHAR(512) NOT NULL,
	created_at    BIGINT       NOT NULL,
	expires_at    BIGINT,
	CONSTRAINT hook_secrets_pkey PRIMARY KEY (realm_id, endpoint_id, id),
	CONSTRAINT hook_secrets_endpoint_id_fkey FOREIGN KEY (realm_id, endpoint_id) REFERENCES hook_endpoints (realm_id, id)
);
CREATE TABLE hook_deliveries (
	realm_id     VARCHAR(64) NOT NULL,
	endpoint_id  VARCHAR(64) NOT NULL,
	user_id      VARCHAR(64) NOT NULL,
	event_number BIGINT      NOT NULL,
	job_id       VARCHAR(64) NOT NULL,
	CONSTRAINT hook_deliveries_pkey PRIMARY KEY (realm_id, endpoint_id, user_id, event_number, job_id)
);
CREATE TABLE roles (
	realm_id    VARCHAR(64) NOT NULL,
	name        VARCHAR(64) NOT NULL,
	permissions TEXT        NOT NULL,
	created_at  BIGINT      NOT NULL,
	updated_at  BIGINT      NOT NULL,
	CONSTRAINT roles_pkey PRIMARY KEY (realm_id, name)
);
CREATE TABLE audit_unsealed (
	realm_id VARCHAR(64) NOT NULL,
	event_id VARCHAR(64) NOT NULL,
	CONSTRAINT audit_unsealed_pkey PRIMARY KEY (realm_id, event_id)
);
CREATE TABLE audit_tree (
	realm_id  VARCHAR(64) NOT NULL,
	number    BIGINT      NOT NULL,
	tree_id   VARCHAR(64) NOT NULL,
	size      BIGINT      NOT NULL,
	turn      BIGINT      NOT NULL,
	began_at  BIGINT      NOT NULL,
	closed_at BIGINT,
	CONSTRAINT audit_tree_pkey PRIMARY KEY (realm_id, number),
	CONSTRAINT audit_tree_id_key UNIQUE (realm_id, tree_id)
);
CREATE TABLE audit_leaves (
	realm_id     VARCHAR(64) NOT NULL,
	tree_id      VARCHAR(64) NOT NULL,
	leaf         BIGINT      NOT NULL,
	event_id     VARCHAR(64) NOT NULL,
	hash         VARCHAR(64) NOT NULL,
	commitment   VARCHAR(64) NOT NULL,
	body_dropped SMALLINT    NOT NULL,
	CONSTRAINT audit_leaves_pkey PRIMARY KEY (realm_id, tree_id, leaf),
	CONSTRAINT audit_leaves_event_key UNIQUE (realm_id, event_id)
);
CREATE TABLE audit_hashes (
	realm_id VARCHAR(64) NOT NULL,
	tree_id  VARCHAR(64) NOT NULL,
	position BIGINT      NOT NULL,
	hash     VARCHAR(64) NOT NULL,
	CONSTRAINT audit_hashes_pkey PRIMARY KEY (realm_id, tree_id, position)
);
CREATE TABLE audit_heads (
	realm_id   VARCHAR(64) NOT NULL,
	tree_id    VARCHAR(64) NOT NULL,
	size       BIGINT      NOT NULL,
	note       TEXT        NOT NULL,
	created_at BIGINT      NOT NULL,
	CONSTRAINT audit_heads_pkey PRIMARY KEY (realm_id, tree_id, size)
);
CREATE TABLE audit_keys (
	realm_id       VARCHAR(64) NOT NULL,
	number         BIGINT      NOT NULL,
	public_key     TEXT        NOT NULL,
	private_sealed TEXT        NOT NULL,
	created_at     BIGINT      NOT NULL,
	CONSTRAINT audit_keys_pkey PRIMARY KEY (realm_id, number)
);
CREATE TABLE stats_hours (
	realm_id VARCHAR(64) NOT NULL,
	hour     BIGINT      NOT NULL,
	series   VARCHAR(64) NOT NULL,
	reason   VARCHAR(64) NOT NULL,
	number   BIGINT      NOT NULL,
	CONSTRAINT stats_hours_pkey PRIMARY KEY (realm_id, hour, series, reason)
);
CREATE TABLE invitations (
	realm_id        VARCHAR(64)  NOT NULL,
	id              VARCHAR(64)  NOT NULL,
	email           VARCHAR(320) NOT NULL,
	email_canonical VARCHAR(320) NOT NULL,
	ended           VARCHAR(64)  NOT NULL,
	token_hash      VARCHAR(128) NOT NULL,
	roles           TEXT         NOT NULL,
	language        VARCHAR(64)  NOT NULL,
	invited_by      VARCHAR(64)  NOT NULL,
	created_at      BIGINT       NOT NULL,
	expires_at      BIGINT       NOT NULL,
	consumed_at     BIGINT,
	superseded_at   BIGINT,
	withdrawn_at    BIGINT,
	CONSTRAINT invitations_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT invitations_token_key UNIQUE (realm_id, token_hash),
	CONSTRAINT invitations_email_key UNIQUE (realm_id, email_canonical, ended)
);
CREATE INDEX identities_user_idx ON identities (realm_id, user_id);
CREATE INDEX pending_signups_email_idx ON pending_signups (realm_id, email_canonical, created_at);
CREATE INDEX pending_signups_expiry_idx ON pending_signups (realm_id, expires_at);
CREATE INDEX one_time_tokens_user_idx ON one_time_tokens (realm_id, user_id, purpose);
CREATE INDEX one_time_tokens_expiry_idx ON one_time_tokens (realm_id, expires_at);
CREATE INDEX sessions_user_idx ON sessions (realm_id, user_id, created_at);
CREATE INDEX sessions_expiry_idx ON sessions (realm_id, expires_at);
CREATE INDEX sessions_revoked_idx ON sessions (realm_id, revoked_at);
CREATE INDEX revocations_subject_idx ON revocations (realm_id, kind, subject);
CREATE INDEX revocations_expiry_idx ON revocations (realm_id, expires_at);
CREATE INDEX attempts_expiry_idx ON attempts (realm_id, window_ends_at);
CREATE INDEX jobs_due_idx ON jobs (realm_id, state, kind, run_at);
CREATE INDEX jobs_state_idx ON jobs (realm_id, state, id);
CREATE INDEX jobs_settled_idx ON jobs (realm_id, state, updated_at);
CREATE INDEX jobs_expiry_idx ON jobs (realm_id, expires_at);
CREATE INDEX audit_events_user_idx ON audit_events (realm_id, user_id, id);
CREATE INDEX audit_events_kind_idx ON audit_events (realm_id, kind, id);
CREATE INDEX spent_challenges_expiry_idx ON spent_challenges (realm_id, expires_at);
CREATE INDEX totp_expiry_idx ON totp (realm_id, expires_at);
CREATE INDEX login_steps_user_idx ON login_steps (realm_id, user_id);
CREATE INDEX login_steps_expiry_idx ON login_steps (realm_id, expires_at);
CREATE INDEX magic_links_address_idx ON magic_links (realm_id, address_hash);
CREATE INDEX magic_links_expiry_idx ON magic_links (realm_id, expires_at);
CREATE INDEX email_changes_user_idx ON email_changes (realm_id, user_id, created_at);
CREATE INDEX email_changes_expiry_idx ON email_changes (realm_id, expires_at);
CREATE INDEX deletions_due_idx ON deletions (realm_id, erase_at);
CREATE INDEX audit_personal_email_idx ON audit_personal (realm_id, email);
CREATE INDEX magic_links_user_idx ON magic_links (realm_id, user_id);
CREATE INDEX idempotency_keys_expiry_idx ON idempotency_keys (realm_id, expires_at);
CREATE INDEX undelivered_sessions_device_idx ON undelivered_sessions (realm_id, device_hash, created_at);
CREATE INDEX undelivered_sessions_age_idx ON undelivered_sessions (realm_id, created_at);
CREATE INDEX audit_repeats_age_idx ON audit_repeats (realm_id, began_at);
CREATE INDEX external_ids_user_idx ON external_ids (realm_id, user_id);
CREATE INDEX invitations_expiry_idx ON invitations (realm_id, expires_at);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-12-01 04:11:35'),
	(2, 1, 1, '2026-12-01 04:11:35'),
	(3, 2, 1, '2026-12-01 04:11:35'),
	(4, 3, 1, '2026-12-01 04:11:35'),
	(5, 4, 1, '2026-12-01 04:11:35'),
	(6, 5, 1, '2026-12-01 04:11:35'),
	(7, 6, 1, '2026-12-01 04:11:35'),
	(8, 7, 1, '2026-12-01 04:11:35'),
	(9, 8, 1, '2026-12-01 04:11:35'),
	(10, 9, 1, '2026-12-01 04:11:35'),
	(11, 10, 1, '2026-12-01 04:11:35'),
	(12, 11, 1, '2026-12-01 04:11:35'),
	(13, 12, 1, '2026-12-01 04:11:35'),
	(14, 13, 1, '2026-12-01 04:11:35'),
	(15, 14, 1, '2026-12-01 04:11:35'),
	(16, 15, 1, '2026-12-01 04:11:35'),
	(17, 16, 1, '2026-12-01 04:11:35'),
	(18, 17, 1, '2026-12-01 04:11:35'),
	(19, 18, 1, '2026-12-01 04:11:35'),
	(20, 19, 1, '2026-12-01 04:11:35'),
	(21, 20, 1, '2026-12-01 04:11:35'),
	(22, 21, 1, '2026-12-01 04:11:35'),
	(23, 22, 1, '2026-12-01 04:11:35'),
	(24, 23, 1, '2026-12-01 04:11:35'),
	(25, 24, 1, '2026-12-01 04:11:35'),
	(26, 25, 1, '2026-12-01 04:11:35'),
	(27, 26, 1, '2026-12-01 04:11:35'),
	(28, 27, 1, '2026-12-01 04:11:35'),
	(29, 28, 1, '2026-12-01 04:11:35'),
	(30, 29, 1, '2026-12-01 04:11:35'),
	(31, 30, 1, '2026-12-01 04:11:35'),
	(32, 31, 1, '2026-12-01 04:11:35'),
	(33, 32, 1, '2026-12-01 04:11:35'),
	(34, 33, 1, '2026-12-01 04:11:35'),
	(35, 34, 1, '2026-12-01 04:11:35'),
	(36, 35, 1, '2026-12-01 04:11:35'),
	(37, 36, 1, '2026-12-01 04:11:35'),
	(38, 37, 1, '2026-12-01 04:11:35'),
	(39, 38, 1, '2026-12-01 04:11:35'),
	(40, 39, 1, '2026-12-01 04:11:35'),
	(41, 40, 1, '2026-12-01 04:11:35'),
	(42, 41, 1, '2026-12-01 04:11:35'),
	(43, 42, 1, '2026-12-01 04:11:35'),
	(44, 43, 1, '2026-12-01 04:11:35'),
	(45, 44, 1, '2026-12-01 04:11:35'),
	(46, 45, 1, '2026-12-01 04:11:35'),
	(47, 46, 1, '2026-12-01 04:11:35'),
	(48, 47, 1, '2026-12-01 04:11:35'),
	(49, 48, 1, '2026-12-01 04:11:35'),
	(50, 49, 1, '2026-12-01 04:11:35'),
	(51, 50, 1, '2026-12-01 04:11:35'),
	(52, 51, 1, '2026-12-01 04:11:35'),
	(53, 52, 1, '2026-12-01 04:11:35'),
	(54, 53, 1, '2026-12-01 04:11:35'),
	(55, 54, 1, '2026-12-01 04:11:35'),
	(56, 55, 1, '2026-12-01 04:11:35'),
	(57, 56, 1, '2026-12-01 04:11:35'),
	(58, 57, 1, '2026-12-01 04:11:35'),
	(59, 58, 1, '2026-12-01 04:11:35'),
	(60, 59, 1, '2026-12-01 04:11:35'),
	(61, 60, 1, '2026-12-01 04:11:35'),
	(62, 61, 1, '2026-12-01 04:11:35'),
	(63, 62, 1, '2026-12-01 04:11:35'),
	(64, 63, 1, '2026-12-01 04:11:35'),
	(65, 64, 1, '2026-12-01 04:11:35'),
	(66, 65, 1, '2026-12-01 04:11:35'),
	(67, 66, 1, '2026-12-01 04:11:35'),
	(68, 67, 1, '2026-12-01 04:11:35'),
	(69, 68, 1, '2026-12-01 04:11:35'),
	(70, 69, 1, '2026-12-01 04:11:35'),
	(71, 70, 1, '2026-12-01 04:11:35'),
	(72, 71, 1, '2026-12-01 04:11:35'),
	(73, 72, 1, '2026-12-01 04:11:35'),
	(74, 73, 1, '2026-12-01 04:11:35'),
	(75, 74, 1, '2026-12-01 04:11:35'),
	(76, 75, 1, '2026-12-01 04:11:35'),
	(77, 76, 1, '2026-12-01 04:11:35'),
	(78, 77, 1, '2026-12-01 04:11:35'),
	(79, 78, 1, '2026-12-01 04:11:35'),
	(80, 79, 1, '2026-12-01 04:11:35'),
	(81, 80, 1, '2026-12-01 04:11:35'),
	(82, 81, 1, '2026-12-01 04:11:35'),
	(83, 82, 1, '2026-12-01 04:11:35'),
	(84, 83, 1, '2026-12-01 04:11:35'),
	(85, 84, 1, '2026-12-01 04:11:35'),
	(86, 85, 1, '2026-12-01 04:11:35'),
	(87, 86, 1, '2026-12-01 04:11:35'),
	(88, 87, 1, '2026-12-01 04:11:35'),
	(89, 88, 1, '2026-12-01 04:11:35'),
	(90, 89, 1, '2026-12-01 04:11:35'),
	(91, 90, 1, '2026-12-01 04:11:35'),
	(92, 91, 1, '2026-12-01 04:11:35'),
	(93, 92, 1, '2026-12-01 04:11:35'),
	(94, 93, 1, '2026-12-01 04:11:35'),
	(95, 94, 1, '2026-12-01 04:11:35'),
	(96, 95, 1, '2026-12-01 04:11:35'),
	(97, 96, 1, '2026-12-01 04:11:35'),
	(98, 97, 1, '2026-12-01 04:11:35'),
	(99, 98, 1, '2026-12-01 04:11:35'),
	(100, 99, 1, '2026-12-01 04:11:35'),
	(101, 100, 1, '2026-12-01 04:11:35'),
	(102, 101, 1, '2026-12-01 04:11:35'),
	(103, 102, 1, '2026-12-01 04:11:35'),
	(104, 103, 1, '2026-12-01 04:11:35'),
	(105, 104, 1, '2026-12-01 04:11:35'),
	(106, 105, 1, '2026-12-01 04:11:35');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', 'd985f35c-e860-4698-abc1-87508e07cf17', 'ada@people.example', 'ada@people.example', @now - 1190208, '', '{}', '', 'active', 1, @now - 1047026, @now - 1190208, @now - 1190208, @now - 1190208, '', '', 0, 0, '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22fcd-076b-7884-8381-eaa5dd4581f2', 'd985f35c-e860-4698-abc1-87508e07cf17', 'password', '$argon2id$v=19$m=19456,t=2,p=1$GiPcXbacR2B37ixy2Apxtg$aYM8ugoDaBMb16weqqcnJaI2jMoBRm/gdmNcGbNhZio', @now - 1190208, @now - 1190208);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22fcd-0761-74ba-ad29-8c301da80a5a', 'ada@people.example', 'ada@people.example', '', '', 'aw4Ol_f8IUZqeYKekpL7Qx7Yy2-qIeqt8LkImkOcrts', @now - 1200975, @now + 86398799025, @now - 1190308, NULL, '', 'uOGQIacwt_mI18Wsxjimy0I9enNk30nkqV0caeNxeaA', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1200975, ''),
	('main', '01a22fcd-082b-76b1-8b05-038c7959e768', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$o2kfbucE9loeNM0UVfG9DA$S8pWRMP8ZBwYzdyML6DVwsdyIGfVb9vKI53pMrml0bI', '', 'xyOnyQxJ-DLuhqVcniUAfV8kCkTGyWbqTlOszovVJQk', @now - 998308, @now + 86399001692, NULL, NULL, '', 'RCffWh_c6WYylqdHVK9bBLHOGrBFkML60dXVZMGBLMw', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 998308, ''),
	('main', '01a22fcd-0863-7ad9-bc06-6beb1d07d140', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$pGLh4x9UTbld73bHdHKJrg$n9dwzX3U4pg+Tj6J1zWuGOeoJEjB4dZADP47c02mle4', '', '-q7fzDMUXe5g9n2gCyvmsjwYJpjOqwcGA3JEFJIe30Q', @now - 942041, @now + 86399057959, NULL, NULL, '', 'WUwdw2uTW0b6J4jAWht7JdqR940BogE6GME1eJClMyI', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 942041, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22fcd-0801-7df4-b712-7780cc39ee48', 'reset_password', 'd985f35c-e860-4698-abc1-87508e07cf17', 'a6SOJwKVF1t9qL5Q370_HpgC0D1X-DDv0rNtukgC6aE', 1, @now - 1039693, @now + 3598960307, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', 'ade71374-8efb-4bae-b84d-328e546a8de9', 'd985f35c-e860-4698-abc1-87508e07cf17', 1, 'J2lT02z1U3qdk4a-AeDrbw', 0, @now - 1124606, @now - 1124606, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1187854, '', @now + 7775998871384, @now + 2591998875394, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1128616, @now - 1124606, NULL),
	('main', '1ea995ba-06b8-4120-8be7-e80d013aaa7d', 'd985f35c-e860-4698-abc1-87508e07cf17', 0, 'ag7bp9aOQJRBzpBztpr21w', -1, NULL, @now - 1047026, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1121132, '', @now + 7775998952974, @now + 2591998952974, @now - 1043270, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1047026, @now - 1047026, NULL);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'GNE1wyDusHPiVQHg1ymIwQ', 1, 3583135061136860596, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '1ea995ba-06b8-4120-8be7-e80d013aaa7d', 0, @now - 1043270, @now + 1078956730, 3583135061136860596);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3598799808),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3598959909),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3599001869),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3599058144);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22fcd-0763-72ac-bd39-332dc1a82d9a', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22fcd-0761-74ba-ad29-8c301da80a5a","token_table":"pending_signups","expires_at":"@time(23h59m58.799025s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.849606s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1198606, @now + 86398799025, NULL, '', @now - 1198606, @now - 1192606),
	('main', '01a22fcd-0802-71fe-9009-d4bd7eafbee8', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22fcd-0801-7df4-b712-7780cc39ee48","token_table":"one_time_tokens","expires_at":"@time(59m58.960307s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.849606s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1039606, @now + 3598960307, NULL, '', @now - 1039606, @now - 1035606),
	('main', '01a22fcd-082c-735c-b01f-289845cfe673', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22fcd-082b-76b1-8b05-038c7959e768","token_table":"pending_signups","expires_at":"@time(23h59m59.001692s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.849606s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 997606, @now + 86399001692, NULL, '', @now - 997606, @now - 991606),
	('main', '01a22fcd-0864-72d4-8b42-00c25a88dcd9', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22fcd-0863-7ad9-bc06-6beb1d07d140","token_table":"pending_signups","expires_at":"@time(23h59m59.057959s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.849606s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.z18mTahL_JyK2bBwT5S8N3xXLjYzFvBF4qkBrvuNNVZqoB5z_YQvsIplXeoRcteDsBGwEm549nRvWFRAZXfDgay-nVNNbg8_xiICeA', 'ready', 1, 14, 1, @now + 4100337, @now + 86399057959, NULL, 'send mail: mail server 127.0.0.1:44799: connect: EOF', @now - 941606, @now - 935606);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22fcd-0762-7b9d-8fdd-fdb3e098cb34', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-0712-7665-9f1e-c6d72ecd8cda', '{}', @now - 1198844, '1AN4IttUCsLmzE74tF2FBnaoXTuZQEEkdSI6WVm3Y4s'),
	('main', '01a22fcd-076b-79a5-b981-0b5fe376628b', 'user.created', 'success', '', '', 'd985f35c-e860-4698-abc1-87508e07cf17', '', '01a22fcd-076a-75f0-880e-4fb1fb526510', '{}', @now - 1189973, 'y50tDCfdnpAGqWF9gG8NsRwxI0obZ4JQ_hThFnoV9vw'),
	('main', '01a22fcd-076b-7e8c-aa61-c286521c9231', 'email.verified', 'success', '', 'd985f35c-e860-4698-abc1-87508e07cf17', 'd985f35c-e860-4698-abc1-87508e07cf17', '', '01a22fcd-076a-75f0-880e-4fb1fb526510', '{"by":"link","claimed":true}', @now - 1189652, 'Mx1q_7HnUNWdUfp71-J17ZshIXfaAOZNlohiSDk-WI4'),
	('main', '01a22fcd-07aa-7297-87ba-854c9897126f', 'session.opened', 'success', '', 'd985f35c-e860-4698-abc1-87508e07cf17', 'd985f35c-e860-4698-abc1-87508e07cf17', 'WCVLSSDJyax6X44drUBrCmka6XMuJ-KQCvfQcwFeUY0', '01a22fcd-076d-789d-a1dd-bb26567b9c37', '{"amr":["pwd"],"new_device":false}', @now - 1127431, 'DySazdczimGu7Q9is0IJd9tyS9t85ZCEdNKJCC1B5A0'),
	('main', '01a22fcd-07fb-734b-8d6f-8ec3562d84b7', 'session.opened', 'success', '', 'd985f35c-e860-4698-abc1-87508e07cf17', 'd985f35c-e860-4698-abc1-87508e07cf17', '5Vy1zIiWJv-7B1B8FmxJYdtxdUPUwsjB36UsAOSMIUI', '01a22fcd-07b0-7041-9cf0-190ac68988ce', '{"amr":["pwd"],"new_device":false}', @now - 1046386, 'VNb-_4SjylOE8ZaEJ4uO33HMTwJqvY4oQsIr6KO9aik'),
	('main', '01a22fcd-07fe-763c-bbef-9520e328b69e', 'session.ended', 'success', 'logout', 'd985f35c-e860-4698-abc1-87508e07cf17', 'd985f35c-e860-4698-abc1-87508e07cf17', '5Vy1zIiWJv-7B1B8FmxJYdtxdUPUwsjB36UsAOSMIUI', '01a22fcd-07fd-762d-9377-05ee31681d3d', '{}', @now - 1043195, '56UhvoC9LCm04oVkJWJUlbKGb-Tu0TThgK5fJSd6qjw'),
	('main', '01a22fcd-0802-7081-a7fb-75f79e37b286', 'password.reset_requested', 'success', '', '', 'd985f35c-e860-4698-abc1-87508e07cf17', '', '01a22fcd-0801-73cf-990a-344d51ef92f5', '{}', @now - 1039573, 'VFCfkRLRURtlbX5dyxZbLfFBu4eG-YQ-cvEYYWavIzE'),
	('main', '01a22fcd-082c-7158-b65c-87ea7f53fa11', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-0808-7689-8acc-0431a1c0290b', '{}', @now - 997517, 'oxfccvySYKkXv4InMrop1Sk2B_9vByjePVxfeqhtr48'),
	('main', '01a22fcd-0864-712f-a9c2-1b1ff9be479a', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-0832-7454-9931-9f9a6388a6eb', '{}', @now - 941528, 'KwRF5cQ_8liJ05xOdYiDsnZtMeamrPpeUNUVngBb8HE');

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22fcd-0762-7b9d-8fdd-fdb3e098cb34', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'LGFLceMHi5mFD_q4GAKb6w'),
	('main', '01a22fcd-076b-79a5-b981-0b5fe376628b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '0Ar5oGSKrZhCpsKut8-jvw'),
	('main', '01a22fcd-076b-7e8c-aa61-c286521c9231', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '8aHhnPSegnb5ODX0aX3riw'),
	('main', '01a22fcd-07aa-7297-87ba-854c9897126f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'QK3II4ftoLVxjQCXsrqvZg'),
	('main', '01a22fcd-07fb-734b-8d6f-8ec3562d84b7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'P8bYdLZ6TWdtBylzQvAS8Q'),
	('main', '01a22fcd-07fe-763c-bbef-9520e328b69e', '127.0.0.1', 'Go-http-client/1.1', '', '4MyqwjZ6w9Iy6fL9Y3478g'),
	('main', '01a22fcd-0802-7081-a7fb-75f79e37b286', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'GBv5AJG4N7quM7Q1sbrzAA'),
	('main', '01a22fcd-082c-7158-b65c-87ea7f53fa11', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'BFQuqaY4iknbWlAMoIOOKA'),
	('main', '01a22fcd-0864-712f-a9c2-1b1ff9be479a', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'j46lYTzDkm7twCKJ8NYazg');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'GPIR0kncHLFMwXkxRS9eiU8DMjEgfIaJ9JKdKUhvBDk', 'ES256', '{"use":"sig","kty":"EC","kid":"GPIR0kncHLFMwXkxRS9eiU8DMjEgfIaJ9JKdKUhvBDk","crv":"P-256","alg":"ES256","x":"qNlPxWNiH_TkYquo9w4ny5ZrVOI0wZay89VNaIEMx48","y":"uI0tWbq824aspcGINsfQ2OSsO0iEyjHHWLc7I6rzgAM"}', 'v1.jz9HJA.CbJuy3HgxtDODC26sXTh80BGYinV9xJtSONBOXRAZcB-aZNBdFN34PrMT9-OdebbKwemcMLnxYMX7nPoL_p1FAmYpW9DNLCLuALV8GDTyKOo1aiEZlW0Ljt8e4g_QG83rYE9W4x4PXvGh7PF-9kG42Lpgs-WWCdb1PJUgZ3tNJC-zyJn1rxkCSLvkh3atacJYgj9rJFL-DfzGEyonkqGzyoiFnLAuA', @now - 1386947, @now - 1386947, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 1428865);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', -4028991775997189543),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796098295);

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'iUEmRFRjhIaRiO6Nq2d0fw', 9, 1, @now - 1286769, NULL);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 0, '01a22fcd-0762-7b9d-8fdd-fdb3e098cb34', 'rkQszEwpzQh-_PiWCXZjhvbFSD_tkWFD9ACqzzysX98', '1AN4IttUCsLmzE74tF2FBnaoXTuZQEEkdSI6WVm3Y4s', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 1, '01a22fcd-076b-79a5-b981-0b5fe376628b', 'fOecjwlBe7uckRJmA2zutS0wdS5bJ36pdzvhiA-NvvY', 'y50tDCfdnpAGqWF9gG8NsRwxI0obZ4JQ_hThFnoV9vw', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 2, '01a22fcd-076b-7e8c-aa61-c286521c9231', 'Yw3Js6umCzZTxAbDgiXmp06Z6I5o7y9aw3lOvdZCxq0', 'Mx1q_7HnUNWdUfp71-J17ZshIXfaAOZNlohiSDk-WI4', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 3, '01a22fcd-07aa-7297-87ba-854c9897126f', '3WRUvfYyO-ElcFXqPl4w7E0RcQUMoKsLBgPJCUsU10A', 'DySazdczimGu7Q9is0IJd9tyS9t85ZCEdNKJCC1B5A0', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 4, '01a22fcd-07fb-734b-8d6f-8ec3562d84b7', 'VN_aFEiBdGWRpNLCCC9ADaxGg-JFojBfjAyihlCTx9c', 'VNb-_4SjylOE8ZaEJ4uO33HMTwJqvY4oQsIr6KO9aik', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 5, '01a22fcd-07fe-763c-bbef-9520e328b69e', 'Yp2ncQpVWWNQLHQSYHRMRFTPuJlJWG40iJhVSTsEBQE', '56UhvoC9LCm04oVkJWJUlbKGb-Tu0TThgK5fJSd6qjw', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 6, '01a22fcd-0802-7081-a7fb-75f79e37b286', 'DcnfqlSuaU3GdpixGm0fQTIl_JKngyS4dsRROTUAG6M', 'VFCfkRLRURtlbX5dyxZbLfFBu4eG-YQ-cvEYYWavIzE', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 7, '01a22fcd-082c-7158-b65c-87ea7f53fa11', 'xERREZDlbXCXPsZdY3CEoPC_d2swpGbOmggwKDZY9eg', 'oxfccvySYKkXv4InMrop1Sk2B_9vByjePVxfeqhtr48', 0),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 8, '01a22fcd-0864-712f-a9c2-1b1ff9be479a', 'wmJX6JUVOUb7kyVPuIwMDTfpFcdDVX6AvPSLxrGxATk', 'KwRF5cQ_8liJ05xOdYiDsnZtMeamrPpeUNUVngBb8HE', 0);

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 2, 'G6kIPQq442lct2erGtvKZTp187uBJOHPsbT8K7LCT7Q'),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 5, 'pY9ZGF3Tdswf_gFVl5ZWWz4-xF-4MntPOFIFME-c0rc'),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 6, '6vdOHAmo10drEMKhB-CMgzjMBtnGA9fTEcgWCqcy_gg'),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 9, 'Y-8muEeus3vbCSmcfLqyDh8vFBE1Lfp9Q7yeWyEVxwo'),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 12, 'cOIx7477Zm2GbdT0Fu1xDPnxrY1AfPQIAb-AiUryTSc'),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 13, 'ZeFJPyFWbBSg63b9mFTYXwRuPXjwYgjot4cZ080yd58'),
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 14, 'K5xBOGuLaMis_raogpi_tHIArkYDmP-Wgxv4IG_19i0');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'iUEmRFRjhIaRiO6Nq2d0fw', 9, 'sallyport/iUEmRFRjhIaRiO6Nq2d0fw
9
LGpjyL6YMHomV5Dc3fMw572R9VdW1Qq2QLh/IbQFQZ8=

— sallyport-audit-log EhuDtPV4AOdrDDlt4IKtdmKLJfVq1wFbyS+CACCKeLnb92jqK6XepkNQCls/vqL7WiiGhqjuT/xE77J3xYiR6N2YFAc=
', @now - 284537);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+121b83b4+AYl27IQEqCJK2teQwCvFuMOWRskF6eYsPw5BqHDlarZv', 'v1.jz9HJA.gQP52MdVY3P-DsewgzySRyoukiOgXJ1POpqKpt1KF_K0jSDDED9tTzh9dCagX_x0vxGapppNZHAX7ljlYGAQF3OG9QyWdUbJLlP6Da4UBZy1mvWUvwbRbN_GEB60y483HDZas85_juVyal37ruMAjqA7qW91zh6DRJSLkjuGP9JWVueMZl9eDglLAMpTmJAJJ8dZju5ate50kd-Um8gis6mF8oHcuEvO1DQVi9aHOxrOzLM5PYVGHg9TxQ', @now - 1279532);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498916, 'users', '', 0),
	('main', 498916, 'users_signed_in', '', 0),
	('main', 498916, 'sessions', '', 0),
	('main', 498916, 'mail_sent', '', 3);
