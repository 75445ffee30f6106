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
	(1, 0, 1, '2026-11-30 03:03:14'),
	(2, 1, 1, '2026-11-30 03:03:14'),
	(3, 2, 1, '2026-11-30 03:03:14'),
	(4, 3, 1, '2026-11-30 03:03:14'),
	(5, 4, 1, '2026-11-30 03:03:14'),
	(6, 5, 1, '2026-11-30 03:03:14'),
	(7, 6, 1, '2026-11-30 03:03:14'),
	(8, 7, 1, '2026-11-30 03:03:14'),
	(9, 8, 1, '2026-11-30 03:03:14'),
	(10, 9, 1, '2026-11-30 03:03:14'),
	(11, 10, 1, '2026-11-30 03:03:14'),
	(12, 11, 1, '2026-11-30 03:03:14'),
	(13, 12, 1, '2026-11-30 03:03:14'),
	(14, 13, 1, '2026-11-30 03:03:14'),
	(15, 14, 1, '2026-11-30 03:03:14'),
	(16, 15, 1, '2026-11-30 03:03:14'),
	(17, 16, 1, '2026-11-30 03:03:14'),
	(18, 17, 1, '2026-11-30 03:03:14'),
	(19, 18, 1, '2026-11-30 03:03:14'),
	(20, 19, 1, '2026-11-30 03:03:14'),
	(21, 20, 1, '2026-11-30 03:03:14'),
	(22, 21, 1, '2026-11-30 03:03:14'),
	(23, 22, 1, '2026-11-30 03:03:14'),
	(24, 23, 1, '2026-11-30 03:03:14'),
	(25, 24, 1, '2026-11-30 03:03:14'),
	(26, 25, 1, '2026-11-30 03:03:14'),
	(27, 26, 1, '2026-11-30 03:03:14'),
	(28, 27, 1, '2026-11-30 03:03:14'),
	(29, 28, 1, '2026-11-30 03:03:14'),
	(30, 29, 1, '2026-11-30 03:03:14'),
	(31, 30, 1, '2026-11-30 03:03:14'),
	(32, 31, 1, '2026-11-30 03:03:14'),
	(33, 32, 1, '2026-11-30 03:03:14'),
	(34, 33, 1, '2026-11-30 03:03:14'),
	(35, 34, 1, '2026-11-30 03:03:14'),
	(36, 35, 1, '2026-11-30 03:03:14'),
	(37, 36, 1, '2026-11-30 03:03:14'),
	(38, 37, 1, '2026-11-30 03:03:14'),
	(39, 38, 1, '2026-11-30 03:03:14'),
	(40, 39, 1, '2026-11-30 03:03:14'),
	(41, 40, 1, '2026-11-30 03:03:14'),
	(42, 41, 1, '2026-11-30 03:03:14'),
	(43, 42, 1, '2026-11-30 03:03:14'),
	(44, 43, 1, '2026-11-30 03:03:14'),
	(45, 44, 1, '2026-11-30 03:03:14'),
	(46, 45, 1, '2026-11-30 03:03:14'),
	(47, 46, 1, '2026-11-30 03:03:14'),
	(48, 47, 1, '2026-11-30 03:03:14'),
	(49, 48, 1, '2026-11-30 03:03:14'),
	(50, 49, 1, '2026-11-30 03:03:14'),
	(51, 50, 1, '2026-11-30 03:03:14'),
	(52, 51, 1, '2026-11-30 03:03:14'),
	(53, 52, 1, '2026-11-30 03:03:14'),
	(54, 53, 1, '2026-11-30 03:03:14'),
	(55, 54, 1, '2026-11-30 03:03:14'),
	(56, 55, 1, '2026-11-30 03:03:14'),
	(57, 56, 1, '2026-11-30 03:03:14'),
	(58, 57, 1, '2026-11-30 03:03:14'),
	(59, 58, 1, '2026-11-30 03:03:14'),
	(60, 59, 1, '2026-11-30 03:03:14'),
	(61, 60, 1, '2026-11-30 03:03:14'),
	(62, 61, 1, '2026-11-30 03:03:14'),
	(63, 62, 1, '2026-11-30 03:03:14'),
	(64, 63, 1, '2026-11-30 03:03:14'),
	(65, 64, 1, '2026-11-30 03:03:14'),
	(66, 65, 1, '2026-11-30 03:03:14'),
	(67, 66, 1, '2026-11-30 03:03:14'),
	(68, 67, 1, '2026-11-30 03:03:14'),
	(69, 68, 1, '2026-11-30 03:03:14'),
	(70, 69, 1, '2026-11-30 03:03:14'),
	(71, 70, 1, '2026-11-30 03:03:14'),
	(72, 71, 1, '2026-11-30 03:03:14'),
	(73, 72, 1, '2026-11-30 03:03:14'),
	(74, 73, 1, '2026-11-30 03:03:14'),
	(75, 74, 1, '2026-11-30 03:03:14'),
	(76, 75, 1, '2026-11-30 03:03:14');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 'ada@people.example', 'ada@people.example', @now - 2222809, '', '{}', '', 'active', 1, @now - 1650915, @now - 2222809, @now - 2222809, @now - 2222809);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a68-1afb-7920-8314-444d3436ab38', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 'password', '$argon2id$v=19$m=19456,t=2,p=1$XGZaiJPTXxgC9SYQnDVvTw$kbNa44YQwczcUdO4kGlLLypMFC4IaetWh/CsEHgZ2AM', @now - 2222809, @now - 2222809);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a22a68-1a97-7d6f-923d-227f08c2a608', 'ada@people.example', 'ada@people.example', '', '', 'tqwqNAzjAaw6K_GHpTfzkYCaEoPo3DDuyhwfhs3BbHc', @now - 2322065, @now + 86397677935, @now - 2223504, NULL, '', 'EzvUeHTtswzh9uZHCD_X_X6-1TzAlt5LpdSMbpeQqcw', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 2322065),
	('main', '01a22a68-1dcd-7423-95ab-8011e0a879eb', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$9uPzKV7ZkGK79X34qk28aA$Wop2+9W+1ob1Ec3fggcssObXKaymSVg+b1F4ALnt7Rw', '', '39TtFLOTrCQsVdGo4jN2ysZ9U2tzjeEbcks9AlmfoWQ', @now - 1527633, @now + 86398472367, NULL, NULL, '', 'kwEzK2pClQsD_p_gN-JQyJyadm649xQ4HGmkKTqnk6w', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1527633),
	('main', '01a22a68-1e41-7774-8893-528f1d17c52b', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$nCV4H15vR2PImdJFTjjCeA$szag3JbodFvkfBKanTqEKZYBUh3R2nZ9moYBDgGebfM', '', 'NfFMzLILTN7PqxRjIuN73fJI8u8iMNALL-OD_CqXhgw', @now - 1388433, @now + 86398611567, NULL, NULL, '', 'Oot9hXNujDjJOD3_ScTXgNMisPUaaNnlmAGGJV9eUnk', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 1388433);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a68-1d7f-7096-aec0-7e0a59461a24', 'reset_password', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '3iTr6k67BWMOylyNszUUI9opQBc3F7CQMqn4588hsuc', 1, @now - 1578504, @now + 3598421496, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '9d6d97b7-d587-4aea-86a9-ea6d94b7f26b', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 1, 'uOgaVRBjSXGIC2aTYp94RQ', 0, @now - 1896541, @now - 1896541, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 2217059, '', @now + 7775998090446, @now + 2591998103459, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1909554, @now - 1896541),
	('main', '23ed4928-d620-42da-85f3-743b2cee0f05', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 0, '5hJcpQGlDuYhBYXzIy_JEg', -1, NULL, @now - 1650915, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 1890930, '', @now + 7775998349085, @now + 2591998349085, @now - 1633128, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1650915, @now - 1650915);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'Dmr_SXuazkUwROnlfPfgXQ', 1, -1815322616722174039, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '23ed4928-d620-42da-85f3-743b2cee0f05', 0, @now - 1633128, @now + 1078366872, -1815322616722174039);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3597678397),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3598421150),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3598499764),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3598615993);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a68-1a9e-710c-b75e-7512d39f63e5', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a68-1a97-7d6f-923d-227f08c2a608","token_table":"pending_signups","expires_at":"@time(23h59m57.677935s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 2315541, @now + 86397677935, NULL, '', @now - 2315541, @now - 2290541),
	('main', '01a22a68-1d7f-737a-95a8-16a7538007bc', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a68-1d7f-7096-aec0-7e0a59461a24","token_table":"one_time_tokens","expires_at":"@time(59m58.421496s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1578541, @now + 3598421496, NULL, '', @now - 1578541, @now - 1571541),
	('main', '01a22a68-1dcd-7c8c-bb9f-c4b1ee45d8e9', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a68-1dcd-7423-95ab-8011e0a879eb","token_table":"pending_signups","expires_at":"@time(23h59m58.472367s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 1500541, @now + 86398472367, NULL, '', @now - 1500541, @now - 1454541),
	('main', '01a22a68-1e41-7efa-b03d-c731146cf7b5', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a68-1e41-7774-8893-528f1d17c52b","token_table":"pending_signups","expires_at":"@time(23h59m58.611567s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.0-vEbR3EgKLXdRShyZPiLlTzyjoyJ9fL2gMD7rPOKuyN_HGcjx8dbY2gXyL3Le62ifkS8mkpIfwHtyY-tbuW0USoBk_wqwWyZhfTLA', 'ready', 1, 14, 1, @now + 4203092, @now + 86398611567, NULL, 'send mail: mail server 127.0.0.1:39333: connect: EOF', @now - 1383541, @now - 1379541);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a68-1a98-7b2a-8d14-a3a6debd3c79', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-1927-76d0-afae-9ca0d77ed843', '{}', @now - 2320809),
	('main', '01a22a68-1afb-7d36-aeb4-7fcf96943f51', 'user.created', 'success', '', '', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '', '01a22a68-1ab8-7b7c-98b3-c93e236f7748', '{}', @now - 2221674),
	('main', '01a22a68-1afc-78fe-beeb-db3b7331d121', 'email.verified', 'success', '', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '', '01a22a68-1ab8-7b7c-98b3-c93e236f7748', '{"by":"link","claimed":true}', @now - 2220951),
	('main', '01a22a68-1c34-7ae6-aa0c-92234edd513f', 'session.opened', 'success', '', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 'fUSUimOmMvyRW-VRIL1hIdMUOtEOee3htpD4icHdfs8', '01a22a68-1b00-7343-92b5-d6b52104e12b', '{"amr":["pwd"],"new_device":false}', @now - 1908823),
	('main', '01a22a68-1d37-71b6-8749-91a6819622f7', 'session.opened', 'success', '', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 'TMuhPHM9oDN7e_86rVRcsIXN1VckGUo9HR_1drBX4Zs', '01a22a68-1c46-741e-a292-2c968e27f17b', '{"amr":["pwd"],"new_device":false}', @now - 1650425),
	('main', '01a22a68-1d48-77d3-8adf-d6ebcefcc0f6', 'session.ended', 'success', 'logout', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '625849a9-89d2-4770-b7e7-1a68d6aac50e', 'TMuhPHM9oDN7e_86rVRcsIXN1VckGUo9HR_1drBX4Zs', '01a22a68-1d47-74dc-a9af-4cb47ffe63e3', '{}', @now - 1633026),
	('main', '01a22a68-1d7f-7269-99ae-1ca3bb5cde2b', 'password.reset_requested', 'success', '', '', '625849a9-89d2-4770-b7e7-1a68d6aac50e', '', '01a22a68-1d7e-7746-a8c9-3735f2a82458', '{}', @now - 1578383),
	('main', '01a22a68-1dcd-7ad8-bca0-c8bb32bf9000', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-1d87-772e-b75f-d83cdb5db1e4', '{}', @now - 1499829),
	('main', '01a22a68-1e41-7daf-9c77-a0df8dd8033e', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-1dfc-7550-b711-61623aad2e96', '{}', @now - 1383644);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a68-1a98-7b2a-8d14-a3a6debd3c79', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-1afb-7d36-aeb4-7fcf96943f51', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-1afc-78fe-beeb-db3b7331d121', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-1c34-7ae6-aa0c-92234edd513f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-1d37-71b6-8749-91a6819622f7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-1d48-77d3-8adf-d6ebcefcc0f6', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a68-1d7f-7269-99ae-1ca3bb5cde2b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-1dcd-7ad8-bca0-c8bb32bf9000', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a68-1e41-7daf-9c77-a0df8dd8033e', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'nw1tOmENPczoxrysm2A5t49jEpQP6CZDOZuJZdKt0Ac', 'ES256', '{"use":"sig","kty":"EC","kid":"nw1tOmENPczoxrysm2A5t49jEpQP6CZDOZuJZdKt0Ac","crv":"P-256","alg":"ES256","x":"yfcT3XsTg3oXPS-1NvdjM1nQ1vaqfB_OeVYaxHHMqPw","y":"7_1555v2oNDkNZhJ8f8DDUEDswZkkW6Z3ZU-Of1XSrM"}', 'v1.jz9HJA.WkU-RwEKwb4fBu3fPexdvTHo6xmG7OZ5X3478dOglgVT7EGT3s4Ha7DHWVBtHXlosBlsjrMjfCemjOyfVDgrhqPNWCPNJZ03DxoxKKrG0RRX8JRR1eJt4BOF3LCZnB3ZpM4G6Afm5H9V5Gi7AY10eG_0mCtbt_Qz_YH_kDGhDPShpBJ_JVdOljBjaBAIGphjDi-o98tVPiqNuNkBprqEhDk7RR8BmA', @now - 2862877, @now - 2862877, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 2900344);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'end', -2218650347085635891);
