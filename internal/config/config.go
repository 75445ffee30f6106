// Package config holds the one struct that says how a process runs, and reads
// it.
//
// # Sources
//
// Later ones win: built-in defaults, a YAML file (SALLYPORT_CONFIG or --config),
// a dotenv file (SALLYPORT_ENV_FILE or --env-file), the environment, flags. Only
// this package reads the environment. Empty counts as unset in all of them.
//
// The struct tags are the manual: `env` is the setting's name (the flag is the
// same in kebab-case without the prefix, the file key in snake_case), `default`
// its default, `alias` other environment names it is read from, `secret` marks
// what is never shown and has a twin with _FILE behind its name that names a
// file, `outside` marks what cannot stand in the YAML file, `group` starts a
// chapter of the manual, and `doc` is the sentence that the manual prints.
//
// # The predecessor's names
//
// The environment of the FastAPI service that Sallyport replaces is understood:
// its names are aliases, and count only where no source names the setting
// itself. Of two that differ, Sallyport's own name wins and a warning says so. What
// is said about a setting that has its value from an alias names the alias.
//
// # What is refused
//
// Unknown SALLYPORT_ names are errors, for a typo in a security setting must
// not pass for its default; so are unknown keys of the YAML file. Not ours, and
// left alone, are SALLYPORT_TEST_* and what Kubernetes injects for a Service
// named sallyport. Every mistake is reported at once, each with a sentence that
// says how to mend it. No message repeats a value, since a value may be a
// secret in the wrong place.
package config

import "time"

// Config is everything that can be set. A zero value is not usable; [Load]
// fills in the defaults.
type Config struct {
	ConfigFile string `env:"SALLYPORT_CONFIG" group:"Where settings come from" outside:"yes" doc:"A YAML file with settings, such as this one"`
	EnvFile    string `env:"SALLYPORT_ENV_FILE" outside:"yes" doc:"A dotenv file with NAME=value lines. The environment itself overrides it"`

	Listen    string `group:"Addresses and data" env:"SALLYPORT_LISTEN" default:"127.0.0.1:8080" doc:"The address and port of the API and the pages"`
	OpsListen string `env:"SALLYPORT_OPS_LISTEN" default:"127.0.0.1:8081" doc:"The address and port of /livez, /readyz and /metrics. Keep it private"`
	PublicURL string `env:"SALLYPORT_PUBLIC_URL" alias:"Domain" default:"http://localhost:8080" doc:"The URL of this server: scheme and host, without a path. Links in emails, cookies and iss are built from it"`
	DataDir   string `env:"SALLYPORT_DATA_DIR" doc:"The folder of the SQLite file and the generated secret key. If unset: $XDG_DATA_HOME/sallyport or ~/.local/share/sallyport (macOS: ~/Library/Application Support/Sallyport)"`

	DatabaseURL         string `env:"SALLYPORT_DATABASE_URL" alias:"DATABASE_URL" secret:"true" doc:"The database: sqlite:///absolute/path or sqlite://relative/path, or a server as mysql://user:password@host:3306/database, also with mariadb:// or postgres://. docs/operations/databases.md explains sslmode and sslrootcert. If unset: sallyport.db in the data folder"`
	DatabaseConnections int    `env:"SALLYPORT_DATABASE_CONNECTIONS" default:"16" doc:"The maximum number of connections of one instance to a MySQL, MariaDB or PostgreSQL server"`
	RedisURL            string `env:"SALLYPORT_REDIS_URL" alias:"URL_REDIS,CELERY_BROKER_URL,CELERY_RESULT_BACKEND" secret:"true" doc:"The Redis that several instances share for the revocation feed, rate limits and jobs: redis://, rediss://, redis+sentinel:// or redis+cluster://"`

	SecretKey string `env:"SALLYPORT_SECRET_KEY" secret:"true" doc:"Base64 of 32 bytes or more (openssl rand -base64 32). Several keys are separated by commas, the newest first. If unset, a key is generated in the data folder"`

	SMTPHost      string `group:"Mail" env:"SALLYPORT_SMTP_HOST" alias:"MAIL_SERVER" doc:"The mail server. If unset, emails go to the mailbox page"`
	SMTPPort      int    `env:"SALLYPORT_SMTP_PORT" alias:"MAIL_PORT" default:"587" doc:"The port of the mail server"`
	SMTPUsername  string `env:"SALLYPORT_SMTP_USERNAME" alias:"MAIL_USERNAME" doc:"The user name at the mail server, if it requires one. Needs the password"`
	SMTPPassword  string `env:"SALLYPORT_SMTP_PASSWORD" alias:"MAIL_PASSWORD" secret:"true" doc:"The password at the mail server"`
	SMTPTLS       string `env:"SALLYPORT_SMTP_TLS" doc:"starttls, implicit or none. If unset: implicit on port 465, starttls on any other"`
	MailFrom      string `env:"SALLYPORT_MAIL_FROM" alias:"MAIL_FROM" doc:"The sender address of emails. If unset: sallyport@ and the host of the public URL"`
	MailFromName  string `env:"SALLYPORT_MAIL_FROM_NAME" alias:"MAIL_FROM_NAME" default:"Sallyport" doc:"The sender name of emails"`
	MailTemplates string `env:"SALLYPORT_MAIL_TEMPLATES" doc:"A folder with templates that replace the built-in ones of emails. Each language has a folder below it, such as de"`

	Workers int `group:"Jobs" env:"SALLYPORT_WORKERS" default:"4" doc:"The number of jobs that this process runs at a time. 0 leaves them to sallyport worker, which needs 1 or more and a mail server"`

	HooksAllow         []string `group:"Web hooks" env:"SALLYPORT_HOOKS_ALLOW" doc:"IP addresses or networks that web hooks may be sent to although they are not public, or without TLS, separated by commas. Each may end in a port, such as 10.0.0.0/8:8443. A listener of this server needs its port named"`
	BeforeSignUpOutage string   `env:"SALLYPORT_BEFORE_SIGN_UP_OUTAGE" default:"refuse" doc:"refuse or accept: what happens to a sign-up while the web hook that is asked before it (before_sign_up) gives no answer within 2 s. refuse answers 503. accept goes on and logs it"`
	BeforeTokenOutage  string   `env:"SALLYPORT_BEFORE_TOKEN_OUTAGE" default:"refuse" doc:"refuse or accept: what happens to sign-ins and refreshes while the web hook that is asked before them (before_token) gives no answer within 2 s. refuse answers 503. accept goes on without its claims and logs it"`

	SignUp               string        `group:"Sign-up and mailed links" env:"SALLYPORT_SIGN_UP" default:"open" doc:"open, invite or closed. With invite and closed, people cannot sign up by themselves: operators invite them, or create accounts on the command line. Sign-ups are refused in the same way, and invitations work with every value"`
	SignUpAllowedDomains []string      `env:"SALLYPORT_SIGN_UP_ALLOWED_DOMAINS" doc:"Domains, separated by commas, such as example.com. If set, people can sign up, or change their email address, only with these domains and their subdomains. Operators can use any domain"`
	SignUpRefusedDomains []string      `env:"SALLYPORT_SIGN_UP_REFUSED_DOMAINS" doc:"Domains, separated by commas, that people cannot sign up with or change to, with their subdomains. A refused domain takes precedence over an allowed one"`
	SignUpRefusedFile    string        `env:"SALLYPORT_SIGN_UP_REFUSED_DOMAINS_FILE" doc:"A file of more refused domains, one per line, such as a list of disposable email domains. Text after # is ignored. The server reads the file when it starts"`
	RequireVerifiedEmail bool          `env:"SALLYPORT_REQUIRE_VERIFIED_EMAIL" default:"true" doc:"false creates the account at sign-up, before the email address is verified. Strangers can then find out which addresses have accounts"`
	VerifyEmailOnGet     bool          `env:"SALLYPORT_VERIFY_EMAIL_ON_GET" default:"false" doc:"true verifies an email address when the link is opened, without a button, if all its sign-ups come from one network and browser. Link scanners then verify addresses that nobody has read, with the password of a stranger who signed up"`
	VerifyEmailTTL       time.Duration `env:"SALLYPORT_VERIFY_EMAIL_TTL" default:"24h" doc:"How long a verification link works"`
	ResetPasswordTTL     time.Duration `env:"SALLYPORT_RESET_PASSWORD_TTL" default:"1h" doc:"How long a password reset link works"`
	MagicLink            string        `env:"SALLYPORT_MAGIC_LINK" default:"off" doc:"off, link, code or both: what is emailed to sign in without a password. Access to the mailbox is then enough to sign in, unless the account has a second factor"`
	MagicLinkTTL         time.Duration `env:"SALLYPORT_MAGIC_LINK_TTL" default:"15m" doc:"How long a sign-in link or code works"`
	DeletionCooling      time.Duration `env:"SALLYPORT_DELETION_COOLING" default:"168h" doc:"How long a deleted account can be kept after all, before it is erased. 0 erases it at once"`

	AuditRetention         time.Duration `group:"Audit log" env:"SALLYPORT_AUDIT_RETENTION" default:"400d" doc:"How long audit events are kept. 0 keeps them forever"`
	AuditPersonalRetention time.Duration `env:"SALLYPORT_AUDIT_PERSONAL_RETENTION" default:"90d" doc:"How long an audit event keeps its IP address, browser and email address. 0 keeps them as long as the event"`
	AuditHeadFile          string        `env:"SALLYPORT_AUDIT_LOG_HEAD_FILE" doc:"A file that gets the newest signed head of the audit log, once a minute. Have it copied to where this server cannot write: docs/operations/audit-log.md. If unset, heads are only in the server's log"`

	AccessTokenTTL  time.Duration `group:"Sessions and tokens" env:"SALLYPORT_ACCESS_TOKEN_TTL" default:"15m" doc:"The lifetime of an access token"`
	RefreshGrace    time.Duration `env:"SALLYPORT_REFRESH_GRACE" default:"30s" doc:"How long a repeated refresh gets the same answer. 0 turns this off"`
	RefreshRecovery time.Duration `env:"SALLYPORT_REFRESH_RECOVERY" default:"24h" doc:"How long a client can recover a lost answer to a refresh. 0 turns this off"`
	SessionTTL      time.Duration `env:"SALLYPORT_SESSION_TTL" default:"90d" doc:"The maximum lifetime of a session"`
	SessionIdleTTL  time.Duration `env:"SALLYPORT_SESSION_IDLE_TTL" default:"30d" doc:"How long a session lives without a refresh"`
	MaxSessions     int           `env:"SALLYPORT_MAX_SESSIONS" default:"100" doc:"The maximum number of sessions of a user. One more ends the session that was unused the longest"`
	GeoIPFile       string        `env:"SALLYPORT_GEOIP_FILE" doc:"A City or Country database in MaxMind's format (.mmdb), to show the place of a device in lists and emails. If unset, no place is shown"`

	JWTAlgorithm string   `env:"SALLYPORT_JWT_ALGORITHM" alias:"Alogrithm,Algorithm" default:"ES256" doc:"The signature algorithm of access tokens: ES256, EdDSA, RS256 or HS256"`
	JWTKey       string   `env:"SALLYPORT_JWT_KEY" alias:"JWT_key" secret:"true" doc:"The shared key of HS256, 32 bytes or more (openssl rand -hex 32), used as it is written. Only for HS256"`
	Audience     string   `env:"SALLYPORT_AUDIENCE" doc:"The aud of access tokens that manage the account. If unset: the public URL"`
	Audiences    []string `env:"SALLYPORT_AUDIENCES" doc:"Other resource servers, separated by commas, such as https://api.example.com. A sign-in or a refresh can ask for a token for one of them alone. Such a token cannot manage the account"`
	Claims       []string `env:"SALLYPORT_CLAIMS" doc:"Claims to add to access tokens, separated by commas: CLAIM=app_metadata.MEMBER, or CLAIM=external_id for the user's ID before an import. Reserved claims are refused"`

	PasswordGrant          bool   `group:"Passwords" env:"SALLYPORT_PASSWORD_GRANT" default:"off" doc:"on lets programs exchange a name and a password for an access token at POST /oauth2/token (grant_type=password), for one of AUDIENCES. For developers' tools, such as the Authorize button of FastAPI. Programs see the password: leave it off in production"`
	PasswordHash           string ` env:"SALLYPORT_PASSWORD_HASH" default:"argon2id" doc:"argon2id or bcrypt. Passwords hashed with other settings still work and are hashed again at the next sign-in"`
	Argon2MemoryKiB        int    `env:"SALLYPORT_ARGON2_MEMORY_KIB" default:"19456" doc:"The memory of one argon2id hash, in KiB"`
	Argon2Passes           int    `env:"SALLYPORT_ARGON2_PASSES" default:"2" doc:"The number of argon2id passes"`
	BcryptCost             int    `env:"SALLYPORT_BCRYPT_COST" default:"12" doc:"The cost of bcrypt"`
	PasswordMinLength      int    `env:"SALLYPORT_PASSWORD_MIN_LENGTH" default:"8" doc:"The minimum number of characters of a password. NIST SP 800-63B-4 asks for 15 if the password is the only factor"`
	PasswordBreachFile     string `env:"SALLYPORT_PASSWORD_BREACH_FILE" doc:"A list of breached passwords in addition to the built-in one: sorted SHA-1 sums of 40 hexadecimal digits, one a line, with or without a colon and a count after them, as Have I Been Pwned's downloader writes them into one file. It is never loaded whole"`
	PasswordBreachRangeURL string `env:"SALLYPORT_PASSWORD_BREACH_RANGE_URL" doc:"A service that knows breached passwords, such as https://api.pwnedpasswords.com/range. It learns five of the 40 digits of a new password's SHA-1. If unset, no service is asked"`
	PasswordBreachOutage   string `env:"SALLYPORT_PASSWORD_BREACH_OUTAGE" default:"refuse" doc:"refuse or accept: what happens to a new password while the file cannot be read or the service does not answer within 1.5 s. refuse answers 503. accept checks only the built-in list and logs it"`
	HashSlots              int    `env:"SALLYPORT_HASH_SLOTS" default:"0" doc:"The number of passwords hashed at a time, each with the memory above. 0 means one per processor, which is also the maximum"`
	HashQueue              int    `env:"SALLYPORT_HASH_QUEUE" default:"0" doc:"The number of hashes that may wait for a slot, for at most 2 s, before the answer is 503. Networks take turns, and the one with the most in the queue is refused first. 0 means 32 per slot"`

	PasskeyRPID    string   `group:"Passkeys" env:"SALLYPORT_PASSKEY_RP_ID" doc:"The host that passkeys belong to, or a domain above it. If unset: the host of the public URL. If it changes, existing passkeys stop working"`
	PasskeyOrigins []string `env:"SALLYPORT_PASSKEY_ORIGINS" doc:"More origins that may register and use passkeys, separated by commas, such as https://app.example.com. They must be at or below the host above. An Android app is android:apk-key-hash: and the hash of its signing certificate"`

	RevocationCheck        string        `group:"Revocation" env:"SALLYPORT_REVOCATION_CHECK" default:"feed" doc:"feed or strict: feed checks revocation in memory, strict in the database"`
	RevocationMaxStaleness time.Duration `env:"SALLYPORT_REVOCATION_MAX_STALENESS" default:"2s" doc:"The age of the revocation list from which revocation is checked in SQL instead"`

	RateLimits             bool `group:"Rate limits" env:"SALLYPORT_RATE_LIMITS" default:"on" doc:"off is for load tests. It leaves only the counters of wrong passwords and codes of each account"`
	LimitSignUpPerHour     int  `env:"SALLYPORT_LIMIT_SIGN_UP_PER_HOUR" default:"30" doc:"Sign-ups per hour and client IP address"`
	LimitLoginPerMinute    int  `env:"SALLYPORT_LIMIT_LOGIN_PER_MINUTE" default:"60" doc:"Sign-ins and changes of password, second factors and passkeys per minute and client IP address"`
	LimitMailPerHour       int  `env:"SALLYPORT_LIMIT_MAIL_REQUESTS_PER_HOUR" default:"20" doc:"Requests for emails, such as reset links, per hour and client IP address"`
	LimitTokenPerMinute    int  `env:"SALLYPORT_LIMIT_TOKEN_PER_MINUTE" default:"60" doc:"Uses of one-time tokens per minute and client IP address"`
	LimitRefreshPerMinute  int  `env:"SALLYPORT_LIMIT_REFRESH_PER_MINUTE" default:"600" doc:"Refreshes per minute and client IP address"`
	LimitChangePerMinute   int  `env:"SALLYPORT_LIMIT_CHANGES_PER_MINUTE" default:"60" doc:"Changes per minute that a user makes to profile, devices, passkeys and second factors"`
	LimitAdminReads        int  `env:"SALLYPORT_LIMIT_ADMIN_READS_PER_MINUTE" default:"300" doc:"Reads and searches per minute and operator, in the admin API and the dashboard"`
	LimitOAuthPerMinute    int  `env:"SALLYPORT_LIMIT_OAUTH_PER_MINUTE" default:"600" doc:"Requests under /oauth2/ per minute and client IP address, and per minute and client"`
	LimitPasswordTries     int  `env:"SALLYPORT_LIMIT_PASSWORD_TRIES" default:"10" doc:"Wrong passwords per account in 15 minutes"`
	LimitFailedLogins      int  `env:"SALLYPORT_LIMIT_FAILED_LOGINS" default:"30" doc:"Failed sign-ins from unknown devices in 15 minutes and client IP address (IPv6: /64), for all accounts together. Its /24 or /56 may have 1.5 times as many, its /48 2.3 times"`
	LimitFailedInAll       int  `env:"SALLYPORT_LIMIT_FAILED_LOGINS_IN_ALL" default:"120" doc:"Failed sign-ins from unknown devices per minute, from all IP addresses together. Half of them are reserved for networks without recent failures. Above the limit, unknown devices wait and known ones do not"`
	LimitCodeTries         int  `env:"SALLYPORT_LIMIT_CODE_TRIES" default:"20" doc:"Wrong codes of second factors per account in 15 minutes. Each further window is twice as long, up to a day, until a right code"`
	LimitMailedCodeTries   int  `env:"SALLYPORT_LIMIT_MAILED_CODE_TRIES" default:"20" doc:"Wrong emailed codes per email address in 24 hours. Emailed links keep working"`
	LimitMailsPerRecipient int  `env:"SALLYPORT_LIMIT_MAILS_PER_RECIPIENT" default:"5" doc:"Emails of each kind per hour that a stranger can cause to one address. A user may request a change to a new address twice as often"`

	AdminNetworks    []string `group:"Admin API" env:"SALLYPORT_ADMIN_NETWORKS" doc:"IP addresses or networks from which the admin API and the dashboard can be used, separated by commas. If empty, they can be used from everywhere"`
	AdminRequiresMFA string   `env:"SALLYPORT_ADMIN_REQUIRES_MFA" default:"auto" doc:"true, false or auto: whether the admin API and the dashboard need a session that was opened with a second factor. auto means true, unless the public URL is on this machine"`

	CORSOrigins    []string `group:"Browsers and proxies" env:"SALLYPORT_CORS_ORIGINS" doc:"Origins with scripts that may call the API, separated by commas: https://www.example.com, or that of an app or extension, such as capacitor://localhost. They are compared exactly"`
	CORSHeaders    []string `env:"SALLYPORT_CORS_HEADERS" doc:"More request headers that those scripts may send, separated by commas. Always allowed are Authorization, Content-Type, Idempotency-Key, traceparent, tracestate and baggage"`
	TrustedProxies []string `env:"SALLYPORT_TRUSTED_PROXIES" doc:"IP addresses or networks of the proxies to trust for X-Forwarded-For, separated by commas"`
	AppURL         string   `env:"SALLYPORT_APP_URL" doc:"The URL of your app: the pages lead there when they are done. A return_to may lead there or below"`
	ForwardOrigins []string `env:"SALLYPORT_FORWARD_ORIGINS" doc:"Origins of applications behind your reverse proxy that are not on the host of the public URL, separated by commas: https://app.example.com. People sign in to them by forward authentication. They are compared exactly, and need the proxy in SALLYPORT_TRUSTED_PROXIES"`

	BrandName     string `group:"Looks of the pages and mails" env:"SALLYPORT_BRAND_NAME" default:"Sallyport" doc:"The name of the service on pages and in emails"`
	BrandLogo     string `env:"SALLYPORT_BRAND_LOGO" doc:"A PNG, JPEG or SVG file of at most 256 KiB, shown on the pages beside the name"`
	BrandColor    string `env:"SALLYPORT_BRAND_COLOR" doc:"The color of buttons and links, such as #2f5fd0. It is refused if text on it would be hard to read. Dark pages use a lighter color made from it"`
	PageTemplates string `env:"SALLYPORT_PAGE_TEMPLATES" doc:"A folder with templates that replace the built-in ones of the pages"`

	LogLevel  string `group:"Logs" env:"SALLYPORT_LOG_LEVEL" default:"info" doc:"debug, info, warn or error"`
	LogFormat string `env:"SALLYPORT_LOG_FORMAT" doc:"text or json. If unset: text on a terminal, json elsewhere"`

	OTLPEndpoint string   `group:"Central logging and traces" env:"SALLYPORT_OTLP_ENDPOINT" doc:"The base URL of a collector that receives logs and traces over OTLP/HTTP, such as https://collector.example.com. v1/logs and v1/traces are appended. If unset, nothing is sent, unless a Better Stack token is set"`
	OTLPHeaders  string   `env:"SALLYPORT_OTLP_HEADERS" secret:"true" doc:"Headers for the collector, as Name=value, separated by commas. A value cannot contain a comma"`
	OTLPTraces   float64  `env:"SALLYPORT_OTLP_TRACES" default:"0.1" doc:"The share of requests and jobs to trace, from 0 (none) to 1 (all). Only if a collector is set"`
	OTLPCallers  []string `env:"SALLYPORT_OTLP_TRUSTED_CALLERS" doc:"IP addresses or networks of direct callers to trust for traceparent, separated by commas. They decide which requests are traced. List only callers that write the header themselves, never a proxy that forwards it from strangers. If unset, no caller is trusted"`
	BetterStack  string   `env:"SALLYPORT_BETTER_STACK_TOKEN" alias:"BetterStack" secret:"true" doc:"The source token of Better Stack, to send logs and traces there (https://in-otel.logs.betterstack.com unless SALLYPORT_OTLP_ENDPOINT names the ingesting host of the source)"`

	// aliases are the predecessor's names that settings have their values from,
	// by the settings' own.
	aliases map[string]string
}
