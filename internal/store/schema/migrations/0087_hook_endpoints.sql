-- +goose Up
CREATE TABLE hook_endpoints (
	realm_id      VARCHAR(64)   NOT NULL,
	id            VARCHAR(64)   NOT NULL,
	url           VARCHAR(2000) NOT NULL,
	kinds         TEXT          NOT NULL,
	ordered       SMALLINT      NOT NULL,
	owner_email   VARCHAR(320)  NOT NULL,
	created_at    BIGINT        NOT NULL,
	updated_at    BIGINT        NOT NULL,
	disabled_at   BIGINT,
	failing_since BIGINT,
	CONSTRAINT hook_endpoints_pkey PRIMARY KEY (realm_id, id)
) /*suffix*/;
