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
	(1, 0, 1, '2026-11-26 04:29:28'),
	(2, 1, 1, '2026-11-26 04:29:28'),
	(3, 2, 1, '2026-11-26 04:29:28'),
	(4, 3, 1, '2026-11-26 04:29:28'),
	(5, 4, 1, '2026-11-26 04:29:28'),
	(6, 5, 1, '2026-11-26 04:29:28'),
	(7, 6, 1, '2026-11-26 04:29:28'),
	(8, 7, 1, '2026-11-26 04:29:28'),
	(9, 8, 1, '2026-11-26 04:29:28'),
	(10, 9, 1, '2026-11-26 04:29:28'),
	(11, 10, 1, '2026-11-26 04:29:28'),
	(12, 11, 1, '2026-11-26 04:29:28'),
	(13, 12, 1, '2026-11-26 04:29:28'),
	(14, 13, 1, '2026-11-26 04:29:28'),
	(15, 14, 1, '2026-11-26 04:29:28'),
	(16, 15, 1, '2026-11-26 04:29:28'),
	(17, 16, 1, '2026-11-26 04:29:28'),
	(18, 17, 1, '2026-11-26 04:29:28'),
	(19, 18, 1, '2026-11-26 04:29:28'),
	(20, 19, 1, '2026-11-26 04:29:28'),
	(21, 20, 1, '2026-11-26 04:29:28'),
	(22, 21, 1, '2026-11-26 04:29:28'),
	(23, 22, 1, '2026-11-26 04:29:28'),
	(24, 23, 1, '2026-11-26 04:29:28'),
	(25, 24, 1, '2026-11-26 04:29:28'),
	(26, 25, 1, '2026-11-26 04:29:28'),
	(27, 26, 1, '2026-11-26 04:29:28'),
	(28, 27, 1, '2026-11-26 04:29:28'),
	(29, 28, 1, '2026-11-26 04:29:28'),
	(30, 29, 1, '2026-11-26 04:29:28'),
	(31, 30, 1, '2026-11-26 04:29:28'),
	(32, 31, 1, '2026-11-26 04:29:28'),
	(33, 32, 1, '2026-11-26 04:29:28'),
	(34, 33, 1, '2026-11-26 04:29:28'),
	(35, 34, 1, '2026-11-26 04:29:28'),
	(36, 35, 1, '2026-11-26 04:29:28'),
	(37, 36, 1, '2026-11-26 04:29:28'),
	(38, 37, 1, '2026-11-26 04:29:28'),
	(39, 38, 1, '2026-11-26 04:29:28'),
	(40, 39, 1, '2026-11-26 04:29:28'),
	(41, 40, 1, '2026-11-26 04:29:28'),
	(42, 41, 1, '2026-11-26 04:29:28'),
	(43, 42, 1, '2026-11-26 04:29:28'),
	(44, 43, 1, '2026-11-26 04:29:28'),
	(45, 44, 1, '2026-11-26 04:29:28'),
	(46, 45, 1, '2026-11-26 04:29:28'),
	(47, 46, 1, '2026-11-26 04:29:28'),
	(48, 47, 1, '2026-11-26 04:29:28'),
	(49, 48, 1, '2026-11-26 04:29:28'),
	(50, 49, 1, '2026-11-26 04:29:28'),
	(51, 50, 1, '2026-11-26 04:29:28'),
	(52, 51, 1, '2026-11-26 04:29:28'),
	(53, 52, 1, '2026-11-26 04:29:28'),
	(54, 53, 1, '2026-11-26 04:29:28');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', '07222bd1-8297-4c16-8fc1-602c20551f26', 'ada@people.example', 'ada@people.example', @now - 639374, '', '{}', '', 'active', 1, @now - 266680, @now - 639374, @now - 639374);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a2161d-9b37-7ddc-a7c2-b9217195d30c', '07222bd1-8297-4c16-8fc1-602c20551f26', 'password', '$argon2id$v=19$m=19456,t=2,p=1$XUAP8nPKo8Tm6BOL0k/Bjg$RvIONgt+9kLH0Dhw8RiHnyJF1/73YqfGPz7CUjF5L9U', @now - 639374, @now - 639374);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2161d-9b09-7380-9bd5-7d131d36c87f', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$XUAP8nPKo8Tm6BOL0k/Bjg$RvIONgt+9kLH0Dhw8RiHnyJF1/73YqfGPz7CUjF5L9U', '', 'e2r17IdZgMOl8kJtkXQQV_6xw2RE4LbYWp3J1alSDek', @now - 685823, @now + 86399314177, @now - 639680, NULL),
	('main', '01a2161d-9d23-732f-93d2-a69e21be0c5c', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$NrJrdPB/i3RLX6w5glpnVA$CSKlxhotKaLuSXR9xRGX0rXrINWppiIUDq5kDeoy1y0', '', 'S5iFywsH8hzr6Rispd4zVSff3fLLYrbpxAog1yGQqpg', @now - 147829, @now + 86399852171, NULL, NULL),
	('main', '01a2161d-9d86-7da3-a6d1-782529288d49', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$4EeLcGqA362WUpSCnR13/Q$8u/NSTrf7oCTMLz7SKC6toQqXzdhRseaUi7v6GhaTt0', '', 'DJiO5SV0XRj4MqMz7dnKX8NTVImNjBCu-iyiEociCmk', @now - 48144, @now + 86399951856, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id) VALUES
	('main', '01a2161d-9ce7-7760-aadd-8e57830df4c3', 'reset_password', '07222bd1-8297-4c16-8fc1-602c20551f26', 'PBoZV08k3telPZVFKHbhD7d1KXj9gYITI-oBXheqHHQ', 1, @now - 207550, @now + 3599792450, NULL, NULL, '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'f5287fc7-4ec7-43fc-ad7b-d42b622f09a6', '07222bd1-8297-4c16-8fc1-602c20551f26', 1, 'aghNnwvIYfM-hfECbykuQw', 0, @now - 394033, @now - 394033, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 622918, '', @now + 7775999598670, @now + 2591999605967, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 401330, @now - 394033),
	('main', 'bfe344ac-a15f-4c15-8bfb-5befe06acbde', '07222bd1-8297-4c16-8fc1-602c20551f26', 0, '18WcsDvgiqUArLnZKFB7tQ', -1, NULL, @now - 266680, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 385992, '', @now + 7775999733320, @now + 2591999733320, @now - 243511, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 266680, @now - 266680);

INSERT INTO feed (realm_id, history_id, number) VALUES
	('main', 'vqPmcDU7GP-WN37KDIR6AQ', 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at) VALUES
	('main', 1, 'sid', 'bfe344ac-a15f-4c15-8bfb-5befe06acbde', 0, @now - 243511, @now + 1079756489);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'FNPK3-J8EDuV0OYnHa_xu3lirxgNm2SCjDuKgiw80dY', 2, @now + 3599314610),
	('main', 'mail', 'CI0llSL6lrwtXKVtXXYJA0E6SQ4IOeWNbiL5Pc2w-u0', 1, @now + 3599852492),
	('main', 'mail', 'DFga_bcIh4OxSmvqkQI8-l0zr-U4W5d5yz9KENAyPrY', 1, @now + 3599951991);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a2161d-9b0f-79d1-b373-d7f66397161b', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a2161d-9b09-7380-9bd5-7d131d36c87f","token_table":"pending_signups","expires_at":"@time(23h59m59.314177s)"}', '', 'done', 1, 14, 1, @now - 680033, @now + 86399314177, NULL, '', @now - 680033, @now - 643033),
	('main', '01a2161d-9ce7-7a6d-afd1-708e0a862df6', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a2161d-9ce7-7760-aadd-8e57830df4c3","token_table":"one_time_tokens","expires_at":"@time(59m59.79245s)"}', '', 'done', 1, 14, 1, @now - 208033, @now + 3599792450, NULL, '', @now - 208033, @now - 197033),
	('main', '01a2161d-9d24-7629-9b7b-0d80ea45c3e8', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a2161d-9d23-732f-93d2-a69e21be0c5c","token_table":"pending_signups","expires_at":"@time(23h59m59.852171s)"}', '', 'done', 1, 14, 1, @now - 147033, @now + 86399852171, NULL, '', @now - 147033, @now - 131033),
	('main', '01a2161d-9d87-7304-be44-b4dfa25f81aa', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a2161d-9d86-7da3-a6d1-782529288d49","token_table":"pending_signups","expires_at":"@time(23h59m59.951856s)"}', 'v1.8QVduA.Ldq89T-brd03LBgYweYjWMPtenm_pqXZwC9G8EsBUo5rkP3A5ujYY4h72rdOG410-TFBIonLZoZs86NdWVr9Ogb6HAzI1VRprQ4E5A', 'ready', 1, 14, 1, @now + 4905202, @now + 86399951856, NULL, 'send mail: mail server 127.0.0.1:40269: connect: EOF', @now - 48033, @now - 45033);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a2161d-9b0e-7d11-bc86-17e26ada9067', 'sign_up.requested', 'success', '', '', '', '', '01a2161d-99bc-7c78-9a19-28b90cd5235f', '{}', @now - 680175),
	('main', '01a2161d-9b38-7205-825d-b64fdfe4b487', 'user.created', 'success', '', '', '07222bd1-8297-4c16-8fc1-602c20551f26', '', '01a2161d-9b36-764b-bf7d-fddbdb912275', '{}', @now - 638900),
	('main', '01a2161d-9b38-73e2-93ad-76defc8b7fe8', 'email.verified', 'success', '', '07222bd1-8297-4c16-8fc1-602c20551f26', '07222bd1-8297-4c16-8fc1-602c20551f26', '', '01a2161d-9b36-764b-bf7d-fddbdb912275', '{}', @now - 638718),
	('main', '01a2161d-9c26-79e9-9cc0-88bdbe4c0d60', 'session.opened', 'success', '', '07222bd1-8297-4c16-8fc1-602c20551f26', '07222bd1-8297-4c16-8fc1-602c20551f26', 'e9ta1swKIZBSOlM-czIo2QCjvX3syp6EEbSqh4Vf0fM', '01a2161d-9b47-7c55-9ff9-d70009cd529f', '{"amr":["pwd"],"new_device":false}', @now - 400379),
	('main', '01a2161d-9cac-7b4a-9ebc-4502fbd83e17', 'session.opened', 'success', '', '07222bd1-8297-4c16-8fc1-602c20551f26', '07222bd1-8297-4c16-8fc1-602c20551f26', 'Szz-ysHw4U95M9wP1FPWT8LlaghnM9-l8em3DYerm8M', '01a2161d-9c34-7d69-866e-56b6dabe7a83', '{"amr":["pwd"],"new_device":false}', @now - 266289),
	('main', '01a2161d-9cc4-77e2-8803-a5a4eb2addcd', 'session.ended', 'success', 'logout', '07222bd1-8297-4c16-8fc1-602c20551f26', '07222bd1-8297-4c16-8fc1-602c20551f26', 'Szz-ysHw4U95M9wP1FPWT8LlaghnM9-l8em3DYerm8M', '01a2161d-9cc3-7395-b068-1eb0cc7bfc93', '{}', @now - 242514),
	('main', '01a2161d-9ce7-7688-97f1-876da7747aba', 'password.reset_requested', 'success', '', '', '07222bd1-8297-4c16-8fc1-602c20551f26', '', '01a2161d-9ce7-7198-be57-9057c2313b81', '{}', @now - 207605),
	('main', '01a2161d-9d24-7230-a654-9a0fb6bc0b8b', 'sign_up.requested', 'success', '', '', '', '', '01a2161d-9cf4-7571-b051-617b42ffccea', '{}', @now - 146888),
	('main', '01a2161d-9d87-7243-b6be-a3ad2e891497', 'sign_up.requested', 'success', '', '', '', '', '01a2161d-9d35-73f5-9da4-d9ddc04f764f', '{}', @now - 47884);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a2161d-9b0e-7d11-bc86-17e26ada9067', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2161d-9b38-7205-825d-b64fdfe4b487', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2161d-9b38-73e2-93ad-76defc8b7fe8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2161d-9c26-79e9-9cc0-88bdbe4c0d60', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2161d-9cac-7b4a-9ebc-4502fbd83e17', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2161d-9cc4-77e2-8803-a5a4eb2addcd', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a2161d-9ce7-7688-97f1-876da7747aba', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2161d-9d24-7230-a654-9a0fb6bc0b8b', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a2161d-9d87-7243-b6be-a3ad2e891497', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '-dNUT7HBntgdSwvEt7_QScoHmBxUaLoU1o7wrG9hFk0', 'ES256', '{"use":"sig","kty":"EC","kid":"-dNUT7HBntgdSwvEt7_QScoHmBxUaLoU1o7wrG9hFk0","crv":"P-256","alg":"ES256","x":"ESQPEuQLOxt1cmsETtc7cWsJ-rfJ1xFuanAwtmdTQss","y":"T3vVNfpEMQKi85ETUJ8D716AfSxFgfLqkACo3Kh1w1I"}', 'v1.8QVduA.vJjmhuXn8cecyUL_aouSg7n0495iaZ737yfcGpJzvdq_jvibd30YZTppfpfkm_bxYQ4XxL4Zl7_HK3sRRjQm5yZQDlE5mrbhT00vq92DjagVBcY9DcKTSsGGN5-6LfRVvMNfRtnaxBQvWAv36a93caec3wQuGU9CA53D_FJfQ5hZvHs8JdyCSzVwhaPnY1ctdYCV3VC8WbBbNohgSxgNc9Osk2WuXA', @now - 1118973, @now - 1118973, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', '8QVduA', 'NOT19q2gpy2H7a-HkU1Nf6tDZNPkCpDVhGGUnMxw5dg', @now - 1163600);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
