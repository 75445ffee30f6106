-- +goose Up
CREATE TABLE roles (
	realm_id    VARCHAR(64) NOT NULL,
	name        VARCHAR(64) NOT NULL,
	permissions TEXT        NOT NULL,
	created_at  BIGINT      NOT NULL,
	updated_at  BIGINT      NOT NULL,
	CONSTRAINT roles_pkey PRIMARY KEY (realm_id, name)
) /*suffix*/;
