-- +goose Up
CREATE INDEX email_changes_user_idx ON email_changes (realm_id, user_id, created_at);
