-- +goose Up
-- The password of a sign-up that made an account is the account's alone.
UPDATE pending_signups SET password_hash = '' WHERE consumed_at IS NOT NULL;
