package config

import (
	"bufio"
	"io"
	"strings"
)

const manualWidth = 100

// Manual writes the annotated settings file: every setting with its sentence,
// its names and its default, commented out.
func Manual(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(text string) { _, _ = out.WriteString(text + "\n") } // Flush tells
	line("# Settings of Sallyport, with their defaults. Remove the # before a key to set it.")
	line("# The brackets hold its names in the environment and on the command line. Flags override the")
	line("# environment, and the environment overrides this file. See docs/configuration.md.")
	for _, s := range settings() {
		if s.group != "" {
			line("\n# --- " + s.group + " ---")
		}
		line("")
		for _, text := range wrap(sentence(s.doc), manualWidth-2) {
			line("# " + text)
		}
		names := s.name + ", --" + s.flag()
		if s.secret {
			names += "; secret: " + s.name + fileTwin + " names a file"
		}
		if len(s.aliases) > 0 {
			names += "; also " + strings.Join(s.aliases, ", ")
		}
		line("# [" + names + "]")
		if s.outside {
			continue
		}
		line("#" + s.key() + ": " + manualValue(s))
	}
	return out.Flush()
}

// manualValue is the default as it stands in the file.
func manualValue(s setting) string {
	switch s.kind.String() {
	case "[]string":
		return "[]"
	case "string":
		return `"` + s.def + `"`
	}
	return s.def
}

// sentence makes a sentence of a tag's text, but leaves names as they are.
func sentence(doc string) string {
	if !strings.HasSuffix(doc, ".") {
		doc += "."
	}
	return doc
}

// wrap breaks text into lines of at most width bytes.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
