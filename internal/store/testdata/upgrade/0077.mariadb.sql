-- Written by make fixture. @now is the time in microseconds, @time(0s) is that far from it.
SET foreign_key_checks = 0, sql_mode = 'NO_BACKSLASH_ESCAPES';
CREATE TABLE `attempts` (
  `realm_id` varchar(64) NOT NULL,
  `kind` varchar(32) NOT NULL,
  `subject` varchar(255) NOT NULL,
  `tries` int(11) NOT NULL,
  `window_ends_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`kind`,`subject`),
  KEY `attempts_expiry_idx` (`realm_id`,`window_ends_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_events` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `outcome` varchar(16) NOT NULL,
  `reason` varchar(64) NOT NULL,
  `actor_id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `session_hash` varchar(128) NOT NULL,
  `request_id` varchar(128) NOT NULL,
  `details` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_events_user_idx` (`realm_id`,`user_id`,`id`),
  KEY `audit_events_kind_idx` (`realm_id`,`kind`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_personal` (
  `realm_id` varchar(64) NOT NULL,
  `event_id` varchar(64) NOT NULL,
  `address` varchar(64) NOT NULL,
  `user_agent` text NOT NULL,
  `email` varchar(320) NOT NULL,
  PRIMARY KEY (`realm_id`,`event_id`),
  KEY `audit_personal_email_idx` (`realm_id`,`email`),
  CONSTRAINT `audit_personal_event_id_fkey` FOREIGN KEY (`realm_id`, `event_id`) REFERENCES `audit_events` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_repeats` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `event_id` varchar(64) NOT NULL,
  `number` int(11) NOT NULL,
  `began_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_repeats_age_idx` (`realm_id`,`began_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `browser_sessions` (
  `realm_id` varchar(64) NOT NULL,
  `session_id` varchar(64) NOT NULL,
  `cookie_hash` varchar(128) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`session_id`),
  UNIQUE KEY `browser_sessions_cookie_key` (`realm_id`,`cookie_hash`),
  CONSTRAINT `browser_sessions_session_id_fkey` FOREIGN KEY (`realm_id`, `session_id`) REFERENCES `sessions` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `credentials` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `kind` varchar(32) NOT NULL,
  `secret` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `credentials_user_kind_key` (`realm_id`,`user_id`,`kind`),
  CONSTRAINT `credentials_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `deletions` (
  `realm_id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `requested_at` bigint(20) NOT NULL,
  `erase_at` bigint(20) NOT NULL,
  `started_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`),
  KEY `deletions_due_idx` (`realm_id`,`erase_at`),
  CONSTRAINT `deletions_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `email_changes` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `old_email` varchar(320) NOT NULL,
  `old_canonical` varchar(320) NOT NULL,
  `old_verified_at` bigint(20) DEFAULT NULL,
  `new_email` varchar(320) NOT NULL,
  `new_canonical` varchar(320) NOT NULL,
  `confirm_token_id` varchar(64) NOT NULL,
  `undo_token_id` varchar(64) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `confirmed_at` bigint(20) DEFAULT NULL,
  `undone_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `email_changes_user_idx` (`realm_id`,`user_id`,`created_at`),
  KEY `email_changes_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `email_changes_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `facts` (
  `realm_id` varchar(64) NOT NULL,
  `name` varchar(64) NOT NULL,
  `number` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `feed` (
  `realm_id` varchar(64) NOT NULL,
  `history_id` varchar(64) NOT NULL,
  `number` bigint(20) NOT NULL,
  `mark` bigint(20) DEFAULT NULL,
  `marked_number` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `goose_db_version` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `version_id` bigint(20) NOT NULL,
  `is_applied` tinyint(1) NOT NULL,
  `tstamp` datetime DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=79 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `idempotency_keys` (
  `realm_id` varchar(64) NOT NULL,
  `key_hash` varchar(64) NOT NULL,
  `body_hash` varchar(64) NOT NULL,
  `holder` varchar(64) NOT NULL,
  `session_id` varchar(64) NOT NULL,
  `answer_sealed` text NOT NULL,
  `misses` int(11) NOT NULL,
  `started_at` bigint(20) DEFAULT NULL,
  `expires_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`key_hash`),
  KEY `idempotency_keys_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `identities` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `provider` varchar(64) NOT NULL,
  `subject` varchar(255) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `identities_subject_key` (`realm_id`,`provider`,`subject`),
  KEY `identities_user_idx` (`realm_id`,`user_id`),
  CONSTRAINT `identities_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `jobs` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `payload` text NOT NULL,
  `secret_sealed` text NOT NULL,
  `state` varchar(16) NOT NULL,
  `attempts` int(11) NOT NULL,
  `max_attempts` int(11) NOT NULL,
  `fence` bigint(20) NOT NULL,
  `run_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) DEFAULT NULL,
  `lease_expires_at` bigint(20) DEFAULT NULL,
  `last_error` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `jobs_due_idx` (`realm_id`,`state`,`kind`,`run_at`),
  KEY `jobs_state_idx` (`realm_id`,`state`,`id`),
  KEY `jobs_settled_idx` (`realm_id`,`state`,`updated_at`),
  KEY `jobs_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `login_steps` (
  `realm_id` varchar(64) NOT NULL,
  `token_hash` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `user_epoch` bigint(20) NOT NULL,
  `amr` text NOT NULL,
  `device_name` varchar(200) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `consumed_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`token_hash`),
  KEY `login_steps_user_idx` (`realm_id`,`user_id`),
  KEY `login_steps_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `login_steps_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `magic_links` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `address_hash` varchar(128) NOT NULL,
  `token_hash` varchar(128) NOT NULL,
  `request_hash` varchar(128) NOT NULL,
  `code_hash` varchar(128) NOT NULL,
  `user_epoch` bigint(20) NOT NULL,
  `tries` bigint(20) NOT NULL,
  `device_name` varchar(200) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `consumed_at` bigint(20) DEFAULT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `magic_links_token_key` (`realm_id`,`token_hash`),
  UNIQUE KEY `magic_links_request_key` (`realm_id`,`request_hash`),
  KEY `magic_links_address_idx` (`realm_id`,`address_hash`),
  KEY `magic_links_expiry_idx` (`realm_id`,`expires_at`),
  KEY `magic_links_user_idx` (`realm_id`,`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `one_time_tokens` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `purpose` varchar(32) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `token_hash` varchar(128) NOT NULL,
  `user_epoch` bigint(20) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `consumed_at` bigint(20) DEFAULT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `session_id` varchar(64) DEFAULT NULL,
  `proof_hash` varchar(128) DEFAULT NULL,
  `ip` varchar(64) DEFAULT NULL,
  `user_agent` text DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `one_time_tokens_token_key` (`realm_id`,`token_hash`),
  KEY `one_time_tokens_user_idx` (`realm_id`,`user_id`,`purpose`),
  KEY `one_time_tokens_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `one_time_tokens_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `passkeys` (
  `realm_id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `credential_id` text NOT NULL,
  `credential_hash` varchar(64) NOT NULL,
  `public_key` text NOT NULL,
  `sign_count` bigint(20) NOT NULL,
  `user_verified` smallint(6) NOT NULL,
  `backup_eligible` smallint(6) NOT NULL,
  `backed_up` smallint(6) NOT NULL,
  `transports` text NOT NULL,
  `aaguid` varchar(64) NOT NULL,
  `attestation` varchar(64) NOT NULL,
  `name` varchar(200) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `last_used_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`,`id`),
  UNIQUE KEY `passkeys_credential_key` (`realm_id`,`credential_hash`),
  CONSTRAINT `passkeys_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `pending_signups` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `email` varchar(320) NOT NULL,
  `email_canonical` varchar(320) NOT NULL,
  `password_hash` text NOT NULL,
  `name` varchar(200) NOT NULL,
  `token_hash` varchar(128) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `consumed_at` bigint(20) DEFAULT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `signup_id` varchar(64) DEFAULT NULL,
  `proof_hash` varchar(128) DEFAULT NULL,
  `source` varchar(128) DEFAULT NULL,
  `ip` varchar(64) DEFAULT NULL,
  `user_agent` text DEFAULT NULL,
  `mailed_at` bigint(20) DEFAULT NULL,
  `language` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `pending_signups_token_key` (`realm_id`,`token_hash`),
  KEY `pending_signups_email_idx` (`realm_id`,`email_canonical`,`created_at`),
  KEY `pending_signups_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `recovery_codes` (
  `realm_id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `code_hash` varchar(64) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `used_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`,`code_hash`),
  CONSTRAINT `recovery_codes_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `revocations` (
  `realm_id` varchar(64) NOT NULL,
  `number` bigint(20) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `subject` varchar(255) NOT NULL,
  `epoch` bigint(20) NOT NULL,
  `revoked_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `mark` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`number`),
  KEY `revocations_subject_idx` (`realm_id`,`kind`,`subject`),
  KEY `revocations_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `secret_keys` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `check_value` varchar(255) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `sessions` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `generation` bigint(20) NOT NULL,
  `nonce` varchar(64) NOT NULL,
  `parent` bigint(20) NOT NULL,
  `parent_rotated_at` bigint(20) DEFAULT NULL,
  `rotated_at` bigint(20) NOT NULL,
  `newest_used` smallint(6) NOT NULL,
  `user_epoch` bigint(20) NOT NULL,
  `client_id` varchar(255) NOT NULL,
  `audience` text NOT NULL,
  `scope` text NOT NULL,
  `kind` varchar(32) NOT NULL,
  `amr` varchar(255) NOT NULL,
  `acr` varchar(255) NOT NULL,
  `auth_time` bigint(20) DEFAULT NULL,
  `cnf_jkt` varchar(64) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `idle_expires_at` bigint(20) NOT NULL,
  `revoked_at` bigint(20) DEFAULT NULL,
  `revoked_reason` varchar(64) NOT NULL,
  `user_agent` text NOT NULL,
  `ip` varchar(64) NOT NULL,
  `device_name` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `last_seen_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `sessions_user_idx` (`realm_id`,`user_id`,`created_at`),
  KEY `sessions_expiry_idx` (`realm_id`,`expires_at`),
  KEY `sessions_revoked_idx` (`realm_id`,`revoked_at`),
  CONSTRAINT `sessions_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `signing_keys` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `algorithm` varchar(16) NOT NULL,
  `public_jwk` text NOT NULL,
  `private_sealed` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `active_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `spent_challenges` (
  `realm_id` varchar(64) NOT NULL,
  `challenge_hash` varchar(64) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`challenge_hash`),
  KEY `spent_challenges_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `totp` (
  `realm_id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `secret_sealed` text NOT NULL,
  `last_step` bigint(20) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `confirmed_at` bigint(20) DEFAULT NULL,
  `expires_at` bigint(20) DEFAULT NULL,
  `codes_made_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`),
  KEY `totp_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `totp_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `undelivered_sessions` (
  `realm_id` varchar(64) NOT NULL,
  `session_id` varchar(64) NOT NULL,
  `device_hash` varchar(64) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`session_id`),
  KEY `undelivered_sessions_device_idx` (`realm_id`,`device_hash`,`created_at`),
  KEY `undelivered_sessions_age_idx` (`realm_id`,`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `users` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `email` varchar(320) NOT NULL,
  `email_canonical` varchar(320) NOT NULL,
  `email_verified_at` bigint(20) DEFAULT NULL,
  `name` varchar(200) NOT NULL,
  `metadata` text NOT NULL,
  `roles` text NOT NULL,
  `status` varchar(32) NOT NULL,
  `epoch` bigint(20) NOT NULL,
  `last_login_at` bigint(20) DEFAULT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  `claimed_at` bigint(20) DEFAULT NULL,
  `language` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596655751),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596703755),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596023928),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596778759);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a92-1c71-7e9e-a426-cf3cc26e7894', 'sign_up.requested', 'success', '', '', '', '', '01a22a92-1b28-7b8f-84ae-0a70a060bb64', '{}', @now - 3952761),
	('main', '01a22a92-1d10-7f1b-aa61-e4f4f315fe92', 'user.created', 'success', '', '', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', '', '01a22a92-1cb1-7bdb-a56e-1bd31612723c', '{}', @now - 3793727),
	('main', '01a22a92-1d13-777f-9470-438a48978ea8', 'email.verified', 'success', '', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', '', '01a22a92-1cb1-7bdb-a56e-1bd31612723c', '{"by":"link","claimed":true}', @now - 3791227),
	('main', '01a22a92-1e5e-71bd-8604-d698e58856f0', 'session.opened', 'success', '', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', '_f7MAdo5--zKJXuTftR4b6UOsvmL3Xo0iPyFWu_8Hck', '01a22a92-1d51-7a11-bc29-b4959ac7e765', '{"amr":["pwd"],"new_device":false}', @now - 3460600),
	('main', '01a22a92-1ec7-7032-8c1c-069413eecba3', 'session.opened', 'success', '', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'Wff9aZ3yUBlq4GOARt8MCvXq_XaskbRs-KDDYt3P1KY', '01a22a92-1e7a-7587-a7f6-061fda7402a1', '{"amr":["pwd"],"new_device":false}', @now - 3355704),
	('main', '01a22a92-1ecb-7cd0-9be2-827a0fc70558', 'session.ended', 'success', 'logout', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'Wff9aZ3yUBlq4GOARt8MCvXq_XaskbRs-KDDYt3P1KY', '01a22a92-1ec9-7da3-8c19-fe7790dfad0e', '{}', @now - 3350878),
	('main', '01a22a92-1ed5-7169-b387-6aeda07a1d50', 'password.reset_requested', 'success', '', '', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', '', '01a22a92-1ed1-7d88-9b7e-7ed31329f179', '{}', @now - 3341627),
	('main', '01a22a92-1f05-76b7-b6c7-96609cf1dab4', 'sign_up.requested', 'success', '', '', '', '', '01a22a92-1edd-7051-9468-75375c7cdd5d', '{}', @now - 3293278),
	('main', '01a22a92-1f50-7d0b-8e21-aaa7264d94a5', 'sign_up.requested', 'success', '', '', '', '', '01a22a92-1f0e-7529-846f-3825050ffb52', '{}', @now - 3217865);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a92-1c71-7e9e-a426-cf3cc26e7894', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-1d10-7f1b-aa61-e4f4f315fe92', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-1d13-777f-9470-438a48978ea8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-1e5e-71bd-8604-d698e58856f0', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-1ec7-7032-8c1c-069413eecba3', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-1ecb-7cd0-9be2-827a0fc70558', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a92-1ed5-7169-b387-6aeda07a1d50', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-1f05-76b7-b6c7-96609cf1dab4', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a92-1f50-7d0b-8e21-aaa7264d94a5', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a92-1cfe-7e90-84a4-abfd74cea4f8', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'password', '$argon2id$v=19$m=19456,t=2,p=1$Z4Lz0J7742USoQYyPH0+Kw$1v/dvgw6xEDFeto/ZVwdhQ5uN5uN0EzNxN1bI2fmN84', @now - 3830937, @now - 3830937);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', '9ZvG1tTCgyVdaAC_5KX3hQ', 1, 5529014509182616689, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 03:49:07'),
	(2, 1, 1, '2026-11-30 03:49:07'),
	(3, 2, 1, '2026-11-30 03:49:07'),
	(4, 3, 1, '2026-11-30 03:49:07'),
	(5, 4, 1, '2026-11-30 03:49:07'),
	(6, 5, 1, '2026-11-30 03:49:07'),
	(7, 6, 1, '2026-11-30 03:49:07'),
	(8, 7, 1, '2026-11-30 03:49:07'),
	(9, 8, 1, '2026-11-30 03:49:07'),
	(10, 9, 1, '2026-11-30 03:49:07'),
	(11, 10, 1, '2026-11-30 03:49:07'),
	(12, 11, 1, '2026-11-30 03:49:07'),
	(13, 12, 1, '2026-11-30 03:49:07'),
	(14, 13, 1, '2026-11-30 03:49:07'),
	(15, 14, 1, '2026-11-30 03:49:07'),
	(16, 15, 1, '2026-11-30 03:49:07'),
	(17, 16, 1, '2026-11-30 03:49:07'),
	(18, 17, 1, '2026-11-30 03:49:07'),
	(19, 18, 1, '2026-11-30 03:49:07'),
	(20, 19, 1, '2026-11-30 03:49:07'),
	(21, 20, 1, '2026-11-30 03:49:07'),
	(22, 21, 1, '2026-11-30 03:49:07'),
	(23, 22, 1, '2026-11-30 03:49:07'),
	(24, 23, 1, '2026-11-30 03:49:07'),
	(25, 24, 1, '2026-11-30 03:49:07'),
	(26, 25, 1, '2026-11-30 03:49:07'),
	(27, 26, 1, '2026-11-30 03:49:07'),
	(28, 27, 1, '2026-11-30 03:49:07'),
	(29, 28, 1, '2026-11-30 03:49:07'),
	(30, 29, 1, '2026-11-30 03:49:07'),
	(31, 30, 1, '2026-11-30 03:49:07'),
	(32, 31, 1, '2026-11-30 03:49:07'),
	(33, 32, 1, '2026-11-30 03:49:07'),
	(34, 33, 1, '2026-11-30 03:49:07'),
	(35, 34, 1, '2026-11-30 03:49:07'),
	(36, 35, 1, '2026-11-30 03:49:07'),
	(37, 36, 1, '2026-11-30 03:49:07'),
	(38, 37, 1, '2026-11-30 03:49:07'),
	(39, 38, 1, '2026-11-30 03:49:07'),
	(40, 39, 1, '2026-11-30 03:49:07'),
	(41, 40, 1, '2026-11-30 03:49:07'),
	(42, 41, 1, '2026-11-30 03:49:07'),
	(43, 42, 1, '2026-11-30 03:49:07'),
	(44, 43, 1, '2026-11-30 03:49:07'),
	(45, 44, 1, '2026-11-30 03:49:07'),
	(46, 45, 1, '2026-11-30 03:49:07'),
	(47, 46, 1, '2026-11-30 03:49:07'),
	(48, 47, 1, '2026-11-30 03:49:07'),
	(49, 48, 1, '2026-11-30 03:49:07'),
	(50, 49, 1, '2026-11-30 03:49:07'),
	(51, 50, 1, '2026-11-30 03:49:07'),
	(52, 51, 1, '2026-11-30 03:49:07'),
	(53, 52, 1, '2026-11-30 03:49:07'),
	(54, 53, 1, '2026-11-30 03:49:07'),
	(55, 54, 1, '2026-11-30 03:49:07'),
	(56, 55, 1, '2026-11-30 03:49:07'),
	(57, 56, 1, '2026-11-30 03:49:07'),
	(58, 57, 1, '2026-11-30 03:49:07'),
	(59, 58, 1, '2026-11-30 03:49:07'),
	(60, 59, 1, '2026-11-30 03:49:07'),
	(61, 60, 1, '2026-11-30 03:49:07'),
	(62, 61, 1, '2026-11-30 03:49:07'),
	(63, 62, 1, '2026-11-30 03:49:07'),
	(64, 63, 1, '2026-11-30 03:49:07'),
	(65, 64, 1, '2026-11-30 03:49:07'),
	(66, 65, 1, '2026-11-30 03:49:07'),
	(67, 66, 1, '2026-11-30 03:49:07'),
	(68, 67, 1, '2026-11-30 03:49:07'),
	(69, 68, 1, '2026-11-30 03:49:07'),
	(70, 69, 1, '2026-11-30 03:49:07'),
	(71, 70, 1, '2026-11-30 03:49:07'),
	(72, 71, 1, '2026-11-30 03:49:07'),
	(73, 72, 1, '2026-11-30 03:49:07'),
	(74, 73, 1, '2026-11-30 03:49:07'),
	(75, 74, 1, '2026-11-30 03:49:07'),
	(76, 75, 1, '2026-11-30 03:49:07'),
	(77, 76, 1, '2026-11-30 03:49:07'),
	(78, 77, 1, '2026-11-30 03:49:07');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a92-1c74-7877-a053-40829905693a', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a92-1c5a-776d-9ee6-9da5320e4e86","token_table":"pending_signups","expires_at":"@time(23h59m56.023485s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.290721s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3950018, @now + 86396023486, NULL, '', @now - 3950018, @now - 3862920),
	('main', '01a22a92-1ed5-76dc-8b4e-7a939b69410b', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a92-1ed4-7a4c-9435-e4f2ec85ba6c","token_table":"one_time_tokens","expires_at":"@time(59m56.657952s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.290721s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3341159, @now + 3596657953, NULL, '', @now - 3341159, @now - 3335357),
	('main', '01a22a92-1f05-7d73-ad86-dc791f39a295', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a92-1f02-764d-bae9-ea961c2a7cba","token_table":"pending_signups","expires_at":"@time(23h59m56.703291s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.290721s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3292677, @now + 86396703292, NULL, '', @now - 3292677, @now - 3284057),
	('main', '01a22a92-1f51-7a32-9cd2-5c9c2cc6066a', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a92-1f4d-749e-8fbf-62aab4c92837","token_table":"pending_signups","expires_at":"@time(23h59m56.778024s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.290721s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.8qRNmllysEgFFc7bR3bXABtACHGndL69pBHAahJN9Kn4N77jjcQnxXS1OQeM1i8Se-UNqHNQ0LnD8-lHAdAP0zpe9C0UE_6W2MUAfA', 'ready', 1, 14, 1, @now + 1100134, @now + 86396778025, NULL, 'send mail: mail server 127.0.0.1:39713: connect: EOF', @now - 3216907, @now - 3210678);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a92-1ed4-7a4c-9435-e4f2ec85ba6c', 'reset_password', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'ztNWUrFJb8o20QzcaQBY6xLEXO9KcxoWkiij23qtzqo', 1, @now - 3342047, @now + 3596657953, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22a92-1c5a-776d-9ee6-9da5320e4e86', 'ada@people.example', 'ada@people.example', '', '', 'O17hSbAnIX5KgUcnK5XV-wgAr0TsORCQUVFhNPTC0S8', @now - 3976514, @now + 86396023486, @now - 3844216, NULL, '', 'LOPDKcj3it7zdjOP9hhTERcPQwjlgClTAo1imwqiEYk', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3976514, ''),
	('main', '01a22a92-1f02-764d-bae9-ea961c2a7cba', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$Iu+ObjE0QY4VJmuugwNRLg$vklmW0zCqBzSLzgNtRyRcvUD8tmMYhmvPDZRoTYueNE', '', 'wqdI5YECxHhDJxZdMsuaAslNAI-Ok_qzVeprgbbILB0', @now - 3296708, @now + 86396703292, NULL, NULL, '', 'FlR3BpWsOaEJZhc6aq2hbETvfvRalelnMz-VvWLHAZI', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3296708, ''),
	('main', '01a22a92-1f4d-749e-8fbf-62aab4c92837', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$b+QmrUt4IeuOEZhYn2Z9aQ$jRaCO24kPkDz9+HSi6z+aye7lkhxoODOmz3pmkJB8cE', '', 'vfwjk7DL8xnTbNFoJqLFpCzbMdND125tpBoF3U9J8bs', @now - 3221975, @now + 86396778025, NULL, NULL, '', 'STV_zwDX8StiqcakKtoB-u0VrsLlRZZ8J-JqBf06KZ8', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3221975, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'bf3e8c67-a319-4bda-ad89-751332d083d6', 0, @now - 3351586, @now + 1076648414, 5529014509182616689);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4561579);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '4f0986e2-d704-46ae-91fe-c3789a08e248', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 1, 'nbupQUcscdrDSfkwsrFxLQ', 0, @now - 3435752, @now - 3435752, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3728150, '', @now + 7775996529646, @now + 2591996564248, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3470354, @now - 3435752),
	('main', 'bf3e8c67-a319-4bda-ad89-751332d083d6', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 0, 'sMCYm869SPG9Q1p5asyzVQ', -1, NULL, @now - 3357660, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3432169, '', @now + 7775996642340, @now + 2591996642340, @now - 3351586, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3357660, @now - 3357660);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'e6DHgp9iOR6mW8Y5vOh46pCx1JSNQIiYftRXupZdEPc', 'ES256', '{"use":"sig","kty":"EC","kid":"e6DHgp9iOR6mW8Y5vOh46pCx1JSNQIiYftRXupZdEPc","crv":"P-256","alg":"ES256","x":"pnM53BhFAVdapy8QmyHUXIp-Yj1upnXQJ_TJvsyM95s","y":"ev82j0qEaXCDaYtk6l42DNe2w3a3rPsDwAd0i-O-vHw"}', 'v1.jz9HJA.KoxBC5IyE8bFJJRwr4dL1X_Uy-ujlt7wyub_aGb3eU5DbxtEOmDqH-UvhtaNuqTgCqpYJM-eU-x92mvbVg2lO0Lg-fVIh1R9GoOodLSEelN0HgAumEbXED8MnmKiTFJs0fgY1kMJgcVKjCh-GNroY_KT2a8a-IOGSlLY6XPjG7zTGrXfAG91c1kfpWCzbuO8rK-N6suBcSgJjCfM0HYpotgw1wiMiw', @now - 4465384, @now - 4465384, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) VALUES
	('main', 'a09bb3e3-160e-4e41-93a8-66fdb12b0ccd', 'ada@people.example', 'ada@people.example', @now - 3830937, '', '{}', '', 'active', 1, @now - 3357660, @now - 3830937, @now - 3830937, @now - 3830937, '');
