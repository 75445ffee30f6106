-- +goose Up
ALTER TABLE pending_signups ADD COLUMN signup_id VARCHAR(64);
