-- +goose Up
CREATE TABLE hook_secrets (
	realm_id      VARCHAR(64)  NOT NULL,
	endpoint_id   VARCHAR(64)  NOT NULL,
	id            VARCHAR(64)  NOT NULL,
	secret_sealed VARCHAR(512) NOT NULL,
	created_at    BIGINT       NOT NULL,
	expires_at    BIGINT,
	CONSTRAINT hook_secrets_pkey PRIMARY KEY (realm_id, endpoint_id, id),
	CONSTRAINT hook_secrets_endpoint_id_fkey FOREIGN KEY (realm_id, endpoint_id) REFERENCES hook_endpoints (realm_id, id)
) /*suffix*/;
