-- +goose Up
CREATE INDEX jobs_due_idx ON jobs (realm_id, state, kind, run_at);
