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
	updated_at        BIGINT       NOT NULL, claimed_at BIGINT, language VARCHAR(64),
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
	last_seen_at      BIGINT,
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
	created_at   BIGINT       NOT NULL,
	CONSTRAINT audit_events_pkey PRIMARY KEY (realm_id, id)
);
CREATE TABLE audit_personal (
	realm_id   VARCHAR(64)  NOT NULL,
	event_id   VARCHAR(64)  NOT NULL,
	address    VARCHAR(64)  NOT NULL,
	user_agent TEXT         NOT NULL,
	email      VARCHAR(320) NOT NULL,
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
	consumed_at BIGINT,
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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 09:50:28'),
	(2, 1, 1, '2026-11-30 09:50:28'),
	(3, 2, 1, '2026-11-30 09:50:28'),
	(4, 3, 1, '2026-11-30 09:50:28'),
	(5, 4, 1, '2026-11-30 09:50:28'),
	(6, 5, 1, '2026-11-30 09:50:28'),
	(7, 6, 1, '2026-11-30 09:50:28'),
	(8, 7, 1, '2026-11-30 09:50:28'),
	(9, 8, 1, '2026-11-30 09:50:28'),
	(10, 9, 1, '2026-11-30 09:50:28'),
	(11, 10, 1, '2026-11-30 09:50:28'),
	(12, 11, 1, '2026-11-30 09:50:28'),
	(13, 12, 1, '2026-11-30 09:50:28'),
	(14, 13, 1, '2026-11-30 09:50:28'),
	(15, 14, 1, '2026-11-30 09:50:28'),
	(16, 15, 1, '2026-11-30 09:50:28'),
	(17, 16, 1, '2026-11-30 09:50:28'),
	(18, 17, 1, '2026-11-30 09:50:28'),
	(19, 18, 1, '2026-11-30 09:50:28'),
	(20, 19, 1, '2026-11-30 09:50:28'),
	(21, 20, 1, '2026-11-30 09:50:28'),
	(22, 21, 1, '2026-11-30 09:50:28'),
	(23, 22, 1, '2026-11-30 09:50:28'),
	(24, 23, 1, '2026-11-30 09:50:28'),
	(25, 24, 1, '2026-11-30 09:50:28'),
	(26, 25, 1, '2026-11-30 09:50:28'),
	(27, 26, 1, '2026-11-30 09:50:28'),
	(28, 27, 1, '2026-11-30 09:50:28'),
	(29, 28, 1, '2026-11-30 09:50:28'),
	(30, 29, 1, '2026-11-30 09:50:28'),
	(31, 30, 1, '2026-11-30 09:50:28'),
	(32, 31, 1, '2026-11-30 09:50:28'),
	(33, 32, 1, '2026-11-30 09:50:28'),
	(34, 33, 1, '2026-11-30 09:50:28'),
	(35, 34, 1, '2026-11-30 09:50:28'),
	(36, 35, 1, '2026-11-30 09:50:28'),
	(37, 36, 1, '2026-11-30 09:50:28'),
	(38, 37, 1, '2026-11-30 09:50:28'),
	(39, 38, 1, '2026-11-30 09:50:28'),
	(40, 39, 1, '2026-11-30 09:50:28'),
	(41, 40, 1, '2026-11-30 09:50:28'),
	(42, 41, 1, '2026-11-30 09:50:28'),
	(43, 42, 1, '2026-11-30 09:50:28'),
	(44, 43, 1, '2026-11-30 09:50:28'),
	(45, 44, 1, '2026-11-30 09:50:28'),
	(46, 45, 1, '2026-11-30 09:50:28'),
	(47, 46, 1, '2026-11-30 09:50:28'),
	(48, 47, 1, '2026-11-30 09:50:28'),
	(49, 48, 1, '2026-11-30 09:50:28'),
	(50, 49, 1, '2026-11-30 09:50:28'),
	(51, 50, 1, '2026-11-30 09:50:28'),
	(52, 51, 1, '2026-11-30 09:50:28'),
	(53, 52, 1, '2026-11-30 09:50:28'),
	(54, 53, 1, '2026-11-30 09:50:28'),
	(55, 54, 1, '2026-11-30 09:50:28'),
	(56, 55, 1, '2026-11-30 09:50:28'),
	(57, 56, 1, '2026-11-30 09:50:28'),
	(58, 57, 1, '2026-11-30 09:50:28'),
	(59, 58, 1, '2026-11-30 09:50:28'),
	(60, 59, 1, '2026-11-30 09:50:28'),
	(61, 60, 1, '2026-11-30 09:50:28'),
	(62, 61, 1, '2026-11-30 09:50:28'),
	(63, 62, 1, '2026-11-30 09:50:28'),
	(64, 63, 1, '2026-11-30 09:50:28'),
	(65, 64, 1, '2026-11-30 09:50:28'),
	(66, 65, 1, '2026-11-30 09:50:28'),
	(67, 66, 1, '2026-11-30 09:50:28'),
	(68, 67, 1, '2026-11-30 09:50:28'),
	(69, 68, 1, '2026-11-30 09:50:28'),
	(70, 69, 1, '2026-11-30 09:50:28'),
	(71, 70, 1, '2026-11-30 09:50:28'),
	(72, 71, 1, '2026-11-30 09:50:28'),
	(73, 72, 1, '2026-11-30 09:50:28'),
	(74, 73, 1, '2026-11-30 09:50:28'),
	(75, 74, 1, '2026-11-30 09:50:28'),
	(76, 75, 1, '2026-11-30 09:50:28'),
	(77, 76, 1, '2026-11-30 09:50:28'),
	(78, 77, 1, '2026-11-30 09:50:28'),
	(79, 78, 1, '2026-11-30 09:50:28'),
	(80, 79, 1, '2026-11-30 09:50:28');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) VALUES
	('main', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 'ada@people.example', 'ada@people.example', @now - 1646276, '', '{}', '', 'active', 1, @now - 1315209, @now - 1646276, @now - 1646276, @now - 1646276, '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22bdc-f341-7117-bee1-d81fa7117e01', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 'password', '$argon2id$v=19$m=19456,t=2,p=1$ecR26rzJIrTmIAqPEr7otQ$N0ZBd4UnrJbM7umzabwjHlul9YvwKI/1Fn7yX+EJ3Q8', @now - 1646276, @now - 1646276);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22bdc-f320-7430-ba98-44030f38ad32', 'ada@people.example', 'ada@people.example', '', '', 'v1BWhLg05DBel6k4W0l8SHHtwM5xn9hg2a6HZozNvjA', @now - 1679189, @now + 86398320811, @now - 1646508, NULL, '', 'UmydJmBp1F72sppLKigpe5w5EP-KMNRIJ-Zn1oBRQSs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1679189, ''),
	('main', '01a22bdc-f51e-72ad-b7f8-2aa869e800a7', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$rg3RhT3esS97AHRjnLWQFg$OWygvyuJ13U/TC2lZrDGl09/NIKkDy0kaBMt+Bqc460', '', 'P-0T5wyuG1Aq8sviMzUYkY9e1eXk3GBr0GiKxM3Vy7Y', @now - 1169485, @now + 86398830515, NULL, NULL, '', '0D8bJpZYJdd0z6BeaUsQUlxE3Gh4Z2FLUrS0lZflfg4', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1169485, ''),
	('main', '01a22bdc-f59c-79f4-8599-b90532254c90', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$piu31swsMSNEEBHn7/8oUg$uskeeouZw7Iyvftd2cqOOH3SPdec6TUD9bP13QSDT2Y', '', '-lThZUAeEBWmx-rbIfvTv6QVyLFbQijDR-BhQLhYMVs', @now - 1042622, @now + 86398957378, NULL, NULL, '', 'SrrFd8lfidbBRdWIi0A6unkHaTaD2eTyqSiLNq0w7EU', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1042622, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22bdc-f4c5-7634-87e4-85fccaff4caf', 'reset_password', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '84JrL53eqXOPa0uiCj7-3C0iC69Ca_exJBT-5the8No', 1, @now - 1257741, @now + 3598742259, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '52225df4-3316-4835-b915-cec4a4886a5b', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 1, 'LL3lpjDW1RIpv0ypUUzaAw', 0, @now - 1468146, @now - 1468146, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1641906, '', @now + 7775998520521, @now + 2591998531854, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1479479, @now - 1468146),
	('main', 'dfc31bfd-3e2d-4a48-a56e-f8c3c332f5f1', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 0, 'FJb0-FyVq3Z4wXu7pbR_7g', -1, NULL, @now - 1315209, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1464983, '', @now + 7775998684791, @now + 2591998684791, @now - 1305801, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1315209, @now - 1315209);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'hRnoWojE_EC03mRRjJs5bw', 1, -2008011365937059131, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'dfc31bfd-3e2d-4a48-a56e-f8c3c332f5f1', 0, @now - 1305801, @now + 1078694199, -2008011365937059131);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3598321530),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3598741696),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3598831062),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3598957538);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22bdc-f325-7bbe-bd1a-dd36287324d6', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22bdc-f320-7430-ba98-44030f38ad32","token_table":"pending_signups","expires_at":"@time(23h59m58.32081s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.855147s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1673146, @now + 86398320811, NULL, '', @now - 1673146, @now - 1650146),
	('main', '01a22bdc-f4c5-7afe-8f11-8131ff057e75', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22bdc-f4c5-7634-87e4-85fccaff4caf","token_table":"one_time_tokens","expires_at":"@time(59m58.742258s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.855147s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1258146, @now + 3598742259, NULL, '', @now - 1258146, @now - 1221146),
	('main', '01a22bdc-f522-763a-b897-3b6b4e111cec', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22bdc-f51e-72ad-b7f8-2aa869e800a7","token_table":"pending_signups","expires_at":"@time(23h59m58.830514s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.855147s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1165146, @now + 86398830515, NULL, '', @now - 1165146, @now - 1141146),
	('main', '01a22bdc-f5c6-7497-b51a-7ec364eba164', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22bdc-f59c-79f4-8599-b90532254c90","token_table":"pending_signups","expires_at":"@time(23h59m58.957377s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.855147s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.KHCHu9wbgH8WeQHbUM6AUqVlgOm1AI9ixfxlwrFR9eDtbLUmd1deo--xwukUpyXQX9YwpPIJLZKAW5tlHEL6Wlb0mQu_kPgKEROw5Q', 'ready', 1, 14, 1, @now + 4443540, @now + 86398957378, NULL, 'send mail: mail server 127.0.0.1:46007: connect: EOF', @now - 1001146, @now - 991146);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22bdc-f325-7637-8fc6-de3451962eb7', 'sign_up.requested', 'success', '', '', '', '', '01a22bdc-f151-779e-b3f4-3f67d4f7cce9', '{}', @now - 1673738),
	('main', '01a22bdc-f341-7297-93c9-d851937bc166', 'user.created', 'success', '', '', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '', '01a22bdc-f33f-7382-ad19-ac0503011d80', '{}', @now - 1645976),
	('main', '01a22bdc-f341-7729-9db2-196c1451fbae', 'email.verified', 'success', '', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '', '01a22bdc-f33f-7382-ad19-ac0503011d80', '{"by":"link","claimed":true}', @now - 1645677),
	('main', '01a22bdc-f3e8-761f-bdfb-57a88d581f43', 'session.opened', 'success', '', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 'DSIobwRNqCga8tWFI9AYbz4TLfEVExLbgeJRx-vt7vQ', '01a22bdc-f345-7002-924e-cc63c4ee51fa', '{"amr":["pwd"],"new_device":false}', @now - 1478741),
	('main', '01a22bdc-f48c-73bc-80ac-66caf86239f5', 'session.opened', 'success', '', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 'dpFf_ce9xPX0xwiXNrQv4NjrmA-xc-u4JjnT91ATiWc', '01a22bdc-f3f6-70ca-b21b-40a2b39dc2d1', '{"amr":["pwd"],"new_device":false}', @now - 1314898),
	('main', '01a22bdc-f495-7d84-915f-71075659ae11', 'session.ended', 'success', 'logout', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', 'dpFf_ce9xPX0xwiXNrQv4NjrmA-xc-u4JjnT91ATiWc', '01a22bdc-f494-7766-afcc-26f25805f97e', '{}', @now - 1305259),
	('main', '01a22bdc-f4c5-7956-85e5-899d6f68aafd', 'password.reset_requested', 'success', '', '', '53206ef2-8829-4a65-b7a8-7b49c3e28f14', '', '01a22bdc-f4c4-74e0-8798-ee51d3182176', '{}', @now - 1257534),
	('main', '01a22bdc-f522-74f0-b15d-3ac141317519', 'sign_up.requested', 'success', '', '', '', '', '01a22bdc-f4ec-7008-b601-9707232ddd99', '{}', @now - 1164821),
	('main', '01a22bdc-f5c6-72a0-992c-aedcc946b4ea', 'sign_up.requested', 'success', '', '', '', '', '01a22bdc-f53c-7481-afa2-2c4dafa96293', '{}', @now - 1000973);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22bdc-f325-7637-8fc6-de3451962eb7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdc-f341-7297-93c9-d851937bc166', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdc-f341-7729-9db2-196c1451fbae', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdc-f3e8-761f-bdfb-57a88d581f43', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdc-f48c-73bc-80ac-66caf86239f5', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdc-f495-7d84-915f-71075659ae11', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22bdc-f4c5-7956-85e5-899d6f68aafd', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdc-f522-74f0-b15d-3ac141317519', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22bdc-f5c6-72a0-992c-aedcc946b4ea', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'Tip2TOHRVEmg-JT-tQLIeS1oeg80shNevQmKdLbUjnY', 'ES256', '{"use":"sig","kty":"EC","kid":"Tip2TOHRVEmg-JT-tQLIeS1oeg80shNevQmKdLbUjnY","crv":"P-256","alg":"ES256","x":"sGbO3ZZF25bGdFN_MA4aUMGYXjeKXdkcSfV-jT6Ia0U","y":"Icc44jffwVDUcvp8gPaegrobXqtOQnfOwC--jmIB-iA"}', 'v1.jz9HJA.qvM9GOYiIRepxAvl1OQLXDAe1BHul_OBBrSoiDdaT2p-s99dQNMQp7pgk0hju8_rCKYvPhn5QVokYAa4t4nDkTAAcDBGt1PtvbeHnYDeih5jSbFqxPOnYVqG_LxSf2jiietlXVBgBOFf8pYxMXvrt2JVsNuW7vSbSg-86SG1nWK2ZHfPH3tYXQmppnSfa6Lq4VJvfBsPHs45eY2v1UADQVa282vFcw', @now - 2504628, @now - 2504628, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3079987);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', 2032093042523774509);
