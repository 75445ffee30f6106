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
) ENGINE=InnoDB AUTO_INCREMENT=75 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
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
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596194177),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596393848),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3595477159),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596796767);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a95-6052-7412-afef-42ec7183493f', 'sign_up.requested', 'success', '', '', '', '', '01a22a95-5f90-7c3c-8fa0-d392623d7cd5', '{}', @now - 4518334),
	('main', '01a22a95-6065-7d48-ac59-5323f5309601', 'user.created', 'success', '', '', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '', '01a22a95-605e-7134-b41d-a3c36bd207a0', '{}', @now - 4498731),
	('main', '01a22a95-6067-78aa-a4ec-e885b903a9a7', 'email.verified', 'success', '', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '', '01a22a95-605e-7134-b41d-a3c36bd207a0', '{"by":"link","claimed":true}', @now - 4497034),
	('main', '01a22a95-6174-7128-a3b7-e55ab77066d7', 'session.opened', 'success', '', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 'yeBi2Ib6FU3gFP8kPt0HpzHGHFTI6gQUlczbdiA21Uc', '01a22a95-606a-7278-86e9-0ca943ebbe7f', '{"amr":["pwd"],"new_device":false}', @now - 4228468),
	('main', '01a22a95-6313-7a21-a870-123a74c56825', 'session.opened', 'success', '', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 'XOWsIQC4ZjNcWAwOGcCxFcANXbYACr-aHWAc0Nfn4SU', '01a22a95-617b-7405-813a-9bc1da0d5230', '{"amr":["pwd"],"new_device":false}', @now - 3812934),
	('main', '01a22a95-6316-7a61-a46b-cf1b563448ba', 'session.ended', 'success', 'logout', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 'XOWsIQC4ZjNcWAwOGcCxFcANXbYACr-aHWAc0Nfn4SU', '01a22a95-6315-7990-be18-33a3ea8553e0', '{}', @now - 3809920),
	('main', '01a22a95-631d-7687-b481-8606b8d7fe87', 'password.reset_requested', 'success', '', '', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', '', '01a22a95-631a-7602-89a5-247d2398081d', '{}', @now - 3803174),
	('main', '01a22a95-63e8-759e-b4b6-907c7aee09ce', 'sign_up.requested', 'success', '', '', '', '', '01a22a95-6325-7662-b0a6-b397f62423aa', '{}', @now - 3600233),
	('main', '01a22a95-6579-7ed8-8c7f-c7df6faea01b', 'sign_up.requested', 'success', '', '', '', '', '01a22a95-63f0-73c0-b319-afd09a731a53', '{}', @now - 3198628);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a95-6052-7412-afef-42ec7183493f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-6065-7d48-ac59-5323f5309601', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-6067-78aa-a4ec-e885b903a9a7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-6174-7128-a3b7-e55ab77066d7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-6313-7a21-a870-123a74c56825', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-6316-7a61-a46b-cf1b563448ba', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a95-631d-7687-b481-8606b8d7fe87', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-63e8-759e-b4b6-907c7aee09ce', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a95-6579-7ed8-8c7f-c7df6faea01b', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a95-6065-754f-a491-bb82f5bdc425', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 'password', '$argon2id$v=19$m=19456,t=2,p=1$hk7MgNYrVJnWV6bQW/k/NQ$8bELl6iEXXzDWEPmnVl/cljwjdSkkFObVdHUTGnoiqM', @now - 4500450, @now - 4500450);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'Y7hMl2N1AlU0ESoYNPM_xw', 1, 5062754728583947160, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 03:52:41'),
	(2, 1, 1, '2026-11-30 03:52:41'),
	(3, 2, 1, '2026-11-30 03:52:41'),
	(4, 3, 1, '2026-11-30 03:52:41'),
	(5, 4, 1, '2026-11-30 03:52:41'),
	(6, 5, 1, '2026-11-30 03:52:41'),
	(7, 6, 1, '2026-11-30 03:52:41'),
	(8, 7, 1, '2026-11-30 03:52:41'),
	(9, 8, 1, '2026-11-30 03:52:41'),
	(10, 9, 1, '2026-11-30 03:52:41'),
	(11, 10, 1, '2026-11-30 03:52:41'),
	(12, 11, 1, '2026-11-30 03:52:41'),
	(13, 12, 1, '2026-11-30 03:52:41'),
	(14, 13, 1, '2026-11-30 03:52:41'),
	(15, 14, 1, '2026-11-30 03:52:41'),
	(16, 15, 1, '2026-11-30 03:52:41'),
	(17, 16, 1, '2026-11-30 03:52:41'),
	(18, 17, 1, '2026-11-30 03:52:41'),
	(19, 18, 1, '2026-11-30 03:52:41'),
	(20, 19, 1, '2026-11-30 03:52:41'),
	(21, 20, 1, '2026-11-30 03:52:41'),
	(22, 21, 1, '2026-11-30 03:52:41'),
	(23, 22, 1, '2026-11-30 03:52:41'),
	(24, 23, 1, '2026-11-30 03:52:41'),
	(25, 24, 1, '2026-11-30 03:52:41'),
	(26, 25, 1, '2026-11-30 03:52:41'),
	(27, 26, 1, '2026-11-30 03:52:41'),
	(28, 27, 1, '2026-11-30 03:52:41'),
	(29, 28, 1, '2026-11-30 03:52:41'),
	(30, 29, 1, '2026-11-30 03:52:41'),
	(31, 30, 1, '2026-11-30 03:52:41'),
	(32, 31, 1, '2026-11-30 03:52:41'),
	(33, 32, 1, '2026-11-30 03:52:41'),
	(34, 33, 1, '2026-11-30 03:52:41'),
	(35, 34, 1, '2026-11-30 03:52:41'),
	(36, 35, 1, '2026-11-30 03:52:41'),
	(37, 36, 1, '2026-11-30 03:52:41'),
	(38, 37, 1, '2026-11-30 03:52:41'),
	(39, 38, 1, '2026-11-30 03:52:41'),
	(40, 39, 1, '2026-11-30 03:52:41'),
	(41, 40, 1, '2026-11-30 03:52:41'),
	(42, 41, 1, '2026-11-30 03:52:41'),
	(43, 42, 1, '2026-11-30 03:52:41'),
	(44, 43, 1, '2026-11-30 03:52:41'),
	(45, 44, 1, '2026-11-30 03:52:41'),
	(46, 45, 1, '2026-11-30 03:52:41'),
	(47, 46, 1, '2026-11-30 03:52:41'),
	(48, 47, 1, '2026-11-30 03:52:41'),
	(49, 48, 1, '2026-11-30 03:52:41'),
	(50, 49, 1, '2026-11-30 03:52:41'),
	(51, 50, 1, '2026-11-30 03:52:41'),
	(52, 51, 1, '2026-11-30 03:52:41'),
	(53, 52, 1, '2026-11-30 03:52:41'),
	(54, 53, 1, '2026-11-30 03:52:41'),
	(55, 54, 1, '2026-11-30 03:52:41'),
	(56, 55, 1, '2026-11-30 03:52:41'),
	(57, 56, 1, '2026-11-30 03:52:41'),
	(58, 57, 1, '2026-11-30 03:52:41'),
	(59, 58, 1, '2026-11-30 03:52:41'),
	(60, 59, 1, '2026-11-30 03:52:41'),
	(61, 60, 1, '2026-11-30 03:52:41'),
	(62, 61, 1, '2026-11-30 03:52:41'),
	(63, 62, 1, '2026-11-30 03:52:41'),
	(64, 63, 1, '2026-11-30 03:52:41'),
	(65, 64, 1, '2026-11-30 03:52:41'),
	(66, 65, 1, '2026-11-30 03:52:41'),
	(67, 66, 1, '2026-11-30 03:52:41'),
	(68, 67, 1, '2026-11-30 03:52:41'),
	(69, 68, 1, '2026-11-30 03:52:41'),
	(70, 69, 1, '2026-11-30 03:52:41'),
	(71, 70, 1, '2026-11-30 03:52:41'),
	(72, 71, 1, '2026-11-30 03:52:41'),
	(73, 72, 1, '2026-11-30 03:52:41'),
	(74, 73, 1, '2026-11-30 03:52:41');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a95-6053-716b-95b8-666cadb676fc', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a95-604d-7a69-bef7-0dd7736b5484","token_table":"pending_signups","expires_at":"@time(23h59m55.476932s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:52 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4517362, @now + 86395476932, NULL, '', @now - 4517362, @now - 4506698),
	('main', '01a22a95-631d-7c1f-b3eb-83e36e63dd90', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a95-631c-7f3d-b086-c1dc011ae18e","token_table":"one_time_tokens","expires_at":"@time(59m56.196395s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:52 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3802532, @now + 3596196395, NULL, '', @now - 3802532, @now - 3796811),
	('main', '01a22a95-63e9-79c2-a240-7784626d5fd3', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a95-63e2-764e-a060-3bab64a839b6","token_table":"pending_signups","expires_at":"@time(23h59m56.393574s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:52 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3598811, @now + 86396393574, NULL, '', @now - 3598811, @now - 3591162),
	('main', '01a22a95-657a-77ad-bccd-ee7aee48e4d2', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a95-6575-74ba-a2f0-777c3c179eac","token_table":"pending_signups","expires_at":"@time(23h59m56.796266s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:52 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.ZSUgNqxnJl3V8PcCpMxh0xOC-jG8gceXIpCqSFzYz0meoHRUpTgwbj13kcjx0WP15M2xc1f4rqoZ_nTb0yBTyz21N7_ITViX2oFdnw', 'ready', 1, 14, 1, @now + 2020387, @now + 86396796266, NULL, 'send mail: mail server 127.0.0.1:41009: connect: EOF', @now - 3198014, @now - 3194664);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a95-631c-7f3d-b086-c1dc011ae18e', 'reset_password', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 'P78bCQKNyVrlv4_UpDmBvt3X7XOVTOfzQnnAQxLHjd8', 1, @now - 3803605, @now + 3596196395, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a22a95-604d-7a69-bef7-0dd7736b5484', 'ada@people.example', 'ada@people.example', '', '', 'K8EO1mc4GzSON7dlPyaQ-dHOuGjoK61cr__B-XZQeEA', @now - 4523068, @now + 86395476932, @now - 4501567, NULL, '', 'MuQtOdB6uizi48_suU0iyXbX0R-QdBB1hytTJNMOsSs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 4523068),
	('main', '01a22a95-63e2-764e-a060-3bab64a839b6', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$EcEX4TuclN+qQbKx0iMrGw$KtfGBEKh+9CdEAb2YbgcCwfX0b0lbOkXcPPvbq9Qudg', '', '33smjU8eqWA9ykbODd3HnqWPmf8DtbwGMetza5MBrKo', @now - 3606426, @now + 86396393574, NULL, NULL, '', 'kLbw_WvCiVzC3848steaIl-la64V61AQzDmOqCRKDLs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3606426),
	('main', '01a22a95-6575-74ba-a2f0-777c3c179eac', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$BdQLYDv5zs7UVHMfgXIn9Q$8v2zUMCKPDp6SNlU0dLzz0Ebq8Rqgggzufi1RlNAZjo', '', 'ysCk9KXADBo704QQ8w_OvUk4B3EWJCeA87G2a5_KSEI', @now - 3203734, @now + 86396796266, NULL, NULL, '', 'zq6V6yqlA_Bwzt_0ZRc4-j6cpLTcvosoflDeoqIrykg', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3203734);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '4203151d-d208-4406-a37c-d6b422f21a5e', 0, @now - 3810304, @now + 1076189696, 5062754728583947160);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 5049177);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '073557d9-219c-4935-9fdf-db7b0c8d4029', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 1, 'OUyUNyL-wCj_TMY59fjP2g', 0, @now - 4224081, @now - 4224081, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4494201, '', @now + 7775995768538, @now + 2591995775919, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 4231462, @now - 4224081),
	('main', '4203151d-d208-4406-a37c-d6b422f21a5e', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 0, 'MOAJSWpCjFyfq5rl8AlgPQ', -1, NULL, @now - 3814354, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4221208, '', @now + 7775996185646, @now + 2591996185646, @now - 3810304, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3814354, @now - 3814354);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'qBHGDRoQYwr6h9qgoEIvM22KagRvg0zfKTYHePe686I', 'ES256', '{"use":"sig","kty":"EC","kid":"qBHGDRoQYwr6h9qgoEIvM22KagRvg0zfKTYHePe686I","crv":"P-256","alg":"ES256","x":"tF_887ZuCv2bVDRkRSrrYQOACzaNSAECjv_qDWT80nw","y":"Fgr0xz_Ky97C8AEE0V9PTAYMcu_zuuTmPZ5mEA58ZxU"}', 'v1.jz9HJA.JZ6ezTKk3p-oAuh0z27E0Y_5v2xSym5R6ahetTAQlLXYSosGAHHcOwoH1J0SEiL7BEiDFqd6rtGbi-T_tMnbyok8lJU61HDuzfS4BqvndeeMYNxSxvIsR13G3fVNBUwd4eHKuyb_SwNDjLzboa7391k3zMscKQaGFK34PXBZqQzzu1ZI3wMTZ5HXHgkfBLDXnc-ou6fP-ViMKzrhKJJlkdczv6Xqfw', @now - 4985691, @now - 4985691, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', '1d27edb1-ebd4-41af-9207-61144a8d9cf7', 'ada@people.example', 'ada@people.example', @now - 4500450, '', '{}', '', 'active', 1, @now - 3814354, @now - 4500450, @now - 4500450, @now - 4500450);
