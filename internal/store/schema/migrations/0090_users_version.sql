-- +goose Up
ALTER TABLE users ADD COLUMN version BIGINT;
