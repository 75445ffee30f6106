-- +goose Up
CREATE TABLE magic_links (
	realm_id      VARCHAR(64)  NOT NULL,
	id            VARCHAR(64)  NOT NULL,
	user_id       VARCHAR(64)  NOT NULL,
	address_hash  VARCHAR(128) NOT NULL,
	token_hash    VARCHAR(128) NOT NULL,
	request_hash  VARCHAR(128) NOT NULL,
	code_hash     VARCHAR(128) NOT NULL,
	user_epoch    BIGINT       NOT NULL,
	tries         BIGINT       NOT NULL,
	device_name   VARCHAR(200) NOT NULL,
	created_at    BIGINT       NOT NULL,
	expires_at    BIGINT       NOT NULL,
	consumed_at   BIGINT,
	superseded_at BIGINT,
	CONSTRAINT magic_links_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT magic_links_token_key UNIQUE (realm_id, token_hash),
	CONSTRAINT magic_links_request_key UNIQUE (realm_id, request_hash)
) /*suffix*/;
