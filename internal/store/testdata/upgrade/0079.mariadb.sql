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
CREATE TABLE `audit_repeats` (
  `realm_id` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `event_id` varchar(64) NOT NULL,
  `number` int(11) NOT NULL,
  `began_at` bigint(20) NOT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  KEY `audit_repeats_age_idx` (`realm_id`,`began_at`)
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
) ENGINE=InnoDB AUTO_INCREMENT=81 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
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
  `language` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596690256),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596747776),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596481038),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596797715);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22bdd-27a1-7300-be5e-81d9edd1b1da', 'sign_up.requested', 'success', '', '', '', '', '01a22bdd-2732-7b5e-986a-b79648dd90fa', '{}', @now - 3514586),
	('main', '01a22bdd-27b7-7abe-a3db-7906815310c8', 'user.created', 'success', '', '', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', '', '01a22bdd-27b2-707d-ad07-fb501cb967e5', '{}', @now - 3492079),
	('main', '01a22bdd-27b9-74c6-9f15-7955250f9876', 'email.verified', 'success', '', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', '', '01a22bdd-27b2-707d-ad07-fb501cb967e5', '{"by":"link","claimed":true}', @now - 3490471),
	('main', '01a22bdd-2809-7ef5-9052-7ca6f4429d47', 'session.opened', 'success', '', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'SoZPHmupHRHl3Kgc2W4xr6gk-tB9qmZsg8w4RrSMHs0', '01a22bdd-27bb-7c2b-b2cb-b39f6376dbd6', '{"amr":["pwd"],"new_device":false}', @now - 3409800),
	('main', '01a22bdd-2865-7273-8f09-6e6c87ae3d51', 'session.opened', 'success', '', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', '8BujFxx0hBSJYvzTmf5O_iPMPsyECTWrv7C0L2FDaxs', '01a22bdd-2810-75fa-9017-5236dcc2ed75', '{"amr":["pwd"],"new_device":false}', @now - 3318620),
	('main', '01a22bdd-2868-793b-8228-be69a975778a', 'session.ended', 'success', 'logout', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', '8BujFxx0hBSJYvzTmf5O_iPMPsyECTWrv7C0L2FDaxs', '01a22bdd-2867-73b0-83cb-e314c8263c7a', '{}', @now - 3315177),
	('main', '01a22bdd-2871-7219-b259-ac3cb71579e3', 'password.reset_requested', 'success', '', '', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', '', '01a22bdd-286d-7a1d-a3d4-61af8f09f1f3', '{}', @now - 3306646),
	('main', '01a22bdd-28aa-70a6-a64d-777e822884ee', 'sign_up.requested', 'success', '', '', '', '', '01a22bdd-287f-78a4-a115-52329cbb8606', '{}', @now - 3249741),
	('main', '01a22bdd-28db-7469-ae80-59595e54a34d', 'sign_up.requested', 'success', '', '', '', '', '01a22bdd-28af-7c4b-9776-4db22a9b2a52', '{}', @now - 3200494);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22bdd-27a1-7300-be5e-81d9edd1b1da', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-27b7-7abe-a3db-7906815310c8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-27b9-74c6-9f15-7955250f9876', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-2809-7ef5-9052-7ca6f4429d47', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-2865-7273-8f09-6e6c87ae3d51', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-2868-793b-8228-be69a975778a', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22bdd-2871-7219-b259-ac3cb71579e3', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22bdd-28aa-70a6-a64d-777e822884ee', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22bdd-28db-7469-ae80-59595e54a34d', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22bdd-27b7-7063-bdd4-fcb45b5d876e', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'password', '$argon2id$v=19$m=19456,t=2,p=1$ar1EgJxrB6nD+PhESrSspQ$tCl0CEU2yHtRN7n8nduSCJK71uq8kHzPyqpe+f5BOYM', @now - 3493625, @now - 3493625);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'MPDJraMw_Pr-cRaAFpS9lA', 1, -6909772409656339561, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 09:50:43'),
	(2, 1, 1, '2026-11-30 09:50:43'),
	(3, 2, 1, '2026-11-30 09:50:43'),
	(4, 3, 1, '2026-11-30 09:50:43'),
	(5, 4, 1, '2026-11-30 09:50:43'),
	(6, 5, 1, '2026-11-30 09:50:43'),
	(7, 6, 1, '2026-11-30 09:50:43'),
	(8, 7, 1, '2026-11-30 09:50:43'),
	(9, 8, 1, '2026-11-30 09:50:43'),
	(10, 9, 1, '2026-11-30 09:50:43'),
	(11, 10, 1, '2026-11-30 09:50:43'),
	(12, 11, 1, '2026-11-30 09:50:43'),
	(13, 12, 1, '2026-11-30 09:50:43'),
	(14, 13, 1, '2026-11-30 09:50:43'),
	(15, 14, 1, '2026-11-30 09:50:43'),
	(16, 15, 1, '2026-11-30 09:50:43'),
	(17, 16, 1, '2026-11-30 09:50:43'),
	(18, 17, 1, '2026-11-30 09:50:43'),
	(19, 18, 1, '2026-11-30 09:50:43'),
	(20, 19, 1, '2026-11-30 09:50:43'),
	(21, 20, 1, '2026-11-30 09:50:43'),
	(22, 21, 1, '2026-11-30 09:50:43'),
	(23, 22, 1, '2026-11-30 09:50:43'),
	(24, 23, 1, '2026-11-30 09:50:43'),
	(25, 24, 1, '2026-11-30 09:50:43'),
	(26, 25, 1, '2026-11-30 09:50:43'),
	(27, 26, 1, '2026-11-30 09:50:43'),
	(28, 27, 1, '2026-11-30 09:50:43'),
	(29, 28, 1, '2026-11-30 09:50:43'),
	(30, 29, 1, '2026-11-30 09:50:43'),
	(31, 30, 1, '2026-11-30 09:50:43'),
	(32, 31, 1, '2026-11-30 09:50:43'),
	(33, 32, 1, '2026-11-30 09:50:43'),
	(34, 33, 1, '2026-11-30 09:50:43'),
	(35, 34, 1, '2026-11-30 09:50:43'),
	(36, 35, 1, '2026-11-30 09:50:43'),
	(37, 36, 1, '2026-11-30 09:50:43'),
	(38, 37, 1, '2026-11-30 09:50:43'),
	(39, 38, 1, '2026-11-30 09:50:43'),
	(40, 39, 1, '2026-11-30 09:50:43'),
	(41, 40, 1, '2026-11-30 09:50:43'),
	(42, 41, 1, '2026-11-30 09:50:43'),
	(43, 42, 1, '2026-11-30 09:50:43'),
	(44, 43, 1, '2026-11-30 09:50:43'),
	(45, 44, 1, '2026-11-30 09:50:43'),
	(46, 45, 1, '2026-11-30 09:50:43'),
	(47, 46, 1, '2026-11-30 09:50:43'),
	(48, 47, 1, '2026-11-30 09:50:43'),
	(49, 48, 1, '2026-11-30 09:50:43'),
	(50, 49, 1, '2026-11-30 09:50:43'),
	(51, 50, 1, '2026-11-30 09:50:43'),
	(52, 51, 1, '2026-11-30 09:50:43'),
	(53, 52, 1, '2026-11-30 09:50:43'),
	(54, 53, 1, '2026-11-30 09:50:43'),
	(55, 54, 1, '2026-11-30 09:50:43'),
	(56, 55, 1, '2026-11-30 09:50:43'),
	(57, 56, 1, '2026-11-30 09:50:43'),
	(58, 57, 1, '2026-11-30 09:50:43'),
	(59, 58, 1, '2026-11-30 09:50:43'),
	(60, 59, 1, '2026-11-30 09:50:43'),
	(61, 60, 1, '2026-11-30 09:50:43'),
	(62, 61, 1, '2026-11-30 09:50:43'),
	(63, 62, 1, '2026-11-30 09:50:43'),
	(64, 63, 1, '2026-11-30 09:50:43'),
	(65, 64, 1, '2026-11-30 09:50:43'),
	(66, 65, 1, '2026-11-30 09:50:43'),
	(67, 66, 1, '2026-11-30 09:50:43'),
	(68, 67, 1, '2026-11-30 09:50:43'),
	(69, 68, 1, '2026-11-30 09:50:43'),
	(70, 69, 1, '2026-11-30 09:50:43'),
	(71, 70, 1, '2026-11-30 09:50:43'),
	(72, 71, 1, '2026-11-30 09:50:43'),
	(73, 72, 1, '2026-11-30 09:50:43'),
	(74, 73, 1, '2026-11-30 09:50:43'),
	(75, 74, 1, '2026-11-30 09:50:43'),
	(76, 75, 1, '2026-11-30 09:50:43'),
	(77, 76, 1, '2026-11-30 09:50:43'),
	(78, 77, 1, '2026-11-30 09:50:43'),
	(79, 78, 1, '2026-11-30 09:50:43'),
	(80, 79, 1, '2026-11-30 09:50:43');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22bdd-27a2-799d-8ed0-e05b46518e8c', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22bdd-279c-79c9-afb6-94240d7d084f","token_table":"pending_signups","expires_at":"@time(23h59m56.480504s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.131785s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3513008, @now + 86396480505, NULL, '', @now - 3513008, @now - 3499789),
	('main', '01a22bdd-2871-7d81-ad29-56e1142df775', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22bdd-2870-79a9-b9d8-984eca194080","token_table":"one_time_tokens","expires_at":"@time(59m56.692847s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.131785s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3305815, @now + 3596692848, NULL, '', @now - 3305815, @now - 3290316),
	('main', '01a22bdd-28aa-7550-afeb-eb8c17ef5bb6', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22bdd-28a7-7724-99c0-07a45b07a29d","token_table":"pending_signups","expires_at":"@time(23h59m56.747236s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.131785s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3249375, @now + 86396747237, NULL, '', @now - 3249375, @now - 3244671),
	('main', '01a22bdd-28db-7980-9c1d-7a0bc3308a9d', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22bdd-28d9-7723-b080-5942dfd54051","token_table":"pending_signups","expires_at":"@time(23h59m56.797436s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.131785s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.OztB-swJlhlbnbcNNtCWSyKXjaiTfebK2iQUXX8xBbrHgqHuhEAVnuN2D59TEqTp5rhRYfUr9EODW6oshY3cdEnNa7WLcRgd524bFQ', 'ready', 1, 14, 1, @now + 2155771, @now + 86396797437, NULL, 'send mail: mail server 127.0.0.1:35965: connect: EOF', @now - 3200099, @now - 3196873);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22bdd-2870-79a9-b9d8-984eca194080', 'reset_password', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'nVZ-cjEPs1lhjUXczC2QKgxFelmr3BMLRMRBMmGHjS0', 1, @now - 3307152, @now + 3596692848, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22bdd-279c-79c9-afb6-94240d7d084f', 'ada@people.example', 'ada@people.example', '', '', 'nJ4xcStWb4-SY21PjxhJhDs9oCZ8L19bpMgmedq5d7A', @now - 3519495, @now + 86396480505, @now - 3494612, NULL, '', 'tNvxGzul1_jqW5KLcLMsp-en0r7Ajigj3fY7YeHBp7c', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3519495, ''),
	('main', '01a22bdd-28a7-7724-99c0-07a45b07a29d', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$/PUs3g4ytAx0R16t6/B2Rg$TghPkN4BqWkWW1MxeLqFAyry2TYBqnZigdbnnXvGk5Y', '', 'jRpkTDxzy_wDAzBmnsh-K5pOJ04jvOjZ4GGQGqy37Ok', @now - 3252763, @now + 86396747237, NULL, NULL, '', 'm5PFtQFGTQpZSejT2FEmJ2mukOk8m7J1Ip0uu7ZJnwI', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3252763, ''),
	('main', '01a22bdd-28d9-7723-b080-5942dfd54051', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$qHCz1PRf3Djsp6tpGxH8dA$XSp7SZz9bfdoBAe6EFLguuydLi+402knTE+NhOmJSs8', '', 'mmccKGbeHI8KLv8U-R88ZMWCQcE6e7-6txgXAmmBkh8', @now - 3202563, @now + 86396797437, NULL, NULL, '', 'm0EuHsSZ4Rx6Pe1gVFi9j4kUS_XFDW5C2FUZ3GzXOXc', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3202563, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '3273e68e-301d-4228-b4a3-b0d892c1d89c', 0, @now - 3315839, @now + 1076684161, -6909772409656339561);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3826905);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '240d833e-61a8-4d56-b41b-c0ab5e494284', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 1, 'iKY6HAQ_7xqVe3l7s0_zQg', 0, @now - 3405322, @now - 3405322, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3487751, '', @now + 7775996586815, @now + 2591996594678, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3413185, @now - 3405322),
	('main', '3273e68e-301d-4228-b4a3-b0d892c1d89c', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 0, 'cHlWwZ4z0Lbc4vqNQi3q1A', -1, NULL, @now - 3320676, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3403199, '', @now + 7775996679324, @now + 2591996679324, @now - 3315839, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3320676, @now - 3320676);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', '1_nxpZwlRmNVj9zJLpUHmFTIqiaj3P_jlacLGqPb3Dg', 'ES256', '{"use":"sig","kty":"EC","kid":"1_nxpZwlRmNVj9zJLpUHmFTIqiaj3P_jlacLGqPb3Dg","crv":"P-256","alg":"ES256","x":"f3ud3uGJTboYaVq8Nw-Qa3t45Q6utV40AZ5crLo43l4","y":"R1GYx53pQhwxrxZnRxdt5htv73HAfI89-aFhw5usntE"}', 'v1.jz9HJA.zED5IBHZ7KZspT8j1NaS0ju3EackaCP_vSkvO1qKPpkF5_FCfqOKrdmzEGqUKGkATRQzUl12vKkIgvgNsMt0U44_bdWQGycpiQF8pqSJY0p2cWlefPsK9DYvQWe33IKEvoojTdjRGsXOEBee-4xGC1XTtCZyfO2dpRupM9YqHJS93BDMH_TuPmZ9KhDlEzbrF-mbAk2uf_yD-ANWqNt0rECZaCl8-A', @now - 3766036, @now - 3766036, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language) VALUES
	('main', 'e6aae4bd-6ad9-423a-acce-0210188cae3d', 'ada@people.example', 'ada@people.example', @now - 3493625, '', '{}', '', 'active', 1, @now - 3320676, @now - 3493625, @now - 3493625, @now - 3493625, '');
