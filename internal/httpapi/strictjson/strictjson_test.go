package strictjson_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/httpapi/strictjson"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

func TestObject(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		in   string
		want error
	}{
		"plain":                                 {`{"email":"a@b.example","n":[1,{"x":null}]}`, nil},
		"empty":                                 {` {} `, nil},
		"an escaped pair":                       {`{"name":"\ud83d\ude00"}`, nil},
		"an escaped backslash before u":         {`{"name":"\\ud83d"}`, nil},
		"one name on two levels":                {`{"a":{"a":1},"b":[{"a":1},{"a":2}]}`, nil},
		"a name that is a value elsewhere":      {`{"a":"b","b":"a"}`, nil},
		"names in an array":                     {`{"a":["b","b"]}`, nil},
		"wrong UTF-8":                           {"{\"a\":\"\xff\"}", strictjson.ErrNotUTF8},
		"overlong UTF-8":                        {"{\"a\":\"\xc0\xaf\"}", strictjson.ErrNotUTF8},
		"a surrogate in UTF-8":                  {"{\"a\":\"\xed\xa0\x80\"}", strictjson.ErrNotUTF8},
		"a byte order mark":                     {"\ufeff{}", strictjson.ErrNotJSON},
		"cut short":                             {`{"a":`, strictjson.ErrNotJSON},
		"trailing data":                         {`{}x`, strictjson.ErrNotJSON},
		"two objects":                           {`{}{}`, strictjson.ErrNotJSON},
		"a comment":                             {`{/**/}`, strictjson.ErrNotJSON},
		"a trailing comma":                      {`{"a":1,}`, strictjson.ErrNotJSON},
		"single quotes":                         {`{'a':1}`, strictjson.ErrNotJSON},
		"NaN":                                   {`{"a":NaN}`, strictjson.ErrNotJSON},
		"a control character in a string":       {"{\"a\":\"\x00\"}", strictjson.ErrNotJSON},
		"nothing":                               {``, strictjson.ErrNotJSON},
		"an array":                              {`[{}]`, strictjson.ErrNotObject},
		"a string":                              {`"a"`, strictjson.ErrNotObject},
		"null":                                  {`null`, strictjson.ErrNotObject},
		"a member twice":                        {`{"a":1,"a":2}`, strictjson.ErrGivenTwice},
		"twice, once escaped":                   {`{"a":1,"\u0061":2}`, strictjson.ErrGivenTwice},
		"twice, with an object between":         {`{"a":{"b":1},"a":2}`, strictjson.ErrGivenTwice},
		"twice, with an array between":          {`{"a":[1,"a"],"a":2}`, strictjson.ErrGivenTwice},
		"twice below":                           {`{"a":[{"b":1,"b":1}]}`, strictjson.ErrGivenTwice},
		"half a pair":                           {`{"a":"\ud83d"}`, strictjson.ErrLoneSurrogate},
		"the other half":                        {`{"a":"\ude00"}`, strictjson.ErrLoneSurrogate},
		"the halves swapped":                    {`{"a":"\ude00\ud83d"}`, strictjson.ErrLoneSurrogate},
		"half a pair and another escape":        {`{"a":"\ud83d\n"}`, strictjson.ErrLoneSurrogate},
		"half a pair and a plain character":     {`{"a":"\ud83dA"}`, strictjson.ErrLoneSurrogate},
		"half a pair in a name":                 {`{"\ud83d":1}`, strictjson.ErrLoneSurrogate},
		"a nest deeper than parsers can follow": {strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000), strictjson.ErrNotJSON},
	} {
		if _, err := strictjson.Object([]byte(test.in)); words(err) != words(test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// words is which refusal err is.
func words(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Words
	}
	return ""
}

// FuzzObject holds what is taken to encoding/json: the same members, and
// writing them and reading them again changes nothing.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"a":2}`, `{"a":"\ud83d\ude00"}`, `{"a":"\ud83d"}`, `{"a":{"b":[{}]}}`, `{} {}`, "{\"\xff\":1}", `[]`, `{"a":1e999}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		members, err := strictjson.Object(body)
		if err != nil {
			if !errors.Is(err, middleware.ErrMalformed) {
				t.Errorf("%v is no complaint", err)
			}
			return
		}
		var plain map[string]json.RawMessage
		if err := json.Unmarshal(body, &plain); err != nil {
			t.Fatalf("taken, but no JSON: %v", err)
		}
		if diff := cmp.Diff(plain, members); diff != "" {
			t.Error(diff)
		}
		again, err := json.Marshal(members)
		if err != nil {
			t.Fatal(err)
		}
		second, err := strictjson.Object(again)
		if err != nil {
			t.Fatalf("taken once, not twice: %v", err)
		}
		if !slices.Equal(slices.Sorted(maps.Keys(members)), slices.Sorted(maps.Keys(second))) {
			t.Error("other members the second time")
		}
	})
}
