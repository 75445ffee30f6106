-- +goose Up
CREATE INDEX login_steps_expiry_idx ON login_steps (realm_id, expires_at);
