-- +goose Up
CREATE INDEX totp_expiry_idx ON totp (realm_id, expires_at);
