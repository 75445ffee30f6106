-- +goose Up
CREATE TABLE audit_repeats (
	realm_id VARCHAR(64) NOT NULL,
	id       VARCHAR(64) NOT NULL,
	event_id VARCHAR(64) NOT NULL,
	number   INTEGER     NOT NULL,
	began_at BIGINT      NOT NULL,
	CONSTRAINT audit_repeats_pkey PRIMARY KEY (realm_id, id)
) /*suffix*/;
