-- +goose Up
ALTER TABLE pending_signups ADD COLUMN language VARCHAR(64);
