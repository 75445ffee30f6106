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

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-25 20:03:46'),
	(2, 1, 1, '2026-11-25 20:03:46'),
	(3, 2, 1, '2026-11-25 20:03:46'),
	(4, 3, 1, '2026-11-25 20:03:46'),
	(5, 4, 1, '2026-11-25 20:03:46'),
	(6, 5, 1, '2026-11-25 20:03:46'),
	(7, 6, 1, '2026-11-25 20:03:46'),
	(8, 7, 1, '2026-11-25 20:03:46'),
	(9, 8, 1, '2026-11-25 20:03:46'),
	(10, 9, 1, '2026-11-25 20:03:46'),
	(11, 10, 1, '2026-11-25 20:03:46'),
	(12, 11, 1, '2026-11-25 20:03:46'),
	(13, 12, 1, '2026-11-25 20:03:46'),
	(14, 13, 1, '2026-11-25 20:03:46'),
	(15, 14, 1, '2026-11-25 20:03:46'),
	(16, 15, 1, '2026-11-25 20:03:46'),
	(17, 16, 1, '2026-11-25 20:03:46'),
	(18, 17, 1, '2026-11-25 20:03:46'),
	(19, 18, 1, '2026-11-25 20:03:46'),
	(20, 19, 1, '2026-11-25 20:03:46'),
	(21, 20, 1, '2026-11-25 20:03:46'),
	(22, 21, 1, '2026-11-25 20:03:46'),
	(23, 22, 1, '2026-11-25 20:03:46'),
	(24, 23, 1, '2026-11-25 20:03:46'),
	(25, 24, 1, '2026-11-25 20:03:46'),
	(26, 25, 1, '2026-11-25 20:03:46'),
	(27, 26, 1, '2026-11-25 20:03:46'),
	(28, 27, 1, '2026-11-25 20:03:46'),
	(29, 28, 1, '2026-11-25 20:03:46'),
	(30, 29, 1, '2026-11-25 20:03:46'),
	(31, 30, 1, '2026-11-25 20:03:46'),
	(32, 31, 1, '2026-11-25 20:03:46'),
	(33, 32, 1, '2026-11-25 20:03:46');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at) VALUES
	('main', '98b0480b-5b33-4825-991d-a853c7e29df3', 'ada@people.example', 'ada@people.example', @now - 1593410, '', '{}', '', 'active', 1, @now - 1168425, @now - 1593410, @now - 1593410);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a2144e-9fb6-7f13-b8a7-475f9fe036c4', '98b0480b-5b33-4825-991d-a853c7e29df3', 'password', '$argon2id$v=19$m=19456,t=2,p=1$GvW9fmJSszGSCwwJ/E6FBg$2ec8lNrYLHRKTougZDo1jqFd2Zb/MV0poyH1RhNvkJk', @now - 1593410, @now - 1593410);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2144e-9faa-719d-b6f0-ff423872ada2', 'ada@people.example', 'ada@people.example', '$argon2id$v=19$m=19456,t=2,p=1$GvW9fmJSszGSCwwJ/E6FBg$2ec8lNrYLHRKTougZDo1jqFd2Zb/MV0poyH1RhNvkJk', '', 'Eg5F8z6egoQMkyVXvmLS4WKW7B_1vbDaUi7EBxuzFQo', @now - 1605883, @now + 86398394117, @now - 1593672, NULL),
	('main', '01a2144e-a3af-772c-a07b-d249bf86c489', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$ASDybmdlvk7e5sShZ7PjuA$bvfrXvReVsuvBusGzzFybbM558TL86ztkNUkFbsIXL0', '', 'YqdGjm_i90BynhaFZ8h8Sdo9WyUwuubEHLWB0nDIieU', @now - 576519, @now + 86399423481, NULL, NULL),
	('main', '01a2144e-a531-73c9-986e-599b3829ebfe', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$maHXOpn17lAfLsT0F3puRw$8WPg0FzV7Oze0kGombZODFWCSYAVDAQLHCjI66Kdu9E', '', 'cU4uFSeeDzUL0yUihK9KAJG0MYzBCAs3tf2TqQVZpKo', @now - 190741, @now + 86399809259, NULL, NULL);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at) VALUES
	('main', '01a2144e-a1bb-78d5-a839-9e1624195756', 'reset_password', '98b0480b-5b33-4825-991d-a853c7e29df3', 'PvUI5Sqh7OLDSqnCax1k3qKpY8kb4Od-i-_remL3ezU', 1, @now - 1076405, @now + 3598923595, NULL, NULL);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', 'b4f904e8-69b2-4963-b5ae-a7916638cc38', '98b0480b-5b33-4825-991d-a853c7e29df3', 1, 'KjZJir6mbZMa1wzx7arV_Q', 0, @now - 1469983, @now - 1469983, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', '', @now - 1590156, '', @now + 7775998519925, @now + 2591998530017, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1480075, @now - 1469983),
	('main', 'cba610de-ace8-46f4-b7c4-90296d9e3c6d', '98b0480b-5b33-4825-991d-a853c7e29df3', 0, 'WyawTI33Y9EgZHZwCMrPkQ', -1, NULL, @now - 1168425, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', '', @now - 1464421, '', @now + 7775998831575, @now + 2591998831575, @now - 1128433, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 1168425, @now - 1168425);

INSERT INTO feed (realm_id, history_id, number) VALUES
	('main', 'kcrxE3Pz7MX5dOmKtvrGoA', 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at) VALUES
	('main', 1, 'sid', 'cba610de-ace8-46f4-b7c4-90296d9e3c6d', 0, @now - 1128433, @now + 1078871567);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'jf3XiHytgWkPYUS9_m2fX-jR08HxYyk3cv8a8mcax0U', 2, @now + 3598394479),
	('main', 'mail', 'fx8_Tf-hJT5bEEupGa_sP6qqv4lBM1T7ZWF8HriWcgA', 1, @now + 3599423635),
	('main', 'mail', 'keHtKYHcO1wmjh6x_lwvLytGPMKlclHKsqqXxb19kgk', 1, @now + 3599809437);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a2144e-9fac-7798-86cb-c199684501a2', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a2144e-9faa-719d-b6f0-ff423872ada2","token_table":"pending_signups","expires_at":"@time(23h59m58.394117s)"}', '', 'done', 1, 14, 1, @now - 1603983, @now + 86398394117, NULL, '', @now - 1603983, @now - 1595983),
	('main', '01a2144e-a1bb-7bdd-99bf-85be9b4bc38a', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a2144e-a1bb-78d5-a839-9e1624195756","token_table":"one_time_tokens","expires_at":"@time(59m58.923594s)"}', '', 'done', 1, 14, 1, @now - 1076983, @now + 3598923595, NULL, '', @now - 1076983, @now - 994983),
	('main', '01a2144e-a3af-7d16-9a5b-763adce81c7f', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a2144e-a3af-772c-a07b-d249bf86c489","token_table":"pending_signups","expires_at":"@time(23h59m59.42348s)"}', '', 'done', 1, 14, 1, @now - 576983, @now + 86399423481, NULL, '', @now - 576983, @now - 514983),
	('main', '01a2144e-a531-7b6b-bdb4-dab0ebe04e7c', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a2144e-a531-73c9-986e-599b3829ebfe","token_table":"pending_signups","expires_at":"@time(23h59m59.809258s)"}', 'v1.qherRQ.rZc_Ug3jqxq9yOPb_99yd35t7OE-3ZKaHUKRvtLxwKf-5pYOKWF9UNzqDzUFvzTvOKGMnAwZ2tKFhbBUI7XuN3ncvoj8-D335gO-TQ', 'ready', 1, 14, 1, @now + 4109146, @now + 86399809259, NULL, 'send mail: mail server 127.0.0.1:33763: connect: EOF', @now - 190983, @now - 93983);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a2144e-9fab-7e37-b4f8-8d4b825982eb', 'sign_up.requested', 'success', '', '', '', '', '01a2144e-9f61-7e29-8e23-20c2a9f221dd', '{}', @now - 1604050),
	('main', '01a2144e-9fb7-72e0-a340-ce24bf416095', 'user.created', 'success', '', '', '98b0480b-5b33-4825-991d-a853c7e29df3', '', '01a2144e-9fb5-75dd-9a32-43de350d03c4', '{}', @now - 1592794),
	('main', '01a2144e-9fb7-779c-ac1c-24e6df7bd3dd', 'email.verified', 'success', '', '98b0480b-5b33-4825-991d-a853c7e29df3', '98b0480b-5b33-4825-991d-a853c7e29df3', '', '01a2144e-9fb5-75dd-9a32-43de350d03c4', '{}', @now - 1592484),
	('main', '01a2144e-a028-751d-964a-e92ad89bf803', 'session.opened', 'success', '', '98b0480b-5b33-4825-991d-a853c7e29df3', '98b0480b-5b33-4825-991d-a853c7e29df3', 'HqEzMXH_0oENJEmTmGu_P-8rY-74hkBqCahT8RFgAoo', '01a2144e-9fb9-78a5-90be-0c2f12d64c94', '{"amr":["pwd"]}', @now - 1479643),
	('main', '01a2144e-a160-701d-be49-0ec463076099', 'session.opened', 'success', '', '98b0480b-5b33-4825-991d-a853c7e29df3', '98b0480b-5b33-4825-991d-a853c7e29df3', 'neVhDcxkx7LhpTKohHytXiaOHGqDh8SvQX3DT7WTPkU', '01a2144e-a037-769a-840a-dbe76a3cf31f', '{"amr":["pwd"]}', @now - 1167970),
	('main', '01a2144e-a188-71e7-9868-18b53ddbfd98', 'session.ended', 'success', 'logout', '98b0480b-5b33-4825-991d-a853c7e29df3', '98b0480b-5b33-4825-991d-a853c7e29df3', 'neVhDcxkx7LhpTKohHytXiaOHGqDh8SvQX3DT7WTPkU', '01a2144e-a187-73bf-ad02-9e10d7c78b26', '{}', @now - 1127855),
	('main', '01a2144e-a1bb-77c6-a350-f0c9b2d449c4', 'password.reset_requested', 'success', '', '', '98b0480b-5b33-4825-991d-a853c7e29df3', '', '01a2144e-a1ba-7c36-9cb7-d1f35bd12e71', '{}', @now - 1076473),
	('main', '01a2144e-a3af-7c07-b7a5-89fbe4eaf65f', 'sign_up.requested', 'success', '', '', '', '', '01a2144e-a1f6-7624-8185-f8f392535620', '{}', @now - 576194),
	('main', '01a2144e-a531-7931-a4b3-40ccbc60ceb8', 'sign_up.requested', 'success', '', '', '', '', '01a2144e-a3ee-7204-823c-c391411d0f0f', '{}', @now - 190379);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a2144e-9fab-7e37-b4f8-8d4b825982eb', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2144e-9fb7-72e0-a340-ce24bf416095', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2144e-9fb7-779c-ac1c-24e6df7bd3dd', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2144e-a028-751d-964a-e92ad89bf803', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2144e-a160-701d-be49-0ec463076099', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2144e-a188-71e7-9868-18b53ddbfd98', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a2144e-a1bb-77c6-a350-f0c9b2d449c4', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a2144e-a3af-7c07-b7a5-89fbe4eaf65f', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a2144e-a531-7931-a4b3-40ccbc60ceb8', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'L2FUpCQptMlVecSocq78WulQRFdK5rkleHL83UfYRko', 'ES256', '{"use":"sig","kty":"EC","kid":"L2FUpCQptMlVecSocq78WulQRFdK5rkleHL83UfYRko","crv":"P-256","alg":"ES256","x":"C2RmuWfKUNsqthb-11efLWD38vzLMg6CG_t5xIdbz2s","y":"fUAGFEQlInguH7LF31hGTEMnJHSuvB44Jgny9CogBm8"}', 'v1.qherRQ.2-8lcLOpCiIoBjUnFgbx669HGvpFWrrSEaHk3dQR4wZlHucBhknHr49JAqYNveAXAWEpHFsOIvQTDKNfhwgjfccaZ1iOM4Hp51K06bl4OKAhwPzKj0dNo3zIRUyRNPx4qee_IubUNz2f7un5RZOQIt-j0JoRvTX9pwYOzPbnEE_F6KZt3mcmipZHOIZf-hCXfGxeRQiEFoQD0iEC5GEULuVATwDXDQ', @now - 1719740, @now - 1719740, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'qherRQ', 'eVyHWWSjgdy_QDmrUsvan7z7UNpmQBaH-khah4Ce3b8', @now - 1748648);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);
