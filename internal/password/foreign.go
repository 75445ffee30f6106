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
	digest    func() hash.Hash
	rounds    int
	salt, sum []byte
}

const maxPBKDF2Rounds = 5_000_000

func parsePBKDF2(id string, fields []string) (verifier, error) {
	if len(fields) != 3 {
		return nil, errUnknownForm
	}
	rounds, length, err := pbkdf2Costs(fields[0])
	if err != nil {
		return nil, err
	}
	if rounds < 1 || rounds > maxPBKDF2Rounds {
		return nil, errBounds
	}
	salt, sum, err := saltAndSum(fields[1], fields[2])
	if err != nil {
		return nil, err
	}
	if length != 0 && length != len(sum) {
		return nil, errUnknownForm
	}
	digest := sha1.New
	switch id {
	case "pbkdf2-sha256":
		digest = sha256.New
	case "pbkdf2-sha512":
		digest = sha512.New
	}
	return storedPBKDF2{digest: digest, rounds: rounds, salt: salt, sum: sum}, nil
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
	if logN < 1 || logN > maxScryptLogN || r < 1 || r > maxMemoryKiB || p < 1 || p > maxMemoryKiB {
		return false
	}
	kib := r << logN / 8
	return kib <= maxMemoryKiB && max(kib, 1)*p <= maxMemoryWork
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

// storedBcryptSHA256 is passlib's bcrypt over a SHA-256 of the password: keyed
// with the salt in version 2, bare in version 1.
type storedBcryptSHA256 struct {
	text, salt string
	keyed      bool
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
	if cost > maxBcryptCost {
		return nil, errBounds
	}
	s := storedBcryptSHA256{text: fmt.Sprintf("$%s$%02d$%s%s", kind, cost, fields[1], fields[2]), salt: fields[1], keyed: keyed}
	if _, err := bcrypt.Cost([]byte(s.text)); err != nil {
		return nil, errUnknownForm
	}
	return s, nil
}

func (s storedBcryptSHA256) verify(password string) bool {
	var sum []byte
	if s.keyed {
		mac := hmac.New(sha256.New, []byte(s.salt))
		mac.Write([]byte(password))
		sum = mac.Sum(nil)
	} else {
		bare := sha256.Sum256([]byte(password))
		sum = bare[:]
	}
	return bcrypt.CompareHashAndPassword([]byte(s.text), []byte(base64.StdEncoding.EncodeToString(sum))) == nil
}
