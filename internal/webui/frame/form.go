package frame

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// maxShown is how much of what was typed is shown again.
const maxShown = 254

// Shown is what was typed, fit to stand in a field again: what a field cannot
// hold is left out.
func Shown(typed string) string {
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

// Missing marks the fields of a form that must be filled in and, by values in their
// order, are not. It reports whether there are any.
func (f *Frame) Missing(r *http.Request, form *Form, values ...string) bool {
	found := false
	for i, value := range values {
		if value == "" && form.Fields[i].Required {
			form.Fields[i].Problem = f.Say(r).Text("missing." + form.Fields[i].Name)
			form.Fields[i].Focus = !found
			found = true
		}
	}
	return found
}

// Blamed writes what is wrong beside one field.
func (*Frame) Blamed(form *Form, name, problem string) {
	for i := range form.Fields {
		if form.Fields[i].Name == name {
			form.Fields[i].Problem, form.Fields[i].Focus = problem, true
		}
	}
}

// Blame writes what a fault complains of beside the fields that it is about, and
// reports whether there is one.
func (f *Frame) Blame(r *http.Request, form *Form, complaint *fault.Error) bool {
	problems := map[string]string{}
	for _, wrong := range complaint.Fields {
		problems[wrong.Field] = f.saidOf(r, wrong)
	}
	switch complaint.Code {
	case "weak_password":
		problems["password"], problems["new_password"] = f.Said(r, complaint), f.Said(r, complaint)
	case "email_taken":
		problems["email"] = f.Said(r, complaint)
	}
	found := false
	for i := range form.Fields {
		problem := problems[form.Fields[i].Name]
		if problem == "" {
			continue
		}
		form.Fields[i].Problem, form.Fields[i].Focus = problem, !found
		found = true
	}
	return found
}

// NewPassword is the field for a password that is chosen now.
func (f *Frame) NewPassword(r *http.Request, name, label string) Field {
	return Field{
		ID: "new-password", Name: name, Kind: "password", Autocomplete: "new-password", Label: f.Say(r).Text(label),
		Hint: f.Say(r).Count("reset.hint", f.Passwords.Min), Required: true, MinLength: f.Passwords.Min, Rules: f.rules,
	}
}
