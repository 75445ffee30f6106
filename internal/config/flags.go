package config

import (
	"github.com/spf13/pflag"
)

// AddFlags adds a flag for every setting: --public-url for
// SALLYPORT_PUBLIC_URL, and for a secret also --smtp-password-file, which keeps
// it out of the list of processes.
func AddFlags(flags *pflag.FlagSet) {
	for _, s := range settings() {
		usage := s.doc
		if s.secret {
			usage += " (other users of this machine can see flags: rather use --" + s.flag() + "-file)"
			flags.Var(&flagValue{kind: "path"}, s.flag()+"-file", "file that holds "+s.name)
		}
		flags.Var(&flagValue{text: s.def, kind: flagKind(s)}, s.flag(), usage)
		if s.kind.Kind().String() == "bool" {
			flags.Lookup(s.flag()).NoOptDefVal = "true"
		}
	}
}

// flagValue keeps what was written on the command line; [Load] parses it with
// all other sources, so that one message serves them all.
type flagValue struct {
	text, kind string
}

// String is what was written, or the default.
func (v *flagValue) String() string { return v.text }

// Set takes what was written.
func (v *flagValue) Set(text string) error {
	v.text = text
	return nil
}

// Type is the placeholder in the help.
func (v *flagValue) Type() string { return v.kind }

func flagKind(s setting) string {
	switch {
	case s.name == prefix+"CONFIG" || s.name == prefix+"ENV_FILE":
		return "path"
	case s.kind.String() == "time.Duration":
		return "duration"
	case s.kind.String() == "[]string":
		return "list"
	case s.kind.String() == "float64":
		return "number"
	}
	return s.kind.String()
}

// flagValues gives the settings that were written on the command line, by their
// environment names.
func flagValues(flags *pflag.FlagSet, list []setting) map[string]string {
	values := map[string]string{}
	if flags == nil {
		return values
	}
	take := func(flag, name string) {
		if f := flags.Lookup(flag); f != nil && f.Changed {
			values[name] = f.Value.String()
		}
	}
	for _, s := range list {
		take(s.flag(), s.name)
		if s.secret {
			take(s.flag()+"-file", s.name+fileTwin)
		}
	}
	return values
}
