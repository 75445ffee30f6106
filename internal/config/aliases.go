package config

import (
	"errors"
	"maps"
	"net"
	"net/url"
	"regexp"
	"strings"
)

// The predecessor's names that mean more than their text.
const (
	aliasDatabase  = "DATABASE_URL"
	aliasDomain    = "Domain"
	aliasMailPort  = "MAIL_PORT"
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
	l.listenAtDomain()
}

// applyAlias reports whether the alias had a value for the setting.
func (l *loader) applyAlias(s setting, alias string, env map[string]string) bool {
	raw, err := l.translate(alias, env)
	if err != nil {
		l.complain("%v", err)
		return true
	}
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
	l.owe(s.name, alias, origin)
	return true
}

// owe notes that a setting has its value from an alias.
func (l *loader) owe(name, alias, origin string) {
	if l.cfg.aliases == nil {
		l.cfg.aliases = map[string]string{}
	}
	l.cfg.aliases[name] = alias
	l.origins.from[name] = origin
}

var settingName = regexp.MustCompile(`SALLYPORT_[A-Z0-9_]+`)

// Named gives a sentence with the names that an operator wrote: beside each
// setting that has its value from an alias stands the alias.
func (c Config) Named(sentence string) string {
	return settingName.ReplaceAllStringFunc(sentence, func(name string) string {
		if alias, ok := c.aliases[name]; ok {
			return alias + " (" + name + ")"
		}
		return name
	})
}

// remark is what the predecessor's README prints behind what may be left out.
const remark = "(Optional)"

// translate gives the value of an alias in our own form, or empty if it has
// none to give.
func (l *loader) translate(alias string, env map[string]string) (string, error) {
	value := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(env[alias]), remark))
	if value == "" {
		return "", nil
	}
	switch alias {
	case aliasDomain:
		return l.publicURL(value), nil
	case aliasRedis:
		return redisURL(value, env[aliasRedisPort])
	case aliasBroker, aliasBackend:
		if !strings.HasPrefix(value, "redis://") && !strings.HasPrefix(value, "rediss://") {
			return "", nil // another broker, which nothing here needs
		}
	case aliasDatabase:
		return withoutDriver(value), nil
	case aliasMailPort:
		return servicePort(value), nil
	}
	return value, nil
}

// servicePort gives the port of what an orchestrator injects for a service of
// the alias's name, such as tcp://10.0.0.1:6379 for REDIS_PORT. Any other value
// stays as it is.
func servicePort(value string) string {
	if u, err := url.Parse(value); err == nil && strings.Contains(value, "://") {
		return u.Port()
	}
	return value
}

// publicURL makes a public URL of the predecessor's Domain. One that ends with a
// colon, as the predecessor's README has it, is on this machine the port where
// we listen, and elsewhere the usual one.
func (l *loader) publicURL(domain string) string {
	bare, open := strings.CutSuffix(domain, ":")
	site := withScheme(bare)
	_, port, err := net.SplitHostPort(l.cfg.Listen)
	if u, parseErr := url.Parse(site); open && err == nil && port != "0" && parseErr == nil && isLocalHost(u.Hostname()) {
		return site + ":" + port
	}
	return site
}

// listenAtDomain listens at the port of the predecessor's Domain, as the
// predecessor did, if no source says where to listen. Where the public URL is
// https, what speaks TLS stands there.
func (l *loader) listenAtDomain() {
	const public, listen = prefix + "PUBLIC_URL", prefix + "LISTEN"
	_, said := l.origins.from[listen]
	u, err := url.Parse(l.cfg.PublicURL)
	if l.cfg.aliases[public] == "" || said || err != nil || u.Scheme != "http" || u.Port() == "" {
		return
	}
	host := ""
	if isLocalHost(u.Hostname()) {
		host = "127.0.0.1"
	}
	l.cfg.Listen = net.JoinHostPort(host, u.Port())
	l.owe(listen, aliasDomain, l.origins.from[public])
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
func redisURL(host, port string) (string, error) {
	if !strings.Contains(host, "://") {
		host = "redis://" + host
	}
	u, err := url.Parse(host)
	if err != nil {
		return host, nil //nolint:nilerr // what it is meets its own setting's judgement
	}
	if u.Host == "" || u.Port() != "" || u.Scheme != "redis" && u.Scheme != "rediss" {
		return host, nil
	}
	port = first(servicePort(strings.TrimSpace(port)), defaultRedisPort)
	if !validPort(port) {
		return "", errors.New(aliasRedisPort + " must be a port such as " + defaultRedisPort)
	}
	u.Host = net.JoinHostPort(u.Hostname(), port)
	return u.String(), nil
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
