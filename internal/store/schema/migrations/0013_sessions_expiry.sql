-- +goose Up
CREATE INDEX sessions_expiry_idx ON sessions (realm_id, expires_at);
