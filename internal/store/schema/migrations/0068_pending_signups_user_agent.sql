-- +goose Up
ALTER TABLE pending_signups ADD COLUMN user_agent TEXT;
