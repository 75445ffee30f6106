package password

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math/bits"
	"strconv"
	"strings"
)

// parseNamed reads the strings of Django and Werkzeug, which begin with a name:
// pbkdf2_sha256$600000$salt$sum, or scrypt:32768:8:1$salt$sum. Their salts are
// text, and taken as its bytes.
func parseNamed(encoded string) (verifier, error) {
	name, rest, _ := strings.Cut(encoded, "$")
	method, costs, werkzeug := strings.Cut(name, ":")
	switch {
	case werkzeug && method == "pbkdf2":
		return parseWerkzeugPBKDF2(costs, rest)
	case werkzeug && method == "scrypt":
		return parseWerkzeugScrypt(costs, rest)
	}
	switch name {
	case "pbkdf2_sha256":
		return parseDjangoPBKDF2("sha256", rest)
	case "pbkdf2_sha1":
		return parseDjangoPBKDF2("sha1", rest)
	case "scrypt":
		return parseDjangoScrypt(rest)
	case "argon2", "bcrypt": // what follows is the string of the function itself
		return parse("$" + strings.TrimPrefix(rest, "$"))
	case "bcrypt_sha256":
		return parseDjangoBcryptSHA256(rest)
	default:
		return nil, errUnknownForm
	}
}

// parseDjangoPBKDF2 reads rounds$salt$sum, with the sum in base64.
func parseDjangoPBKDF2(digest, rest string) (verifier, error) {
	fields := strings.Split(rest, "$")
	if len(fields) != 3 {
		return nil, errUnknownForm
	}
	rounds, err := strconv.Atoi(fields[0])
	if err != nil {
		return nil, errUnknownForm
	}
	sum, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil {
		return nil, errUnknownForm
	}
	return newPBKDF2(digest, rounds, []byte(fields[1]), sum)
}

// parseDjangoScrypt reads N$salt$r$p$sum, with the sum in base64.
func parseDjangoScrypt(rest string) (verifier, error) {
	fields := strings.Split(rest, "$")
	if len(fields) != 5 {
		return nil, errUnknownForm
	}
	sum, err := base64.StdEncoding.DecodeString(fields[4])
	if err != nil {
		return nil, errUnknownForm
	}
	return scryptOfTexts(fields[0], fields[2], fields[3], fields[1], sum)
}

// scryptOfTexts takes N as a number, which is a power of 2.
func scryptOfTexts(n, r, p, salt string, sum []byte) (verifier, error) {
	blocks, err := strconv.ParseUint(n, 10, 32)
	if err != nil || bits.OnesCount64(blocks) != 1 {
		return nil, errUnknownForm
	}
	size, err := strconv.Atoi(r)
	if err != nil {
		return nil, errUnknownForm
	}
	lanes, err := strconv.Atoi(p)
	if err != nil {
		return nil, errUnknownForm
	}
	logN := bits.TrailingZeros64(blocks)
	if !boundedScrypt(logN, size, lanes) {
		return nil, errBounds
	}
	if len(sum) < 16 || len(sum) > maxSumBytes {
		return nil, errUnknownForm
	}
	return storedScrypt{logN: logN, r: size, p: lanes, salt: []byte(salt), sum: sum}, nil
}

// parseDjangoBcryptSHA256 reads a string of bcrypt that is of hexadecimal digits.
func parseDjangoBcryptSHA256(text string) (verifier, error) {
	if !strings.HasPrefix(text, "$2b$") && !strings.HasPrefix(text, "$2a$") && !strings.HasPrefix(text, "$2y$") {
		return nil, errUnknownForm
	}
	return newBcryptSHA256("$2b$"+text[4:], func(password string) string {
		sum := sha256.Sum256([]byte(password))
		return hex.EncodeToString(sum[:])
	})
}

// parseWerkzeugPBKDF2 reads digest:rounds and salt$sum, with the sum in
// hexadecimal digits.
func parseWerkzeugPBKDF2(costs, rest string) (verifier, error) {
	digest, number, _ := strings.Cut(costs, ":")
	rounds, err := strconv.Atoi(number)
	if err != nil {
		return nil, errUnknownForm
	}
	salt, sum, err := saltAndHex(rest)
	if err != nil {
		return nil, err
	}
	return newPBKDF2(digest, rounds, []byte(salt), sum)
}

// parseWerkzeugScrypt reads N:r:p and salt$sum, with the sum in hexadecimal digits.
func parseWerkzeugScrypt(costs, rest string) (verifier, error) {
	fields := strings.Split(costs, ":")
	if len(fields) != 3 {
		return nil, errUnknownForm
	}
	salt, sum, err := saltAndHex(rest)
	if err != nil {
		return nil, err
	}
	return scryptOfTexts(fields[0], fields[1], fields[2], salt, sum)
}

func saltAndHex(rest string) (salt string, sum []byte, err error) {
	salt, digits, _ := strings.Cut(rest, "$")
	if sum, err = hex.DecodeString(digits); err != nil {
		return "", nil, errUnknownForm
	}
	return salt, sum, nil
}
