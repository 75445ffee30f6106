-- +goose Up
ALTER TABLE pending_signups ADD COLUMN proof_hash VARCHAR(128);
