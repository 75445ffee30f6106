// Package vectors makes clients/testdata/vectors.json: tokens and pages of the
// revocation feed, good and bad, each with what a verifier must say of it and
// why. The server, guard and the clients in other languages read the same file
// in their tests, so that none of them is laxer than another.
//
// The keys are fixed and known to everybody, and signatures are deterministic
// (RFC 6979 for ES256), so that the file is the same whenever it is made.
package vectors

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	_ "embed" // the RSA key
	"encoding/asn1"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/jws"
)

// Path is where the file stands, below the root of a checkout.
const Path = "clients/testdata/vectors.json"

// TokensPath is where the tokens alone stand, without a verdict, for package
// conformance: to a server with keys of its own each is a forgery.
const TokensPath = "internal/conformance/tokens.json"

// What the file's tokens and pages are verified with.
const (
	Now      = 1_800_000_000 // in seconds since 1970
	Issuer   = "https://auth.example.com"
	Audience = "https://api.example.com"
	ClientID = "orders"
)

// Verdicts.
const (
	Accept     = "accept"
	Refuse     = "refuse"
	BeginAgain = "begin_again" // of a page: genuine, but of another feed than was followed
)

// File is the whole file.
type File struct {
	About    string          `json:"about"`
	Now      int64           `json:"now"`
	Issuer   string          `json:"issuer"`
	Audience string          `json:"audience"`
	ClientID string          `json:"client_id"`
	JWKS     json.RawMessage `json:"jwks"`
	Tokens   []Token         `json:"tokens"`
	Pages    []Page          `json:"pages"`
}

// Token is a token and what is to be said of it.
type Token struct {
	Name    string `json:"name"`
	Why     string `json:"why"`
	Verdict string `json:"verdict"`
	Kind    string `json:"kind,omitempty"` // of one that is accepted: user or client
	Token   string `json:"token"`
}

// Page is a page of the feed, what the follower knew when it asked, and what is
// to be said of the page.
type Page struct {
	Name    string  `json:"name"`
	Why     string  `json:"why"`
	Request Request `json:"request"`
	Page    string  `json:"page"`
	Verdict string  `json:"verdict"`
	Number  int64   `json:"number"`  // where the follower stands afterwards
	Current bool    `json:"current"` // whether it has everything then
	Entries int     `json:"entries"` // of known kinds that it holds then, having held none
}

// Request is where a follower stood when it asked.
type Request struct {
	History string `json:"history"` // empty at the first request
	After   int64  `json:"after"`
	Mark    string `json:"mark"`
	Until   int64  `json:"until"` // when the entry in that place expires, 0 if unknown
	Nonce   string `json:"nonce"`
}

const about = "Tokens and pages of the revocation feed, with the verdict that every verifier must reach at the time `now`. " +
	"Nothing is revoked. The keys are known to everybody. Made by tools/vectors."

// Key is a signing key of the vectors. It gives the same signature of the same
// input every time.
type Key struct {
	KID     string
	Private any // *ecdsa.PrivateKey, ed25519.PrivateKey or *rsa.PrivateKey
	private *jws.Private
}

//go:embed rsa.pem
var rsaPEM []byte

// Keys gives the keys that the file publishes, and one for ES256 that it does
// not.
func Keys() (published []Key, stranger Key, err error) {
	_, edPrivate, err := ed25519.GenerateKey(bytes.NewReader(seed("EdDSA")))
	if err != nil {
		return nil, Key{}, err
	}
	block, _ := pem.Decode(rsaPEM)
	if block == nil {
		return nil, Key{}, errors.New("no PEM")
	}
	rsaPrivate, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, Key{}, err
	}
	ecPrivate, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), seed("ES256"))
	if err != nil {
		return nil, Key{}, err
	}
	ecStranger, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), seed("stranger"))
	if err != nil {
		return nil, Key{}, err
	}
	var made []Key
	for _, k := range []struct {
		algorithm string
		key       any
	}{{jws.ES256, ecPrivate}, {jws.EdDSA, edPrivate}, {jws.RS256, rsaPrivate}, {jws.ES256, ecStranger}} {
		private, err := jws.NewPrivate(k.algorithm, k.key)
		if err != nil {
			return nil, Key{}, err
		}
		kid, err := private.Public().Thumbprint()
		if err != nil {
			return nil, Key{}, err
		}
		made = append(made, Key{KID: kid, Private: k.key, private: private})
	}
	return made[:3], made[3], nil
}

func seed(name string) []byte {
	sum := sha256.Sum256([]byte("sallyport test vectors: " + name))
	return sum[:]
}

// Algorithm is the key's.
func (k Key) Algorithm() string { return k.private.Algorithm() }

func (k Key) public() crypto.PublicKey {
	pair, _ := k.Private.(crypto.Signer)
	return pair.Public()
}

// sign is deterministic, and for ES256 gives the smaller s.
func (k Key) sign(input string) []byte {
	pair, ok := k.Private.(*ecdsa.PrivateKey)
	if !ok {
		return must(k.private.Sign([]byte(input)))
	}
	sum := sha256.Sum256([]byte(input))
	var sig struct{ R, S *big.Int }
	_ = must(asn1.Unmarshal(must(pair.Sign(nil, sum[:], crypto.SHA256)), &sig))
	if half := new(big.Int).Rsh(elliptic.P256().Params().N, 1); sig.S.Cmp(half) > 0 {
		sig.S.Sub(elliptic.P256().Params().N, sig.S)
	}
	return append(sig.R.FillBytes(make([]byte, 32)), sig.S.FillBytes(make([]byte, 32))...)
}

func (k Key) compact(header, payload string) string {
	input := jws.Encode([]byte(header)) + "." + jws.Encode([]byte(payload))
	return input + "." + jws.Encode(k.sign(input))
}

// must ends the generator: with fixed input nothing here can fail.
func must[T any](v T, err error) T {
	if err != nil {
		panic("vectors: " + err.Error())
	}
	return v
}

// Write gives the file.
func Write() ([]byte, error) {
	published, stranger, err := Keys()
	if err != nil {
		return nil, err
	}
	f := File{About: about, Now: Now, Issuer: Issuer, Audience: Audience, ClientID: ClientID}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	for _, k := range published {
		set.Keys = append(set.Keys, must(k.private.Public().JWK(k.KID)))
	}
	f.JWKS = must(json.Marshal(set))
	f.Tokens = tokens(published, stranger)
	f.Pages = pages(published[0], stranger)
	return encode(f)
}

// WriteTokens makes the file of the tokens alone.
func WriteTokens() ([]byte, error) {
	published, stranger, err := Keys()
	if err != nil {
		return nil, err
	}
	type named struct {
		Name  string `json:"name"`
		Token string `json:"token"`
	}
	var all []named
	for _, t := range tokens(published, stranger) {
		all = append(all, named{t.Name, t.Token})
	}
	return encode(all)
}

func encode(file any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(file)
	return out.Bytes(), err
}

// hs256 signs with shared bytes: what a verifier does that lets the header choose
// the algorithm.
func hs256(key []byte, header, payload string) string {
	input := jws.Encode([]byte(header)) + "." + jws.Encode([]byte(payload))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(input))
	return input + "." + jws.Encode(mac.Sum(nil))
}

// otherS spells an ES256 signature the other way.
func otherS(raw string) string {
	at := strings.LastIndexByte(raw, '.') + 1
	sig := must(jws.Decode(raw[at:]))
	s := new(big.Int).Sub(elliptic.P256().Params().N, new(big.Int).SetBytes(sig[32:]))
	s.FillBytes(sig[32:])
	return raw[:at] + jws.Encode(sig)
}

// der writes an ES256 signature in ASN.1.
func der(raw string) string {
	at := strings.LastIndexByte(raw, '.') + 1
	sig := must(jws.Decode(raw[at:]))
	text := must(asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])}))
	return raw[:at] + jws.Encode(text)
}

// unusedBit sets a bit that the last character of base64url does not use.
func unusedBit(raw string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	n := strings.IndexByte(alphabet, raw[len(raw)-1])
	return raw[:len(raw)-1] + alphabet[n|1:n|1+1]
}

func header(k Key, typ string) string {
	return fmt.Sprintf(`{"alg":%q,"kid":%q,"typ":%q}`, k.Algorithm(), k.KID, typ)
}
