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
  `commitment` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_events_user_idx` (`realm_id`,`user_id`,`id`),
  KEY `audit_events_kind_idx` (`realm_id`,`kind`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_hashes` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `tree_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `position` bigint NOT NULL,
  `hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  PRIMARY KEY (`realm_id`,`tree_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_heads` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `tree_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `size` bigint NOT NULL,
  `note` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`tree_id`,`size`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_keys` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  `public_key` text COLLATE utf8mb4_0900_bin NOT NULL,
  `private_sealed` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_leaves` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `tree_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `leaf` bigint NOT NULL,
  `event_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `commitment` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `body_dropped` smallint NOT NULL,
  PRIMARY KEY (`realm_id`,`tree_id`,`leaf`),
  UNIQUE KEY `audit_leaves_event_key` (`realm_id`,`event_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_personal` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `event_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `address` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_agent` text COLLATE utf8mb4_0900_bin NOT NULL,
  `email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `salt` varchar(64) COLLATE utf8mb4_0900_bin DEFAULT NULL,
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
CREATE TABLE `audit_tree` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  `tree_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `size` bigint NOT NULL,
  `turn` bigint NOT NULL,
  `began_at` bigint NOT NULL,
  `closed_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`number`),
  UNIQUE KEY `audit_tree_id_key` (`realm_id`,`tree_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_unsealed` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `event_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  PRIMARY KEY (`realm_id`,`event_id`)
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
CREATE TABLE `credential_forms` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `form` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`form`)
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
CREATE TABLE `external_ids` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `source` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id_hash` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `external_id` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`source`,`id_hash`),
  KEY `external_ids_user_idx` (`realm_id`,`user_id`),
  CONSTRAINT `external_ids_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
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
) ENGINE=InnoDB AUTO_INCREMENT=105 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `hook_deliveries` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `endpoint_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `user_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `event_number` bigint NOT NULL,
  `job_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  PRIMARY KEY (`realm_id`,`endpoint_id`,`user_id`,`event_number`,`job_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `hook_endpoints` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `url` varchar(2000) COLLATE utf8mb4_0900_bin NOT NULL,
  `kinds` text COLLATE utf8mb4_0900_bin NOT NULL,
  `ordered` smallint NOT NULL,
  `owner_email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  `disabled_at` bigint DEFAULT NULL,
  `failing_since` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `hook_secrets` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `endpoint_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `secret_sealed` varchar(512) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`endpoint_id`,`id`),
  CONSTRAINT `hook_secrets_endpoint_id_fkey` FOREIGN KEY (`realm_id`, `endpoint_id`) REFERENCES `hook_endpoints` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
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
CREATE TABLE `imports` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `source` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `fingerprint` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `cursor_text` varchar(255) COLLATE utf8mb4_0900_bin NOT NULL,
  `rows_done` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`source`)
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
  `audience` varchar(255) COLLATE utf8mb4_0900_bin DEFAULT NULL,
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
CREATE TABLE `roles` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `name` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `permissions` text COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `updated_at` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`name`)
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
  `administered_at` bigint DEFAULT NULL,
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
CREATE TABLE `stats_hours` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `hour` bigint NOT NULL,
  `series` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `reason` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `number` bigint NOT NULL,
  PRIMARY KEY (`realm_id`,`hour`,`series`,`reason`)
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
  `event_number` bigint DEFAULT NULL,
  `version` bigint DEFAULT NULL,
  `app_metadata` text COLLATE utf8mb4_0900_bin,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596357788),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596481035),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3595829641),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596679354);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22e96-fe9d-722f-a2a0-254b25cf063b', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-fdea-75fa-9e08-e30fa06bc5d4', '{}', @now - 4161620, '0ByYvBN-shfJh1Do6YIWGboGWAWNHp1byzr1Atog-sA'),
	('main', '01a22e96-fed2-71a7-8417-1ae5460c3198', 'user.created', 'success', '', '', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '', '01a22e96-febf-7189-aef9-45a422d69e9d', '{}', @now - 4108654, '0oZx1jTF5IQNmljE-INd42sRpN_yvApBO4k8loOYmuU'),
	('main', '01a22e96-fedc-789b-aa8d-9ac5ca368338', 'email.verified', 'success', '', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '', '01a22e96-febf-7189-aef9-45a422d69e9d', '{"by":"link","claimed":true}', @now - 4098199, 'PoQL8YqUZM-ydc_FqGmacfVJQe5vvksaivbhILWOhUU'),
	('main', '01a22e96-ffc8-7ccc-9e4b-893755aef57d', 'session.opened', 'success', '', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '0d692c7b-ff2a-4994-b3ea-0302508c3952', 'nXbwI6jVSFVC1w0EKow1iQfcgr3odYFqN60slK7yPfc', '01a22e96-fef3-7a25-82d8-ada1173308be', '{"amr":["pwd"],"new_device":false}', @now - 3861921, 'qT5fuus0d6pWtglSGtIKyiMH_HRr2I9dyW_XIYegFAk'),
	('main', '01a22e97-0092-7f25-9c88-ab063b1d2989', 'session.opened', 'success', '', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '9R8__yQz4JIIlzFicyECix88Z99_t5CktM62YJYwukM', '01a22e96-ffe0-7472-84a3-828006306b9e', '{"amr":["pwd"],"new_device":false}', @now - 3659767, 'gnc1r2Ukhri4H5RanWz-9g8Ptr5i5PaTJDnnDGmCAHk'),
	('main', '01a22e97-009a-77b9-8eac-f947d82eb91e', 'session.ended', 'success', 'logout', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '9R8__yQz4JIIlzFicyECix88Z99_t5CktM62YJYwukM', '01a22e97-0097-7494-938d-5651a008a5bc', '{}', @now - 3652193, 'HMaVYqb7dNjStDG1JOvUqSkTlty9zZygr1Cqx4IaWV4'),
	('main', '01a22e97-00ad-7271-8f4f-c48d8fad1fed', 'password.reset_requested', 'success', '', '', '0d692c7b-ff2a-4994-b3ea-0302508c3952', '', '01a22e97-00a4-71d4-9779-54c201f55c9f', '{}', @now - 3633603, 'mWTxVQD08vUP6C8_2IhxqHe5wZZCBMi_y1UECEWDA5M'),
	('main', '01a22e97-0125-7c1e-bc73-f803ac902a34', 'sign_up.requested', 'success', '', '', '', '', '01a22e97-00c1-73b3-b250-f59ee033ce42', '{}', @now - 3512969, '0zFVJ27Cdmdv5MIviIabqbRj4aXJh0_KPl-p0jb5rMg'),
	('main', '01a22e97-01e8-73e1-aa97-a4c4319c0e4f', 'sign_up.requested', 'success', '', '', '', '', '01a22e97-013c-73cb-88ba-98711a02faba', '{}', @now - 3318509, '71xliYijVGS1Q9RzofYPN7JC5VYYuo2J06Tosq7NI4E');

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 2, 'SMAHSW8OaVnUbk3drEsKTAj4oKHtONUaYzNWv4KNg4E'),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 5, 'QHzdgKwCbUx66yxv5mf8uXALOmq1CrZc8RxYeee6csE'),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 6, 'QPriJ0rGBFyfJVyXQqwxFkfbnPvCYLIhBn4r0osdqEQ'),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 9, '4HsBm-KZtfILMzo3cPOr816q__CoroV3xHVqFswNax4'),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 12, 'lLDsuWcHFeeqE5CLuTfVtGZ4l4UHOsFmNtcw48PglAE'),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 13, 'swASYR3icKedExJ5QvVWZkNs8FAzk4CoWMKlLX4jJ9k'),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 14, 'HbZ34y6Z5zfDJtOrby8OeCiCKpkaLsn8L4WnXV9xh1s');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 9, 'sallyport/Vh5ilq5DjgbJbSzYXXBeEw
9
D/O3x2Nm3CAiCsnpwnd8p/JNvVPnOXwBpwCeqjlHed8=

— sallyport-audit-log XUcbLCXkpmZHzqhV7kk77c5BDSfYvuykhuKDQkDh0Yy9dyhXLuraZUqivfvNvf0+v/c8uCdCbbnwUHeFvza7q4LDUw8=
', @now - 3298350);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+5d471b2c+AYrMW9FwQaWCw0MLqu0qQHkiScRPi11Al+2kUSwtsSmy', 'v1.jz9HJA.9SPp4IBskhCHdDY22duRFctZl1Dad_X9YtpKC3Zu3C7zLIgqgsUMaKfGI8cOG2NgR5u-_qBO5Ckw1C4GkMD6q5XQHf0_fJosjSfsVPKOovqJ-DckDPiFc8oZ1nAA-LoncPbx-9RONZz8M_RyQFsJdvDr-RmVaozSvJUX7ZSic-8NJzxE6ww4OVGtzcVNbyR50gRp75Je1P7ZRyTwHS1x7Te-gDBYwcsgaHi6cZygkgPep_vSqNEVTQ7Jbg', @now - 4284057);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 0, '01a22e96-fe9d-722f-a2a0-254b25cf063b', 'VDTYFM06dBXkWcV9HEwd0St2kiKf5Oo8TRiijcneFsg', '0ByYvBN-shfJh1Do6YIWGboGWAWNHp1byzr1Atog-sA', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 1, '01a22e96-fed2-71a7-8417-1ae5460c3198', 'IecGbFx2rMU1ll8AwQg4nWYBSjGK168oBLO_40zUqag', '0oZx1jTF5IQNmljE-INd42sRpN_yvApBO4k8loOYmuU', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 2, '01a22e96-fedc-789b-aa8d-9ac5ca368338', 'wVrc-SShxicj4P88yoYO5PQZfqgi6pBEuVJ-HOI3asM', 'PoQL8YqUZM-ydc_FqGmacfVJQe5vvksaivbhILWOhUU', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 3, '01a22e96-ffc8-7ccc-9e4b-893755aef57d', 'Fw_CSqYYESUuoUbiOaWCkJENHc0TNG7tOm3-pXsg_hI', 'qT5fuus0d6pWtglSGtIKyiMH_HRr2I9dyW_XIYegFAk', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 4, '01a22e97-0092-7f25-9c88-ab063b1d2989', 'eix0hgKZpFzsqQbHCPx7lm-VachQacQR4JddtFN-w-0', 'gnc1r2Ukhri4H5RanWz-9g8Ptr5i5PaTJDnnDGmCAHk', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 5, '01a22e97-009a-77b9-8eac-f947d82eb91e', 'DcXrAkxjIfrtEbt6gu_ObgXRgi6jLRv9KamNyXQRKqQ', 'HMaVYqb7dNjStDG1JOvUqSkTlty9zZygr1Cqx4IaWV4', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 6, '01a22e97-00ad-7271-8f4f-c48d8fad1fed', 'gGEkzt7o-UKx8MX3nmSf6l6kOhnmnTj1AWGNah3WWNM', 'mWTxVQD08vUP6C8_2IhxqHe5wZZCBMi_y1UECEWDA5M', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 7, '01a22e97-0125-7c1e-bc73-f803ac902a34', 'ljlWm_3Nl8ghGhuVeaXE9SKFbLcAaazgM15UcQeXaGs', '0zFVJ27Cdmdv5MIviIabqbRj4aXJh0_KPl-p0jb5rMg', 0),
	('main', 'Vh5ilq5DjgbJbSzYXXBeEw', 8, '01a22e97-01e8-73e1-aa97-a4c4319c0e4f', 'ZpVix0A5Oy3xzqX_STYFx0EBGMNk8bpG3tvcQZX9v88', '71xliYijVGS1Q9RzofYPN7JC5VYYuo2J06Tosq7NI4E', 0);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22e96-fe9d-722f-a2a0-254b25cf063b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '_X8ki77IBdb_3nWtFhq9Iw'),
	('main', '01a22e96-fed2-71a7-8417-1ae5460c3198', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'baSZAfi4e1ZmQCOooYMxpg'),
	('main', '01a22e96-fedc-789b-aa8d-9ac5ca368338', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '0Y-8qUayjUv9FUokA5gN6g'),
	('main', '01a22e96-ffc8-7ccc-9e4b-893755aef57d', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'W6t-irJB_973Ak4Vr6fZJA'),
	('main', '01a22e97-0092-7f25-9c88-ab063b1d2989', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'vIvmGv78rDNDb0sIYgVHtw'),
	('main', '01a22e97-009a-77b9-8eac-f947d82eb91e', '127.0.0.1', 'Go-http-client/1.1', '', '7B2tg8do-g7ue4jwbtbKQg'),
	('main', '01a22e97-00ad-7271-8f4f-c48d8fad1fed', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'uGHtT3rEIaWV_pD0ltHq2Q'),
	('main', '01a22e97-0125-7c1e-bc73-f803ac902a34', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'iUMxDb5yGGtxzbc-syJ8-Q'),
	('main', '01a22e97-01e8-73e1-aa97-a4c4319c0e4f', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'gaUEHAozWDZHo_xPj_uNBg');

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'Vh5ilq5DjgbJbSzYXXBeEw', 9, 2, @now - 4331470, NULL);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22e96-fece-7c10-8b0d-d18608425b47', '0d692c7b-ff2a-4994-b3ea-0302508c3952', 'password', '$argon2id$v=19$m=19456,t=2,p=1$7VtjKHA+mwP1m8z/r1JCPQ$HTxSIhCDA/ZketY6m/52M3szpY+x0B/eFCsUWR2JkVs', @now - 4113565, @now - 4113565);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796077977);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'pOX6Btr10P1jPyhGzPQ12A', 1, -9046897453048914593, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 22:32:54'),
	(2, 1, 1, '2026-11-30 22:32:54'),
	(3, 2, 1, '2026-11-30 22:32:54'),
	(4, 3, 1, '2026-11-30 22:32:54'),
	(5, 4, 1, '2026-11-30 22:32:54'),
	(6, 5, 1, '2026-11-30 22:32:54'),
	(7, 6, 1, '2026-11-30 22:32:54'),
	(8, 7, 1, '2026-11-30 22:32:54'),
	(9, 8, 1, '2026-11-30 22:32:54'),
	(10, 9, 1, '2026-11-30 22:32:54'),
	(11, 10, 1, '2026-11-30 22:32:54'),
	(12, 11, 1, '2026-11-30 22:32:54'),
	(13, 12, 1, '2026-11-30 22:32:54'),
	(14, 13, 1, '2026-11-30 22:32:54'),
	(15, 14, 1, '2026-11-30 22:32:54'),
	(16, 15, 1, '2026-11-30 22:32:54'),
	(17, 16, 1, '2026-11-30 22:32:54'),
	(18, 17, 1, '2026-11-30 22:32:54'),
	(19, 18, 1, '2026-11-30 22:32:54'),
	(20, 19, 1, '2026-11-30 22:32:54'),
	(21, 20, 1, '2026-11-30 22:32:54'),
	(22, 21, 1, '2026-11-30 22:32:54'),
	(23, 22, 1, '2026-11-30 22:32:54'),
	(24, 23, 1, '2026-11-30 22:32:54'),
	(25, 24, 1, '2026-11-30 22:32:54'),
	(26, 25, 1, '2026-11-30 22:32:54'),
	(27, 26, 1, '2026-11-30 22:32:54'),
	(28, 27, 1, '2026-11-30 22:32:54'),
	(29, 28, 1, '2026-11-30 22:32:54'),
	(30, 29, 1, '2026-11-30 22:32:54'),
	(31, 30, 1, '2026-11-30 22:32:54'),
	(32, 31, 1, '2026-11-30 22:32:54'),
	(33, 32, 1, '2026-11-30 22:32:54'),
	(34, 33, 1, '2026-11-30 22:32:54'),
	(35, 34, 1, '2026-11-30 22:32:54'),
	(36, 35, 1, '2026-11-30 22:32:54'),
	(37, 36, 1, '2026-11-30 22:32:54'),
	(38, 37, 1, '2026-11-30 22:32:54'),
	(39, 38, 1, '2026-11-30 22:32:54'),
	(40, 39, 1, '2026-11-30 22:32:54'),
	(41, 40, 1, '2026-11-30 22:32:54'),
	(42, 41, 1, '2026-11-30 22:32:54'),
	(43, 42, 1, '2026-11-30 22:32:54'),
	(44, 43, 1, '2026-11-30 22:32:54'),
	(45, 44, 1, '2026-11-30 22:32:54'),
	(46, 45, 1, '2026-11-30 22:32:54'),
	(47, 46, 1, '2026-11-30 22:32:54'),
	(48, 47, 1, '2026-11-30 22:32:54'),
	(49, 48, 1, '2026-11-30 22:32:54'),
	(50, 49, 1, '2026-11-30 22:32:54'),
	(51, 50, 1, '2026-11-30 22:32:54'),
	(52, 51, 1, '2026-11-30 22:32:54'),
	(53, 52, 1, '2026-11-30 22:32:54'),
	(54, 53, 1, '2026-11-30 22:32:54'),
	(55, 54, 1, '2026-11-30 22:32:54'),
	(56, 55, 1, '2026-11-30 22:32:54'),
	(57, 56, 1, '2026-11-30 22:32:54'),
	(58, 57, 1, '2026-11-30 22:32:54'),
	(59, 58, 1, '2026-11-30 22:32:54'),
	(60, 59, 1, '2026-11-30 22:32:54'),
	(61, 60, 1, '2026-11-30 22:32:54'),
	(62, 61, 1, '2026-11-30 22:32:54'),
	(63, 62, 1, '2026-11-30 22:32:54'),
	(64, 63, 1, '2026-11-30 22:32:54'),
	(65, 64, 1, '2026-11-30 22:32:55'),
	(66, 65, 1, '2026-11-30 22:32:55'),
	(67, 66, 1, '2026-11-30 22:32:55'),
	(68, 67, 1, '2026-11-30 22:32:55'),
	(69, 68, 1, '2026-11-30 22:32:55'),
	(70, 69, 1, '2026-11-30 22:32:55'),
	(71, 70, 1, '2026-11-30 22:32:55'),
	(72, 71, 1, '2026-11-30 22:32:55'),
	(73, 72, 1, '2026-11-30 22:32:55'),
	(74, 73, 1, '2026-11-30 22:32:55'),
	(75, 74, 1, '2026-11-30 22:32:55'),
	(76, 75, 1, '2026-11-30 22:32:55'),
	(77, 76, 1, '2026-11-30 22:32:55'),
	(78, 77, 1, '2026-11-30 22:32:55'),
	(79, 78, 1, '2026-11-30 22:32:55'),
	(80, 79, 1, '2026-11-30 22:32:55'),
	(81, 80, 1, '2026-11-30 22:32:55'),
	(82, 81, 1, '2026-11-30 22:32:55'),
	(83, 82, 1, '2026-11-30 22:32:55'),
	(84, 83, 1, '2026-11-30 22:32:55'),
	(85, 84, 1, '2026-11-30 22:32:55'),
	(86, 85, 1, '2026-11-30 22:32:55'),
	(87, 86, 1, '2026-11-30 22:32:56'),
	(88, 87, 1, '2026-11-30 22:32:56'),
	(89, 88, 1, '2026-11-30 22:32:56'),
	(90, 89, 1, '2026-11-30 22:32:56'),
	(91, 90, 1, '2026-11-30 22:32:56'),
	(92, 91, 1, '2026-11-30 22:32:56'),
	(93, 92, 1, '2026-11-30 22:32:56'),
	(94, 93, 1, '2026-11-30 22:32:56'),
	(95, 94, 1, '2026-11-30 22:32:56'),
	(96, 95, 1, '2026-11-30 22:32:56'),
	(97, 96, 1, '2026-11-30 22:32:56'),
	(98, 97, 1, '2026-11-30 22:32:56'),
	(99, 98, 1, '2026-11-30 22:32:56'),
	(100, 99, 1, '2026-11-30 22:32:56'),
	(101, 100, 1, '2026-11-30 22:32:56'),
	(102, 101, 1, '2026-11-30 22:32:56'),
	(103, 102, 1, '2026-11-30 22:32:56'),
	(104, 103, 1, '2026-11-30 22:32:56');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22e96-fea4-740d-992d-0cd7a4c7b2dd', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22e96-fe94-7343-80b0-e82edba4ce2e","token_table":"pending_signups","expires_at":"@time(23h59m55.829065s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.406765s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4154402, @now + 86395829066, NULL, '', @now - 4154402, @now - 4129172),
	('main', '01a22e97-00ae-7e71-8e6d-157b8455f90a', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22e97-00ac-7b2a-9f73-dd0683cb0a07","token_table":"one_time_tokens","expires_at":"@time(59m56.365964s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.406765s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3631470, @now + 3596365965, NULL, '', @now - 3631470, @now - 3614605),
	('main', '01a22e97-0126-7c49-9bdc-d1ffea7f8a1c', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22e97-011f-7b93-a64a-ca894a519735","token_table":"pending_signups","expires_at":"@time(23h59m56.479759s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.406765s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3511752, @now + 86396479760, NULL, '', @now - 3511752, @now - 3492561),
	('main', '01a22e97-01e8-7ce4-9ae6-4b4e4d201c15', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22e97-01e6-7111-825c-bdda4f33b999","token_table":"pending_signups","expires_at":"@time(23h59m56.67084s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.406765s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.N18UDM3qb2586HNnEfTUMYwoYBACNRWW1RXMG21iaXFnolPRxfmVDiJlWZJwh8UJXH8hk_8IrAwiz52ihyfHtF-f0w1Ll1_rJsknDQ', 'ready', 1, 14, 1, @now + 1842744, @now + 86396670841, NULL, 'send mail: mail server 127.0.0.1:40281: connect: EOF', @now - 3317844, @now - 3307208);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22e97-00ac-7b2a-9f73-dd0683cb0a07', 'reset_password', '0d692c7b-ff2a-4994-b3ea-0302508c3952', 'M8Fv8ccFeGhLvb41wTCf0Dkcc8QdpmwBvtbPnoz0mq8', 1, @now - 3634035, @now + 3596365965, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22e96-fe94-7343-80b0-e82edba4ce2e', 'ada@people.example', 'ada@people.example', '', '', 'lhhr4lY080ybSBdLssSnraOTjfnyAADIYbegQcqgZeU', @now - 4170934, @now + 86395829066, @now - 4115919, NULL, '', 'icpLDwxhKXRhXB702acBHWh7x0JPgJ2jL_gBvnZpFzU', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 4170934, ''),
	('main', '01a22e97-011f-7b93-a64a-ca894a519735', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$k0X6KOkh3Ep9Chh6Jphtqw$emp2r5LygIJes/FKv5R/4lly3SzI+wWm6Km2HxLxO2Y', '', '2HHp_5I86gVMJGzFqMrtB0LM6jtST74zpYWaX_dTVbE', @now - 3520240, @now + 86396479760, NULL, NULL, '', 'dM_GN8lmglUoJPP7p43EYLKOB7zUrB9_GF-9l6RjeD8', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3520240, ''),
	('main', '01a22e97-01e6-7111-825c-bdda4f33b999', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$x0edkRXQ71qxT+Mr5vgnHQ$IY7zQ9vWcj2EiKs64ikysqfLEn/vD/AMIsIyDNqPKUU', '', 'VCbEe-8x29KhyYSiRKFXZW4-qBqsLZ7H6hZ6YOTPBUc', @now - 3329159, @now + 86396670841, NULL, NULL, '', 'ma-hjzJ9GsOTz39ARoICC8qEayBv3robxAZrytlNml4', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3329159, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', 'ad38840c-948b-42a9-a5fc-43440354b29a', 0, @now - 3652770, @now + 1076347230, -9046897453048914593);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4625555);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', 'ad38840c-948b-42a9-a5fc-43440354b29a', '0d692c7b-ff2a-4994-b3ea-0302508c3952', 0, '7Ne1cjK1lYiXAG3rzH5c8g', -1, NULL, @now - 3664676, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3838226, '', @now + 7775996335324, @now + 2591996335324, @now - 3652770, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3664676, @now - 3664676, NULL),
	('main', 'b58bbdc8-aa75-452c-b9c5-3b5aa2edf3a9', '0d692c7b-ff2a-4994-b3ea-0302508c3952', 1, '84SaVmftFGDJ2fVO1ltj9g', 0, @now - 3843362, @now - 3843362, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4074540, '', @now + 7775996128630, @now + 2591996156638, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3871370, @now - 3843362, NULL);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'QEYPYUj0q5_WP2NSr9NGnTg44Kju24tqEkjAXuZOk3U', 'ES256', '{"use":"sig","kty":"EC","kid":"QEYPYUj0q5_WP2NSr9NGnTg44Kju24tqEkjAXuZOk3U","crv":"P-256","alg":"ES256","x":"64yKvm8fuJBsYtiJH_7irjS2gkT_qNxnq_VacF-F5Wk","y":"YQPbNbx8KKA1-v6gm96S4nnvRWEQxCvS8JcrJvvA3bI"}', 'v1.jz9HJA._H3zbYiFvjqnhxlV2m7Be-pPHfZxPaZkJGGCrFiuL1-wEltzVHtYySR_U0h_kkbiLmSB28boklFuKbcTVYOOy3-ShSNiiCAVGJ8zDzo-NJ8h6WDai82MLFsrkcLEsOK2NGHJmRDSOSTJkFF8wo7ucIbMeUi7TR63fQDg0SYtxn030tzOXs-EfW8vrlXV5C_NMaatWiy3-GizIcMG8ay53i4P3sHHCg', @now - 4468944, @now - 4468944, NULL);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498910, 'mail_sent', '', 3),
	('main', 498910, 'sessions', '', 0),
	('main', 498910, 'users', '', 0),
	('main', 498910, 'users_signed_in', '', 0);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', '0d692c7b-ff2a-4994-b3ea-0302508c3952', 'ada@people.example', 'ada@people.example', @now - 4113565, '', '{}', '', 'active', 1, @now - 3664676, @now - 4113565, @now - 4113565, @now - 4113565, '', '', 0, 0, '');
