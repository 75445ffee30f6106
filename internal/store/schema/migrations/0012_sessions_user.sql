-- +goose Up
CREATE INDEX sessions_user_idx ON sessions (realm_id, user_id, created_at);
