-- +goose Up
ALTER TABLE audit_personal ADD COLUMN salt VARCHAR(64);
