-- +goose Up
CREATE INDEX email_changes_expiry_idx ON email_changes (realm_id, expires_at);
