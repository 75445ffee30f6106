-- +goose Up
CREATE TABLE audit_hashes (
	realm_id VARCHAR(64) NOT NULL,
	tree_id  VARCHAR(64) NOT NULL,
	position BIGINT      NOT NULL,
	hash     VARCHAR(64) NOT NULL,
	CONSTRAINT audit_hashes_pkey PRIMARY KEY (realm_id, tree_id, position)
) /*suffix*/;
