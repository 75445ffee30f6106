-- +goose Up
ALTER TABLE pending_signups ADD COLUMN mailed_at BIGINT;
