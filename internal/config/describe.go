package config

import (
	"fmt"
	"io"
	"net/url"
	"strings"
)

// masked stands in place of a secret.
const masked = "(hidden)"

// Row is one effective setting, fit to be shown.
type Row struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// Describe gives every setting with its value and where it came from. Secrets
// are masked; of a URL only its password is.
func Describe(c Config, origins Origins) []Row {
	list := settings()
	rows := make([]Row, 0, len(list))
	for _, s := range list {
		rows = append(rows, Row{Name: s.name, Value: s.shown(c), Origin: origins.Of(s.name)})
	}
	return rows
}

// shown is the value as anybody may see it.
func (s setting) shown(c Config) string {
	value := s.text(c)
	if !s.secret || value == "" {
		return value
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme == "" || !strings.Contains(value, "://") {
		return masked
	}
	if u.User != nil {
		u.User = url.User("hidden")
	}
	u.RawQuery, u.Fragment = "", ""
	return u.String()
}

// Manual writes the annotated settings file: every setting with its default,
// its environment name, and what it means.
func Manual(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Settings of Sallyport, with their defaults.\n#\n" +
		"# Each can be set in a file like this one (--config), in the environment under the\n" +
		"# name in parentheses, and by the flag of the same name in kebab-case. Flags win over\n" +
		"# the environment, the environment over the file. Secrets have a twin with _FILE\n" +
		"# behind the name, which names a file that holds the value.\n")
	for _, s := range settings() {
		if s.group != "" {
			fmt.Fprintf(&b, "\n# --- %s ---\n", s.group)
		}
		fmt.Fprintf(&b, "\n%s# (%s%s)\n", comment(s.doc), s.name, s.twin())
		if s.outside {
			fmt.Fprintf(&b, "# not in this file: set it by --%s or in the environment\n", s.flag())
			continue
		}
		fmt.Fprintf(&b, "#%s: %s\n", s.key(), s.def)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// twin says what else the setting is called in the environment.
func (s setting) twin() string {
	var text strings.Builder
	if s.secret {
		text.WriteString(", " + s.name + fileTwin)
	}
	if len(s.aliases) > 0 {
		text.WriteString("; the predecessor's " + strings.Join(s.aliases, ", "))
	}
	return text.String()
}

// manualWidth is where the manual's comments wrap.
const manualWidth = 90

func comment(text string) string {
	var b strings.Builder
	line := "#"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > manualWidth {
			b.WriteString(line + "\n")
			line = "#"
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}
