-- +goose Up
CREATE TABLE credential_forms (
	realm_id VARCHAR(64)  NOT NULL,
	form     VARCHAR(255) NOT NULL,
	number   BIGINT       NOT NULL,
	CONSTRAINT credential_forms_pkey PRIMARY KEY (realm_id, form)
) /*suffix*/;
