-- +goose Up
CREATE INDEX jobs_state_idx ON jobs (realm_id, state, id);
