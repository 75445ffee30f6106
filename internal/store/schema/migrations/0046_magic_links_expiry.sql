-- +goose Up
CREATE INDEX magic_links_expiry_idx ON magic_links (realm_id, expires_at);
