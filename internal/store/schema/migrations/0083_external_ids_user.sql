-- +goose Up
CREATE INDEX external_ids_user_idx ON external_ids (realm_id, user_id);
