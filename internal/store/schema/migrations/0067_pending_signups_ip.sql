-- +goose Up
ALTER TABLE pending_signups ADD COLUMN ip VARCHAR(64);
