-- +goose Up
CREATE TABLE audit_tree (
	realm_id  VARCHAR(64) NOT NULL,
	number    BIGINT      NOT NULL,
	tree_id   VARCHAR(64) NOT NULL,
	size      BIGINT      NOT NULL,
	turn      BIGINT      NOT NULL,
	began_at  BIGINT      NOT NULL,
	closed_at BIGINT,
	CONSTRAINT audit_tree_pkey PRIMARY KEY (realm_id, number),
	CONSTRAINT audit_tree_id_key UNIQUE (realm_id, tree_id)
) /*suffix*/;
