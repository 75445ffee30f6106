package jws

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The vectors are unmodified from C2SP/wycheproof; testdata/wycheproof holds
// their licence.
type vectorFile struct {
	NumberOfTests int `json:"numberOfTests"`
	TestGroups    []struct {
		Comment string          `json:"comment"`
		Public  json.RawMessage `json:"public"`
		Private json.RawMessage `json:"private"`
		Tests   []struct {
			ID      int    `json:"tcId"`
			Comment string `json:"comment"`
			JWS     string `json:"jws"`
			Result  string `json:"result"`
		} `json:"tests"`
	} `json:"testGroups"`
}

func readVectors(t *testing.T, name string) vectorFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "wycheproof", name))
	if err != nil {
		t.Fatal(err)
	}
	var f vectorFile
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// pin makes a key of a vector's JWK. A set holds no shared keys, so that those
// are read here.
func pin(jwk json.RawMessage) (kid string, key *Public, err error) {
	members, err := parseMembers(string(jwk))
	if err != nil {
		return "", nil, err
	}
	r := reader{members: members}
	kid = r.optionalText("kid")
	if members.Get("kty") == `"oct"` && forVerifying(members) {
		if key, err = NewPublic(r.text("alg"), r.bytes("k")); r.err != nil {
			err = r.err
		}
		return kid, key, err
	}
	public := slices.DeleteFunc(members, func(m Member) bool { return m.Name == "d" }) // some groups have nothing but the private half
	key, err = parseKey(public)
	return kid, key, err
}

// wrongly names the vectors whose verdict is not ours, each with the reason.
type wrongly map[int]string

func (w wrongly) all(from, to int, reason string) wrongly {
	for id := from; id <= to; id++ {
		w[id] = reason
	}
	return w
}

func TestWycheproofSignatures(t *testing.T) {
	t.Parallel()
	exceptions := wrongly{
		346: "valid there, refused here: PS256 and PS384 are not offered, and the JWK says one while the header says the other",
		347: "valid there, refused here: ES512 is not offered, and ES521, which the JWK says, does not exist",
		350: "as 346",
		351: "as 347",
		367: "invalid there, accepted here: character for character the valid vector 357",
		370: "invalid there, accepted here: character for character the valid vector 357",
		372: "valid there, refused here: '?' is not in the base64url alphabet",
		373: "valid there, refused here: '?' is not in the base64url alphabet",
	}
	exceptions.
		all(264, 271, "valid there, refused here: RS384 and RS512 are not offered").
		all(272, 275, "valid there, refused here: PS256 is not offered").
		all(287, 288, "valid there, refused here: PS256 is not offered").
		all(320, 323, "valid there, refused here: PS384 is not offered").
		all(325, 328, "valid there, refused here: PS512 is not offered")
	if n := runVectors(t, readVectors(t, "json_web_signature_test.json"), exceptions); n != 401 {
		t.Errorf("%d vectors ran", n)
	}
}

func runVectors(t *testing.T, f vectorFile, exceptions wrongly) (ran int) {
	t.Helper()
	for _, g := range f.TestGroups {
		jwk := g.Public
		if jwk == nil {
			jwk = g.Private
		}
		_, key, refused := pin(jwk)
		for _, test := range g.Tests {
			err := refused
			if err == nil {
				err = verifyByKey(test.JWS, key)
			}
			judge(t, test.ID, test.Comment, test.Result, err, exceptions)
			ran++
		}
	}
	if ran != f.NumberOfTests {
		t.Errorf("%d vectors ran of %d", ran, f.NumberOfTests)
	}
	return ran
}

func judge(t *testing.T, id int, comment, result string, err error, exceptions wrongly) {
	t.Helper()
	agree := (err == nil) == (result == "valid")
	reason, excepted := exceptions[id]
	switch {
	case !agree && !excepted:
		t.Errorf("vector %d (%s) is %s; we say %v", id, comment, result, err)
	case agree && excepted:
		t.Errorf("vector %d needs no exception (%s)", id, reason)
	}
}

// TestWycheproofKeys runs the vectors of key sets: the set is read as a ring
// would hold it, and the header's kid selects.
func TestWycheproofKeys(t *testing.T) {
	t.Parallel()
	exceptions := wrongly{
		1: "invalid there, accepted here: a set of shared and asymmetric keys is ambiguous only where the header " +
			"chooses the algorithm; our ring holds such a set while the setting changes, each key pinned to its own",
		7: "invalid there, accepted here: an RSA key with the ROCA flaw looks like any other; " +
			"our keys come from crypto/rsa, never from a smart card or from outside",
		14: "valid there, refused here: HS384 is not offered",
		15: "valid there, refused here: HS512 is not offered",
	}
	f := readVectors(t, "json_web_key_test.json")
	for _, g := range f.TestGroups {
		set := g.Public
		if set == nil {
			set = g.Private
		}
		ring, refused := readSet(set)
		for _, test := range g.Tests {
			err := refused
			if err == nil {
				err = verifyBySet(ring, test.JWS)
			}
			judge(t, test.ID, test.Comment, test.Result, err, exceptions)
		}
	}
}

func readSet(text json.RawMessage) (map[string]*Public, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, err
	}
	ring := map[string]*Public{}
	for _, jwk := range set.Keys {
		kid, key, err := pin(jwk)
		if err != nil {
			return nil, err
		}
		if ring[kid] != nil {
			return nil, fmt.Errorf("kid %q twice", kid)
		}
		ring[kid] = key
	}
	return ring, nil
}

func verifyByKey(raw string, key *Public) error {
	m, err := Parse(raw, MaxToken)
	if err != nil {
		return err
	}
	return m.VerifyForeign(key)
}

func verifyBySet(ring map[string]*Public, raw string) error {
	m, err := Parse(raw, MaxToken)
	if err != nil {
		return err
	}
	key := ring[m.KeyID]
	if key == nil {
		return errors.New("unknown key")
	}
	return m.VerifyForeign(key)
}
