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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-29 21:03:21'),
	(2, 1, 1, '2026-11-29 21:03:21'),
	(3, 2, 1, '2026-11-29 21:03:21'),
	(4, 3, 1, '2026-11-29 21:03:21'),
	(5, 4, 1, '2026-11-29 21:03:21'),
	(6, 5, 1, '2026-11-29 21:03:21'),
	(7, 6, 1, '2026-11-29 21:03:21'),
	(8, 7, 1, '2026-11-29 21:03:21'),
	(9, 8, 1, '2026-11-29 21:03:21'),
	(10, 9, 1, '2026-11-29 21:03:21'),
	(11, 10, 1, '2026-11-29 21:03:21'),
	(12, 11, 1, '2026-11-29 21:03:21'),
	(13, 12, 1, '2026-11-29 21:03:21'),
	(14, 13, 1, '2026-11-29 21:03:21'),
	(15, 14, 1, '2026-11-29 21:03:21'),
	(16, 15, 1, '2026-11-29 21:03:21'),
	(17, 16, 1, '2026-11-29 21:03:21'),
	(18, 17, 1, '2026-11-29 21:03:21'),
	(19, 18, 1, '2026-11-29 21:03:21'),
	(20, 19, 1, '2026-11-29 21:03:21'),
	(21, 20, 1, '2026-11-29 21:03:21'),
	(22, 21, 1, '2026-11-29 21:03:21'),
	(23, 22, 1, '2026-11-29 21:03:21'),
	(24, 23, 1, '2026-11-29 21:03:21'),
	(25, 24, 1, '2026-11-29 21:03:21'),
	(26, 25, 1, '2026-11-29 21:03:21'),
	(27, 26, 1, '2026-11-29 21:03:21'),
	(28, 27, 1, '2026-11-29 21:03:21'),
	(29, 28, 1, '2026-11-29 21:03:21'),
	(30, 29, 1, '2026-11-29 21:03:21'),
	(31, 30, 1, '2026-11-29 21:03:21'),
	(32, 31, 1, '2026-11-29 21:03:21'),
	(33, 32, 1, '2026-11-29 21:03:21'),
	(34, 33, 1, '2026-11-29 21:03:21'),
	(35, 34, 1, '2026-11-29 21:03:21'),
	(36, 35, 1, '2026-11-29 21:03:21'),
	(37, 36, 1, '2026-11-29 21:03:21'),
	(38, 37, 1, '2026-11-29 21:03:21'),
	(39, 38, 1, '2026-11-29 21:03:21'),
	(40, 39, 1, '2026-11-29 21:03:21'),
	(41, 40, 1, '2026-11-29 21:03:21'),
	(42, 41, 1, '2026-11-29 21:03:21'),
	(43, 42, 1, '2026-11-29 21:03:21'),
	(44, 43, 1, '2026-11-29 21:03:21'),
	(45, 44, 1, '2026-11-29 21:03:21'),
	(46, 45, 1, '2026-11-29 21:03:21'),
	(47, 46, 1, '2026-11-29 21:03:21'),
	(48, 47, 1, '2026-11-29 21:03:21'),
	(49, 48, 1, '2026-11-29 21:03:21'),
	(50, 49, 1, '2026-11-29 21:03:21'),
	(51, 50, 1, '2026-11-29 21:03:21'),
	(52, 51, 1, '2026-11-29 21:03:21'),
	(53, 52, 1, '2026-11-29 21:03:21'),
	(54, 53, 1, '2026-11-29 21:03:21'),
	(55, 54, 1, '2026-11-29 21:03:21'),
	(56, 55, 1, '2026-11-29 21:03:21'),
	(57, 56, 1, '2026-11-29 21:03:21'),
	(58, 57, 1, '2026-11-29 21:03:21'),
	(59, 58, 1, '2026-11-29 21:03:21'),
	(60, 59, 1, '2026-11-29 21:03:21'),
	(61, 60, 1, '2026-11-29 21:03:21'),
	(62, 61, 1, '2026-11-29 21:03:21'),
	(63, 62, 1, '2026-11-29 21:03:21'),
	(64, 63, 1, '2026-11-29 21:03:21'),
	(65, 64, 1, '2026-11-29 21:03:21'),
	(66, 65, 1, '2026-11-29 21:03:21'),
	(67, 66, 1, '2026-11-29 21:03:21'),
	(68, 67, 1, '2026-11-29 21:03:21'),
	(69, 68, 1, '2026-11-29 21:03:21'),
	(70, 69, 1, '2026-11-29 21:03:21'),
	(71, 70, 1, '2026-11-29 21:03:21'),
	(72, 71, 1, '2026-11-29 21:03:21'),
	(73, 72, 1, '2026-11-29 21:03:21'),
	(74, 73, 1, '2026-11-29 21:03:21');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 'ada@people.example', 'ada@people.example', @now - 1197879, '', '{}', '', 'active', 1, @now - 1091401, @now - 1197879, @now - 1197879, @now - 1197879);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a2291e-9e07-7c7d-9856-d06a684b7218', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 'password', '$argon2id$v=19$m=19456,t=2,p=1$iLQ4SUa8i+Wz49dEXklsmw$9rhx+pwV7ztVa4qd9vnjw3TsIBF+VFMzKmQYHWPSSn8', @now - 1197879, @now - 1197879);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a2291e-9dcc-759f-bdd6-83f8d20cdcf3', 'ada@people.example', 'ada@people.example', '', '', 'Om9mGJ2B1CS9JvcBMgIyv9CICZEqaEDxEJhzJlprix8', @now - 1257584, @now + 86398742416, @now - 1197991, NULL, '', 'gQvefRI3hiLiBe-mqNm6r7ttKOQbOdpGDD6wQSxTg2Q', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1257584),
	('main', '01a2291e-9e99-7447-9075-adcf51e6ce64', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$ec7fVZZwVk4jEoQtlGe4kg$+uxHV0YPv+FLnAifAo/+A2M23vT40CTfBIJ4h3icioM', '', 'OpPyfS0qzjXrRaxiZxil0l2q3Otp6lzR5YSRkjYUJLo', @now - 1052519, @now + 86398947481, NULL, NULL, '', 'l3fENmVnJM0ftLLBOyh2Krl3ZQCHBOkJX57S6HAEXKs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1052519),
	('main', '01a2291e-9ec2-7f3e-8e1a-6b9ae5ebbdb5', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$QAhzu2yOCEX4vMJ1Mi1bpA$anhNjMIO8i56KfZMXlfqO6838CGlvILjYgB4AcOtEnM', '', 'QKwsDj_5XS3wmpHAQDvo38SK9bYh-h2jfUIHDeJRzIo', @now - 1011172, @now + 86398988828, NULL, NULL, '', 'QwF4z6yIDxyyost2B0qEfzLuWwZ3XgDsEjvn4-WfqE0', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1011172);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a2291e-9e78-7bda-b496-198ee9e8fef9', 'reset_password', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 'sTerNSG1wNnf1Y8Z-bzak2BPIrJm3iha5HkE965kIyE', 1, @now - 1084840, @now + 3598915160, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'e885c032-c6d4-4ed7-8543-382cb7e222f8', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 1, '5zAHZecN9MlBSU_vskTk3g', 0, @now - 1146615, @now - 1146615, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1195527, '', @now + 7775998850665, @now + 2591998853385, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1149335, @now - 1146615),
	('main', '28cf5d2f-0b0b-4ab7-a511-4e74fd8cbd84', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 0, 'g64NsFg8POvjjfE_StBiyg', -1, NULL, @now - 1091401, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1145071, '', @now + 7775998908599, @now + 2591998908599, @now - 1087867, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1091401, @now - 1091401);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'cVNzkyyX_L0voZDLye4wQg', 1, @now + 4388715814722861713, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '28cf5d2f-0b0b-4ab7-a511-4e74fd8cbd84', 0, @now - 1087867, @now + 1078912133, @now + 4388715814722861713);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '7KiC3LUe1xhasLCG-jLPD56R7cNxaMM8FoXrW_N_y6Y', 1, @now + 3598742842),
	('main', 'mail', 'tHhCrLBY-pABEfarHnDxxwD2v_zJbRiyV31kB8KxsJw', 1, @now + 3598914634),
	('main', 'mail', '2CPIvXxfJBHuixZR1lcxaRqf1A9Su6IeP5ev4CtZgHw', 1, @now + 3598947694),
	('main', 'mail', 'UgvZJk-NOfYY1P_ejxXnrzRL8YR-9UoH3DdGsIumook', 1, @now + 3598989414);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a2291e-9dcd-7a7b-b9a3-df7c4c440f87', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a2291e-9dcc-759f-bdd6-83f8d20cdcf3","token_table":"pending_signups","expires_at":"@time(23h59m58.742416s)","data":{"address":"127.0.0.1","place":"","time":"29 November 2026, 21:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1256615, @now + 86398742416, NULL, '', @now - 1256615, @now - 1206615),
	('main', '01a2291e-9e79-711c-aef1-5835a2f968d7', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a2291e-9e78-7bda-b496-198ee9e8fef9","token_table":"one_time_tokens","expires_at":"@time(59m58.91516s)","data":{"address":"127.0.0.1","place":"","time":"29 November 2026, 21:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1084615, @now + 3598915160, NULL, '', @now - 1084615, @now - 1080615),
	('main', '01a2291e-9e9a-71ec-822f-7c60293c6335', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a2291e-9e99-7447-9075-adcf51e6ce64","token_table":"pending_signups","expires_at":"@time(23h59m58.947481s)","data":{"address":"127.0.0.1","place":"","time":"29 November 2026, 21:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1051615, @now + 86398947481, NULL, '', @now - 1051615, @now - 1047615),
	('main', '01a2291e-9ec3-7465-bfd4-fdd847c680b1', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a2291e-9ec2-7f3e-8e1a-6b9ae5ebbdb5","token_table":"pending_signups","expires_at":"@time(23h59m58.988828s)","data":{"address":"127.0.0.1","place":"","time":"29 November 2026, 21:03 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.MbDVqg.T_clN-EBcI0ppUX5d_G-qt_T0hmuJOYJPW7-9jYrruXAP5YHeoMCPpGLFZ8fDjCmvkRlDDir_LbaW3raSY2CFP4g9zT6pLFGCPGKhQ', 'ready', 1, 14, 1, @now + 3157141, @now + 86398988828, NULL, 'send mail: mail server 127.0.0.1:45145: connect: EOF', @now - 1010615, @now - 1007615);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a2291e-9dcd-76b8-9001-fa19e06541a2', 'sign_up.requested', 'success', '', '', '', '', '01a2291e-9d8e-7895-9bee-6867cafb2c12', '{}', @now - 1256174),
	('main', '01a2291e-9e07-7d1b-b8c2-06b0f5ebc757', 'user.created', 'success', '', '', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '', '01a2291e-9e03-7de0-9452-ae96b91f6a0f', '{}', @now - 1197756),
	('main', '01a2291e-9e07-7ebd-9908-ae6c31862456', 'email.verified', 'success', '', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '', '01a2291e-9e03-7de0-9452-ae96b91f6a0f', '{"by":"link","claimed":true}', @now - 1197649),
	('main', '01a2291e-9e38-7b1b-990c-69149cc39e2e', 'session.opened', 'success', '', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '3CkDjh9lTC7YfZQahzCCt70NgOG61_dNdmpeV4uC7eM', '01a2291e-9e09-7e35-a491-cb86f40eee41', '{"amr":["pwd"],"new_device":false}', @now - 1148884),
	('main', '01a2291e-9e72-7adb-8579-c9bd3a50dacf', 'session.opened', 'success', '', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 'zfJa9Us1y0g0UJelcp-qtIT4e8ZnUIanel8ZKN1Tk-k', '01a2291e-9e3c-762d-a4a5-63827bfcbbed', '{"amr":["pwd"],"new_device":false}', @now - 1090900),
	('main', '01a2291e-9e75-7c24-a4b0-8f1ee77f77f9', 'session.ended', 'success', 'logout', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', 'zfJa9Us1y0g0UJelcp-qtIT4e8ZnUIanel8ZKN1Tk-k', '01a2291e-9e75-73a5-8011-4749ecdba122', '{}', @now - 1087818),
	('main', '01a2291e-9e78-7e9c-9091-5c3f529df1f4', 'password.reset_requested', 'success', '', '', '4bfee6de-bb4a-4ef4-8422-bd0e6f20c849', '', '01a2291e-9e78-7062-8a02-4d652fefec92', '{}', @now - 1084657),
	('main', '01a2291e-9e9a-7021-bbf3-10429e647ad0', 'sign_up.requested', 'success', '', '', '', '', '01a2291e-9e80-716c-8b1d-89cc88ec0c45', '{}', @now - 1051606),
	('main', '01a2291e-9ec3-7385-8b55-d8af91f5e681', 'sign_up.requested', 'success', '', '', '', '', '01a2291e-9e9e-7a12-8e3c-46d4ef507713', '{}', @now - 1010384);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a2291e-9dcd-76b8-9001-fa19e06541a2', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2291e-9e07-7d1b-b8c2-06b0f5ebc757', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2291e-9e07-7ebd-9908-ae6c31862456', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2291e-9e38-7b1b-990c-69149cc39e2e', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2291e-9e72-7adb-8579-c9bd3a50dacf', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2291e-9e75-7c24-a4b0-8f1ee77f77f9', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a2291e-9e78-7e9c-9091-5c3f529df1f4', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2291e-9e9a-7021-bbf3-10429e647ad0', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a2291e-9ec3-7385-8b55-d8af91f5e681', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'bZfjVPvFEl7uRC6u33BzC9ZSXcySJLL9UO6qp9uBKhs', 'ES256', '{"use":"sig","kty":"EC","kid":"bZfjVPvFEl7uRC6u33BzC9ZSXcySJLL9UO6qp9uBKhs","crv":"P-256","alg":"ES256","x":"6m2qJf70VBFBqM0ptZe4XX4WNj4kydYVCapWsfy6CsU","y":"SQKmTcHb7PkTt3P8q50RjUyESOE66WVysouFRPpvK2w"}', 'v1.MbDVqg.JFhDtvSpxowhvic1b4EFkHQFjiaFarR9h10mjjx1k3NbXRrJBbjZ9OoDRQIRc9RyrutIpTM0VVGfCq4dYZQXlcSSHLNdMhYb5jzc4oGZLuUB08V9NqS70_f9foArGx4S31TYzotJPnPcqfMJZvZjjot6ZpwKe9-NRfJ-BoTiisPSGesBuPcCjdyLNcDor1QSC4MAt0gsr68i76IBLJIPDete4J0pzw', @now - 1513090, @now - 1513090, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'MbDVqg', 'iEWBcLdkgw5fqxBwOSuPoC0NVeyu5ZZRyu6ueidJQWE', @now - 1530936);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
