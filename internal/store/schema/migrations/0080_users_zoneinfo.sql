-- +goose Up
ALTER TABLE users ADD COLUMN zoneinfo VARCHAR(64);
