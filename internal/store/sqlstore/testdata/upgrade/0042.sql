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
	(1, 0, 1, '2026-11-26 01:54:14'),
	(2, 1, 1, '2026-11-26 01:54:15'),
	(3, 2, 1, '2026-11-26 01:54:15'),
	(4, 3, 1, '2026-11-26 01:54:15'),
	(5, 4, 1, '2026-11-26 01:54:15'),
	(6, 5, 1, '2026-11-26 01:54:15'),
	(7, 6, 1, '2026-11-26 01:54:15'),
	(8, 7, 1, '2026-11-26 01:54:15'),
	(9, 8, 1, '2026-11-26 01:54:15'),
	(10, 9, 1, '2026-11-26 01:54:15'),
	(11, 10, 1, '2026-11-26 01:54:15'),
	(12, 11, 1, '2026-11-26 01:54:15'),
	(13, 12, 1, '2026-11-26 01:54:15'),
	(14, 13, 1, '2026-11-26 01:54:15'),
	(15, 14, 1, '2026-11-26 01:54:15'),
	(16, 15, 1, '2026-11-26 01:54:15'),
	(17, 16, 1, '2026-11-26 01:54:15'),
	(18, 17, 1, '2026-11-26 01:54:15'),
	(19, 18, 1, '2026-11-26 01:54:15'),
	(20, 19, 1, '2026-11-26 01:54:15'),
	(21, 20, 1, '2026-11-26 01:54:15'),
	(22, 21, 1, '2026-11-26 01:54:15'),
	(23, 22, 1, '2026-11-26 01:54:15'),
	(24, 23, 1, '2026-11-26 01:54:15'),
	(25, 24, 1, '2026-11-26 01:54:15'),
	(26, 25, 1, '2026-11-26 01:54:15'),
	(27, 26, 1, '2026-11-26 01:54:15'),
	(28, 27, 1, '2026-11-26 01:54:15'),
	(29, 28, 1, '2026-11-26 01:54:15'),
	(30, 29, 1, '2026-11-26 01:54:15'),
	(31, 30, 1, '2026-11-26 01:54:15'),
	(32, 31, 1, '2026-11-26 01:54:15'),
	(33, 32, 1, '2026-11-26 01:54:15'),
	(34, 33, 1, '2026-11-26 01:54:15'),
	(35, 34, 1, '2026-11-26 01:54:15'),
	(36, 35, 1, '2026-11-26 01:54:15'),
	(37, 36, 1, '2026-11-26 01:54:15'),
	(38, 37, 1, '2026-11-26 01:54:15'),
	(39, 38, 1, '2026-11-26 01:54:15'),
	(40, 39, 1, '2026-11-26 01:54:15'),
	(41, 40, 1, '2026-11-26 01:54:15'),
	(42, 41, 1, '2026-11-26 01:54:15'),
	(43, 42, 1, '2026-11-26 01:54:15');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 'ada@people.example', 'ada@people.example', @now - 3224739, '', '{}', '', 'active', 1, @now - 1240275, @now - 3224739, @now - 3224739);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a2158f-8384-72f9-9112-f1ceb56784b9', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 'password', '$argon2id$v=19$m=19456,t=2,p=1$mqgLZ+tz6a/zv7klrDSW6Q$t6DpqUJt2Sgdg+czdxiLtd2kCJbo7ptutxbtRZ7HchA', @now - 3224739, @now - 3224739);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2158f-82ea-732a-b8b5-0f8d9973ef23', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$mqgLZ+tz6a/zv7klrDSW6Q$t6DpqUJt2Sgdg+czdxiLtd2kCJbo7ptutxbtRZ7HchA', '', '2Nlkb6fVM5o1ZHaTUNnpBg7HLdsqusccp1U4NjGEPKI', @now - 3434345, @now + 86396565655, @now - 3224841, NULL),
	('main', '01a2158f-8ebb-7414-9e34-0c4af79b108f', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$KnitBAhaaRN4VdmTU3j0vw$dcUDuZ1XUG+m4MWikTDxRyRVaJsBXtODTx87m+fmGWQ', '', '0JeeJMii4k-d3aT8SdZD256dZgvkfU7DTxg4mSgL5UQ', @now - 353613, @now + 86399646387, NULL, NULL),
	('main', '01a2158f-8fbc-75f3-8867-ddaa7ab57bac', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$rusjenwIdsOPzFH0ZSeqbQ$qaVnS9x7JU3AxJBS/ekBglgI98ulb3OEWk56OQin9ao', '', 'W08L_3vztNLRqWkgfdDyGQi_TQ2lGY5XlCNyFO8Ncf4', @now - 96453, @now + 86399903547, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id) VALUES
	('main', '01a2158f-8cd8-7c53-82f6-1953a1ff3d6c', 'reset_password', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 'y-JHvC7_5HE1-tEyeijqZd31BVUtGg0wVAfasd1ujCo', 1, @now - 836031, @now + 3599163969, NULL, NULL, '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '1bba28ed-57bb-4006-a955-3cef0489a22c', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 1, 'vG7pN0BHHJHnjVC35_oa9g', 0, @now - 2182838, @now - 2182838, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3200026, '', @now + 7775997730689, @now + 2591997817162, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 2269311, @now - 2182838),
	('main', '0b47e6db-07d0-4d3f-bbe8-ace73c2a7f5b', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 0, 'tfAr3iJogTnWdg5b-YmYBQ', -1, NULL, @now - 1240275, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 2153099, '', @now + 7775998759725, @now + 2591998759725, @now - 1039391, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1240275, @now - 1240275);

INSERT INTO feed (realm_id, history_id, number) VALUES
	('main', '1gF8HZSJDvTWGvzTOkVPDA', 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at) VALUES
	('main', 1, 'sid', '0b47e6db-07d0-4d3f-bbe8-ace73c2a7f5b', 0, @now - 1039391, @now + 1078960609);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '-VExReRVeuHct7etzQ7Oz46PuNoRQUkV61sGuJ2x-HA', 2, @now + 3596625951),
	('main', 'mail', 'l7YRszj22U2Zq-MVle1uEb6LiXKtyI4EfpAwhWKojNE', 1, @now + 3599646613),
	('main', 'mail', 'I_yZ2hWxvi8enuEesFj3thEY5owvsICiOJvTYN3q5eI', 1, @now + 3599903726);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a2158f-82ef-796c-9136-436d860e77c5', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a2158f-82ea-732a-b8b5-0f8d9973ef23","token_table":"pending_signups","expires_at":"@time(23h59m56.565655s)"}', '', 'done', 1, 14, 1, @now - 3373838, @now + 86396565655, NULL, '', @now - 3373838, @now - 3267838),
	('main', '01a2158f-8cd8-7df8-a6c7-1b16dfca0ee5', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a2158f-8cd8-7c53-82f6-1953a1ff3d6c","token_table":"one_time_tokens","expires_at":"@time(59m59.163969s)"}', '', 'done', 1, 14, 1, @now - 836838, @now + 3599163969, NULL, '', @now - 836838, @now - 748838),
	('main', '01a2158f-8ebb-7d0a-81a9-d26a9fb49c78', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a2158f-8ebb-7414-9e34-0c4af79b108f","token_table":"pending_signups","expires_at":"@time(23h59m59.646387s)"}', '', 'done', 1, 14, 1, @now - 353838, @now + 86399646387, NULL, '', @now - 353838, @now - 308838),
	('main', '01a2158f-8fbc-7c6d-ba1d-803df84a517d', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a2158f-8fbc-75f3-8867-ddaa7ab57bac","token_table":"pending_signups","expires_at":"@time(23h59m59.903547s)"}', 'v1.GjZdYA.iDvAJc6WZKykpceu_8XCHpRffEEqlVrp-N7ZCM6fzmMa63C1uZUqYkGsuKyI00CSIAla51Fi2Hv3Pt5fomvUSe7Y2FbicgnVw-2l5Q', 'ready', 1, 14, 1, @now + 5291335, @now + 86399903547, NULL, 'send mail: mail server 127.0.0.1:44077: connect: EOF', @now - 96838, @now - 87838);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a2158f-82ef-769c-8308-04824c2a5dd1', 'sign_up.requested', 'success', '', '', '', '', '01a2158f-809f-7283-a6dc-baba03d634b2', '{}', @now - 3373404),
	('main', '01a2158f-8384-7391-87b7-a6f2491891e1', 'user.created', 'success', '', '', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '', '01a2158f-835a-769b-9c48-cb320867afaf', '{}', @now - 3224604),
	('main', '01a2158f-8395-7b8d-8234-f8cf77160835', 'email.verified', 'success', '', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '', '01a2158f-835a-769b-9c48-cb320867afaf', '{}', @now - 3207080),
	('main', '01a2158f-873f-7ed2-a0a0-ab1f230494dd', 'session.opened', 'success', '', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '64zUV0qeIMPe9GFhxZQh45_XV39q-GMwiInCKRjIeMY', '01a2158f-839c-795c-948f-4eb071d35de1', '{"amr":["pwd"],"new_device":false}', @now - 2268863),
	('main', '01a2158f-8b45-731d-86c9-932b6ab83100', 'session.opened', 'success', '', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 'DXOCEJQs4f1KPgL8oK8-5ZOzapVfpGIIUgIl0gTKMS0', '01a2158f-87b3-7953-8434-d4618166f727', '{"amr":["pwd"],"new_device":false}', @now - 1239631),
	('main', '01a2158f-8c0d-7d89-b805-4e4a91d7c138', 'session.ended', 'success', 'logout', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', 'DXOCEJQs4f1KPgL8oK8-5ZOzapVfpGIIUgIl0gTKMS0', '01a2158f-8c09-7ae1-b52e-e9a171196ddc', '{}', @now - 1038949),
	('main', '01a2158f-8cd8-7b92-908f-d8230a217afa', 'password.reset_requested', 'success', '', '', '94619bc5-71bc-4a5c-85b6-bb48235a3b72', '', '01a2158f-8cd8-7605-b288-3241ab7f634e', '{}', @now - 836079),
	('main', '01a2158f-8ebb-7b96-a970-e6c4339074e1', 'sign_up.requested', 'success', '', '', '', '', '01a2158f-8d22-7285-a4a6-2d005436f069', '{}', @now - 353078),
	('main', '01a2158f-8fbc-7b9f-8386-2f43fd64eaeb', 'sign_up.requested', 'success', '', '', '', '', '01a2158f-8ee7-79fd-b37f-a95b76ea6f1b', '{}', @now - 96076);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a2158f-82ef-769c-8308-04824c2a5dd1', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2158f-8384-7391-87b7-a6f2491891e1', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2158f-8395-7b8d-8234-f8cf77160835', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2158f-873f-7ed2-a0a0-ab1f230494dd', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2158f-8b45-731d-86c9-932b6ab83100', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2158f-8c0d-7d89-b805-4e4a91d7c138', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a2158f-8cd8-7b92-908f-d8230a217afa', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2158f-8ebb-7b96-a970-e6c4339074e1', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a2158f-8fbc-7b9f-8386-2f43fd64eaeb', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'EDCAaF0pCjwUJompD0HWZUJXOg9r80GYbVIDplBDzFo', 'ES256', '{"use":"sig","kty":"EC","kid":"EDCAaF0pCjwUJompD0HWZUJXOg9r80GYbVIDplBDzFo","crv":"P-256","alg":"ES256","x":"h6BnrAG8qER-A22aHVS2IrtGANB7bVPNV5FhgI38IDU","y":"Iaeab_UxDgs7SvbAHXRV0CTike7wR4PhDPpZjbvFTCk"}', 'v1.GjZdYA.AABi8-Z_7hRQiqCp7uadxYLsATe1QldhLf03KgxYT8zJs36LKy3epZztK-5Z1RoUsYMC1RgI3P8LX-EJwM2JqbLDyMLgPQKWWfzUR2sM0jQJ_p5JM3r332Ioy-C-X-5Or88THbu7aQ2RJmEXPL-lasaVb21fvhwT8BAhjFTPw7JeQGnVuWfF6GoKMhjy-lMrdDLRH962go5-L0ZRLtpCgW9Mrnde2A', @now - 4066984, @now - 4066984, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'GjZdYA', '0mN3_ghtSzso3v86YNbF6Lqqr3lRoivKi1kBL7vhuGQ', @now - 4143105);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
