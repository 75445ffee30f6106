-- +goose Up
CREATE INDEX undelivered_sessions_age_idx ON undelivered_sessions (realm_id, created_at);
