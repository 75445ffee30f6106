// Package words holds the words of the pages in each language that there is, and
// finds the language that a reader wants.
//
// Each file in text is a language, named by its tag (RFC 5646). All have the same
// keys, with the same placeholders in each; a test sees to it. English is what is
// shown where nothing else was asked for.
//
// What is said of a refusal stands behind two prefixes. "said." holds sentences for
// anybody, by the keys that faults carry: pages show them in the reader's language,
// and programs get the English one as the detail of a problem. "rule." holds what
// follows the name of a member in an answer to a program, in English alone; where a
// person can cause it, "said.rule." holds the sentence that they get.
//
// This package knows no requests beyond the value of one header, and no pages.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed text
var files embed.FS

// Catalogue is every word that a page shows in one language, by key.
type Catalogue map[string]string

// All is the catalogues by language.
type All map[string]Catalogue

// Read gives every catalogue of the program.
func Read() (All, error) {
	all := All{}
	for _, language := range Languages() {
		raw, err := files.ReadFile(folder + "/" + language + extension)
		if err != nil {
			return nil, fmt.Errorf("read words of the pages: %w", err)
		}
		var c Catalogue
		if err := json.Unmarshal(raw, &c); err != nil {
			return nil, fmt.Errorf("read words of the pages from %s: %w", language+extension, err)
		}
		all[language] = c
	}
	return all, nil
}

// Text gives the words behind key. Placeholders such as {product} are filled
// from pairs of name and value. A key that is missing shows itself in brackets,
// which a test looks for on every page.
func (c Catalogue) Text(key string, pairs ...string) string {
	words, ok := c[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if len(pairs) == 0 {
		return words
	}
	fill := make([]string, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		fill[i], fill[i+1] = "{"+pairs[i]+"}", pairs[i+1]
	}
	return strings.NewReplacer(fill...).Replace(words)
}

// Missing names the first key that a text shows because it has no words, or
// nothing.
func Missing(text string) string {
	_, after, found := strings.Cut(text, "⟦")
	key, _, closed := strings.Cut(after, "⟧")
	if !found || !closed {
		return ""
	}
	return key
}

// Count gives the words for n things: key with the plural form that the language
// has for n, such as .one (CLDR), or with .other where the catalogue has no words
// of that form.
func (c Catalogue) Count(key string, n int) string {
	counted := key + "." + form(c["lang"], n)
	if _, ok := c[counted]; !ok {
		counted = key + other
	}
	return c.Text(counted, "n", strconv.Itoa(n))
}

// Wait says how long d is, never too short.
func (c Catalogue) Wait(d time.Duration) string {
	switch {
	case d <= 90*time.Second:
		return c.Count("wait.seconds", Ceil(d, time.Second))
	case d <= 90*time.Minute:
		return c.Count("wait.minutes", Ceil(d, time.Minute))
	default:
		return c.Count("wait.hours", Ceil(d, time.Hour))
	}
}

// Ceil counts the units in d, rounded up, at least one.
func Ceil(d, unit time.Duration) int {
	return max(1, int((d+unit-1)/unit))
}

// Ago says how long d is past, roughly.
func (c Catalogue) Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return c.Text("mailbox.ago.now")
	case d < time.Hour:
		return c.Count("mailbox.ago.minutes", int(d/time.Minute))
	case d < 24*time.Hour:
		return c.Count("mailbox.ago.hours", int(d/time.Hour))
	default:
		return c.Count("mailbox.ago.days", int(d/(24*time.Hour)))
	}
}

// Device names a device by its browser and system, of which either may be
// empty.
func (c Catalogue) Device(browser, system string) string {
	if browser == "" || system == "" {
		return browser + system
	}
	return c.Text("device.both", "browser", browser, "system", system)
}

// Moment gives date and time of t as people of the language write it, in UTC.
func (c Catalogue) Moment(t time.Time) string {
	return c.Text("date.moment", "day", c.Day(t), "clock", t.UTC().Format("15:04"))
}

// Day gives the date of t as people of the language write it, in UTC. Some write
// the first of a month unlike other days.
func (c Catalogue) Day(t time.Time) string {
	t = t.UTC()
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = c.Text("date.first")
	}
	return c.Text("date.day", "day", day, "year", strconv.Itoa(t.Year()),
		"month", c.Text("date.month."+strconv.Itoa(int(t.Month()))))
}

// Said gives the sentence of a refusal, by the key that its fault carries.
func (c Catalogue) Said(key string, pairs ...string) string { return c.Text("said."+key, pairs...) }

// Rule gives the rule that a member of a request breaks, to be read after the name
// of the member. English alone has these.
func (c Catalogue) Rule(key string, pairs ...string) string { return c.Text("rule."+key, pairs...) }

// ForPrograms is the words of answers to programs, and of the command line: the
// English ones.
var ForPrograms = sync.OnceValue(func() Catalogue {
	all, err := Read()
	if err != nil {
		return Catalogue{} // cannot be: the files are in the program, and tests read them
	}
	return all[English]
})
