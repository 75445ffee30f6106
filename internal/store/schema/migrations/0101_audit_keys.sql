-- +goose Up
CREATE TABLE audit_keys (
	realm_id       VARCHAR(64) NOT NULL,
	number         BIGINT      NOT NULL,
	public_key     TEXT        NOT NULL,
	private_sealed TEXT        NOT NULL,
	created_at     BIGINT      NOT NULL,
	CONSTRAINT audit_keys_pkey PRIMARY KEY (realm_id, number)
) /*suffix*/;
