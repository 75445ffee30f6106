package frame

import (
	"net/http"
	"net/url"
	"slices"
)

// The ways to give a second factor that pages can take; package mfa knows them.
const (
	MethodPasskey      = "passkey"
	methodTOTP         = "totp"
	methodRecoveryCode = "recovery_code"
)

// Takes reports whether there is a page for a method.
func Takes(method string) bool {
	return slices.Contains([]string{methodTOTP, MethodPasskey, methodRecoveryCode}, method)
}

// MethodLink leads to another way to give a second factor.
type MethodLink struct{ Address, Label string }

// AnswerView is the page that asks for a second factor, or for a password where an
// account has none.
type AnswerView struct {
	PasskeyPage

	Lead    string // what is asked for
	Chosen  string // the method that is asked for; empty is the password
	Methods []MethodLink
	// SignedIn says that it asks somebody who is signed in once more.
	SignedIn bool
}

// Template is the page's.
func (*AnswerView) Template() string { return "second-factor" }

// Answer asks for a second factor by one of some methods, the first unless
// another is chosen, and leads to the others. What it asks for is posted to the
// page itself, with the method. A passkey is asked for by a ceremony, which is
// for the caller to begin: Chosen says so.
func (f *Frame) Answer(r *http.Request, path, chosen string, methods []string, back string) *AnswerView {
	if !slices.Contains(methods, chosen) && len(methods) > 0 {
		chosen = methods[0]
	}
	say := f.Say(r)
	v := &AnswerView{Lead: say.Text("second_factor." + chosen + ".lead"), Chosen: chosen}
	v.Heading = say.Text("second_factor.heading")
	if chosen != MethodPasskey {
		v.Form = &Form{Action: path, Method: chosen, ReturnTo: back, Button: say.Text("second_factor.button"), Fields: []Field{f.codeField(r, chosen)}}
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

func (f *Frame) codeField(r *http.Request, method string) Field {
	if method == methodRecoveryCode {
		return Field{ID: "code", Name: "code", Kind: "key", Autocomplete: "off", Label: f.Say(r).Text("field.recovery_code"), Required: true, Focus: true}
	}
	return Field{ID: "code", Name: "code", Kind: "code", Autocomplete: "one-time-code", Label: f.Say(r).Text("field.code"), Required: true, Focus: true}
}
