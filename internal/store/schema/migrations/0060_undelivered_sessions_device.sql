-- +goose Up
CREATE INDEX undelivered_sessions_device_idx ON undelivered_sessions (realm_id, device_hash, created_at);
