-- +goose Up
CREATE INDEX pending_signups_email_idx ON pending_signups (realm_id, email_canonical, created_at);
