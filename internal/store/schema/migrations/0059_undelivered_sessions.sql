-- +goose Up
CREATE TABLE undelivered_sessions (
	realm_id    VARCHAR(64) NOT NULL,
	session_id  VARCHAR(64) NOT NULL,
	device_hash VARCHAR(64) NOT NULL,
	created_at  BIGINT      NOT NULL,
	CONSTRAINT undelivered_sessions_pkey PRIMARY KEY (realm_id, session_id)
) /*suffix*/;
