package password

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // PBKDF2-HMAC-SHA-1 of other systems is verified once, then rehashed
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"hash"
	"strconv"
	"strings"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/scrypt"
)

// What a string of another system may cost. Beyond it, it cannot be read.
const (
	maxForeignMemoryKiB = 128 << 10
	maxForeignPasses    = 10
	maxForeignBcrypt    = 14
	maxPBKDF2Rounds     = 2_000_000
	maxCryptRounds      = 1_000_000
)

// dear reports whether a string costs more than another system's may.
func (s storedArgon2) dear() bool {
	return s.memoryKiB > maxForeignMemoryKiB || s.passes > maxForeignPasses
}

func (s storedBcrypt) dear() bool { return s.cost > maxForeignBcrypt }

// Import reads a password's string of another system, and gives what is to be
// stored of it: it verifies, and can be told from what this program makes. If it
// cannot be read, form names what it looks like, as [Readable] does.
func Import(encoded string) (stored, form string, ok bool) {
	if rest, bcrypt := strings.CutPrefix(encoded, "$2a$"); bcrypt {
		encoded = "$2b$" + rest
	}
	for _, c := range []byte(encoded) {
		if c <= ' ' || c > '~' {
			return "", formOf(encoded, errUnknownForm), false
		}
	}
	s, err := parse(encoded)
	a, is := s.(storedArgon2)
	if w, wrapped := s.(storedWrapped); wrapped {
		a, is = w.outer, true
	}
	if is && a.dear() {
		err = errBounds
	}
	if err != nil {
		return "", formOf(encoded, err), false
	}
	return encoded, "", true
}

// b64 is the PHC string format's base64; ab64 is passlib's, with a dot for the
// plus.
var b64 = base64.RawStdEncoding

func ab64(s string) ([]byte, error) {
	return b64.DecodeString(strings.ReplaceAll(strings.TrimRight(s, "="), ".", "+"))
}

// parameters reads "m=1,t=2".
func parameters(field string) (map[string]int, error) {
	all := map[string]int{}
	for pair := range strings.SplitSeq(field, ",") {
		name, value, _ := strings.Cut(pair, "=")
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return nil, errUnknownForm
		}
		all[name] = n
	}
	return all, nil
}

func saltAndSum(saltText, sumText string) (salt, sum []byte, err error) {
	if salt, err = ab64(saltText); err != nil {
		return nil, nil, errUnknownForm
	}
	if sum, err = ab64(sumText); err != nil || len(sum) < 16 || len(sum) > maxSumBytes {
		return nil, nil, errUnknownForm
	}
	return salt, sum, nil
}

// storedPBKDF2 is passlib's or PHC's string of PBKDF2 (RFC 8018 §5.2).
type storedPBKDF2 struct {
	name      string // of the digest
	digest    func() hash.Hash
	rounds    int
	salt, sum []byte
}

func parsePBKDF2(id string, fields []string) (verifier, error) {
	if len(fields) != 3 {
		return nil, errUnknownForm
	}
	rounds, length, err := pbkdf2Costs(fields[0])
	if err != nil {
		return nil, err
	}
	salt, sum, err := saltAndSum(fields[1], fields[2])
	if err != nil {
		return nil, err
	}
	if length != 0 && length != len(sum) {
		return nil, errUnknownForm
	}
	digest := strings.TrimPrefix(strings.TrimPrefix(id, "pbkdf2"), "-")
	if digest == "" {
		digest = "sha1"
	}
	return newPBKDF2(digest, rounds, salt, sum)
}

// newPBKDF2 bounds the costs.
func newPBKDF2(digest string, rounds int, salt, sum []byte) (verifier, error) {
	s := storedPBKDF2{name: digest, rounds: rounds, salt: salt, sum: sum}
	switch digest {
	case "sha1":
		s.digest = sha1.New
	case "sha256":
		s.digest = sha256.New
	case "sha512":
		s.digest = sha512.New
	default:
		return nil, errUnknownForm
	}
	if rounds < 1 || rounds > maxPBKDF2Rounds {
		return nil, errBounds
	}
	if len(sum) < 16 || len(sum) > maxSumBytes {
		return nil, errUnknownForm
	}
	return s, nil
}

// pbkdf2Costs reads passlib's bare number of rounds, or the PHC parameters i
// (rounds) and l (length of the sum in bytes, which may be left out: 0 then).
func pbkdf2Costs(field string) (rounds, length int, err error) {
	if rounds, err = strconv.Atoi(field); err == nil {
		return rounds, 0, nil
	}
	costs, err := parameters(field)
	if err != nil {
		return 0, 0, err
	}
	for name := range costs {
		if name != "i" && name != "l" {
			return 0, 0, errUnknownForm
		}
	}
	return costs["i"], costs["l"], nil
}

func (s storedPBKDF2) verify(password string) bool {
	got, err := pbkdf2.Key(s.digest, password, s.salt, s.rounds, len(s.sum))
	return err == nil && subtle.ConstantTimeCompare(got, s.sum) == 1
}

// storedScrypt is a PHC string of scrypt (RFC 7914).
type storedScrypt struct {
	logN, r, p int
	salt, sum  []byte
}

const maxScryptLogN = 20

// boundedScrypt reports whether the parameters are what the function takes
// (RFC 7914 §6) and what this server may spend: it fills 128 * r * N bytes, p
// times over.
func boundedScrypt(logN, r, p int) bool {
	if logN < 1 || logN > maxScryptLogN || r < 1 || r > maxForeignMemoryKiB || p < 1 || p > maxForeignPasses {
		return false
	}
	return r<<logN/8 <= maxForeignMemoryKiB
}

func parseScrypt(fields []string) (verifier, error) {
	if len(fields) != 3 {
		return nil, errUnknownForm
	}
	costs, err := parameters(fields[0])
	if err != nil {
		return nil, err
	}
	logN, r, p := costs["ln"], costs["r"], costs["p"]
	if !boundedScrypt(logN, r, p) {
		return nil, errBounds
	}
	salt, sum, err := saltAndSum(fields[1], fields[2])
	if err != nil {
		return nil, err
	}
	return storedScrypt{logN: logN, r: r, p: p, salt: salt, sum: sum}, nil
}

func (s storedScrypt) verify(password string) bool {
	got, err := scrypt.Key([]byte(password), s.salt, 1<<s.logN, s.r, s.p, len(s.sum))
	return err == nil && subtle.ConstantTimeCompare(got, s.sum) == 1
}

// storedBcryptSHA256 is bcrypt over a SHA-256 of the password: passlib's keyed
// with the salt in version 2, bare in version 1, both in base64; Django's bare, in
// hexadecimal digits.
type storedBcryptSHA256 struct {
	text  string
	inner func(password string) string
}

func parseBcryptSHA256(fields []string) (verifier, error) {
	// Version 2: v=2,t=2b,r=12 $ salt $ digest; version 1: 2b,12 $ salt $ digest.
	if len(fields) != 3 {
		return nil, errUnknownForm
	}
	kind, rounds, keyed := "", "", false
	for n, part := range strings.Split(fields[0], ",") {
		name, value, named := strings.Cut(part, "=")
		switch {
		case name == "v" && value == "2":
			keyed = true
		case name == "t" || !named && n == 0:
			kind = strings.TrimPrefix(part, "t=")
		case name == "r" || !named && n == 1:
			rounds = strings.TrimPrefix(part, "r=")
		default:
			return nil, errUnknownForm
		}
	}
	cost, err := strconv.Atoi(rounds)
	if err != nil || kind != "2a" && kind != "2b" {
		return nil, errUnknownForm
	}
	inner := func(password string) string {
		sum := sha256.Sum256([]byte(password))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	if keyed {
		inner = func(password string) string {
			mac := hmac.New(sha256.New, []byte(fields[1]))
			mac.Write([]byte(password))
			return base64.StdEncoding.EncodeToString(mac.Sum(nil))
		}
	}
	return newBcryptSHA256(fmt.Sprintf("$2b$%02d$%s%s", cost, fields[1], fields[2]), inner)
}

// newBcryptSHA256 takes the string of bcrypt, and what bcrypt is of.
func newBcryptSHA256(text string, inner func(string) string) (verifier, error) {
	outer, err := parseBcrypt(text)
	if err != nil {
		return nil, err
	}
	return storedBcryptSHA256{text: outer.(storedBcrypt).text, inner: inner}, nil //nolint:forcetypeassert // it parses nothing else
}

func (s storedBcryptSHA256) verify(password string) bool {
	return bcrypt.CompareHashAndPassword([]byte(s.text), []byte(s.inner(password))) == nil
}
