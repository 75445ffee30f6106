-- +goose Up
CREATE INDEX one_time_tokens_expiry_idx ON one_time_tokens (realm_id, expires_at);
