-- Written by make fixture. @now is the time in microseconds, @time(0s) is that far from it.
CREATE TABLE public.attempts (
    realm_id character varying(64) NOT NULL,
    kind character varying(32) NOT NULL,
    subject character varying(255) NOT NULL,
    tries integer NOT NULL,
    window_ends_at bigint NOT NULL
);
CREATE TABLE public.audit_events (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    kind character varying(64) NOT NULL,
    outcome character varying(16) NOT NULL,
    reason character varying(64) NOT NULL,
    actor_id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    session_hash character varying(128) NOT NULL,
    request_id character varying(128) NOT NULL,
    details text NOT NULL,
    created_at bigint NOT NULL,
    commitment character varying(64)
);
CREATE TABLE public.audit_hashes (
    realm_id character varying(64) NOT NULL,
    tree_id character varying(64) NOT NULL,
    "position" bigint NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.audit_heads (
    realm_id character varying(64) NOT NULL,
    tree_id character varying(64) NOT NULL,
    size bigint NOT NULL,
    note text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.audit_keys (
    realm_id character varying(64) NOT NULL,
    number bigint NOT NULL,
    public_key text NOT NULL,
    private_sealed text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.audit_leaves (
    realm_id character varying(64) NOT NULL,
    tree_id character varying(64) NOT NULL,
    leaf bigint NOT NULL,
    event_id character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    commitment character varying(64) NOT NULL,
    body_dropped smallint NOT NULL
);
CREATE TABLE public.audit_personal (
    realm_id character varying(64) NOT NULL,
    event_id character varying(64) NOT NULL,
    address character varying(64) NOT NULL,
    user_agent text NOT NULL,
    email character varying(320) NOT NULL,
    salt character varying(64)
);
CREATE TABLE public.audit_repeats (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    event_id character varying(64) NOT NULL,
    number integer NOT NULL,
    began_at bigint NOT NULL
);
CREATE TABLE public.audit_tree (
    realm_id character varying(64) NOT NULL,
    number bigint NOT NULL,
    tree_id character varying(64) NOT NULL,
    size bigint NOT NULL,
    turn bigint NOT NULL,
    began_at bigint NOT NULL,
    closed_at bigint
);
CREATE TABLE public.audit_unsealed (
    realm_id character varying(64) NOT NULL,
    event_id character varying(64) NOT NULL
);
CREATE TABLE public.browser_sessions (
    realm_id character varying(64) NOT NULL,
    session_id character varying(64) NOT NULL,
    cookie_hash character varying(128) NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.client_secrets (
    realm_id character varying(64) NOT NULL,
    client_id character varying(255) NOT NULL,
    id character varying(64) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    hint character varying(16) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint
);
CREATE TABLE public.clients (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    client_id character varying(255) NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(16) NOT NULL,
    first_party smallint NOT NULL,
    redirect_uris text NOT NULL,
    post_logout_uris text NOT NULL,
    grant_types text NOT NULL,
    scopes text NOT NULL,
    audiences text NOT NULL,
    auth_method character varying(64) NOT NULL,
    settings text NOT NULL,
    epoch bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    disabled_at bigint
);
CREATE TABLE public.credential_forms (
    realm_id character varying(64) NOT NULL,
    form character varying(255) NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.credentials (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    kind character varying(32) NOT NULL,
    secret text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.deletions (
    realm_id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    requested_at bigint NOT NULL,
    erase_at bigint NOT NULL,
    started_at bigint
);
CREATE TABLE public.email_changes (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    old_email character varying(320) NOT NULL,
    old_canonical character varying(320) NOT NULL,
    old_verified_at bigint,
    new_email character varying(320) NOT NULL,
    new_canonical character varying(320) NOT NULL,
    confirm_token_id character varying(64) NOT NULL,
    undo_token_id character varying(64) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    confirmed_at bigint,
    undone_at bigint
);
CREATE TABLE public.external_ids (
    realm_id character varying(64) NOT NULL,
    source character varying(64) NOT NULL,
    id_hash character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    external_id character varying(255) NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.facts (
    realm_id character varying(64) NOT NULL,
    name character varying(64) NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.feed (
    realm_id character varying(64) NOT NULL,
    history_id character varying(64) NOT NULL,
    number bigint NOT NULL,
    mark bigint,
    marked_number bigint
);
CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hook_deliveries (
    realm_id character varying(64) NOT NULL,
    endpoint_id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    event_number bigint NOT NULL,
    job_id character varying(64) NOT NULL
);
CREATE TABLE public.hook_endpoints (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    url character varying(2000) NOT NULL,
    kinds text NOT NULL,
    ordered smallint NOT NULL,
    owner_email character varying(320) NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    disabled_at bigint,
    failing_since bigint
);
CREATE TABLE public.hook_secrets (
    realm_id character varying(64) NOT NULL,
    endpoint_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    secret_sealed character varying(512) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint
);
CREATE TABLE public.idempotency_keys (
    realm_id character varying(64) NOT NULL,
    key_hash character varying(64) NOT NULL,
    body_hash character varying(64) NOT NULL,
    holder character varying(64) NOT NULL,
    session_id character varying(64) NOT NULL,
    answer_sealed text NOT NULL,
    misses integer NOT NULL,
    started_at bigint,
    expires_at bigint NOT NULL
);
CREATE TABLE public.identities (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    provider character varying(64) NOT NULL,
    subject character varying(255) NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.imports (
    realm_id character varying(64) NOT NULL,
    source character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    cursor_text character varying(255) NOT NULL,
    rows_done bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.jobs (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    kind character varying(64) NOT NULL,
    payload text NOT NULL,
    secret_sealed text NOT NULL,
    state character varying(16) NOT NULL,
    attempts integer NOT NULL,
    max_attempts integer NOT NULL,
    fence bigint NOT NULL,
    run_at bigint NOT NULL,
    expires_at bigint,
    lease_expires_at bigint,
    last_error text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.login_steps (
    realm_id character varying(64) NOT NULL,
    token_hash character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    user_epoch bigint NOT NULL,
    amr text NOT NULL,
    device_name character varying(200) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint,
    audience character varying(255)
);
CREATE TABLE public.magic_links (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    address_hash character varying(128) NOT NULL,
    token_hash character varying(128) NOT NULL,
    request_hash character varying(128) NOT NULL,
    code_hash character varying(128) NOT NULL,
    user_epoch bigint NOT NULL,
    tries bigint NOT NULL,
    device_name character varying(200) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint,
    superseded_at bigint
);
CREATE TABLE public.one_time_tokens (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    purpose character varying(32) NOT NULL,
    user_id character varying(64) NOT NULL,
    token_hash character varying(128) NOT NULL,
    user_epoch bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint,
    superseded_at bigint,
    session_id character varying(64),
    proof_hash character varying(128),
    ip character varying(64),
    user_agent text
);
CREATE TABLE public.passkeys (
    realm_id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    credential_id text NOT NULL,
    credential_hash character varying(64) NOT NULL,
    public_key text NOT NULL,
    sign_count bigint NOT NULL,
    user_verified smallint NOT NULL,
    backup_eligible smallint NOT NULL,
    backed_up smallint NOT NULL,
    transports text NOT NULL,
    aaguid character varying(64) NOT NULL,
    attestation character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint
);
CREATE TABLE public.pending_signups (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    email character varying(320) NOT NULL,
    email_canonical character varying(320) NOT NULL,
    password_hash text NOT NULL,
    name character varying(200) NOT NULL,
    token_hash character varying(128) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint,
    superseded_at bigint,
    signup_id character varying(64),
    proof_hash character varying(128),
    source character varying(128),
    ip character varying(64),
    user_agent text,
    mailed_at bigint,
    language character varying(64)
);
CREATE TABLE public.recovery_codes (
    realm_id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    code_hash character varying(64) NOT NULL,
    created_at bigint NOT NULL,
    used_at bigint
);
CREATE TABLE public.revocations (
    realm_id character varying(64) NOT NULL,
    number bigint NOT NULL,
    kind character varying(16) NOT NULL,
    subject character varying(255) NOT NULL,
    epoch bigint NOT NULL,
    revoked_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    mark bigint
);
CREATE TABLE public.roles (
    realm_id character varying(64) NOT NULL,
    name character varying(64) NOT NULL,
    permissions text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.secret_keys (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    check_value character varying(255) NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.sessions (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    generation bigint NOT NULL,
    nonce character varying(64) NOT NULL,
    parent bigint NOT NULL,
    parent_rotated_at bigint,
    rotated_at bigint NOT NULL,
    newest_used smallint NOT NULL,
    user_epoch bigint NOT NULL,
    client_id character varying(255) NOT NULL,
    audience text NOT NULL,
    scope text NOT NULL,
    kind character varying(32) NOT NULL,
    amr character varying(255) NOT NULL,
    acr character varying(255) NOT NULL,
    auth_time bigint,
    cnf_jkt character varying(64) NOT NULL,
    expires_at bigint NOT NULL,
    idle_expires_at bigint NOT NULL,
    revoked_at bigint,
    revoked_reason character varying(64) NOT NULL,
    user_agent text NOT NULL,
    ip character varying(64) NOT NULL,
    device_name text NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint,
    administered_at bigint
);
CREATE TABLE public.signing_keys (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    algorithm character varying(16) NOT NULL,
    public_jwk text NOT NULL,
    private_sealed text NOT NULL,
    created_at bigint NOT NULL,
    active_at bigint NOT NULL,
    expires_at bigint
);
CREATE TABLE public.spent_challenges (
    realm_id character varying(64) NOT NULL,
    challenge_hash character varying(64) NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE public.stats_hours (
    realm_id character varying(64) NOT NULL,
    hour bigint NOT NULL,
    series character varying(64) NOT NULL,
    reason character varying(64) NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.totp (
    realm_id character varying(64) NOT NULL,
    user_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    secret_sealed text NOT NULL,
    last_step bigint NOT NULL,
    created_at bigint NOT NULL,
    confirmed_at bigint,
    expires_at bigint,
    codes_made_at bigint
);
CREATE TABLE public.undelivered_sessions (
    realm_id character varying(64) NOT NULL,
    session_id character varying(64) NOT NULL,
    device_hash character varying(64) NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.users (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    email character varying(320) NOT NULL,
    email_canonical character varying(320) NOT NULL,
    email_verified_at bigint,
    name character varying(200) NOT NULL,
    metadata text NOT NULL,
    roles text NOT NULL,
    status character varying(32) NOT NULL,
    epoch bigint NOT NULL,
    last_login_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    claimed_at bigint,
    language character varying(64),
    zoneinfo character varying(64),
    event_number bigint,
    version bigint,
    app_metadata text
);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (realm_id, kind, subject);
ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.audit_hashes
    ADD CONSTRAINT audit_hashes_pkey PRIMARY KEY (realm_id, tree_id, "position");
ALTER TABLE ONLY public.audit_heads
    ADD CONSTRAINT audit_heads_pkey PRIMARY KEY (realm_id, tree_id, size);
ALTER TABLE ONLY public.audit_keys
    ADD CONSTRAINT audit_keys_pkey PRIMARY KEY (realm_id, number);
ALTER TABLE ONLY public.audit_leaves
    ADD CONSTRAINT audit_leaves_event_key UNIQUE (realm_id, event_id);
ALTER TABLE ONLY public.audit_leaves
    ADD CONSTRAINT audit_leaves_pkey PRIMARY KEY (realm_id, tree_id, leaf);
ALTER TABLE ONLY public.audit_personal
    ADD CONSTRAINT audit_personal_pkey PRIMARY KEY (realm_id, event_id);
ALTER TABLE ONLY public.audit_repeats
    ADD CONSTRAINT audit_repeats_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.audit_tree
    ADD CONSTRAINT audit_tree_id_key UNIQUE (realm_id, tree_id);
ALTER TABLE ONLY public.audit_tree
    ADD CONSTRAINT audit_tree_pkey PRIMARY KEY (realm_id, number);
ALTER TABLE ONLY public.audit_unsealed
    ADD CONSTRAINT audit_unsealed_pkey PRIMARY KEY (realm_id, event_id);
ALTER TABLE ONLY public.browser_sessions
    ADD CONSTRAINT browser_sessions_cookie_key UNIQUE (realm_id, cookie_hash);
ALTER TABLE ONLY public.browser_sessions
    ADD CONSTRAINT browser_sessions_pkey PRIMARY KEY (realm_id, session_id);
ALTER TABLE ONLY public.client_secrets
    ADD CONSTRAINT client_secrets_pkey PRIMARY KEY (realm_id, client_id, id);
ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_client_id_key UNIQUE (realm_id, client_id);
ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.credential_forms
    ADD CONSTRAINT credential_forms_pkey PRIMARY KEY (realm_id, form);
ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_user_kind_key UNIQUE (realm_id, user_id, kind);
ALTER TABLE ONLY public.deletions
    ADD CONSTRAINT deletions_pkey PRIMARY KEY (realm_id, user_id);
ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.external_ids
    ADD CONSTRAINT external_ids_pkey PRIMARY KEY (realm_id, source, id_hash);
ALTER TABLE ONLY public.facts
    ADD CONSTRAINT facts_pkey PRIMARY KEY (realm_id, name);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (realm_id);
ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hook_deliveries
    ADD CONSTRAINT hook_deliveries_pkey PRIMARY KEY (realm_id, endpoint_id, user_id, event_number, job_id);
ALTER TABLE ONLY public.hook_endpoints
    ADD CONSTRAINT hook_endpoints_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.hook_secrets
    ADD CONSTRAINT hook_secrets_pkey PRIMARY KEY (realm_id, endpoint_id, id);
ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (realm_id, key_hash);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_subject_key UNIQUE (realm_id, provider, subject);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (realm_id, source);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.login_steps
    ADD CONSTRAINT login_steps_pkey PRIMARY KEY (realm_id, token_hash);
ALTER TABLE ONLY public.magic_links
    ADD CONSTRAINT magic_links_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.magic_links
    ADD CONSTRAINT magic_links_request_key UNIQUE (realm_id, request_hash);
ALTER TABLE ONLY public.magic_links
    ADD CONSTRAINT magic_links_token_key UNIQUE (realm_id, token_hash);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_token_key UNIQUE (realm_id, token_hash);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_key UNIQUE (realm_id, credential_hash);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (realm_id, user_id, id);
ALTER TABLE ONLY public.pending_signups
    ADD CONSTRAINT pending_signups_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.pending_signups
    ADD CONSTRAINT pending_signups_token_key UNIQUE (realm_id, token_hash);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (realm_id, user_id, code_hash);
ALTER TABLE ONLY public.revocations
    ADD CONSTRAINT revocations_pkey PRIMARY KEY (realm_id, number);
ALTER TABLE ONLY public.roles
    ADD CONSTRAINT roles_pkey PRIMARY KEY (realm_id, name);
ALTER TABLE ONLY public.secret_keys
    ADD CONSTRAINT secret_keys_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.spent_challenges
    ADD CONSTRAINT spent_challenges_pkey PRIMARY KEY (realm_id, challenge_hash);
ALTER TABLE ONLY public.stats_hours
    ADD CONSTRAINT stats_hours_pkey PRIMARY KEY (realm_id, hour, series, reason);
ALTER TABLE ONLY public.totp
    ADD CONSTRAINT totp_pkey PRIMARY KEY (realm_id, user_id);
ALTER TABLE ONLY public.undelivered_sessions
    ADD CONSTRAINT undelivered_sessions_pkey PRIMARY KEY (realm_id, session_id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (realm_id, email_canonical);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (realm_id, id);
CREATE INDEX attempts_expiry_idx ON public.attempts USING btree (realm_id, window_ends_at);
CREATE INDEX audit_events_kind_idx ON public.audit_events USING btree (realm_id, kind, id);
CREATE INDEX audit_events_user_idx ON public.audit_events USING btree (realm_id, user_id, id);
CREATE INDEX audit_personal_email_idx ON public.audit_personal USING btree (realm_id, email);
CREATE INDEX audit_repeats_age_idx ON public.audit_repeats USING btree (realm_id, began_at);
CREATE INDEX deletions_due_idx ON public.deletions USING btree (realm_id, erase_at);
CREATE INDEX email_changes_expiry_idx ON public.email_changes USING btree (realm_id, expires_at);
CREATE INDEX email_changes_user_idx ON public.email_changes USING btree (realm_id, user_id, created_at);
CREATE INDEX external_ids_user_idx ON public.external_ids USING btree (realm_id, user_id);
CREATE INDEX idempotency_keys_expiry_idx ON public.idempotency_keys USING btree (realm_id, expires_at);
CREATE INDEX identities_user_idx ON public.identities USING btree (realm_id, user_id);
CREATE INDEX jobs_due_idx ON public.jobs USING btree (realm_id, state, kind, run_at);
CREATE INDEX jobs_expiry_idx ON public.jobs USING btree (realm_id, expires_at);
CREATE INDEX jobs_settled_idx ON public.jobs USING btree (realm_id, state, updated_at);
CREATE INDEX jobs_state_idx ON public.jobs USING btree (realm_id, state, id);
CREATE INDEX login_steps_expiry_idx ON public.login_steps USING btree (realm_id, expires_at);
CREATE INDEX login_steps_user_idx ON public.login_steps USING btree (realm_id, user_id);
CREATE INDEX magic_links_address_idx ON public.magic_links USING btree (realm_id, address_hash);
CREATE INDEX magic_links_expiry_idx ON public.magic_links USING btree (realm_id, expires_at);
CREATE INDEX magic_links_user_idx ON public.magic_links USING btree (realm_id, user_id);
CREATE INDEX one_time_tokens_expiry_idx ON public.one_time_tokens USING btree (realm_id, expires_at);
CREATE INDEX one_time_tokens_user_idx ON public.one_time_tokens USING btree (realm_id, user_id, purpose);
CREATE INDEX pending_signups_email_idx ON public.pending_signups USING btree (realm_id, email_canonical, created_at);
CREATE INDEX pending_signups_expiry_idx ON public.pending_signups USING btree (realm_id, expires_at);
CREATE INDEX revocations_expiry_idx ON public.revocations USING btree (realm_id, expires_at);
CREATE INDEX revocations_subject_idx ON public.revocations USING btree (realm_id, kind, subject);
CREATE INDEX sessions_expiry_idx ON public.sessions USING btree (realm_id, expires_at);
CREATE INDEX sessions_revoked_idx ON public.sessions USING btree (realm_id, revoked_at);
CREATE INDEX sessions_user_idx ON public.sessions USING btree (realm_id, user_id, created_at);
CREATE INDEX spent_challenges_expiry_idx ON public.spent_challenges USING btree (realm_id, expires_at);
CREATE INDEX totp_expiry_idx ON public.totp USING btree (realm_id, expires_at);
CREATE INDEX undelivered_sessions_age_idx ON public.undelivered_sessions USING btree (realm_id, created_at);
CREATE INDEX undelivered_sessions_device_idx ON public.undelivered_sessions USING btree (realm_id, device_hash, created_at);
ALTER TABLE ONLY public.audit_personal
    ADD CONSTRAINT audit_personal_event_id_fkey FOREIGN KEY (realm_id, event_id) REFERENCES public.audit_events(realm_id, id);
ALTER TABLE ONLY public.browser_sessions
    ADD CONSTRAINT browser_sessions_session_id_fkey FOREIGN KEY (realm_id, session_id) REFERENCES public.sessions(realm_id, id);
ALTER TABLE ONLY public.client_secrets
    ADD CONSTRAINT client_secrets_client_id_fkey FOREIGN KEY (realm_id, client_id) REFERENCES public.clients(realm_id, client_id);
ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.deletions
    ADD CONSTRAINT deletions_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.external_ids
    ADD CONSTRAINT external_ids_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.hook_secrets
    ADD CONSTRAINT hook_secrets_endpoint_id_fkey FOREIGN KEY (realm_id, endpoint_id) REFERENCES public.hook_endpoints(realm_id, id);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.login_steps
    ADD CONSTRAINT login_steps_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);
ALTER TABLE ONLY public.totp
    ADD CONSTRAINT totp_user_id_fkey FOREIGN KEY (realm_id, user_id) REFERENCES public.users(realm_id, id);

INSERT INTO goose_db_version (id, version_id, is_applied, tstamp) VALUES
	(1, 0, true, '2026-11-30 22:32:48'),
	(2, 1, true, '2026-11-30 22:32:48'),
	(3, 2, true, '2026-11-30 22:32:48'),
	(4, 3, true, '2026-11-30 22:32:48'),
	(5, 4, true, '2026-11-30 22:32:48'),
	(6, 5, true, '2026-11-30 22:32:48'),
	(7, 6, true, '2026-11-30 22:32:48'),
	(8, 7, true, '2026-11-30 22:32:48'),
	(9, 8, true, '2026-11-30 22:32:48'),
	(10, 9, true, '2026-11-30 22:32:48'),
	(11, 10, true, '2026-11-30 22:32:48'),
	(12, 11, true, '2026-11-30 22:32:48'),
	(13, 12, true, '2026-11-30 22:32:48'),
	(14, 13, true, '2026-11-30 22:32:48'),
	(15, 14, true, '2026-11-30 22:32:48'),
	(16, 15, true, '2026-11-30 22:32:48'),
	(17, 16, true, '2026-11-30 22:32:48'),
	(18, 17, true, '2026-11-30 22:32:48'),
	(19, 18, true, '2026-11-30 22:32:48'),
	(20, 19, true, '2026-11-30 22:32:48'),
	(21, 20, true, '2026-11-30 22:32:48'),
	(22, 21, true, '2026-11-30 22:32:48'),
	(23, 22, true, '2026-11-30 22:32:48'),
	(24, 23, true, '2026-11-30 22:32:48'),
	(25, 24, true, '2026-11-30 22:32:48'),
	(26, 25, true, '2026-11-30 22:32:48'),
	(27, 26, true, '2026-11-30 22:32:48'),
	(28, 27, true, '2026-11-30 22:32:48'),
	(29, 28, true, '2026-11-30 22:32:49'),
	(30, 29, true, '2026-11-30 22:32:49'),
	(31, 30, true, '2026-11-30 22:32:49'),
	(32, 31, true, '2026-11-30 22:32:49'),
	(33, 32, true, '2026-11-30 22:32:49'),
	(34, 33, true, '2026-11-30 22:32:49'),
	(35, 34, true, '2026-11-30 22:32:49'),
	(36, 35, true, '2026-11-30 22:32:49'),
	(37, 36, true, '2026-11-30 22:32:49'),
	(38, 37, true, '2026-11-30 22:32:49'),
	(39, 38, true, '2026-11-30 22:32:49'),
	(40, 39, true, '2026-11-30 22:32:49'),
	(41, 40, true, '2026-11-30 22:32:49'),
	(42, 41, true, '2026-11-30 22:32:49'),
	(43, 42, true, '2026-11-30 22:32:49'),
	(44, 43, true, '2026-11-30 22:32:49'),
	(45, 44, true, '2026-11-30 22:32:49'),
	(46, 45, true, '2026-11-30 22:32:49'),
	(47, 46, true, '2026-11-30 22:32:49'),
	(48, 47, true, '2026-11-30 22:32:49'),
	(49, 48, true, '2026-11-30 22:32:49'),
	(50, 49, true, '2026-11-30 22:32:49'),
	(51, 50, true, '2026-11-30 22:32:49'),
	(52, 51, true, '2026-11-30 22:32:49'),
	(53, 52, true, '2026-11-30 22:32:49'),
	(54, 53, true, '2026-11-30 22:32:49'),
	(55, 54, true, '2026-11-30 22:32:49'),
	(56, 55, true, '2026-11-30 22:32:49'),
	(57, 56, true, '2026-11-30 22:32:49'),
	(58, 57, true, '2026-11-30 22:32:49'),
	(59, 58, true, '2026-11-30 22:32:49'),
	(60, 59, true, '2026-11-30 22:32:49'),
	(61, 60, true, '2026-11-30 22:32:49'),
	(62, 61, true, '2026-11-30 22:32:49'),
	(63, 62, true, '2026-11-30 22:32:49'),
	(64, 63, true, '2026-11-30 22:32:49'),
	(65, 64, true, '2026-11-30 22:32:49'),
	(66, 65, true, '2026-11-30 22:32:49'),
	(67, 66, true, '2026-11-30 22:32:49'),
	(68, 67, true, '2026-11-30 22:32:49'),
	(69, 68, true, '2026-11-30 22:32:49'),
	(70, 69, true, '2026-11-30 22:32:49'),
	(71, 70, true, '2026-11-30 22:32:49'),
	(72, 71, true, '2026-11-30 22:32:49'),
	(73, 72, true, '2026-11-30 22:32:49'),
	(74, 73, true, '2026-11-30 22:32:49'),
	(75, 74, true, '2026-11-30 22:32:49'),
	(76, 75, true, '2026-11-30 22:32:49'),
	(77, 76, true, '2026-11-30 22:32:49'),
	(78, 77, true, '2026-11-30 22:32:49'),
	(79, 78, true, '2026-11-30 22:32:49'),
	(80, 79, true, '2026-11-30 22:32:49'),
	(81, 80, true, '2026-11-30 22:32:49'),
	(82, 81, true, '2026-11-30 22:32:49'),
	(83, 82, true, '2026-11-30 22:32:49'),
	(84, 83, true, '2026-11-30 22:32:49'),
	(85, 84, true, '2026-11-30 22:32:49'),
	(86, 85, true, '2026-11-30 22:32:49'),
	(87, 86, true, '2026-11-30 22:32:49'),
	(88, 87, true, '2026-11-30 22:32:49'),
	(89, 88, true, '2026-11-30 22:32:49'),
	(90, 89, true, '2026-11-30 22:32:49'),
	(91, 90, true, '2026-11-30 22:32:49'),
	(92, 91, true, '2026-11-30 22:32:49'),
	(93, 92, true, '2026-11-30 22:32:49'),
	(94, 93, true, '2026-11-30 22:32:49'),
	(95, 94, true, '2026-11-30 22:32:49'),
	(96, 95, true, '2026-11-30 22:32:49'),
	(97, 96, true, '2026-11-30 22:32:49'),
	(98, 97, true, '2026-11-30 22:32:49'),
	(99, 98, true, '2026-11-30 22:32:49'),
	(100, 99, true, '2026-11-30 22:32:49'),
	(101, 100, true, '2026-11-30 22:32:49'),
	(102, 101, true, '2026-11-30 22:32:49'),
	(103, 102, true, '2026-11-30 22:32:49'),
	(104, 103, true, '2026-11-30 22:32:49');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 'ada@people.example', 'ada@people.example', @now - 4531201, '', '{}', '', 'active', 1, @now - 4112241, @now - 4531201, @now - 4531201, @now - 4531201, '', '', 0, 0, '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22e96-e1f5-7967-8bae-e9ac78d690fd', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 'password', '$argon2id$v=19$m=19456,t=2,p=1$NwTiw9vAl/X53ZYMNItUeg$eaDI8J/B7lpxeGDGUWI7L3X8A7YDfRRjMTQkqNzN6+E', @now - 4531201, @now - 4531201);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22e96-e190-7a0c-9250-d157c812a98c', 'ada@people.example', 'ada@people.example', '', '', 'StRRDp7Q79-2Pi9SLrXdHTNWJ5I9hPWiblr5obdfJTw', @now - 4631401, @now + 86395368599, @now - 4532487, NULL, '', '59SZ07a3WEMprtaJxO8DltEyTAQ0qO2Q2NLRjqeti78', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 4631401, ''),
	('main', '01a22e96-e40d-7d7a-b93f-41527cfbf483', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$/eqtgTsAd9PLhnlPQ+Wuew$bxJKyoykWOXfei0hdGKp2/bJnMArYDw4uz4Kk1zglK0', '', '4k7ErenSxuCIv43ZvXVIvzwmBu3z3m-7wJQlCL0_kok', @now - 3994688, @now + 86396005312, NULL, NULL, '', 'QlUQB2MTu2y5gjIH1xBZ1OnrIOHfcC6k_dEAthSQoZw', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3994688, ''),
	('main', '01a22e96-e4fc-7efc-8066-1a9c371b27a1', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$A5N47XB7+pC5OCnA/+qGGg$rev80RydfBuYesjRqg8sN+WInYyKodU0JzUH35paeuA', '', 'IKa3Pj3Y-OoKHHLuj0gyZUabKGsX1ddum05w7ManqEs', @now - 3756540, @now + 86396243460, NULL, NULL, '', 'k5bhM3MOIUiCqXw336Sgw8yQIocs9G5iFIa2yOy2iuk', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3756540, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22e96-e3b1-783e-bf3a-92fdb41e4a28', 'reset_password', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '9PrcY1QdzS-guFwqHwyHwopKA1uyZpp2W90fncXUf1U', 1, @now - 4086256, @now + 3595913744, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', 'a6c68b1b-d0af-4ccc-a6d6-3c12c3e48bec', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 1, 'AIUI3fLsTPZFezDNK2GDdw', 0, @now - 4252634, @now - 4252634, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4521885, '', @now + 7775995735261, @now + 2591995747366, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 4264739, @now - 4252634, NULL),
	('main', '7af82aaa-a766-43c0-8b52-17bee45e2774', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 0, 'zOMMT-CQwvkrcIJpgyVmew', -1, NULL, @now - 4112241, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 4247887, '', @now + 7775995887759, @now + 2591995887759, @now - 4105436, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 4112241, @now - 4112241, NULL);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', '4i3XSWN1i2rtkSqYDDhGFQ', 1, 8062019226888571072, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '7af82aaa-a766-43c0-8b52-17bee45e2774', 0, @now - 4105436, @now + 1075894564, 8062019226888571072);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3595368972),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3595907194),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596006458),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596245420);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22e96-e19b-73e4-b009-eafd8be8e22a', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22e96-e190-7a0c-9250-d157c812a98c","token_table":"pending_signups","expires_at":"@time(23h59m55.368598s)","data":{"address":"127.0.0.1","place":"","time":"@time(-5.439794s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4620460, @now + 86395368599, NULL, '', @now - 4620460, @now - 4611851),
	('main', '01a22e96-e3b6-762d-b5d2-56bbdbf82613', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22e96-e3b1-783e-bf3a-92fdb41e4a28","token_table":"one_time_tokens","expires_at":"@time(59m55.913743s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.439794s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 4081239, @now + 3595913744, NULL, '', @now - 4081239, @now - 4049722),
	('main', '01a22e96-e417-7ee7-a4aa-caa68cd4392d', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22e96-e40d-7d7a-b93f-41527cfbf483","token_table":"pending_signups","expires_at":"@time(23h59m56.005311s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.439794s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3983712, @now + 86396005312, NULL, '', @now - 3983712, @now - 3971024),
	('main', '01a22e96-e504-789a-b254-b715265a36c4', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22e96-e4fc-7efc-8066-1a9c371b27a1","token_table":"pending_signups","expires_at":"@time(23h59m56.243459s)","data":{"address":"127.0.0.1","place":"","time":"@time(-4.439794s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.1V95t_13tkg5w_PGFJOkzAj45v5P_qlvvBuxQi_mI4YnFLnVAiWn1HHsEEZLOIs6z4CXblcy_-lqyEAoAXGuedlOMdcpFYhXHC7-LA', 'ready', 1, 14, 1, @now + 1276174, @now + 86396243460, NULL, 'send mail: mail server 127.0.0.1:39823: connect: EOF', @now - 3746987, @now - 3739900);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22e96-e199-7c7d-84fc-bebbf1f93a0c', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-e0bd-7691-8f84-dbe617857dc6', '{}', @now - 4621974, 'CkZQ3Mx0Ko2X5oAAyGbAJ8tkVr6txB3V50Huaag_6kc'),
	('main', '01a22e96-e1f6-7cac-95d9-ead5dd2c1a9a', 'user.created', 'success', '', '', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '', '01a22e96-e1a5-706f-bc13-13058b3ed24f', '{}', @now - 4528962, 'LLlmWhCB1IS89yWpz3CbGJINXbCVgfUrBvsrEDyI4yM'),
	('main', '01a22e96-e1fa-7759-bad6-c214baca4335', 'email.verified', 'success', '', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '', '01a22e96-e1a5-706f-bc13-13058b3ed24f', '{"by":"link","claimed":true}', @now - 4525310, 'nZreFZqS0NwRqmOY5Xki3K8ZxrFwVEBQhCozToWJc1I'),
	('main', '01a22e96-e302-75e9-ade4-66ff0c7a51a5', 'session.opened', 'success', '', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 'N0EJaOv3oqIcS1i1-bC0Rv-bTJugLl9H3lWMLWQKXL8', '01a22e96-e1fd-7b04-8d5b-97a4625551a0', '{"amr":["pwd"],"new_device":false}', @now - 4261403, 'rFYe-JVjb8Nbgp-OquyIdjASVc2EQyLVt2XV3_w3tG8'),
	('main', '01a22e96-e399-742e-9e32-676290d42280', 'session.opened', 'success', '', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 'sKKNYWVa41jUuhdje6IccpR8EQBga9Y1aAJkLYSN08Y', '01a22e96-e30f-7b9c-aa0f-8bbd12e41a52', '{"amr":["pwd"],"new_device":false}', @now - 4110515, 'dv1_6zJdxa8biZhhX90kqQ_yiy0AZfmL3jkRePPOU6o'),
	('main', '01a22e96-e39e-7c82-bc62-38231b263137', 'session.ended', 'success', 'logout', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', 'sKKNYWVa41jUuhdje6IccpR8EQBga9Y1aAJkLYSN08Y', '01a22e96-e39b-7df8-b0d5-0b146c42bc07', '{}', @now - 4104971, 'fRRFdgNutQJ_Vg2rVNDwFBgEoqnOvuhS2MVGutDS3cQ'),
	('main', '01a22e96-e3b5-72b4-a2e7-0014f32bdb0b', 'password.reset_requested', 'success', '', '', '8d9b1e51-59f7-4c58-80ad-4b8772060b35', '', '01a22e96-e3a6-7605-8153-088a857d4fbb', '{}', @now - 4082615, 'KLipHiHi4iMomssmvbehYrnH6ym6jdCgTv-sSYG5LIk'),
	('main', '01a22e96-e416-740a-b8f2-b10c5cdf62ed', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-e3cf-7921-9a08-3b7132ced2e3', '{}', @now - 3985527, 'Drl4aKh3QzcMPWLHZBVPfpNipkNcZkQb-3lbABuCAX8'),
	('main', '01a22e96-e503-75c4-80c2-c3d64c3cab44', 'sign_up.requested', 'success', '', '', '', '', '01a22e96-e425-7292-84d0-45deab1ad346', '{}', @now - 3748414, '-1W3rk_XQsW816WGgd2cwKCWI3s6Eetl3ZjLxWIEmjw');

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22e96-e199-7c7d-84fc-bebbf1f93a0c', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '3nZb4gqL1va5BamK9lDE8g'),
	('main', '01a22e96-e1f6-7cac-95d9-ead5dd2c1a9a', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'OT-cNtPEEuFa4Jv7ZzhcnQ'),
	('main', '01a22e96-e1fa-7759-bad6-c214baca4335', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'xMZR1i_2SljHOfo1p6qAZw'),
	('main', '01a22e96-e302-75e9-ade4-66ff0c7a51a5', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '5hBX-UG44J-Ux6pDrTuJVw'),
	('main', '01a22e96-e399-742e-9e32-676290d42280', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'UTrJ65n2ydDFjD12AvmQKQ'),
	('main', '01a22e96-e39e-7c82-bc62-38231b263137', '127.0.0.1', 'Go-http-client/1.1', '', 'XbnaM_Qg1jUC5-DqpZaHhg'),
	('main', '01a22e96-e3b5-72b4-a2e7-0014f32bdb0b', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', '_NMu6z3T27Tw6I359Kinew'),
	('main', '01a22e96-e416-740a-b8f2-b10c5cdf62ed', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'yly0ahdyzmCN2K_BN-CNuw'),
	('main', '01a22e96-e503-75c4-80c2-c3d64c3cab44', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'DxSinMfMEfnMwCpfL_hNKA');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'QiExrivoJTPv76CIGs-dBXL2ulxg5qcmY2laDT0inKQ', 'ES256', '{"use":"sig","kty":"EC","kid":"QiExrivoJTPv76CIGs-dBXL2ulxg5qcmY2laDT0inKQ","crv":"P-256","alg":"ES256","x":"AMB_3mj49CeuVpaPq_KnHyUYjI9qsGhT3_VSqmC-mco","y":"lDfdzaKi8aZzAEbLcVLSYFfwja8yDHFFZhoi4K7K6To"}', 'v1.jz9HJA.2DegQ9pqEalaeNPyDpvgXLQl3UOyjiCfvzbc7ie9mIOT0TOyDagpA2uuFC4EEx-w5rxn62gwFYWrDMly3LE_wuYYDQUA9ANYU5qpdld8q4CJ28Dv9Kj3veTAM7_ykfZLlJFR7AMj7zytMjQzCQP1LmBvnSN8quiWfb76VlvEbtvo6yVbYzPczjQZF9IIMnThyCGdeLI8G8ta0RqPTWYkYqYWvS0zZQ', @now - 4982402, @now - 4982402, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 5076086);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796077969);

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'rhhi_EMljbAlJ2uMbw9HbA', 9, 2, @now - 4847814, NULL);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 0, '01a22e96-e199-7c7d-84fc-bebbf1f93a0c', 'jY4PHuyO5PWqrGqWJTlVInNiW1bpX_3_X3pRggKLhZQ', 'CkZQ3Mx0Ko2X5oAAyGbAJ8tkVr6txB3V50Huaag_6kc', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 1, '01a22e96-e1f6-7cac-95d9-ead5dd2c1a9a', 'EH-Raq3s_irmR5DfIUhhD-7c-Y8dT9JAwQCnWEToeWc', 'LLlmWhCB1IS89yWpz3CbGJINXbCVgfUrBvsrEDyI4yM', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 2, '01a22e96-e1fa-7759-bad6-c214baca4335', 'o1FpKI50uMpFl93R9yzVXMC1Yl5jbonBNoeQjbSlQNY', 'nZreFZqS0NwRqmOY5Xki3K8ZxrFwVEBQhCozToWJc1I', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 3, '01a22e96-e302-75e9-ade4-66ff0c7a51a5', 'QUVpKBaBKB-6OoNsSpFVUvDYnwjdRhSr7bmNntyGBFk', 'rFYe-JVjb8Nbgp-OquyIdjASVc2EQyLVt2XV3_w3tG8', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 4, '01a22e96-e399-742e-9e32-676290d42280', 'dyGd11nw1ol-aDKgIYalxLA3GVow0v5Kdx0Jk0hfZLM', 'dv1_6zJdxa8biZhhX90kqQ_yiy0AZfmL3jkRePPOU6o', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 5, '01a22e96-e39e-7c82-bc62-38231b263137', 'f8BXOVpS6wU0uhz4x--y-RfEW8DGUQ7YnjnwTRHgGXg', 'fRRFdgNutQJ_Vg2rVNDwFBgEoqnOvuhS2MVGutDS3cQ', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 6, '01a22e96-e3b5-72b4-a2e7-0014f32bdb0b', 'kM7F89ruRhs2huGSuAzsHtin91TcYiftl6gXCxnxu2I', 'KLipHiHi4iMomssmvbehYrnH6ym6jdCgTv-sSYG5LIk', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 7, '01a22e96-e416-740a-b8f2-b10c5cdf62ed', 'jkTeDnlDbF-KGavlbxDKihK3InprW1TsHOu2RPebisY', 'Drl4aKh3QzcMPWLHZBVPfpNipkNcZkQb-3lbABuCAX8', 0),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 8, '01a22e96-e503-75c4-80c2-c3d64c3cab44', 'mUScEEJ5GVNx-b0S3PPYLIjMNnsCZRVKlDzDemsyyhU', '-1W3rk_XQsW816WGgd2cwKCWI3s6Eetl3ZjLxWIEmjw', 0);

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 2, '8xnTfdUNrgNFzs8YT_uw1p5ZMB1vgWH4fYA0_hh6VGE'),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 5, 'd8WXRL2gDP1g8PkR69PR22N_Bi6AMPmIumZ1Bk2Z28k'),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 6, '7TPyvBEaA8TpAfdDJX3TVGY8E-tsn6S7Ox8_3pU7ZUQ'),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 9, 'nwKkubTMywSsRydtN30vU95KXS23ZJKsRoqNM1LFmgI'),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 12, 'BZScwzfoBVyLHaEgELrJ0Qk0BkVnIUEX677FHfyhC8E'),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 13, 'iL-enmPMhL9HkN424E51lQLZ7njWv0sD3HWaCzghXLQ'),
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 14, 'GRJfqiGfpEwHKlRtJmAiEfoAPwv1uVYVw8lIA1OFK7k');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'rhhi_EMljbAlJ2uMbw9HbA', 8, 'sallyport/rhhi_EMljbAlJ2uMbw9HbA
8
GRJfqiGfpEwHKlRtJmAiEfoAPwv1uVYVw8lIA1OFK7k=

— sallyport-audit-log mtC1dZL9M7ugmGeWz6zTWwi3v0nW4ofBgsUMZfHuU0QgLb5Wx+G3EfEQ5LiDmAXlxtjsGOBinziPuX8qf3a9ZwAZQQk=
', @now - 3787263);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+9ad0b575+AZAoUSB+D2JrdVj+PgjoHlOv6nWtY9Ktm1d00DqLvKSK', 'v1.jz9HJA.LGMC2nP8z0l6oGhh_67xI82SADUyrNttgCSSg3tp_PwabbMi5_Q2BflySIXR1GeYkpc8txfbnKp6SmhJRmS9jeqPu-EdMXCN5kbfmLEfZFKElWVmQOHtZ6MmyS_c9CbVaCEvUYpO4EK1dZnqi37I3OcQ8Kk6QedLmIU_pOCdqvwg9rxZLNxuKShn185wNkxXUWCjagYRwO0mNrPFsNZSvCD8FU7VFagJkcCCotHuKWFKy2RpE8Tttisfrw', @now - 4830896);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498910, 'users', '', 0),
	('main', 498910, 'users_signed_in', '', 0),
	('main', 498910, 'sessions', '', 0),
	('main', 498910, 'mail_sent', '', 3);

SELECT setval('goose_db_version_id_seq', 104);
