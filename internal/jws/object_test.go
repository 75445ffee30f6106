package jws

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzParseObject holds the strict reader against encoding/json: what it takes,
// encoding/json takes as well, and sees the same in it; what it calls no JSON object
// is none; and writing the members again loses none.
func FuzzParseObject(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a":1}`, `{"a":1,"a":2}`, `{"a":{"b":1,"b":2}}`, `{"\u0061":1,"a":2}`, `{"a":"\ud800"}`, `[]`, `{"a":[{"x":1},{"x":2}]}`,
		"\ufeff{}", "{}{}", `{"a":1e999}`, ` { "a" : null } `, `{"":{"":""}}`,
		"{\"a\":\x001}", "{\"a\":1}\x00", "{\"\x1f\":1}", `{"a":"\x"}`, `{"a":"\`, `{"a":"\"}`, `{"a":01}`, `{"a":-}`, `{"a":-0}`, `{"a":1.}`, `{"a":.1}`,
		`{"a":1e}`, `{"a":1E+0}`, `{"a":+1}`, `{"a":truex}`, `{"a":tru}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{,}`, `{"a":[1,]}`, `{"a":[,]}`, `{"a":[}`, `{"a":1`,
		`{"a" 1}`, `{"a":1 "b":2}`, `{a:1}`, `{"a":[[[[[[[[1]]]]]]]]}`, "{\"a\":\"\ufffd\"}", `{"a":"\ufffd"}`, "{\"a\":\"\xff\"}", `{"a":{}} x`, `{"a":[ ] , "b" : { } }`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ParseObject(text)
		var want map[string]json.RawMessage
		theirs := json.Unmarshal(text, &want)
		if err != nil {
			if errors.Is(err, errJSON) && theirs == nil && want != nil {
				t.Fatalf("%q is an object", text)
			}
			return
		}
		if theirs != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", theirs)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("differs from what encoding/json sees (-theirs +ours):\n%s", diff)
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
