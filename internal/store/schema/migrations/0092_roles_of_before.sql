-- +goose Up
-- The names of built-in roles meant nothing here before. One that users have stays the
-- operator's own role, so that an upgrade gives nobody a right.
INSERT INTO roles (realm_id, name, permissions, created_at, updated_at)
SELECT DISTINCT realm_id, 'owner', '', 0, 0 FROM users WHERE roles LIKE '%,owner,%'
UNION SELECT DISTINCT realm_id, 'admin', '', 0, 0 FROM users WHERE roles LIKE '%,admin,%'
UNION SELECT DISTINCT realm_id, 'support', '', 0, 0 FROM users WHERE roles LIKE '%,support,%'
UNION SELECT DISTINCT realm_id, 'auditor', '', 0, 0 FROM users WHERE roles LIKE '%,auditor,%';
