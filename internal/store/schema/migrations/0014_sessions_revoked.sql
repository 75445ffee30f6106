-- +goose Up
CREATE INDEX sessions_revoked_idx ON sessions (realm_id, revoked_at);
