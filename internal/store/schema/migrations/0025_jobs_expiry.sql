-- +goose Up
CREATE INDEX jobs_expiry_idx ON jobs (realm_id, expires_at);
