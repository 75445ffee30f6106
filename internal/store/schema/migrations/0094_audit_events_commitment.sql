-- +goose Up
ALTER TABLE audit_events ADD COLUMN commitment VARCHAR(64);
