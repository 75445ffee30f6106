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
	number     BIGINT      NOT NULL,
	CONSTRAINT feed_pkey PRIMARY KEY (realm_id)
);
CREATE TABLE revocations (
	realm_id   VARCHAR(64)  NOT NULL,
	number     BIGINT       NOT NULL,
	kind       VARCHAR(16)  NOT NULL,
	subject    VARCHAR(255) NOT NULL,
	epoch      BIGINT       NOT NULL,
	revoked_at BIGINT       NOT NULL,
	expires_at BIGINT       NOT NULL,
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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-26 02:55:45'),
	(2, 1, 1, '2026-11-26 02:55:45'),
	(3, 2, 1, '2026-11-26 02:55:45'),
	(4, 3, 1, '2026-11-26 02:55:45'),
	(5, 4, 1, '2026-11-26 02:55:45'),
	(6, 5, 1, '2026-11-26 02:55:45'),
	(7, 6, 1, '2026-11-26 02:55:45'),
	(8, 7, 1, '2026-11-26 02:55:45'),
	(9, 8, 1, '2026-11-26 02:55:45'),
	(10, 9, 1, '2026-11-26 02:55:45'),
	(11, 10, 1, '2026-11-26 02:55:45'),
	(12, 11, 1, '2026-11-26 02:55:45'),
	(13, 12, 1, '2026-11-26 02:55:45'),
	(14, 13, 1, '2026-11-26 02:55:45'),
	(15, 14, 1, '2026-11-26 02:55:45'),
	(16, 15, 1, '2026-11-26 02:55:45'),
	(17, 16, 1, '2026-11-26 02:55:45'),
	(18, 17, 1, '2026-11-26 02:55:45'),
	(19, 18, 1, '2026-11-26 02:55:45'),
	(20, 19, 1, '2026-11-26 02:55:45'),
	(21, 20, 1, '2026-11-26 02:55:45'),
	(22, 21, 1, '2026-11-26 02:55:45'),
	(23, 22, 1, '2026-11-26 02:55:45'),
	(24, 23, 1, '2026-11-26 02:55:45'),
	(25, 24, 1, '2026-11-26 02:55:45'),
	(26, 25, 1, '2026-11-26 02:55:45'),
	(27, 26, 1, '2026-11-26 02:55:45'),
	(28, 27, 1, '2026-11-26 02:55:45'),
	(29, 28, 1, '2026-11-26 02:55:45'),
	(30, 29, 1, '2026-11-26 02:55:45'),
	(31, 30, 1, '2026-11-26 02:55:45'),
	(32, 31, 1, '2026-11-26 02:55:45'),
	(33, 32, 1, '2026-11-26 02:55:45'),
	(34, 33, 1, '2026-11-26 02:55:45'),
	(35, 34, 1, '2026-11-26 02:55:45'),
	(36, 35, 1, '2026-11-26 02:55:45'),
	(37, 36, 1, '2026-11-26 02:55:45'),
	(38, 37, 1, '2026-11-26 02:55:45'),
	(39, 38, 1, '2026-11-26 02:55:45'),
	(40, 39, 1, '2026-11-26 02:55:45'),
	(41, 40, 1, '2026-11-26 02:55:45'),
	(42, 41, 1, '2026-11-26 02:55:45'),
	(43, 42, 1, '2026-11-26 02:55:45'),
	(44, 43, 1, '2026-11-26 02:55:45');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', 'ada@people.example', 'ada@people.example', @now - 287166, '', '{}', '', 'active', 1, @now - 129696, @now - 287166, @now - 287166);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a215c7-cd4b-7df7-a2e8-b25773b47fd1', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', 'password', '$argon2id$v=19$m=19456,t=2,p=1$iXdz6KxJAUAVvlODO11w2A$/B50hzZmk8bZ8B9BRwNGu1YNTACyDRloUphbliTMyn4', @now - 287166, @now - 287166);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a215c7-cd41-7010-96c3-64052dce1626', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$iXdz6KxJAUAVvlODO11w2A$/B50hzZmk8bZ8B9BRwNGu1YNTACyDRloUphbliTMyn4', '', 'cJThBsescvL04i0q_Vrm_OqTeukWTFxcH982mS6Gtgc', @now - 297979, @now + 86399702021, @now - 287276, NULL),
	('main', '01a215c7-ce1f-73b4-970d-f707ca068198', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$21sPBj0YBFGCYdeSp+ThdA$zMlLvwFrAEgm8yOWE+rKvptBeiMuXzAt4Ia/RVB1vvE', '', 'iDGJlRNVVEBPDfZIQ68xkeka37z6ZgxV8upAij2N3-g', @now - 75724, @now + 86399924276, NULL, NULL),
	('main', '01a215c7-ce51-7e3e-bd6f-4311bfe4619e', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$tud77JwCcP+ypMjuCCVaSg$mVKGvpJSzTGPOogJxFIHw4v7orhOJPn4BGejyTvkO/0', '', 'mHa_CXWwniDE9_MnRm-Fw586YsBNUMcM0hYtVszDbp4', @now - 25035, @now + 86399974965, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id) VALUES
	('main', '01a215c7-cdef-7f27-968a-9770679ea9f9', 'reset_password', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', 'SZQgZ7QJl4cLSDivZNvEpL86C8U_gLhPfm6LKEOMv20', 1, @now - 122971, @now + 3599877029, NULL, NULL, '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '77e963a0-5f85-4f0e-a338-abeac5f78e22', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', 1, 'e9opzFt4Azmq7oPXBBxiQQ', 0, @now - 211963, @now - 211963, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 285061, '', @now + 7775999784369, @now + 2591999788037, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 215631, @now - 211963),
	('main', '8102fcbe-e748-49a2-ab8e-5aa2c19ebc97', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', 0, 'lr6PJfKlmy6tWwc5aFzZFQ', -1, NULL, @now - 129696, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 208182, '', @now + 7775999870304, @now + 2591999870304, @now - 126586, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 129696, @now - 129696);

INSERT INTO feed (realm_id, history_id, number) VALUES
	('main', 'h82sBqxyyb3OD18iNUfFmw', 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at) VALUES
	('main', 1, 'sid', '8102fcbe-e748-49a2-ab8e-5aa2c19ebc97', 0, @now - 126586, @now + 1079873414);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kTOXD4JoEHX-A1tMHSqITZDCzNhlbGRnbE1B8WkOmOA', 2, @now + 3599702648),
	('main', 'mail', '5dWSw4BQk-xCp9Gsfvq2xYOZ3gF2BbQyV2B5mj1Ggh4', 1, @now + 3599924426),
	('main', 'mail', 'PtZpqJJXU70ngTHRJY9zDk0y0GdiuxGRnvbwufkOLhk', 1, @now + 3599975180);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a215c7-cd43-7228-8826-862f0f47b7a9', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a215c7-cd41-7010-96c3-64052dce1626","token_table":"pending_signups","expires_at":"@time(23h59m59.702021s)"}', '', 'done', 1, 14, 1, @now - 295963, @now + 86399702021, NULL, '', @now - 295963, @now - 288963),
	('main', '01a215c7-cdf0-73f9-b115-534918cc9abc', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a215c7-cdef-7f27-968a-9770679ea9f9","token_table":"one_time_tokens","expires_at":"@time(59m59.877029s)"}', '', 'done', 1, 14, 1, @now - 122963, @now + 3599877029, NULL, '', @now - 122963, @now - 117963),
	('main', '01a215c7-ce1f-791c-9406-98d21f9dc516', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a215c7-ce1f-73b4-970d-f707ca068198","token_table":"pending_signups","expires_at":"@time(23h59m59.924276s)"}', '', 'done', 1, 14, 1, @now - 75963, @now + 86399924276, NULL, '', @now - 75963, @now - 70963),
	('main', '01a215c7-ce52-76bc-9abe-30bcb598510b', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a215c7-ce51-7e3e-bd6f-4311bfe4619e","token_table":"pending_signups","expires_at":"@time(23h59m59.974965s)"}', 'v1.d0ycbg.3F5_oszGk058Zftf6SHDoAgMGc8dtCuoHilHv2L02wyGbhC0RY16cjNGaD0L38ctjizusGn7xXyqQuEP6dcp8bpvMfv_F4JVDzjOFA', 'ready', 1, 14, 1, @now + 4156815, @now + 86399974965, NULL, 'send mail: mail server 127.0.0.1:34127: connect: EOF', @now - 24963, @now - 21963);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a215c7-cd42-7b5d-b980-6584ef68aa4c', 'sign_up.requested', 'success', '', '', '', '', '01a215c7-ccee-7a9e-9b0c-4476f82b83c0', '{}', @now - 296217),
	('main', '01a215c7-cd4b-7f27-91fc-7a02a4b94575', 'user.created', 'success', '', '', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '', '01a215c7-cd4b-72da-ab61-82837543165b', '{}', @now - 286969),
	('main', '01a215c7-cd4c-70af-aac6-3907364a35a7', 'email.verified', 'success', '', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '', '01a215c7-cd4b-72da-ab61-82837543165b', '{}', @now - 286918),
	('main', '01a215c7-cd94-7272-8adf-f0770a8e6ec8', 'session.opened', 'success', '', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '8OKjOBqONxcDw4pKPJPb87xhLDM25YFIfeoSx0A_T9M', '01a215c7-cd4d-7b19-ad5c-0ed291d3e5e1', '{"amr":["pwd"],"new_device":false}', @now - 214797),
	('main', '01a215c7-cde9-7b9d-8b02-2b76ace0de3a', 'session.opened', 'success', '', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '95yMeeGsJnCBIutVuKKTBVXy4OSomnlO4i-SCxcr5ik', '01a215c7-cd9a-7760-a01f-1c2c109ac7c1', '{"amr":["pwd"],"new_device":false}', @now - 129197),
	('main', '01a215c7-cded-701d-b6b6-202d461a805b', 'session.ended', 'success', 'logout', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '95yMeeGsJnCBIutVuKKTBVXy4OSomnlO4i-SCxcr5ik', '01a215c7-cdec-71be-a078-01cef058ccd5', '{}', @now - 125953),
	('main', '01a215c7-cdef-7e58-a987-bc5c38c2a6fc', 'password.reset_requested', 'success', '', '', '486bfb69-22c3-4291-8fd2-48a82b57a4f6', '', '01a215c7-cdef-784e-9a16-d09332860741', '{}', @now - 123022),
	('main', '01a215c7-ce1f-7848-bf37-c01494156192', 'sign_up.requested', 'success', '', '', '', '', '01a215c7-cdf7-72e6-ba58-d28bb0d7bc06', '{}', @now - 75420),
	('main', '01a215c7-ce52-75b9-ae4b-9773810c0097', 'sign_up.requested', 'success', '', '', '', '', '01a215c7-ce27-719d-b910-be0d9424ba78', '{}', @now - 24587);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a215c7-cd42-7b5d-b980-6584ef68aa4c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a215c7-cd4b-7f27-91fc-7a02a4b94575', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a215c7-cd4c-70af-aac6-3907364a35a7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a215c7-cd94-7272-8adf-f0770a8e6ec8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a215c7-cde9-7b9d-8b02-2b76ace0de3a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a215c7-cded-701d-b6b6-202d461a805b', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a215c7-cdef-7e58-a987-bc5c38c2a6fc', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a215c7-ce1f-7848-bf37-c01494156192', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a215c7-ce52-75b9-ae4b-9773810c0097', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '-_vBPlCq5MAQ2FG0SqvAv-c0M_tauDPAXg4Ozw14hFA', 'ES256', '{"use":"sig","kty":"EC","kid":"-_vBPlCq5MAQ2FG0SqvAv-c0M_tauDPAXg4Ozw14hFA","crv":"P-256","alg":"ES256","x":"7a8ZJBRnlHIhimeEVl_gplR8STjtDF1ztBk_fshpKRA","y":"5GiLnXj_2RzhbM-sct_mKBzqslBteCdNHP5Z3sEqA1M"}', 'v1.d0ycbg.f4UB75-utRzdb8hP9R95W_zvQy36S2ybXimJHGrFEwPRc7yxpmsAE-FT_4-0iURhZEBihlcPfZRrzdsUCkcJ5uokcey5KanFZhwc_aXBOm92mWIEabe3HDh5ZtXc0nIn2BF_m94KHXa8ve_aMWSHNPwRRgRXX419o28WHH105qQRahIv73m07JPLbkq4cA43oiTsXeCgVeltDi1XV2xBA64Uk2qG0A', @now - 452292, @now - 452292, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'd0ycbg', 'C1xB8ApUufdJz-kfC1_c5d2dEgrKM0QEJNWR-oCLjKU', @now - 471540);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
