-- +goose Up
ALTER TABLE revocations ADD COLUMN mark BIGINT;
