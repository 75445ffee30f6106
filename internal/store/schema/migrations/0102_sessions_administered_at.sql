-- +goose Up
ALTER TABLE sessions ADD COLUMN administered_at BIGINT;
