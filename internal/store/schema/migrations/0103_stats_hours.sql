-- +goose Up
CREATE TABLE stats_hours (
	realm_id VARCHAR(64) NOT NULL,
	hour     BIGINT      NOT NULL,
	series   VARCHAR(64) NOT NULL,
	reason   VARCHAR(64) NOT NULL,
	number   BIGINT      NOT NULL,
	CONSTRAINT stats_hours_pkey PRIMARY KEY (realm_id, hour, series, reason)
) /*suffix*/;
