-- +goose Up
CREATE INDEX invitations_expiry_idx ON invitations (realm_id, expires_at);
