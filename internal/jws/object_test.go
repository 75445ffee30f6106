package jws

import (
	"encoding/json"
	"testing"
)

// FuzzParseObject holds the strict reader against encoding/json: what it takes,
// encoding/json takes as well, and writing the members again loses none.
func FuzzParseObject(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a":1}`, `{"a":1,"a":2}`, `{"a":{"b":1,"b":2}}`, `{"\u0061":1,"a":2}`, `{"a":"\ud800"}`, `[]`, `{"a":[{"x":1},{"x":2}]}`,
		"\ufeff{}", "{}{}", `{"a":1e999}`, ` { "a" : null } `, `{"":{"":""}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ParseObject(text)
		if err != nil {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		if len(got) != len(want) {
			t.Fatalf("%d members, encoding/json sees %d", len(got), len(want))
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ParseObject(again); err != nil || len(back) != len(got) {
			t.Fatalf("written again it is %q: %v", again, err)
		}
	})
}
