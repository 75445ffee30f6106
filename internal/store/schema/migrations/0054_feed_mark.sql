-- +goose Up
ALTER TABLE feed ADD COLUMN mark BIGINT;
