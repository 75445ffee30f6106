package passkey

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/hex"
	"math/big"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// cose writes a COSE_Key (RFC 9053 §7), by label.
func cose(t *testing.T, key map[int]any) []byte {
	t.Helper()
	mode, err := cbor.CTAP2EncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	text, err := mode.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func ec2(t *testing.T, x, y []byte) []byte {
	t.Helper()
	return cose(t, map[int]any{1: 2, 3: -7, -1: 1, -2: x, -3: y})
}

func okp(t *testing.T, x []byte) []byte {
	t.Helper()
	return cose(t, map[int]any{1: 1, 3: -8, -1: 6, -2: x})
}

func rsaKey(t *testing.T, n *big.Int, e []byte) []byte {
	t.Helper()
	return cose(t, map[int]any{1: 3, 3: -257, -1: n.Bytes(), -2: e})
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestKeysThatProveNothingAreRefused(t *testing.T) {
	t.Parallel()
	point, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := point.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	x, y := raw[1:33], raw[33:]
	edwards, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	// Of a size, and odd: nothing else of a modulus can be seen.
	modulus := func(bits uint) *big.Int {
		return new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), bits-1), big.NewInt(1))
	}
	usual, zero := []byte{1, 0, 1}, make([]byte, 32)
	for name, test := range map[string]struct {
		key   []byte
		taken bool
	}{
		"P-256":                                       {ec2(t, x, y), true},
		"P-256 off the curve":                         {ec2(t, x, x), false},
		"P-256 at zero":                               {ec2(t, zero, zero), false},
		"P-256 with a coordinate of 31 bytes":         {ec2(t, x[1:], y), false},
		"Ed25519":                                     {okp(t, edwards), true},
		"Ed25519 of all zeros, of order 4":            {okp(t, zero), false},
		"Ed25519, the neutral point":                  {okp(t, append([]byte{1}, zero[1:]...)), false},
		"Ed25519 of order 2":                          {okp(t, unhex(t, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")), false},
		"Ed25519 of order 8":                          {okp(t, unhex(t, "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")), false},
		"Ed25519 of order 8, the other sign":          {okp(t, unhex(t, "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")), false},
		"Ed25519, the neutral point, not reduced":     {okp(t, unhex(t, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")), false},
		"Ed25519 that is no point":                    {okp(t, append([]byte{2}, zero[1:]...)), false},
		"RSA of 2048 bits":                            {rsaKey(t, modulus(2048), usual), true},
		"RSA of 4096 bits":                            {rsaKey(t, modulus(4096), usual), true},
		"RSA of 512 bits":                             {rsaKey(t, modulus(512), usual), false},
		"RSA of 2047 bits":                            {rsaKey(t, modulus(2047), usual), false},
		"RSA of 8192 bits":                            {rsaKey(t, modulus(8192), usual), false},
		"RSA with an even modulus":                    {rsaKey(t, new(big.Int).Lsh(big.NewInt(1), 2047), usual), false},
		"RSA with exponent 1: a message signs itself": {rsaKey(t, modulus(2048), []byte{1}), false},
		"RSA with exponent 3":                         {rsaKey(t, modulus(2048), []byte{3}), false},
		"RSA with an even exponent":                   {rsaKey(t, modulus(2048), []byte{1, 0, 2}), false},
		"a symmetric key":                             {cose(t, map[int]any{1: 4, 3: -7, -1: zero}), false},
		"no key":                                      {bytes.Repeat([]byte{0xff}, 8), false},
	} {
		if err := checkKey(test.key); (err == nil) != test.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}
