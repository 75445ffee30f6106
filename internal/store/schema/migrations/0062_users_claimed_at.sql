-- +goose Up
ALTER TABLE users ADD COLUMN claimed_at BIGINT;
