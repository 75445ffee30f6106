package middleware

import (
	"strconv"
	"strings"
)

// WantsPage reports whether an Accept header (RFC 9110 §12.5.1) asks for HTML
// rather than JSON. A browser names text/html; a program names
// application/json, or is content with anything, and then gets what a link in a
// mail is: a page.
func WantsPage(accept []string) bool {
	html, json := -1.0, -1.0
	var htmlNamed, jsonNamed int // how exactly: 0 by */*, 1 by type, 2 by name
	for _, line := range accept {
		for field := range strings.SplitSeq(line, ",") {
			kind, quality := mediaRange(field)
			for _, want := range []struct {
				kind, family string
				quality      *float64
				named        *int
			}{{"text/html", "text/*", &html, &htmlNamed}, {"application/json", "application/*", &json, &jsonNamed}} {
				named := -1
				switch kind {
				case want.kind:
					named = 2
				case want.family:
					named = 1
				case "*/*":
					named = 0
				}
				if named >= 0 && (*want.quality < 0 || named > *want.named) {
					*want.quality, *want.named = quality, named
				}
			}
		}
	}
	switch {
	case html <= 0 && json <= 0:
		return len(accept) == 0 || html < 0 && json < 0
	case html != json:
		return html > json
	default:
		return htmlNamed >= jsonNamed
	}
}

// NamesPage reports whether an Accept header asks for HTML by its name, as a
// browser does for what it is to show. Who is content with anything does not.
func NamesPage(accept []string) bool { return Names(accept, "text/html") && WantsPage(accept) }

// Names reports whether an Accept header asks for a media type by its name.
func Names(accept []string, mediaType string) bool {
	for _, line := range accept {
		for field := range strings.SplitSeq(line, ",") {
			if kind, quality := mediaRange(field); kind == mediaType && quality > 0 {
				return true
			}
		}
	}
	return false
}

// mediaRange reads one element of an Accept header. What cannot be read has the
// quality 0.
func mediaRange(field string) (kind string, quality float64) {
	kind, rest, _ := strings.Cut(strings.TrimSpace(field), ";")
	quality = 1
	for parameter := range strings.SplitSeq(rest, ";") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
			q, err := strconv.ParseFloat(value, 64)
			if err != nil || q < 0 || q > 1 {
				q = 0
			}
			quality = q
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), quality
}
