-- +goose Up
ALTER TABLE users ADD COLUMN event_number BIGINT;
