-- +goose Up
CREATE INDEX deletions_due_idx ON deletions (realm_id, erase_at);
