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
  `commitment` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_events_user_idx` (`realm_id`,`user_id`,`id`),
  KEY `audit_events_kind_idx` (`realm_id`,`kind`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_hashes` (
  `realm_id` varchar(64) NOT NULL,
  `tree_id` varchar(64) NOT NULL,
  `position` bigint(20) NOT NULL,
  `hash` varchar(64) NOT NULL,
  PRIMARY KEY (`realm_id`,`tree_id`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_heads` (
  `realm_id` varchar(64) NOT NULL,
  `tree_id` varchar(64) NOT NULL,
  `size` bigint(20) NOT NULL,
  `note` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`tree_id`,`size`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_keys` (
  `realm_id` varchar(64) NOT NULL,
  `number` bigint(20) NOT NULL,
  `public_key` text NOT NULL,
  `private_sealed` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_leaves` (
  `realm_id` varchar(64) NOT NULL,
  `tree_id` varchar(64) NOT NULL,
  `leaf` bigint(20) NOT NULL,
  `event_id` varchar(64) NOT NULL,
  `hash` varchar(64) NOT NULL,
  `commitment` varchar(64) NOT NULL,
  `body_dropped` smallint(6) NOT NULL,
  PRIMARY KEY (`realm_id`,`tree_id`,`leaf`),
  UNIQUE KEY `audit_leaves_event_key` (`realm_id`,`event_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_personal` (
  `realm_id` varchar(64) NOT NULL,
  `event_id` varchar(64) NOT NULL,
  `address` varchar(64) NOT NULL,
  `user_agent` text NOT NULL,
  `email` varchar(320) NOT NULL,
  `salt` varchar(64) DEFAULT NULL,
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
CREATE TABLE `audit_tree` (
  `realm_id` varchar(64) NOT NULL,
  `number` bigint(20) NOT NULL,
  `tree_id` varchar(64) NOT NULL,
  `size` bigint(20) NOT NULL,
  `turn` bigint(20) NOT NULL,
  `began_at` bigint(20) NOT NULL,
  `closed_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`number`),
  UNIQUE KEY `audit_tree_id_key` (`realm_id`,`tree_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `audit_unsealed` (
  `realm_id` varchar(64) NOT NULL,
  `event_id` varchar(64) NOT NULL,
  PRIMARY KEY (`realm_id`,`event_id`)
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
CREATE TABLE `client_secrets` (
  `realm_id` varchar(64) NOT NULL,
  `client_id` varchar(255) NOT NULL,
  `id` varchar(64) NOT NULL,
  `secret_hash` varchar(64) NOT NULL,
  `hint` varchar(16) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) DEFAULT NULL,
  `last_used_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`client_id`,`id`),
  CONSTRAINT `client_secrets_client_id_fkey` FOREIGN KEY (`realm_id`, `client_id`) REFERENCES `clients` (`realm_id`, `client_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `clients` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `client_id` varchar(255) NOT NULL,
  `name` varchar(200) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `first_party` smallint(6) NOT NULL,
  `redirect_uris` text NOT NULL,
  `post_logout_uris` text NOT NULL,
  `grant_types` text NOT NULL,
  `scopes` text NOT NULL,
  `audiences` text NOT NULL,
  `auth_method` varchar(64) NOT NULL,
  `settings` text NOT NULL,
  `epoch` bigint(20) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  `disabled_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `clients_client_id_key` (`realm_id`,`client_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `credential_forms` (
  `realm_id` varchar(64) NOT NULL,
  `form` varchar(255) NOT NULL,
  `number` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`form`)
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
CREATE TABLE `external_ids` (
  `realm_id` varchar(64) NOT NULL,
  `source` varchar(64) NOT NULL,
  `id_hash` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `external_id` varchar(255) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`source`,`id_hash`),
  KEY `external_ids_user_idx` (`realm_id`,`user_id`),
  CONSTRAINT `external_ids_user_id_fkey` FOREIGN KEY (`realm_id`, `user_id`) REFERENCES `users` (`realm_id`, `id`)
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
) ENGINE=InnoDB AUTO_INCREMENT=105 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `hook_deliveries` (
  `realm_id` varchar(64) NOT NULL,
  `endpoint_id` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `event_number` bigint(20) NOT NULL,
  `job_id` varchar(64) NOT NULL,
  PRIMARY KEY (`realm_id`,`endpoint_id`,`user_id`,`event_number`,`job_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `hook_endpoints` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `url` varchar(2000) NOT NULL,
  `kinds` text NOT NULL,
  `ordered` smallint(6) NOT NULL,
  `owner_email` varchar(320) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  `disabled_at` bigint(20) DEFAULT NULL,
  `failing_since` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
CREATE TABLE `hook_secrets` (
  `realm_id` varchar(64) NOT NULL,
  `endpoint_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `secret_sealed` varchar(512) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`endpoint_id`,`id`),
  CONSTRAINT `hook_secrets_endpoint_id_fkey` FOREIGN KEY (`realm_id`, `endpoint_id`) REFERENCES `hook_endpoints` (`realm_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
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
CREATE TABLE `imports` (
  `realm_id` varchar(64) NOT NULL,
  `source` varchar(64) NOT NULL,
  `fingerprint` varchar(64) NOT NULL,
  `cursor_text` varchar(255) NOT NULL,
  `rows_done` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`source`)
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
  `audience` varchar(255) DEFAULT NULL,
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
CREATE TABLE `roles` (
  `realm_id` varchar(64) NOT NULL,
  `name` varchar(64) NOT NULL,
  `permissions` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`name`)
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
  `administered_at` bigint(20) DEFAULT NULL,
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
CREATE TABLE `stats_hours` (
  `realm_id` varchar(64) NOT NULL,
  `hour` bigint(20) NOT NULL,
  `series` varchar(64) NOT NULL,
  `reason` varchar(64) NOT NULL,
  `number` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`hour`,`series`,`reason`)
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
  `zoneinfo` varchar(64) DEFAULT NULL,
  `event_number` bigint(20) DEFAULT NULL,
  `version` bigint(20) DEFAULT NULL,
  `app_metadata` text DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596467043),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596517950),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596135867),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596576794);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22e97-0229-7936-a1d9-8521cf833dbc', 'sign_up.requested', 'success', '', '', '', '', '01a22e97-0162-7284-9bcc-0fd25e233f7d', '{}', @now - 3855124, 'xUw_dy643rB4FWXY5tcqULWOBiO3WpXJRHLLpdPqWH8'),
	('main', '01a22e97-0242-72ae-887f-48482632adeb', 'user.created', 'success', '', '', '29118297-0a8c-429d-abe4-826fc99dee95', '', '01a22e97-0239-7bf7-9fe2-1934a480673c', '{}', @now - 3830551, '2dCwdhHXx4QKQWkEearGKwVffeQi98ehA52RFCziRsM'),
	('main', '01a22e97-0246-75a6-b7b0-09249ec6b579', 'email.verified', 'success', '', '29118297-0a8c-429d-abe4-826fc99dee95', '29118297-0a8c-429d-abe4-826fc99dee95', '', '01a22e97-0239-7bf7-9fe2-1934a480673c', '{"by":"link","claimed":true}', @now - 3826357, 'd6NKiDKqwrbwtH0UFY7vLMLsdz-cI68XpiGs3zG7srE'),
	('main', '01a22e97-0303-7dfe-9b01-67424b248bfd', 'session.opened', 'success', '', '29118297-0a8c-429d-abe4-826fc99dee95', '29118297-0a8c-429d-abe4-826fc99dee95', 'Fs75IL0E3e_bsttQtTCCuAeWyT2lXmLElD3RIy1-K0Q', '01a22e97-024a-7a0b-a3eb-c985ffeaff96', '{"amr":["pwd"],"new_device":false}', @now - 3636806, 'fw1XiA4905nyTEcNE6x_vqTBmGUlJpEqaBRxoRBEAmE'),
	('main', '01a22e97-0360-7526-b632-192b6b0d9e3d', 'session.opened', 'success', '', '29118297-0a8c-429d-abe4-826fc99dee95', '29118297-0a8c-429d-abe4-826fc99dee95', 'jSHo2n4ozswh50E9a13tjmIdZ9Ulr_O_ZHfyN7QqkCc', '01a22e97-030d-7e15-bc98-0598404a29ce', '{"amr":["pwd"],"new_device":false}', @now - 3544387, 'DldFtNTlahNvgtzjZGAu8_Jn0WfyN9W8yBmEsg-qS1M'),
	('main', '01a22e97-0365-77e8-b63d-a12158b65bcf', 'session.ended', 'success', 'logout', '29118297-0a8c-429d-abe4-826fc99dee95', '29118297-0a8c-429d-abe4-826fc99dee95', 'jSHo2n4ozswh50E9a13tjmIdZ9Ulr_O_ZHfyN7QqkCc', '01a22e97-0363-76b8-9a37-3b2d34aad941', '{}', @now - 3539206, '6247XqessmR_ndbW1VLws1uzn6HFzqdy_jip-cjWDi4'),
	('main', '01a22e97-036e-7d3e-b95e-cd29065fd3e7', 'password.reset_requested', 'success', '', '', '29118297-0a8c-429d-abe4-826fc99dee95', '', '01a22e97-036b-759e-b348-17d0209c8065', '{}', @now - 3529860, 'pSrNsp3nARolfXBwpZ1eTeUz5ZAMw8ITQrYqyVG0LL4'),
	('main', '01a22e97-03a1-7d09-85ab-48bd3239a5d4', 'sign_up.requested', 'success', '', '', '', '', '01a22e97-0378-7cc8-a377-a7fb7be1e829', '{}', @now - 3478873, '6JtopST1AGXf14L0hGlkfThbAcmyc8P_AJeajaB86-Q'),
	('main', '01a22e97-03dc-73eb-b262-9c2e7aeb9b56', 'sign_up.requested', 'success', '', '', '', '', '01a22e97-03a9-7eba-a577-d1f24a562cb6', '{}', @now - 3420471, '3DIrWK8wCuJpHiQ4K33IpnUORyBCPMeyvjCYYyDRl0w');

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 2, 'pihi0BXo4WSO_HFtUkyTQrIHW1gnrNyyYfm26uqI8OQ'),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 5, 'aeE6NCoRyU42w6kYOayWyQVnVbNzdMO2IAM7xJKLIac'),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 6, '-TO6tOyid-q2M8OTEytHXoqwTZxEoomSmyYKXx2WIrk'),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 9, '3hE9Ux0ldePePKnxjGEaoZwtND5o8MkP076_405CqFA'),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 12, 'xGh57bqMdax2zNKV-9Hiby6Y-hU-OYb3vzjmPXJHoEc'),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 13, 'crhofvpEEZjROYgFE184ntQWpxDctKKptQz8HXJBQeQ'),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 14, '2Ud43g-AZt1p4GG92rYOd2BkzNV4UQd5AuspsQkwPV8');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 9, 'sallyport/3Cge8enaNZhK5tEF4CFIhQ
9
+6NcFyHsGyInwy/cc3X/EXleeSlWFDsmODDJzJvf5go=

— sallyport-audit-log 6UlTp7hvy3b6EAzU6OoiWfrS5SYcFRvIGkC2bkg7m0lVrz1XYbK7iKZ/ptGQ7HVJDfcsu1LIG7N2SdX6igAjvXWlYgY=
', @now - 3049355);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+e94953a7+AShmTHS+07248EPGjJ9jfL39dYKovySQPJg+Og08SzUh', 'v1.jz9HJA._lSgOpF1kWgD1c-Hg-NR3ktL5PyE7Drvc9-St8q0nh3jO0J0zrgt0-3Ulq2D9fTBV_mdDZM1kYU1cGkAUPnDmUBlk8R9t536fET9xWwOFd-PKOi1lBWdoQFIhptNI_VcU3XNZsDfrtmC2T2aeq3WoDxCMXvzozVyewnoijXlOhRVTCfh88K0ZpVQsdkZnU17hj8EB6Si2EO40Q_KnoMcge0pFmlPKtInUnNzoDs_oT7ivK3mf6aoF64Jgg', @now - 4016916);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 0, '01a22e97-0229-7936-a1d9-8521cf833dbc', 'knY-rdii6iM75SNudp9eOeU_xr2HK4Xo7iQpwWsKbZ8', 'xUw_dy643rB4FWXY5tcqULWOBiO3WpXJRHLLpdPqWH8', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 1, '01a22e97-0242-72ae-887f-48482632adeb', 'L43GcV7Ne9QiSxc7tbH1LxCmFRqvZWyLUQ4yMyf6iPg', '2dCwdhHXx4QKQWkEearGKwVffeQi98ehA52RFCziRsM', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 2, '01a22e97-0246-75a6-b7b0-09249ec6b579', 'n3NkRMVWGJIYwEVzJh6iaDXEOvvvcze50XJEpEqoOR4', 'd6NKiDKqwrbwtH0UFY7vLMLsdz-cI68XpiGs3zG7srE', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 3, '01a22e97-0303-7dfe-9b01-67424b248bfd', 'cXfDX3EgxKz-H0P2RRdaxWwsSIYrDb-bMRiav9uu8Wo', 'fw1XiA4905nyTEcNE6x_vqTBmGUlJpEqaBRxoRBEAmE', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 4, '01a22e97-0360-7526-b632-192b6b0d9e3d', 'rTVu12KjJgFi2mZg2h6XIlpCrR0KMhJnmb4Z1X_tHIE', 'DldFtNTlahNvgtzjZGAu8_Jn0WfyN9W8yBmEsg-qS1M', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 5, '01a22e97-0365-77e8-b63d-a12158b65bcf', 'KR4uoyy_piCllo-wENrzW3z4B-sS6LoXDsB8lEx5Rgo', '6247XqessmR_ndbW1VLws1uzn6HFzqdy_jip-cjWDi4', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 6, '01a22e97-036e-7d3e-b95e-cd29065fd3e7', 't_Isfl7u5SXGojdbwYEvHeD1oEq8b7ztL-NsyLi6Ap0', 'pSrNsp3nARolfXBwpZ1eTeUz5ZAMw8ITQrYqyVG0LL4', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 7, '01a22e97-03a1-7d09-85ab-48bd3239a5d4', 'k5YR2L9wBRiVS4BimJDj9fFFLOp0MQ9E5Vkrw5DaxP4', '6JtopST1AGXf14L0hGlkfThbAcmyc8P_AJeajaB86-Q', 0),
	('main', '3Cge8enaNZhK5tEF4CFIhQ', 8, '01a22e97-03dc-73eb-b262-9c2e7aeb9b56', 'mtMddUuD5cI0e8Nt6fJ0p1JCktHhW0RCJcdag3qN_Dg', '3DIrWK8wCuJpHiQ4K33IpnUORyBCPMeyvjCYYyDRl0w', 0);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22e97-0229-7936-a1d9-8521cf833dbc', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'lgaxp9yyzMJJa__fWuFDWg'),
	('main', '01a22e97-0242-72ae-887f-48482632adeb', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'fdKFultilUgCnQwXqAzxPg'),
	('main', '01a22e97-0246-75a6-b7b0-09249ec6b579', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '7EW5yu4-cNLCciFSpHp7xQ'),
	('main', '01a22e97-0303-7dfe-9b01-67424b248bfd', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'Dt5XbZ-Vk7-DyjzqWKKgug'),
	('main', '01a22e97-0360-7526-b632-192b6b0d9e3d', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'TOQvZzJjmukOvejcaGbJ3A'),
	('main', '01a22e97-0365-77e8-b63d-a12158b65bcf', '127.0.0.1', 'Go-http-client/1.1', '', 'vFgG2VRl-xqDbRvguy01EQ'),
	('main', '01a22e97-036e-7d3e-b95e-cd29065fd3e7', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'HMaxGLLkjPO5C7XGyDaWvg'),
	('main', '01a22e97-03a1-7d09-85ab-48bd3239a5d4', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'Z6MZ_Y-QH9uOMRYPFsbGWQ'),
	('main', '01a22e97-03dc-73eb-b262-9c2e7aeb9b56', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'JM-nHwSEBU7fGF8Sf5i0Dw');

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, '3Cge8enaNZhK5tEF4CFIhQ', 9, 1, @now - 4025919, NULL);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22e97-0241-766e-af15-9909cab7bffc', '29118297-0a8c-429d-abe4-826fc99dee95', 'password', '$argon2id$v=19$m=19456,t=2,p=1$xZ4L6zt9SfIG+N1bmUstuQ$wvAI7d7VeVIgXN8iKwcMQAmCYSUtJJqeY2KD65fB+hk', @now - 3832421, @now - 3832421);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796077978);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'R9e4FfGQRERcFRalRq3qMw', 1, -2081002109842263988, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 22:32:56'),
	(2, 1, 1, '2026-11-30 22:32:56'),
	(3, 2, 1, '2026-11-30 22:32:56'),
	(4, 3, 1, '2026-11-30 22:32:56'),
	(5, 4, 1, '2026-11-30 22:32:56'),
	(6, 5, 1, '2026-11-30 22:32:56'),
	(7, 6, 1, '2026-11-30 22:32:56'),
	(8, 7, 1, '2026-11-30 22:32:56'),
	(9, 8, 1, '2026-11-30 22:32:56'),
	(10, 9, 1, '2026-11-30 22:32:56'),
	(11, 10, 1, '2026-11-30 22:32:56'),
	(12, 11, 1, '2026-11-30 22:32:56'),
	(13, 12, 1, '2026-11-30 22:32:56'),
	(14, 13, 1, '2026-11-30 22:32:56'),
	(15, 14, 1, '2026-11-30 22:32:56'),
	(16, 15, 1, '2026-11-30 22:32:56'),
	(17, 16, 1, '2026-11-30 22:32:56'),
	(18, 17, 1, '2026-11-30 22:32:56'),
	(19, 18, 1, '2026-11-30 22:32:56'),
	(20, 19, 1, '2026-11-30 22:32:56'),
	(21, 20, 1, '2026-11-30 22:32:56'),
	(22, 21, 1, '2026-11-30 22:32:56'),
	(23, 22, 1, '2026-11-30 22:32:56'),
	(24, 23, 1, '2026-11-30 22:32:56'),
	(25, 24, 1, '2026-11-30 22:32:56'),
	(26, 25, 1, '2026-11-30 22:32:56'),
	(27, 26, 1, '2026-11-30 22:32:56'),
	(28, 27, 1, '2026-11-30 22:32:56'),
	(29, 28, 1, '2026-11-30 22:32:56'),
	(30, 29, 1, '2026-11-30 22:32:56'),
	(31, 30, 1, '2026-11-30 22:32:56'),
	(32, 31, 1, '2026-11-30 22:32:56'),
	(33, 32, 1, '2026-11-30 22:32:56'),
	(34, 33, 1, '2026-11-30 22:32:56'),
	(35, 34, 1, '2026-11-30 22:32:56'),
	(36, 35, 1, '2026-11-30 22:32:56'),
	(37, 36, 1, '2026-11-30 22:32:56'),
	(38, 37, 1, '2026-11-30 22:32:56'),
	(39, 38, 1, '2026-11-30 22:32:56'),
	(40, 39, 1, '2026-11-30 22:32:56'),
	(41, 40, 1, '2026-11-30 22:32:56'),
	(42, 41, 1, '2026-11-30 22:32:56'),
	(43, 42, 1, '2026-11-30 22:32:57'),
	(44, 43, 1, '2026-11-30 22:32:57'),
	(45, 44, 1, '2026-11-30 22:32:57'),
	(46, 45, 1, '2026-11-30 22:32:57'),
	(47, 46, 1, '2026-11-30 22:32:57'),
	(48, 47, 1, '2026-11-30 22:32:57'),
	(49, 48, 1, '2026-11-30 22:32:57'),
	(50, 49, 1, '2026-11-30 22:32:57'),
	(51, 50, 1, '2026-11-30 22:32:57'),
	(52, 51, 1, '2026-11-30 22:32:57'),
	(53, 52, 1, '2026-11-30 22:32:57'),
	(54, 53, 1, '2026-11-30 22:32:57'),
	(55, 54, 1, '2026-11-30 22:32:57'),
	(56, 55, 1, '2026-11-30 22:32:57'),
	(57, 56, 1, '2026-11-30 22:32:57'),
	(58, 57, 1, '2026-11-30 22:32:57'),
	(59, 58, 1, '2026-11-30 22:32:57'),
	(60, 59, 1, '2026-11-30 22:32:57'),
	(61, 60, 1, '2026-11-30 22:32:57'),
	(62, 61, 1, '2026-11-30 22:32:57'),
	(63, 62, 1, '2026-11-30 22:32:57'),
	(64, 63, 1, '2026-11-30 22:32:57'),
	(65, 64, 1, '2026-11-30 22:32:57'),
	(66, 65, 1, '2026-11-30 22:32:57'),
	(67, 66, 1, '2026-11-30 22:32:57'),
	(68, 67, 1, '2026-11-30 22:32:57'),
	(69, 68, 1, '2026-11-30 22:32:57'),
	(70, 69, 1, '2026-11-30 22:32:57'),
	(71, 70, 1, '2026-11-30 22:32:57'),
	(72, 71, 1, '2026-11-30 22:32:57'),
	(73, 72, 1, '2026-11-30 22:32:57'),
	(74, 73, 1, '2026-11-30 22:32:57'),
	(75, 74, 1, '2026-11-30 22:32:57'),
	(76, 75, 1, '2026-11-30 22:32:57'),
	(77, 76, 1, '2026-11-30 22:32:57'),
	(78, 77, 1, '2026-11-30 22:32:57'),
	(79, 78, 1, '2026-11-30 22:32:57'),
	(80, 79, 1, '2026-11-30 22:32:57'),
	(81, 80, 1, '2026-11-30 22:32:57'),
	(82, 81, 1, '2026-11-30 22:32:57'),
	(83, 82, 1, '2026-11-30 22:32:57'),
	(84, 83, 1, '2026-11-30 22:32:57'),
	(85, 84, 1, '2026-11-30 22:32:57'),
	(86, 85, 1, '2026-11-30 22:32:57'),
	(87, 86, 1, '2026-11-30 22:32:57'),
	(88, 87, 1, '2026-11-30 22:32:57'),
	(89, 88, 1, '2026-11-30 22:32:57'),
	(90, 89, 1, '2026-11-30 22:32:57'),
	(91, 90, 1, '2026-11-30 22:32:57'),
	(92, 91, 1, '2026-11-30 22:32:57'),
	(93, 92, 1, '2026-11-30 22:32:57'),
	(94, 93, 1, '2026-11-30 22:32:57'),
	(95, 94, 1, '2026-11-30 22:32:57'),
	(96, 95, 1, '2026-11-30 22:32:57'),
	(97, 96, 1, '2026-11-30 22:32:57'),
	(98, 97, 1, '2026-11-30 22:32:57'),
	(99, 98, 1, '2026-11-30 22:32:57'),
	(100, 99, 1, '2026-11-30 22:32:57'),
	(101, 100, 1, '2026-11-30 22:32:57'),
	(102, 101, 1, '2026-11-30 22:32:57'),
	(103, 102, 1, '2026-11-30 22:32:57'),
	(104, 103, 1, '2026-11-30 22:32:57');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22e97-022b-72b1-b01e-91207da3dfa5', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22e97-0220-77e2-9be4-20c12f95e3d2","token_table":"pending_signups","expires_at":"@time(23h59m56.13555s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.008729s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3853468, @now + 86396135551, NULL, '', @now - 3853468, @now - 3838345),
	('main', '01a22e97-036f-7b02-903c-f5dde1094641', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22e97-036e-7487-8808-4e7376f433ef","token_table":"one_time_tokens","expires_at":"@time(59m56.469565s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.008729s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3528864, @now + 3596469566, NULL, '', @now - 3528864, @now - 3521388),
	('main', '01a22e97-03a2-75a1-8852-f54a0871f164', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22e97-039e-78b8-8398-d030eaa3df3a","token_table":"pending_signups","expires_at":"@time(23h59m56.517464s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.008729s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3478288, @now + 86396517465, NULL, '', @now - 3478288, @now - 3471913),
	('main', '01a22e97-03dd-7320-8775-ccab86bb61b9', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22e97-03d9-75c4-9a25-2bfc1bce5e3e","token_table":"pending_signups","expires_at":"@time(23h59m56.576105s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.008729s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.VLuWTsTElMtHKon6gNeMeLSEOT54Yi9tq4kGOJsnqxAEAFE1oy5Eom9R3w-4ztO0NU2PRrrHAkYDo0iNFDiZdcGsH4s2xQaAZBxUSg', 'ready', 1, 14, 1, @now + 1076281, @now + 86396576106, NULL, 'send mail: mail server 127.0.0.1:38577: connect: EOF', @now - 3419372, @now - 3414422);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22e97-036e-7487-8808-4e7376f433ef', 'reset_password', '29118297-0a8c-429d-abe4-826fc99dee95', 'cvZDIdYXQ8kHZ3vLyd9rCsURmJUFxQC74cXbDWsbi6Y', 1, @now - 3530434, @now + 3596469566, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22e97-0220-77e2-9be4-20c12f95e3d2', 'ada@people.example', 'ada@people.example', '', '', 'jlZbxC3Z01_1_PkPzROBnAh-PkhGE3f0JJLPEKpmXwQ', @now - 3864449, @now + 86396135551, @now - 3833580, NULL, '', 'NpJo3Gow0TZi7ZKPTyAPxCiUnWDmtgvhiUdtgMNI-og', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3864449, ''),
	('main', '01a22e97-039e-78b8-8398-d030eaa3df3a', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$DqlJRgXWZg02Aet7tfqR6w$1efU/mijt1zxIYmD7gk7JErWavpRev5lqfFtVTC5Gro', '', 'cLTjj1VwnjTkyZeXySVTl5nYv1GUgtcYVgkWYGxCkgE', @now - 3482535, @now + 86396517465, NULL, NULL, '', 'En8DePiIEbPo5QZcFSlsTjBLelo9aALx4roSscRxhOE', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3482535, ''),
	('main', '01a22e97-03d9-75c4-9a25-2bfc1bce5e3e', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$oRuXW/kqS48SukSDnlggbQ$SnzGi3ggYpiJESaVKCuza+q/Bojj+sER2vY9wFCFuDk', '', 'YGw6cLQmXCK8rGlucrsWA1DhuQBF20VHypNKK_3cFUo', @now - 3423894, @now + 86396576106, NULL, NULL, '', 'b-E8cBubWnRw3SGmmBff_1It_ncyCD-bipPj-cjHVGo', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3423894, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '5a4753f3-f0dc-40d5-b016-52aba144605e', 0, @now - 3539596, @now + 1076460404, -2081002109842263988);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 4534889);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', '35b95873-9dac-4b57-abc4-a19fca633fe4', '29118297-0a8c-429d-abe4-826fc99dee95', 1, 'jgoYwxqxtXd-UIyuNGM6cw', 0, @now - 3629662, @now - 3629662, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3821804, '', @now + 7775996351513, @now + 2591996370338, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3648487, @now - 3629662, NULL),
	('main', '5a4753f3-f0dc-40d5-b016-52aba144605e', '29118297-0a8c-429d-abe4-826fc99dee95', 0, 'WpoebaDfT0itkMOrZfOb1Q', -1, NULL, @now - 3546591, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3626654, '', @now + 7775996453409, @now + 2591996453409, @now - 3539596, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3546591, @now - 3546591, NULL);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '7FDOBMayPMHXGy0dHeryRPz4om4R1s-MFKO1nz6Z3Gc', 'ES256', '{"use":"sig","kty":"EC","kid":"7FDOBMayPMHXGy0dHeryRPz4om4R1s-MFKO1nz6Z3Gc","crv":"P-256","alg":"ES256","x":"6ucic77Rx9Cfr2nJMQJN2M_sIsqLUETLZuGw4wWR9EY","y":"VC4LqNh0W-ISOHS2MopQ0EM7Tt1MyWBiWsY3L6FsMU0"}', 'v1.jz9HJA.KPyv-gOHBJHj1xnyW45UTlVaneosKBXdFU8CRNXy9eT5Envis7O2iMaH1eYMTnddzqMsdpK4j6_4colKb3JaDIvz5_228IJH3AZ6qAja1ew7jPKLHrgF17miexQLTcf4B2jnxJpJ0kegP-SpJckt5v_4AdMonN1sKI8WD755CvvMcp8w58Ha1wXp_-ECMMaZBsF7pKo2uEXzQpFLWB5YCHemxJclAA', @now - 4399641, @now - 4399641, NULL);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498910, 'mail_sent', '', 3),
	('main', 498910, 'sessions', '', 0),
	('main', 498910, 'users', '', 0),
	('main', 498910, 'users_signed_in', '', 0);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', '29118297-0a8c-429d-abe4-826fc99dee95', 'ada@people.example', 'ada@people.example', @now - 3832421, '', '{}', '', 'active', 1, @now - 3546591, @now - 3832421, @now - 3832421, @now - 3832421, '', '', 0, 0, '');
