package password

import (
	"crypto/hmac"
	"crypto/md5"  //nolint:gosec // digests of other systems, which are wrapped
	"crypto/sha1" //nolint:gosec // digests of other systems, which are wrapped
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strconv"
	"strings"
)

// Where the salt of a digest goes.
const (
	saltNowhere = "none"
	saltBefore  = "before"
	saltAfter   = "after"
	saltKey     = "hmac"
)

// phpass is the digest of PHP's "portable" hashes: MD5, 2^log2 times over.
const phpass = "phpass"

const (
	maxDigestSalt   = 64
	minPHPassRounds = 7
	maxPHPassRounds = 20 // a million, as of crypt
	phpassSalt      = 8
)

// digest is a function that is too fast for passwords, as another system used it.
type digest struct {
	name   string // md5, sha1, sha256, sha384, sha512, phpass
	order  string // where the salt goes
	rounds int    // of phpass: the exponent of 2
	salt   []byte
}

// newHash gives the function, or nil.
func (d digest) newHash() func() hash.Hash {
	switch d.name {
	case "md5", phpass:
		return md5.New
	case "sha1":
		return sha1.New
	case "sha256":
		return sha256.New
	case "sha384":
		return sha512.New384
	case "sha512":
		return sha512.New
	}
	return nil
}

// sum is the raw digest of a password.
func (d digest) sum(password string) []byte {
	h := d.newHash()()
	switch d.order {
	case saltKey:
		h = hmac.New(d.newHash(), d.salt)
		h.Write([]byte(password))
	case saltBefore:
		h.Write(d.salt)
		h.Write([]byte(password))
	default: // the salt may be empty
		h.Write([]byte(password))
		h.Write(d.salt)
	}
	sum := h.Sum(nil)
	for range d.again() {
		h.Reset()
		h.Write(sum)
		h.Write([]byte(password))
		sum = h.Sum(sum[:0])
	}
	return sum
}

// again is how often the function is used after the first time.
func (d digest) again() int {
	if d.name != phpass {
		return 0
	}
	return 1 << d.rounds
}

// String is the digest as a field of a stored string.
func (d digest) String() string {
	return fmt.Sprintf("d=%s,o=%s,r=%d,s=%s", d.name, d.order, d.rounds, b64.EncodeToString(d.salt))
}

// parseDigest reads what String wrote.
func parseDigest(field string) (digest, error) {
	var d digest
	var salt, rounds string
	parts := strings.Split(field, ",")
	for n, to := range []struct {
		name string
		text *string
	}{{"d=", &d.name}, {"o=", &d.order}, {"r=", &rounds}, {"s=", &salt}} {
		if len(parts) != 4 || !strings.HasPrefix(parts[n], to.name) {
			return d, errUnknownForm
		}
		*to.text = parts[n][len(to.name):]
	}
	var err error
	if d.salt, err = b64.DecodeString(salt); err != nil {
		return d, errUnknownForm
	}
	if d.rounds, err = strconv.Atoi(rounds); err != nil {
		return d, errUnknownForm
	}
	return d, d.check()
}

// check makes sure that the digest is one that [ReadWeak] gives.
func (d digest) check() error {
	portable := d.name == phpass
	switch {
	case d.newHash() == nil, len(d.salt) > maxDigestSalt, portable != (d.rounds != 0), portable && (len(d.salt) != phpassSalt || d.order != saltBefore):
		return errUnknownForm
	case portable && (d.rounds < minPHPassRounds || d.rounds > maxPHPassRounds):
		return errBounds
	}
	switch d.order {
	case saltBefore, saltAfter, saltKey:
		return nil
	case saltNowhere:
		if len(d.salt) == 0 {
			return nil
		}
	}
	return errUnknownForm
}

// readDigest reads a digest of another system and what it is of: phpass, LDAP's
// schemes (RFC 2307 §5.3), Django's and Werkzeug's, or hexadecimal digits alone,
// which are taken for what has their length.
func readDigest(encoded string) (d digest, sum []byte, err error) {
	switch {
	case strings.HasPrefix(encoded, "$P$"), strings.HasPrefix(encoded, "$H$"):
		d, sum, err = readPHPass(encoded[len("$P$"):])
	case strings.HasPrefix(encoded, "{"):
		d, sum, err = readLDAP(encoded)
	default:
		d, sum, err = readHexDigest(encoded)
	}
	if err == nil {
		err = d.check()
	}
	if err == nil && len(sum) != d.newHash()().Size() {
		err = errUnknownForm
	}
	return d, sum, err
}

// itoa64 is the alphabet of phpass, whose base64 has the low bits first.
const itoa64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func readPHPass(rest string) (d digest, sum []byte, err error) {
	if len(rest) != 1+phpassSalt+22 {
		return d, nil, errUnknownForm
	}
	d = digest{name: phpass, order: saltBefore, rounds: strings.IndexByte(itoa64, rest[0]), salt: []byte(rest[1 : 1+phpassSalt])}
	bits, held := 0, 0
	for _, c := range []byte(rest[1+phpassSalt:]) {
		at := strings.IndexByte(itoa64, c)
		if at < 0 {
			return d, nil, errUnknownForm
		}
		bits |= at << held
		if held += 6; held >= 8 {
			sum, bits, held = append(sum, byte(bits)), bits>>8, held-8 //nolint:gosec // the lowest 8 bits
		}
	}
	return d, sum, nil
}

// readLDAP reads {SCHEME} and the base64 of the digest, with the salt behind it.
func readLDAP(encoded string) (d digest, sum []byte, err error) {
	scheme, text, _ := strings.Cut(encoded[1:], "}")
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return d, nil, errUnknownForm
	}
	names := map[string]string{"MD5": "md5", "SHA": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
	scheme = strings.ToUpper(scheme)
	salted := strings.HasPrefix(scheme, "SS") || scheme == "SMD5"
	if salted {
		scheme = scheme[1:]
	}
	if d = (digest{name: names[scheme], order: saltNowhere}); d.newHash() == nil {
		return d, nil, errUnknownForm
	}
	if size := d.newHash()().Size(); salted && len(raw) > size {
		d.order, d.salt, raw = saltAfter, raw[size:], raw[:size]
	}
	return d, raw, nil
}

// readHexDigest reads NAME$SALT$DIGITS, or digits alone. With SHA-2 the salt is the
// key of an HMAC, as in Werkzeug before 2.3; with MD5 and SHA-1 it goes first, as in
// Django.
func readHexDigest(encoded string) (d digest, sum []byte, err error) {
	digits := encoded
	fields := strings.Split(encoded, "$")
	switch len(fields) {
	case 1:
		d.name, d.order = map[int]string{32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}[len(encoded)], saltNowhere
	case 3:
		d.name, d.order, d.salt, digits = fields[0], saltBefore, []byte(fields[1]), fields[2]
		if strings.HasPrefix(d.name, "sha") && d.name != "sha1" {
			d.order = saltKey
		}
		if len(d.salt) == 0 {
			d.order = saltNowhere
		}
	}
	if d.name == "" || d.name == phpass || d.newHash() == nil {
		return d, nil, errUnknownForm
	}
	if sum, err = hex.DecodeString(digits); err != nil {
		return d, nil, errUnknownForm
	}
	return d, sum, nil
}
