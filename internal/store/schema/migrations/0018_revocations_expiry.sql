-- +goose Up
CREATE INDEX revocations_expiry_idx ON revocations (realm_id, expires_at);
