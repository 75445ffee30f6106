package frame

import (
	"net/http"
	"net/url"
	"slices"
)

// The ways to give a second factor that a form can take; package mfa knows
// them.
const (
	methodTOTP         = "totp"
	methodRecoveryCode = "recovery_code"
)

// TakesCode reports whether a method is answered by typing.
func TakesCode(method string) bool { return method == methodTOTP || method == methodRecoveryCode }

// CodeView asks for a second factor by one of some methods, the first unless
// another is chosen, and leads to the others. What it asks for is posted to the
// page itself, with the method.
func (f *Frame) CodeView(r *http.Request, path, chosen string, methods []string, back string) View {
	if !slices.Contains(methods, chosen) && len(methods) > 0 {
		chosen = methods[0]
	}
	say := f.Say(r)
	code := Field{ID: "code", Name: "code", Kind: "code", Autocomplete: "one-time-code", Label: say.Text("field.code"), Required: true, Focus: true}
	if chosen == methodRecoveryCode {
		code.Kind, code.Autocomplete, code.Label = "key", "off", say.Text("field.recovery_code")
	}
	v := View{
		Heading: say.Text("second_factor.heading"), Lead: say.Text("second_factor." + chosen + ".lead"),
		Form: &Form{Action: path, Method: chosen, ReturnTo: back, Button: say.Text("second_factor.button"), Fields: []Field{code}},
	}
	for _, m := range methods {
		if m == chosen {
			continue
		}
		address := url.Values{"method": {m}}
		if back != "" {
			address.Set("return_to", back)
		}
		v.Methods = append(v.Methods, MethodLink{Address: path + "?" + address.Encode(), Label: say.Text("second_factor." + m + ".link")})
	}
	return v
}
