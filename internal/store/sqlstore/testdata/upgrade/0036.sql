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
	(1, 0, 1, '2026-11-26 01:15:57'),
	(2, 1, 1, '2026-11-26 01:15:58'),
	(3, 2, 1, '2026-11-26 01:15:58'),
	(4, 3, 1, '2026-11-26 01:15:58'),
	(5, 4, 1, '2026-11-26 01:15:58'),
	(6, 5, 1, '2026-11-26 01:15:58'),
	(7, 6, 1, '2026-11-26 01:15:58'),
	(8, 7, 1, '2026-11-26 01:15:58'),
	(9, 8, 1, '2026-11-26 01:15:58'),
	(10, 9, 1, '2026-11-26 01:15:58'),
	(11, 10, 1, '2026-11-26 01:15:58'),
	(12, 11, 1, '2026-11-26 01:15:58'),
	(13, 12, 1, '2026-11-26 01:15:58'),
	(14, 13, 1, '2026-11-26 01:15:58'),
	(15, 14, 1, '2026-11-26 01:15:58'),
	(16, 15, 1, '2026-11-26 01:15:58'),
	(17, 16, 1, '2026-11-26 01:15:58'),
	(18, 17, 1, '2026-11-26 01:15:58'),
	(19, 18, 1, '2026-11-26 01:15:58'),
	(20, 19, 1, '2026-11-26 01:15:58'),
	(21, 20, 1, '2026-11-26 01:15:58'),
	(22, 21, 1, '2026-11-26 01:15:58'),
	(23, 22, 1, '2026-11-26 01:15:58'),
	(24, 23, 1, '2026-11-26 01:15:58'),
	(25, 24, 1, '2026-11-26 01:15:58'),
	(26, 25, 1, '2026-11-26 01:15:58'),
	(27, 26, 1, '2026-11-26 01:15:58'),
	(28, 27, 1, '2026-11-26 01:15:58'),
	(29, 28, 1, '2026-11-26 01:15:58'),
	(30, 29, 1, '2026-11-26 01:15:58'),
	(31, 30, 1, '2026-11-26 01:15:58'),
	(32, 31, 1, '2026-11-26 01:15:58'),
	(33, 32, 1, '2026-11-26 01:15:58'),
	(34, 33, 1, '2026-11-26 01:15:58'),
	(35, 34, 1, '2026-11-26 01:15:58'),
	(36, 35, 1, '2026-11-26 01:15:58'),
	(37, 36, 1, '2026-11-26 01:15:58');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', '21926773-2694-41ff-b1d6-0ef76f43e94c', 'ada@people.example', 'ada@people.example', @now - 768637, '', '{}', '', 'active', 1, @now - 423563, @now - 768637, @now - 768637);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a2156c-7295-763a-bffb-4d615b5cbfc2', '21926773-2694-41ff-b1d6-0ef76f43e94c', 'password', '$argon2id$v=19$m=19456,t=2,p=1$W5f9BvD3CAkALgL9ADuiIg$7wufpSezPdDXJsm8MN7R6l5uAj6l4I72ZdOZc+kI2Dw', @now - 768637, @now - 768637);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2156c-728b-7d4b-ae84-722e78476287', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$W5f9BvD3CAkALgL9ADuiIg$7wufpSezPdDXJsm8MN7R6l5uAj6l4I72ZdOZc+kI2Dw', '', '4GVy0HyRoH8Qk8hW-zpnH5MHs8b3UkuRHwlFOA-S4R8', @now - 778163, @now + 86399221837, @now - 768702, NULL),
	('main', '01a2156c-7426-7b95-90c2-dc65c33b1a71', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$yEPCzqfmaDF9loeQxdtAMA$lfJ76WadVEyDtvZKje3EpiJaX/X/KWdq+z7Pm9K2vjE', '', '233Lh0Qf5lL4xhbcbFAyq9Av2f4UUfoQ0zW2FCemyVg', @now - 367226, @now + 86399632774, NULL, NULL),
	('main', '01a2156c-747d-7a94-a0d9-cd9d99f0533a', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$8YXYhKBYSTO/DXcwNbP+lg$JwjPLJiLEe7xvJw/FfF9kIQbgcn7+Z8yIBfEeXEWaNM', '', 'j-I-bto-BTKGyJ2MWiIk5xTfNGbmG4OeQfkZRKFz7zA', @now - 280292, @now + 86399719708, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id) VALUES
	('main', '01a2156c-73f3-7a93-a900-73d919983b2c', 'reset_password', '21926773-2694-41ff-b1d6-0ef76f43e94c', 'tL_twgttKPNUoF_-yaN6BasYfdWIhxDrbbxYTNdpGN4', 1, @now - 418290, @now + 3599581710, NULL, NULL, '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '0b7b1a99-d54f-45c5-a52d-a731dd9b5067', '21926773-2694-41ff-b1d6-0ef76f43e94c', 1, '5qweEGuEAsGIVx-GixI-xw', 0, @now - 619982, @now - 619982, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', '', @now - 766550, '', @now + 7775999376284, @now + 2591999380018, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 623716, @now - 619982),
	('main', 'a0549b14-1c5a-4f58-a66d-cf520e58b727', '21926773-2694-41ff-b1d6-0ef76f43e94c', 0, 'RhV3kxmiv3QV1VoWAXgqhA', -1, NULL, @now - 423563, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', '', @now - 616515, '', @now + 7775999576437, @now + 2591999576437, @now - 420702, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 423563, @now - 423563);

INSERT INTO feed (realm_id, history_id, number) VALUES
	('main', 'iTJkXbFQ8SdyFu2iWJv28g', 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at) VALUES
	('main', 1, 'sid', 'a0549b14-1c5a-4f58-a66d-cf520e58b727', 0, @now - 420702, @now + 1079579298);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'ZBAP0OWReE1rNLPiJyQvVAGRJqMnN4B43QfPLRqa43Y', 2, @now + 3599222428),
	('main', 'mail', 'BhFIklYl89VIq5DrNW9BqybukGR4YzI5kQWojmgUO5M', 1, @now + 3599632890),
	('main', 'mail', '-sLJoltTovsrYCPUHKls_IhK07Um9ru-bh70iu1DtDo', 1, @now + 3599719832);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a2156c-728d-7ded-89d2-6a76781832d9', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a2156c-728b-7d4b-ae84-722e78476287","token_table":"pending_signups","expires_at":"@time(23h59m59.221837s)"}', '', 'done', 1, 14, 1, @now - 775982, @now + 86399221837, NULL, '', @now - 775982, @now - 768982),
	('main', '01a2156c-73f3-7be4-b0fa-c4d8f976b826', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a2156c-73f3-7a93-a900-73d919983b2c","token_table":"one_time_tokens","expires_at":"@time(59m59.581711s)"}', '', 'done', 1, 14, 1, @now - 418982, @now + 3599581710, NULL, '', @now - 418982, @now - 413982),
	('main', '01a2156c-7427-707e-80eb-1f900befc292', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a2156c-7426-7b95-90c2-dc65c33b1a71","token_table":"pending_signups","expires_at":"@time(23h59m59.632774s)"}', '', 'done', 1, 14, 1, @now - 366982, @now + 86399632774, NULL, '', @now - 366982, @now - 347982),
	('main', '01a2156c-747e-7052-825e-d4385046074d', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a2156c-747d-7a94-a0d9-cd9d99f0533a","token_table":"pending_signups","expires_at":"@time(23h59m59.719708s)"}', 'v1.NXKrag.LNgOuk91pUuizfmxNQSMh3568RKrYczaet3eVIOoe93H-b4W107oWUkXGM3FVzoE19SaXFLVw-CXYNp3OTybN0ZPx2HXS7LkP0zxUA', 'ready', 1, 14, 1, @now + 4666646, @now + 86399719708, NULL, 'send mail: mail server 127.0.0.1:39451: connect: EOF', @now - 279982, @now - 262982);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a2156c-728d-784b-9b1c-1cc3df631c3a', 'sign_up.requested', 'success', '', '', '', '', '01a2156c-721b-78d2-b732-99e15636e351', '{}', @now - 776438),
	('main', '01a2156c-7295-76c7-b9f4-c63e5674f1ef', 'user.created', 'success', '', '', '21926773-2694-41ff-b1d6-0ef76f43e94c', '', '01a2156c-7295-70ff-ab86-7e835896e6e4', '{}', @now - 768538),
	('main', '01a2156c-7295-7733-b60d-c2274715f29b', 'email.verified', 'success', '', '21926773-2694-41ff-b1d6-0ef76f43e94c', '21926773-2694-41ff-b1d6-0ef76f43e94c', '', '01a2156c-7295-70ff-ab86-7e835896e6e4', '{}', @now - 768510),
	('main', '01a2156c-7326-7ea6-9cc0-a0dddae8dc03', 'session.opened', 'success', '', '21926773-2694-41ff-b1d6-0ef76f43e94c', '21926773-2694-41ff-b1d6-0ef76f43e94c', 'i6Wif1rUQ4EfNIwVLcTTiD35tnoctLLQbOPnLcOvT0k', '01a2156c-7297-753d-8767-1a976093d3c3', '{"amr":["pwd"],"new_device":false}', @now - 623020),
	('main', '01a2156c-73ef-702f-ba11-d73ecdf14f08', 'session.opened', 'success', '', '21926773-2694-41ff-b1d6-0ef76f43e94c', '21926773-2694-41ff-b1d6-0ef76f43e94c', 'xeOXwldaVlU7ha0TK74n-Izeh42YEU7kcuP7e4tVeo8', '01a2156c-732d-7522-a21a-fbe55dd7707a', '{"amr":["pwd"],"new_device":false}', @now - 422968),
	('main', '01a2156c-73f1-7dd7-a910-25864147d9ee', 'session.ended', 'success', 'logout', '21926773-2694-41ff-b1d6-0ef76f43e94c', '21926773-2694-41ff-b1d6-0ef76f43e94c', 'xeOXwldaVlU7ha0TK74n-Izeh42YEU7kcuP7e4tVeo8', '01a2156c-73f0-7f32-8e5f-3b16b92cb2a9', '{}', @now - 420074),
	('main', '01a2156c-73f3-7a3d-97e8-d34f4206e24c', 'password.reset_requested', 'success', '', '', '21926773-2694-41ff-b1d6-0ef76f43e94c', '', '01a2156c-73f3-770c-af45-2a4ba1194b46', '{}', @now - 418311),
	('main', '01a2156c-7426-7f11-ba6c-9eabf2b8b9fc', 'sign_up.requested', 'success', '', '', '', '', '01a2156c-73f8-7657-a2ec-c741f56e18a6', '{}', @now - 366994),
	('main', '01a2156c-747d-7ebf-87f0-a00167bf3c82', 'sign_up.requested', 'success', '', '', '', '', '01a2156c-743d-7149-a4e2-a763efa55ccf', '{}', @now - 280015);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a2156c-728d-784b-9b1c-1cc3df631c3a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2156c-7295-76c7-b9f4-c63e5674f1ef', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2156c-7295-7733-b60d-c2274715f29b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2156c-7326-7ea6-9cc0-a0dddae8dc03', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2156c-73ef-702f-ba11-d73ecdf14f08', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2156c-73f1-7dd7-a910-25864147d9ee', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a2156c-73f3-7a3d-97e8-d34f4206e24c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2156c-7426-7f11-ba6c-9eabf2b8b9fc', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a2156c-747d-7ebf-87f0-a00167bf3c82', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'MNwO_PY1sTJRYozap5F7Q7B3StLPymWjxGM5trH4YUo', 'ES256', '{"use":"sig","kty":"EC","kid":"MNwO_PY1sTJRYozap5F7Q7B3StLPymWjxGM5trH4YUo","crv":"P-256","alg":"ES256","x":"pch9j5EpdLzalX5rUi5OhWewMp4lpTUObZo-WNKBdAA","y":"iZHjCyPrXM-v2h71RYmPDHJYKYzJT22_LCHA1EcDx-k"}', 'v1.NXKrag.2GNEmn7DxuBwxdjOl2d6QEM0-Kd_ne37HUSubB5wDazDrh2nQVU18GDk-SVhYoAyslc-K6cZrTSLqdOOiUkR6rZ3fIjYmWuGBx_lYS2OJubHi4qxS4yz1mI7263GXMDmbM9QXw7t7NFwZWTVAQ8IaPsAqGFUrP0mISbi7rPHT1CM-C7Idd7cbyIzIbIxQSElsnxUNEm3uFM946ONPmCvFgOsxFZFAQ', @now - 926360, @now - 926360, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'NXKrag', 'D0YczQqJi2RGJopTU03BCjbNQqiTgFVwY3TboN75Bm4', @now - 956877);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
