-- +goose Up
CREATE TABLE external_ids (
	realm_id    VARCHAR(64)  NOT NULL,
	source      VARCHAR(64)  NOT NULL,
	id_hash     VARCHAR(64)  NOT NULL,
	user_id     VARCHAR(64)  NOT NULL,
	external_id VARCHAR(255) NOT NULL,
	created_at  BIGINT       NOT NULL,
	CONSTRAINT external_ids_pkey PRIMARY KEY (realm_id, source, id_hash),
	CONSTRAINT external_ids_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES users (realm_id, id)
) /*suffix*/;
