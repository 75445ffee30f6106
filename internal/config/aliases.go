package config

import (
	"maps"
	"net"
	"net/url"
	"strings"
)

// The predecessor's names that mean more than their text.
const (
	aliasDatabase  = "DATABASE_URL"
	aliasDomain    = "Domain"
	aliasRedis     = "URL_REDIS"
	aliasRedisPort = "REDIS_PORT"
	aliasBroker    = "CELERY_BROKER_URL"
	aliasBackend   = "CELERY_RESULT_BACKEND"

	defaultRedisPort = "6379"
)

// applyAliases takes from the predecessor's names what nothing else has set.
// Aliases are read from the environment and the dotenv file.
func (l *loader) applyAliases() {
	env := maps.Clone(l.dotenv)
	if env == nil {
		env = map[string]string{}
	}
	maps.Copy(env, l.env)
	for _, s := range l.settings {
		for _, alias := range s.aliases {
			if l.applyAlias(s, alias, env) {
				break
			}
		}
	}
}

// applyAlias reports whether the alias had a value for the setting.
func (l *loader) applyAlias(s setting, alias string, env map[string]string) bool {
	raw := translate(alias, env)
	if raw == "" {
		return false
	}
	origin := "environment " + alias + " (alias)"
	if l.env[alias] == "" {
		origin = "file " + l.envFile + " " + alias + " (alias)"
	}
	was := l.cfg
	if err := s.set(&was, raw); err != nil {
		l.complain("%s (%s): %v", alias, origin, err)
		return true
	}
	if from, ok := l.origins.from[s.name]; ok {
		if s.text(was) != s.text(l.cfg) {
			l.warn("%s is set too and differs; %s (%s) counts", alias, s.name, from)
		}
		return true
	}
	l.cfg = was
	l.origins.from[s.name] = origin
	return true
}

// translate gives the value of an alias in our own form, or empty if it has
// none to give.
func translate(alias string, env map[string]string) string {
	value := strings.TrimSpace(env[alias])
	if value == "" {
		return ""
	}
	switch alias {
	case aliasDomain:
		return withScheme(value)
	case aliasRedis:
		return redisURL(value, env[aliasRedisPort])
	case aliasBroker, aliasBackend:
		if !strings.HasPrefix(value, "redis://") && !strings.HasPrefix(value, "rediss://") {
			return "" // another broker, which nothing here needs
		}
	case aliasDatabase:
		return withoutDriver(value)
	}
	return value
}

// withScheme makes a public URL of a bare domain: http on this machine, https
// anywhere else.
func withScheme(domain string) string {
	if strings.Contains(domain, "://") {
		return domain
	}
	if u, err := url.Parse("http://" + domain); err == nil && isLocalHost(u.Hostname()) {
		return "http://" + domain
	}
	return "https://" + domain
}

// redisURL makes a URL of a host that may lack scheme and port.
func redisURL(host, port string) string {
	if !strings.Contains(host, "://") {
		host = "redis://" + host
	}
	u, err := url.Parse(host)
	if err != nil || u.Host == "" || u.Port() != "" || u.Scheme != "redis" && u.Scheme != "rediss" {
		return host
	}
	u.Host = net.JoinHostPort(u.Hostname(), first(strings.TrimSpace(port), defaultRedisPort))
	return u.String()
}

// withoutDriver turns mysql+aiomysql:// into mysql://.
func withoutDriver(database string) string {
	scheme, rest, ok := strings.Cut(database, "://")
	if !ok {
		return database
	}
	engine, _, _ := strings.Cut(scheme, "+")
	return engine + "://" + rest
}

// dropUnusedKey forgets the predecessor's JWT_key where tokens are not signed
// by HS256, which was its default.
func (l *loader) dropUnusedKey() {
	const name = prefix + "JWT_KEY"
	if l.cfg.JWTAlgorithm == HS256 || l.cfg.JWTKey == "" || !strings.HasSuffix(l.origins.from[name], "(alias)") {
		return
	}
	l.cfg.JWTKey = ""
	delete(l.origins.from, name)
	l.warn("JWT_key is not used: tokens are signed by %s with a key of their own; set Alogrithm=HS256 to sign with JWT_key",
		l.cfg.JWTAlgorithm)
}

// requireSecretKey asks for the secret key where instances share a database:
// one that is generated in a data folder is that instance's alone. The
// predecessor had no such key; so that its environment starts, which names a
// driver of Python, one is generated all the same, and a second instance that
// lacks it is refused by the check value in the database.
func (l *loader) requireSecretKey() {
	if l.cfg.SecretKey != "" || l.cfg.Embedded() {
		return
	}
	asked := first(l.env[aliasDatabase], l.dotenv[aliasDatabase])
	scheme, _, _ := strings.Cut(asked, "://")
	if strings.HasSuffix(l.origins.from[prefix+"DATABASE_URL"], "(alias)") && strings.Contains(scheme, "+") {
		l.warn("%sSECRET_KEY is not set: a key is generated in the data folder at the first start, and other instances need the same one; "+
			"copy it there before you start a second", prefix)
		return
	}
	l.complain("%sSECRET_KEY must be set where instances share a database: make a key with openssl rand -base64 32, and give every instance the same", prefix)
}
