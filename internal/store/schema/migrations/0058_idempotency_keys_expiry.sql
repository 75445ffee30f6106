-- +goose Up
CREATE INDEX idempotency_keys_expiry_idx ON idempotency_keys (realm_id, expires_at);
