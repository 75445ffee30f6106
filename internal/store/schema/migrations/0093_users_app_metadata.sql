-- +goose Up
ALTER TABLE users ADD COLUMN app_metadata TEXT;
