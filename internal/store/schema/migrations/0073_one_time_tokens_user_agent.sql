-- +goose Up
ALTER TABLE one_time_tokens ADD COLUMN user_agent TEXT;
