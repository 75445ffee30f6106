-- +goose Up
CREATE INDEX attempts_expiry_idx ON attempts (realm_id, window_ends_at);
