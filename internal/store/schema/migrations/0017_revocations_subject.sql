-- +goose Up
CREATE INDEX revocations_subject_idx ON revocations (realm_id, kind, subject);
