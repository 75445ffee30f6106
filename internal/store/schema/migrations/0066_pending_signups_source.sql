-- +goose Up
ALTER TABLE pending_signups ADD COLUMN source VARCHAR(128);
