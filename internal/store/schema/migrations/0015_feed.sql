-- +goose Up
CREATE TABLE feed (
	realm_id   VARCHAR(64) NOT NULL,
	history_id VARCHAR(64) NOT NULL,
	number     BIGINT      NOT NULL,
	CONSTRAINT feed_pkey PRIMARY KEY (realm_id)
) /*suffix*/;
