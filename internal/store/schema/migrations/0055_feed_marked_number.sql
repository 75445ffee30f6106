-- +goose Up
ALTER TABLE feed ADD COLUMN marked_number BIGINT;
