-- +goose Up
CREATE INDEX magic_links_user_idx ON magic_links (realm_id, user_id);
