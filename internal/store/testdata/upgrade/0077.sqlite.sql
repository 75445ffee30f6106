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
	(1, 0, 1, '2026-11-30 03:48:57'),
	(2, 1, 1, '2026-11-30 03:48:57'),
	(3, 2, 1, '2026-11-30 03:48:57'),
	(4, 3, 1, '2026-11-30 03:48:57'),
	(5, 4, 1, '2026-11-30 03:48:57'),
	(6, 5, 1, '2026-11-30 03:48:57'),
	(7, 6, 1, '2026-11-30 03:48:57'),
	(8, 7, 1, '2026-11-30 03:48:57'),
	(9, 8, 1, '2026-11-30 03:48:58'),
	(10, 9, 1, '2026-11-30 03:48:58'),
	(11, 10, 1, '2026-11-30 03:48:58'),
	(12, 11, 1, '2026-11-30 03:48:58'),
	(13, 12, 1, '2026-11-30 03:48:58'),
	(14, 13, 1, '2026-11-30 03:48:58'),
	(15, 14, 1, '2026-11-30 03:48:58'),
	(16, 15, 1, '2026-11-30 03:48:58'),
	(17, 16, 1, '2026-11-30 03:48:58'),
	(18, 17, 1, '2026-11-30 03:48:58'),
	(19, 18, 1, '2026-11-30 03:48:58'),
	(20, 19, 1, '2026-11-30 03:48:58'),
	(21, 20, 1, '2026-11-30 03:48:58'),
	(22, 21, 1, '2026-11-30 03:48:58'),
	(23, 22, 1, '2026-11-30 03:48:58'),
	(24, 23, 1, '2026-11-30 03:48:58'),
	(25, 24, 1, '2026-11-30 03:48:58'),
	(26, 25, 1, '2026-11-30 03:48:58'),
	(27, 26, 1, '2026-11-30 03:48:58'),
	(28, 27, 1, '2026-11-30 03:48:58'),
	(29, 28, 1, '2026-11-30 03:48:58'),
	(30, 29, 1, '2026-11-30 03:48:58'),
	(31, 30, 1, '2026-11-30 03:48:58'),
	(32, 31, 1, '2026-11-30 03:48:58'),
	(33, 32, 1, '2026-11-30 03:48:58'),
	(34, 33, 1, '2026-11-30 03:48:58'),
	(35, 34, 1, '2026-11-30 03:48:58'),
	(36, 35, 1, '2026-11-30 03:48:58'),
	(37, 36, 1, '2026-11-30 03:48:58'),
	(38, 37, 1, '2026-11-30 03:48:58'),
	(39, 38, 1, '2026-11-30 03:48:58'),
	(40, 39, 1, '2026-11-30 03:48:58'),
	(41, 40, 1, '2026-11-30 03:48:58'),
	(42, 41, 1, '2026-11-30 03:48:58'),
	(43, 42, 1, '2026-11-30 03:48:58'),
	(44, 43, 1, '2026-11-30 03:48:58'),
	(45, 44, 1, '2026-11-30 03:48:58'),
	(46, 45, 1, '2026-11-30 03:48:58'),
	(47, 46, 1, '2026-11-30 03:48:58'),
	(48, 47, 1, '2026-11-30 03:48:58'),
	(49, 48, 1, '2026-11-30 03:48:58'),
	(50, 49, 1, '2026-11-30 03:48:58'),
	(51, 50, 1, '2026-11-30 03:48:58'),
	(52, 51, 1, '2026-11-30 03:48:58'),
	(53, 52, 1, '2026-11-30 03:48:58'),
	(54, 53, 1, '2026-11-30 03:48:58'),
	(55, 54, 1, '2026-11-30 03:48:58'),
	(56, 55, 1, '2026-11-30 03:48:58'),
	(57, 56, 1, '2026-11-30 03:48:58'),
	(58, 57, 1, '2026-11-30 03:48:58'),
	(59, 58, 1, '2026-11-30 03:48:58'),
	(60, 59, 1, '2026-11-30 03:48:58'),
	(61, 60, 1, '2026-11-30 03:48:58'),
	(62, 61, 1, '2026-11-30 03:48:58'),
	(63, 62, 1, '2026-11-30 03:48:58'),
	(64, 63, 1, '2026-11-30 03:48:58'),
	(65, 64, 1, '2026-11-30 03:48:58'),
	(66, 65, 1, '2026-11-30 03:48:58'),
	(67, 66, 1, '2026-11-30 03:48:58'),
	(68, 67, 1, '2026-11-30 03:48:58'),
	(69, 68, 1, '2026-11-30 03:48:58'),
	(70, 69, 1, '2026-11-30 03:48:58'),
	(71, 70, 1, '2026-11-30 03:48:58'),
	(72, 71, 1, '2026-11-30 03:48:58'),
	(73, 72, 1, '2026-11-30 03:48:58'),
	(74, 73, 1, '2026-11-30 03:48:58'),
	(75, 74, 1, '2026-11-30 03:48:58'),
	(76, 75, 1, '2026-11-30 03:48:58'),
	(77, 76, 1, '2026-11-30 03:48:58'),
	(78, 77, 1, '2026-11-30 03:48:58');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) VALUES
	('main', '67fd429b-8622-434d-99ab-d7525e0dde3e', 'ada@people.example', 'ada@people.example', @now - 2694284, '', '{}', '', 'active', 1, @now - 1634106, @now - 2694284, @now - 2694284, @now - 2694284, '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a91-f999-79da-85db-47f32312b9d3', '67fd429b-8622-434d-99ab-d7525e0dde3e', 'password', '$argon2id$v=19$m=19456,t=2,p=1$Isrbd7s+goGgf9zljtjMDg$q/I0kpStPjqHyMqfCUWULoja5nDvIvHcozJooBsCKoU', @now - 2694284, @now - 2694284);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22a91-f8c5-70bb-b5c7-7f875a243fa6', 'ada@people.example', 'ada@people.example', '', '', 'cpl83JUF17bKHT8nqrH7kPngydyKCdWAvsriKXKLdXE', @now - 2907645, @now + 86397092355, @now - 2694514, NULL, '', '8lftd6YtOlM8pKX17flpjunBXD-EnwUM9MkY_gSmw88', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 2907645, ''),
	('main', '01a22a91-fef4-72bf-9cec-2444206fc6dc', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$a9eOZ4nPFJ7mJhGa+Y6szg$A+AZXQK0yeRrnXKbGsJRN0+fFwCDQlbHlt0oRBFJ+uM', '', 'ujPXcftKbOMJzcEvcoorCBRPFM5cTPttShCBEcG0xWo', @now - 1323710, @now + 86398676290, NULL, NULL, '', 'JAyiWfNMtxOp0EkpIWoX4EUB4mH5nO7yKDMMq2VT574', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1323710, ''),
	('main', '01a22a91-ffd6-77ac-8103-e32c1db3e472', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$eVMggPkRaUg5zYR/nwTHcg$qR2xtpbVfHWzvpFe2b28J099f4X6Qep8AfvhDTyDymU', '', '473x7esaO4_6w_GAoSnrb6kL_frxzAnE-NyH7y4yPnU', @now - 1097382, @now + 86398902618, NULL, NULL, '', 'WGmxGi8qzstexDs4jBBHyXcSVYywi-3jz24isRQ2i08', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1097382, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a91-fe1f-7e6c-bf52-b34445effbba', 'reset_password', '67fd429b-8622-434d-99ab-d7525e0dde3e', 'wU0aLHPEXDzxrVFuMfNQbnAuRil4m3mJBJUEuDU8cbA', 1, @now - 1535836, @now + 3598464164, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'f615ec84-6c41-4a80-af2a-7ece530dbf76', '67fd429b-8622-434d-99ab-d7525e0dde3e', 1, 'Qm4aQAUCLv6Xyh-MsC6vFA', 0, @now - 2229779, @now - 2229779, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 2689347, '', @now + 7775997749712, @now + 2591997770221, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 2250288, @now - 2229779),
	('main', 'fa25c500-fc43-4f70-bcc3-511a2a3e01b3', '67fd429b-8622-434d-99ab-d7525e0dde3e', 0, 's3Bn5It234MypFX4FKrZjQ', -1, NULL, @now - 1634106, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 2224672, '', @now + 7775998365894, @now + 2591998365894, @now - 1602268, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1634106, @now - 1634106);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'mNoo1SL17X_guvnmKSSKWA', 1, 8777441659129670132, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'fa25c500-fc43-4f70-bcc3-511a2a3e01b3', 0, @now - 1602268, @now + 1078397732, 8777441659129670132);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3597093461),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3598463766),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3598676430),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3598902758);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a91-f8c7-77cc-bfa2-f5eb4a47bbf8', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a91-f8c5-70bb-b5c7-7f875a243fa6","token_table":"pending_signups","expires_at":"@time(23h59m57.092354s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.11178s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 2904779, @now + 86397092355, NULL, '', @now - 2904779, @now - 2711779),
	('main', '01a22a91-fe20-721e-bef3-710713fd08ae', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a91-fe1f-7e6c-bf52-b34445effbba","token_table":"one_time_tokens","expires_at":"@time(59m58.464163s)","data":{"address":"127.0.0.1","place":"","time":"@time(-2.11178s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1535779, @now + 3598464164, NULL, '', @now - 1535779, @now - 1482779),
	('main', '01a22a91-fef4-7a8c-b530-b45474c194bd', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a91-fef4-72bf-9cec-2444206fc6dc","token_table":"pending_signups","expires_at":"@time(23h59m58.676289s)","data":{"address":"127.0.0.1","place":"","time":"@time(-2.11178s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1323779, @now + 86398676290, NULL, '', @now - 1323779, @now - 1290779),
	('main', '01a22a91-ffd6-7c66-ab7f-574019197435', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a91-ffd6-77ac-8103-e32c1db3e472","token_table":"pending_signups","expires_at":"@time(23h59m58.902617s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.11178s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.vYvknh5Y6YR5jyc7P-Rn_of5rUKCpPfrazAk0CLhk1pofSRPZLEPkVYEYccdyjQrrhwk-Jy_Jfe7a9ULbctROznjj3RtvXVkDTq1Kw', 'ready', 1, 14, 1, @now + 3788435, @now + 86398902618, NULL, 'send mail: mail server 127.0.0.1:42827: connect: EOF', @now - 1097779, @now - 1077779);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a91-f8c7-714a-9702-ca7635584b29', 'sign_up.requested', 'success', '', '', '', '', '01a22a91-f816-723f-a4f3-9e387b71c380', '{}', @now - 2904694),
	('main', '01a22a91-f999-7b2e-8585-f3be704ece5c', 'user.created', 'success', '', '', '67fd429b-8622-434d-99ab-d7525e0dde3e', '', '01a22a91-f98a-71be-b807-a7e3f0ca8c7a', '{}', @now - 2694045),
	('main', '01a22a91-f999-7e45-bef3-272150cb0926', 'email.verified', 'success', '', '67fd429b-8622-434d-99ab-d7525e0dde3e', '67fd429b-8622-434d-99ab-d7525e0dde3e', '', '01a22a91-f98a-71be-b807-a7e3f0ca8c7a', '{"by":"link","claimed":true}', @now - 2693844),
	('main', '01a22a91-fb57-73ed-921b-e65f5a251133', 'session.opened', 'success', '', '67fd429b-8622-434d-99ab-d7525e0dde3e', '67fd429b-8622-434d-99ab-d7525e0dde3e', 'ucrAVVAbVA9eEi6me0z0eQlktWTPqUZR5fNX8O1xbqw', '01a22a91-f99e-7017-a4a1-7523fb2b92c5', '{"amr":["pwd"],"new_device":false}', @now - 2248517),
	('main', '01a22a91-fdbe-70d1-91d0-7661cb696e50', 'session.opened', 'success', '', '67fd429b-8622-434d-99ab-d7525e0dde3e', '67fd429b-8622-434d-99ab-d7525e0dde3e', 'FbPIG-6aoMdUUGOoCLdKO3r6LJPPLaTxl8PuhZ4GpZ0', '01a22a91-fb6e-7add-8032-b97da6a37fdf', '{"amr":["pwd"],"new_device":false}', @now - 1633722),
	('main', '01a22a91-fddd-7a0d-b78b-c6f2a0111ada', 'session.ended', 'success', 'logout', '67fd429b-8622-434d-99ab-d7525e0dde3e', '67fd429b-8622-434d-99ab-d7525e0dde3e', 'FbPIG-6aoMdUUGOoCLdKO3r6LJPPLaTxl8PuhZ4GpZ0', '01a22a91-fdd9-722c-b381-fab48784e90e', '{}', @now - 1602115),
	('main', '01a22a91-fe20-710a-b206-80e0e519216f', 'password.reset_requested', 'success', '', '', '67fd429b-8622-434d-99ab-d7525e0dde3e', '', '01a22a91-fe1f-738b-9a68-488749d61c8f', '{}', @now - 1535710),
	('main', '01a22a91-fef4-78b5-981a-6f92b764f8a4', 'sign_up.requested', 'success', '', '', '', '', '01a22a91-fe56-7e92-beac-3517bd9c41b7', '{}', @now - 1323208),
	('main', '01a22a91-ffd6-7b74-be7d-f7b88dd09134', 'sign_up.requested', 'success', '', '', '', '', '01a22a91-ff17-7174-b249-32d5afb3edba', '{}', @now - 1097028);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a91-f8c7-714a-9702-ca7635584b29', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a91-f999-7b2e-8585-f3be704ece5c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a91-f999-7e45-bef3-272150cb0926', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a91-fb57-73ed-921b-e65f5a251133', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a91-fdbe-70d1-91d0-7661cb696e50', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a91-fddd-7a0d-b78b-c6f2a0111ada', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a91-fe20-710a-b206-80e0e519216f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a91-fef4-78b5-981a-6f92b764f8a4', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a91-ffd6-7b74-be7d-f7b88dd09134', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'MzsF8oJqKS7Vuk29CYFqP3K164ZLJ9X9lybNqxrnQVQ', 'ES256', '{"use":"sig","kty":"EC","kid":"MzsF8oJqKS7Vuk29CYFqP3K164ZLJ9X9lybNqxrnQVQ","crv":"P-256","alg":"ES256","x":"lK768Kach6cQHiBKXha7H9djFI5seY5WsTBC7Ij-ahY","y":"SC9Dw7PK5p288kHkSd_LzpK7HtFDhs9cbyfQPlp3KdY"}', 'v1.jz9HJA.bt_s5_cMhizXKBNEZm6rV7Wuo5M7nV7itHgFhsWTUVnw6K7RL7yCQGx7scJKrdEAF5bfM_0RtbJCz4mij4n7Ije-LtV7WYPNMGdb_OGQwalDKbFcIwD_45Y2BObrjln3hIXjHN8xV_4FrAhNraRA8_5fffXwmJ_egyKM1befkpmPpGcUtZv2D9GgtRpW6DO-3PTi0zaLoPdxPbHlo992evZjX_Ev4g', @now - 3835470, @now - 3835470, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3939246);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', -160859317815086141);
