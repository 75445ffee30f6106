-- +goose Up
CREATE INDEX spent_challenges_expiry_idx ON spent_challenges (realm_id, expires_at);
