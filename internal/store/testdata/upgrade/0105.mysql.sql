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
) ENGINE=InnoDB AUTO_INCREMENT=107 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin ROW_FORMAT=DYNAMIC;
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
CREATE TABLE `invitations` (
  `realm_id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `id` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `email` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `email_canonical` varchar(320) COLLATE utf8mb4_0900_bin NOT NULL,
  `ended` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `token_hash` varchar(128) COLLATE utf8mb4_0900_bin NOT NULL,
  `roles` text COLLATE utf8mb4_0900_bin NOT NULL,
  `language` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `invited_by` varchar(64) COLLATE utf8mb4_0900_bin NOT NULL,
  `created_at` bigint NOT NULL,
  `expires_at` bigint NOT NULL,
  `consumed_at` bigint DEFAULT NULL,
  `superseded_at` bigint DEFAULT NULL,
  `withdrawn_at` bigint DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `invitations_token_key` (`realm_id`,`token_hash`),
  UNIQUE KEY `invitations_email_key` (`realm_id`,`email_canonical`,`ended`),
  KEY `invitations_expiry_idx` (`realm_id`,`expires_at`)
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
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596690374),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596741062),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596503860),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596803999);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22fcd-20a7-7ee0-b72e-26a42977f58c', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-204d-743f-8d8c-34f67cf4ce28', '{}', @now - 3489093, 'AQFSZPFy9ApNLZLWOH1PbDh-15T7G5kcnO5hBoe8-bI'),
	('main', '01a22fcd-20b6-7d8c-99a7-2c3491cb7ad7', 'user.created', 'success', '', '', 'cf533778-f2b9-42b8-8796-d5186b9845d5', '', '01a22fcd-20b1-7517-a2e4-786059306c25', '{}', @now - 3474150, 't2Ag5ChE92jUekW56walQXDIOqmj6QZ0_EZXbyXwpY8'),
	('main', '01a22fcd-20b8-7413-9fd9-8ecd4565f13f', 'email.verified', 'success', '', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'cf533778-f2b9-42b8-8796-d5186b9845d5', '', '01a22fcd-20b1-7517-a2e4-786059306c25', '{"by":"link","claimed":true}', @now - 3472801, '-Bq_MkYGSdXHqGOGnrgeJ645z0KO0NKu6gpDIlJiuZc'),
	('main', '01a22fcd-20ff-7803-b2f3-fca523a7ad1a', 'session.opened', 'success', '', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'k-u4SNerRJJruMlExmX45Trb0U9F-C9C2qA6cIphdGU', '01a22fcd-20ba-7611-925c-056b08804f5c', '{"amr":["pwd"],"new_device":false}', @now - 3401538, '3NH8kqyZI5Q6uLqA3C0FUyi8IUIktiz1la1-97vLmmE'),
	('main', '01a22fcd-2153-711b-a29d-08618decf105', 'session.opened', 'success', '', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'bFqhxWxitDaOMOvFK3la0n9LkGQv6a8wRXcPillds_c', '01a22fcd-210b-71e7-9122-96367a1dce58', '{"amr":["pwd"],"new_device":false}', @now - 3317992, 'WYJ9j73YI39BBpR2MhlzyKMxJHQuW8rCmKTrwNPOo1A'),
	('main', '01a22fcd-2157-784c-9a2c-daeb5dac7e2c', 'session.ended', 'success', 'logout', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'bFqhxWxitDaOMOvFK3la0n9LkGQv6a8wRXcPillds_c', '01a22fcd-2155-7b9d-945c-b661b0c46456', '{}', @now - 3313522, '1I4hlLiM_Xm025vUHpxjUFFMHdEYC3aNb5XdbZ6-C48'),
	('main', '01a22fcd-215d-7bf9-9648-1787eca2eda1', 'password.reset_requested', 'success', '', '', 'cf533778-f2b9-42b8-8796-d5186b9845d5', '', '01a22fcd-215b-71a3-a8a4-54c86b91ff5f', '{}', @now - 3307284, 'HLh0pnrXkEHkffNCmvaOhLFd_alvz5zfaycMUXbYlwA'),
	('main', '01a22fcd-2191-7221-8555-af65b655ad8a', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-2165-7989-be45-7e658eb74682', '{}', @now - 3255928, '3YocP4Tk_p08WoPvVohd1v5vd1-sF8BdvwreN7N5B5g'),
	('main', '01a22fcd-21ce-7ed4-84e5-e2f07feb790e', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-2199-7ee6-8cd4-983e3349283f', '{}', @now - 3194096, '2jzV1S6g_W68xx1uLqQvy_6Lszu0UIkQ59k8z8WEL5Q');

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 2, 'AYDvppzeeLXkw7aZqiBLMAXUTLBHr68VjebMsvi54so'),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 5, 'zMlHDGKSUjASaUlfBY32Ke594_cCDj3RHqmOXFBVyt4'),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 6, 'Y7LsqpxUDbNGz65xzQZjTq1sTGShCFsPZRk4S_1ss1s'),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 9, 'KdC2XbJtbsXIlwBKdQa6RWICYx-YgyjP9FThhLDg_yk'),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 12, 'pKIb-6H0kDFSQSr9VObWFr8nCcFJlHGPvJjkvXdXvOM'),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 13, 'JyTH2n4mwfm5Ybkr67Kx1egf7rvqSice5mnlqYnoVSs'),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 14, 'vsXZTrebft58LjTfFKT8B8XuPJ_ZpxZ-CCuUsi3-KSk');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 9, 'sallyport/KUCa8B-o0NVkmicNOOfw0g
9
/x2QfWsluaVNlbAqpZuhLFk14duGuUy5RHp7qx5ZQfo=

— sallyport-audit-log G8sHabIpoeT3faITVLHlpRgoyZJu/exeSKsBlAmudUX29ZIYfGZgai34g23C58G16kILYGPACNwPFChbLxGl1lfxfww=
', @now - 2574761);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+1bcb0769+AdxGVNEcwrRwFbZ8dwnQVM90LkYAKw2orMok5zJS5EZT', 'v1.jz9HJA.DycqQPeNvyhfjKmTzMW31XS0pHuiZrQIMx4oP7vJsAPiq03S9GDwttLjVE8j076lNCn6ZmP_Ge0uC7POrmf3bUOrpBUz0Wr1iAkTgjrD_NrBjtYrEv4KL1qdumj8oKlNNbJ2Mk9aKvNt4-UdhtVYGuSmGS1DjJWkaNy3R8vAKVpa9oWEQpkeQojiO3NGUCp8-DtiEIYY9bYB4sTSDTQayixiVoS1jLPfPsG9quYjcxYj15br9wWMghHxxQ', @now - 3562302);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 0, '01a22fcd-20a7-7ee0-b72e-26a42977f58c', '9uENTjYvDckwrWv1Vdwg1PRD2eVVkGnE5bo4rduvhj8', 'AQFSZPFy9ApNLZLWOH1PbDh-15T7G5kcnO5hBoe8-bI', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 1, '01a22fcd-20b6-7d8c-99a7-2c3491cb7ad7', 'RwaPgigR2mPOGRyD1AbcuLtddqTT0I64Ysscn8fh22c', 't2Ag5ChE92jUekW56walQXDIOqmj6QZ0_EZXbyXwpY8', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 2, '01a22fcd-20b8-7413-9fd9-8ecd4565f13f', 'DHRtF03BcViuNWYhEE7IKik9SVzk-pyKDPQS7uVaqMs', '-Bq_MkYGSdXHqGOGnrgeJ645z0KO0NKu6gpDIlJiuZc', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 3, '01a22fcd-20ff-7803-b2f3-fca523a7ad1a', 'F5KaghSuQJU2hxtR_e_-CLw_85FPADTzsErZW_jv6EM', '3NH8kqyZI5Q6uLqA3C0FUyi8IUIktiz1la1-97vLmmE', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 4, '01a22fcd-2153-711b-a29d-08618decf105', 'H36neFFn7eLxW4eo1NFnLnls8R_LDt7xzVXcR96eFrA', 'WYJ9j73YI39BBpR2MhlzyKMxJHQuW8rCmKTrwNPOo1A', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 5, '01a22fcd-2157-784c-9a2c-daeb5dac7e2c', 'uVhwC5mDVLZOpYhR9dfUeITVSa3kWPplCzzQdvpi8mI', '1I4hlLiM_Xm025vUHpxjUFFMHdEYC3aNb5XdbZ6-C48', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 6, '01a22fcd-215d-7bf9-9648-1787eca2eda1', 'A5kSPg19CTKSaeFXf3ETGJt8LEVWbHLG7XOXVdMyB2M', 'HLh0pnrXkEHkffNCmvaOhLFd_alvz5zfaycMUXbYlwA', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 7, '01a22fcd-2191-7221-8555-af65b655ad8a', 'IIB9-lWW6XdcjCFCsEXboUFKZpr36l2hu5_skgyinCc', '3YocP4Tk_p08WoPvVohd1v5vd1-sF8BdvwreN7N5B5g', 0),
	('main', 'KUCa8B-o0NVkmicNOOfw0g', 8, '01a22fcd-21ce-7ed4-84e5-e2f07feb790e', '5AGjArkQTi9RQynabkAutXSD0lU66Omo9RaXsLH5Yfo', '2jzV1S6g_W68xx1uLqQvy_6Lszu0UIkQ59k8z8WEL5Q', 0);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22fcd-20a7-7ee0-b72e-26a42977f58c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'KpfGfdGlqHguKE0mmFzAXA'),
	('main', '01a22fcd-20b6-7d8c-99a7-2c3491cb7ad7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '6Lc8n8kgxXh_BHgM2nYM2g'),
	('main', '01a22fcd-20b8-7413-9fd9-8ecd4565f13f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'Ml7soUFbl5Sah23H8iZ98A'),
	('main', '01a22fcd-20ff-7803-b2f3-fca523a7ad1a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'WszJ1p_05QEawrPhKPZ-5g'),
	('main', '01a22fcd-2153-711b-a29d-08618decf105', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'NhcaWHeca5qEne9JOn35UQ'),
	('main', '01a22fcd-2157-784c-9a2c-daeb5dac7e2c', '127.0.0.1', 'Go-http-client/1.1', '', 'mhhtSErRd6FXwvtsMAtppw'),
	('main', '01a22fcd-215d-7bf9-9648-1787eca2eda1', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'fJwPUo2Km3I2ezAMYhD-wg'),
	('main', '01a22fcd-2191-7221-8555-af65b655ad8a', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', '9up6xxZkWEBPedwaPEYFqg'),
	('main', '01a22fcd-21ce-7ed4-84e5-e2f07feb790e', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'fYbP93gYO3GbAemQ_3MEbA');

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'KUCa8B-o0NVkmicNOOfw0g', 9, 1, @now - 3574941, NULL);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22fcd-20b5-79a9-92d6-aeb3409a68dc', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'password', '$argon2id$v=19$m=19456,t=2,p=1$+gAqXJ1jCqTgA7B4MMbQEg$mvEuiWZzPkC2ySvIA8rip2u/1tm8MO+cnAxnU/3ygOw', @now - 3475849, @now - 3475849);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796098302);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'FcYF7MnkxErbTCvw_VBeKQ', 1, 6035879702144593353, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-12-01 04:11:40'),
	(2, 1, 1, '2026-12-01 04:11:40'),
	(3, 2, 1, '2026-12-01 04:11:40'),
	(4, 3, 1, '2026-12-01 04:11:40'),
	(5, 4, 1, '2026-12-01 04:11:40'),
	(6, 5, 1, '2026-12-01 04:11:40'),
	(7, 6, 1, '2026-12-01 04:11:40'),
	(8, 7, 1, '2026-12-01 04:11:40'),
	(9, 8, 1, '2026-12-01 04:11:40'),
	(10, 9, 1, '2026-12-01 04:11:40'),
	(11, 10, 1, '2026-12-01 04:11:40'),
	(12, 11, 1, '2026-12-01 04:11:40'),
	(13, 12, 1, '2026-12-01 04:11:40'),
	(14, 13, 1, '2026-12-01 04:11:40'),
	(15, 14, 1, '2026-12-01 04:11:41'),
	(16, 15, 1, '2026-12-01 04:11:41'),
	(17, 16, 1, '2026-12-01 04:11:41'),
	(18, 17, 1, '2026-12-01 04:11:41'),
	(19, 18, 1, '2026-12-01 04:11:41'),
	(20, 19, 1, '2026-12-01 04:11:41'),
	(21, 20, 1, '2026-12-01 04:11:41'),
	(22, 21, 1, '2026-12-01 04:11:41'),
	(23, 22, 1, '2026-12-01 04:11:41'),
	(24, 23, 1, '2026-12-01 04:11:41'),
	(25, 24, 1, '2026-12-01 04:11:41'),
	(26, 25, 1, '2026-12-01 04:11:41'),
	(27, 26, 1, '2026-12-01 04:11:41'),
	(28, 27, 1, '2026-12-01 04:11:41'),
	(29, 28, 1, '2026-12-01 04:11:41'),
	(30, 29, 1, '2026-12-01 04:11:41'),
	(31, 30, 1, '2026-12-01 04:11:41'),
	(32, 31, 1, '2026-12-01 04:11:41'),
	(33, 32, 1, '2026-12-01 04:11:41'),
	(34, 33, 1, '2026-12-01 04:11:41'),
	(35, 34, 1, '2026-12-01 04:11:41'),
	(36, 35, 1, '2026-12-01 04:11:41'),
	(37, 36, 1, '2026-12-01 04:11:41'),
	(38, 37, 1, '2026-12-01 04:11:41'),
	(39, 38, 1, '2026-12-01 04:11:41'),
	(40, 39, 1, '2026-12-01 04:11:41'),
	(41, 40, 1, '2026-12-01 04:11:41'),
	(42, 41, 1, '2026-12-01 04:11:41'),
	(43, 42, 1, '2026-12-01 04:11:41'),
	(44, 43, 1, '2026-12-01 04:11:41'),
	(45, 44, 1, '2026-12-01 04:11:41'),
	(46, 45, 1, '2026-12-01 04:11:41'),
	(47, 46, 1, '2026-12-01 04:11:41'),
	(48, 47, 1, '2026-12-01 04:11:41'),
	(49, 48, 1, '2026-12-01 04:11:41'),
	(50, 49, 1, '2026-12-01 04:11:41'),
	(51, 50, 1, '2026-12-01 04:11:41'),
	(52, 51, 1, '2026-12-01 04:11:41'),
	(53, 52, 1, '2026-12-01 04:11:41'),
	(54, 53, 1, '2026-12-01 04:11:41'),
	(55, 54, 1, '2026-12-01 04:11:41'),
	(56, 55, 1, '2026-12-01 04:11:41'),
	(57, 56, 1, '2026-12-01 04:11:41'),
	(58, 57, 1, '2026-12-01 04:11:41'),
	(59, 58, 1, '2026-12-01 04:11:41'),
	(60, 59, 1, '2026-12-01 04:11:41'),
	(61, 60, 1, '2026-12-01 04:11:41'),
	(62, 61, 1, '2026-12-01 04:11:41'),
	(63, 62, 1, '2026-12-01 04:11:41'),
	(64, 63, 1, '2026-12-01 04:11:41'),
	(65, 64, 1, '2026-12-01 04:11:41'),
	(66, 65, 1, '2026-12-01 04:11:41'),
	(67, 66, 1, '2026-12-01 04:11:41'),
	(68, 67, 1, '2026-12-01 04:11:41'),
	(69, 68, 1, '2026-12-01 04:11:41'),
	(70, 69, 1, '2026-12-01 04:11:41'),
	(71, 70, 1, '2026-12-01 04:11:41'),
	(72, 71, 1, '2026-12-01 04:11:41'),
	(73, 72, 1, '2026-12-01 04:11:41'),
	(74, 73, 1, '2026-12-01 04:11:41'),
	(75, 74, 1, '2026-12-01 04:11:41'),
	(76, 75, 1, '2026-12-01 04:11:41'),
	(77, 76, 1, '2026-12-01 04:11:41'),
	(78, 77, 1, '2026-12-01 04:11:41'),
	(79, 78, 1, '2026-12-01 04:11:41'),
	(80, 79, 1, '2026-12-01 04:11:41'),
	(81, 80, 1, '2026-12-01 04:11:41'),
	(82, 81, 1, '2026-12-01 04:11:41'),
	(83, 82, 1, '2026-12-01 04:11:41'),
	(84, 83, 1, '2026-12-01 04:11:41'),
	(85, 84, 1, '2026-12-01 04:11:41'),
	(86, 85, 1, '2026-12-01 04:11:41'),
	(87, 86, 1, '2026-12-01 04:11:41'),
	(88, 87, 1, '2026-12-01 04:11:41'),
	(89, 88, 1, '2026-12-01 04:11:41'),
	(90, 89, 1, '2026-12-01 04:11:41'),
	(91, 90, 1, '2026-12-01 04:11:41'),
	(92, 91, 1, '2026-12-01 04:11:41'),
	(93, 92, 1, '2026-12-01 04:11:41'),
	(94, 93, 1, '2026-12-01 04:11:41'),
	(95, 94, 1, '2026-12-01 04:11:41'),
	(96, 95, 1, '2026-12-01 04:11:41'),
	(97, 96, 1, '2026-12-01 04:11:41'),
	(98, 97, 1, '2026-12-01 04:11:41'),
	(99, 98, 1, '2026-12-01 04:11:41'),
	(100, 99, 1, '2026-12-01 04:11:41'),
	(101, 100, 1, '2026-12-01 04:11:41'),
	(102, 101, 1, '2026-12-01 04:11:41'),
	(103, 102, 1, '2026-12-01 04:11:41'),
	(104, 103, 1, '2026-12-01 04:11:41'),
	(105, 104, 1, '2026-12-01 04:11:41'),
	(106, 105, 1, '2026-12-01 04:11:41');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22fcd-20a9-734c-85c0-64837fcabe77', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22fcd-20a0-7c7c-8554-f05bbfcd171f","token_table":"pending_signups","expires_at":"@time(23h59m56.503416s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.609069s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3487761, @now + 86396503416, NULL, '', @now - 3487761, @now - 3478916),
	('main', '01a22fcd-215e-7430-92e5-17e7ba93d899', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22fcd-215d-760e-a7d6-8d0959d9a2b8","token_table":"one_time_tokens","expires_at":"@time(59m56.692326s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.609069s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3306601, @now + 3596692326, NULL, '', @now - 3306601, @now - 3300618),
	('main', '01a22fcd-2191-7d5f-a16d-71489da2d4e6', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22fcd-218e-7172-b727-325e3745b726","token_table":"pending_signups","expires_at":"@time(23h59m56.74071s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.609069s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3255081, @now + 86396740710, NULL, '', @now - 3255081, @now - 3249412),
	('main', '01a22fcd-21cf-7529-8b1b-8f89ca4f96e1', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22fcd-21cd-702e-85ce-04b9eb5f73e1","token_table":"pending_signups","expires_at":"@time(23h59m56.803578s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.609069s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.gBUKJgyc_7E1PgG-OZN7YrL-URqRF4f1PowDKT7vWzADP47J9fqEebFApau85_rFCSJvDlctWNKelHdQ-a5LYSDPJmbdlKJrU9Hc5A', 'ready', 1, 14, 1, @now + 2543753, @now + 86396803578, NULL, 'send mail: mail server 127.0.0.1:34179: connect: EOF', @now - 3193678, @now - 3190192);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22fcd-215d-760e-a7d6-8d0959d9a2b8', 'reset_password', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'fRBonFwt99CPkdPN3ug_BNZyQG9toZR_G4cLyQe3PzI', 1, @now - 3307674, @now + 3596692326, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22fcd-20a0-7c7c-8554-f05bbfcd171f', 'ada@people.example', 'ada@people.example', '', '', '1t8DOTO3agQ-WZg8IkHAlgdEYfzvHxn0FXazxsTbM_Y', @now - 3496584, @now + 86396503416, @now - 3476418, NULL, '', 'jpMjCj6XqHwolBNICZp_LFwFqE0nLKJQslv9Pobd7Tw', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3496584, ''),
	('main', '01a22fcd-218e-7172-b727-325e3745b726', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$RT3aHzIxFod3/Mm6ti3QKw$v67CGZb2h7l7RvbIeR218XiYxt+glOftIY9hLDeoyo4', '', 'sha9lmwrRmdwlEHlvREbno09gT3Hy3ulHJmkVXEY3k4', @now - 3259290, @now + 86396740710, NULL, NULL, '', 'dOqcvDSTFR6Mhi3FVS4bNxTl_rdk5qYvT5nMq_4Q32Y', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3259290, ''),
	('main', '01a22fcd-21cd-702e-85ce-04b9eb5f73e1', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$ySA5nN7SnsqSzCPEshZ0mg$T0BcQTrqJe+MguqCVz3qTGyd9+iCPIKtdHyIGxOztFE', '', 'oltvVmV51gcg8-KyV9jVaY1Ky7rHH-bcdD_DQ94FJU4', @now - 3196422, @now + 86396803578, NULL, NULL, '', 'w6_7mFkGIh1tZIifwQJKEnkoOe0OEvAEiumT9DO37MY', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3196422, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '6a548997-fba1-44aa-8e7f-0d568bf4dddf', 0, @now - 3313881, @now + 1076686119, 6035879702144593353);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3731695);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', '6a548997-fba1-44aa-8e7f-0d568bf4dddf', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 0, 'mvKM87K-C6FsgTk8gw-AxA', -1, NULL, @now - 3319781, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3389752, '', @now + 7775996680219, @now + 2591996680219, @now - 3313881, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3319781, @now - 3319781, NULL),
	('main', 'cab44f56-6477-467f-868b-6b42b4b6d773', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 1, 'UWxYoLKgomRuZIy5kdkaBg', 0, @now - 3396813, @now - 3396813, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3470355, '', @now + 7775996593201, @now + 2591996603187, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3406799, @now - 3396813, NULL);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '2jWTWsei73uXQRy8Uy6GBxzfGBlYtu3G3lYjApz3IJo', 'ES256', '{"use":"sig","kty":"EC","kid":"2jWTWsei73uXQRy8Uy6GBxzfGBlYtu3G3lYjApz3IJo","crv":"P-256","alg":"ES256","x":"mPIfCClffdYXmvXbvXMIQ225BakYcrd4_L70_REF-qY","y":"E88Dpqv7Y8M3yEe1YvbqvEBiQjGhKobbfbQ6C-WLe94"}', 'v1.jz9HJA.mH8t2x_xbBVBmyCGG7wtTUNn1Ji4LrU5C-EnVNv_9AH38sViZobXyUvD3y1OFchleGV72XtP7pOhwd0XrV-FwRi14JO70LS8xYzVhby3neqEXwhCRJMRQYm0GXnMiCPCcIVg0zYTOG1HOFD3N3jX0sU6psMLBTsbLOeTKSuMBU9gFzfCiNEdAh0WOBebgvrUS5Wt4747sPNLZRWN6f2zCJA95pI8NQ', @now - 3685684, @now - 3685684, NULL);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498916, 'mail_sent', '', 3),
	('main', 498916, 'sessions', '', 0),
	('main', 498916, 'users', '', 0),
	('main', 498916, 'users_signed_in', '', 0);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', 'cf533778-f2b9-42b8-8796-d5186b9845d5', 'ada@people.example', 'ada@people.example', @now - 3475849, '', '{}', '', 'active', 1, @now - 3319781, @now - 3475849, @now - 3475849, @now - 3475849, '', '', 0, 0, '');
