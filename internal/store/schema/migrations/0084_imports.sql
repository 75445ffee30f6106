-- +goose Up
CREATE TABLE imports (
	realm_id    VARCHAR(64)  NOT NULL,
	source      VARCHAR(64)  NOT NULL,
	fingerprint VARCHAR(64)  NOT NULL,
	cursor_text VARCHAR(255) NOT NULL,
	rows_done   BIGINT       NOT NULL,
	updated_at  BIGINT       NOT NULL,
	CONSTRAINT imports_pkey PRIMARY KEY (realm_id, source)
) /*suffix*/;
