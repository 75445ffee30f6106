-- +goose Up
CREATE INDEX jobs_settled_idx ON jobs (realm_id, state, updated_at);
