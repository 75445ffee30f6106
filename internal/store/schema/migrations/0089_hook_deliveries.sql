-- +goose Up
CREATE TABLE hook_deliveries (
	realm_id     VARCHAR(64) NOT NULL,
	endpoint_id  VARCHAR(64) NOT NULL,
	user_id      VARCHAR(64) NOT NULL,
	event_number BIGINT      NOT NULL,
	job_id       VARCHAR(64) NOT NULL,
	CONSTRAINT hook_deliveries_pkey PRIMARY KEY (realm_id, endpoint_id, user_id, event_number, job_id)
) /*suffix*/;
