-- +goose Up
CREATE INDEX sessions_idle_expiry_idx ON sessions (realm_id, idle_expires_at);
