-- +goose Up
ALTER TABLE one_time_tokens ADD COLUMN proof_hash VARCHAR(128);
