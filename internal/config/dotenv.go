package config

import (
	"errors"
	"fmt"
	"strings"
)

// readDotenv reads the file at path, or nothing if path is empty.
func (l *loader) readDotenv(path string) map[string]string {
	if path == "" {
		return nil
	}
	text, err := readFile(path)
	if err != nil {
		l.complain("%sENV_FILE: %v", prefix, err)
		return nil
	}
	values, err := parseDotenv(string(text))
	if err != nil {
		l.complain("%sENV_FILE: %s: %v", prefix, path, err)
	}
	l.warnOfReaders(path, values)
	return values
}

// parseDotenv reads NAME=value lines. Blank lines, lines that start with # and a
// leading export count for nothing. A bare value ends at the line's end or at #
// after a blank; single quotes keep all but \' and \\, double quotes know \n,
// \r, \t, \\, \" and \$, and both may span lines. Variables are not expanded.
// Of a name that comes twice the last counts. Errors name the line and repeat
// nothing.
func parseDotenv(text string) (map[string]string, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	values := map[string]string{}
	for number := 1; text != ""; {
		line, rest, _ := strings.Cut(text, "\n")
		bare := strings.TrimSpace(line)
		if bare == "" || bare[0] == '#' {
			text = rest
			number++
			continue
		}
		before, after, ok := strings.Cut(text, "=")
		if !ok || strings.Contains(before, "\n") {
			return values, fmt.Errorf("line %d: want NAME=value", number)
		}
		name := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(before), "export "))
		if name == "" || strings.ContainsAny(name, " \t'\"#") {
			return values, fmt.Errorf("line %d: want NAME=value", number)
		}
		value, next, err := dotenvValue(after)
		if err != nil {
			return values, fmt.Errorf("line %d: %w", number, err)
		}
		number += strings.Count(text[:len(text)-len(next)], "\n")
		values[name], text = value, next
	}
	return values, nil
}

// dotenvValue reads one value and the rest of its line.
func dotenvValue(text string) (value, rest string, err error) {
	text = strings.TrimLeft(text, " \t")
	if text == "" || text[0] != '"' && text[0] != '\'' {
		line, rest, _ := strings.Cut(text, "\n")
		return bareValue(line), rest, nil
	}
	value, rest, ok := quotedValue(text[0], text[1:])
	if !ok {
		return "", "", errors.New("the quote is not closed")
	}
	tail, rest, _ := strings.Cut(rest, "\n")
	if tail = strings.TrimSpace(tail); tail != "" && tail[0] != '#' {
		return "", "", errors.New("text behind the closing quote")
	}
	return value, rest, nil
}

func bareValue(line string) string {
	for n := range len(line) {
		if line[n] == '#' && (n == 0 || line[n-1] == ' ' || line[n-1] == '\t') {
			line = line[:n]
			break
		}
	}
	return strings.TrimSpace(line)
}

// quotedValue reads up to the closing quote and gives what stands behind it.
func quotedValue(quote byte, text string) (value, rest string, ok bool) {
	var b strings.Builder
	for n := 0; n < len(text); n++ {
		switch c := text[n]; {
		case c == quote:
			return b.String(), text[n+1:], true
		case c == '\\' && n+1 < len(text) && (quote == '"' || text[n+1] == quote || text[n+1] == '\\'):
			n++
			b.WriteString(unescape(quote, text[n]))
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

func unescape(quote, c byte) string {
	if quote == '"' {
		switch c {
		case 'n':
			return "\n"
		case 'r':
			return "\r"
		case 't':
			return "\t"
		}
	}
	if strings.IndexByte(`\"'$`, c) >= 0 {
		return string(c)
	}
	return `\` + string(c)
}
