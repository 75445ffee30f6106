package password

import (
	"errors"
	"strings"
)

// Readable reports whether a stored string is of a form that [Hasher.Verify]
// reads. If it is not, form names what it looks like, for an operator's eyes:
// one of a fixed list of words, never a part of the string.
func Readable(encoded string) (form string, ok bool) {
	_, err := parse(encoded)
	if err == nil {
		return "", true
	}
	return formOf(encoded, err), false
}

// formOf names the form of a stored string that was refused with err.
func formOf(encoded string, err error) string {
	form := "unknown"
	for _, known := range []string{
		// Modular crypt and PHC; those that are read when they are whole first.
		"$argon2id$", "$argon2i$", "$argon2d$", "$2a$", "$2b$", "$2y$", "$bcrypt-sha256$", "$scrypt$", "$firebase-scrypt$", "$wrapped-argon2id$",
		"$pbkdf2$", "$pbkdf2-sha1$", "$pbkdf2-sha256$", "$pbkdf2-sha512$", "$5$", "$6$",
		"$2$", "$2x$", "$1$", "$7$", "$y$", "$gy$", "$apr1$", "$md5$", "$sha1$", "$P$", "$H$", "$S$",
		// Django and Werkzeug.
		"pbkdf2_sha256$", "pbkdf2_sha1$", "argon2$", "bcrypt_sha256$", "bcrypt$", "scrypt$", "scrypt:", "pbkdf2:", "md5$", "sha1$",
		// LDAP (RFC 2307 §5.3).
		"{SSHA}", "{SSHA256}", "{SSHA512}", "{SHA}", "{SHA256}", "{SHA512}", "{MD5}", "{SMD5}", "{CRYPT}", "{PBKDF2",
	} {
		if strings.HasPrefix(encoded, known) {
			form = known
			break
		}
	}
	if errors.Is(err, errBounds) {
		return form + " beyond the bounds of cost"
	}
	return form
}
