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
CREATE TABLE `client_secrets` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `client_id` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `secret_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `hint` varchar(16) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint DEFAULT NULL,
  `last_used_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`client_id`,`id`),
  CONSTRAINT `client_secrets_client_id_fkey` FOREIGN KEY (`realm_id`, `client_id`) REFERENCES `clients` (`realm_id`, `client_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `clients` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `client_id` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `name` varchar(200) COLLATE utf8mb4_0900_bin NOT NULL,
  `kind` varchar(16) COLLATE utf8mb4_0900_bin NOT NULL,
  `first_party` smallint NOT NULL,
  `redirect_uris` text COLLATE utf8mb4_0900_bin NOT NULL,
  `post_logout_uris` text COLLATE utf8mb4_0900_bin NOT NULL,
  `grant_types` text COLLATE utf8mb4_0900_bin NOT NULL,
  `scopes` text COLLATE utf8mb4_0900_bin NOT NULL,
  `audiences` text COLLATE utf8mb4_0900_bin NOT NULL,
  `auth_method` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `settings` text COLLATE utf8mb4_0900_bin NOT NULL,
  `epoch` bigint NOT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  `disabled_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `clients_client_id_key` (`realm_id`,`client_id`)
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
) ENGINE=InnoDB AUTO_INCREMENT=82 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
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
  `zoneinfo` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3595999525),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596040747),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3595832446),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596089849);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22c1c-27fb-74d6-a06d-11edfda4ddd0', 'sign_up.requested', 'success', '', '', '', '', '01a22c1c-2790-7050-b073-f3e2fc1de1e8', '{}', @now - 4158234),
	('main', '01a22c1c-2811-780b-8f61-5b5275439b7e', 'user.created', 'success', '', '', '983a9cbf-af88-406a-9756-7c06d962bf50', '', '01a22c1c-2809-72c1-ab2d-697851592ef3', '{}', @now - 4136024),
	('main', '01a22c1c-2818-7ee5-ae4a-801042b99b0b', 'email.verified', 'success', '', '983a9cbf-af88-406a-9756-7c06d962bf50', '983a9cbf-af88-406a-9756-7c06d962bf50', '', '01a22c1c-2809-72c1-ab2d-697851592ef3', '{"by":"link","claimed":true}', @now - 4128575),
	('main', '01a22c1c-2853-7d55-b1b5-75ca11426182', 'session.opened', 'success', '', '983a9cbf-af88-406a-9756-7c06d962bf50', '983a9cbf-af88-406a-9756-7c06d962bf50', 'PY_v8z8ZKUgsZJ1QAULT5iEncvoVwErBUR6hJHR2FgE', '01a22c1c-281b-770b-8175-effc39e0f28a', '{"amr":["pwd"],"new_device":false}', @now - 4069676),
	('main', '01a22c1c-2890-7092-a115-18b0822a67b0', 'session.opened', 'success', '', '983a9cbf-af88-406a-9756-7c06d962bf50', '983a9cbf-af88-406a-9756-7c06d962bf50', '9gzfW3HUcMBddwfqrN4qKG9Hq1htwNKUIjK-3ofehnc', '01a22c1c-2859-73cf-9f04-2648e9e29382', '{"amr":["pwd"],"new_device":false}', @now - 4009510),
	('main', '01a22c1c-2894-7a21-a7ab-8535a6a76646', 'session.ended', 'success', 'logout', '983a9cbf-af88-406a-9756-7c06d962bf50', '983a9cbf-af88-406a-9756-7c06d962bf50', '9gzfW3HUcMBddwfqrN4qKG9Hq1htwNKUIjK-3ofehnc', '01a22c1c-2893-7086-9927-2f03689322b0', '{}', @now - 4004886),
	('main', '01a22c1c-289c-77b1-ace3-899e32ddff84', 'password.reset_requested', 'success', '', '', '983a9cbf-af88-406a-9756-7c06d962bf50', '', '01a22c1c-2898-7acb-8257-e05f532a8238', '{}', @now - 3997047),
	('main', '01a22c1c-28c3-7b62-9917-56f503d650d9', 'sign_up.requested', 'success', '', '', '', '', '01a22c1c-28a4-7612-875b-c6342f122838', '{}', @now - 3957805),
	('main', '01a22c1c-28f5-7570-b691-e5b0a481f3c2', 'sign_up.requested', 'success', '', '', '', '', '01a22c1c-28cb-73fa-964c-cc21114a1897', '{}', @now - 3908195);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22c1c-27fb-74d6-a06d-11edfda4ddd0', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-2811-780b-8f61-5b5275439b7e', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-2818-7ee5-ae4a-801042b99b0b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-2853-7d55-b1b5-75ca11426182', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-2890-7092-a115-18b0822a67b0', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-2894-7a21-a7ab-8535a6a76646', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22c1c-289c-77b1-ace3-899e32ddff84', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-28c3-7b62-9917-56f503d650d9', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22c1c-28f5-7570-b691-e5b0a481f3c2', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22c1c-2810-7654-8c47-54d8a07772a3', '983a9cbf-af88-406a-9756-7c06d962bf50', 'password', '$argon2id$v=19$m=19456,t=2,p=1$fYuDSDYWNPctMi9SLm9W1g$7x87mbRtpTyV2bsw9nTWgg1LyPOno6Ysrg5rpMMDUHw', @now - 4137562, @now - 4137562);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', '4Lufwbebd9mEDdzkdJaekg', 1, -7490784415978441046, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 10:59:30'),
	(2, 1, 1, '2026-11-30 10:59:30'),
	(3, 2, 1, '2026-11-30 10:59:30'),
	(4, 3, 1, '2026-11-30 10:59:30'),
	(5, 4, 1, '2026-11-30 10:59:30'),
	(6, 5, 1, '2026-11-30 10:59:30'),
	(7, 6, 1, '2026-11-30 10:59:30'),
	(8, 7, 1, '2026-11-30 10:59:30'),
	(9, 8, 1, '2026-11-30 10:59:30'),
	(10, 9, 1, '2026-11-30 10:59:30'),
	(11, 10, 1, '2026-11-30 10:59:30'),
	(12, 11, 1, '2026-11-30 10:59:30'),
	(13, 12, 1, '2026-11-30 10:59:30'),
	(14, 13, 1, '2026-11-30 10:59:30'),
	(15, 14, 1, '2026-11-30 10:59:30'),
	(16, 15, 1, '2026-11-30 10:59:31'),
	(17, 16, 1, '2026-11-30 10:59:31'),
	(18, 17, 1, '2026-11-30 10:59:31'),
	(19, 18, 1, '2026-11-30 10:59:31'),
	(20, 19, 1, '2026-11-30 10:59:31'),
	(21, 20, 1, '2026-11-30 10:59:31'),
	(22, 21, 1, '2026-11-30 10:59:31'),
	(23, 22, 1, '2026-11-30 10:59:31'),
	(24, 23, 1, '2026-11-30 10:59:31'),
	(25, 24, 1, '2026-11-30 10:59:31'),
	(26, 25, 1, '2026-11-30 10:59:31'),
	(27, 26, 1, '2026-11-30 10:59:31'),
	(28, 27, 1, '2026-11-30 10:59:31'),
	(29, 28, 1, '2026-11-30 10:59:31'),
	(30, 29, 1, '2026-11-30 10:59:31'),
	(31, 30, 1, '2026-11-30 10:59:31'),
	(32, 31, 1, '2026-11-30 10:59:31'),
	(33, 32, 1, '2026-11-30 10:59:31'),
	(34, 33, 1, '2026-11-30 10:59:31'),
	(35, 34, 1, '2026-11-30 10:59:31'),
	(36, 35, 1, '2026-11-30 10:59:31'),
	(37, 36, 1, '2026-11-30 10:59:31'),
	(38, 37, 1, '2026-11-30 10:59:31'),
	(39, 38, 1, '2026-11-30 10:59:31'),
	(40, 39, 1, '2026-11-30 10:59:31'),
	(41, 40, 1, '2026-11-30 10:59:31'),
	(42, 41, 1, '2026-11-30 10:59:31'),
	(43, 42, 1, '2026-11-30 10:59:31'),
	(44, 43, 1, '2026-11-30 10:59:31'),
	(45, 44, 1, '2026-11-30 10:59:31'),
	(46, 45, 1, '2026-11-30 10:59:31'),
	(47, 46, 1, '2026-11-30 10:59:31'),
	(48, 47, 1, '2026-11-30 10:59:31'),
	(49, 48, 1, '2026-11-30 10:59:31'),
	(50, 49, 1, '2026-11-30 10:59:31'),
	(51, 50, 1, '2026-11-30 10:59:31'),
	(52, 51, 1, '2026-11-30 10:59:31'),
	(53, 52, 1, '2026-11-30 10:59:31'),
	(54, 53, 1, '2026-11-30 10:59:31'),
	(55, 54, 1, '2026-11-30 10:59:31'),
	(56, 55, 1, '2026-11-30 10:59:31'),
	(57, 56, 1, '2026-11-30 10:59:31'),
	(58, 57, 1, '2026-11-30 10:59:31'),
	(59, 58, 1, '2026-11-30 10:59:31'),
	(60, 59, 1, '2026-11-30 10:59:31'),
	(61, 60, 1, '2026-11-30 10:59:31'),
	(62, 61, 1, '2026-11-30 10:59:31'),
	(63, 62, 1, '2026-11-30 10:59:31'),
	(64, 63, 1, '2026-11-30 10:59:31'),
	(65, 64, 1, '2026-11-30 10:59:31'),
	(66, 65, 1, '2026-11-30 10:59:32'),
	(67, 66, 1, '2026-11-30 10:59:32'),
	(68, 67, 1, '2026-11-30 10:59:32'),
	(69, 68, 1, '2026-11-30 10:59:32'),
	(70, 69, 1, '2026-11-30 10:59:32'),
	(71, 70, 1, '2026-11-30 10:59:32'),
	(72, 71, 1, '2026-11-30 10:59:32'),
	(73, 72, 1, '2026-11-30 10:59:32'),
	(74, 73, 1, '2026-11-30 10:59:32'),
	(75, 74, 1, '2026-11-30 10:59:32'),
	(76, 75, 1, '2026-11-30 10:59:32'),
	(77, 76, 1, '2026-11-30 10:59:32'),
	(78, 77, 1, '2026-11-30 10:59:32'),
	(79, 78, 1, '2026-11-30 10:59:32'),
	(80, 79, 1, '2026-11-30 10:59:32'),
	(81, 80, 1, '2026-11-30 10:59:32');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22c1c-27fc-7432-b8a0-7d8899b55d5b', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22c1c-27f1-7c73-b72f-6d5fc12d68d8","token_table":"pending_signups","expires_at":"@time(23h59m55.831978s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.633553s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4157213, @now + 86395831979, NULL, '', @now - 4157213, @now - 4146501),
	('main', '01a22c1c-289c-7c82-82ea-a5e86bdf7019', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22c1c-289c-71d7-bbfe-eeb1eed0b613","token_table":"one_time_tokens","expires_at":"@time(59m56.002565s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.633553s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3996676, @now + 3596002566, NULL, '', @now - 3996676, @now - 3990562),
	('main', '01a22c1c-28c4-70ff-83ce-1379dd077329', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22c1c-28c2-741f-b64b-329f7e310cf8","token_table":"pending_signups","expires_at":"@time(23h59m56.040468s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.633553s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3957435, @now + 86396040469, NULL, '', @now - 3957435, @now - 3952477),
	('main', '01a22c1c-28f5-7cd4-aa90-c972b182fe3a', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22c1c-28f3-74ee-9172-a7ab9a3cc907","token_table":"pending_signups","expires_at":"@time(23h59m56.089391s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.633553s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA._HBruFHW1KJO28SIONHrpbNrXoBVFjAS1QCo9_kjX8borfdFgV0RCBd17GngjbUXy4mRzLsZa2_W_RaEqrtMWBoT75k3OObtwAsUMQ', 'ready', 1, 14, 1, @now + 447464, @now + 86396089392, NULL, 'send mail: mail server 127.0.0.1:36565: connect: EOF', @now - 3907639, @now - 3904163);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22c1c-289c-71d7-bbfe-eeb1eed0b613', 'reset_password', '983a9cbf-af88-406a-9756-7c06d962bf50', 'HcE5OsSsFFCj_37Rx67y_G2pHYB19vNLY8cAXbbAddk', 1, @now - 3997434, @now + 3596002566, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22c1c-27f1-7c73-b72f-6d5fc12d68d8', 'ada@people.example', 'ada@people.example', '', '', 'wYpx_HxaqOFLviN3HsbzJtpP7Jf1mfG_Zh8nMVPkjEM', @now - 4168021, @now + 86395831979, @now - 4140458, NULL, '', 'FNAQyAD1UeDjkRbDaZizOPRrr6xiyqYW7-lxTvP5XDU', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 4168021, ''),
	('main', '01a22c1c-28c2-741f-b64b-329f7e310cf8', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$+4uVNUBXSEpvR0uwa6XgbQ$21rLoTc0aWIGIDX7j7YDQ6kdVXlDF6geWcKR6sGpxko', '', 'MYE1WqtfrmKS1p6Ku86g4PT0D0DLEW1Zj2qclmKO1Lo', @now - 3959531, @now + 86396040469, NULL, NULL, '', 'fxcrGfWj2pvTr3DqkMQKZ-vCBbGXIpVaglvgQBCU7l0', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3959531, ''),
	('main', '01a22c1c-28f3-74ee-9172-a7ab9a3cc907', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$wwgQWbQRsMhGMNGjSRQtZA$Ce8Db7DHHzbTJpyr9aKnaCfVLNOnkKc0ZtGPt1DJoGI', '', 'OTXmN7UGXE6McazeW6TOWCvan0_rg0Z31cK8we6e0Lo', @now - 3910608, @now + 86396089392, NULL, NULL, '', 'oUeHOOJE3WEXAPdkRnaJbGALpEgLENOyMznQXeODAsc', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3910608, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'e9536e6a-22d5-46a1-89ad-ab20b61e3ff3', 0, @now - 4005393, @now + 1075994607, -7490784415978441046);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4392094);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '4d601223-70a0-4e09-a25e-c8b17bfa260b', '983a9cbf-af88-406a-9756-7c06d962bf50', 1, 'qLiDJ4mWCF8U9uC0K3XHOw', 0, @now - 4066586, @now - 4066586, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4125807, '', @now + 7775995926980, @now + 2591995933414, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 4073020, @now - 4066586),
	('main', 'e9536e6a-22d5-46a1-89ad-ab20b61e3ff3', '983a9cbf-af88-406a-9756-7c06d962bf50', 0, 'Tvb29CHAMdO7J1e6DmAvyQ', -1, NULL, @now - 4011240, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4064196, '', @now + 7775995988760, @now + 2591995988760, @now - 4005393, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 4011240, @now - 4011240);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'ksVD1eW8qfUQ2AYgu20pf6CTo0OHtuvSt9EBF5N5m5k', 'ES256', '{"use":"sig","kty":"EC","kid":"ksVD1eW8qfUQ2AYgu20pf6CTo0OHtuvSt9EBF5N5m5k","crv":"P-256","alg":"ES256","x":"PsLoW92woiQujIpj8M3wHDTJemnvYe3Sq_EpPccq85s","y":"qF993j--HR4-_GsMcelNd8hJnlBAEPQf4JY8BpSfR2o"}', 'v1.jz9HJA.7URkKu0e3gplqyzGwV-id8C80j6EGdGD6O5kfUhe1-LjAmj7-WDpAHb4roXZTohPn3Q2suYvme-2lRkzgkJHiUakmCtEbIe2kNs9ipqX3RjuOsfWGv1He9oMYnM5O_ezR0E1wlJeeGITNasVqC7oBtwc8c7b6xGEbU0BkLGtKXViqz6gHTs2Ys7xvN1y7sjMNxRne0e6ziAX3ga3Zq4EtorYduy8PQ', @now - 4338853, @now - 4338853, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo) VALUES
	('main', '983a9cbf-af88-406a-9756-7c06d962bf50', 'ada@people.example', 'ada@people.example', @now - 4137562, '', '{}', '', 'active', 1, @now - 4011240, @now - 4137562, @now - 4137562, @now - 4137562, '', '');
