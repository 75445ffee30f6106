-- +goose Up
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
) /*suffix*/;
