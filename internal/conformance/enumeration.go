package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// enumerationRows are about strangers who want to know who has an account.
func enumerationRows() []Row {
	const why = "Who has an account somewhere is nobody's business: it names the people to be phished, and to be guessed at."
	sources := []string{"ASVS 6.3.8", "OWASP Authentication Cheat Sheet", "WSTG-IDNT-04"}
	return []Row{
		{
			Name: "enumeration-login", try: tell(askLogin), Why: why, Sources: sources,
			Promise: "A wrong password and an address without an account are answered alike.",
		},
		{
			Name: "enumeration-sign-up", try: tell(askSignUp), Why: why, Sources: sources,
			Promise: "A sign-up is answered alike, whether or not the address has an account.",
		},
		{
			Name: "enumeration-reset", try: tell(askReset), Why: why, Sources: sources,
			Promise: "A reset is answered alike, whether or not the address has an account.",
		},
	}
}

// ask is a stranger's question about an address.
type ask func(email string) request

func askLogin(email string) request  { return post(pathLogin, credentials{email, newPassword()}) }
func askSignUp(email string) request { return post(pathSignUp, credentials{email, newPassword()}) }
func askReset(email string) request {
	return post(pathRequestReset, map[string]string{"email": email})
}

// alike is how many answers of each kind are laid side by side: what differs within
// a kind by chance is not taken for a difference between them.
const alike = 4

// tell compares the answers about addresses with an account and without.
func tell(question ask) func(context.Context, *attempt) error {
	return func(ctx context.Context, a *attempt) error {
		var known, unknown []map[string]string
		for range alike {
			p, err := a.member(ctx)
			if err != nil {
				return err
			}
			for _, class := range []struct {
				email string
				seen  *[]map[string]string
			}{{p.email, &known}, {stranger().email, &unknown}} {
				got, err := a.call(ctx, question(class.email))
				if err != nil {
					return err
				}
				*class.seen = append(*class.seen, features(got, class.email))
			}
		}
		if differs := difference(common(known), common(unknown)); differs != "" {
			return broken("the answers differ: %s", differs)
		}
		return nil
	}
}

// chance are headers that differ from answer to answer, and tell of time or order.
var chance = []string{"date", "x-request-id", "traceparent", "server-timing", "age", "expires", "last-modified"} //nolint:gochecknoglobals // a list

// features are what a stranger can compare: status, headers, every member of the body.
func features(got answer, email string) map[string]string {
	seen := map[string]string{"status": strconv.Itoa(got.status), "length of the body": strconv.Itoa(len(got.body))}
	for name, values := range got.header {
		if name = strings.ToLower(name); !slices.Contains(chance, name) {
			seen["header "+name] = strings.Join(values, ", ")
		}
	}
	var body any
	if json.Unmarshal(got.body, &body) != nil {
		body = string(got.body)
	}
	flatten("body", body, seen)
	for name, value := range seen { // an answer may repeat what was asked
		seen[name] = strings.ReplaceAll(value, email, "the address")
	}
	return seen
}

// flatten gives every value within a value a name.
func flatten(name string, value any, into map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for member, inner := range v {
			flatten(name+"."+member, inner, into)
		}
	case []any:
		for n, inner := range v {
			flatten(name+"["+strconv.Itoa(n)+"]", inner, into)
		}
	default:
		into[name] = fmt.Sprint(v)
	}
}

// common is what answers of one kind have in common. A value that differs among them
// counts by its length; a length that differs as well, by being there.
func common(answers []map[string]string) map[string]string {
	is := map[string]string{}
	for name := range answers[0] {
		value, length, sometimes := answers[0][name], true, false
		for _, other := range answers[1:] {
			now, there := other[name]
			sometimes = sometimes || !there
			length = length && len(now) == len(answers[0][name])
			if now != answers[0][name] {
				value = ""
			}
		}
		switch {
		case sometimes:
		case value != "" || answers[0][name] == "":
			is[name] = "is " + answers[0][name]
		case length:
			is[name] = fmt.Sprintf("has %d characters", len(answers[0][name]))
		default:
			is[name] = "differs each time"
		}
	}
	return is
}

// difference tells the first difference between two kinds, or nothing.
func difference(known, unknown map[string]string) string {
	names := slices.Sorted(maps.Keys(known))
	for name := range unknown {
		if _, there := known[name]; !there {
			names = append(names, name)
		}
	}
	for _, name := range names {
		with, without := known[name], unknown[name]
		if with != without {
			return fmt.Sprintf("%s, with an account: %q; without: %q", name, with, without)
		}
	}
	return ""
}
