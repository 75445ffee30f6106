-- +goose Up
CREATE INDEX audit_events_user_idx ON audit_events (realm_id, user_id, id);
