-- +goose Up
CREATE INDEX audit_repeats_age_idx ON audit_repeats (realm_id, began_at);
