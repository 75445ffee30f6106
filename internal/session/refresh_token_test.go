package session

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestARefreshTokenReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	c := newCodec(newKeyring(t), store.DefaultRealm)
	want := presented{sessionID: id.Random(), generation: 1<<40 + 7, nonce: newNonce()}
	raw, err := c.write(want.sessionID, store.RefreshState{Generation: want.generation, Nonce: want.nonce})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(raw, "spr_") || len(raw) != refreshTextSize {
		t.Errorf("got a token of %d characters, want %d after spr_", len(raw), refreshTextSize)
	}
	got, ok := c.read(raw)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(presented{})); !ok || diff != "" {
		t.Errorf("read %v (-want +got)\n%s", ok, diff)
	}
	again, err := c.write(want.sessionID, store.RefreshState{Generation: want.generation, Nonce: want.nonce})
	if err != nil || again != raw {
		t.Errorf("written again it differs (error %v); a retry must get the same token", err)
	}
}

func TestARefreshTokenOfAnotherKeyRealmOrSpellingIsRefused(t *testing.T) {
	t.Parallel()
	old, fresh := secret.Encode(secret.Bytes(32)), secret.Encode(secret.Bytes(32))
	codecOf := func(keys, realm string) codec {
		ring, err := secret.ParseKeyring(keys)
		if err != nil {
			t.Fatal(err)
		}
		return newCodec(ring, realm)
	}
	raw, err := codecOf(old, "main").write(id.Random(), store.RefreshState{Generation: 3, Nonce: newNonce()})
	if err != nil {
		t.Fatal(err)
	}
	body := strings.TrimPrefix(raw, PrefixRefresh)
	last := strings.IndexByte(alphabet, body[len(body)-1])
	tests := []struct {
		name  string
		codec codec
		raw   string
		want  bool
	}{
		{"the same key", codecOf(old, "main"), raw, true},
		{"a newer key before it in the list", codecOf(fresh+","+old, "main"), raw, true},
		{"only another key", codecOf(fresh, "main"), raw, false},
		{"another realm", codecOf(old, "other"), raw, false},
		{"unused bits set", codecOf(old, "main"), raw[:len(raw)-1] + string(alphabet[last^1]), false},
		{"padding", codecOf(old, "main"), raw + "=", false},
		{"a line end", codecOf(old, "main"), raw + "\n", false},
		{"a line end inside", codecOf(old, "main"), raw[:20] + "\n" + raw[21:], false},
		{"the standard alphabet", codecOf(old, "main"), PrefixRefresh + base64.RawStdEncoding.EncodeToString([]byte(body)), false},
		{"another prefix", codecOf(old, "main"), "spw_" + body, false},
		{"no prefix", codecOf(old, "main"), body, false},
		{"nothing", codecOf(old, "main"), "", false},
	}
	for _, test := range tests {
		if _, got := test.codec.read(test.raw); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func TestEveryFlippedBitOfARefreshTokenIsRefused(t *testing.T) {
	t.Parallel()
	c := newCodec(newKeyring(t), store.DefaultRealm)
	raw, err := c.write(id.Random(), store.RefreshState{Generation: 3, Nonce: newNonce()})
	if err != nil {
		t.Fatal(err)
	}
	b, err := secret.Decode(strings.TrimPrefix(raw, PrefixRefresh))
	if err != nil {
		t.Fatal(err)
	}
	for bit := range len(b) * 8 {
		b[bit/8] ^= 1 << (bit % 8)
		if _, ok := c.read(PrefixRefresh + secret.Encode(b)); ok {
			t.Errorf("accepted with bit %d flipped", bit)
		}
		b[bit/8] ^= 1 << (bit % 8)
	}
}

func TestARowThatIsNotOursMakesNoToken(t *testing.T) {
	t.Parallel()
	c := newCodec(newKeyring(t), store.DefaultRealm)
	for name, row := range map[string]store.Session{
		"the id is no UUID":     {ID: "x", RefreshState: store.RefreshState{Nonce: newNonce()}},
		"the nonce is short":    {ID: id.Random(), RefreshState: store.RefreshState{Nonce: "AA"}},
		"the nonce is no text":  {ID: id.Random(), RefreshState: store.RefreshState{Nonce: "!"}},
		"the number is too low": {ID: id.Random(), RefreshState: store.RefreshState{Nonce: newNonce(), Generation: -1}},
	} {
		if _, err := c.write(row.ID, row.RefreshState); err == nil {
			t.Errorf("%s: got a token, want an error", name)
		}
	}
}

// FuzzRefreshToken looks for text that is read without being what was written.
func FuzzRefreshToken(f *testing.F) {
	ring, err := secret.ParseKeyring(strings.Repeat("A", 43))
	if err != nil {
		f.Fatal(err)
	}
	c := newCodec(ring, store.DefaultRealm)
	for generation := range int64(3) {
		raw, err := c.write("6ba7b810-9dad-41d1-80b4-00c04fd430c8", store.RefreshState{
			Generation: generation, Nonce: strings.Repeat("A", 22),
		})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(raw + "=")
		f.Add(raw[4:])
	}
	f.Fuzz(func(t *testing.T, raw string) {
		p, ok := c.read(raw)
		if !ok {
			return
		}
		again, err := c.write(p.sessionID, store.RefreshState{Generation: p.generation, Nonce: p.nonce})
		if err != nil || again != raw {
			t.Errorf("read what was never written: error %v", err)
		}
	})
}
