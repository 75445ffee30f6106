package password

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	cryptargon2 "github.com/go-crypt/x/argon2"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"

	"github.com/sallyport-auth/sallyport/internal/secret"
)

// Bounds on costs, of settings and of the strings that were made with them. What
// other systems made is bounded more narrowly; see foreign.go.
const (
	maxMemoryKiB    = 1 << 20 // 1 GiB
	maxMemoryWork   = 4 << 20 // KiB that are gone through: some seconds
	maxArgon2Passes = 64
	maxArgon2Lanes  = 16
	minBcryptCost   = 10
	maxBcryptCost   = 16
	bcryptBytes     = 72
	bcryptSumBytes  = 23
	maxSumBytes     = 128
)

const (
	saltBytes = 16
	sumBytes  = 32
)

var (
	errUnknownForm = errors.New("unknown form")
	errBounds      = errors.New("cost out of bounds")
)

// scheme is a way of hashing: the present setting, or a stored string.
type scheme interface {
	// hash makes a stored string.
	hash(password string) (string, error)
	// decoy makes a stored string of this setting that nobody knows a password
	// for.
	decoy() string
	// same reports whether a stored string was made with this setting.
	same(stored verifier) bool
}

// verifier is a stored string.
type verifier interface {
	verify(password string) bool
	// blank is such a string of the same costs, without salt and sum.
	blank() string
}

// parse reads a stored string: a PHC string, modular crypt, or the spelling of
// either by passlib, Django or Werkzeug.
func parse(encoded string) (verifier, error) {
	if !strings.HasPrefix(encoded, "$") {
		return parseNamed(encoded)
	}
	fields := strings.Split(encoded, "$")
	if len(fields) < 3 {
		return nil, errUnknownForm
	}
	switch id := fields[1]; id {
	case "argon2id", "argon2i", "argon2d":
		return parseArgon2(id, fields[2:])
	case "2a", "2b", "2y":
		return parseBcrypt(encoded)
	case "bcrypt-sha256":
		return parseBcryptSHA256(fields[2:])
	case "pbkdf2", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512":
		return parsePBKDF2(id, fields[2:])
	case "scrypt":
		return parseScrypt(fields[2:])
	case firebase:
		return parseFirebase(fields[2:])
	case wrapped:
		return parseWrapped(fields[2:])
	case "5", "6":
		return parseSHACrypt(id, fields[2:])
	default:
		return nil, errUnknownForm
	}
}

// argon2id is the present setting.
type argon2id struct {
	memoryKiB, passes uint32
}

func (a argon2id) hash(password string) (string, error) {
	salt := secret.Bytes(saltBytes)
	return a.encode(salt, argon2.IDKey([]byte(password), salt, a.passes, a.memoryKiB, 1, sumBytes)), nil
}

// decoy draws the sum instead of computing it, which would cost every start the
// time and the memory of a hash.
func (a argon2id) decoy() string {
	return a.encode(secret.Bytes(saltBytes), secret.Bytes(sumBytes))
}

func (a argon2id) encode(salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s",
		argon2.Version, a.memoryKiB, a.passes, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

func (a argon2id) same(stored verifier) bool {
	s, ok := stored.(storedArgon2)
	return ok && s.ours() && s.memoryKiB == a.memoryKiB && s.passes == a.passes
}

// storedArgon2 is a PHC string of argon2 (RFC 9106).
type storedArgon2 struct {
	id                string // the name of its variant
	memoryKiB, passes uint32
	lanes             uint8
	salt, sum         []byte
}

func parseArgon2(id string, fields []string) (verifier, error) {
	if len(fields) != 4 || fields[0] != "v="+strconv.Itoa(argon2.Version) {
		return nil, errUnknownForm
	}
	costs, err := parameters(fields[1])
	if err != nil {
		return nil, err
	}
	m, t, p := costs["m"], costs["t"], costs["p"]
	if !boundedArgon2(m, t, p) {
		return nil, errBounds
	}
	salt, sum, err := saltAndSum(fields[2], fields[3])
	if err != nil {
		return nil, err
	}
	s := storedArgon2{id: id, memoryKiB: uint32(m), passes: uint32(t), lanes: uint8(p), salt: salt, sum: sum} //nolint:gosec // bounded above
	if !s.ours() && s.dear() {
		return nil, errBounds
	}
	return s, nil
}

// ours reports whether this program could have made the string.
func (s storedArgon2) ours() bool {
	return s.id == "argon2id" && s.lanes == 1 && len(s.salt) == saltBytes && len(s.sum) == sumBytes
}

// boundedArgon2 reports whether memory in KiB, passes and lanes are what the
// function takes (RFC 9106 §3.1) and what this server may spend.
func boundedArgon2(m, t, p int) bool {
	return p >= 1 && p <= maxArgon2Lanes && t >= 1 && t <= maxArgon2Passes &&
		m >= 8*p && m <= maxMemoryKiB && m*t <= maxMemoryWork
}

func (s storedArgon2) verify(password string) bool {
	var got []byte
	length := uint32(len(s.sum)) //nolint:gosec // bounded
	switch s.id {
	case "argon2id":
		got = argon2.IDKey([]byte(password), s.salt, s.passes, s.memoryKiB, s.lanes, length)
	case "argon2i":
		got = argon2.Key([]byte(password), s.salt, s.passes, s.memoryKiB, s.lanes, length)
	default:
		got = cryptargon2.DKey([]byte(password), s.salt, s.passes, s.memoryKiB, uint32(s.lanes), length)
	}
	return subtle.ConstantTimeCompare(got, s.sum) == 1
}

// bcryptScheme is bcrypt as the present setting.
type bcryptScheme struct {
	cost int
}

func (b bcryptScheme) hash(password string) (string, error) {
	if len(password) > bcryptBytes {
		return "", errTooLongForBcrypt
	}
	sum, err := bcrypt.GenerateFromPassword([]byte(password), b.cost)
	return string(sum), err
}

// decoy draws salt and sum in bcrypt's own base64, as that of argon2id.
func (b bcryptScheme) decoy() string {
	return fmt.Sprintf("$2a$%02d$%s%s", b.cost,
		bcrypt64.EncodeToString(secret.Bytes(saltBytes)), bcrypt64.EncodeToString(secret.Bytes(bcryptSumBytes)))
}

// bcrypt64 is bcrypt's base64.
var bcrypt64 = base64.NewEncoding("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789").WithPadding(base64.NoPadding)

func (b bcryptScheme) same(stored verifier) bool {
	s, ok := stored.(storedBcrypt)
	return ok && !s.foreign && s.cost == b.cost
}

// storedBcrypt is a modular crypt string of bcrypt. This program writes $2a$;
// other systems' strings of that name are imported as $2b$, the same function
// (see [Import]), so that the two can be told apart.
type storedBcrypt struct {
	text    string
	cost    int
	foreign bool
}

func parseBcrypt(encoded string) (verifier, error) {
	// $2y$ is the same function as $2b$ under PHP's name.
	text := "$2b$" + encoded[4:]
	cost, err := bcrypt.Cost([]byte(text))
	if err != nil {
		return nil, errUnknownForm
	}
	s := storedBcrypt{text: text, cost: cost, foreign: encoded[:4] != "$2a$"}
	if cost > maxBcryptCost || s.foreign && s.dear() {
		return nil, errBounds
	}
	return s, nil
}

func (s storedBcrypt) verify(password string) bool {
	// The library compares as if bytes past the 72nd were not there. Other systems
	// hashed a longer password like that, and its owner types it whole.
	err := bcrypt.CompareHashAndPassword([]byte(s.text), []byte(password))
	return err == nil && (s.foreign || len(password) <= bcryptBytes)
}
