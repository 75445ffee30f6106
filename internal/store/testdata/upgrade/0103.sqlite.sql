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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 22:32:43'),
	(2, 1, 1, '2026-11-30 22:32:43'),
	(3, 2, 1, '2026-11-30 22:32:43'),
	(4, 3, 1, '2026-11-30 22:32:43'),
	(5, 4, 1, '2026-11-30 22:32:43'),
	(6, 5, 1, '2026-11-30 22:32:43'),
	(7, 6, 1, '2026-11-30 22:32:43'),
	(8, 7, 1, '2026-11-30 22:32:43'),
	(9, 8, 1, '2026-11-30 22:32:43'),
	(10, 9, 1, '2026-11-30 22:32:43'),
	(11, 10, 1, '2026-11-30 22:32:43'),
	(12, 11, 1, '2026-11-30 22:32:43'),
	(13, 12, 1, '2026-11-30 22:32:43'),
	(14, 13, 1, '2026-11-30 22:32:43'),
	(15, 14, 1, '2026-11-30 22:32:43'),
	(16, 15, 1, '2026-11-30 22:32:43'),
	(17, 16, 1, '2026-11-30 22:32:43'),
	(18, 17, 1, '2026-11-30 22:32:43'),
	(19, 18, 1, '2026-11-30 22:32:43'),
	(20, 19, 1, '2026-11-30 22:32:43'),
	(21, 20, 1, '2026-11-30 22:32:43'),
	(22, 21, 1, '2026-11-30 22:32:43'),
	(23, 22, 1, '2026-11-30 22:32:43'),
	(24, 23, 1, '2026-11-30 22:32:43'),
	(25, 24, 1, '2026-11-30 22:32:43'),
	(26, 25, 1, '2026-11-30 22:32:43'),
	(27, 26, 1, '2026-11-30 22:32:43'),
	(28, 27, 1, '2026-11-30 22:32:43'),
	(29, 28, 1, '2026-11-30 22:32:43'),
	(30, 29, 1, '2026-11-30 22:32:43'),
	(31, 30, 1, '2026-11-30 22:32:43'),
	(32, 31, 1, '2026-11-30 22:32:43'),
	(33, 32, 1, '2026-11-30 22:32:43'),
	(34, 33, 1, '2026-11-30 22:32:43'),
	(35, 34, 1, '2026-11-30 22:32:43'),
	(36, 35, 1, '2026-11-30 22:32:43'),
	(37, 36, 1, '2026-11-30 22:32:43'),
	(38, 37, 1, '2026-11-30 22:32:43'),
	(39, 38, 1, '2026-11-30 22:32:43'),
	(40, 39, 1, '2026-11-30 22:32:43'),
	(41, 40, 1, '2026-11-30 22:32:43'),
	(42, 41, 1, '2026-11-30 22:32:43'),
	(43, 42, 1, '2026-11-30 22:32:43'),
	(44, 43, 1, '2026-11-30 22:32:43'),
	(45, 44, 1, '2026-11-30 22:32:43'),
	(46, 45, 1, '2026-11-30 22:32:43'),
	(47, 46, 1, '2026-11-30 22:32:43'),
	(48, 47, 1, '2026-11-30 22:32:43'),
	(49, 48, 1, '2026-11-30 22:32:43'),
	(50, 49, 1, '2026-11-30 22:32:43'),
	(51, 50, 1, '2026-11-30 22:32:43'),
	(52, 51, 1, '2026-11-30 22:32:43'),
	(53, 52, 1, '2026-11-30 22:32:43'),
	(54, 53, 1, '2026-11-30 22:32:43'),
	(55, 54, 1, '2026-11-30 22:32:43'),
	(56, 55, 1, '2026-11-30 22:32:43'),
	(57, 56, 1, '2026-11-30 22:32:43'),
	(58, 57, 1, '2026-11-30 22:32:43'),
	(59, 58, 1, '2026-11-30 22:32:43'),
	(60, 59, 1, '2026-11-30 22:32:43'),
	(61, 60, 1, '2026-11-30 22:32:43'),
	(62, 61, 1, '2026-11-30 22:32:43'),
	(63, 62, 1, '2026-11-30 22:32:43'),
	(64, 63, 1, '2026-11-30 22:32:43'),
	(65, 64, 1, '2026-11-30 22:32:43'),
	(66, 65, 1, '2026-11-30 22:32:43'),
	(67, 66, 1, '2026-11-30 22:32:43'),
	(68, 67, 1, '2026-11-30 22:32:43'),
	(69, 68, 1, '2026-11-30 22:32:43'),
	(70, 69, 1, '2026-11-30 22:32:43'),
	(71, 70, 1, '2026-11-30 22:32:43'),
	(72, 71, 1, '2026-11-30 22:32:43'),
	(73, 72, 1, '2026-11-30 22:32:43'),
	(74, 73, 1, '2026-11-30 22:32:43'),
	(75, 74, 1, '2026-11-30 22:32:43'),
	(76, 75, 1, '2026-11-30 22:32:43'),
	(77, 76, 1, '2026-11-30 22:32:43'),
	(78, 77, 1, '2026-11-30 22:32:43'),
	(79, 78, 1, '2026-11-30 22:32:43'),
	(80, 79, 1, '2026-11-30 22:32:43'),
	(81, 80, 1, '2026-11-30 22:32:43'),
	(82, 81, 1, '2026-11-30 22:32:43'),
	(83, 82, 1, '2026-11-30 22:32:43'),
	(84, 83, 1, '2026-11-30 22:32:43'),
	(85, 84, 1, '2026-11-30 22:32:43'),
	(86, 85, 1, '2026-11-30 22:32:43'),
	(87, 86, 1, '2026-11-30 22:32:43'),
	(88, 87, 1, '2026-11-30 22:32:43'),
	(89, 88, 1, '2026-11-30 22:32:43'),
	(90, 89, 1, '2026-11-30 22:32:43'),
	(91, 90, 1, '2026-11-30 22:32:43'),
	(92, 91, 1, '2026-11-30 22:32:43'),
	(93, 92, 1, '2026-11-30 22:32:43'),
	(94, 93, 1, '2026-11-30 22:32:43'),
	(95, 94, 1, '2026-11-30 22:32:43'),
	(96, 95, 1, '2026-11-30 22:32:43'),
	(97, 96, 1, '2026-11-30 22:32:43'),
	(98, 97, 1, '2026-11-30 22:32:43'),
	(99, 98, 1, '2026-11-30 22:32:43'),
	(100, 99, 1, '2026-11-30 22:32:43'),
	(101, 100, 1, '2026-11-30 22:32:43'),
	(102, 101, 1, '2026-11-30 22:32:43'),
	(103, 102, 1, '2026-11-30 22:32:43'),
	(104, 103, 1, '2026-11-30 22:32:43');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'ada@people.example', 'ada@people.example', @now - 1413129, '', '{}', '', 'active', 1, @now - 1142492, @now - 1413129, @now - 1413129, @now - 1413129, '', '', 0, 0, '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22e96-cbed-7011-889d-04d8e920e7ad', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'password', '$argon2id$v=19$m=19456,t=2,p=1$PGGv6K97kI9hOKKKxLDF1g$/fRBHap157FyRfUdlV05nrkjGieBMH6TnVCWjJmVnGs', @now - 1413129, @now - 1413129);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22e96-cbdf-7d2c-9e1a-684bf5b5778a', 'ada@people.example', 'ada@people.example', '', '', '4VW0gEcnEeS9OBDYq4NrxSngTN5BEBClN_XRjozXWMY', @now - 1426690, @now + 86398573310, @now - 1413205, NULL, '', 'bFXxLgcZUxLvaE70qY_07V5NqyZxYIacgTQMkx6LpIs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1426690, ''),
	('main', '01a22e96-cd4e-7d67-b79b-d9951b76a089', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$2/lf8OnW2/MZfwkTaZ/dmg$YR774m7NMKO37f8Te2BGYIeNWLgSewOi2UZijBeXV2A', '', 'uXmW3P4mqeticlBsG0m6B-HIArUpZ5cyo_VWau0tQ54', @now - 1059534, @now + 86398940466, NULL, NULL, '', 'fB5i8moHA0BKYsofV99OWhR2NuFJ4u856_7wdJ53x3w', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1059534, ''),
	('main', '01a22e96-cda6-7a11-839d-4c6af6ed551a', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$tYfbOsloeq3zzF54GGR5iw$waQnfV9puZVpRke90LHkGM55XePEFMvXrI2tlMZ0Ozc', '', '9qkcHoBJH5VnxqTAiW9EjTknu00JeXE6Jcify0Up1ZE', @now - 971801, @now + 86399028199, NULL, NULL, '', 'ZuORY7fQ6JyXvGc8PWQBEVxbe4XPZ7DGcCdAoE6aRhg', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 971801, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22e96-cd06-7621-87e2-c48745c0f9c7', 'reset_password', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', '8a6ybHpV4_eD3v5W3NwC20KQS5iC2cY-ezUmHmwbS7s', 1, @now - 1131637, @now + 3598868363, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', '3b515f8d-be9c-4e5c-8cac-66ff7a6e8167', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 1, 'c8VTVGSSvIagHMBuSnReLw', 0, @now - 1295036, @now - 1295036, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1408444, '', @now + 7775998685525, @now + 2591998704964, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1314475, @now - 1295036, NULL),
	('main', '8818ba7a-90e4-4fe9-bdb8-82cb7c04825c', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 0, 'LSijmLsKMLYkUYYxCSejNQ', -1, NULL, @now - 1142492, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1290459, '', @now + 7775998857508, @now + 2591998857508, @now - 1136522, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1142492, @now - 1142492, NULL);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'Jw9DwtCOcNyZQba_pP-OkQ', 1, -5602763087755554627, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '8818ba7a-90e4-4fe9-bdb8-82cb7c04825c', 0, @now - 1136522, @now + 1078863478, -5602763087755554627);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3598573903),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3598867961),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3598940929),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3599028727);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22e96-cbe1-7238-90c2-e56fa76aab4e', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22e96-cbdf-7d2c-9e1a-684bf5b5778a","token_table":"pending_signups","expires_at":"@time(23h59m58.57331s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.682036s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1425036, @now + 86398573310, NULL, '', @now - 1425036, @now - 1417036),
	('main', '01a22e96-cd06-7c67-9b94-145770ab7f2c', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22e96-cd06-7621-87e2-c48745c0f9c7","token_table":"one_time_tokens","expires_at":"@time(59m58.868363s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.682036s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1131036, @now + 3598868363, NULL, '', @now - 1131036, @now - 1118036),
	('main', '01a22e96-cd50-782a-82d6-78c183db0e6b', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22e96-cd4e-7d67-b79b-d9951b76a089","token_table":"pending_signups","expires_at":"@time(23h59m58.940466s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.682036s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1058036, @now + 86398940466, NULL, '', @now - 1058036, @now - 1050036),
	('main', '01a22e96-cda8-716e-90de-0d9b6d14e690', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22e96-cda6-7a11-839d-4c6af6ed551a","token_table":"pending_signups","expires_at":"@time(23h59m59.028199s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.682036s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.6wLN3V3LLI0eYP0-GtLh1DiYyukJ4kfDNNn_7gvXTT23M4op5EI_Z8B3G59OGkkp7GhrgnXDCLbO4qB2ltcJwowu6ymWxF347nUhNQ', 'ready', 1, 14, 1, @now + 4374137, @now + 86399028199, NULL, 'send mail: mail server 127.0.0.1:37743: connect: EOF', @now - 970036, @now - 963036);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22e96-cbe0-7d07-84ad-821c37d97356', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-cb7b-7ebd-a594-5216e4e51004', '{}', @now - 1425182, '1B8Ai_8BH9ommbsF8vQQ56uZnvSE1X0YD2kulu8pdhc'),
	('main', '01a22e96-cbed-7202-a33a-b20efb4f503d', 'user.created', 'success', '', '', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', '', '01a22e96-cbec-747d-805e-4811de18d7d6', '{}', @now - 1412904, 'NPHZUJfFETYyYYhXaxEtYpgfbVuJMdzo4-8fWpG0KJ4'),
	('main', '01a22e96-cbed-775e-b14a-a210a93de3e9', 'email.verified', 'success', '', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', '', '01a22e96-cbec-747d-805e-4811de18d7d6', '{"by":"link","claimed":true}', @now - 1412553, 'Fe-IdHHUBHSS9m8jRi_onMTSSROqKuPI9GxWeo5O7j4'),
	('main', '01a22e96-cc51-784a-b805-225ac12e8ab5', 'session.opened', 'success', '', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'tsXrhzQOzdqnF5_Tw9MWn8qT7G5VnKqHM-nCrE8hwTo', '01a22e96-cbf0-7a76-9869-5f2cbfa317d9', '{"amr":["pwd"],"new_device":false}', @now - 1312488, 'sHEEyK58DnovmZDni0W07sGQp7W6aiba9FE1SiO-2io'),
	('main', '01a22e96-ccfd-7725-8712-969b5ab5d3c2', 'session.opened', 'success', '', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'TGbgzicFuzLh8y4LPOnDeaY1QJRRiNVvP9GxmZhq8VE', '01a22e96-cc67-75a2-9ed6-351cfa1dac19', '{"amr":["pwd"],"new_device":false}', @now - 1140562, 'G2PWe9nR3IwrKvmFuXnO7ttpyZ3JMd-mQ6pZxBGitsw'),
	('main', '01a22e96-cd01-78be-850e-f73d1102c34b', 'session.ended', 'success', 'logout', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', 'TGbgzicFuzLh8y4LPOnDeaY1QJRRiNVvP9GxmZhq8VE', '01a22e96-cd00-780e-8045-19fc509fed5e', '{}', @now - 1136461, 'VShQbfIWIWP33eKIgbqa_wlmJ8LoM0LQ65nyHyhYlUg'),
	('main', '01a22e96-cd06-779a-9c39-76be32f3f6eb', 'password.reset_requested', 'success', '', '', 'cc3bbf58-e0b5-4eaa-8ebe-9c63d407a06c', '', '01a22e96-cd05-77e4-87fa-3d1e0fe49dd8', '{}', @now - 1131537, 'SQIZSp7hmLwH_EK56Z6ny8ARMQDSCpsI6QtV0gqhF1Q'),
	('main', '01a22e96-cd4f-7ef5-99ff-d1df40aeda88', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-cd16-7ab6-9e67-437b3b6a5d7d', '{}', @now - 1058055, 'z-cQSKEwidxniprD_NnywHLzyrFaOniPo85NIj0-Scw'),
	('main', '01a22e96-cda7-7b71-abad-67d4188a25ba', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-cd59-7a25-8a4a-38f9e38cc4df', '{}', @now - 970286, 'HsXGT04T2C4tL6PavrjFczGpbBlxFxSko1YM6j6gLi4');

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22e96-cbe0-7d07-84ad-821c37d97356', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'Jgr8-J7-qSK03P5XBgXPMg'),
	('main', '01a22e96-cbed-7202-a33a-b20efb4f503d', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'OT7Ydh20eGFPvm_XGdGMpA'),
	('main', '01a22e96-cbed-775e-b14a-a210a93de3e9', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'CYIxBf76UE45-YZAkgck6g'),
	('main', '01a22e96-cc51-784a-b805-225ac12e8ab5', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'AUVco2D9eLuf4HCOuSe_iA'),
	('main', '01a22e96-ccfd-7725-8712-969b5ab5d3c2', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'HIvVAFqQxNY7p0dBryPyzA'),
	('main', '01a22e96-cd01-78be-850e-f73d1102c34b', '127.0.0.1', 'Go-http-client/1.1', '', 'j86uFzZIfCYom5I6OLhamA'),
	('main', '01a22e96-cd06-779a-9c39-76be32f3f6eb', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'uxkXYgoWT9od2qK_zpvNUw'),
	('main', '01a22e96-cd4f-7ef5-99ff-d1df40aeda88', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'GZLiK6YuZNtZNnSTzNSILQ'),
	('main', '01a22e96-cda7-7b71-abad-67d4188a25ba', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'ckvdz5xuMu2icWQMKaT6YQ');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'Z1LyBmUyCOe8b3iAixKsXjA1CCHsh1km28xBw_OfRuA', 'ES256', '{"use":"sig","kty":"EC","kid":"Z1LyBmUyCOe8b3iAixKsXjA1CCHsh1km28xBw_OfRuA","crv":"P-256","alg":"ES256","x":"_h-GogKZg3KK8VjahucEBwieudMeUzb8VS4j09IiH1Y","y":"eCatc97VjenFa9TZWHC0lx0yxsgxB2FagDB1Z0eG2R8"}', 'v1.jz9HJA.4iDEqe0baDcXbrWmOdXUPATjEEqB-S27OcsMFlBOdGi33Xct2nVOllli1xK5I0xMUsaoqfusY3EuLKPJZnI-LkDL4gBAmXr_0KtZQaPXcSdB1cX0BUW8YQAx4xnShCDLGrA_qno9TSpHojf4_nhLwuTMDymNGprv7pheZeZU9kpWXx432IODmxvszhr-dvxPKM6kkM7UAe8rbTTYZ4sjwSNM1vz3Cw', @now - 1684478, @now - 1684478, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 1796494);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', -2343133262941741435),
	('main', 'stats_measured', 1796077964),
	('main', 'audit_swept', 1);

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'rkxEoEZSTHJH9GOVM9C-JA', 9, 1, @now - 1533113, NULL);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 0, '01a22e96-cbe0-7d07-84ad-821c37d97356', 'IWNN5T3KMQZIwXzlOV_CBcg3Ug-pANzEecKeXyV94TA', '1B8Ai_8BH9ommbsF8vQQ56uZnvSE1X0YD2kulu8pdhc', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 1, '01a22e96-cbed-7202-a33a-b20efb4f503d', 'B8zJRiasTEkvHNdWs2j6kyNQfYUb_5Ir7Wb8mADq0_k', 'NPHZUJfFETYyYYhXaxEtYpgfbVuJMdzo4-8fWpG0KJ4', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 2, '01a22e96-cbed-775e-b14a-a210a93de3e9', '5jUSsDMhT1S-f-pZ-9qSKwi7fOneeUDuLQkQPRhy1g0', 'Fe-IdHHUBHSS9m8jRi_onMTSSROqKuPI9GxWeo5O7j4', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 3, '01a22e96-cc51-784a-b805-225ac12e8ab5', 'rbqXJWQzO-rn1DuvSvdWRQv_pWrXuCbGgf5fCU39KTE', 'sHEEyK58DnovmZDni0W07sGQp7W6aiba9FE1SiO-2io', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 4, '01a22e96-ccfd-7725-8712-969b5ab5d3c2', 'PctXshRKgCWGWre-SC6MDNGTkOP8e8udE0MHh4xaCmw', 'G2PWe9nR3IwrKvmFuXnO7ttpyZ3JMd-mQ6pZxBGitsw', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 5, '01a22e96-cd01-78be-850e-f73d1102c34b', 'XjSgo5ASs-jEVg6WXCNzNE2TeAW18HWLSXkfqzG895s', 'VShQbfIWIWP33eKIgbqa_wlmJ8LoM0LQ65nyHyhYlUg', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 6, '01a22e96-cd06-779a-9c39-76be32f3f6eb', 'SY1OWGaIBQH-pXwxXVZrHt2V-D-8GRlycEmX2a_8DIA', 'SQIZSp7hmLwH_EK56Z6ny8ARMQDSCpsI6QtV0gqhF1Q', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 7, '01a22e96-cd4f-7ef5-99ff-d1df40aeda88', 'BGtVWMqJuVSWIKeQMNflcLsBILg6U4V-lpkU2E5yWio', 'z-cQSKEwidxniprD_NnywHLzyrFaOniPo85NIj0-Scw', 0),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 8, '01a22e96-cda7-7b71-abad-67d4188a25ba', 'h8Q2JVR0hzlDLdWqO8sN49otIUsln2OQUaybjxY2Khg', 'HsXGT04T2C4tL6PavrjFczGpbBlxFxSko1YM6j6gLi4', 0);

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 2, 'tHLqXaomzkTH8eIhcUNxvWa25nKN4o9HeC_polu_gEU'),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 5, 'C_ZAn9r3Kr5depIOY7jo8XuefbCw_F-wLhhl76pZz-I'),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 6, '2GB5ylbgIOa07qBOXKdcOwKGXpCvQDX8wazx8edfzes'),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 9, 'aIUmiLyA4xbLXAfj32uo4y3kUONx_Avde7VmwtmLmtc'),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 12, '2FYZ-wPkMNGRiw2VSCZr15Zg6wJiagFp-TypkTE9HtY'),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 13, '6mE4nsNI2oeAmeI9Uj24YqzFS-qLL9I3J1mbuZGmwkY'),
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 14, 'K8UpJynXGgtnym8iAms3n5rQiRpyirts22wdxtGbf10');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'rkxEoEZSTHJH9GOVM9C-JA', 9, 'sallyport/rkxEoEZSTHJH9GOVM9C-JA
9
isPk822FJzJahJhEkKw79buqc0EqH2jzqzU3USLiUDU=

— sallyport-audit-log 2xZjobhPfh4LLeYpyteAzREUJ4IqsF92mfTlcUQvzo/4eSi+6Ll/iAN1AiGOATOqhrGPYmg8vY6lCFC8lcdR9OoA6g8=
', @now - 518013);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+db1663a1+Af0luSTWAVN7hHL67BSG+Dtag0TxuoUEbOHywX1BTGU4', 'v1.jz9HJA.Iw-wPUACNUHVP-OoVhPLWIXC-LMtIwL4ouDAse6EOzjD3LoZ59-1cj86jGDptNo-k8B3l56WJ4DNIKjQumaf_SsnNu8n3dgsKfeOI4esUAblExzm4l80qpkE2zhWtuTPsIVHBBl_HIq9KN1Cq9T4TB7uxo9Z-vbjsSNU0bF-bsJYGdLUvjQuZlpDni4nt42cXqekwOjJqg2pCP4XfXU0j8rJnBxrMXuS4HILewH7GO6Rikx7-mx0qKwLmw', @now - 1521734);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498910, 'users', '', 0),
	('main', 498910, 'users_signed_in', '', 0),
	('main', 498910, 'sessions', '', 0),
	('main', 498910, 'mail_sent', '', 3);
