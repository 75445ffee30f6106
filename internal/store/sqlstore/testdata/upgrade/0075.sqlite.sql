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
	updated_at        BIGINT       NOT NULL, claimed_at BIGINT,
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
	superseded_at   BIGINT, signup_id VARCHAR(64), proof_hash VARCHAR(128), source VARCHAR(128), ip VARCHAR(64), user_agent TEXT, mailed_at BIGINT,
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
	(1, 0, 1, '2026-11-30 01:13:44'),
	(2, 1, 1, '2026-11-30 01:13:44'),
	(3, 2, 1, '2026-11-30 01:13:44'),
	(4, 3, 1, '2026-11-30 01:13:44'),
	(5, 4, 1, '2026-11-30 01:13:44'),
	(6, 5, 1, '2026-11-30 01:13:44'),
	(7, 6, 1, '2026-11-30 01:13:44'),
	(8, 7, 1, '2026-11-30 01:13:44'),
	(9, 8, 1, '2026-11-30 01:13:44'),
	(10, 9, 1, '2026-11-30 01:13:44'),
	(11, 10, 1, '2026-11-30 01:13:44'),
	(12, 11, 1, '2026-11-30 01:13:44'),
	(13, 12, 1, '2026-11-30 01:13:44'),
	(14, 13, 1, '2026-11-30 01:13:44'),
	(15, 14, 1, '2026-11-30 01:13:44'),
	(16, 15, 1, '2026-11-30 01:13:44'),
	(17, 16, 1, '2026-11-30 01:13:44'),
	(18, 17, 1, '2026-11-30 01:13:44'),
	(19, 18, 1, '2026-11-30 01:13:44'),
	(20, 19, 1, '2026-11-30 01:13:44'),
	(21, 20, 1, '2026-11-30 01:13:44'),
	(22, 21, 1, '2026-11-30 01:13:44'),
	(23, 22, 1, '2026-11-30 01:13:44'),
	(24, 23, 1, '2026-11-30 01:13:44'),
	(25, 24, 1, '2026-11-30 01:13:44'),
	(26, 25, 1, '2026-11-30 01:13:44'),
	(27, 26, 1, '2026-11-30 01:13:44'),
	(28, 27, 1, '2026-11-30 01:13:44'),
	(29, 28, 1, '2026-11-30 01:13:44'),
	(30, 29, 1, '2026-11-30 01:13:44'),
	(31, 30, 1, '2026-11-30 01:13:44'),
	(32, 31, 1, '2026-11-30 01:13:44'),
	(33, 32, 1, '2026-11-30 01:13:44'),
	(34, 33, 1, '2026-11-30 01:13:44'),
	(35, 34, 1, '2026-11-30 01:13:44'),
	(36, 35, 1, '2026-11-30 01:13:44'),
	(37, 36, 1, '2026-11-30 01:13:44'),
	(38, 37, 1, '2026-11-30 01:13:44'),
	(39, 38, 1, '2026-11-30 01:13:44'),
	(40, 39, 1, '2026-11-30 01:13:44'),
	(41, 40, 1, '2026-11-30 01:13:44'),
	(42, 41, 1, '2026-11-30 01:13:44'),
	(43, 42, 1, '2026-11-30 01:13:44'),
	(44, 43, 1, '2026-11-30 01:13:44'),
	(45, 44, 1, '2026-11-30 01:13:44'),
	(46, 45, 1, '2026-11-30 01:13:44'),
	(47, 46, 1, '2026-11-30 01:13:44'),
	(48, 47, 1, '2026-11-30 01:13:44'),
	(49, 48, 1, '2026-11-30 01:13:44'),
	(50, 49, 1, '2026-11-30 01:13:44'),
	(51, 50, 1, '2026-11-30 01:13:44'),
	(52, 51, 1, '2026-11-30 01:13:44'),
	(53, 52, 1, '2026-11-30 01:13:44'),
	(54, 53, 1, '2026-11-30 01:13:44'),
	(55, 54, 1, '2026-11-30 01:13:44'),
	(56, 55, 1, '2026-11-30 01:13:44'),
	(57, 56, 1, '2026-11-30 01:13:44'),
	(58, 57, 1, '2026-11-30 01:13:44'),
	(59, 58, 1, '2026-11-30 01:13:44'),
	(60, 59, 1, '2026-11-30 01:13:44'),
	(61, 60, 1, '2026-11-30 01:13:44'),
	(62, 61, 1, '2026-11-30 01:13:44'),
	(63, 62, 1, '2026-11-30 01:13:44'),
	(64, 63, 1, '2026-11-30 01:13:44'),
	(65, 64, 1, '2026-11-30 01:13:44'),
	(66, 65, 1, '2026-11-30 01:13:44'),
	(67, 66, 1, '2026-11-30 01:13:44'),
	(68, 67, 1, '2026-11-30 01:13:44'),
	(69, 68, 1, '2026-11-30 01:13:44'),
	(70, 69, 1, '2026-11-30 01:13:44'),
	(71, 70, 1, '2026-11-30 01:13:44'),
	(72, 71, 1, '2026-11-30 01:13:44'),
	(73, 72, 1, '2026-11-30 01:13:44'),
	(74, 73, 1, '2026-11-30 01:13:44'),
	(75, 74, 1, '2026-11-30 01:13:44'),
	(76, 75, 1, '2026-11-30 01:13:44');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 'ada@people.example', 'ada@people.example', @now - 1406826, '', '{}', '', 'active', 1, @now - 1152306, @now - 1406826, @now - 1406826, @now - 1406826);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a03-d8a5-7ad4-8e02-204f6896f7ec', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 'password', '$argon2id$v=19$m=19456,t=2,p=1$rTR2Fujz01qlg8TGtd2G0A$+3e4RNCTKeKsJamk8M/8Xs+zLWKlM4FOfASziekx4j0', @now - 1406826, @now - 1406826);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a22a03-d88a-705f-9c40-0f74d3202076', 'ada@people.example', 'ada@people.example', '', '', 'F3grbDqXmqdtInpjNhlI-Lw2CkqP0daF5b7ORBBfV3A', @now - 1434828, @now + 86398565172, @now - 1406951, NULL, '', '_nCkB5w-DOXf0USvz7D8bjIlrQZs_4IgFCzep_9hYTA', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1434828),
	('main', '01a22a03-d9fe-7c66-85cc-d0140b4e1b72', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$7GlGb+EaxAhjBQj7KhbD6Q$EuQDH7C0cvEMQl8ETSMJEBx+r45zRd+fuIO877Si0vY', '', 'chN17Eg-x9GQjQsk6-6cmedi_aQbZgu2MxKGduxEZaQ', @now - 1061763, @now + 86398938237, NULL, NULL, '', 't4uxA4wiNd0mxSgeov5qSQWgBIwTWNn_-1UbZBdHHQY', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1061763),
	('main', '01a22a03-da55-7627-9528-979f7a4f62f8', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$AgkfBETmKB4FRvk+wBfXPA$RN3bJwSgxY2tUfS0aPod4fyWj8Zvo/I9F4dkrrEr0OA', '', 'fUuegN_j17klNq0nIqmhQgdSyJo018wqnXGG3JGv0MY', @now - 975182, @now + 86399024818, NULL, NULL, '', '7zuXJmvBfcibVemsX7Fl0bAWkkSxn8jmpHBl0u80WT0', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 975182);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a03-d9b6-706a-97bc-139d0218ea20', 'reset_password', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 'DyrmP0EHQiKyC4PAK1-fqdLIm8MgHmgJvE4_1Uu2ISc', 1, @now - 1134411, @now + 3598865589, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'e1015d13-d4a4-4240-a0bc-38397faa2ab6', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 1, 'HMia-Xzus7nS21isJPyS1w', 0, @now - 1279436, @now - 1279436, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1401843, '', @now + 7775998707007, @now + 2591998720564, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1292993, @now - 1279436),
	('main', '7f684c6e-e181-42c4-8592-25661473f6f9', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 0, 'GUlE01B7OP5EO-QSOfPmtQ', -1, NULL, @now - 1152306, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1274340, '', @now + 7775998847694, @now + 2591998847694, @now - 1141547, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1152306, @now - 1152306);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'NKMm3-t5GmSRq_0XJTYQFw', 1, @now + 4710852658354372641, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '7f684c6e-e181-42c4-8592-25661473f6f9', 0, @now - 1141547, @now + 1078858453, @now + 4710852658354372641);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'CKbK3CpsTMjHM1fgs3WAbgKxHrznqCy5PmlDta1DUoc', 1, @now + 3598565683),
	('main', 'mail', '0DaUIjR_qLM5jDcmOOU0DjBjWsYdt_Ez0DG1menDkyk', 1, @now + 3598865282),
	('main', 'mail', 'TuAokrZ4thsPXM-30TMJgdG5nt5M6eIofkHLjvtTGPU', 1, @now + 3598938416),
	('main', 'mail', '9kaBZv9tGhSulsOZmeU-kGejPH3Q30EwaIRMCt8GXRQ', 1, @now + 3599025008);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a03-d88b-70b6-88f9-6b42be4c34fc', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a03-d88a-705f-9c40-0f74d3202076","token_table":"pending_signups","expires_at":"@time(23h59m58.565171s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 01:13 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1433436, @now + 86398565172, NULL, '', @now - 1433436, @now - 1414436),
	('main', '01a22a03-d9b6-72d4-a9ce-df4f627d9990', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a03-d9b6-706a-97bc-139d0218ea20","token_table":"one_time_tokens","expires_at":"@time(59m58.865588s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 01:13 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1134436, @now + 3598865589, NULL, '', @now - 1134436, @now - 1120436),
	('main', '01a22a03-d9ff-7732-aa64-ebf202fb1739', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a03-d9fe-7c66-85cc-d0140b4e1b72","token_table":"pending_signups","expires_at":"@time(23h59m58.938236s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 01:13 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1061436, @now + 86398938237, NULL, '', @now - 1061436, @now - 1057436),
	('main', '01a22a03-da55-7ca6-a108-2ec7b39dd175', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a03-da55-7627-9528-979f7a4f62f8","token_table":"pending_signups","expires_at":"@time(23h59m59.024817s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 01:13 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.h_Bemw.R96PPecOJDkThQfP1E44wu_dwtK92XQLMhDF2FiAYrpv_HgqaAdwHz5nZ-qn6FCs7fhCpkHwQ6Eh3ac9tC0dIHvCZUTy4cPIEK7sIw', 'ready', 1, 14, 1, @now + 4603236, @now + 86399024818, NULL, 'send mail: mail server 127.0.0.1:33385: connect: EOF', @now - 975436, @now - 963436);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a03-d88a-7c81-ba27-96b9e0350342', 'sign_up.requested', 'success', '', '', '', '', '01a22a03-d7de-7513-91d3-729dc58b23c7', '{}', @now - 1433616),
	('main', '01a22a03-d8a5-7bab-87ab-ca2049e7ebbd', 'user.created', 'success', '', '', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '', '01a22a03-d89f-7ab0-8ac8-61a67b363739', '{}', @now - 1406671),
	('main', '01a22a03-d8a5-7d8a-ba01-a11e2bf74da8', 'email.verified', 'success', '', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '', '01a22a03-d89f-7ab0-8ac8-61a67b363739', '{"by":"link","claimed":true}', @now - 1406549),
	('main', '01a22a03-d917-7e57-82c2-fa1b5d61a6ef', 'session.opened', 'success', '', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 'zX26HbnTVY3Gk46ayaa3CBibPIF6tkUgy20M4lP2IoY', '01a22a03-d8aa-75f1-9db8-bc561cfacee9', '{"amr":["pwd"],"new_device":false}', @now - 1292493),
	('main', '01a22a03-d9a6-787a-bc60-0d25b5187d4c', 'session.opened', 'success', '', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 'AKAZvadkaCdVUfZgXeor1Iexg0MMWqp3mzP1H9U58VE', '01a22a03-d929-7c5a-9a54-1c6dd2bfdfc3', '{"amr":["pwd"],"new_device":false}', @now - 1149876),
	('main', '01a22a03-d9ae-7ef2-90cb-f3e9a99b9c7f', 'session.ended', 'success', 'logout', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', 'AKAZvadkaCdVUfZgXeor1Iexg0MMWqp3mzP1H9U58VE', '01a22a03-d9ae-71bd-8bdd-79ee9cd5e18d', '{}', @now - 1141455),
	('main', '01a22a03-d9b6-71c8-990e-4ebe0563125b', 'password.reset_requested', 'success', '', '', '5e5ac826-d8f9-4c7f-bd69-6d3bdb1ac5a3', '', '01a22a03-d9b5-773a-a3df-315417f75c2a', '{}', @now - 1134319),
	('main', '01a22a03-d9ff-75ed-b77f-e3a56027a9ed', 'sign_up.requested', 'success', '', '', '', '', '01a22a03-d9be-7d71-8d29-652318883021', '{}', @now - 1061047),
	('main', '01a22a03-da55-7b73-98a1-ece668c53c9e', 'sign_up.requested', 'success', '', '', '', '', '01a22a03-da05-72d2-9538-93e93b73e5d3', '{}', @now - 974685);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a03-d88a-7c81-ba27-96b9e0350342', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a03-d8a5-7bab-87ab-ca2049e7ebbd', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a03-d8a5-7d8a-ba01-a11e2bf74da8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a03-d917-7e57-82c2-fa1b5d61a6ef', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a03-d9a6-787a-bc60-0d25b5187d4c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a03-d9ae-7ef2-90cb-f3e9a99b9c7f', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a03-d9b6-71c8-990e-4ebe0563125b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a03-d9ff-75ed-b77f-e3a56027a9ed', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a03-da55-7b73-98a1-ece668c53c9e', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'BLV0rvABgffJPWPMf0_RlSp7UMAQ-ww24zGhEezlX1Y', 'ES256', '{"use":"sig","kty":"EC","kid":"BLV0rvABgffJPWPMf0_RlSp7UMAQ-ww24zGhEezlX1Y","crv":"P-256","alg":"ES256","x":"kxCvqHTlvxqDI2jS1KGJL0DVpwaLccJfpyvKXihEWc0","y":"67qANkgx8DAvMyZ2to3W4Ls2vgCDle8dfGHaZ6y-7gU"}', 'v1.h_Bemw.Qp1HWy6I5FlNETHGhn4gFOArgvCgNZsAjvsqPKBzUaOTLet5PDCiAx9g6RA6lOYS6eznVC8oLiDgi1VIsjWT-skBCHirWjRmJlYVbChL-8juFt5N1a3vdhivUXH5lbJMElI1FDgOYnROAIUz8mepMf66STLXjZBnlp0gLqyHzpGLyAU1n8ntXCrNlHx3xeGCKQT2KWHPrPqKMrG8HJkplwHaA7PwGw', @now - 1806859, @now - 1806859, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'h_Bemw', 'L7oJooo_VxkbH6Md_aIq0l-6rasjym_mTbqAwQFVMso', @now - 1879948);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', @now + 4488198809636434005);
