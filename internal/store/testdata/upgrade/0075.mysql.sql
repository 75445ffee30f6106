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
) ENGINE=InnoDB AUTO_INCREMENT=77 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
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
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596441720),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596631095),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3595903022),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596788714);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22a68-9c57-7657-bbe9-06561244dbdc', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-9ac1-7824-9188-ea090acc24dc', '{}', @now - 4092950),
	('main', '01a22a68-9c6d-7ed4-8233-fc5cb200b94a', 'user.created', 'success', '', '', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '', '01a22a68-9c63-7566-ae85-0b63acd61268', '{}', @now - 4070393),
	('main', '01a22a68-9c7b-7af7-bc71-89de885eeb69', 'email.verified', 'success', '', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '', '01a22a68-9c63-7566-ae85-0b63acd61268', '{"by":"link","claimed":true}', @now - 4056646),
	('main', '01a22a68-9d01-7248-9a4f-b36854b02cfc', 'session.opened', 'success', '', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 'NBuq_PMigBPQOxK7vtsseX40nr2rsgBJGKZOx5oFcz8', '01a22a68-9c81-7950-94ad-c689448acb82', '{"amr":["pwd"],"new_device":false}', @now - 3923212),
	('main', '01a22a68-9e50-7884-a9f6-de21f67b1a23', 'session.opened', 'success', '', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 'PJg8DxfQ4Xp8a4O_qrgZU4k-xhB986rU1cn1odPnODo', '01a22a68-9d0e-7d60-8ac5-49d68d0ded2c', '{"amr":["pwd"],"new_device":false}', @now - 3587802),
	('main', '01a22a68-9e5e-7dd1-91fb-6fc29ebc06a9', 'session.ended', 'success', 'logout', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 'PJg8DxfQ4Xp8a4O_qrgZU4k-xhB986rU1cn1odPnODo', '01a22a68-9e54-7d93-82d2-36545c0cefa6', '{}', @now - 3573454),
	('main', '01a22a68-9e79-7889-b278-67ee6d028730', 'password.reset_requested', 'success', '', '', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', '', '01a22a68-9e69-7202-bf56-4e1a1c719cdc', '{}', @now - 3546805),
	('main', '01a22a68-9f2e-7952-b0d2-6491e18c71d4', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-9ea1-7542-8746-fad276f15c84', '{}', @now - 3365755),
	('main', '01a22a68-9fcb-7665-9170-667d3b84f4e5', 'sign_up.requested', 'success', '', '', '', '', '01a22a68-9f9b-7f17-9623-c093be00c94b', '{}', @now - 3208946);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22a68-9c57-7657-bbe9-06561244dbdc', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9c6d-7ed4-8233-fc5cb200b94a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9c7b-7af7-bc71-89de885eeb69', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9d01-7248-9a4f-b36854b02cfc', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9e50-7884-a9f6-de21f67b1a23', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9e5e-7dd1-91fb-6fc29ebc06a9', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22a68-9e79-7889-b278-67ee6d028730', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22a68-9f2e-7952-b0d2-6491e18c71d4', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22a68-9fcb-7665-9170-667d3b84f4e5', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22a68-9c6d-74a6-b446-fdf5631bb046', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 'password', '$argon2id$v=19$m=19456,t=2,p=1$NdmL24ZLn+chkR1WDp8QWw$c2+qkYpQrn9g1PGDOf5EMrs80c8QLp6cHKe9QxAhrCM', @now - 4073430, @now - 4073430);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'ibhVhemPGDAsJqRjAjS0TQ', 1, -7212945676024704549, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 03:03:39'),
	(2, 1, 1, '2026-11-30 03:03:40'),
	(3, 2, 1, '2026-11-30 03:03:40'),
	(4, 3, 1, '2026-11-30 03:03:40'),
	(5, 4, 1, '2026-11-30 03:03:40'),
	(6, 5, 1, '2026-11-30 03:03:40'),
	(7, 6, 1, '2026-11-30 03:03:40'),
	(8, 7, 1, '2026-11-30 03:03:40'),
	(9, 8, 1, '2026-11-30 03:03:41'),
	(10, 9, 1, '2026-11-30 03:03:41'),
	(11, 10, 1, '2026-11-30 03:03:41'),
	(12, 11, 1, '2026-11-30 03:03:41'),
	(13, 12, 1, '2026-11-30 03:03:41'),
	(14, 13, 1, '2026-11-30 03:03:41'),
	(15, 14, 1, '2026-11-30 03:03:41'),
	(16, 15, 1, '2026-11-30 03:03:41'),
	(17, 16, 1, '2026-11-30 03:03:41'),
	(18, 17, 1, '2026-11-30 03:03:41'),
	(19, 18, 1, '2026-11-30 03:03:41'),
	(20, 19, 1, '2026-11-30 03:03:41'),
	(21, 20, 1, '2026-11-30 03:03:41'),
	(22, 21, 1, '2026-11-30 03:03:41'),
	(23, 22, 1, '2026-11-30 03:03:41'),
	(24, 23, 1, '2026-11-30 03:03:41'),
	(25, 24, 1, '2026-11-30 03:03:41'),
	(26, 25, 1, '2026-11-30 03:03:41'),
	(27, 26, 1, '2026-11-30 03:03:42'),
	(28, 27, 1, '2026-11-30 03:03:42'),
	(29, 28, 1, '2026-11-30 03:03:42'),
	(30, 29, 1, '2026-11-30 03:03:42'),
	(31, 30, 1, '2026-11-30 03:03:42'),
	(32, 31, 1, '2026-11-30 03:03:42'),
	(33, 32, 1, '2026-11-30 03:03:42'),
	(34, 33, 1, '2026-11-30 03:03:42'),
	(35, 34, 1, '2026-11-30 03:03:42'),
	(36, 35, 1, '2026-11-30 03:03:43'),
	(37, 36, 1, '2026-11-30 03:03:43'),
	(38, 37, 1, '2026-11-30 03:03:43'),
	(39, 38, 1, '2026-11-30 03:03:43'),
	(40, 39, 1, '2026-11-30 03:03:43'),
	(41, 40, 1, '2026-11-30 03:03:43'),
	(42, 41, 1, '2026-11-30 03:03:43'),
	(43, 42, 1, '2026-11-30 03:03:43'),
	(44, 43, 1, '2026-11-30 03:03:43'),
	(45, 44, 1, '2026-11-30 03:03:44'),
	(46, 45, 1, '2026-11-30 03:03:44'),
	(47, 46, 1, '2026-11-30 03:03:44'),
	(48, 47, 1, '2026-11-30 03:03:44'),
	(49, 48, 1, '2026-11-30 03:03:44'),
	(50, 49, 1, '2026-11-30 03:03:44'),
	(51, 50, 1, '2026-11-30 03:03:44'),
	(52, 51, 1, '2026-11-30 03:03:44'),
	(53, 52, 1, '2026-11-30 03:03:44'),
	(54, 53, 1, '2026-11-30 03:03:44'),
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
	(66, 65, 1, '2026-11-30 03:03:46'),
	(67, 66, 1, '2026-11-30 03:03:46'),
	(68, 67, 1, '2026-11-30 03:03:46'),
	(69, 68, 1, '2026-11-30 03:03:47'),
	(70, 69, 1, '2026-11-30 03:03:47'),
	(71, 70, 1, '2026-11-30 03:03:47'),
	(72, 71, 1, '2026-11-30 03:03:47'),
	(73, 72, 1, '2026-11-30 03:03:47'),
	(74, 73, 1, '2026-11-30 03:03:47'),
	(75, 74, 1, '2026-11-30 03:03:47'),
	(76, 75, 1, '2026-11-30 03:03:47');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22a68-9c58-7569-b50d-3f587afbf239', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22a68-9c53-74cd-914f-5c8dfebfd7cf","token_table":"pending_signups","expires_at":"@time(23h59m55.902158s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4091948, @now + 86395902159, NULL, '', @now - 4091948, @now - 4081661),
	('main', '01a22a68-9e7a-7345-9dfe-752a7ca1a42e', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22a68-9e77-78dc-8d09-3749ff54b3e3","token_table":"one_time_tokens","expires_at":"@time(59m56.451211s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3546066, @now + 3596451212, NULL, '', @now - 3546066, @now - 3512432),
	('main', '01a22a68-9f2f-760c-bda1-28a70120ef7a', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22a68-9f2b-74be-9a2f-e338c60db7de","token_table":"pending_signups","expires_at":"@time(23h59m56.630509s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3364835, @now + 86396630510, NULL, '', @now - 3364835, @now - 3357591),
	('main', '01a22a68-9fcb-7d98-b86a-412d680f5f58', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22a68-9fc8-7d86-8204-74d0f1c81308","token_table":"pending_signups","expires_at":"@time(23h59m56.78813s)","data":{"address":"127.0.0.1","place":"","time":"30 November 2026, 03:03 UTC","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.t0TZZhs0458oA1dWXfjft5_dxISXeugBg3j9oKXg285inctTpxli5N4aelhoohIIc-1MPtz6Wi10PAurnXgCfn9-F3Qm-6JnI55YNQ', 'ready', 1, 14, 1, @now + 1122409, @now + 86396788131, NULL, 'send mail: mail server 127.0.0.1:37745: connect: EOF', @now - 3208378, @now - 3205369);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22a68-9e77-78dc-8d09-3749ff54b3e3', 'reset_password', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 'U0ZqeYDbendxM5pNujE9jTwHSLOW9jkXw68KFuZbx9U', 1, @now - 3548788, @now + 3596451212, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at) VALUES
	('main', '01a22a68-9c53-74cd-914f-5c8dfebfd7cf', 'ada@people.example', 'ada@people.example', '', '', 'unU5cHdXyH6agMd7cJK8I4iHcQZkBdjFzwtpR25YYEY', @now - 4097841, @now + 86395902159, @now - 4075275, NULL, '', 'PSoUQme538XEbT66JpyQEQAtQEimXjsy_wo_CffxgDo', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 4097841),
	('main', '01a22a68-9f2b-74be-9a2f-e338c60db7de', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$Y6IPoFvJylbFKivJ57Dh9A$6rqQZrHPPetjvkQ6Cv0vLCKKiWrPgdOQf9wrf4sKGOM', '', 'vbmL9R5jeSflEcVz9MOdaPu7nH8PNM5Z8sLQhodjS-k', @now - 3369490, @now + 86396630510, NULL, NULL, '', 'YsUVtM1cuX_m3QtYVB2_egwAn-9pGUi4xud5Xe2oDjI', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3369490),
	('main', '01a22a68-9fc8-7d86-8204-74d0f1c81308', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$jQTzIRxBSmFpvIQzIPJC+w$RaMizwb0/r6OX3uhCT/gOrSq21j0PBA9KITEkIyvmU8', '', 'hoYtQz912Ci9zJ2P5GJ9fDpkw8D_VnjxI9-w3ARs_P8', @now - 3211869, @now + 86396788131, NULL, NULL, '', '2ZslUvINV5ry04oRFNLHSN66jzhuSjhSukQnCr1TRog', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3211869);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '66c55f93-9989-4af4-957c-07d09b8ba1b1', 0, @now - 3581902, @now + 1076418098, -7212945676024704549);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4916341);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '64aaf627-92c6-4a41-9805-1dcb1c290114', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 1, 'dSoBew3Q-e09IPZAhfshWg', 0, @now - 3913976, @now - 3913976, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4050585, '', @now + 7775996071787, @now + 2591996086024, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3928213, @now - 3913976),
	('main', '66c55f93-9989-4af4-957c-07d09b8ba1b1', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 0, 'E5Q_YZ4BwzTfthUC_aCh-Q', -1, NULL, @now - 3654441, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3909352, '', @now + 7775996345559, @now + 2591996345559, @now - 3581902, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3654441, @now - 3654441);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'uejCqfY5cujhJv5GVZR2skVip0WzTKLC-a7cSI7yRZM', 'ES256', '{"use":"sig","kty":"EC","kid":"uejCqfY5cujhJv5GVZR2skVip0WzTKLC-a7cSI7yRZM","crv":"P-256","alg":"ES256","x":"WttfvT3oHjyMHYqQmyAdeCTDpRTa5ghrwETw75l8w7w","y":"wjX57SKB2MGZ-VhMehUxRR1OSq8GyJdrYEQtnMKkMWU"}', 'v1.jz9HJA.U-loYNYVVd-M4DQojdUX5T37tay8Zd0E6iya6FKradKu-NhCiBDrHhMDOz6iO5bLAgo3GvNrF51Cs9C9L3wK2ExGKeYM6glxT-5byp6R2bCsOcI0lvzE1TFgMsxC-teyndU2UpXHwxwS8gJpA704fEp4q1xPhkXW_5_JsKFli6jhL9idkyy4SUuLg4SyS1iUNCo5i5hDa-zObosel6nuZbJfqP5BuQ', @now - 4894331, @now - 4894331, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at) VALUES
	('main', '92dac4b8-4f9a-45c4-802a-9fc149f9157a', 'ada@people.example', 'ada@people.example', @now - 4073430, '', '{}', '', 'active', 1, @now - 3654441, @now - 4073430, @now - 4073430, @now - 4073430);
