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
) ENGINE=InnoDB AUTO_INCREMENT=81 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
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
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596675261),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596737274),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596468655),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596797413);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22bdd-1102-7aa7-a0eb-fb63c3fa2677', 'sign_up.requested', 'success', '', '', '', '', '01a22bdd-107e-7070-9342-ae46c916a147', '{}', @now - 3518122),
	('main', '01a22bdd-1113-740d-8084-8c023f9d1dd7', 'user.created', 'success', '', '', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', '', '01a22bdd-110e-7dba-bba5-1258709d4fcd', '{}', @now - 3501555),
	('main', '01a22bdd-1117-770e-ac55-23294f6af129', 'email.verified', 'success', '', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', '', '01a22bdd-110e-7dba-bba5-1258709d4fcd', '{"by":"link","claimed":true}', @now - 3497358),
	('main', '01a22bdd-115c-769a-966a-b6aaa027ab6e', 'session.opened', 'success', '', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 's_mojEZOCyokphjVITeszKKPHrQWpdkCTsJdz_Gwg0A', '01a22bdd-111b-73bc-89c0-5a93e6a01286', '{"amr":["pwd"],"new_device":false}', @now - 3428384),
	('main', '01a22bdd-11b7-713b-8f33-71e46807c962', 'session.opened', 'success', '', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'rDcsRrkBZ415fS24bwduyd5HBVmHGloUzTZbGrw2nJw', '01a22bdd-1164-755d-9d72-a2fa08cff163', '{"amr":["pwd"],"new_device":false}', @now - 3337737),
	('main', '01a22bdd-11bc-7316-bced-660e0c08271d', 'session.ended', 'success', 'logout', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'rDcsRrkBZ415fS24bwduyd5HBVmHGloUzTZbGrw2nJw', '01a22bdd-11ba-7325-87a7-0dba3a4416d6', '{}', @now - 3332616),
	('main', '01a22bdd-11c9-798a-ba81-f55c1e70c991', 'password.reset_requested', 'success', '', '', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', '', '01a22bdd-11c3-7927-84b5-a88d837255e6', '{}', @now - 3319195),
	('main', '01a22bdd-1204-7c45-869b-f08be64e5b3e', 'sign_up.requested', 'success', '', '', '', '', '01a22bdd-11d5-71fb-8038-75c2a2bee3a6', '{}', @now - 3260016),
	('main', '01a22bdd-1240-7047-8049-e92d146dc8e9', 'sign_up.requested', 'success', '', '', '', '', '01a22bdd-120c-79bf-b668-a45aa06a91c3', '{}', @now - 3200802);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22bdd-1102-7aa7-a0eb-fb63c3fa2677', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-1113-740d-8084-8c023f9d1dd7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-1117-770e-ac55-23294f6af129', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-115c-769a-966a-b6aaa027ab6e', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-11b7-713b-8f33-71e46807c962', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-11bc-7316-bced-660e0c08271d', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22bdd-11c9-798a-ba81-f55c1e70c991', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-1204-7c45-869b-f08be64e5b3e', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22bdd-1240-7047-8049-e92d146dc8e9', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22bdd-1112-7038-aa1a-826b89187513', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'password', '$argon2id$v=19$m=19456,t=2,p=1$EKECvacx4jE4zQBKRHXE1Q$ODxw0C4LVEsR02OSe2SvMXLx9B9+varrnHdOmdTQAi8', @now - 3503277, @now - 3503277);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'cf20LufLI82Wnvs0558GpA', 1, 7189211375045691822, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 09:50:36'),
	(2, 1, 1, '2026-11-30 09:50:36'),
	(3, 2, 1, '2026-11-30 09:50:36'),
	(4, 3, 1, '2026-11-30 09:50:36'),
	(5, 4, 1, '2026-11-30 09:50:36'),
	(6, 5, 1, '2026-11-30 09:50:36'),
	(7, 6, 1, '2026-11-30 09:50:36'),
	(8, 7, 1, '2026-11-30 09:50:36'),
	(9, 8, 1, '2026-11-30 09:50:36'),
	(10, 9, 1, '2026-11-30 09:50:36'),
	(11, 10, 1, '2026-11-30 09:50:36'),
	(12, 11, 1, '2026-11-30 09:50:36'),
	(13, 12, 1, '2026-11-30 09:50:36'),
	(14, 13, 1, '2026-11-30 09:50:36'),
	(15, 14, 1, '2026-11-30 09:50:36'),
	(16, 15, 1, '2026-11-30 09:50:36'),
	(17, 16, 1, '2026-11-30 09:50:36'),
	(18, 17, 1, '2026-11-30 09:50:36'),
	(19, 18, 1, '2026-11-30 09:50:36'),
	(20, 19, 1, '2026-11-30 09:50:36'),
	(21, 20, 1, '2026-11-30 09:50:36'),
	(22, 21, 1, '2026-11-30 09:50:36'),
	(23, 22, 1, '2026-11-30 09:50:36'),
	(24, 23, 1, '2026-11-30 09:50:36'),
	(25, 24, 1, '2026-11-30 09:50:36'),
	(26, 25, 1, '2026-11-30 09:50:36'),
	(27, 26, 1, '2026-11-30 09:50:36'),
	(28, 27, 1, '2026-11-30 09:50:36'),
	(29, 28, 1, '2026-11-30 09:50:36'),
	(30, 29, 1, '2026-11-30 09:50:36'),
	(31, 30, 1, '2026-11-30 09:50:36'),
	(32, 31, 1, '2026-11-30 09:50:36'),
	(33, 32, 1, '2026-11-30 09:50:36'),
	(34, 33, 1, '2026-11-30 09:50:36'),
	(35, 34, 1, '2026-11-30 09:50:36'),
	(36, 35, 1, '2026-11-30 09:50:36'),
	(37, 36, 1, '2026-11-30 09:50:36'),
	(38, 37, 1, '2026-11-30 09:50:36'),
	(39, 38, 1, '2026-11-30 09:50:36'),
	(40, 39, 1, '2026-11-30 09:50:36'),
	(41, 40, 1, '2026-11-30 09:50:36'),
	(42, 41, 1, '2026-11-30 09:50:36'),
	(43, 42, 1, '2026-11-30 09:50:36'),
	(44, 43, 1, '2026-11-30 09:50:36'),
	(45, 44, 1, '2026-11-30 09:50:36'),
	(46, 45, 1, '2026-11-30 09:50:36'),
	(47, 46, 1, '2026-11-30 09:50:36'),
	(48, 47, 1, '2026-11-30 09:50:36'),
	(49, 48, 1, '2026-11-30 09:50:36'),
	(50, 49, 1, '2026-11-30 09:50:37'),
	(51, 50, 1, '2026-11-30 09:50:37'),
	(52, 51, 1, '2026-11-30 09:50:37'),
	(53, 52, 1, '2026-11-30 09:50:37'),
	(54, 53, 1, '2026-11-30 09:50:37'),
	(55, 54, 1, '2026-11-30 09:50:37'),
	(56, 55, 1, '2026-11-30 09:50:37'),
	(57, 56, 1, '2026-11-30 09:50:37'),
	(58, 57, 1, '2026-11-30 09:50:37'),
	(59, 58, 1, '2026-11-30 09:50:37'),
	(60, 59, 1, '2026-11-30 09:50:37'),
	(61, 60, 1, '2026-11-30 09:50:37'),
	(62, 61, 1, '2026-11-30 09:50:37'),
	(63, 62, 1, '2026-11-30 09:50:37'),
	(64, 63, 1, '2026-11-30 09:50:37'),
	(65, 64, 1, '2026-11-30 09:50:37'),
	(66, 65, 1, '2026-11-30 09:50:37'),
	(67, 66, 1, '2026-11-30 09:50:37'),
	(68, 67, 1, '2026-11-30 09:50:37'),
	(69, 68, 1, '2026-11-30 09:50:37'),
	(70, 69, 1, '2026-11-30 09:50:37'),
	(71, 70, 1, '2026-11-30 09:50:37'),
	(72, 71, 1, '2026-11-30 09:50:37'),
	(73, 72, 1, '2026-11-30 09:50:37'),
	(74, 73, 1, '2026-11-30 09:50:37'),
	(75, 74, 1, '2026-11-30 09:50:37'),
	(76, 75, 1, '2026-11-30 09:50:37'),
	(77, 76, 1, '2026-11-30 09:50:37'),
	(78, 77, 1, '2026-11-30 09:50:37'),
	(79, 78, 1, '2026-11-30 09:50:37'),
	(80, 79, 1, '2026-11-30 09:50:37');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22bdd-1103-7d76-9e3e-d748c8532acd', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22bdd-10f5-7598-9eb8-3f50d0608d3b","token_table":"pending_signups","expires_at":"@time(23h59m56.468139s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.344822s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3516839, @now + 86396468140, NULL, '', @now - 3516839, @now - 3507533),
	('main', '01a22bdd-11ca-73a9-9104-027b8cc79c87', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22bdd-11c8-7f15-987e-bc56f05354a2","token_table":"one_time_tokens","expires_at":"@time(59m56.680164s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.344822s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3318472, @now + 3596680165, NULL, '', @now - 3318472, @now - 3309439),
	('main', '01a22bdd-1205-7638-b92a-07566eddd343', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22bdd-1202-7003-9196-76e278cd0fa8","token_table":"pending_signups","expires_at":"@time(23h59m56.736781s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.344822s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3259338, @now + 86396736782, NULL, '', @now - 3259338, @now - 3253293),
	('main', '01a22bdd-1240-7b5e-816e-3679d01e0c5b', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22bdd-123e-7266-9f87-df084862841a","token_table":"pending_signups","expires_at":"@time(23h59m56.797019s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.344822s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.ztxppEiWUiMBcMjbv78GvgIxkULWda34-dvTW1gEN1NBb78jbfjSeU2y2KBJDjhCJ4GKSCib7_0CBIu3-O9n7hfmRSmfFqlMDog4hw', 'ready', 1, 14, 1, @now + 933381, @now + 86396797020, NULL, 'send mail: mail server 127.0.0.1:38615: connect: EOF', @now - 3199946, @now - 3195597);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22bdd-11c8-7f15-987e-bc56f05354a2', 'reset_password', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'mnUkmHOixXnuyqEwzpkksASiB-uKe13iHzFUpPx0KAE', 1, @now - 3319835, @now + 3596680165, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22bdd-10f5-7598-9eb8-3f50d0608d3b', 'ada@people.example', 'ada@people.example', '', '', 'dgI_8vROK2lvvXepP9LEr9IPLA2k6A2yb3qADKPe_58', @now - 3531860, @now + 86396468140, @now - 3503825, NULL, '', '29QJtwRF17BDPuyYQTjixSFPcXQlscvh_lfI5jT7tFM', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3531860, ''),
	('main', '01a22bdd-1202-7003-9196-76e278cd0fa8', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$LwHiqpQn7WFkdnoA+lOiyA$fyUVLH0DgYsWWQaOs6yGaqRN7k7KyR90MPd8SrZZo4Y', '', '_0VQdKbdaFJTlueRo8JoRPwGCoE3eFY_-C7oWLjoruc', @now - 3263218, @now + 86396736782, NULL, NULL, '', 'TdbahYsBUyXVxz_EdIekiXsz-n-0tIHy9Q1Az-pHqZ0', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3263218, ''),
	('main', '01a22bdd-123e-7266-9f87-df084862841a', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$uiNIadqr09G9h5MSU7ENMg$zXiym9cFd+jg38JEblaKaRbXXJave9OVf5ZQ8xT4bos', '', '_aBu1y-837WEdIYSV84it2Qmj0pUAlwwqPIyhr9RG9s', @now - 3202980, @now + 86396797020, NULL, NULL, '', '77GjEjccx9RYafZu7jZN2KY95yFMMnbmSWJc7pX-R1M', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3202980, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '3c0d8300-1b7d-4b4f-90cb-879bed7ec4d9', 0, @now - 3333331, @now + 1076666669, 7189211375045691822);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3922265);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '3c0d8300-1b7d-4b4f-90cb-879bed7ec4d9', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 0, '2Bj63Gs1zRztlJ2hlpw-Cw', -1, NULL, @now - 3339951, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3420216, '', @now + 7775996660049, @now + 2591996660049, @now - 3333331, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3339951, @now - 3339951),
	('main', 'ba140253-889c-455b-9429-9ae9da836d47', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 1, 'xJqz-2O1pRUTAI5ZB7taLQ', 0, @now - 3423822, @now - 3423822, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3493443, '', @now + 7775996566572, @now + 2591996576178, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3433428, @now - 3423822);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'NFv9HAg9LMFAr8qvJmblT8SyS86zUmHAzMsy08wLBrk', 'ES256', '{"use":"sig","kty":"EC","kid":"NFv9HAg9LMFAr8qvJmblT8SyS86zUmHAzMsy08wLBrk","crv":"P-256","alg":"ES256","x":"gKkkjHz97YEnrMMyIKLnJVxrtr1EHZ8A1F5ZWAE6bfE","y":"adANqoiwx1KU51yS6WUxGodBlK6JRBS3SJYfEr3DaPU"}', 'v1.jz9HJA.XJywHIiEK9c6tBaI9HjUi073To9btpn9OB7Uay1cVAm3QDyJc6rCuy5DHZFNox4lwAB0nII45AVTgAcso7AmJoMQGMj2vo2f9s1jIcVPUX0UruOVl09chRIH7TJFK4gEr4SJ5YuxS5TT8rmV0GFO05pwGTcjbgnC_GOpOYnbDBU-NeycLdH9t2XBWi7WlM6t5gBC-uWspQ5sLnO1Jqb1wVrzKy-Irw', @now - 3853064, @now - 3853064, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) VALUES
	('main', 'b2953926-4b62-47aa-9f4d-bda1eecaf895', 'ada@people.example', 'ada@people.example', @now - 3503277, '', '{}', '', 'active', 1, @now - 3339951, @now - 3503277, @now - 3503277, @now - 3503277, '');
