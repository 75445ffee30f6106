-- Written by make fixture. @now is the time in microseconds, @time(0s) is that far from it.
SET foreign_key_checks = 0, sql_mode = 'NO_BACKSLASH_ESCAPES';
CREATE TABLE `attempts` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `kind` varchar(32) COLLATE utf8mb4_0900_bin NOT NULL,
  `subject` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `tries` int NOT NULL,
  `window_ends_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`kind`,`subject`),
  KEY `attempts_expiry_idx` (`realm_id`,`window_ends_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_events` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `kind` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `outcome` varchar(16) COLLATE utf8mb4_0900_bin NOT NULL,
  `reason` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `actor_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `session_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `request_id` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `details` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_events_user_idx` (`realm_id`,`user_id`,`id`),
  KEY `audit_events_kind_idx` (`realm_id`,`kind`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_personal` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `event_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `address` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_agent` text COLLATE utf8mb4_0900_bin NOT NULL,
  `email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  PRIMARY KEY (`realm_id`,`event_id`),
  KEY `audit_personal_email_idx` (`realm_id`,`email`),
  CONSTRAINT `audit_personal_event_id_fkey` FOREIGN KEY (`realm_id`, `event_id`) REFERENCES `audit_events` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `browser_sessions` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `session_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `cookie_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`session_id`),
  UNIQUE KEY `browser_sessions_cookie_key` (`realm_id`,`cookie_hash`),
  CONSTRAINT `browser_sessions_session_id_fkey` FOREIGN KEY (`realm_id`, `session_id`) REFERENCES `sessions` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `credentials` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `kind` varchar(32) COLLATE utf8mb4_0900_bin NOT NULL,
  `secret` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `credentials_user_kind_key` (`realm_id`,`user_id`,`kind`),
  CONSTRAINT `credentials_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `deletions` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `requested_at` bigint NOT NULL,
  `erase_at` bigint NOT NULL,
  `started_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`),
  KEY `deletions_due_idx` (`realm_id`,`erase_at`),
  CONSTRAINT `deletions_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `email_changes` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `old_email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `old_canonical` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `old_verified_at` bigint DEFAULT NULL,
  `new_email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `new_canonical` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `confirm_token_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `undo_token_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `confirmed_at` bigint DEFAULT NULL,
  `undone_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `email_changes_user_idx` (`realm_id`,`user_id`,`created_at`),
  KEY `email_changes_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `email_changes_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `facts` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `name` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `feed` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `history_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  `mark` bigint DEFAULT NULL,
  `marked_number` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `goose_db_version` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `version_id` bigint NOT NULL,
  `is_applied` tinyint(1) NOT NULL,
  `tstamp` datetime DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=75 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `idempotency_keys` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `key_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `body_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `holder` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `session_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `answer_sealed` text COLLATE utf8mb4_0900_bin NOT NULL,
  `misses` int NOT NULL,
  `started_at` bigint DEFAULT NULL,
  `expires_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`key_hash`),
  KEY `idempotency_keys_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `identities` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `provider` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `subject` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `identities_subject_key` (`realm_id`,`provider`,`subject`),
  KEY `identities_user_idx` (`realm_id`,`user_id`),
  CONSTRAINT `identities_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `jobs` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `kind` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `payload` text COLLATE utf8mb4_0900_bin NOT NULL,
  `secret_sealed` text COLLATE utf8mb4_0900_bin NOT NULL,
  `state` varchar(16) COLLATE utf8mb4_0900_bin NOT NULL,
  `attempts` int NOT NULL,
  `max_attempts` int NOT NULL,
  `fence` bigint NOT NULL,
  `run_at` bigint NOT NULL,
  `expires_at` bigint DEFAULT NULL,
  `lease_expires_at` bigint DEFAULT NULL,
  `last_error` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `jobs_due_idx` (`realm_id`,`state`,`kind`,`run_at`),
  KEY `jobs_state_idx` (`realm_id`,`state`,`id`),
  KEY `jobs_settled_idx` (`realm_id`,`state`,`updated_at`),
  KEY `jobs_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `login_steps` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `token_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_epoch` bigint NOT NULL,
  `amr` text COLLATE utf8mb4_0900_bin NOT NULL,
  `device_name` varchar(200) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `consumed_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`token_hash`),
  KEY `login_steps_user_idx` (`realm_id`,`user_id`),
  KEY `login_steps_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `login_steps_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `magic_links` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `address_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `token_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `request_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `code_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_epoch` bigint NOT NULL,
  `tries` bigint NOT NULL,
  `device_name` varchar(200) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `consumed_at` bigint DEFAULT NULL,
  `superseded_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `magic_links_token_key` (`realm_id`,`token_hash`),
  UNIQUE KEY `magic_links_request_key` (`realm_id`,`request_hash`),
  KEY `magic_links_address_idx` (`realm_id`,`address_hash`),
  KEY `magic_links_expiry_idx` (`realm_id`,`expires_at`),
  KEY `magic_links_user_idx` (`realm_id`,`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `one_time_tokens` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `purpose` varchar(32) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `token_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_epoch` bigint NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `consumed_at` bigint DEFAULT NULL,
  `superseded_at` bigint DEFAULT NULL,
  `session_id` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `proof_hash` varchar(128) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `ip` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `user_agent` text COLLATE utf8mb4_0900_bin,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `one_time_tokens_token_key` (`realm_id`,`token_hash`),
  KEY `one_time_tokens_user_idx` (`realm_id`,`user_id`,`purpose`),
  KEY `one_time_tokens_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `one_time_tokens_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `passkeys` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `credential_id` text COLLATE utf8mb4_0900_bin NOT NULL,
  `credential_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `public_key` text COLLATE utf8mb4_0900_bin NOT NULL,
  `sign_count` bigint NOT NULL,
  `user_verified` smallint NOT NULL,
  `backup_eligible` smallint NOT NULL,
  `backed_up` smallint NOT NULL,
  `transports` text COLLATE utf8mb4_0900_bin NOT NULL,
  `aaguid` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `attestation` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `name` varchar(200) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `last_used_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`,`id`),
  UNIQUE KEY `passkeys_credential_key` (`realm_id`,`credential_hash`),
  CONSTRAINT `passkeys_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `pending_signups` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `email_canonical` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `password_hash` text COLLATE utf8mb4_0900_bin NOT NULL,
  `name` varchar(200) COLLATE utf8mb4_0900_bin NOT NULL,
  `token_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `consumed_at` bigint DEFAULT NULL,
  `superseded_at` bigint DEFAULT NULL,
  `signup_id` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `proof_hash` varchar(128) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `source` varchar(128) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `ip` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  `user_agent` text COLLATE utf8mb4_0900_bin,
  `mailed_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `pending_signups_token_key` (`realm_id`,`token_hash`),
  KEY `pending_signups_email_idx` (`realm_id`,`email_canonical`,`created_at`),
  KEY `pending_signups_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `recovery_codes` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `code_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `used_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`,`code_hash`),
  CONSTRAINT `recovery_codes_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `revocations` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  `kind` varchar(16) COLLATE utf8mb4_0900_bin NOT NULL,
  `subject` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `epoch` bigint NOT NULL,
  `revoked_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `mark` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`number`),
  KEY `revocations_subject_idx` (`realm_id`,`kind`,`subject`),
  KEY `revocations_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `secret_keys` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `check_value` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `sessions` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `generation` bigint NOT NULL,
  `nonce` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `parent` bigint NOT NULL,
  `parent_rotated_at` bigint DEFAULT NULL,
  `rotated_at` bigint NOT NULL,
  `newest_used` smallint NOT NULL,
  `user_epoch` bigint NOT NULL,
  `client_id` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `audience` text COLLATE utf8mb4_0900_bin NOT NULL,
  `scope` text COLLATE utf8mb4_0900_bin NOT NULL,
  `kind` varchar(32) COLLATE utf8mb4_0900_bin NOT NULL,
  `amr` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `acr` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `auth_time` bigint DEFAULT NULL,
  `cnf_jkt` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `expires_at` bigint NOT NULL,
  `idle_expires_at` bigint NOT NULL,
  `revoked_at` bigint DEFAULT NULL,
  `revoked_reason` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_agent` text COLLATE utf8mb4_0900_bin NOT NULL,
  `ip` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `device_name` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `last_seen_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `sessions_user_idx` (`realm_id`,`user_id`,`created_at`),
  KEY `sessions_expiry_idx` (`realm_id`,`expires_at`),
  KEY `sessions_revoked_idx` (`realm_id`,`revoked_at`),
  CONSTRAINT `sessions_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `signing_keys` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `algorithm` varchar(16) COLLATE utf8mb4_0900_bin NOT NULL,
  `public_jwk` text COLLATE utf8mb4_0900_bin NOT NULL,
  `private_sealed` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `active_at` bigint NOT NULL,
  `expires_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `spent_challenges` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `challenge_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `expires_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`challenge_hash`),
  KEY `spent_challenges_expiry_idx` (`realm_id`,`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `totp` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `secret_sealed` text COLLATE utf8mb4_0900_bin NOT NULL,
  `last_step` bigint NOT NULL,
  `created_at` bigint NOT NULL,
  `confirmed_at` bigint DEFAULT NULL,
  `expires_at` bigint DEFAULT NULL,
  `codes_made_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`user_id`),
  KEY `totp_expiry_idx` (`realm_id`,`expires_at`),
  CONSTRAINT `totp_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `undelivered_sessions` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `session_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `device_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`session_id`),
  KEY `undelivered_sessions_device_idx` (`realm_id`,`device_hash`,`created_at`),
  KEY `undelivered_sessions_age_idx` (`realm_id`,`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `users` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `email_canonical` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `email_verified_at` bigint DEFAULT NULL,
  `name` varchar(200) COLLATE utf8mb4_0900_bin NOT NULL,
  `metadata` text COLLATE utf8mb4_0900_bin NOT NULL,
  `roles` text COLLATE utf8mb4_0900_bin NOT NULL,
  `status` varchar(32) COLLATE utf8mb4_0900_bin NOT NULL,
  `epoch` bigint NOT NULL,
  `last_login_at` bigint DEFAULT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  `claimed_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596543178),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596590877),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596156442),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596793968);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a95-bb41-77c2-8515-afd09f4dd6c2', 'sign_up.requested', 'success', '', '', '', '', '01a22a95-ba2d-72c6-9374-c1495ccf9bdc', '{}', @now - 3840111),
	('main', '01a22a95-bb4e-7a3a-8865-903e7af57b04', 'user.created', 'success', '', '', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', '', '01a22a95-bb4a-794c-9fbf-e26d62b323af', '{}', @now - 3826949),
	('main', '01a22a95-bb4f-7c43-9e6c-24ae40d21a1c', 'email.verified', 'success', '', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', '', '01a22a95-bb4a-794c-9fbf-e26d62b323af', '{"by":"link","claimed":true}', @now - 3825816),
	('main', '01a22a95-bc04-7928-817e-0f2de6b97a8a', 'session.opened', 'success', '', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'C0SZB18M7H7wVEA5iJ8qsZGvuZFP3ZkDVFuSZEm1LIM', '01a22a95-bb52-7c4f-89f5-55df0bec788b', '{"amr":["pwd"],"new_device":false}', @now - 3645017),
	('main', '01a22a95-bcb7-7261-a688-6a977b5761f9', 'session.opened', 'success', '', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', '2oScaP5tAEHbO_dOTlVFOydAb2aST72N8LLYVnRXx5E', '01a22a95-bc0b-7232-a22c-344042071b73', '{"amr":["pwd"],"new_device":false}', @now - 3466460),
	('main', '01a22a95-bcbb-7c62-b56a-86d4fbdfe77a', 'session.ended', 'success', 'logout', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', '2oScaP5tAEHbO_dOTlVFOydAb2aST72N8LLYVnRXx5E', '01a22a95-bcba-70fa-8f2e-763e9bcc3547', '{}', @now - 3461806),
	('main', '01a22a95-bcc2-7ca8-847d-4a9311a5b32e', 'password.reset_requested', 'success', '', '', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', '', '01a22a95-bcc0-78a8-8995-10038b3f9caf', '{}', @now - 3454790),
	('main', '01a22a95-bcf3-7bfc-8912-410dff974b99', 'sign_up.requested', 'success', '', '', '', '', '01a22a95-bcc9-75c2-9927-1a0e98ece4c4', '{}', @now - 3405833),
	('main', '01a22a95-bdbe-7942-850b-af67245aa669', 'sign_up.requested', 'success', '', '', '', '', '01a22a95-bcfc-73ee-a330-4d7f88d4d383', '{}', @now - 3203012);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a95-bb41-77c2-8515-afd09f4dd6c2', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-bb4e-7a3a-8865-903e7af57b04', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-bb4f-7c43-9e6c-24ae40d21a1c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-bc04-7928-817e-0f2de6b97a8a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-bcb7-7261-a688-6a977b5761f9', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-bcbb-7c62-b56a-86d4fbdfe77a', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a95-bcc2-7ca8-847d-4a9311a5b32e', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a95-bcf3-7bfc-8912-410dff974b99', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a95-bdbe-7942-850b-af67245aa669', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a95-bb4e-72ca-be42-bcef2e43042d', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'password', '$argon2id$v=19$m=19456,t=2,p=1$sZNimiNAGDsgXq+u5tbkzw$o7B98O8V0rH1IsC8EJb8KOfUOhPdCTosbdEfoyHvzcY', @now - 3828287, @now - 3828287);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'rR6XuizXpJOWq1EIQpDuIQ', 1, -5756164664449134565, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 03:53:03'),
	(2, 1, 1, '2026-11-30 03:53:03'),
	(3, 2, 1, '2026-11-30 03:53:03'),
	(4, 3, 1, '2026-11-30 03:53:03'),
	(5, 4, 1, '2026-11-30 03:53:03'),
	(6, 5, 1, '2026-11-30 03:53:03'),
	(7, 6, 1, '2026-11-30 03:53:03'),
	(8, 7, 1, '2026-11-30 03:53:03'),
	(9, 8, 1, '2026-11-30 03:53:03'),
	(10, 9, 1, '2026-11-30 03:53:03'),
	(11, 10, 1, '2026-11-30 03:53:03'),
	(12, 11, 1, '2026-11-30 03:53:03'),
	(13, 12, 1, '2026-11-30 03:53:03'),
	(14, 13, 1, '2026-11-30 03:53:03'),
	(15, 14, 1, '2026-11-30 03:53:03'),
	(16, 15, 1, '2026-11-30 03:53:03'),
	(17, 16, 1, '2026-11-30 03:53:03'),
	(18, 17, 1, '2026-11-30 03:53:03'),
	(19, 18, 1, '2026-11-30 03:53:03'),
	(20, 19, 1, '2026-11-30 03:53:03'),
	(21, 20, 1, '2026-11-30 03:53:03'),
	(22, 21, 1, '2026-11-30 03:53:03'),
	(23, 22, 1, '2026-11-30 03:53:03'),
	(24, 23, 1, '2026-11-30 03:53:03'),
	(25, 24, 1, '2026-11-30 03:53:03'),
	(26, 25, 1, '2026-11-30 03:53:03'),
	(27, 26, 1, '2026-11-30 03:53:03'),
	(28, 27, 1, '2026-11-30 03:53:03'),
	(29, 28, 1, '2026-11-30 03:53:03'),
	(30, 29, 1, '2026-11-30 03:53:03'),
	(31, 30, 1, '2026-11-30 03:53:03'),
	(32, 31, 1, '2026-11-30 03:53:03'),
	(33, 32, 1, '2026-11-30 03:53:03'),
	(34, 33, 1, '2026-11-30 03:53:03'),
	(35, 34, 1, '2026-11-30 03:53:03'),
	(36, 35, 1, '2026-11-30 03:53:03'),
	(37, 36, 1, '2026-11-30 03:53:03'),
	(38, 37, 1, '2026-11-30 03:53:03'),
	(39, 38, 1, '2026-11-30 03:53:03'),
	(40, 39, 1, '2026-11-30 03:53:03'),
	(41, 40, 1, '2026-11-30 03:53:03'),
	(42, 41, 1, '2026-11-30 03:53:03'),
	(43, 42, 1, '2026-11-30 03:53:03'),
	(44, 43, 1, '2026-11-30 03:53:03'),
	(45, 44, 1, '2026-11-30 03:53:03'),
	(46, 45, 1, '2026-11-30 03:53:03'),
	(47, 46, 1, '2026-11-30 03:53:03'),
	(48, 47, 1, '2026-11-30 03:53:03'),
	(49, 48, 1, '2026-11-30 03:53:04'),
	(50, 49, 1, '2026-11-30 03:53:04'),
	(51, 50, 1, '2026-11-30 03:53:04'),
	(52, 51, 1, '2026-11-30 03:53:04'),
	(53, 52, 1, '2026-11-30 03:53:04'),
	(54, 53, 1, '2026-11-30 03:53:04'),
	(55, 54, 1, '2026-11-30 03:53:04'),
	(56, 55, 1, '2026-11-30 03:53:04'),
	(57, 56, 1, '2026-11-30 03:53:04'),
	(58, 57, 1, '2026-11-30 03:53:04'),
	(59, 58, 1, '2026-11-30 03:53:04'),
	(60, 59, 1, '2026-11-30 03:53:04'),
	(61, 60, 1, '2026-11-30 03:53:04'),
	(62, 61, 1, '2026-11-30 03:53:04'),
	(63, 62, 1, '2026-11-30 03:53:04'),
	(64, 63, 1, '2026-11-30 03:53:04'),
	(65, 64, 1, '2026-11-30 03:53:04'),
	(66, 65, 1, '2026-11-30 03:53:04'),
	(67, 66, 1, '2026-11-30 03:53:04'),
	(68, 67, 1, '2026-11-30 03:53:04'),
	(69, 68, 1, '2026-11-30 03:53:04'),
	(70, 69, 1, '2026-11-30 03:53:04'),
	(71, 70, 1, '2026-11-30 03:53:04'),
	(72, 71, 1, '2026-11-30 03:53:04'),
	(73, 72, 1, '2026-11-30 03:53:04'),
	(74, 73, 1, '2026-11-30 03:53:04');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a95-bb42-7794-8723-cf99b4b3c2d5', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a95-bb3d-7a95-953f-903581b076b5","token_table":"pending_signups","expires_at":"@time(23h59m56.155745s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:53 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3839058, @now + 86396155745, NULL, '', @now - 3839058, @now - 3832564),
	('main', '01a22a95-bcc3-722a-88bc-4e579afd7221', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a95-bcc2-78c9-afa6-bc07598219aa","token_table":"one_time_tokens","expires_at":"@time(59m56.544955s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:53 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3454423, @now + 3596544955, NULL, '', @now - 3454423, @now - 3448978),
	('main', '01a22a95-bcf4-763e-8e91-617811d75c91', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a95-bcf0-75b9-ab42-f32e7a8d4658","token_table":"pending_signups","expires_at":"@time(23h59m56.590279s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:53 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3405120, @now + 86396590279, NULL, '', @now - 3405120, @now - 3398171),
	('main', '01a22a95-bdbe-7ed6-945e-527e89bab6d4', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a95-bdbb-785e-abb3-bb914cc05ad8","token_table":"pending_signups","expires_at":"@time(23h59m56.793635s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:53 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.DDxDFVVTftm2MqZUfRgd5G8HOZ46tM2clExkHzp7mw3LUPJNXEFiuYQtuxL3ic1HBvU4MXrF_qcgY2LCZ9JlcTqHiwU0GC_SoIb82Q', 'ready', 0, 14, 0, @now - 3202576, @now + 86396793635, NULL, '', @now - 3202576, @now - 3202576);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a95-bcc2-78c9-afa6-bc07598219aa', 'reset_password', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'C5Bxm34xnTv7kCAj_6PAbcLeNkyBHWfmVPNXRTUN-G4', 1, @now - 3455045, @now + 3596544955, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a22a95-bb3d-7a95-953f-903581b076b5', 'ada@people.example', 'ada@people.example', '', '', '4ONnvgZEmpQ3Wst1wW34pGGgR8ttQgQLSHKzzCPQ-Rg', @now - 3844255, @now + 86396155745, @now - 3828989, NULL, '', 'hxeXAtMeEGlMlCzYLZF0pxW-vmzkKlOcX2GVntcutLY', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3844255),
	('main', '01a22a95-bcf0-75b9-ab42-f32e7a8d4658', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$H6e2b7OfdttmxLjQ4AmrFw$0OfmF/t7d4VfwB4qZvi4L5yCm06PpEhdhR8mhpoPQ2s', '', 'CQkeTw9AjUtaNoijjVwHh5iuRJVrR8KrdgV8LsF5Q9s', @now - 3409721, @now + 86396590279, NULL, NULL, '', 's3e_chRDjyigRCOXEnAUaEOt9LSzBhBc2oHn43GDfGw', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3409721),
	('main', '01a22a95-bdbb-785e-abb3-bb914cc05ad8', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$5vtl2jpL/0HycPeSodgPqQ$+BxEKbdG3DCDxKu4WzkJ5ww0sY5MdKtbGhEktPZA09Y', '', 'TcpKpYqe1cwc7iMZGJxhDp6SkcTcX_Wah2D8knKALb0', @now - 3206365, @now + 86396793635, NULL, NULL, '', '7pkTLEVQ5NdxA_qS2khoC8FygT9LlQerZQjNFhvxsFg', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3206365);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '5af71fcc-e2ba-4e7f-9fa9-1222425e7992', 0, @now - 3462489, @now + 1076537511, -5756164664449134565);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4672735);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '5af71fcc-e2ba-4e7f-9fa9-1222425e7992', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 0, 'rcKLZXiWj3wQblzOJoVoxA', -1, NULL, @now - 3468585, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3638376, '', @now + 7775996531415, @now + 2591996531415, @now - 3462489, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3468585, @now - 3468585),
	('main', '9f55608d-a6e9-4b35-b332-9af445733644', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 1, 'zXykYPUsRT7dLEHSEO7Vpw', 0, @now - 3641073, @now - 3641073, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3822680, '', @now + 7775996352818, @now + 2591996358927, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3647182, @now - 3641073);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '2aNQjyTOFNezucYYsikCgMzrUMWFdc6WULP4Xq0I0Kg', 'ES256', '{"use":"sig","kty":"EC","kid":"2aNQjyTOFNezucYYsikCgMzrUMWFdc6WULP4Xq0I0Kg","crv":"P-256","alg":"ES256","x":"Eb9d4Ib-mfk6zsIq3bwcbM-9D5pHGD-lwNvnIte81pY","y":"YW1Q2OrfJvbjLRK4pEoJL11kVTFjyHKfNlD3vw-4eD4"}', 'v1.jz9HJA.rY5PVZPbVG2wbSa8oj4KNIqwXGMtS8qY4jfLyEXp7M5hiob-VF1dpIkODJ75rDsNoAR3LlGBRrFii_ITH4jbKcxTPZY0DLxI0Hc5RDK7V_SKYS4vGILWEnrrPwrZ9bVRLlaXp3pQpef_bpHz6nUfhCquX3riE8B4eV8l4R3dYcLnWwFwS5dCo020W6xNU7QLrw9Gu0fMMfSjnUSjhKzGt9rSldffig', @now - 4644652, @now - 4644652, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', 'b2c1aa1d-b3db-401e-bd8b-803430a6b1df', 'ada@people.example', 'ada@people.example', @now - 3828287, '', '{}', '', 'active', 1, @now - 3468585, @now - 3828287, @now - 3828287, @now - 3828287);
