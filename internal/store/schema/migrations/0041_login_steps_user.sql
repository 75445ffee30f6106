-- +goose Up
CREATE INDEX login_steps_user_idx ON login_steps (realm_id, user_id);
