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
	ConfigFile string `env:"SALLYPORT_CONFIG" group:"Where settings come from" outside:"yes" doc:"YAML file with settings, like this one"`
	EnvFile    string `env:"SALLYPORT_ENV_FILE" outside:"yes" doc:"dotenv file with NAME=value lines; what the environment says itself wins over it"`

	Listen    string `group:"Addresses and data" env:"SALLYPORT_LISTEN" default:"127.0.0.1:8080" doc:"address of the API and the pages"`
	OpsListen string `env:"SALLYPORT_OPS_LISTEN" default:"127.0.0.1:8081" doc:"address of /livez, /readyz and /metrics; keep it private"`
	PublicURL string `env:"SALLYPORT_PUBLIC_URL" alias:"Domain" default:"http://localhost:8080" doc:"what links in mail, cookies and iss are built from; scheme and host, nothing behind"`
	DataDir   string `env:"SALLYPORT_DATA_DIR" doc:"folder of the SQLite file and the generated secret key; $XDG_DATA_HOME/sallyport or ~/.local/share/sallyport if unset (macOS: ~/Library/Application Support/Sallyport)"`

	DatabaseURL         string `env:"SALLYPORT_DATABASE_URL" alias:"DATABASE_URL" secret:"true" doc:"sqlite:///absolute/path or sqlite://relative/path, or a server as mysql://user:password@host:3306/database, mariadb:// or postgres:// likewise (with sslmode and sslrootcert behind it: docs/operations/databases.md); sallyport.db in the data folder if unset"`
	DatabaseConnections int    `env:"SALLYPORT_DATABASE_CONNECTIONS" default:"16" doc:"connections to a MySQL, MariaDB or PostgreSQL server at most, per instance"`
	RedisURL            string `env:"SALLYPORT_REDIS_URL" alias:"URL_REDIS,CELERY_BROKER_URL,CELERY_RESULT_BACKEND" secret:"true" doc:"redis:// or rediss://, redis+sentinel:// or redis+cluster://; carries the revocation feed, rate limits and job hand-out of several instances"`

	SecretKey string `env:"SALLYPORT_SECRET_KEY" secret:"true" doc:"base64 of 32 bytes or more (openssl rand -base64 32); several, comma-separated, newest first; generated in the data folder if unset"`

	SMTPHost      string `group:"Mail" env:"SALLYPORT_SMTP_HOST" alias:"MAIL_SERVER" doc:"mail server; without it mail goes to the mailbox page"`
	SMTPPort      int    `env:"SALLYPORT_SMTP_PORT" alias:"MAIL_PORT" default:"587" doc:"port of the mail server"`
	SMTPUsername  string `env:"SALLYPORT_SMTP_USERNAME" alias:"MAIL_USERNAME" doc:"user name at the mail server, if it asks for one; needs the password"`
	SMTPPassword  string `env:"SALLYPORT_SMTP_PASSWORD" alias:"MAIL_PASSWORD" secret:"true" doc:"password at the mail server"`
	SMTPTLS       string `env:"SALLYPORT_SMTP_TLS" doc:"starttls, implicit or none; if unset, implicit on port 465 and starttls on any other"`
	MailFrom      string `env:"SALLYPORT_MAIL_FROM" alias:"MAIL_FROM" doc:"sender address of mail; sallyport@ and the public URL's host if unset"`
	MailFromName  string `env:"SALLYPORT_MAIL_FROM_NAME" alias:"MAIL_FROM_NAME" default:"Sallyport" doc:"sender name of mail"`
	MailTemplates string `env:"SALLYPORT_MAIL_TEMPLATES" doc:"folder with templates that override the embedded ones, of one language in a folder below it, such as de"`

	Workers int `group:"Jobs" env:"SALLYPORT_WORKERS" default:"4" doc:"jobs that this process works at a time; 0 leaves them to sallyport worker, which needs 1 or more, and needs a mail server"`

	SignUp               string        `group:"Sign-up and mailed links" env:"SALLYPORT_SIGN_UP" default:"open" doc:"open or closed; when closed only the command line makes users"`
	RequireVerifiedEmail bool          `env:"SALLYPORT_REQUIRE_VERIFIED_EMAIL" default:"true" doc:"false makes the account at sign-up; strangers can then learn which addresses have accounts"`
	VerifyEmailOnGet     bool          `env:"SALLYPORT_VERIFY_EMAIL_ON_GET" default:"false" doc:"true lets GET verify, in one click, where only one network and browser signed up with the address; link scanners then confirm addresses that nobody read, and with them the password of whoever signed up"`
	VerifyEmailTTL       time.Duration `env:"SALLYPORT_VERIFY_EMAIL_TTL" default:"24h" doc:"how long a verification link works"`
	ResetPasswordTTL     time.Duration `env:"SALLYPORT_RESET_PASSWORD_TTL" default:"1h" doc:"how long a reset link works"`
	MagicLink            string        `env:"SALLYPORT_MAGIC_LINK" default:"off" doc:"off, link, code or both: what people can have mailed to sign in with in place of a password. Whoever reads the mailbox then signs in, unless there is a second factor"`
	MagicLinkTTL         time.Duration `env:"SALLYPORT_MAGIC_LINK_TTL" default:"15m" doc:"how long that link and that code work"`
	DeletionCooling      time.Duration `env:"SALLYPORT_DELETION_COOLING" default:"168h" doc:"how long somebody who deleted their account can keep it after all; then it is erased; 0 erases at once"`

	AuditRetention         time.Duration `group:"Audit log" env:"SALLYPORT_AUDIT_RETENTION" default:"400d" doc:"how long audit events are kept; 0 keeps them for ever"`
	AuditPersonalRetention time.Duration `env:"SALLYPORT_AUDIT_PERSONAL_RETENTION" default:"90d" doc:"how long the IP address, browser and email address of an audit event are kept; 0 keeps them as long as the event"`

	AccessTokenTTL  time.Duration `group:"Sessions and tokens" env:"SALLYPORT_ACCESS_TOKEN_TTL" default:"15m" doc:"lifetime of an access token"`
	RefreshGrace    time.Duration `env:"SALLYPORT_REFRESH_GRACE" default:"30s" doc:"how long a retried refresh gets the same answer; 0 turns it off"`
	RefreshRecovery time.Duration `env:"SALLYPORT_REFRESH_RECOVERY" default:"24h" doc:"how long a lost answer can be recovered; 0 turns it off"`
	SessionTTL      time.Duration `env:"SALLYPORT_SESSION_TTL" default:"90d" doc:"longest life of a session"`
	SessionIdleTTL  time.Duration `env:"SALLYPORT_SESSION_IDLE_TTL" default:"30d" doc:"a session ends when it was not refreshed for this long"`
	MaxSessions     int           `env:"SALLYPORT_MAX_SESSIONS" default:"100" doc:"how many sessions a user may have; one more ends the one used longest ago"`
	GeoIPFile       string        `env:"SALLYPORT_GEOIP_FILE" doc:"City or Country database in MaxMind's format (.mmdb); names the places of devices in their list and in mail. If unset no place is named"`

	JWTAlgorithm string `env:"SALLYPORT_JWT_ALGORITHM" alias:"Alogrithm,Algorithm" default:"ES256" doc:"ES256, EdDSA, RS256 or HS256"`
	JWTKey       string `env:"SALLYPORT_JWT_KEY" alias:"JWT_key" secret:"true" doc:"shared key of HS256, 32 bytes or more (openssl rand -hex 32), used as it is written; only for HS256"`
	Audience     string `env:"SALLYPORT_AUDIENCE" doc:"aud of access tokens; the public URL if unset"`

	PasswordHash           string `group:"Passwords" env:"SALLYPORT_PASSWORD_HASH" default:"argon2id" doc:"argon2id or bcrypt; what is stored by another setting still verifies and is renewed at the next login"`
	Argon2MemoryKiB        int    `env:"SALLYPORT_ARGON2_MEMORY_KIB" default:"19456" doc:"memory of one argon2id hash in KiB"`
	Argon2Passes           int    `env:"SALLYPORT_ARGON2_PASSES" default:"2" doc:"passes of argon2id"`
	BcryptCost             int    `env:"SALLYPORT_BCRYPT_COST" default:"12" doc:"cost of bcrypt"`
	PasswordMinLength      int    `env:"SALLYPORT_PASSWORD_MIN_LENGTH" default:"8" doc:"shortest password in characters; NIST SP 800-63B-4 asks for 15 where the password is the only factor"`
	PasswordBreachFile     string `env:"SALLYPORT_PASSWORD_BREACH_FILE" doc:"a list of breached passwords beside the embedded one: SHA-1 sums in 40 hexadecimal digits, one a line, ordered, with or without a colon and a count behind them, as Have I Been Pwned's downloader writes them into one file. It is never read whole"`
	PasswordBreachRangeURL string `env:"SALLYPORT_PASSWORD_BREACH_RANGE_URL" doc:"a service that is asked whether a new password was breached, such as https://api.pwnedpasswords.com/range. It learns five of the forty digits of the password's SHA-1. If unset nobody is asked"`
	PasswordBreachOutage   string `env:"SALLYPORT_PASSWORD_BREACH_OUTAGE" default:"refuse" doc:"refuse or accept: what happens to a new password while the file cannot be read or the service gives no answer in 1.5 s. refuse answers 503; accept takes what the embedded list lets through, and says so in the log"`
	HashSlots              int    `env:"SALLYPORT_HASH_SLOTS" default:"0" doc:"passwords hashed at once, each with the memory above; 0 for one per processor, which is also the most"`
	HashQueue              int    `env:"SALLYPORT_HASH_QUEUE" default:"0" doc:"hashes that may wait for a slot, for 2 s at most, before the answer is 503; networks take turns, and the one with most in the queue is refused first; 0 for 32 per slot"`

	PasskeyRPID    string   `group:"Passkeys" env:"SALLYPORT_PASSKEY_RP_ID" doc:"the host that passkeys belong to, or a domain above it; the public URL's host if unset. Passkeys that are registered stop working when it changes"`
	PasskeyOrigins []string `env:"SALLYPORT_PASSKEY_ORIGINS" doc:"origins beside the public URL's whose pages may register and use passkeys, comma-separated, such as https://app.example.com; below or at the host above. An Android app is android:apk-key-hash: and the hash of its signing certificate"`

	RevocationCheck        string        `group:"Revocation" env:"SALLYPORT_REVOCATION_CHECK" default:"feed" doc:"feed or strict"`
	RevocationMaxStaleness time.Duration `env:"SALLYPORT_REVOCATION_MAX_STALENESS" default:"2s" doc:"past this age of the list, revocation is checked in SQL"`

	RateLimits             bool `group:"Rate limits" env:"SALLYPORT_RATE_LIMITS" default:"on" doc:"off for load tests: leaves only the per-account counters of wrong passwords and codes"`
	LimitSignUpPerHour     int  `env:"SALLYPORT_LIMIT_SIGN_UP_PER_HOUR" default:"30" doc:"sign-ups an hour and client address"`
	LimitLoginPerMinute    int  `env:"SALLYPORT_LIMIT_LOGIN_PER_MINUTE" default:"60" doc:"logins and changes of password, factors and passkeys a minute and client address"`
	LimitMailPerHour       int  `env:"SALLYPORT_LIMIT_MAIL_REQUESTS_PER_HOUR" default:"20" doc:"reset and resend requests an hour and client address"`
	LimitTokenPerMinute    int  `env:"SALLYPORT_LIMIT_TOKEN_PER_MINUTE" default:"60" doc:"one-time tokens presented a minute and client address"`
	LimitRefreshPerMinute  int  `env:"SALLYPORT_LIMIT_REFRESH_PER_MINUTE" default:"600" doc:"refreshes a minute and client address"`
	LimitChangePerMinute   int  `env:"SALLYPORT_LIMIT_CHANGES_PER_MINUTE" default:"60" doc:"changes a minute that a user makes to their profile, devices, passkeys and factors"`
	LimitPasswordTries     int  `env:"SALLYPORT_LIMIT_PASSWORD_TRIES" default:"10" doc:"wrong passwords per account in 15 minutes"`
	LimitFailedLogins      int  `env:"SALLYPORT_LIMIT_FAILED_LOGINS" default:"30" doc:"logins from devices that are not known that may fail in 15 minutes and client address (IPv6: /64), whatever the account; half as many again from its /24 or /56, and 2.3 times as many from its /48"`
	LimitFailedInAll       int  `env:"SALLYPORT_LIMIT_FAILED_LOGINS_IN_ALL" default:"120" doc:"logins from devices that are not known that may fail a minute from everywhere together, half of them kept for networks that have not failed lately; above it such devices wait, and known ones do not"`
	LimitCodeTries         int  `env:"SALLYPORT_LIMIT_CODE_TRIES" default:"20" doc:"wrong codes of second factors per account in 15 minutes; each further window is twice as long, up to a day, until a right code"`
	LimitMailedCodeTries   int  `env:"SALLYPORT_LIMIT_MAILED_CODE_TRIES" default:"20" doc:"wrong mailed codes per address in 24 hours; mailed links go on"`
	LimitMailsPerRecipient int  `env:"SALLYPORT_LIMIT_MAILS_PER_RECIPIENT" default:"5" doc:"mails of each kind an hour to one address that a stranger can cause; a user may ask twice as often for another address of their own"`

	CORSOrigins    []string `group:"Browsers and proxies" env:"SALLYPORT_CORS_ORIGINS" doc:"origins whose scripts may call the API, comma-separated: https://www.example.com, or of an app or extension such as capacitor://localhost; compared exactly"`
	CORSHeaders    []string `env:"SALLYPORT_CORS_HEADERS" doc:"request headers that those scripts may send, comma-separated, beside Authorization, Content-Type, Idempotency-Key, traceparent, tracestate and baggage"`
	TrustedProxies []string `env:"SALLYPORT_TRUSTED_PROXIES" doc:"addresses or networks of proxies whose X-Forwarded-For counts, comma-separated"`
	AppURL         string   `env:"SALLYPORT_APP_URL" doc:"where the hosted pages lead when they are done; a return_to may lead there or below"`

	BrandName     string `group:"Looks of the pages and mails" env:"SALLYPORT_BRAND_NAME" default:"Sallyport" doc:"what the pages and mails call the service"`
	BrandLogo     string `env:"SALLYPORT_BRAND_LOGO" doc:"file with a PNG, JPEG or SVG of at most 256 KiB, shown on the pages beside the name"`
	BrandColor    string `env:"SALLYPORT_BRAND_COLOR" doc:"colour of buttons and links, such as #2f5fd0; refused if text in it could not be read. Dark pages get a lighter one that is made of it"`
	PageTemplates string `env:"SALLYPORT_PAGE_TEMPLATES" doc:"folder with templates that override the embedded ones of the pages"`

	LogLevel  string `group:"Logs" env:"SALLYPORT_LOG_LEVEL" default:"info" doc:"debug, info, warn or error"`
	LogFormat string `env:"SALLYPORT_LOG_FORMAT" doc:"text or json; text on a terminal and json elsewhere if unset"`

	OTLPEndpoint string   `group:"Central logging and traces" env:"SALLYPORT_OTLP_ENDPOINT" doc:"base URL of a collector that takes the log and traces over OTLP/HTTP, such as https://collector.example.com; v1/logs and v1/traces are appended. If unset nothing is shipped, unless a token of Better Stack is set"`
	OTLPHeaders  string   `env:"SALLYPORT_OTLP_HEADERS" secret:"true" doc:"headers that the collector wants, as Name=value, comma-separated; their values cannot hold a comma"`
	OTLPTraces   float64  `env:"SALLYPORT_OTLP_TRACES" default:"0.1" doc:"part of all requests and jobs that is traced, from 0 (none) to 1 (all); only where something is shipped"`
	OTLPCallers  []string `env:"SALLYPORT_OTLP_TRUSTED_CALLERS" doc:"addresses or networks of direct callers whose traceparent header counts, comma-separated: they decide what is traced. Name only what makes that header itself, never a proxy that passes on a stranger's; nobody's counts if unset"`
	BetterStack  string   `env:"SALLYPORT_BETTER_STACK_TOKEN" alias:"BetterStack" secret:"true" doc:"source token of Better Stack: ships the log and traces there (https://in-otel.logs.betterstack.com unless SALLYPORT_OTLP_ENDPOINT names the ingesting host of the source)"`

	// aliases are the predecessor's names that settings have their values from,
	// by the settings' own.
	aliases map[string]string
}
