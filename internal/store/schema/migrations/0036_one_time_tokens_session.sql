-- +goose Up
ALTER TABLE one_time_tokens ADD COLUMN session_id VARCHAR(64);
