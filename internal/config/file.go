package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// readYAML reads the settings file at path, or nothing if path is empty, and
// gives its values by their environment names.
func (l *loader) readYAML(path string) map[string]string {
	if path == "" {
		return nil
	}
	text, err := readFile(path)
	if err != nil {
		l.complain("%sCONFIG: %v", prefix, err)
		return nil
	}
	var document yaml.MapSlice
	if err := yaml.Unmarshal(text, &document); err != nil {
		l.complain("%s: %s", path, yamlProblem(text, err))
		return nil
	}
	values := map[string]string{}
	for _, item := range document {
		key, ok := item.Key.(string)
		if !ok {
			l.complain("%s: a key is not text", path)
			continue
		}
		l.takeKey(values, path, key, item.Value)
	}
	l.warnOfReaders(path, values)
	return values
}

// othersRead is the right of everybody to read a file.
const othersRead = 0o004

// warnOfReaders tells of a file that holds secrets and that every user of this
// machine can read. The file that a _FILE twin names is left out, but for the
// secret key's: container platforms mount it so.
func (l *loader) warnOfReaders(path string, values map[string]string) {
	if !slices.ContainsFunc(l.settings, func(s setting) bool { return s.secret && s.saidIn(values) }) {
		return
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&othersRead != 0 {
		l.warn("%s holds secrets and every user of this machine can read it: run chmod 600 %s", path, path)
	}
}

// warnOfKeyReaders tells of a file with the secret key, be it named by a setting
// or generated, that every user of this machine can read. It is used all the
// same: on some volumes every file has the same mode, and chmod does nothing.
func (l *loader) warnOfKeyReaders() {
	path := l.keyFile
	if l.cfg.SecretKey == "" && l.cfg.DataDir != "" {
		path = l.cfg.SecretKeyPath()
	}
	if path == "" {
		return
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&othersRead != 0 {
		l.warn("%s holds the secret key and every user of this machine can read it: run chmod 600 %s, and think of the key as known to them; "+
			"where the volume fixes modes, give the key by %sSECRET_KEY or %sSECRET_KEY_FILE", path, path, prefix, prefix)
	}
}

// saidIn reports whether values hold the setting under any of its names.
func (s setting) saidIn(values map[string]string) bool {
	return values[s.name] != "" || slices.ContainsFunc(s.aliases, func(alias string) bool { return values[alias] != "" })
}

// takeKey puts the value of one key of the file into values.
func (l *loader) takeKey(values map[string]string, path, key string, value any) {
	var known []string
	for _, s := range l.settings {
		if s.outside {
			if key == s.key() {
				l.complain("%s: %s cannot be set in the file; use --%s or %s", path, key, s.flag(), s.name)
				return
			}
			continue
		}
		known = append(known, s.key())
		name, kind := s.name, s.kind.String()
		if s.secret {
			known = append(known, s.key()+"_file")
			if key == s.key()+"_file" {
				name += fileTwin
			}
		}
		if key != s.key() && name == s.name {
			continue
		}
		text, err := yamlText(kind, value)
		if err != nil {
			l.complain("%s: %s: %v", path, key, err)
			return
		}
		values[name] = text
		return
	}
	l.complain("%s: %s is not a setting%s", path, key, suggest(key, known))
}

// yamlText gives a value as it would stand in the environment. A text setting
// takes only text, because YAML reads 0123 as the number 83.
func yamlText(kind string, value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case bool:
		if kind == "bool" {
			return strconv.FormatBool(v), nil
		}
	case uint64:
		if kind == "int" || kind == "float64" || kind == "bool" || kind == "time.Duration" {
			return strconv.FormatUint(v, 10), nil
		}
	case float64:
		if kind == "float64" {
			return strconv.FormatFloat(v, 'f', -1, 64), nil
		}
	case int64:
		if kind == "int" {
			return strconv.FormatInt(v, 10), nil
		}
	case []any:
		if kind == "[]string" {
			return yamlList(v)
		}
	}
	return "", mustBe(kind)
}

// mustBe says how a value of a kind is written.
func mustBe(kind string) error {
	switch kind {
	case "string":
		return errors.New("must be text: put it in quotes")
	case "[]string":
		return errors.New("must be a list, or text with commas")
	case "int":
		return errors.New("must be a whole number")
	case "float64":
		return errors.New("must be a number such as 0.1")
	case "bool":
		return errors.New("must be true or false")
	}
	return errors.New("must be a duration such as 30s, 15m, 24h or 90d")
}

func yamlList(items []any) (string, error) {
	list := make([]string, 0, len(items))
	for _, item := range items {
		text, ok := item.(string)
		if !ok || strings.Contains(text, ",") {
			return "", errors.New("must be a list of texts without commas")
		}
		list = append(list, text)
	}
	return strings.Join(list, ","), nil
}

// yamlProblem says where the file cannot be read. The library's own messages
// quote the file, secrets and all, and are not used.
func yamlProblem(text []byte, err error) string {
	problem := "this is not a YAML mapping of settings"
	if e, ok := errors.AsType[yaml.Error](err); ok {
		// The parser has no type for it: what is fine but for keys that come twice
		// is read where they may.
		if yaml.UnmarshalWithOptions(text, &yaml.MapSlice{}, yaml.AllowDuplicateMapKey()) == nil {
			problem = "a key comes twice"
		}
		if token := e.GetToken(); token != nil && token.Position != nil {
			return fmt.Sprintf("line %d: %s", token.Position.Line, problem)
		}
	}
	return problem
}
