-- +goose Up
-- Accounts of before whose owner showed that they read the mailbox, or guards it
-- by a second factor. They count as claimed since they were made, and not since
-- their address was verified, which a change of address does again: undoing that
-- takes back what was claimed since.
UPDATE users SET claimed_at = created_at
WHERE claimed_at IS NULL AND status <> 'erased' AND (email_verified_at IS NOT NULL
	OR EXISTS (SELECT 1 FROM passkeys WHERE passkeys.realm_id = users.realm_id AND passkeys.user_id = users.id)
	OR EXISTS (SELECT 1 FROM totp WHERE totp.realm_id = users.realm_id AND totp.user_id = users.id AND totp.confirmed_at IS NOT NULL));
