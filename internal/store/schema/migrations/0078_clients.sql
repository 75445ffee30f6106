-- +goose Up
CREATE TABLE clients (
	realm_id         VARCHAR(64)  NOT NULL,
	id               VARCHAR(64)  NOT NULL,
	client_id        VARCHAR(255) NOT NULL,
	name             VARCHAR(200) NOT NULL,
	kind             VARCHAR(16)  NOT NULL,
	first_party      SMALLINT     NOT NULL,
	redirect_uris    TEXT         NOT NULL,
	post_logout_uris TEXT         NOT NULL,
	grant_types      TEXT         NOT NULL,
	scopes           TEXT         NOT NULL,
	audiences        TEXT         NOT NULL,
	auth_method      VARCHAR(64)  NOT NULL,
	settings         TEXT         NOT NULL,
	epoch            BIGINT       NOT NULL,
	created_at       BIGINT       NOT NULL,
	updated_at       BIGINT       NOT NULL,
	disabled_at      BIGINT,
	CONSTRAINT clients_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT clients_client_id_key UNIQUE (realm_id, client_id)
) /*suffix*/;
