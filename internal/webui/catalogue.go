package webui

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// catalogue holds every word that a page shows, by key. There is one per
// language; a translation is one more file beside text/en.json.
type catalogue map[string]string

func readCatalogue(files fs.FS, name string) (catalogue, error) {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read words of the pages: %w", err)
	}
	var c catalogue
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("read words of the pages from %s: %w", name, err)
	}
	return c, nil
}

// text gives the words behind key. Placeholders such as {product} are filled
// from pairs of name and value. A key that is missing shows itself in brackets,
// which a test looks for on every page.
func (c catalogue) text(key string, pairs ...string) string {
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

// count gives the words for n things: key with .one or .other, which is all
// that English and German need.
func (c catalogue) count(key string, n int) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return c.text(key+form, "n", strconv.Itoa(n))
}

// wait says how long d is, never too short.
func (c catalogue) wait(d time.Duration) string {
	switch {
	case d <= 90*time.Second:
		return c.count("wait.seconds", ceil(d, time.Second))
	case d <= 90*time.Minute:
		return c.count("wait.minutes", ceil(d, time.Minute))
	default:
		return c.count("wait.hours", ceil(d, time.Hour))
	}
}

// ceil counts the units in d, rounded up, at least one.
func ceil(d, unit time.Duration) int {
	return max(1, int((d+unit-1)/unit))
}

// ago says how long d is past, roughly.
func (c catalogue) ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return c.text("mailbox.ago.now")
	case d < time.Hour:
		return c.count("mailbox.ago.minutes", int(d/time.Minute))
	case d < 24*time.Hour:
		return c.count("mailbox.ago.hours", int(d/time.Hour))
	default:
		return c.count("mailbox.ago.days", int(d/(24*time.Hour)))
	}
}
