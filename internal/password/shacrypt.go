package password

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"hash"
	"strconv"
	"strings"

	"github.com/go-crypt/x/crypt"
)

const (
	minCryptRounds     = 1_000
	defaultCryptRounds = 5_000
	maxCryptSalt       = 16
	// maxCryptPassword bounds the bytes that count. The work is rounds times the
	// length: without it, one sign-in could take a slot for a minute.
	maxCryptPassword = maxRunes
)

// storedSHACrypt is a string of sha256_crypt or sha512_crypt (Drepper, Unix crypt
// using SHA-256 and SHA-512).
type storedSHACrypt struct {
	id     string // 5 or 6
	digest func() hash.Hash
	rounds int
	salt   string
	sum    string
}

// parseSHACrypt reads rounds=N, which may be left out, salt and sum.
func parseSHACrypt(id string, fields []string) (verifier, error) {
	s := storedSHACrypt{id: id, digest: sha256.New, rounds: defaultCryptRounds}
	length := 43
	if id == "6" {
		s.digest, length = sha512.New, 86
	}
	if rounds, given := strings.CutPrefix(fields[0], "rounds="); given {
		var err error
		if s.rounds, err = strconv.Atoi(rounds); err != nil {
			return nil, errUnknownForm
		}
		fields = fields[1:]
	}
	if len(fields) != 2 || len(fields[0]) > maxCryptSalt || len(fields[1]) != length {
		return nil, errUnknownForm
	}
	if s.rounds < minCryptRounds || s.rounds > maxCryptRounds {
		return nil, errBounds
	}
	s.salt, s.sum = fields[0], fields[1]
	return s, nil
}

func (s storedSHACrypt) verify(password string) bool {
	tooLong := len(password) > maxCryptPassword
	if tooLong {
		password = password[:maxCryptPassword]
	}
	got := crypt.KeySHACrypt(s.digest, []byte(password), []byte(s.salt), s.rounds)
	return subtle.ConstantTimeCompare(got, []byte(s.sum)) == 1 && !tooLong
}
