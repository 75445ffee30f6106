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
	superseded_at BIGINT,
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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-26 00:57:53'),
	(2, 1, 1, '2026-11-26 00:57:53'),
	(3, 2, 1, '2026-11-26 00:57:53'),
	(4, 3, 1, '2026-11-26 00:57:53'),
	(5, 4, 1, '2026-11-26 00:57:53'),
	(6, 5, 1, '2026-11-26 00:57:53'),
	(7, 6, 1, '2026-11-26 00:57:53'),
	(8, 7, 1, '2026-11-26 00:57:53'),
	(9, 8, 1, '2026-11-26 00:57:53'),
	(10, 9, 1, '2026-11-26 00:57:53'),
	(11, 10, 1, '2026-11-26 00:57:53'),
	(12, 11, 1, '2026-11-26 00:57:53'),
	(13, 12, 1, '2026-11-26 00:57:53'),
	(14, 13, 1, '2026-11-26 00:57:53'),
	(15, 14, 1, '2026-11-26 00:57:53'),
	(16, 15, 1, '2026-11-26 00:57:53'),
	(17, 16, 1, '2026-11-26 00:57:53'),
	(18, 17, 1, '2026-11-26 00:57:53'),
	(19, 18, 1, '2026-11-26 00:57:53'),
	(20, 19, 1, '2026-11-26 00:57:53'),
	(21, 20, 1, '2026-11-26 00:57:53'),
	(22, 21, 1, '2026-11-26 00:57:53'),
	(23, 22, 1, '2026-11-26 00:57:53'),
	(24, 23, 1, '2026-11-26 00:57:53'),
	(25, 24, 1, '2026-11-26 00:57:53'),
	(26, 25, 1, '2026-11-26 00:57:53'),
	(27, 26, 1, '2026-11-26 00:57:53'),
	(28, 27, 1, '2026-11-26 00:57:53'),
	(29, 28, 1, '2026-11-26 00:57:53'),
	(30, 29, 1, '2026-11-26 00:57:53'),
	(31, 30, 1, '2026-11-26 00:57:53'),
	(32, 31, 1, '2026-11-26 00:57:53'),
	(33, 32, 1, '2026-11-26 00:57:53'),
	(34, 33, 1, '2026-11-26 00:57:53'),
	(35, 34, 1, '2026-11-26 00:57:53'),
	(36, 35, 1, '2026-11-26 00:57:53');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'ada@people.example', 'ada@people.example', @now - 218654, '', '{}', '', 'active', 1, @now - 94180, @now - 218654, @now - 218654);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a2155b-e5d0-7ee3-905b-946c72171b18', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'password', '$argon2id$v=19$m=19456,t=2,p=1$MNQez8MMcWf2aSLRQe0zEQ$mUg/h1+RXbuwXXnOGvfsurvc05dkeQhAWO7239pEFUw', @now - 218654, @now - 218654);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2155b-e5c6-7adb-9736-2430e73fea2b', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$MNQez8MMcWf2aSLRQe0zEQ$mUg/h1+RXbuwXXnOGvfsurvc05dkeQhAWO7239pEFUw', '', 'd_3Uhm1cDGHu5rW4e2qpyE_Yu5v7PbWnjq2KgtIu0so', @now - 228855, @now + 86399771145, @now - 218872, NULL),
	('main', '01a2155b-e66e-7d5e-9e39-48c1c19a0855', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$4f3+SggedsiiyH473qR7ew$ttZ8CfOorMtSn4zz2/G7uP7QVGEAwX+YJ78glqGuBdQ', '', 'ng3124PE7LMgyUM4p0clWjsrZxQn4qE88VIuYiCrKxo', @now - 60724, @now + 86399939276, NULL, NULL),
	('main', '01a2155b-e692-7a58-a8b7-aa771936e3e7', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$8PEZ3gPmFBZzoo+Hd80RfA$IJB8cQD+wwK2Oe6cRM4B1JqfPZc2dJ6VZCP9I/cVgfo', '', 'DnhUaNNlJMBe_m84sxKlaKrKS3DB-iwNGvOjssHM6po', @now - 24879, @now + 86399975121, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2155b-e651-7a4a-9526-6d2105ae4bbd', 'reset_password', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'byxTwEwh3-l7t3n1ObK7Te3Y8KYKxqanWBD4oCFupmE', 1, @now - 89880, @now + 3599910120, NULL, NULL);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'c8ed5a9c-8e35-4a71-a707-4212a50f70d1', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 1, 'RaFXdZiis58JEXCwWavI1w', 0, @now - 167553, @now - 167553, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', '', @now - 217037, '', @now + 7775999827194, @now + 2591999832447, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 172806, @now - 167553),
	('main', 'b55ac5ce-0970-467b-bb87-add09488e52e', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 0, 'RcAxOcN0Ag53YxJUlJwlOg', -1, NULL, @now - 94180, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', '', @now - 165375, '', @now + 7775999905820, @now + 2591999905820, @now - 91963, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 94180, @now - 94180);

INSERT INTO feed (realm_id, history_id, number) VALUES
	('main', 'iZywuegLozl0v8DPIhZveg', 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at) VALUES
	('main', 1, 'sid', 'b55ac5ce-0970-467b-bb87-add09488e52e', 0, @now - 91963, @now + 1079908037);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'MtlO51MzyTIoY2ft4EdsfWpOk58NE9K7lckukT4JudE', 2, @now + 3599771671),
	('main', 'mail', 'KgEaHMm5kR4KPERiJpawGCRrz3KhfjfwOzjSA7TN4mM', 1, @now + 3599939492),
	('main', 'mail', '9V2Te6Rek6Rstbsh3YpY4nzMpilBDJM5IcYk7NdmkOk', 1, @now + 3599975310);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a2155b-e5c8-7978-a904-a49b29a3578b', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a2155b-e5c6-7adb-9736-2430e73fea2b","token_table":"pending_signups","expires_at":"@time(23h59m59.771144s)"}', '', 'done', 1, 14, 1, @now - 227553, @now + 86399771145, NULL, '', @now - 227553, @now - 222553),
	('main', '01a2155b-e651-7bc4-986a-024faf49fc03', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a2155b-e651-7a4a-9526-6d2105ae4bbd","token_table":"one_time_tokens","expires_at":"@time(59m59.91012s)"}', '', 'done', 1, 14, 1, @now - 90553, @now + 3599910120, NULL, '', @now - 90553, @now - 86553),
	('main', '01a2155b-e66f-76bf-9073-4903363fa7dd', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a2155b-e66e-7d5e-9e39-48c1c19a0855","token_table":"pending_signups","expires_at":"@time(23h59m59.939275s)"}', '', 'done', 1, 14, 1, @now - 60553, @now + 86399939276, NULL, '', @now - 60553, @now - 52553),
	('main', '01a2155b-e693-72fd-bd3b-1cfb8c74a993', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a2155b-e692-7a58-a8b7-aa771936e3e7","token_table":"pending_signups","expires_at":"@time(23h59m59.97512s)"}', 'v1.H0gIFA.EXG7Geyxxh9Lz1p8QydhXWqX2bEeWTYS6Y0j26QsXr07dfhnK-6fbrhHuLMFNxkAfxO0sYMxB6skrqWLna0DvEu8XtuTeJHg3SM6Rw', 'ready', 1, 14, 1, @now + 5095086, @now + 86399975121, NULL, 'send mail: mail server 127.0.0.1:41489: connect: EOF', @now - 24553, @now - 21553);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a2155b-e5c8-73ff-9433-ad3ba6ad5c35', 'sign_up.requested', 'success', '', '', '', '', '01a2155b-e595-796d-96cb-c33611f3c8b0', '{}', @now - 227290),
	('main', '01a2155b-e5d1-7046-b588-c0d0c934fcd1', 'user.created', 'success', '', '', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', '', '01a2155b-e5d0-75e6-bacc-ef574a0de215', '{}', @now - 218535),
	('main', '01a2155b-e5d1-70d2-915a-cebf19feb9eb', 'email.verified', 'success', '', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', '', '01a2155b-e5d0-75e6-bacc-ef574a0de215', '{}', @now - 218499),
	('main', '01a2155b-e5ff-721d-ac69-8502c870b2ed', 'session.opened', 'success', '', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'cAamUXB5NaNdqEscyQoOsQkzw316wfxkMzAFYPnSEkE', '01a2155b-e5d2-765b-b114-693462914554', '{"amr":["pwd"]}', @now - 172411),
	('main', '01a2155b-e64d-779e-8d52-3a915b914eea', 'session.opened', 'success', '', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', '94RmKAodDSa-wXaLWckizLsYpmwTA1Rx0hwIxzeMSbM', '01a2155b-e606-7090-8ca8-ca97e55383a2', '{"amr":["pwd"]}', @now - 94051),
	('main', '01a2155b-e64f-7e6a-8ab4-3ca594119444', 'session.ended', 'success', 'logout', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', '94RmKAodDSa-wXaLWckizLsYpmwTA1Rx0hwIxzeMSbM', '01a2155b-e64f-76be-ac6f-cce670ed0c3d', '{}', @now - 91607),
	('main', '01a2155b-e651-79d9-9116-ef5884b41db4', 'password.reset_requested', 'success', '', '', 'b28f66a5-6b55-4845-a4a8-13a4ad7c50c6', '', '01a2155b-e651-76c6-94fc-15053b1ee000', '{}', @now - 89907),
	('main', '01a2155b-e66f-7574-9a3b-d2d67c6c1531', 'sign_up.requested', 'success', '', '', '', '', '01a2155b-e656-7983-b65b-1d8414873a50', '{}', @now - 60195),
	('main', '01a2155b-e693-719d-b595-70a01812228e', 'sign_up.requested', 'success', '', '', '', '', '01a2155b-e678-7dcc-a031-3ca688801222', '{}', @now - 24447);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a2155b-e5c8-73ff-9433-ad3ba6ad5c35', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2155b-e5d1-7046-b588-c0d0c934fcd1', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2155b-e5d1-70d2-915a-cebf19feb9eb', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2155b-e5ff-721d-ac69-8502c870b2ed', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2155b-e64d-779e-8d52-3a915b914eea', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2155b-e64f-7e6a-8ab4-3ca594119444', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a2155b-e651-79d9-9116-ef5884b41db4', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2155b-e66f-7574-9a3b-d2d67c6c1531', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a2155b-e693-719d-b595-70a01812228e', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'RCejRJlG7Q_2a4xPIviYyI4OxrxNJzInDDdGvWK8pmk', 'ES256', '{"use":"sig","kty":"EC","kid":"RCejRJlG7Q_2a4xPIviYyI4OxrxNJzInDDdGvWK8pmk","crv":"P-256","alg":"ES256","x":"L78-mlAHAX4MdbPWaC58gyI8PhIRm7z1JJa3w4L7rfg","y":"FaGzwA7SLiRJ_OAMNMmo4H9RQVhhmLgoA1rayrZd8lY"}', 'v1.H0gIFA.r5BTZwe6oVed9k6mNXPq_z3lsQQJKTjaRjsql0XKcUk2ZtJq7pX7Pnqr-dX69JdziFtozPUnunq6yCggfkHPFzNJKQLbWRWUqFZ7qFkO2EAmj_8q1q9ymw6R8L_UYWiu83pdcDPC4AD-8rgCrEl2vJEJLXyFLZwQrIG1CxcpzgXsZezcZxDeRhgSD_0SkJfhB-OAO90-imF7S6E3-cq0vQmNDh06VQ', @now - 300669, @now - 300669, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'H0gIFA', '5MBy9pNk4BzWoUu3fOJfEhhLtk9tBmVmtSENBfXeEmY', @now - 315496);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
