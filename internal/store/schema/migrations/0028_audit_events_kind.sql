-- +goose Up
CREATE INDEX audit_events_kind_idx ON audit_events (realm_id, kind, id);
