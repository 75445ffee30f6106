-- +goose Up
CREATE TABLE invitations (
	realm_id        VARCHAR(64)  NOT NULL,
	id              VARCHAR(64)  NOT NULL,
	email           VARCHAR(320) NOT NULL,
	email_canonical VARCHAR(320) NOT NULL,
	ended           VARCHAR(64)  NOT NULL,
	token_hash      VARCHAR(128) NOT NULL,
	roles           TEXT         NOT NULL,
	language        VARCHAR(64)  NOT NULL,
	invited_by      VARCHAR(64)  NOT NULL,
	created_at      BIGINT       NOT NULL,
	expires_at      BIGINT       NOT NULL,
	consumed_at     BIGINT,
	superseded_at   BIGINT,
	withdrawn_at    BIGINT,
	CONSTRAINT invitations_pkey PRIMARY KEY (realm_id, id),
	CONSTRAINT invitations_token_key UNIQUE (realm_id, token_hash),
	CONSTRAINT invitations_email_key UNIQUE (realm_id, email_canonical, ended)
) /*suffix*/;
