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
CREATE TABLE public.invitations (
    realm_id character varying(64) NOT NULL,
    id character varying(64) NOT NULL,
    email character varying(320) NOT NULL,
    email_canonical character varying(320) NOT NULL,
    ended character varying(64) NOT NULL,
    token_hash character varying(128) NOT NULL,
    roles text NOT NULL,
    language character varying(64) NOT NULL,
    invited_by character varying(64) NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint,
    superseded_at bigint,
    withdrawn_at bigint
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
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_email_key UNIQUE (realm_id, email_canonical, ended);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (realm_id, id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_token_key UNIQUE (realm_id, token_hash);
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
CREATE INDEX invitations_expiry_idx ON public.invitations USING btree (realm_id, expires_at);
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
	(1, 0, true, '2026-12-01 04:11:38'),
	(2, 1, true, '2026-12-01 04:11:38'),
	(3, 2, true, '2026-12-01 04:11:38'),
	(4, 3, true, '2026-12-01 04:11:38'),
	(5, 4, true, '2026-12-01 04:11:38'),
	(6, 5, true, '2026-12-01 04:11:38'),
	(7, 6, true, '2026-12-01 04:11:38'),
	(8, 7, true, '2026-12-01 04:11:38'),
	(9, 8, true, '2026-12-01 04:11:38'),
	(10, 9, true, '2026-12-01 04:11:38'),
	(11, 10, true, '2026-12-01 04:11:38'),
	(12, 11, true, '2026-12-01 04:11:38'),
	(13, 12, true, '2026-12-01 04:11:38'),
	(14, 13, true, '2026-12-01 04:11:38'),
	(15, 14, true, '2026-12-01 04:11:38'),
	(16, 15, true, '2026-12-01 04:11:38'),
	(17, 16, true, '2026-12-01 04:11:38'),
	(18, 17, true, '2026-12-01 04:11:38'),
	(19, 18, true, '2026-12-01 04:11:38'),
	(20, 19, true, '2026-12-01 04:11:38'),
	(21, 20, true, '2026-12-01 04:11:38'),
	(22, 21, true, '2026-12-01 04:11:38'),
	(23, 22, true, '2026-12-01 04:11:38'),
	(24, 23, true, '2026-12-01 04:11:38'),
	(25, 24, true, '2026-12-01 04:11:38'),
	(26, 25, true, '2026-12-01 04:11:38'),
	(27, 26, true, '2026-12-01 04:11:38'),
	(28, 27, true, '2026-12-01 04:11:38'),
	(29, 28, true, '2026-12-01 04:11:38'),
	(30, 29, true, '2026-12-01 04:11:38'),
	(31, 30, true, '2026-12-01 04:11:38'),
	(32, 31, true, '2026-12-01 04:11:38'),
	(33, 32, true, '2026-12-01 04:11:38'),
	(34, 33, true, '2026-12-01 04:11:38'),
	(35, 34, true, '2026-12-01 04:11:38'),
	(36, 35, true, '2026-12-01 04:11:38'),
	(37, 36, true, '2026-12-01 04:11:38'),
	(38, 37, true, '2026-12-01 04:11:38'),
	(39, 38, true, '2026-12-01 04:11:38'),
	(40, 39, true, '2026-12-01 04:11:38'),
	(41, 40, true, '2026-12-01 04:11:38'),
	(42, 41, true, '2026-12-01 04:11:38'),
	(43, 42, true, '2026-12-01 04:11:38'),
	(44, 43, true, '2026-12-01 04:11:38'),
	(45, 44, true, '2026-12-01 04:11:38'),
	(46, 45, true, '2026-12-01 04:11:38'),
	(47, 46, true, '2026-12-01 04:11:38'),
	(48, 47, true, '2026-12-01 04:11:38'),
	(49, 48, true, '2026-12-01 04:11:38'),
	(50, 49, true, '2026-12-01 04:11:38'),
	(51, 50, true, '2026-12-01 04:11:38'),
	(52, 51, true, '2026-12-01 04:11:38'),
	(53, 52, true, '2026-12-01 04:11:38'),
	(54, 53, true, '2026-12-01 04:11:38'),
	(55, 54, true, '2026-12-01 04:11:38'),
	(56, 55, true, '2026-12-01 04:11:38'),
	(57, 56, true, '2026-12-01 04:11:38'),
	(58, 57, true, '2026-12-01 04:11:38'),
	(59, 58, true, '2026-12-01 04:11:38'),
	(60, 59, true, '2026-12-01 04:11:38'),
	(61, 60, true, '2026-12-01 04:11:38'),
	(62, 61, true, '2026-12-01 04:11:38'),
	(63, 62, true, '2026-12-01 04:11:38'),
	(64, 63, true, '2026-12-01 04:11:38'),
	(65, 64, true, '2026-12-01 04:11:38'),
	(66, 65, true, '2026-12-01 04:11:38'),
	(67, 66, true, '2026-12-01 04:11:38'),
	(68, 67, true, '2026-12-01 04:11:38'),
	(69, 68, true, '2026-12-01 04:11:38'),
	(70, 69, true, '2026-12-01 04:11:38'),
	(71, 70, true, '2026-12-01 04:11:38'),
	(72, 71, true, '2026-12-01 04:11:38'),
	(73, 72, true, '2026-12-01 04:11:38'),
	(74, 73, true, '2026-12-01 04:11:38'),
	(75, 74, true, '2026-12-01 04:11:38'),
	(76, 75, true, '2026-12-01 04:11:38'),
	(77, 76, true, '2026-12-01 04:11:38'),
	(78, 77, true, '2026-12-01 04:11:38'),
	(79, 78, true, '2026-12-01 04:11:38'),
	(80, 79, true, '2026-12-01 04:11:38'),
	(81, 80, true, '2026-12-01 04:11:38'),
	(82, 81, true, '2026-12-01 04:11:38'),
	(83, 82, true, '2026-12-01 04:11:38'),
	(84, 83, true, '2026-12-01 04:11:38'),
	(85, 84, true, '2026-12-01 04:11:38'),
	(86, 85, true, '2026-12-01 04:11:38'),
	(87, 86, true, '2026-12-01 04:11:38'),
	(88, 87, true, '2026-12-01 04:11:38'),
	(89, 88, true, '2026-12-01 04:11:38'),
	(90, 89, true, '2026-12-01 04:11:38'),
	(91, 90, true, '2026-12-01 04:11:38'),
	(92, 91, true, '2026-12-01 04:11:38'),
	(93, 92, true, '2026-12-01 04:11:38'),
	(94, 93, true, '2026-12-01 04:11:38'),
	(95, 94, true, '2026-12-01 04:11:38'),
	(96, 95, true, '2026-12-01 04:11:38'),
	(97, 96, true, '2026-12-01 04:11:38'),
	(98, 97, true, '2026-12-01 04:11:38'),
	(99, 98, true, '2026-12-01 04:11:38'),
	(100, 99, true, '2026-12-01 04:11:38'),
	(101, 100, true, '2026-12-01 04:11:38'),
	(102, 101, true, '2026-12-01 04:11:38'),
	(103, 102, true, '2026-12-01 04:11:38'),
	(104, 103, true, '2026-12-01 04:11:38'),
	(105, 104, true, '2026-12-01 04:11:38'),
	(106, 105, true, '2026-12-01 04:11:38');

INSERT INTO users (realm_id, id, email, email_canonical, email_verified_at, name, metadata, roles, status, epoch, last_login_at, created_at, updated_at, claimed_at, language, zoneinfo, event_number, version, app_metadata) VALUES
	('main', '18af822c-4051-4086-8478-1cbc553ca5ae', 'ada@people.example', 'ada@people.example', @now - 3601897, '', '{}', '', 'active', 1, @now - 3462333, @now - 3601897, @now - 3601897, @now - 3601897, '', '', 0, 0, '');

INSERT INTO credentials (realm_id, id, user_id, kind, secret, created_at, updated_at) VALUES
	('main', '01a22fcd-14c8-72c2-b585-f8c903932aaa', '18af822c-4051-4086-8478-1cbc553ca5ae', 'password', '$argon2id$v=19$m=19456,t=2,p=1$QuMV36jF5PDFp5ADkWtn6g$+qYnUkwBj5XIX9WiDnpdlnYmT+P2a48JtBW0xoRAwL0', @now - 3601897, @now - 3601897);

INSERT INTO pending_signups (realm_id, id, email, email_canonical, password_hash, name, token_hash, created_at, expires_at, consumed_at, superseded_at, signup_id, proof_hash, source, ip, user_agent, mailed_at, language) VALUES
	('main', '01a22fcd-14b2-76b8-9a61-b3a83de77259', 'ada@people.example', 'ada@people.example', '', '', 'P2xKi5aIK5Y6gwlGlG9_jn2TyZLbKDRe0Fw7jf67Nys', @now - 3622781, @now + 86396377219, @now - 3602843, NULL, '', 'bxa9XeYgrlzcqFM7OByGGjyJ7CVSwy5axO6oW-uEGdk', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3622781, ''),
	('main', '01a22fcd-158b-7a4e-a1f3-b682d1d514bc', 'bob@people.example', 'bob@people.example', '$argon2id$v=19$m=19456,t=2,p=1$pnc8PfCfWb0p4LY69GlfTA$BzcIy4CyKKgjeBkONYFxu8QcK7FYXkiPayQ7QhvbeFg', '', 'ZasikMyl5jRGPAbOh75xs9ioKFKgnOMcYpwWOlp-t_E', @now - 3405692, @now + 86396594308, NULL, NULL, '', '2TbjeTHN2yVVfXzH91J2FA8_6CLmPHLCzuWRIfkUnNE', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3405692, ''),
	('main', '01a22fcd-15c5-7246-850f-0e726ac7a399', 'carol@people.example', 'carol@people.example', '$argon2id$v=19$m=19456,t=2,p=1$oD3ebfwI7nW08ht9n+HIEA$RQFJ+lRUU2LU8FB7xSr+bZAqk6S5lGZ4lxqMr8U9+i0', '', '1B0DpZlFteS_I7-2keXKw0dNXG5lsz-v6vgzc4SQyEw', @now - 3348239, @now + 86396651761, NULL, NULL, '', 'GFBWcisAl6huzNPeJNqhgVE6L28sBJk4p95SvG-g0mM', '-fc2oQOECANUKUeSy4UrVROo4mr17f55WJD3sBG4Sv0', '127.0.0.1', 'Go-http-client/1.1', @now - 3348239, '');

INSERT INTO one_time_tokens (realm_id, id, purpose, user_id, token_hash, user_epoch, created_at, expires_at, consumed_at, superseded_at, session_id, proof_hash, ip, user_agent) VALUES
	('main', '01a22fcd-155f-7a46-8329-4b63f3397b97', 'reset_password', '18af822c-4051-4086-8478-1cbc553ca5ae', 'JKWijpZIXTQTOigPW2oiioTGSTi2IuNSpHGFDYPoK9g', 1, @now - 3449399, @now + 3596550601, NULL, NULL, '', '', '', '');

INSERT INTO sessions (realm_id, id, user_id, generation, nonce, parent, parent_rotated_at, rotated_at, newest_used, user_epoch, client_id, audience, scope, kind, amr, acr, auth_time, cnf_jkt, expires_at, idle_expires_at, revoked_at, revoked_reason, user_agent, ip, device_name, created_at, last_seen_at, administered_at) VALUES
	('main', 'a5513f4a-1542-48f3-8952-a1a71f1d3df5', '18af822c-4051-4086-8478-1cbc553ca5ae', 1, 'vHL_P30kK17r2fbpBHDlXA', 0, @now - 3528673, @now - 3528673, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3594913, '', @now + 7775996463610, @now + 2591996471327, NULL, '', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3536390, @now - 3528673, NULL),
	('main', '1eebdcd3-49a2-43b0-a2fc-d27abc72fcab', '18af822c-4051-4086-8478-1cbc553ca5ae', 0, 'jyaTEQpyZSOISGrAbUdRsQ', -1, NULL, @now - 3462333, 0, 1, 'sallyport', '', '', 'first_party', ',pwd,', 'aal1', @now - 3526674, '', @now + 7775996537667, @now + 2591996537667, @now - 3456933, 'logout', 'Go-http-client/1.1', '127.0.0.1', '', @now - 3462333, @now - 3462333, NULL);

INSERT INTO feed (realm_id, history_id, number, mark, marked_number) VALUES
	('main', 'uDTr3txhptc_wGwcC7NW8Q', 1, -7411994790290560853, 1);

INSERT INTO revocations (realm_id, number, kind, subject, epoch, revoked_at, expires_at, mark) VALUES
	('main', 1, 'sid', '1eebdcd3-49a2-43b0-a2fc-d27abc72fcab', 0, @now - 3456933, @now + 1076543067, -7411994790290560853);

INSERT INTO attempts (realm_id, kind, subject, tries, window_ends_at) VALUES
	('main', 'mail', 'kIQmqiYXg7QZchqooYEQwrbZesYZyfB5cfbUDjSgpzo', 1, @now + 3596377432),
	('main', 'mail', '33XrCRQRzgqs7m7Iw2G76UFzhGLxhg0uqNjdmqNti94', 1, @now + 3596548386),
	('main', 'mail', 'WWkpmnhxocykDxbC7e5OBzH0wxDQXpUYNiU2dBkQK_4', 1, @now + 3596594642),
	('main', 'mail', 'tCfl5s-aaYhOAp8Qqabn5c4dg4nnTt1Hm8IgmETwMUA', 1, @now + 3596652127);

INSERT INTO jobs (realm_id, id, kind, payload, secret_sealed, state, attempts, max_attempts, fence, run_at, expires_at, lease_expires_at, last_error, created_at, updated_at) VALUES
	('main', '01a22fcd-14b8-7bf9-9b4f-70720f41d601', 'mail', '{"kind":"verify_email","to":"ada@people.example","token_id":"01a22fcd-14b2-76b8-9a61-b3a83de77259","token_table":"pending_signups","expires_at":"@time(23h59m56.377219s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.681069s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3616177, @now + 86396377219, NULL, '', @now - 3616177, @now - 3608230),
	('main', '01a22fcd-1560-7ae2-b895-474b9851d19f', 'mail', '{"kind":"reset_password","to":"ada@people.example","token_id":"01a22fcd-155f-7a46-8329-4b63f3397b97","token_table":"one_time_tokens","expires_at":"@time(59m56.550601s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.681069s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3448296, @now + 3596550601, NULL, '', @now - 3448296, @now - 3443098),
	('main', '01a22fcd-158e-72ff-aff5-f057365ce92f', 'mail', '{"kind":"verify_email","to":"bob@people.example","token_id":"01a22fcd-158b-7a4e-a1f3-b682d1d514bc","token_table":"pending_signups","expires_at":"@time(23h59m56.594308s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.681069s)","user_agent":"Go-http-client/1.1"}}', '', 'done', 1, 14, 1, @now - 3402826, @now + 86396594308, NULL, '', @now - 3402826, @now - 3397604),
	('main', '01a22fcd-15c6-7d11-a2df-33c172dd8f45', 'mail', '{"kind":"verify_email","to":"carol@people.example","token_id":"01a22fcd-15c5-7246-850f-0e726ac7a399","token_table":"pending_signups","expires_at":"@time(23h59m56.651761s)","data":{"address":"127.0.0.1","place":"","time":"@time(-3.681069s)","user_agent":"Go-http-client/1.1"}}', 'v1.jz9HJA.AXcJERQiBfcpruOhS2PrCUxcknG-I0pA7ikt0MG3Car-MCUeVK5-mdzsnlOoUM3olV5awYB9GbmJzeGlf0SGXOJWgszGpCP999SVYw', 'ready', 1, 14, 1, @now + 997697, @now + 86396651761, NULL, 'send mail: mail server 127.0.0.1:37503: connect: EOF', @now - 3346148, @now - 3343100);

INSERT INTO audit_events (realm_id, id, kind, outcome, reason, actor_id, user_id, session_hash, request_id, details, created_at, commitment) VALUES
	('main', '01a22fcd-14b7-71c4-a22e-2f30c81df25f', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-144e-729d-938d-c67177706c33', '{}', @now - 3617952, 'kJYnjNCJ5sF8-tgTNQBKldAm5RaMa_OyAEMPdBByXP0'),
	('main', '01a22fcd-14c9-7422-ac8e-d5a316ef69c1', 'user.created', 'success', '', '', '18af822c-4051-4086-8478-1cbc553ca5ae', '', '01a22fcd-14c1-760a-a17c-81f857ba2e11', '{}', @now - 3599796, '0ggltEAcJPp4jgcFBGGc6FbUp4kizt7osbJq8got86Y'),
	('main', '01a22fcd-14cb-7cde-8e7b-94f4b055ef53', 'email.verified', 'success', '', '18af822c-4051-4086-8478-1cbc553ca5ae', '18af822c-4051-4086-8478-1cbc553ca5ae', '', '01a22fcd-14c1-760a-a17c-81f857ba2e11', '{"by":"link","claimed":true}', @now - 3597225, 'WkyCjGzHyyF1AfNuxdUds7yKVZpzMzGmgPhuLHlxcRA'),
	('main', '01a22fcd-150b-7c12-8dde-11e407f75977', 'session.opened', 'success', '', '18af822c-4051-4086-8478-1cbc553ca5ae', '18af822c-4051-4086-8478-1cbc553ca5ae', 'WDX3q9xf3ZsnCwRYhpaqHa3hH3j6_IvHsG7PkB80i0o', '01a22fcd-14cd-7ec8-9f63-2624fb6346c1', '{"amr":["pwd"],"new_device":false}', @now - 3533277, 'mqkX8E7o1Wsb5zIZ10gqmXywX32NzGGMSH7-zTI-uCc'),
	('main', '01a22fcd-1554-74ae-b9d9-ea93ed4b93ee', 'session.opened', 'success', '', '18af822c-4051-4086-8478-1cbc553ca5ae', '18af822c-4051-4086-8478-1cbc553ca5ae', 'bdXzKf3skPc4TvGlCkJL24mqfvli0O2EUvsOpLPP2kQ', '01a22fcd-1512-73a2-8726-1457f587bcb1', '{"amr":["pwd"],"new_device":false}', @now - 3460758, 'V3veBTOzGh4DitHvaLGfAgF17lFBhB-rSFRNjS9n_iQ'),
	('main', '01a22fcd-1558-7607-a2e6-372343739b4d', 'session.ended', 'success', 'logout', '18af822c-4051-4086-8478-1cbc553ca5ae', '18af822c-4051-4086-8478-1cbc553ca5ae', 'bdXzKf3skPc4TvGlCkJL24mqfvli0O2EUvsOpLPP2kQ', '01a22fcd-1556-7543-97c9-fa3aec8edf5c', '{}', @now - 3456671, 'SJKmZ-Po6-DTAd11pR2rNyQOzMyNzExwKILMbT5zOMU'),
	('main', '01a22fcd-1560-74ab-9d2b-5394ab5c79f9', 'password.reset_requested', 'success', '', '', '18af822c-4051-4086-8478-1cbc553ca5ae', '', '01a22fcd-155d-7130-a6f9-84352aab4a9f', '{}', @now - 3448763, 'hYMS-zWO9NBqCdtgxUFyIB7bhHRFJ_E37rSQWQTcTjo'),
	('main', '01a22fcd-158d-7d32-b94c-686f6c179186', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-1567-73f4-9ad2-34e5667be8f5', '{}', @now - 3403203, 'I7XxdkY1XD7pOaKZIoPYynCuJg3eQ0uh6F2lRv3-7E0'),
	('main', '01a22fcd-15c6-77ef-8724-5b5e518574eb', 'sign_up.requested', 'success', '', '', '', '', '01a22fcd-1594-7af4-9ca6-43085a86db99', '{}', @now - 3346548, 'hHbs7raqG5t6xgn3unrhs3-Zv_MUY0eU2mJqwM9KN0Q');

INSERT INTO audit_personal (realm_id, event_id, address, user_agent, email, salt) VALUES
	('main', '01a22fcd-14b7-71c4-a22e-2f30c81df25f', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'KCRgL6Hu2DklqIk1Dm2K1w'),
	('main', '01a22fcd-14c9-7422-ac8e-d5a316ef69c1', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'bVZt6yuxZpSEAe1ShXe5ZA'),
	('main', '01a22fcd-14cb-7cde-8e7b-94f4b055ef53', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'J57q9mGuSZtcP1z_V2VW_g'),
	('main', '01a22fcd-150b-7c12-8dde-11e407f75977', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'DZxDbMEzXMi7JI2pBW8dcw'),
	('main', '01a22fcd-1554-74ae-b9d9-ea93ed4b93ee', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'ZPpfuiRoNMDvTMelSUtdtg'),
	('main', '01a22fcd-1558-7607-a2e6-372343739b4d', '127.0.0.1', 'Go-http-client/1.1', '', '_G74Q3-MHct_EKIzieZolg'),
	('main', '01a22fcd-1560-74ab-9d2b-5394ab5c79f9', '127.0.0.1', 'Go-http-client/1.1', 'ada@people.example', 'zgpNCEMnlh6WSit7y8Drhg'),
	('main', '01a22fcd-158d-7d32-b94c-686f6c179186', '127.0.0.1', 'Go-http-client/1.1', 'bob@people.example', 'oPCw4XmR9uihccxHfVaC6A'),
	('main', '01a22fcd-15c6-77ef-8724-5b5e518574eb', '127.0.0.1', 'Go-http-client/1.1', 'carol@people.example', 'Pz8L7leNxMj3WvsuqfGWaQ');

INSERT INTO signing_keys (realm_id, id, algorithm, public_jwk, private_sealed, created_at, active_at, expires_at) VALUES
	('main', 'H89ydzhSy_HC92oBjG0cgbeEZMAI5avHM_myRpSKV8w', 'ES256', '{"use":"sig","kty":"EC","kid":"H89ydzhSy_HC92oBjG0cgbeEZMAI5avHM_myRpSKV8w","crv":"P-256","alg":"ES256","x":"kfBcTjSy3tI-LwgTU5namI4z-iR8S_ZAMdAXpWbXIzg","y":"ymUmRQa_WlgiyZdPtgvsFTHi_bYqdFVZUdoaeZgsyL0"}', 'v1.jz9HJA.iecYxe1-wCHT5uRcuCYBvQQs5wOyW7HEW51aRL507FhotUeN0XApnGruhc5dy2B-tdVDNmphQIMpEoxeYPZ4GhZHfQtTc3K5clFXdudPEJ-vBxzTdxUGZ5UFHL-Q6l2ArlNG3KyqxD4QtxXjM_tpuF5HO3J8HG9vBPbBTTlNOiCrKl_iGFMvh3QRbtBcvTQCb-E5QVQeDGFgMXAUHItYrLzggN_y2g', @now - 3849643, @now - 3849643, NULL);

INSERT INTO secret_keys (realm_id, id, check_value, created_at) VALUES
	('main', 'jz9HJA', 'ij7elsL-aFdyh24zvRATwWk4fgIKVr6seYqImpJBo1g', @now - 3918675);

INSERT INTO facts (realm_id, name, number) VALUES
	('main', 'access_token_ttl_seconds', 900),
	('main', 'audit_swept', 1),
	('main', 'stats_measured', 1796098299);

INSERT INTO audit_tree (realm_id, number, tree_id, size, turn, began_at, closed_at) VALUES
	('main', 1, 'jstFhE9Av-Ay0VQKJ-vNgQ', 9, 1, @now - 3721409, NULL);

INSERT INTO audit_leaves (realm_id, tree_id, leaf, event_id, hash, commitment, body_dropped) VALUES
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 0, '01a22fcd-14b7-71c4-a22e-2f30c81df25f', 'Mt3snysgi40z8GbblauBy6icfjQyeli3A1qteU6RVYA', 'kJYnjNCJ5sF8-tgTNQBKldAm5RaMa_OyAEMPdBByXP0', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 1, '01a22fcd-14c9-7422-ac8e-d5a316ef69c1', 'z-Ckxd4YkYXBHW0YGwrorNYrGf1AsO6XQkAPkhD-Ltc', '0ggltEAcJPp4jgcFBGGc6FbUp4kizt7osbJq8got86Y', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 2, '01a22fcd-14cb-7cde-8e7b-94f4b055ef53', '_vpC054Dq7j2rsk00TqijTfr4Nl8DEzfHVp1lLWrXfE', 'WkyCjGzHyyF1AfNuxdUds7yKVZpzMzGmgPhuLHlxcRA', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 3, '01a22fcd-150b-7c12-8dde-11e407f75977', 'mTp8gxcHiPLswkv4KksG1KUQfugLKCeBjtSZpJXIMMU', 'mqkX8E7o1Wsb5zIZ10gqmXywX32NzGGMSH7-zTI-uCc', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 4, '01a22fcd-1554-74ae-b9d9-ea93ed4b93ee', '1TdKX38aDsY_whWk6A9tiPVvohloJlCBXB44KSbngPA', 'V3veBTOzGh4DitHvaLGfAgF17lFBhB-rSFRNjS9n_iQ', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 5, '01a22fcd-1558-7607-a2e6-372343739b4d', 'ce2Vmisf8mApxN3G-7vYu6nYz2eFTewVADzzBCtlBDw', 'SJKmZ-Po6-DTAd11pR2rNyQOzMyNzExwKILMbT5zOMU', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 6, '01a22fcd-1560-74ab-9d2b-5394ab5c79f9', 'Vd89MQ4zQtVppiSXdBmig_KKyNjxYKS08vCYFSkbfCM', 'hYMS-zWO9NBqCdtgxUFyIB7bhHRFJ_E37rSQWQTcTjo', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 7, '01a22fcd-158d-7d32-b94c-686f6c179186', '4_VCeXIJc9ODm355wn35VXvVA-EHBwwrJ6T6K3pEkhw', 'I7XxdkY1XD7pOaKZIoPYynCuJg3eQ0uh6F2lRv3-7E0', 0),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 8, '01a22fcd-15c6-77ef-8724-5b5e518574eb', 'Z5ltzBYEyJpRqMKgDTgmBrGzQoNnL4poAa23qGpaFzs', 'hHbs7raqG5t6xgn3unrhs3-Zv_MUY0eU2mJqwM9KN0Q', 0);

INSERT INTO audit_hashes (realm_id, tree_id, position, hash) VALUES
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 2, 'cMbdCQr6d_sCT-lCu2wLQavCZjTkhxuJgHanxxziZL4'),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 5, 'MbZF4OqQGDNXHhxmvei3rYOsa5cwiiQcw4lBkXmUc8s'),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 6, '4vEF7tAeIq1icbLxyGAtJt6_6vdDJyvm5YE-bmmx1go'),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 9, 'LQFGymv6MoG6RGP89ywXOadG3frfnd-mMbfIcWZJTOg'),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 12, 'kO4cfnsTJO_U4294i249kwZgDjgB9D2jX2t2KAddfpI'),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 13, 'Vxmty4vQzKUu5gcCi3jipUCMM4ZTUltfHRGm-chZPNQ'),
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 14, 'OH4xTLDVKXv68o0-crTKPkFkx8TvAqJJ5xp6IT_Ot1M');

INSERT INTO audit_heads (realm_id, tree_id, size, note, created_at) VALUES
	('main', 'jstFhE9Av-Ay0VQKJ-vNgQ', 9, 'sallyport/jstFhE9Av-Ay0VQKJ-vNgQ
9
DPsMnE5cy0EtMlpoNYt2fw5Ca3Oo4ZCK5zfc64JCTkY=

— sallyport-audit-log YSsfVwPecQINou+KaYbAgn7px7GDpTY12rX6tW4uDq6QIMg2IPENTRbnH8q9Mti1d9rcedrraxbT+hVgQHKkGR8kUwU=
', @now - 2721585);

INSERT INTO audit_keys (realm_id, number, public_key, private_sealed, created_at) VALUES
	('main', 1, 'sallyport-audit-log+612b1f57+Af4FyS747YkMgdWkbBsBDXUdUe0Vov+ZEwNCkt5YwSI7', 'v1.jz9HJA.Fcv1vmSeEpcQIle1aQTMmU_2I7fMHvC4da4hgcJ6RMYcC3gnv96UIXEYBZR7DmNq6-zU2pzSCRfEXYNiEYUDCi0ny7Iujp2CyhOo-h9E9pO6E5787fc_HePL2HnzCmWs0vP3jqXransqZ4kSFtM1jNBLOO1XcoV5pprxj5Qwn8TMdglBFMtGlIjmAG1EIij-_uCxiltqq3ohPRyDvumY2qt6OI5XpjuXABv5hE4z-dsa4UAIzIH3qqo7NQ', @now - 3705142);

INSERT INTO stats_hours (realm_id, hour, series, reason, number) VALUES
	('main', 498916, 'users', '', 0),
	('main', 498916, 'users_signed_in', '', 0),
	('main', 498916, 'sessions', '', 0),
	('main', 498916, 'mail_sent', '', 3);

SELECT setval('goose_db_version_id_seq', 106);
