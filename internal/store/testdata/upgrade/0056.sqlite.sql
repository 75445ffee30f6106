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
	updated_at        BIGINT       NOT NULL,
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
	superseded_at   BIGINT,
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
	superseded_at BIGINT, session_id VARCHAR(64),
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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-29 19:48:09'),
	(2, 1, 1, '2026-11-29 19:48:09'),
	(3, 2, 1, '2026-11-29 19:48:09'),
	(4, 3, 1, '2026-11-29 19:48:09'),
	(5, 4, 1, '2026-11-29 19:48:09'),
	(6, 5, 1, '2026-11-29 19:48:09'),
	(7, 6, 1, '2026-11-29 19:48:09'),
	(8, 7, 1, '2026-11-29 19:48:09'),
	(9, 8, 1, '2026-11-29 19:48:09'),
	(10, 9, 1, '2026-11-29 19:48:09'),
	(11, 10, 1, '2026-11-29 19:48:09'),
	(12, 11, 1, '2026-11-29 19:48:09'),
	(13, 12, 1, '2026-11-29 19:48:09'),
	(14, 13, 1, '2026-11-29 19:48:09'),
	(15, 14, 1, '2026-11-29 19:48:09'),
	(16, 15, 1, '2026-11-29 19:48:09'),
	(17, 16, 1, '2026-11-29 19:48:09'),
	(18, 17, 1, '2026-11-29 19:48:09'),
	(19, 18, 1, '2026-11-29 19:48:09'),
	(20, 19, 1, '2026-11-29 19:48:09'),
	(21, 20, 1, '2026-11-29 19:48:09'),
	(22, 21, 1, '2026-11-29 19:48:09'),
	(23, 22, 1, '2026-11-29 19:48:09'),
	(24, 23, 1, '2026-11-29 19:48:09'),
	(25, 24, 1, '2026-11-29 19:48:09'),
	(26, 25, 1, '2026-11-29 19:48:09'),
	(27, 26, 1, '2026-11-29 19:48:09'),
	(28, 27, 1, '2026-11-29 19:48:09'),
	(29, 28, 1, '2026-11-29 19:48:09'),
	(30, 29, 1, '2026-11-29 19:48:09'),
	(31, 30, 1, '2026-11-29 19:48:09'),
	(32, 31, 1, '2026-11-29 19:48:09'),
	(33, 32, 1, '2026-11-29 19:48:09'),
	(34, 33, 1, '2026-11-29 19:48:09'),
	(35, 34, 1, '2026-11-29 19:48:09'),
	(36, 35, 1, '2026-11-29 19:48:09'),
	(37, 36, 1, '2026-11-29 19:48:09'),
	(38, 37, 1, '2026-11-29 19:48:09'),
	(39, 38, 1, '2026-11-29 19:48:09'),
	(40, 39, 1, '2026-11-29 19:48:09'),
	(41, 40, 1, '2026-11-29 19:48:09'),
	(42, 41, 1, '2026-11-29 19:48:09'),
	(43, 42, 1, '2026-11-29 19:48:09'),
	(44, 43, 1, '2026-11-29 19:48:09'),
	(45, 44, 1, '2026-11-29 19:48:09'),
	(46, 45, 1, '2026-11-29 19:48:09'),
	(47, 46, 1, '2026-11-29 19:48:09'),
	(48, 47, 1, '2026-11-29 19:48:09'),
	(49, 48, 1, '2026-11-29 19:48:09'),
	(50, 49, 1, '2026-11-29 19:48:09'),
	(51, 50, 1, '2026-11-29 19:48:09'),
	(52, 51, 1, '2026-11-29 19:48:09'),
	(53, 52, 1, '2026-11-29 19:48:09'),
	(54, 53, 1, '2026-11-29 19:48:09'),
	(55, 54, 1, '2026-11-29 19:48:09'),
	(56, 55, 1, '2026-11-29 19:48:09'),
	(57, 56, 1, '2026-11-29 19:48:09');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', '42410547-021f-459b-9227-d63e4042d78d', 'ada@people.example', 'ada@people.example', @now - 981054, '', '{}', '', 'active', 1, @now - 329856, @now - 981054, @now - 981054);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a228d9-c42d-7dad-aab5-89aa359df4ea', '42410547-021f-459b-9227-d63e4042d78d', 'password', '$argon2id$v=19$m=19456,t=2,p=1$Z4urlLYqktU0TtqR1huJXw$szovngzMcaLrsdYuba6HVGKMayk2txS7KOxEdfydeM4', @now - 981054, @now - 981054);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a228d9-c418-76ae-be5c-7d9894c0826d', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$Z4urlLYqktU0TtqR1huJXw$szovngzMcaLrsdYuba6HVGKMayk2txS7KOxEdfydeM4', '', 'oOZwhRgM4RWlMqxragMQnyfYeJJZrY6mmf5uBCnlY0Q', @now - 1002380, @now + 86398997620, @now - 981199, NULL),
	('main', '01a228d9-c6fe-7c59-84f9-13540983895d', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$EItu9LRAvzQhgBfJvYNBOw$/npCfm/k4PVylY4W0Bwhre5OY3Xl73glhqB+cb6YkUY', '', 'u53AaXTCEFwTOS1gLuBSgVnm7RAzBxmfYbYSr3RPIaQ', @now - 260002, @now + 86399739998, NULL, NULL),
	('main', '01a228d9-c7c5-72c0-8ecf-a0fbc83e27c7', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$FcVeqEzGyR/8FEzAV/3OCg$Knz90gCaz7UxWy6FwmLpH3IYbP2RFykwdlBVbXOnsBw', '', 'bYxCRRGgPtTpEJGxAX3IN__m5EHFR7uuOFHVsZ158hs', @now - 61631, @now + 86399938369, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id) VALUES
	('main', '01a228d9-c6ca-7b52-bab6-cb7dbad56059', 'reset_password', '42410547-021f-459b-9227-d63e4042d78d', 'oszqi2h1Lc8gRR15Yt-PJyg2q0mUBuPX4NozAQocUlM', 1, @now - 312065, @now + 3599687935, NULL, NULL, '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '478a9e5c-7237-4a15-8af5-b435d2eb7557', '42410547-021f-459b-9227-d63e4042d78d', 1, '4q2Oqv53f-f2TD28w8bvjg', 0, @now - 659806, @now - 659806, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 963322, '', @now + 7775999334793, @now + 2591999340194, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 665207, @now - 659806),
	('main', '81adadd6-84bb-4654-92ed-f8a0bd708ca4', '42410547-021f-459b-9227-d63e4042d78d', 0, 'oapyS-3yHHq61FMRPvFz_A', -1, NULL, @now - 329856, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 654623, '', @now + 7775999670144, @now + 2591999670144, @now - 316976, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 329856, @now - 329856);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'j1nWgikfZEqLLP6FzQXumg', 1, @now + 6813406012509415720, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '81adadd6-84bb-4654-92ed-f8a0bd708ca4', 0, @now - 316976, @now + 1079683024, @now + 6813406012509415720);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'n0R9PqoLSG5hSVEdL3StcdniQfarjSnQ9ABBBoguptQ', 2, @now + 3598998805),
	('main', 'mail', 'vTLpYHnfBy-Ta8X47kRLnoCPUiOfkH0dgIXBreEMwAc', 1, @now + 3599740138),
	('main', 'mail', 'uTTcPq5OlSW-AEnsLKYeza9F1VAlRzmbufb7RCPg63A', 1, @now + 3599942285);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a228d9-c41e-7037-82ef-83d24d524587', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a228d9-c418-76ae-be5c-7d9894c0826d","token_table":"pending_signups","expires_at":"@time(23h59m58.99762s)"}', '', 'done', 1, 14, 1, @now - 996806, @now + 86398997620, NULL, '', @now - 996806, @now - 976806),
	('main', '01a228d9-c6ca-7cab-a633-4984f817d1fc', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a228d9-c6ca-7b52-bab6-cb7dbad56059","token_table":"one_time_tokens","expires_at":"@time(59m59.687936s)"}', '', 'done', 1, 14, 1, @now - 312806, @now + 3599687935, NULL, '', @now - 312806, @now - 307806),
	('main', '01a228d9-c6ff-7229-9c32-26a4adc002ef', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a228d9-c6fe-7c59-84f9-13540983895d","token_table":"pending_signups","expires_at":"@time(23h59m59.739998s)"}', '', 'done', 1, 14, 1, @now - 259806, @now + 86399739998, NULL, '', @now - 259806, @now - 172806),
	('main', '01a228d9-c7ce-73e1-8c60-3ca116ec25a5', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a228d9-c7c5-72c0-8ecf-a0fbc83e27c7","token_table":"pending_signups","expires_at":"@time(23h59m59.938369s)"}', 'v1.xDe7Sg.n8afU9CDsCukhCXkbNXURjDkf7NJToNIFWmaEDWVY22cPc8sdtdqoaJT1CUbXaMIu7pFrMfvtaZfSgRLRmsFy6oBS6mGUMZ1rvbTJQ', 'ready', 1, 14, 1, @now + 5838278, @now + 86399938369, NULL, 'send mail: mail server 127.0.0.1:41715: connect: EOF', @now - 52806, @now - 39806);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a228d9-c41d-7479-92dd-cb8fa65930cf', 'sign_up.requested', 'success', '', '', '', '', '01a228d9-c351-7418-aab7-185948611c32', '{}', @now - 997510),
	('main', '01a228d9-c42d-7ebf-8802-b5bfa3d499c8', 'user.created', 'success', '', '', '42410547-021f-459b-9227-d63e4042d78d', '', '01a228d9-c42d-7025-948f-0edbfaae69bb', '{}', @now - 980839),
	('main', '01a228d9-c42e-7061-bb03-57d8d3a84e4c', 'email.verified', 'success', '', '42410547-021f-459b-9227-d63e4042d78d', '42410547-021f-459b-9227-d63e4042d78d', '', '01a228d9-c42d-7025-948f-0edbfaae69bb', '{}', @now - 980781),
	('main', '01a228d9-c56a-7050-ac2e-82cefd48dd44', 'session.opened', 'success', '', '42410547-021f-459b-9227-d63e4042d78d', '42410547-021f-459b-9227-d63e4042d78d', 'BJjTS8Vp07DgCy8wOhFLN-sWJ8iZqP6V2XaqktS3xR4', '01a228d9-c43e-7b2b-abe6-6c021c2166f8', '{"amr":["pwd"],"new_device":false}', @now - 664782),
	('main', '01a228d9-c6ba-7998-980e-a4d98ae4fd76', 'session.opened', 'success', '', '42410547-021f-459b-9227-d63e4042d78d', '42410547-021f-459b-9227-d63e4042d78d', 'p0tLrDOCsRqtrHu3ab6_PYEP46vxNV6pLPz0iHn7tgs', '01a228d9-c573-7db0-8439-e09ff16e2a5d', '{"amr":["pwd"],"new_device":false}', @now - 328173),
	('main', '01a228d9-c6c6-77b3-80dc-e6194608dbc9', 'session.ended', 'success', 'logout', '42410547-021f-459b-9227-d63e4042d78d', '42410547-021f-459b-9227-d63e4042d78d', 'p0tLrDOCsRqtrHu3ab6_PYEP46vxNV6pLPz0iHn7tgs', '01a228d9-c6c5-74e2-8384-fa99a9de22e8', '{}', @now - 316299),
	('main', '01a228d9-c6ca-79e8-8185-a7f368d7df78', 'password.reset_requested', 'success', '', '', '42410547-021f-459b-9227-d63e4042d78d', '', '01a228d9-c6c9-7da9-adfb-1154e6915635', '{}', @now - 312156),
	('main', '01a228d9-c6ff-715b-9494-09b1faaefb8b', 'sign_up.requested', 'success', '', '', '', '', '01a228d9-c6cf-7ebf-8810-a9642b39ff83', '{}', @now - 259716),
	('main', '01a228d9-c7c9-74f8-9b89-860b1dd823f5', 'sign_up.requested', 'success', '', '', '', '', '01a228d9-c757-7b88-8149-abe54b3fba6f', '{}', @now - 57479);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a228d9-c41d-7479-92dd-cb8fa65930cf', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a228d9-c42d-7ebf-8802-b5bfa3d499c8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a228d9-c42e-7061-bb03-57d8d3a84e4c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a228d9-c56a-7050-ac2e-82cefd48dd44', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a228d9-c6ba-7998-980e-a4d98ae4fd76', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a228d9-c6c6-77b3-80dc-e6194608dbc9', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a228d9-c6ca-79e8-8185-a7f368d7df78', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a228d9-c6ff-715b-9494-09b1faaefb8b', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a228d9-c7c9-74f8-9b89-860b1dd823f5', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'IKYNmFMYmpyYflgMZmXBi5GmPK6qK-EKLIi7pl0I1iA', 'ES256', '{"use":"sig","kty":"EC","kid":"IKYNmFMYmpyYflgMZmXBi5GmPK6qK-EKLIi7pl0I1iA","crv":"P-256","alg":"ES256","x":"wiiz_mFGo90O7JiHTp77-oAjjQFFfowlWtZL4Orpe4s","y":"ftr07t6NJhzPX1htC0S6HuO-V84dmODIXOY_BvH1BU0"}', 'v1.xDe7Sg.d4yvTmBQrEgXJgWoxwXXrZt2xycsBLgEEHwYBstkxLNBLj1Ir-NqFTSko1gMIekqlTAleCHo3cl3BefrnWoX7BbN8WLH8CzdogyMuSjWFF-AXjFVWU89k_ptmY7fcW_gLtja0G8WMKM-84B-ejNHmB2ygY7otYYu5S2rYrm9E-_03p9AM63nlu0oW9UDE_iDm1ODIERA1yhRlzB4C7OgKqo_zeruFg', @now - 1398189, @now - 1398189, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'xDe7Sg', 'XtFiwpkkOLAokGCXAOw4tu6lmbi0GYzBCvZji2p5INs', @now - 1463146);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
