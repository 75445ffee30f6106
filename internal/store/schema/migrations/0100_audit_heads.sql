-- +goose Up
CREATE TABLE audit_heads (
	realm_id   VARCHAR(64) NOT NULL,
	tree_id    VARCHAR(64) NOT NULL,
	size       BIGINT      NOT NULL,
	note       TEXT        NOT NULL,
	created_at BIGINT      NOT NULL,
	CONSTRAINT audit_heads_pkey PRIMARY KEY (realm_id, tree_id, size)
) /*suffix*/;
