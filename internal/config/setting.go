package config

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

const (
	prefix   = "SALLYPORT_"
	fileTwin = "_FILE"
	day      = 24 * time.Hour
)

// setting is one field of [Config] as its tags describe it.
type setting struct {
	index   int
	name    string // SALLYPORT_PUBLIC_URL
	group   string // chapter of the manual that starts here, or empty
	aliases []string
	def     string
	doc     string
	secret  bool
	outside bool
	kind    reflect.Type
}

// flag is the setting's name on the command line.
func (s setting) flag() string {
	return strings.ReplaceAll(s.key(), "_", "-")
}

// key is the setting's name in the YAML file.
func (s setting) key() string {
	return strings.ToLower(strings.TrimPrefix(s.name, prefix))
}

// settings lists the fields of Config in order.
func settings() []setting {
	t := reflect.TypeFor[Config]()
	list := make([]setting, 0, t.NumField())
	for n := range t.NumField() {
		f := t.Field(n)
		if !f.IsExported() {
			continue
		}
		s := setting{
			index: n, name: f.Tag.Get("env"), group: f.Tag.Get("group"), def: f.Tag.Get("default"), doc: f.Tag.Get("doc"),
			secret: f.Tag.Get("secret") != "", outside: f.Tag.Get("outside") != "", kind: f.Type,
		}
		if aliases := f.Tag.Get("alias"); aliases != "" {
			s.aliases = strings.Split(aliases, ",")
		}
		list = append(list, s)
	}
	return list
}

// set parses raw into the setting's field of c. The error says what is wanted
// and does not repeat raw.
func (s setting) set(c *Config, raw string) error {
	field := reflect.ValueOf(c).Elem().Field(s.index)
	switch field.Interface().(type) {
	case string:
		field.SetString(raw)
	case int:
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil {
			return errors.New("must be a whole number")
		}
		field.SetInt(int64(n))
	case float64:
		f, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return errors.New("must be a number such as 0.1")
		}
		field.SetFloat(f)
	case bool:
		b, err := parseBool(raw)
		if err != nil {
			return err
		}
		field.SetBool(b)
	case time.Duration:
		d, err := ParseDuration(raw)
		if err != nil {
			return err
		}
		field.SetInt(int64(d))
	case []string:
		field.Set(reflect.ValueOf(parseList(raw)))
	default:
		return errors.New("is of a kind that cannot be set")
	}
	return nil
}

// text gives the setting's value in c as an operator would write it.
func (s setting) text(c Config) string {
	switch v := reflect.ValueOf(c).Field(s.index).Interface().(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return s.formatBool(v)
	case time.Duration:
		return formatDuration(v)
	case []string:
		return strings.Join(v, ",")
	}
	return ""
}

// formatBool writes a switch as on and off where its default is written so.
func (s setting) formatBool(v bool) string {
	switch onOff := s.def == "on" || s.def == "off"; {
	case onOff && v:
		return "on"
	case onOff:
		return "off"
	}
	return strconv.FormatBool(v)
}

// parseBool reads a switch.
func parseBool(raw string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(raw)) {
	case "true", "on", "yes", "1":
		return true, nil
	case "false", "off", "no", "0":
		return false, nil
	}
	return false, errors.New("must be true or false (on, off, yes, no, 1 and 0 count too)")
}

// ParseDuration reads Go's durations and days before them: 90d, 1d12h, 15m.
func ParseDuration(raw string) (time.Duration, error) {
	wrong := errors.New("must be a duration such as 30s, 15m, 24h or 90d")
	raw = strings.TrimSpace(raw)
	var days time.Duration
	if before, rest, ok := strings.Cut(raw, "d"); ok {
		n, err := strconv.ParseUint(before, 10, 16)
		if err != nil {
			return 0, wrong
		}
		days, raw = time.Duration(n)*day, rest
		if raw == "" {
			return days, nil
		}
	}
	d, err := time.ParseDuration(raw)
	if err != nil || d < 0 {
		return 0, wrong
	}
	return days + d, nil
}

// formatDuration writes d without the zeros that Go adds, and whole days from
// two on as days.
func formatDuration(d time.Duration) string {
	if d >= 2*day && d%day == 0 {
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	text := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}

// parseList reads comma-separated items and drops empty ones.
func parseList(raw string) []string {
	var list []string
	for item := range strings.SplitSeq(raw, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}
