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
CREATE TABLE `audit_repeats` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `event_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` int NOT NULL,
  `began_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_repeats_age_idx` (`realm_id`,`began_at`)
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
) ENGINE=InnoDB AUTO_INCREMENT=79 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
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
  `language` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
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
  `language` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596560192),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596630912),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596259485),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596777448);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a92-372a-7d0f-8de9-0c7b2b29e754', 'sign_up.requested', 'success', '', '', '', '', '01a22a92-34ed-782e-a545-1665a29f00d0', '{}', @now - 3715108),
	('main', '01a22a92-374e-70a7-bddf-b94029f89048', 'user.created', 'success', '', '', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', '', '01a22a92-3749-74e2-923c-a16e034a8328', '{}', @now - 3679920),
	('main', '01a22a92-374f-7809-a753-b3562c0619ea', 'email.verified', 'success', '', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', '', '01a22a92-3749-74e2-923c-a16e034a8328', '{"by":"link","claimed":true}', @now - 3678437),
	('main', '01a22a92-37c2-74ac-9a72-1f9d8bbf1050', 'session.opened', 'success', '', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 's1sduVhfLsDfef1iaFPLMiBP6FkTMk8-YFmXnT0alEc', '01a22a92-3751-7823-bab5-51537b1cd29c', '{"amr":["pwd"],"new_device":false}', @now - 3563655),
	('main', '01a22a92-3836-7cba-9089-217c533df57c', 'session.opened', 'success', '', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'WuQ_hNJLRL6VoNJffhglagdwT_NoMWfQldJWP9m8PbQ', '01a22a92-37c8-7cac-be4c-e6236018b12d', '{"amr":["pwd"],"new_device":false}', @now - 3447127),
	('main', '01a22a92-3839-7c30-a846-d35621067559', 'session.ended', 'success', 'logout', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'WuQ_hNJLRL6VoNJffhglagdwT_NoMWfQldJWP9m8PbQ', '01a22a92-3838-7c1a-8546-f584109b2b38', '{}', @now - 3444164),
	('main', '01a22a92-3840-71e2-8528-e466d8a5561e', 'password.reset_requested', 'success', '', '', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', '', '01a22a92-383d-7cbc-8b70-97e1c690b4eb', '{}', @now - 3437841),
	('main', '01a22a92-3891-75b8-b0b8-5b469b847aba', 'sign_up.requested', 'success', '', '', '', '', '01a22a92-3846-74a8-afaa-8cffb41bc432', '{}', @now - 3356588),
	('main', '01a22a92-3919-76e4-a84a-a1cbd0bdce35', 'sign_up.requested', 'success', '', '', '', '', '01a22a92-38a1-761f-87e7-8d0164071e14', '{}', @now - 3220512);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a92-372a-7d0f-8de9-0c7b2b29e754', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-374e-70a7-bddf-b94029f89048', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-374f-7809-a753-b3562c0619ea', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-37c2-74ac-9a72-1f9d8bbf1050', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-3836-7cba-9089-217c533df57c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-3839-7c30-a846-d35621067559', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a92-3840-71e2-8528-e466d8a5561e', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a92-3891-75b8-b0b8-5b469b847aba', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a92-3919-76e4-a84a-a1cbd0bdce35', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a92-374c-7d79-bcd6-7565e3f752f0', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'password', '$argon2id$v=19$m=19456,t=2,p=1$+o4iKonLftE3O1ohckkDlw$vaXWbSztIn+dNdXh/4DltifeoJ+rTNVNZa8BQY6k3rY', @now - 3681461, @now - 3681461);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'yVyu0IGgt6XeZ3HXaOU1WA', 1, -8395110625722951341, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 03:49:12'),
	(2, 1, 1, '2026-11-30 03:49:12'),
	(3, 2, 1, '2026-11-30 03:49:12'),
	(4, 3, 1, '2026-11-30 03:49:12'),
	(5, 4, 1, '2026-11-30 03:49:12'),
	(6, 5, 1, '2026-11-30 03:49:12'),
	(7, 6, 1, '2026-11-30 03:49:12'),
	(8, 7, 1, '2026-11-30 03:49:12'),
	(9, 8, 1, '2026-11-30 03:49:12'),
	(10, 9, 1, '2026-11-30 03:49:12'),
	(11, 10, 1, '2026-11-30 03:49:12'),
	(12, 11, 1, '2026-11-30 03:49:12'),
	(13, 12, 1, '2026-11-30 03:49:12'),
	(14, 13, 1, '2026-11-30 03:49:12'),
	(15, 14, 1, '2026-11-30 03:49:12'),
	(16, 15, 1, '2026-11-30 03:49:12'),
	(17, 16, 1, '2026-11-30 03:49:12'),
	(18, 17, 1, '2026-11-30 03:49:12'),
	(19, 18, 1, '2026-11-30 03:49:12'),
	(20, 19, 1, '2026-11-30 03:49:12'),
	(21, 20, 1, '2026-11-30 03:49:12'),
	(22, 21, 1, '2026-11-30 03:49:12'),
	(23, 22, 1, '2026-11-30 03:49:12'),
	(24, 23, 1, '2026-11-30 03:49:12'),
	(25, 24, 1, '2026-11-30 03:49:12'),
	(26, 25, 1, '2026-11-30 03:49:12'),
	(27, 26, 1, '2026-11-30 03:49:12'),
	(28, 27, 1, '2026-11-30 03:49:12'),
	(29, 28, 1, '2026-11-30 03:49:12'),
	(30, 29, 1, '2026-11-30 03:49:12'),
	(31, 30, 1, '2026-11-30 03:49:12'),
	(32, 31, 1, '2026-11-30 03:49:12'),
	(33, 32, 1, '2026-11-30 03:49:12'),
	(34, 33, 1, '2026-11-30 03:49:12'),
	(35, 34, 1, '2026-11-30 03:49:12'),
	(36, 35, 1, '2026-11-30 03:49:12'),
	(37, 36, 1, '2026-11-30 03:49:12'),
	(38, 37, 1, '2026-11-30 03:49:12'),
	(39, 38, 1, '2026-11-30 03:49:12'),
	(40, 39, 1, '2026-11-30 03:49:12'),
	(41, 40, 1, '2026-11-30 03:49:12'),
	(42, 41, 1, '2026-11-30 03:49:12'),
	(43, 42, 1, '2026-11-30 03:49:12'),
	(44, 43, 1, '2026-11-30 03:49:12'),
	(45, 44, 1, '2026-11-30 03:49:12'),
	(46, 45, 1, '2026-11-30 03:49:12'),
	(47, 46, 1, '2026-11-30 03:49:12'),
	(48, 47, 1, '2026-11-30 03:49:12'),
	(49, 48, 1, '2026-11-30 03:49:12'),
	(50, 49, 1, '2026-11-30 03:49:12'),
	(51, 50, 1, '2026-11-30 03:49:12'),
	(52, 51, 1, '2026-11-30 03:49:12'),
	(53, 52, 1, '2026-11-30 03:49:12'),
	(54, 53, 1, '2026-11-30 03:49:12'),
	(55, 54, 1, '2026-11-30 03:49:12'),
	(56, 55, 1, '2026-11-30 03:49:12'),
	(57, 56, 1, '2026-11-30 03:49:12'),
	(58, 57, 1, '2026-11-30 03:49:12'),
	(59, 58, 1, '2026-11-30 03:49:12'),
	(60, 59, 1, '2026-11-30 03:49:12'),
	(61, 60, 1, '2026-11-30 03:49:12'),
	(62, 61, 1, '2026-11-30 03:49:12'),
	(63, 62, 1, '2026-11-30 03:49:13'),
	(64, 63, 1, '2026-11-30 03:49:13'),
	(65, 64, 1, '2026-11-30 03:49:13'),
	(66, 65, 1, '2026-11-30 03:49:13'),
	(67, 66, 1, '2026-11-30 03:49:13'),
	(68, 67, 1, '2026-11-30 03:49:13'),
	(69, 68, 1, '2026-11-30 03:49:13'),
	(70, 69, 1, '2026-11-30 03:49:13'),
	(71, 70, 1, '2026-11-30 03:49:13'),
	(72, 71, 1, '2026-11-30 03:49:13'),
	(73, 72, 1, '2026-11-30 03:49:13'),
	(74, 73, 1, '2026-11-30 03:49:13'),
	(75, 74, 1, '2026-11-30 03:49:13'),
	(76, 75, 1, '2026-11-30 03:49:13'),
	(77, 76, 1, '2026-11-30 03:49:13'),
	(78, 77, 1, '2026-11-30 03:49:13');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a92-372c-727d-ac0a-c4df2837a173', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a92-3711-7595-8344-c9ace8104f99","token_table":"pending_signups","expires_at":"@time(23h59m56.259103s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.893965s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3713718, @now + 86396259104, NULL, '', @now - 3713718, @now - 3683938),
	('main', '01a22a92-3840-75c4-b2ac-19746b8283db', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a92-383f-7cbc-9731-ebdd1bad9ded","token_table":"one_time_tokens","expires_at":"@time(59m56.561868s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.893965s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3437154, @now + 3596561869, NULL, '', @now - 3437154, @now - 3432987),
	('main', '01a22a92-389a-710e-a019-b6250a6f0b2c', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a92-3884-7cea-acac-1636251e3067","token_table":"pending_signups","expires_at":"@time(23h59m56.630205s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.893965s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3347774, @now + 86396630206, NULL, '', @now - 3347774, @now - 3340328),
	('main', '01a22a92-3919-7f0e-9f18-05f1724b3a26', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a92-3917-757a-b608-98e967c29b54","token_table":"pending_signups","expires_at":"@time(23h59m56.776997s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.893965s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.Lzba-P8B5xKeeYLRjsXe3SPPI2AQ5Q8o-zxRseQytktjZeqW7t4uKd4O4iNZOrVy2SprQapYCCN5xHocwS75gzN0lT1zMZrqfBODEg', 'ready', 1, 14, 1, @now + 1366490, @now + 86396776998, NULL, 'send mail: mail server 127.0.0.1:37511: connect: EOF', @now - 3219900, @now - 3215844);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a92-383f-7cbc-9731-ebdd1bad9ded', 'reset_password', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'p9DDnMHpF_J0rVIcy9qGNNi7Xs4iO8v32OmiKWhW8xw', 1, @now - 3438131, @now + 3596561869, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22a92-3711-7595-8344-c9ace8104f99', 'ada@people.example', 'ada@people.example', '', '', '12NbDDphEMtM1rdHiX9X_UoOZywA8gu9rHRm7Q68v1w', @now - 3740896, @now + 86396259104, @now - 3682004, NULL, '', '_7Y20XUtcTUsYm8iruftubhl9FMC2EwcrM4tzdIIafA', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3740896, ''),
	('main', '01a22a92-3884-7cea-acac-1636251e3067', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$6Y1NTMR+LY2Bvi0ZsukM/Q$sC7psFEn9bLT7PIVWax56WeIMz2gh4cucuowsm/VcGo', '', 'FJ9HT7u_IACD-CxKw9mgOgrZDdjTIIIyy0LqVZ7w_yI', @now - 3369794, @now + 86396630206, NULL, NULL, '', '2sgLG65Qwtu0GqDJDZpwERqxDReOhxCWqY782iTkLxM', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3369794, ''),
	('main', '01a22a92-3917-757a-b608-98e967c29b54', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$UXdJe5fpAG5PAUnZOTwR6A$8eENkWvDM+baZUAZvqJGeDKCIqyan1jZMuGX4h7299o', '', 'ZHu65szIT_yJetFqRfSXE0xbozUGGNVpcyj3ufA6ZXo', @now - 3223002, @now + 86396776998, NULL, NULL, '', '4vDi1y2sisH98DrfQ2LXb4bqXhR2O_WSt89wR19QV-s', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3223002, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'ba04d73e-71dc-4781-9b8d-a38bb0006bda', 0, @now - 3444537, @now + 1076555463, -8395110625722951341);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 5083124);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '902d9aee-fcd2-49cc-9476-65c800d4fcf0', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 1, 'S7RHKZZfjA0jNk97qenauQ', 0, @now - 3559464, @now - 3559464, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3676309, '', @now + 7775996433455, @now + 2591996440536, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3566545, @now - 3559464),
	('main', 'ba04d73e-71dc-4781-9b8d-a38bb0006bda', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 0, 'FsRMscytNXSW1h3TeJlfVA', -1, NULL, @now - 3448605, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3557003, '', @now + 7775996551395, @now + 2591996551395, @now - 3444537, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3448605, @now - 3448605);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'HEnpsJtX9CISSe2hztA5eM8kBA4Aps9OhXUYwNdAhUM', 'ES256', '{"use":"sig","kty":"EC","kid":"HEnpsJtX9CISSe2hztA5eM8kBA4Aps9OhXUYwNdAhUM","crv":"P-256","alg":"ES256","x":"_vw2E_fMTKYDgGVmbKa7QFNyM0lWldlxvMF_dVvpHUM","y":"cBQYMBqrq55oGSw1fpMSH5xPv73lPcezaz3xmAzuRBM"}', 'v1.jz9HJA.1Cgvkc2V21PBwbg4nSUhAJhAxgeqaKjH68W7lFDkSdRoLyYmQTOR-BCK9dQsTzR4CdgUE_vwJSS49JVbb8SC28MoDyAxFDEBSsHBVgkT7z06QKyQ6WUBjxTLQjxQ5roG6rQ1wc-wermhGYOnK51TCDavuEkNjQlBHU7RgeaitvfLCh9lkVnva6fp9A4gPSF02JljkBTxTFOCBnJtRKpYgtU3wL_sZA', @now - 4666764, @now - 4666764, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) VALUES
	('main', 'b35e8e9c-5d2b-4e33-97a9-780ca4a5fab5', 'ada@people.example', 'ada@people.example', @now - 3681461, '', '{}', '', 'active', 1, @now - 3448605, @now - 3681461, @now - 3681461, @now - 3681461, '');
