package hook

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
	"time"
)

// TestPublishedSignature is the example of the Standard Webhooks specification, which
// its libraries test themselves by.
func TestPublishedSignature(t *testing.T) {
	t.Parallel()
	k, ok := parseKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if !ok {
		t.Fatal("the secret of the specification is not read")
	}
	const want = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	m := signed([]Key{k}, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if m.Signature != want || m.Timestamp != "1614265330" || m.ID != "msg_p5jXN8AQM9LWM0D4loKWxJek" {
		t.Errorf("the signature is %q at %q, want %q", m.Signature, m.Timestamp, want)
	}
	if got := k.Shown(); got != "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" {
		t.Errorf("the secret is shown as %q", got)
	}
}

// TestKeyPair is the first test of RFC 8032 §7.1: the public key that belongs to a
// seed. What is signed with the one is verified with the other.
func TestKeyPair(t *testing.T) {
	t.Parallel()
	seed, _ := hex.DecodeString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
	public, _ := hex.DecodeString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
	k, ok := parseKey("whsk_" + base64.StdEncoding.EncodeToString(seed))
	if !ok {
		t.Fatal("the seed is not read")
	}
	if got, want := k.Shown(), "whpk_"+base64.StdEncoding.EncodeToString(public); got != want {
		t.Errorf("the public key is %q, want %q", got, want)
	}
	m := signed([]Key{k}, "msg_1", time.Unix(1700000000, 0), []byte(`{"a":1}`))
	sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(m.Signature, "v1a,"))
	if err != nil || !ed25519.Verify(public, []byte(`msg_1.1700000000.{"a":1}`), sum) {
		t.Errorf("the signature %q is not verified by the public key (%v)", m.Signature, err)
	}
}

func TestTwoKeysSignWhileOneTakesTheOthersPlace(t *testing.T) {
	t.Parallel()
	old, young := newKey(SchemeHMAC), newKey(SchemeEd25519)
	m := signed([]Key{old, young}, "msg_1", time.Unix(1700000000, 0), []byte("{}"))
	want := old.sign("msg_1", time.Unix(1700000000, 0), []byte("{}")) + " " + young.sign("msg_1", time.Unix(1700000000, 0), []byte("{}"))
	if m.Signature != want {
		t.Errorf("the signature is %q, want %q", m.Signature, want)
	}
}

func TestKeysKeepTheirText(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{SchemeHMAC, SchemeEd25519} {
		k := newKey(scheme)
		again, ok := parseKey(k.text())
		if !ok || again.Shown() != k.Shown() || again.scheme != scheme {
			t.Errorf("a key of %s comes back as %v %v", scheme, again.scheme, ok)
		}
	}
	for _, bad := range []string{"", "whsec_", "whsec_!!!!", "whsec_c2hvcnQ=", "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"} {
		if _, ok := parseKey(bad); ok {
			t.Errorf("%q is taken for a key", bad)
		}
	}
}
