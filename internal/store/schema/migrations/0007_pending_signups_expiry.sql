-- +goose Up
CREATE INDEX pending_signups_expiry_idx ON pending_signups (realm_id, expires_at);
