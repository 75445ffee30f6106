-- +goose Up
CREATE TABLE audit_unsealed (
	realm_id VARCHAR(64) NOT NULL,
	event_id VARCHAR(64) NOT NULL,
	CONSTRAINT audit_unsealed_pkey PRIMARY KEY (realm_id, event_id)
) /*suffix*/;
