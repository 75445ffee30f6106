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
) ENGINE=InnoDB AUTO_INCREMENT=77 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
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
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596492858),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596555679),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596147168),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596733818);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a68-95e2-799e-b03e-bd0dd5bdc7af', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-9557-7790-94b6-a72067b1f7d3', '{}', @now - 3847781),
	('main', '01a22a68-9666-765c-b2a7-27a8768f8e63', 'user.created', 'success', '', '', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', '', '01a22a68-95f4-791a-93fc-eb01ed7f6951', '{}', @now - 3715995),
	('main', '01a22a68-966a-7131-a84d-c2dcd55aba54', 'email.verified', 'success', '', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', '', '01a22a68-95f4-791a-93fc-eb01ed7f6951', '{"by":"link","claimed":true}', @now - 3712333),
	('main', '01a22a68-96c7-7bbd-b6ce-b7d00ea97a58', 'session.opened', 'success', '', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', '4NnIJ-9-CuzzkojZBZeCSO18sNuAS2rFIC-8kzhMQv0', '01a22a68-966d-7f1d-b16a-0603e58cbf0d', '{"amr":["pwd"],"new_device":false}', @now - 3618638),
	('main', '01a22a68-972d-754a-9fea-dd10fe9096a5', 'session.opened', 'success', '', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', '98zgWYOUIIzKkyxE0-e4mLt65-4kVwcBzUw6QBVv0NY', '01a22a68-96d4-7128-a243-03503783712f', '{"amr":["pwd"],"new_device":false}', @now - 3517062),
	('main', '01a22a68-9730-7d49-8f1c-8857c5bf34b5', 'session.ended', 'success', 'logout', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', '98zgWYOUIIzKkyxE0-e4mLt65-4kVwcBzUw6QBVv0NY', '01a22a68-972f-770a-a0c5-a2790dface22', '{}', @now - 3513540),
	('main', '01a22a68-973a-70f3-9b33-3a50e414f12f', 'password.reset_requested', 'success', '', '', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', '', '01a22a68-9736-7ed9-a471-5a72bf3b7375', '{}', @now - 3504350),
	('main', '01a22a68-97a5-704a-9450-9cae55a684e9', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-974c-7f06-8f4c-d593b7be91b0', '{}', @now - 3397393),
	('main', '01a22a68-982a-7cb2-b37e-30304da0dd41', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-97ac-73fb-9a08-c97ea426c36a', '{}', @now - 3263580);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a68-95e2-799e-b03e-bd0dd5bdc7af', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9666-765c-b2a7-27a8768f8e63', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-966a-7131-a84d-c2dcd55aba54', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-96c7-7bbd-b6ce-b7d00ea97a58', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-972d-754a-9fea-dd10fe9096a5', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9730-7d49-8f1c-8857c5bf34b5', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a68-973a-70f3-9b33-3a50e414f12f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-97a5-704a-9450-9cae55a684e9', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a68-982a-7cb2-b37e-30304da0dd41', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a68-9665-7c1e-a0ec-7664356af2f8', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'password', '$argon2id$v=19$m=19456,t=2,p=1$3/vpdtRLC9MHVTqtjqC4sw$PXvQMYOMMtv7d8dnBqbGQHC8jn6n+XNiYcQMzB/U5S4', @now - 3717887, @now - 3717887);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'zfSmCM3E-N5R6jfI9Di_CQ', 1, 4492179428361807491, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 03:03:41'),
	(2, 1, 1, '2026-11-30 03:03:41'),
	(3, 2, 1, '2026-11-30 03:03:41'),
	(4, 3, 1, '2026-11-30 03:03:41'),
	(5, 4, 1, '2026-11-30 03:03:41'),
	(6, 5, 1, '2026-11-30 03:03:41'),
	(7, 6, 1, '2026-11-30 03:03:41'),
	(8, 7, 1, '2026-11-30 03:03:41'),
	(9, 8, 1, '2026-11-30 03:03:41'),
	(10, 9, 1, '2026-11-30 03:03:41'),
	(11, 10, 1, '2026-11-30 03:03:41'),
	(12, 11, 1, '2026-11-30 03:03:41'),
	(13, 12, 1, '2026-11-30 03:03:41'),
	(14, 13, 1, '2026-11-30 03:03:42'),
	(15, 14, 1, '2026-11-30 03:03:42'),
	(16, 15, 1, '2026-11-30 03:03:42'),
	(17, 16, 1, '2026-11-30 03:03:42'),
	(18, 17, 1, '2026-11-30 03:03:42'),
	(19, 18, 1, '2026-11-30 03:03:42'),
	(20, 19, 1, '2026-11-30 03:03:42'),
	(21, 20, 1, '2026-11-30 03:03:42'),
	(22, 21, 1, '2026-11-30 03:03:42'),
	(23, 22, 1, '2026-11-30 03:03:43'),
	(24, 23, 1, '2026-11-30 03:03:43'),
	(25, 24, 1, '2026-11-30 03:03:43'),
	(26, 25, 1, '2026-11-30 03:03:43'),
	(27, 26, 1, '2026-11-30 03:03:43'),
	(28, 27, 1, '2026-11-30 03:03:43'),
	(29, 28, 1, '2026-11-30 03:03:43'),
	(30, 29, 1, '2026-11-30 03:03:43'),
	(31, 30, 1, '2026-11-30 03:03:43'),
	(32, 31, 1, '2026-11-30 03:03:43'),
	(33, 32, 1, '2026-11-30 03:03:43'),
	(34, 33, 1, '2026-11-30 03:03:43'),
	(35, 34, 1, '2026-11-30 03:03:43'),
	(36, 35, 1, '2026-11-30 03:03:44'),
	(37, 36, 1, '2026-11-30 03:03:44'),
	(38, 37, 1, '2026-11-30 03:03:44'),
	(39, 38, 1, '2026-11-30 03:03:44'),
	(40, 39, 1, '2026-11-30 03:03:44'),
	(41, 40, 1, '2026-11-30 03:03:44'),
	(42, 41, 1, '2026-11-30 03:03:44'),
	(43, 42, 1, '2026-11-30 03:03:44'),
	(44, 43, 1, '2026-11-30 03:03:44'),
	(45, 44, 1, '2026-11-30 03:03:44'),
	(46, 45, 1, '2026-11-30 03:03:44'),
	(47, 46, 1, '2026-11-30 03:03:45'),
	(48, 47, 1, '2026-11-30 03:03:45'),
	(49, 48, 1, '2026-11-30 03:03:45'),
	(50, 49, 1, '2026-11-30 03:03:45'),
	(51, 50, 1, '2026-11-30 03:03:45'),
	(52, 51, 1, '2026-11-30 03:03:45'),
	(53, 52, 1, '2026-11-30 03:03:45'),
	(54, 53, 1, '2026-11-30 03:03:45'),
	(55, 54, 1, '2026-11-30 03:03:45'),
	(56, 55, 1, '2026-11-30 03:03:45'),
	(57, 56, 1, '2026-11-30 03:03:45'),
	(58, 57, 1, '2026-11-30 03:03:45'),
	(59, 58, 1, '2026-11-30 03:03:45'),
	(60, 59, 1, '2026-11-30 03:03:45'),
	(61, 60, 1, '2026-11-30 03:03:45'),
	(62, 61, 1, '2026-11-30 03:03:45'),
	(63, 62, 1, '2026-11-30 03:03:45'),
	(64, 63, 1, '2026-11-30 03:03:45'),
	(65, 64, 1, '2026-11-30 03:03:45'),
	(66, 65, 1, '2026-11-30 03:03:45'),
	(67, 66, 1, '2026-11-30 03:03:45'),
	(68, 67, 1, '2026-11-30 03:03:45'),
	(69, 68, 1, '2026-11-30 03:03:46'),
	(70, 69, 1, '2026-11-30 03:03:46'),
	(71, 70, 1, '2026-11-30 03:03:46'),
	(72, 71, 1, '2026-11-30 03:03:46'),
	(73, 72, 1, '2026-11-30 03:03:46'),
	(74, 73, 1, '2026-11-30 03:03:46'),
	(75, 74, 1, '2026-11-30 03:03:46'),
	(76, 75, 1, '2026-11-30 03:03:46');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a68-95e3-7a2a-9aa6-21b2bcf624ab', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a68-95dd-763f-b2d8-f1aa7224b925","token_table":"pending_signups","expires_at":"@time(23h59m56.146437s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3846569, @now + 86396146438, NULL, '', @now - 3846569, @now - 3830647),
	('main', '01a22a68-973a-7926-8777-abcee89c54a5', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a68-9739-7862-a507-2c32fdd7697b","token_table":"one_time_tokens","expires_at":"@time(59m56.495133s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3503724, @now + 3596495134, NULL, '', @now - 3503724, @now - 3495774),
	('main', '01a22a68-97a5-78be-b9f5-01faf1897aa7', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a68-9775-7e42-8afa-56e6a7e017d1","token_table":"pending_signups","expires_at":"@time(23h59m56.555131s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3396652, @now + 86396555132, NULL, '', @now - 3396652, @now - 3390742),
	('main', '01a22a68-982b-729e-8210-f1ac2f2d62d4', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a68-9828-7152-97ec-d329504df435","token_table":"pending_signups","expires_at":"@time(23h59m56.733254s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.Y8zUbzAzJjjjzNo3kQ7S8MA4wO3BW1plg-MBfIQiLHgJHpvTePYE2weMClO5jfljOtd_pbB_w4ApLzpyZ6Ox1fi7OHPhUbvBjf3rCQ', 'ready', 1, 14, 1, @now + 2492559, @now + 86396733255, NULL, 'send mail: mail server 127.0.0.1:40973: connect: EOF', @now - 3263166, @now - 3258578);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a68-9739-7862-a507-2c32fdd7697b', 'reset_password', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'KHrozmFiplsuhQc4rjZ3d0xBkG6ojTwoFpQWfm280RQ', 1, @now - 3504866, @now + 3596495134, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a22a68-95dd-763f-b2d8-f1aa7224b925', 'ada@people.example', 'ada@people.example', '', '', 'I0fMwprofkP3Xf0NoejHKgirauqyYAPD38pOy1YyVwo', @now - 3853562, @now + 86396146438, @now - 3720748, NULL, '', 'KmpPG4_znH0KViHwtPSpMhOB6J3g854yR7MH1otEsv0', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3853562),
	('main', '01a22a68-9775-7e42-8afa-56e6a7e017d1', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$IQf4PVIg0gZPTqI+UlFmMg$Oud0ABWHjrLb0RYH1zRxgGTaxq0moW4HNGnljfcpQiE', '', '01lan_GzQTfhj384Yz-2uJJ9LjwqN2m77tBkl438tHE', @now - 3444868, @now + 86396555132, NULL, NULL, '', 'fuSDTbKgoRw2y3oYZhZInQvcVuGOx7-iiE9arAM_vsY', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3444868),
	('main', '01a22a68-9828-7152-97ec-d329504df435', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$CjKT1otC/hJdMFur7ja3NQ$PPUCS2CdR885nV7wZQeq/a1c0o29WoMpRHY/nkltX0I', '', 'mqnAn7MhigSZEaO1eBxSuPTSUny5fBJvo7XjxZpc6NI', @now - 3266745, @now + 86396733255, NULL, NULL, '', 'fXuCa2FPCuS-TBng-gk68-dd1ZwQU3EzILf8vMLTTMI', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3266745);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'b4fe0e09-bad6-41c7-b627-2bd650eeabba', 0, @now - 3514046, @now + 1076485954, 4492179428361807491);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4172009);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '73a3c7a4-4293-4270-b48b-7a7f8fd3b436', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 1, '_QmL_vz1DIw8TF8V6E2VuA', 0, @now - 3608728, @now - 3608728, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3707972, '', @now + 7775996376446, @now + 2591996391272, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3623554, @now - 3608728),
	('main', 'b4fe0e09-bad6-41c7-b627-2bd650eeabba', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 0, '3wiWOlW1e1o8i4GZahNsrw', -1, NULL, @now - 3519377, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3606213, '', @now + 7775996480623, @now + 2591996480623, @now - 3514046, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3519377, @now - 3519377);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '9s0D3keXhY-W2nNjPSfITXOKD8ub1YLKF1x6vIBoluA', 'ES256', '{"use":"sig","kty":"EC","kid":"9s0D3keXhY-W2nNjPSfITXOKD8ub1YLKF1x6vIBoluA","crv":"P-256","alg":"ES256","x":"ge2mNMz7XMC9lTy0QOOQZDiMzvhl2Ho7796KoRx816M","y":"5jZ0MWWABc3LTI5bpIwYI0ZknDA1iQrcBiQbzNIyu_8"}', 'v1.jz9HJA.3iCFlv5XPgGfdMLqLUdVZnLfvfxAfmInTieTNdMzFLq30e2ZNc0NKRoQbomXC82MRpqSKzEZ_kMyda2jT-rmwPz85HV6Ldv-TOSi9x3K1kEJvOMpCVP_6sIML_XcJqTgpnJqnW0Eg9HFdEwqQQ30IcM1zlzzBiJmMXCaMdsjGtRJhF2-9HIdLOTxPlMWwRupDMxU6KHRfPAjFdxU0MM3O11CbLehtw', @now - 4117863, @now - 4117863, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', 'b0ee6921-2ca4-4962-92f6-f5af8e7db89d', 'ada@people.example', 'ada@people.example', @now - 3717887, '', '{}', '', 'active', 1, @now - 3519377, @now - 3717887, @now - 3717887, @now - 3717887);
