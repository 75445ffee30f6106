-- +goose Up
ALTER TABLE login_steps ADD COLUMN audience VARCHAR(255);
