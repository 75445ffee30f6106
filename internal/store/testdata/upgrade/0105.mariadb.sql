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
) ENGINE=InnoDB AUTO_INCREMENT=107 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
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
CREATE TABLE `invitations` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `email` varchar(320) NOT NULL,
  `email_canonical` varchar(320) NOT NULL,
  `ended` varchar(64) NOT NULL,
  `token_hash` varchar(128) NOT NULL,
  `roles` text NOT NULL,
  `language` varchar(64) NOT NULL,
  `invited_by` varchar(64) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `consumed_at` bigint(20) DEFAULT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `withdrawn_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `invitations_token_key` (`realm_id`,`token_hash`),
  UNIQUE KEY `invitations_email_key` (`realm_id`,`email_canonical`,`ended`),
  KEY `invitations_expiry_idx` (`realm_id`,`expires_at`)
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
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596719282),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596764141),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596571976),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596809498);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22fcd-268e-7ccf-b2cb-5f7b1207be71', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-2647-795e-91b9-db636d764b56', '{}', @now - 3424906, 'aTgWce2fAKB0dGa8dfM01ZsdFs3_1pQ8XixIfQZhGuM'),
	('main', '01a22fcd-269b-7554-8b84-13ed6573fb01', 'user.created', 'success', '', '', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', '', '01a22fcd-2697-71a5-abb1-6ec4654bbdfc', '{}', @now - 3412396, 'i2zi_foMxP4biC-TRb6q-QVHlIMmo25UBaEqAlXSWVY'),
	('main', '01a22fcd-269c-7c85-8008-bc57c665d8d2', 'email.verified', 'success', '', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', '', '01a22fcd-2697-71a5-abb1-6ec4654bbdfc', '{"by":"link","claimed":true}', @now - 3410925, 'J7H1RIbanaZWo1F0hyZNzkSlRD-AmVsT4aMcsE0_0ZA'),
	('main', '01a22fcd-26d5-7d51-a86a-9f9c92bb4a71', 'session.opened', 'success', '', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'dVDQJhAJGK3L4bT8oqro3e3OcSUhFr2C5ixGnhS4WgM', '01a22fcd-269e-7d4c-8531-bbdb640f0838', '{"amr":["pwd"],"new_device":false}', @now - 3353867, 'bvG_uY2-pCor8zOjDOf3o6KQBo0lMqXTBcZEpotgq-o'),
	('main', '01a22fcd-2717-7134-a4f9-658968cfd8f5', 'session.opened', 'success', '', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'tIX-Vfqt9G6AP2VLepxr1ah2r46PpcM-kFFqBO1hcbs', '01a22fcd-26da-7adb-af9e-c25746d6b354', '{"amr":["pwd"],"new_device":false}', @now - 3288664, 'h1KtVF0jh1KOhPSJ5Hd8f-kN594FYt3fWC1OpArze0s'),
	('main', '01a22fcd-271a-7d71-814a-6a807650e71f', 'session.ended', 'success', 'logout', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'tIX-Vfqt9G6AP2VLepxr1ah2r46PpcM-kFFqBO1hcbs', '01a22fcd-2719-765a-b287-dd0dc7458ec8', '{}', @now - 3284863, 'Nd65R0Zb7_yhI9_Vfsc2rTVEcKL9d0ZrusBwTzY6djI'),
	('main', '01a22fcd-2720-7c4b-b65f-cf09befbbcb2', 'password.reset_requested', 'success', '', '', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', '', '01a22fcd-271e-7985-a335-87afa0dfe250', '{}', @now - 3278940, 'GaL9I8M6EPwlZxbCmPEefOfxzQGJd-lQ3wCm9r2eTMc'),
	('main', '01a22fcd-274d-7c48-abc9-152a2d9d34ca', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-2727-7b20-b24c-79574c0a38b5', '{}', @now - 3233940, 'AV3my1V-Iyh8wTs4X2yPJgz-sUduglFl_T9W7fCI5Vc'),
	('main', '01a22fcd-277b-71dc-9021-d87d99249e03', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-2754-73f4-a8d9-e85ccd70f483', '{}', @now - 3188623, 'nmjksy5rg3RydJvBH-F9g7Jkgh137vGWf33otXWGFmE');

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 2, '3S8IngYJ3yO1bgxp7RmQPjOpa24VOmg4k6Y0o-Q_4js'),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 5, '6tcVywwB6AVoqGN5qAJVJkvFbbcQ_9sWDLaWCiO6L3U'),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 6, 'EI7NLHGhnUwj-Cy6ewzS8CDlG1gtXM8tkmq-jQDLrK8'),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 9, 'rrXNZBmaXDKyliFnl9rBC7Rw15V2bUlYI5Dw8QmhEDA'),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 12, 'haNXF8nohIH8LfKMD052_AhwLLbDto_21fkh_BRHViE'),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 13, 'aQL73ShaPb11V2IEneJaArndUWrqP0Gsa1coCEh2wRk'),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 14, 'KTX0xvbHvB_7fRFU5-Vx3cyxYMxHMfWe_XOuvsJx7E4');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 9, 'sallyport/RO7wprqyUh4uDVnU6bN9rQ
9
lFPib56Pw4+5/Mx2UaEN02GBQPtyi/CfqmVQgHIEGQ0=

— sallyport-audit-log Dr1ZUCaZL38QKiGRpd4Cpu6ZEK+0RxFf+ok2zmN02Xpbz68MujGr4jLVKFbXMTN0BlnOVwc9K614SVaQa4fLqNCVsgE=
', @now - 2492854);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+0ebd5950+Ab9uARjMx8YDZk/IojLn9XWtp7yyW7HJ+ZdTN+VsWY8s', 'v1.jz9HJA.Z3jqEIxyee8Iy7DUMORFpZRYYnqxTI-tpfRj7kEq99QCZ95yGv6ImBmRxiP0fV_4EvhJ4pZCFI7jRtX6HEF7Q9WI7HBJ2nWW7VPHQA0G1LojlOGhBoF4tzMA1vnUEker7k1Ubjq2dBNmgT9Y0YcRg748aOYU257hEocezA8hbfowNzgXuDvZoxHD59IxQmzoVKUC4G1AiJbdem_hu6Ki7ShizXByVRhHHJrCLxDA6zARQod1VmNv_riutA', @now - 3491448);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 0, '01a22fcd-268e-7ccf-b2cb-5f7b1207be71', 'aBQ6TmHcUWdUwFriFQ-CjL_osJk3KuvnhQ3Agdx5tE8', 'aTgWce2fAKB0dGa8dfM01ZsdFs3_1pQ8XixIfQZhGuM', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 1, '01a22fcd-269b-7554-8b84-13ed6573fb01', 'UKhgoeYvlJnFlFDEa9d4TZDH-nNUhC9KSU6hM810y80', 'i2zi_foMxP4biC-TRb6q-QVHlIMmo25UBaEqAlXSWVY', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 2, '01a22fcd-269c-7c85-8008-bc57c665d8d2', 'O4cPwLTGMO9uPH0__MxaGvxPADMOskLpW7HYeItRFng', 'J7H1RIbanaZWo1F0hyZNzkSlRD-AmVsT4aMcsE0_0ZA', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 3, '01a22fcd-26d5-7d51-a86a-9f9c92bb4a71', 'Lph5-sOmxG1GBgklQH-bEtVcb38JQQcNhVVQQSXsI6k', 'bvG_uY2-pCor8zOjDOf3o6KQBo0lMqXTBcZEpotgq-o', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 4, '01a22fcd-2717-7134-a4f9-658968cfd8f5', 'GDsawcbattRTaNmwvaWwgjBTAOYFiSy5s3o3lGE1kIA', 'h1KtVF0jh1KOhPSJ5Hd8f-kN594FYt3fWC1OpArze0s', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 5, '01a22fcd-271a-7d71-814a-6a807650e71f', 'ZwYqZAOUqFitUPmszg0q-9oCKl6qlqD-acNqwsu5ssc', 'Nd65R0Zb7_yhI9_Vfsc2rTVEcKL9d0ZrusBwTzY6djI', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 6, '01a22fcd-2720-7c4b-b65f-cf09befbbcb2', 'S4i-L0GZrN1Wy61i0xCQU7xThFx7yh6WhZlIdPDwMPY', 'GaL9I8M6EPwlZxbCmPEefOfxzQGJd-lQ3wCm9r2eTMc', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 7, '01a22fcd-274d-7c48-abc9-152a2d9d34ca', 'VMO9skOcIHCkpkGVQ7bVz5YjFDwFFZB5ijNnE8p1Ua0', 'AV3my1V-Iyh8wTs4X2yPJgz-sUduglFl_T9W7fCI5Vc', 0),
	('main', 'RO7wprqyUh4uDVnU6bN9rQ', 8, '01a22fcd-277b-71dc-9021-d87d99249e03', 'a5z1PMYmVvp11Ws5ZN-2j7tRPZNHTAITMoM4AQDuEvg', 'nmjksy5rg3RydJvBH-F9g7Jkgh137vGWf33otXWGFmE', 0);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22fcd-268e-7ccf-b2cb-5f7b1207be71', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'ZqOqyYu7tt3FZTvGjXWQBg'),
	('main', '01a22fcd-269b-7554-8b84-13ed6573fb01', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'eqn_Ir7zMc_qVwOT6OuG9Q'),
	('main', '01a22fcd-269c-7c85-8008-bc57c665d8d2', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'oYd7u_6FMll9Vs8j16T76g'),
	('main', '01a22fcd-26d5-7d51-a86a-9f9c92bb4a71', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'kQiL_eqUKdAHLmLLNebe7g'),
	('main', '01a22fcd-2717-7134-a4f9-658968cfd8f5', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '94yqJupJ-dwpoNYQQyRHaQ'),
	('main', '01a22fcd-271a-7d71-814a-6a807650e71f', '127.0.0.1', 'Go-http-client/1.1', '', '3fupt3CAUL58Kp0RTZJp6w'),
	('main', '01a22fcd-2720-7c4b-b65f-cf09befbbcb2', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '9b8aeOn3wzHnhAfIwNIKWA'),
	('main', '01a22fcd-274d-7c48-abc9-152a2d9d34ca', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'Qie1GeuDBY79CqqfwOtSxA'),
	('main', '01a22fcd-277b-71dc-9021-d87d99249e03', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'VmCsNxM6OdVOGhLmnz10Tw');

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'RO7wprqyUh4uDVnU6bN9rQ', 9, 1, @now - 3495955, NULL);

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22fcd-269a-7e4f-9504-3c95d4d57507', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'password', '$argon2id$v=19$m=19456,t=2,p=1$FJRvBnUhBylIYDL/ThffEg$CUrKQc5fQw0N5F55erRggDfJKmwtK4ZmKqynXFMhsr4', @now - 3413359, @now - 3413359);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796098303);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'AELykIBvbXsZndCEZSV_Cw', 1, 3101931666115478416, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-12-01 04:11:43'),
	(2, 1, 1, '2026-12-01 04:11:43'),
	(3, 2, 1, '2026-12-01 04:11:43'),
	(4, 3, 1, '2026-12-01 04:11:43'),
	(5, 4, 1, '2026-12-01 04:11:43'),
	(6, 5, 1, '2026-12-01 04:11:43'),
	(7, 6, 1, '2026-12-01 04:11:43'),
	(8, 7, 1, '2026-12-01 04:11:43'),
	(9, 8, 1, '2026-12-01 04:11:43'),
	(10, 9, 1, '2026-12-01 04:11:43'),
	(11, 10, 1, '2026-12-01 04:11:43'),
	(12, 11, 1, '2026-12-01 04:11:43'),
	(13, 12, 1, '2026-12-01 04:11:43'),
	(14, 13, 1, '2026-12-01 04:11:43'),
	(15, 14, 1, '2026-12-01 04:11:43'),
	(16, 15, 1, '2026-12-01 04:11:43'),
	(17, 16, 1, '2026-12-01 04:11:43'),
	(18, 17, 1, '2026-12-01 04:11:43'),
	(19, 18, 1, '2026-12-01 04:11:43'),
	(20, 19, 1, '2026-12-01 04:11:43'),
	(21, 20, 1, '2026-12-01 04:11:43'),
	(22, 21, 1, '2026-12-01 04:11:43'),
	(23, 22, 1, '2026-12-01 04:11:43'),
	(24, 23, 1, '2026-12-01 04:11:43'),
	(25, 24, 1, '2026-12-01 04:11:43'),
	(26, 25, 1, '2026-12-01 04:11:43'),
	(27, 26, 1, '2026-12-01 04:11:43'),
	(28, 27, 1, '2026-12-01 04:11:43'),
	(29, 28, 1, '2026-12-01 04:11:43'),
	(30, 29, 1, '2026-12-01 04:11:43'),
	(31, 30, 1, '2026-12-01 04:11:43'),
	(32, 31, 1, '2026-12-01 04:11:43'),
	(33, 32, 1, '2026-12-01 04:11:43'),
	(34, 33, 1, '2026-12-01 04:11:43'),
	(35, 34, 1, '2026-12-01 04:11:43'),
	(36, 35, 1, '2026-12-01 04:11:43'),
	(37, 36, 1, '2026-12-01 04:11:43'),
	(38, 37, 1, '2026-12-01 04:11:43'),
	(39, 38, 1, '2026-12-01 04:11:43'),
	(40, 39, 1, '2026-12-01 04:11:43'),
	(41, 40, 1, '2026-12-01 04:11:43'),
	(42, 41, 1, '2026-12-01 04:11:43'),
	(43, 42, 1, '2026-12-01 04:11:43'),
	(44, 43, 1, '2026-12-01 04:11:43'),
	(45, 44, 1, '2026-12-01 04:11:43'),
	(46, 45, 1, '2026-12-01 04:11:43'),
	(47, 46, 1, '2026-12-01 04:11:43'),
	(48, 47, 1, '2026-12-01 04:11:43'),
	(49, 48, 1, '2026-12-01 04:11:43'),
	(50, 49, 1, '2026-12-01 04:11:43'),
	(51, 50, 1, '2026-12-01 04:11:43'),
	(52, 51, 1, '2026-12-01 04:11:43'),
	(53, 52, 1, '2026-12-01 04:11:43'),
	(54, 53, 1, '2026-12-01 04:11:43'),
	(55, 54, 1, '2026-12-01 04:11:43'),
	(56, 55, 1, '2026-12-01 04:11:43'),
	(57, 56, 1, '2026-12-01 04:11:43'),
	(58, 57, 1, '2026-12-01 04:11:43'),
	(59, 58, 1, '2026-12-01 04:11:43'),
	(60, 59, 1, '2026-12-01 04:11:43'),
	(61, 60, 1, '2026-12-01 04:11:43'),
	(62, 61, 1, '2026-12-01 04:11:43'),
	(63, 62, 1, '2026-12-01 04:11:43'),
	(64, 63, 1, '2026-12-01 04:11:43'),
	(65, 64, 1, '2026-12-01 04:11:43'),
	(66, 65, 1, '2026-12-01 04:11:43'),
	(67, 66, 1, '2026-12-01 04:11:43'),
	(68, 67, 1, '2026-12-01 04:11:43'),
	(69, 68, 1, '2026-12-01 04:11:43'),
	(70, 69, 1, '2026-12-01 04:11:43'),
	(71, 70, 1, '2026-12-01 04:11:43'),
	(72, 71, 1, '2026-12-01 04:11:43'),
	(73, 72, 1, '2026-12-01 04:11:43'),
	(74, 73, 1, '2026-12-01 04:11:43'),
	(75, 74, 1, '2026-12-01 04:11:43'),
	(76, 75, 1, '2026-12-01 04:11:43'),
	(77, 76, 1, '2026-12-01 04:11:43'),
	(78, 77, 1, '2026-12-01 04:11:43'),
	(79, 78, 1, '2026-12-01 04:11:43'),
	(80, 79, 1, '2026-12-01 04:11:43'),
	(81, 80, 1, '2026-12-01 04:11:43'),
	(82, 81, 1, '2026-12-01 04:11:43'),
	(83, 82, 1, '2026-12-01 04:11:43'),
	(84, 83, 1, '2026-12-01 04:11:43'),
	(85, 84, 1, '2026-12-01 04:11:43'),
	(86, 85, 1, '2026-12-01 04:11:43'),
	(87, 86, 1, '2026-12-01 04:11:43'),
	(88, 87, 1, '2026-12-01 04:11:43'),
	(89, 88, 1, '2026-12-01 04:11:43'),
	(90, 89, 1, '2026-12-01 04:11:43'),
	(91, 90, 1, '2026-12-01 04:11:43'),
	(92, 91, 1, '2026-12-01 04:11:43'),
	(93, 92, 1, '2026-12-01 04:11:43'),
	(94, 93, 1, '2026-12-01 04:11:43'),
	(95, 94, 1, '2026-12-01 04:11:43'),
	(96, 95, 1, '2026-12-01 04:11:43'),
	(97, 96, 1, '2026-12-01 04:11:43'),
	(98, 97, 1, '2026-12-01 04:11:43'),
	(99, 98, 1, '2026-12-01 04:11:43'),
	(100, 99, 1, '2026-12-01 04:11:43'),
	(101, 100, 1, '2026-12-01 04:11:43'),
	(102, 101, 1, '2026-12-01 04:11:43'),
	(103, 102, 1, '2026-12-01 04:11:43'),
	(104, 103, 1, '2026-12-01 04:11:43'),
	(105, 104, 1, '2026-12-01 04:11:43'),
	(106, 105, 1, '2026-12-01 04:11:43');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22fcd-268f-77bb-ba96-b79fc694c1d8', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22fcd-268b-79c1-b584-1068f64f785c","token_table":"pending_signups","expires_at":"@time(23h59m56.571622s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.055747s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3424178, @now + 86396571623, NULL, '', @now - 3424178, @now - 3416979),
	('main', '01a22fcd-2721-72ad-9e63-6fcacab125ab', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22fcd-2720-78cc-aec8-8eccee636312","token_table":"one_time_tokens","expires_at":"@time(59m56.720827s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.055747s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3278413, @now + 3596720828, NULL, '', @now - 3278413, @now - 3273264),
	('main', '01a22fcd-274e-7156-9ce3-3ab3ac75df6d', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22fcd-274b-7ce1-b79c-0d8c392d8503","token_table":"pending_signups","expires_at":"@time(23h59m56.763843s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.055747s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3233598, @now + 86396763844, NULL, '', @now - 3233598, @now - 3229793),
	('main', '01a22fcd-277b-7771-8fc7-41f43ddbc022', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22fcd-2779-7312-ab51-d8b339077c09","token_table":"pending_signups","expires_at":"@time(23h59m56.809138s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.055747s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.76pab5b9fWly86F45Bvu506R7P-YsKeEsyA4Ti-Y_3CTyzCvFWf3je_pjwkFTRiJ4LatuKJK_8bMlsclKCWIEPmjdY3I2oO22PHfHw', 'ready', 1, 14, 1, @now + 1454312, @now + 86396809139, NULL, 'send mail: mail server 127.0.0.1:40555: connect: EOF', @now - 3188189, @now - 3185594);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22fcd-2720-78cc-aec8-8eccee636312', 'reset_password', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'PU_qhPMNjpYhK_smOhbR3v5W3DGhsfmO8FmYcjlvzQY', 1, @now - 3279172, @now + 3596720828, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22fcd-268b-79c1-b584-1068f64f785c', 'ada@people.example', 'ada@people.example', '', '', 'qW8mCMcR_quM3V_ckm-cuPUjhcciZDhQub3GyJmp3c0', @now - 3428377, @now + 86396571623, @now - 3413851, NULL, '', 'atWKTo7SK1NAhxWzcawnOCyvNmsGBELmykb-9IhsU3A', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3428377, ''),
	('main', '01a22fcd-274b-7ce1-b79c-0d8c392d8503', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$IDrndfFo2tj+ivN+Mc+BOA$MeW8wQn07Lerr34B7yDGc3CRnANwcb6AvA0t7Jjy4VY', '', 'HqhmWSl-gyp-A4cKjYBzApxxYj7F8bKCeDP8ttHttX0', @now - 3236156, @now + 86396763844, NULL, NULL, '', '3KjphSAT0x4ZWnd4zk4gdl7oLQ-V4bUNUaztGBTLF1k', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3236156, ''),
	('main', '01a22fcd-2779-7312-ab51-d8b339077c09', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$RQY77xF9dycANGbuB3X6/A$9WjKOFw9vImW43t4mCYy0XykhIaQNJytYxHBRsSKYSs', '', '7PxIGXoWjGMkxnGvrJ-qTj7ZUWPFiEg7Hw5qTCL6OSQ', @now - 3190861, @now + 86396809139, NULL, NULL, '', 'seDAf4TJshU4pjvamKxhsMJvSqcJNM06RZxrk-djLxs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3190861, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '3e687fc2-da03-4cfe-9636-bc477f5d482d', 0, @now - 3285200, @now + 1076714800, 3101931666115478416);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3630602);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', '3e687fc2-da03-4cfe-9636-bc477f5d482d', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 0, 'Nira33tFr5xJtueeKqnV1A', -1, NULL, @now - 3290433, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3348898, '', @now + 7775996709567, @now + 2591996709567, @now - 3285200, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3290433, @now - 3290433, NULL),
	('main', '6bed6b5d-0c61-4e0b-9898-723ed09926eb', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 1, '9E4wc8oU6x871BWmHkM6Bw', 0, @now - 3350641, @now - 3350641, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3408655, '', @now + 7775996644261, @now + 2591996649359, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3355739, @now - 3350641, NULL);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '9rk77Vkwxj9snT-0WPee5ntjGYzCt6tgCX67LLogSQ8', 'ES256', '{"use":"sig","kty":"EC","kid":"9rk77Vkwxj9snT-0WPee5ntjGYzCt6tgCX67LLogSQ8","crv":"P-256","alg":"ES256","x":"4LWj4hG7Uk894pEQXKUgkUKdgDWc9yEyb2T53Q-MS5U","y":"D4HsfFI2kP9UwNcnql96Szw8Ij3FLKmCuMmhoiULqIs"}', 'v1.jz9HJA.s6ak6KsvTuJyCGzEwjJbnwDSVRzMZyAfjWPBeqw-rONA-yIXEcxuikdXZpubnMeQo3imgAQVnA5Zh1y2Puk5mFDEIaciT9Pmfhova9Yw-AIWMo6oSjLyl5cs9UIWPkaWkr1jrGRP0pPU-GHfLdeD4LLZqOkdgkNdX6sHpDbiKPrb8wDyCfRuefSxWbu83urXfBna97rfAzIQbwzLwjPdRT0orZTc0g', @now - 3587635, @now - 3587635, NULL);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498916, 'mail_sent', '', 3),
	('main', 498916, 'sessions', '', 0),
	('main', 498916, 'users', '', 0),
	('main', 498916, 'users_signed_in', '', 0);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', 'd9dd2886-e4c0-4266-a76e-e73f9355a6c1', 'ada@people.example', 'ada@people.example', @now - 3413359, '', '{}', '', 'active', 1, @now - 3290433, @now - 3413359, @now - 3413359, @now - 3413359, '', '', 0, 0, '');
