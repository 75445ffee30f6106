package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// maxSourceBytes bounds every file that is read.
const maxSourceBytes = 1 << 20

// Error lists everything that is wrong with the settings, each with a sentence
// on how to mend it. It holds no values.
type Error struct {
	Problems []string
}

// Error is one line for one problem, and a list for more.
func (e *Error) Error() string {
	if len(e.Problems) == 1 {
		return e.Problems[0]
	}
	return fmt.Sprintf("%d settings are wrong:\n  - %s", len(e.Problems), strings.Join(e.Problems, "\n  - "))
}

// Sources is where settings are read from.
type Sources struct {
	Environ []string       // NAME=value, as [Environ] gives them
	Flags   *pflag.FlagSet // parsed, with the flags of [AddFlags]; may be nil

	goos string // runtime.GOOS unless a test says otherwise
}

// Environ gives the environment of the process.
func Environ() []string { return os.Environ() }

// Origins says where each setting came from, and what an operator should hear
// at start. Warnings are sentences without values.
type Origins struct {
	Warnings []string

	from map[string]string
}

// Of says where the setting of the given name came from: "default",
// "file x.yaml", "environment SALLYPORT_X", "environment DATABASE_URL (alias)"
// or "flag --x".
func (o Origins) Of(name string) string {
	if from, ok := o.from[name]; ok {
		return from
	}
	return "default"
}

// Default gives the settings of a process that is told nothing. It has no data
// folder.
func Default() Config {
	c := defaults()
	settle(&c)
	return c
}

// defaults is what the tags say, before anything follows from anything.
func defaults() Config {
	var c Config
	for _, s := range settings() {
		if s.def == "" {
			continue
		}
		if err := s.set(&c, s.def); err != nil {
			panic(s.name + ": default " + err.Error()) // a mistake in the struct's tags
		}
	}
	return c
}

// Load reads the settings and validates them. The error is an [*Error] with
// everything that is wrong; the Config is then what could be read.
func Load(src Sources) (Config, Origins, error) {
	if src.goos == "" {
		src.goos = runtime.GOOS
	}
	l := loader{
		cfg: defaults(), settings: settings(), env: environment(src.Environ),
		origins: Origins{from: map[string]string{}},
	}
	l.readLayers(src)
	for _, s := range l.settings {
		l.resolve(s)
	}
	l.applyAliases()
	if l.cfg.DataDir == "" {
		l.cfg.DataDir = dataDir(l.env, src.goos)
	}
	settle(&l.cfg)
	l.dropUnusedKey()
	l.requireSecretKey()
	l.origins.Warnings = append(l.origins.Warnings, l.cfg.warnings()...)
	if err, ok := errors.AsType[*Error](l.cfg.Validate()); ok {
		l.problems = append(l.problems, err.Problems...)
	}
	l.warnOfKeyReaders()
	for _, sentences := range [][]string{l.problems, l.origins.Warnings} {
		for n, s := range sentences {
			sentences[n] = l.cfg.Named(s)
		}
	}
	if len(l.problems) > 0 {
		return l.cfg, l.origins, &Error{Problems: l.problems}
	}
	return l.cfg, l.origins, nil
}

// layer is one source of settings by their environment names.
type layer struct {
	values map[string]string
	label  func(s setting, name string) string
}

type loader struct {
	settings []setting
	env      map[string]string // the environment alone
	envFile  string
	dotenv   map[string]string
	layers   []layer // the weakest first
	keyFile  string  // of the secret key, if a twin named it
	cfg      Config
	origins  Origins
	problems []string
}

func (l *loader) complain(format string, args ...any) {
	l.problems = append(l.problems, fmt.Sprintf(format, args...))
}

func (l *loader) warn(format string, args ...any) {
	l.origins.Warnings = append(l.origins.Warnings, fmt.Sprintf(format, args...))
}

// readLayers finds the sources and what they say.
func (l *loader) readLayers(src Sources) {
	flags := flagValues(src.Flags, l.settings)
	l.envFile = first(flags[prefix+"ENV_FILE"], l.env[prefix+"ENV_FILE"])
	l.dotenv = l.readDotenv(l.envFile)
	file := first(flags[prefix+"CONFIG"], l.env[prefix+"CONFIG"], l.dotenv[prefix+"CONFIG"])
	l.refuseUnknown(l.env, "the environment")
	l.refuseUnknown(l.dotenv, l.envFile)
	l.layers = []layer{
		{l.readYAML(file), func(setting, string) string { return "file " + file }},
		{l.dotenv, func(_ setting, name string) string { return "file " + l.envFile + " " + name }},
		{l.env, func(_ setting, name string) string { return "environment " + name }},
		{flags, func(s setting, name string) string {
			if name != s.name {
				return "flag --" + s.flag() + "-file"
			}
			return "flag --" + s.flag()
		}},
	}
}

// resolve takes a setting from the strongest layer that has it.
func (l *loader) resolve(s setting) {
	for _, from := range slices.Backward(l.layers) {
		raw, twin := from.values[s.name], ""
		if s.secret {
			twin = from.values[s.name+fileTwin]
		}
		name := s.name
		switch {
		case raw == "" && twin == "":
			continue
		case raw != "" && twin != "":
			l.complain("%s and %s are both set; keep one", s.name, s.name+fileTwin)
			return
		case twin != "":
			name += fileTwin
			var err error
			if raw, err = readSecret(twin); err != nil {
				l.complain("%s: %v", name, err)
				return
			}
			if s.name == prefix+"SECRET_KEY" {
				l.keyFile = twin
			}
		}
		origin := from.label(s, name)
		if err := s.set(&l.cfg, raw); err != nil {
			l.complain("%s (%s): %v", s.name, origin, err)
			return
		}
		l.origins.from[s.name] = origin
		return
	}
}

// readSecret reads the file that a _FILE twin names, less one line end.
func readSecret(path string) (string, error) {
	text, err := readFile(path)
	if err != nil {
		return "", err
	}
	text = bytes.TrimSuffix(text, []byte("\n"))
	text = bytes.TrimSuffix(text, []byte("\r"))
	if len(text) == 0 {
		return "", fmt.Errorf("%s is empty", path)
	}
	return string(text), nil
}

// readFile reads a file of a size that settings may have.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxSourceBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxSourceBytes {
		return nil, fmt.Errorf("%s is larger than 1 MiB", path)
	}
	return text, nil
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
