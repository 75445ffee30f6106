-- +goose Up
ALTER TABLE one_time_tokens ADD COLUMN ip VARCHAR(64);
