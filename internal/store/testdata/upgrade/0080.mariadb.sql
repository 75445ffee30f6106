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
) ENGINE=InnoDB AUTO_INCREMENT=82 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;
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
  `zoneinfo` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`realm_id`,`id`),
  UNIQUE KEY `users_email_key` (`realm_id`,`email_canonical`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596353187),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596498540),
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3595472215),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596621896);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at) VALUES
	('main', '01a22c1c-4757-7a25-8746-f70ff65836e2', 'sign_up.requested', 'success', '', '', '', '', '01a22c1c-45f1-7386-ade7-d58b5a3e3072', '{}', @now - 4515750),
	('main', '01a22c1c-4774-7459-a33d-ab334fa21460', 'user.created', 'success', '', '', 'c16aec7f-fabe-489b-a18d-41402b0653e3', '', '01a22c1c-4769-7a72-a08f-6d9144911a48', '{}', @now - 4487129),
	('main', '01a22c1c-477f-7731-9be2-40b99130c1d3', 'email.verified', 'success', '', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'c16aec7f-fabe-489b-a18d-41402b0653e3', '', '01a22c1c-4769-7a72-a08f-6d9144911a48', '{"by":"link","claimed":true}', @now - 4475942),
	('main', '01a22c1c-4916-7132-a631-ac507df7cf2a', 'session.opened', 'success', '', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'wO5RfSZNoF-5TQVlbuijFxElOj8MvFfsg_B07TvaWMs', '01a22c1c-4786-7a47-ae8e-7fe015bbdd61', '{"amr":["pwd"],"new_device":false}', @now - 4069333),
	('main', '01a22c1c-4ab6-7d0e-80a6-ea4c951e3101', 'session.opened', 'success', '', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'X3pKyVDcE8_6l-XCeY3HLBn4LVntimvkuDHpjVN3T2A', '01a22c1c-4927-74d6-a196-356485692145', '{"amr":["pwd"],"new_device":false}', @now - 3652557),
	('main', '01a22c1c-4ab9-7707-93bb-d410a0616e92', 'session.ended', 'success', 'logout', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'X3pKyVDcE8_6l-XCeY3HLBn4LVntimvkuDHpjVN3T2A', '01a22c1c-4ab8-779d-8774-c39a14cca8c4', '{}', @now - 3649953),
	('main', '01a22c1c-4abe-7658-8bc9-6c332d4e27b8', 'password.reset_requested', 'success', '', '', 'c16aec7f-fabe-489b-a18d-41402b0653e3', '', '01a22c1c-4abc-75e0-849a-0c9920d9e2cf', '{}', @now - 3644999),
	('main', '01a22c1c-4b53-7b47-a2d9-3c283dc9373d', 'sign_up.requested', 'success', '', '', '', '', '01a22c1c-4ad0-7bb3-9d7a-d880f3835940', '{}', @now - 3495675),
	('main', '01a22c1c-4bca-7b9b-86fd-5b509c22ea72', 'sign_up.requested', 'success', '', '', '', '', '01a22c1c-4b5f-7b72-bc63-1f6b581f1b34', '{}', @now - 3376654);

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email) VALUES
	('main', '01a22c1c-4757-7a25-8746-f70ff65836e2', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-4774-7459-a33d-ab334fa21460', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-477f-7731-9be2-40b99130c1d3', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-4916-7132-a631-ac507df7cf2a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-4ab6-7d0e-80a6-ea4c951e3101', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-4ab9-7707-93bb-d410a0616e92', '127.0.0.1', 'Go-http-client/1.1', ''),
	('main', '01a22c1c-4abe-7658-8bc9-6c332d4e27b8', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example'),
	('main', '01a22c1c-4b53-7b47-a2d9-3c283dc9373d', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example'),
	('main', '01a22c1c-4bca-7b9b-86fd-5b509c22ea72', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22c1c-4773-7b4e-9cf0-fa9829ad1374', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'password', '$argon2id$v=19$m=19456,t=2,p=1$e2VEFKNZDBl+W+yVFsWBlg$Ebyyob4hgakgw3p6U4rdXX0Fi6JsLkhl6b+S49zMY/w', @now - 4490421, @now - 4490421);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'M6YxISWE5Z6CUNpaU-BowA', 1, 7993036422098409913, 1);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, 1, '2026-11-30 10:59:38'),
	(2, 1, 1, '2026-11-30 10:59:38'),
	(3, 2, 1, '2026-11-30 10:59:38'),
	(4, 3, 1, '2026-11-30 10:59:38'),
	(5, 4, 1, '2026-11-30 10:59:38'),
	(6, 5, 1, '2026-11-30 10:59:38'),
	(7, 6, 1, '2026-11-30 10:59:38'),
	(8, 7, 1, '2026-11-30 10:59:38'),
	(9, 8, 1, '2026-11-30 10:59:39'),
	(10, 9, 1, '2026-11-30 10:59:39'),
	(11, 10, 1, '2026-11-30 10:59:39'),
	(12, 11, 1, '2026-11-30 10:59:39'),
	(13, 12, 1, '2026-11-30 10:59:39'),
	(14, 13, 1, '2026-11-30 10:59:39'),
	(15, 14, 1, '2026-11-30 10:59:39'),
	(16, 15, 1, '2026-11-30 10:59:39'),
	(17, 16, 1, '2026-11-30 10:59:39'),
	(18, 17, 1, '2026-11-30 10:59:39'),
	(19, 18, 1, '2026-11-30 10:59:39'),
	(20, 19, 1, '2026-11-30 10:59:39'),
	(21, 20, 1, '2026-11-30 10:59:39'),
	(22, 21, 1, '2026-11-30 10:59:39'),
	(23, 22, 1, '2026-11-30 10:59:39'),
	(24, 23, 1, '2026-11-30 10:59:39'),
	(25, 24, 1, '2026-11-30 10:59:39'),
	(26, 25, 1, '2026-11-30 10:59:39'),
	(27, 26, 1, '2026-11-30 10:59:39'),
	(28, 27, 1, '2026-11-30 10:59:39'),
	(29, 28, 1, '2026-11-30 10:59:39'),
	(30, 29, 1, '2026-11-30 10:59:39'),
	(31, 30, 1, '2026-11-30 10:59:39'),
	(32, 31, 1, '2026-11-30 10:59:39'),
	(33, 32, 1, '2026-11-30 10:59:39'),
	(34, 33, 1, '2026-11-30 10:59:39'),
	(35, 34, 1, '2026-11-30 10:59:39'),
	(36, 35, 1, '2026-11-30 10:59:39'),
	(37, 36, 1, '2026-11-30 10:59:39'),
	(38, 37, 1, '2026-11-30 10:59:39'),
	(39, 38, 1, '2026-11-30 10:59:39'),
	(40, 39, 1, '2026-11-30 10:59:39'),
	(41, 40, 1, '2026-11-30 10:59:39'),
	(42, 41, 1, '2026-11-30 10:59:39'),
	(43, 42, 1, '2026-11-30 10:59:39'),
	(44, 43, 1, '2026-11-30 10:59:39'),
	(45, 44, 1, '2026-11-30 10:59:39'),
	(46, 45, 1, '2026-11-30 10:59:39'),
	(47, 46, 1, '2026-11-30 10:59:39'),
	(48, 47, 1, '2026-11-30 10:59:39'),
	(49, 48, 1, '2026-11-30 10:59:39'),
	(50, 49, 1, '2026-11-30 10:59:39'),
	(51, 50, 1, '2026-11-30 10:59:39'),
	(52, 51, 1, '2026-11-30 10:59:39'),
	(53, 52, 1, '2026-11-30 10:59:39'),
	(54, 53, 1, '2026-11-30 10:59:39'),
	(55, 54, 1, '2026-11-30 10:59:39'),
	(56, 55, 1, '2026-11-30 10:59:39'),
	(57, 56, 1, '2026-11-30 10:59:39'),
	(58, 57, 1, '2026-11-30 10:59:39'),
	(59, 58, 1, '2026-11-30 10:59:39'),
	(60, 59, 1, '2026-11-30 10:59:39'),
	(61, 60, 1, '2026-11-30 10:59:39'),
	(62, 61, 1, '2026-11-30 10:59:39'),
	(63, 62, 1, '2026-11-30 10:59:39'),
	(64, 63, 1, '2026-11-30 10:59:39'),
	(65, 64, 1, '2026-11-30 10:59:39'),
	(66, 65, 1, '2026-11-30 10:59:39'),
	(67, 66, 1, '2026-11-30 10:59:39'),
	(68, 67, 1, '2026-11-30 10:59:39'),
	(69, 68, 1, '2026-11-30 10:59:39'),
	(70, 69, 1, '2026-11-30 10:59:39'),
	(71, 70, 1, '2026-11-30 10:59:39'),
	(72, 71, 1, '2026-11-30 10:59:39'),
	(73, 72, 1, '2026-11-30 10:59:39'),
	(74, 73, 1, '2026-11-30 10:59:39'),
	(75, 74, 1, '2026-11-30 10:59:39'),
	(76, 75, 1, '2026-11-30 10:59:39'),
	(77, 76, 1, '2026-11-30 10:59:39'),
	(78, 77, 1, '2026-11-30 10:59:39'),
	(79, 78, 1, '2026-11-30 10:59:39'),
	(80, 79, 1, '2026-11-30 10:59:39'),
	(81, 80, 1, '2026-11-30 10:59:39');

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22c1c-4758-76a6-9d85-dfc3d9377d78', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22c1c-474b-7822-8a6d-042f1f35b2b7","token_table":"pending_signups","expires_at":"@time(23h59m55.471844s)","data":{"address":"127.0.0.1","place":"","time":"@time(-5.019415s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4514910, @now + 86395471844, NULL, '', @now - 4514910, @now - 4492610),
	('main', '01a22c1c-4abe-7975-9b8c-73ba83ea9dc3', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22c1c-4abe-7294-b436-314eb15a59d6","token_table":"one_time_tokens","expires_at":"@time(59m56.354752s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.019415s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3644746, @now + 3596354752, NULL, '', @now - 3644746, @now - 3626905),
	('main', '01a22c1c-4b55-7821-bc6a-b340c154f435', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22c1c-4b4d-7e07-8ac4-c1479b5ed6c1","token_table":"pending_signups","expires_at":"@time(23h59m56.49817s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.019415s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3493789, @now + 86396498170, NULL, '', @now - 3493789, @now - 3486097),
	('main', '01a22c1c-4bcb-7b3b-abb5-5e41d825e866', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22c1c-4bc9-7442-92c3-c618a6e47d7b","token_table":"pending_signups","expires_at":"@time(23h59m56.621575s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.019415s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.9UWsN2TU0Uc-jW2c6KgHZS046shgAoHG02GWZMF5m1pec2Wu3N7gH3g4tQURIo4YG3hepmccHvFWs5pmaR-DiDah5D-tndZQwp1rAg', 'ready', 1, 14, 1, @now + 2460610, @now + 86396621575, NULL, 'send mail: mail server 127.0.0.1:42117: connect: EOF', @now - 3374803, @now - 3368388);

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22c1c-4abe-7294-b436-314eb15a59d6', 'reset_password', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'Tul1N8QLQJpy9wbO0xAnzoSLl_90gsXKDF3e6pMEyvg', 1, @now - 3645248, @now + 3596354752, NULL, NULL, '', '', '', '');

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22c1c-474b-7822-8a6d-042f1f35b2b7', 'ada@people.example', 'ada@people.example', '', '', 'q2kllKZ7n0bRmY-_KZcznicBm9FCYA_Q7mYoYFl7d4w', @now - 4528156, @now + 86395471844, @now - 4494006, NULL, '', 'oIrWyAmmDerZdwOENga6FLyL2zpJuzNf-snt73IXZ0w', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 4528156, ''),
	('main', '01a22c1c-4b4d-7e07-8ac4-c1479b5ed6c1', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$Jw9rXD31BQ9mXVWBRptQdg$BeKZkKF193JwUX3N5+zVoVOBn7G6nltoyCv3UuNiu+o', '', '1Cf6bpytCIKFCjLoX4r_klGCWdyMoI6ol1CH498FpwU', @now - 3501830, @now + 86396498170, NULL, NULL, '', 'YepDEPqFkEBELjWLLRnvCwL3a1PTMKWROnQGQ6wvoQs', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3501830, ''),
	('main', '01a22c1c-4bc9-7442-92c3-c618a6e47d7b', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$OgQqWKqOG4t5bHrcPt2Tmg$OKiuBwyjPZ9TxAdnFEifzecfiO0WXmZoKgEXdXkLmPE', '', 'pgcoE5_x46pZ7pXTeNsL7mdONss1MkqjJgOnI8y1o8U', @now - 3378425, @now + 86396621575, NULL, NULL, '', 'maUygkC-hgO_B3wkfj0HM4FjWP5w-sb8UrHZTzNcYag', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3378425, '');

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '8a8dfea2-9794-4671-92ac-a86caa6df2fc', 0, @now - 3650266, @now + 1076349734, 7993036422098409913);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 5180548);

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at) VALUES
	('main', '8a8dfea2-9794-4671-92ac-a86caa6df2fc', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 0, 'NBly920vuE30mRJfdqUpOg', -1, NULL, @now - 3653772, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4051927, '', @now + 7775996346228, @now + 2591996346228, @now - 3650266, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3653772, @now - 3653772),
	('main', 'c50e5b0d-9af1-432a-84b1-de2e9dace05f', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 1, 'n3jzsO0qKftn5BPA8N8KlQ', 0, @now - 4061340, @now - 4061340, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4468592, '', @now + 7775995925147, @now + 2591995938660, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 4074853, @now - 4061340);

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'dMezJIqcTtUNzpjibc--kf6J-4b7U7Uxw3wswbRagxY', 'ES256', '{"use":"sig","kty":"EC","kid":"dMezJIqcTtUNzpjibc--kf6J-4b7U7Uxw3wswbRagxY","crv":"P-256","alg":"ES256","x":"4dp9bkjIqUfag12veHf2PQrGtqv_easlJ_0gN3C9f6w","y":"KAsNnaRNbEEVw6e2MV2qzsaeHjuUUOAFi2VjLXJ2gf4"}', 'v1.jz9HJA.kfI6i3juK2VjEl7ccH_zYW-0bdUtemB00sV5NJ28HOLkhYJ3fnGkzoEQJFWguxAa4B-uqRaXfpRlRfkDZNyKyvDTVIlEisq1xsKFwWrl1BZSJsoKrj3HkQPYX9YUvgUG9bdvkjTSLNMm5GhtpsYFFwSHboU4vBXn-cLOiWsxiqPOQ1EeXJEpAV69zBicklKloxzS75g4BG7s-WJDm0cBQCGShryI3Q', @now - 4997828, @now - 4997828, NULL);

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo) VALUES
	('main', 'c16aec7f-fabe-489b-a18d-41402b0653e3', 'ada@people.example', 'ada@people.example', @now - 4490421, '', '{}', '', 'active', 1, @now - 3653772, @now - 4490421, @now - 4490421, @now - 4490421, '', '');
