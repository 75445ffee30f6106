-- +goose Up
CREATE INDEX audit_personal_email_idx ON audit_personal (realm_id, email);
