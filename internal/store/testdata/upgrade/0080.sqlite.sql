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
	updated_at        BIGINT       NOT NULL, claimed_at BIGINT, language VARCHAR(64), zoneinfo VARCHAR(64),
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
	(1, 0, 1, '2026-11-30 10:59:11'),
	(2, 1, 1, '2026-11-30 10:59:11'),
	(3, 2, 1, '2026-11-30 10:59:11'),
	(4, 3, 1, '2026-11-30 10:59:11'),
	(5, 4, 1, '2026-11-30 10:59:11'),
	(6, 5, 1, '2026-11-30 10:59:11'),
	(7, 6, 1, '2026-11-30 10:59:11'),
	(8, 7, 1, '2026-11-30 10:59:11'),
	(9, 8, 1, '2026-11-30 10:59:11'),
	(10, 9, 1, '2026-11-30 10:59:11'),
	(11, 10, 1, '2026-11-30 10:59:11'),
	(12, 11, 1, '2026-11-30 10:59:11'),
	(13, 12, 1, '2026-11-30 10:59:11'),
	(14, 13, 1, '2026-11-30 10:59:11'),
	(15, 14, 1, '2026-11-30 10:59:11'),
	(16, 15, 1, '2026-11-30 10:59:11'),
	(17, 16, 1, '2026-11-30 10:59:11'),
	(18, 17, 1, '2026-11-30 10:59:11'),
	(19, 18, 1, '2026-11-30 10:59:11'),
	(20, 19, 1, '2026-11-30 10:59:11'),
	(21, 20, 1, '2026-11-30 10:59:11'),
	(22, 21, 1, '2026-11-30 10:59:11'),
	(23, 22, 1, '2026-11-30 10:59:11'),
	(24, 23, 1, '2026-11-30 10:59:11'),
	(25, 24, 1, '2026-11-30 10:59:11'),
	(26, 25, 1, '2026-11-30 10:59:11'),
	(27, 26, 1, '2026-11-30 10:59:11'),
	(28, 27, 1, '2026-11-30 10:59:11'),
	(29, 28, 1, '2026-11-30 10:59:11'),
	(30, 29, 1, '2026-11-30 10:59:11'),
	(31, 30, 1, '2026-11-30 10:59:11'),
	(32, 31, 1, '2026-11-30 10:59:11'),
	(33, 32, 1, '2026-11-30 10:59:11'),
	(34, 33, 1, '2026-11-30 10:59:12'),
	(35, 34, 1, '2026-11-30 10:59:12'),
	(36, 35, 1, '2026-11-30 10:59:12'),
	(37, 36, 1, '2026-11-30 10:59:12'),
	(38, 37, 1, '2026-11-30 10:59:12'),
	(39, 38, 1, '2026-11-30 10:59:12'),
	(40, 39, 1, '2026-11-30 10:59:12'),
	(41, 40, 1, '2026-11-30 10:59:12'),
	(42, 41, 1, '2026-11-30 10:59:12'),
	(43, 42, 1, '2026-11-30 10:59:12'),
	(44, 43, 1, '2026-11-30 10:59:12'),
	(45, 44, 1, '2026-11-30 10:59:12'),
	(46, 45, 1, '2026-11-30 10:59:12'),
	(47, 46, 1, '2026-11-30 10:59:12'),
	(48, 47, 1, '2026-11-30 10:59:12'),
	(49, 48, 1, '2026-11-30 10:59:12'),
	(50, 49, 1, '2026-11-30 10:59:12'),
	(51, 50, 1, '2026-11-30 10:59:12'),
	(52, 51, 1, '2026-11-30 10:59:12'),
	(53, 52, 1, '2026-11-30 10:59:12'),
	(54, 53, 1, '2026-11-30 10:59:12'),
	(55, 54, 1, '2026-11-30 10:59:12'),
	(56, 55, 1, '2026-11-30 10:59:12'),
	(57, 56, 1, '2026-11-30 10:59:12'),
	(58, 57, 1, '2026-11-30 10:59:12'),
	(59, 58, 1, '2026-11-30 10:59:12'),
	(60, 59, 1, '2026-11-30 10:59:12'),
	(61, 60, 1, '2026-11-30 10:59:12'),
	(62, 61, 1, '2026-11-30 10:59:12'),
	(63, 62, 1, '2026-11-30 10:59:12'),
	(64, 63, 1, '2026-11-30 10:59:12'),
	(65, 64, 1, '2026-11-30 10:59:12'),
	(66, 65, 1, '2026-11-30 10:59:12'),
	(67, 66, 1, '2026-11-30 10:59:12'),
	(68, 67, 1, '2026-11-30 10:59:12'),
	(69, 68, 1, '2026-11-30 10:59:12'),
	(70, 69, 1, '2026-11-30 10:59:12'),
	(71, 70, 1, '2026-11-30 10:59:12'),
	(72, 71, 1, '2026-11-30 10:59:12'),
	(73, 72, 1, '2026-11-30 10:59:12'),
	(74, 73, 1, '2026-11-30 10:59:12'),
	(75, 74, 1, '2026-11-30 10:59:12'),
	(76, 75, 1, '2026-11-30 10:59:12'),
	(77, 76, 1, '2026-11-30 10:59:12'),
	(78, 77, 1, '2026-11-30 10:59:12'),
	(79, 78, 1, '2026-11-30 10:59:12'),
	(80, 79, 1, '2026-11-30 10:59:12'),
	(81, 80, 1, '2026-11-30 10:59:12');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo) VALUES
	('main', 'ea009212-cdbd-4092-905d-e7ca9150b982', 'ada@people.example', 'ada@people.example', @now - 2286564, '', '{}', '', 'active', 1, @now - 1480928, @now - 2286564, @now - 2286564, @now - 2286564, '', '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22c1b-dc01-7571-b7d8-0da1f5bef3f7', 'ea009212-cdbd-4092-905d-e7ca9150b982', 'password', '$argon2id$v=19$m=19456,t=2,p=1$Y2wXlOw7Z0gWMqFO2jELhw$j9Jk+1S22Ug6kanxSOI59MzguXUDe7npqnJhloYl/nk', @now - 2286564, @now - 2286564);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22c1b-dbd5-7318-a8bc-eb2bacd4124d', 'ada@people.example', 'ada@people.example', '', '', 'j3_pWrHgSB3RXppfzEuS1YRdgwe0HMKmszm-5Ey2efQ', @now - 2330750, @now + 86397669250, @now - 2286930, NULL, '', 'F_AoVKsQHEiP2s9TgDmcjthxCEx4lComoiritghUx7c', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 2330750, ''),
	('main', '01a22c1b-dfa9-7b0a-b591-2c38b5083b5f', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$nIE0vgdGGVKoWkJyvAavfw$xYod7FSWNqp4RlgJQr+HH6z/5VXJKl9+BXxNq3VnypA', '', 'vbRQa6IVbjyVBu9V7vU2U3wR-KjEvYpMriMrSab90OA', @now - 1350200, @now + 86398649800, NULL, NULL, '', 'mIEecwsh7s-4QZKrO8Nme1WrqZGnTfQBhuVFox8SJ2A', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1350200, ''),
	('main', '01a22c1b-e072-774b-acd8-5d03e47b6a22', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$GETtN/mBjY9VobDH2At+3A$ktMnePqDoAh0lAZLFp96BmGUqnkEHK4VhFTxFQ2BRqY', '', '3QymJgOIqCSw6pL2TSuky-eA8ZaLxSC4zIQLHRgUwYg', @now - 1149393, @now + 86398850607, NULL, NULL, '', 'gAAAYFCWwX32J9CO5lTknCRxEGedn3Avl8NdMO2B74U', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1149393, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22c1b-df4f-76de-ab95-ef85df33618b', 'reset_password', 'ea009212-cdbd-4092-905d-e7ca9150b982', '1swnvl_1j3U-zwJak5OQeD4_t_E6NusRX1_KJVMtTmM', 1, @now - 1440309, @now + 3598559691, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'd17e78d0-6dc4-4959-949f-9811aed702e9', 'ea009212-cdbd-4092-905d-e7ca9150b982', 1, '2_fCCT0dL592ehqunlazhg', 0, @now - 1774758, @now - 1774758, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 2268575, '', @now + 7775998161868, @now + 2591998225242, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1838132, @now - 1774758),
	('main', '45d177ec-4949-497c-9548-32d2a4979f86', 'ea009212-cdbd-4092-905d-e7ca9150b982', 0, 'eAi3iv8DB33MlIX7yFrzbg', -1, NULL, @now - 1480928, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1758996, '', @now + 7775998519072, @now + 2591998519072, @now - 1457191, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1480928, @now - 1480928);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'bZao8CBqH5MkH5JsV-VwMw', 1, 5024546237305645743, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '45d177ec-4949-497c-9548-32d2a4979f86', 0, @now - 1457191, @now + 1078542809, 5024546237305645743);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3597669536),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3598559376),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3598649992),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3598850751);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22c1b-dbdf-7b38-805c-a35c6c78ae27', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22c1b-dbd5-7318-a8bc-eb2bacd4124d","token_table":"pending_signups","expires_at":"@time(23h59m57.669249s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.311759s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 2320758, @now + 86397669250, NULL, '', @now - 2320758, @now - 2289758),
	('main', '01a22c1b-df4f-7914-91b9-012ad6c9772b', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22c1b-df4f-76de-ab95-ef85df33618b","token_table":"one_time_tokens","expires_at":"@time(59m58.55969s)","data":{"address":"127.0.0.1","place":"","time":"@time(-2.311759s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1440758, @now + 3598559691, NULL, '', @now - 1440758, @now - 1425758),
	('main', '01a22c1b-dfaa-7824-b4a3-6e92a774e89b', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22c1b-dfa9-7b0a-b591-2c38b5083b5f","token_table":"pending_signups","expires_at":"@time(23h59m58.649799s)","data":{"address":"127.0.0.1","place":"","time":"@time(-2.311759s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1349758, @now + 86398649800, NULL, '', @now - 1349758, @now - 1345758),
	('main', '01a22c1b-e072-7c81-8600-4ce47c63de84', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22c1b-e072-774b-acd8-5d03e47b6a22","token_table":"pending_signups","expires_at":"@time(23h59m58.850606s)","data":{"address":"127.0.0.1","place":"","time":"@time(-1.311759s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.nSA2t6okwql9Le1bH3XCeQ4JpIy9NZeIQYSdLrJ6agSu4kKYbf-tvF2-pNqT308L1oA0AGwWZHXZjXCh3AGdsjD1UrPqERsSiqQLSQ', 'ready', 1, 14, 1, @now + 3854215, @now + 86398850607, NULL, 'send mail: mail server 127.0.0.1:35925: connect: EOF', @now - 1149758, @now - 1103758);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22c1b-dbdf-77b0-9249-d2ba71eeeea4', 'sign_up.requested', 'success', '', '', '', '', '01a22c1b-da26-78dc-b0f2-290feda92781', '{}', @now - 2320253),
	('main', '01a22c1b-dc01-773e-9882-dff17894183e', 'user.created', 'success', '', '', 'ea009212-cdbd-4092-905d-e7ca9150b982', '', '01a22c1b-dc00-75cd-b4e0-9675f1a8279d', '{}', @now - 2286283),
	('main', '01a22c1b-dc01-7a39-b356-85e99f0123cc', 'email.verified', 'success', '', 'ea009212-cdbd-4092-905d-e7ca9150b982', 'ea009212-cdbd-4092-905d-e7ca9150b982', '', '01a22c1b-dc00-75cd-b4e0-9675f1a8279d', '{"by":"link","claimed":true}', @now - 2286088),
	('main', '01a22c1b-ddc2-7318-9542-94d9aefaecb6', 'session.opened', 'success', '', 'ea009212-cdbd-4092-905d-e7ca9150b982', 'ea009212-cdbd-4092-905d-e7ca9150b982', '0_ehaV6OAoT7dSY8-hsFez4jKT9UZV5--FFj3wuJzPA', '01a22c1b-dc12-7dae-9237-8cd46f1b12d5', '{"amr":["pwd"],"new_device":false}', @now - 1837552),
	('main', '01a22c1b-df27-79c0-8080-2eb2ecaae74b', 'session.opened', 'success', '', 'ea009212-cdbd-4092-905d-e7ca9150b982', 'ea009212-cdbd-4092-905d-e7ca9150b982', '_vM2QWvimAiH-goPZEtBo8Rc_9yR-X1gmGfPCMiIw6Y', '01a22c1b-de10-7950-b5b0-b51f4492e87a', '{"amr":["pwd"],"new_device":false}', @now - 1480117),
	('main', '01a22c1b-df3e-798f-b114-5d57e01c51ec', 'session.ended', 'success', 'logout', 'ea009212-cdbd-4092-905d-e7ca9150b982', 'ea009212-cdbd-4092-905d-e7ca9150b982', '_vM2QWvimAiH-goPZEtBo8Rc_9yR-X1gmGfPCMiIw6Y', '01a22c1b-df3d-7083-b899-fa2f190be0ba', '{}', @now - 1457129),
	('main', '01a22c1b-df4f-780c-8eeb-34c48adcba3b', 'password.reset_requested', 'success', '', '', 'ea009212-cdbd-4092-905d-e7ca9150b982', '', '01a22c1b-df4e-7c8e-8eca-c6805bc4f4c4', '{}', @now - 1440230),
	('main', '01a22c1b-dfaa-75f5-995b-343e85cd812d', 'sign_up.requested', 'success', '', '', '', '', '01a22c1b-df5d-7e78-852c-7428e4d79e7f', '{}', @now - 1349367),
	('main', '01a22c1b-e072-7b8b-a62d-9f34aa193f61', 'sign_up.requested', 'success', '', '', '', '', '01a22c1b-dfb1-79a7-a42e-a42643bac14c', '{}', @now - 1149001);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22c1b-dbdf-77b0-9249-d2ba71eeeea4', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1b-dc01-773e-9882-dff17894183e', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1b-dc01-7a39-b356-85e99f0123cc', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1b-ddc2-7318-9542-94d9aefaecb6', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1b-df27-79c0-8080-2eb2ecaae74b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1b-df3e-798f-b114-5d57e01c51ec', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22c1b-df4f-780c-8eeb-34c48adcba3b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1b-dfaa-75f5-995b-343e85cd812d', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22c1b-e072-7b8b-a62d-9f34aa193f61', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'uCGyFl70Pb6RowsXilcI_DAWXve6XvKl1Dyh8yDRbTA', 'ES256', '{"use":"sig","kty":"EC","kid":"uCGyFl70Pb6RowsXilcI_DAWXve6XvKl1Dyh8yDRbTA","crv":"P-256","alg":"ES256","x":"F5wTzBrBYlXE3Aw7ON5HTRNZ7Dq62_EXt7l0sBqvDWk","y":"CJnjEwY9g3wtcI513KOmrflG6LnmplmOlfH4G7oCS_U"}', 'v1.jz9HJA.M1BSJe1FsWmP24gJvLh9iv1v08v2pPkF-IfImlYu1JJPxlkA0ujIkHMMVjL6WETgGGzOFa9zFLzRPJCzVzhM_u2wklM-ic5sfqarvOmD-qMWicWMfSNM0q1vm-9l1M4dqnRwELueTAWVPJUyXMQTarnnQkEnMPxOkqnVTGaQ4hcGtDgGWFHLOcLaGWQdleipsWQ80qEy7CQdqZRRr6Bl4Y90UqWRSQ', @now - 3048794, @now - 3048794, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3129832);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', 218147316504383061);
