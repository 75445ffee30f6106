package webui

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// maxShown is how much of what was typed is shown again.
const maxShown = 254

// shown is what was typed, fit to stand in a field again: what a field cannot
// hold is left out.
func shown(typed string) string {
	typed = strings.ToValidUTF8(typed, "")
	typed = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, typed)
	if utf8.RuneCountInString(typed) > maxShown {
		typed = string([]rune(typed)[:maxShown])
	}
	return typed
}

// missing marks the fields of f that must be filled in and, by values in their
// order, are not. It reports whether there are any.
func (p *pages) missing(r *http.Request, f *form, values ...string) bool {
	found := false
	for i, value := range values {
		if value == "" && f.Fields[i].Required {
			f.Fields[i].Problem = p.say(r).Text("missing." + f.Fields[i].Name)
			f.Fields[i].Focus = !found
			found = true
		}
	}
	return found
}

// blame writes what a fault complains of beside the fields that it is about, and
// reports whether there is one.
func (p *pages) blame(r *http.Request, f *form, complaint *fault.Error) bool {
	problems := map[string]string{}
	for _, wrong := range complaint.Fields {
		problems[wrong.Field] = p.words.Said(p.say(r), wrong.Message)
	}
	switch complaint.Code {
	case "weak_password":
		problems["password"], problems["new_password"] = p.words.Said(p.say(r), complaint.Detail), p.words.Said(p.say(r), complaint.Detail)
	case "email_taken":
		problems["email"] = p.words.Said(p.say(r), complaint.Detail)
	}
	found := false
	for i := range f.Fields {
		problem := problems[f.Fields[i].Name]
		if problem == "" {
			continue
		}
		f.Fields[i].Problem, f.Fields[i].Focus = problem, !found
		found = true
	}
	return found
}
