package password

import "strings"

// Weak is a digest of another system that a computer guesses billions of a second. It
// is never stored: [Weak.Wrap] makes a string of it that is.
type Weak struct {
	of  digest
	sum []byte
}

// ReadWeak reads the digest of a password that another system has stored: phpass
// ($P$, $H$), LDAP's ({SSHA}, {SHA256}, ...), Django's and Werkzeug's (md5$, sha1$,
// sha256$, ...), or hexadecimal digits alone.
func ReadWeak(encoded string) (Weak, bool) {
	d, sum, err := readDigest(encoded)
	return Weak{d, sum}, err == nil
}

// wrapped begins the string of a wrapped digest.
const wrapped = "wrapped-argon2id"

// Wrap hashes the digest as passwords are hashed, with the hasher's memory and passes:
// what is stored can be guessed at no faster than any password here. It names the
// digest and its salt, without which nobody could verify it.
func (w Weak) Wrap(o Options) (string, error) {
	o = withDefaults(o)
	if !boundedArgon2(o.Argon2MemoryKiB, o.Argon2Passes, 1) {
		return "", errBounds
	}
	a := argon2id{memoryKiB: uint32(o.Argon2MemoryKiB), passes: uint32(o.Argon2Passes)} //nolint:gosec // bounded above
	outer, err := a.hash(string(w.sum))
	if err != nil {
		return "", err
	}
	return wrap(outer, w.of), nil
}

func wrap(outer string, d digest) string {
	return "$" + wrapped + "$" + d.String() + strings.TrimPrefix(outer, "$argon2id")
}

// storedWrapped is argon2id over the raw digest that another system had.
type storedWrapped struct {
	outer storedArgon2
	of    digest
}

func parseWrapped(fields []string) (verifier, error) {
	if len(fields) != 5 {
		return nil, errUnknownForm
	}
	d, err := parseDigest(fields[0])
	if err != nil {
		return nil, err
	}
	outer, err := parseArgon2("argon2id", fields[1:])
	if err != nil {
		return nil, err
	}
	s, ok := outer.(storedArgon2)
	if !ok || !s.ours() {
		return nil, errUnknownForm
	}
	return storedWrapped{outer: s, of: d}, nil
}

func (s storedWrapped) verify(password string) bool {
	return s.outer.verify(string(s.of.sum(password)))
}

// blank keeps the length of the salt: the sum of it costs.
func (s storedWrapped) blank() string {
	d := s.of
	d.salt = make([]byte, len(d.salt))
	return wrap(s.outer.blank(), d)
}
