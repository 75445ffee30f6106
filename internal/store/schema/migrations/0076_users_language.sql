-- +goose Up
ALTER TABLE users ADD COLUMN language VARCHAR(64);
