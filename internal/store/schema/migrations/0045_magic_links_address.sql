-- +goose Up
CREATE INDEX magic_links_address_idx ON magic_links (realm_id, address_hash);
