-- +goose Up
CREATE TABLE client_secrets (
	realm_id     VARCHAR(64)  NOT NULL,
	client_id    VARCHAR(255) NOT NULL,
	id           VARCHAR(64)  NOT NULL,
	secret_hash  VARCHAR(64)  NOT NULL,
	hint         VARCHAR(16)  NOT NULL,
	created_at   BIGINT       NOT NULL,
	expires_at   BIGINT,
	last_used_at BIGINT,
	CONSTRAINT client_secrets_pkey PRIMARY KEY (realm_id, client_id, id),
	CONSTRAINT client_secrets_client_id_fkey FOREIGN KEY (realm_id, client_id) REFERENCES clients (realm_id, client_id)
) /*suffix*/;
