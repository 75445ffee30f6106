package secret_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

var (
	oldKey = base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xfb}, 32))
	newKey = base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{2}, 48))
)

func keyring(t *testing.T, list string) *secret.Keyring {
	t.Helper()
	r, err := secret.ParseKeyring(list)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealedValueOpensOnlyWhereItWasStored(t *testing.T) {
	t.Parallel()
	home := secret.Place{Table: "jobs", Column: "secret_sealed", Row: "1"}
	old := keyring(t, oldKey)
	sealed := old.Seal("job", home, []byte("spv_token"))
	rotated := keyring(t, newKey+","+oldKey)
	altered := sealed[:len(sealed)-2] + flip(sealed[len(sealed)-2:])

	tests := []struct {
		name    string
		ring    *secret.Keyring
		purpose string
		place   secret.Place
		sealed  string
		opens   bool
	}{
		{"same key, purpose and place", old, "job", home, sealed, true},
		{"a newer key in front", rotated, "job", home, sealed, true},
		{"another row", old, "job", secret.Place{Table: "jobs", Column: "secret_sealed", Row: "2"}, sealed, false},
		{"another column", old, "job", secret.Place{Table: "jobs", Column: "payload", Row: "1"}, sealed, false},
		{"another purpose", old, "signing", home, sealed, false},
		{"the key is gone", keyring(t, newKey), "job", home, sealed, false},
		{"altered", old, "job", home, altered, false},
		{"cut short", old, "job", home, sealed[:len(sealed)/2], false},
		{"empty", old, "job", home, "", false},
		{"not ours", old, "job", home, "v1.AAAAAA.", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			plain, err := test.ring.Open(test.purpose, test.place, test.sealed)
			switch {
			case test.opens && (err != nil || string(plain) != "spv_token"):
				t.Errorf("got %q, %v; want the plain text", plain, err)
			case !test.opens && !errors.Is(err, secret.ErrNotOpened):
				t.Errorf("got %q, %v; want ErrNotOpened", plain, err)
			}
		})
	}
	id, err := secret.SealedBy(sealed)
	if want := old.KeyIDs()[0]; err != nil || id != want {
		t.Errorf("SealedBy: got %v, %v; want %v", id, err, want)
	}
}

func flip(s string) string {
	if s == "AA" {
		return "BB"
	}
	return "AA"
}

func TestTheSameValueNeverSealsTheSame(t *testing.T) {
	t.Parallel()
	r, place := keyring(t, oldKey), secret.Place{Table: "t", Column: "c", Row: "r"}
	if a, b := r.Seal("p", place, []byte("x")), r.Seal("p", place, []byte("x")); a == b {
		t.Errorf("both are %s", a)
	}
}

func TestParseKeyringRefuses(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]string{
		"nothing":       "",
		"a short key":   "c2hvcnQ=",
		"no base64":     strings.Repeat("!", 64),
		"a key twice":   oldKey + "," + oldKey,
		"a loose end":   oldKey + ",",
		"two spellings": oldKey + "," + strings.TrimRight(strings.ReplaceAll(oldKey, "+", "-"), "="),
	} {
		if _, err := secret.ParseKeyring(list); err == nil {
			t.Errorf("%s: accepted", name)
		} else if list != "" && len(list) > 20 && strings.Contains(err.Error(), list[:20]) {
			t.Errorf("%s: the error shows the key: %v", name, err)
		}
	}
}

func TestCheckValuesTellKeysApart(t *testing.T) {
	t.Parallel()
	r := keyring(t, newKey+","+oldKey)
	ids := r.KeyIDs()
	if len(ids) != 2 || ids[0] == ids[1] {
		t.Fatalf("got key ids %v; want two", ids)
	}
	if a, b := r.CheckValue(ids[0]), r.CheckValue(ids[1]); a == "" || a == b {
		t.Errorf("got check values %q and %q; want two different ones", a, b)
	}
	if got := keyring(t, oldKey).CheckValue(ids[0]); got != "" {
		t.Errorf("got a check value %q for a key that is not there", got)
	}
}

func TestMAC(t *testing.T) {
	t.Parallel()
	old, rotated := keyring(t, oldKey).MAC("refresh"), keyring(t, newKey+","+oldKey).MAC("refresh")
	data := []byte("session 1, generation 2")
	mac := old.Sum(data)
	if !rotated.Verify(old.KeyID(), data, mac) {
		t.Error("a MAC of the older key is refused")
	}
	if rotated.KeyID() == old.KeyID() {
		t.Error("the newest key does not sign")
	}
	other := keyring(t, oldKey).MAC("device")
	for name, ok := range map[string]bool{
		"other data":    old.Verify(old.KeyID(), []byte("session 1, generation 3"), mac),
		"other purpose": other.Verify(other.KeyID(), data, mac),
		"other key":     rotated.Verify(rotated.KeyID(), data, mac),
		"unknown key":   old.Verify(rotated.KeyID(), data, mac),
		"cut short":     old.Verify(old.KeyID(), data, mac[:16]),
		"empty":         old.Verify(old.KeyID(), data, nil),
	} {
		if ok {
			t.Errorf("%s: verified", name)
		}
	}
}

func TestOneTimeTokens(t *testing.T) {
	t.Parallel()
	token, hash := secret.NewToken("spv_")
	if !secret.WellFormed(token, "spv_") || secret.Hash(token) != hash {
		t.Errorf("the token that was made is not well formed, or hashes differently")
	}
	again, _ := secret.NewToken("spv_")
	if again == token {
		t.Error("two tokens are the same")
	}
	for name, s := range map[string]string{
		"another prefix": "spw_" + token[4:],
		"no prefix":      token[4:],
		"cut short":      token[:len(token)-4],
		"with line end":  token + "\n",
		"padded":         token + "=",
		"empty":          "",
	} {
		if s != token && secret.WellFormed(s, "spv_") {
			t.Errorf("%s: well formed", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("AAAA")
	f.Add("AB\r\n")
	f.Add("AB==")
	f.Fuzz(func(t *testing.T, s string) {
		if b, err := secret.Decode(s); err == nil && secret.Encode(b) != s {
			t.Errorf("%q has a second spelling %q", s, secret.Encode(b))
		}
	})
}
