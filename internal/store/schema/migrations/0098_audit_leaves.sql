-- +goose Up
CREATE TABLE audit_leaves (
	realm_id     VARCHAR(64) NOT NULL,
	tree_id      VARCHAR(64) NOT NULL,
	leaf         BIGINT      NOT NULL,
	event_id     VARCHAR(64) NOT NULL,
	hash         VARCHAR(64) NOT NULL,
	commitment   VARCHAR(64) NOT NULL,
	body_dropped SMALLINT    NOT NULL,
	CONSTRAINT audit_leaves_pkey PRIMARY KEY (realm_id, tree_id, leaf),
	CONSTRAINT audit_leaves_event_key UNIQUE (realm_id, event_id)
) /*suffix*/;
