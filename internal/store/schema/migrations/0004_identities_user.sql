-- +goose Up
CREATE INDEX identities_user_idx ON identities (realm_id, user_id);
