package password

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Present is the form of the passwords that the present setting makes.
const Present = "present"

// Form names the form and the costs of a stored string: it is such a string
// itself, whose salt and sum are blank. It is empty for a string that cannot be
// read. Strings of one form cost the same to verify.
func Form(encoded string) string {
	s, err := parse(encoded)
	if err != nil {
		return ""
	}
	return s.blank()
}

// blank64 is n blank bytes in base64.
func blank64(n int) string { return b64.EncodeToString(make([]byte, n)) }

func (s storedArgon2) blank() string {
	return fmt.Sprintf("$%s$v=19$m=%d,t=%d,p=%d$%s$%s", s.id, s.memoryKiB, s.passes, s.lanes, blank64(saltBytes), blank64(len(s.sum)))
}

// blankBcrypt stands for salt and sum in bcrypt's base64.
const blankBcrypt = "....................................................."

func (s storedBcrypt) blank() string {
	name := "2a"
	if s.foreign {
		name = "2b"
	}
	return fmt.Sprintf("$%s$%02d$%s", name, s.cost, blankBcrypt)
}

func (s storedBcryptSHA256) blank() string { return s.text[:len("$2b$12$")] + blankBcrypt }

func (s storedPBKDF2) blank() string {
	return fmt.Sprintf("$pbkdf2-%s$i=%d,l=%d$%s$%s", s.name, s.rounds, len(s.sum), blank64(saltBytes), blank64(len(s.sum)))
}

func (s storedScrypt) blank() string {
	return fmt.Sprintf("$scrypt$ln=%d,r=%d,p=%d$%s$%s", s.logN, s.r, s.p, blank64(saltBytes), blank64(len(s.sum)))
}

func (s storedSHACrypt) blank() string {
	return fmt.Sprintf("$%s$rounds=%d$%s$%s", s.id, s.rounds, strings.Repeat(".", maxCryptSalt), strings.Repeat(".", len(s.sum)))
}

// FormCount is how many stored passwords have a form.
type FormCount struct {
	Form   string
	Number int64
}

// decoys draws what an address without a password is verified against.
type decoys struct {
	key   func(address string) []byte
	forms []FormCount // without the present one
	all   int64
}

// Decoys makes the work for an address without a password that of the passwords
// there are: a keyed hash of the address draws one of the forms, each as often as
// passwords have it, and always the same while the numbers are. What they do not
// name has the present form. It may be called while the hasher is used.
func (h *Hasher) Decoys(key func(address string) []byte, counts []FormCount) {
	d := &decoys{key: key}
	for _, c := range counts {
		if c.Number <= 0 {
			continue
		}
		d.all += c.Number
		if _, err := parse(c.Form); err == nil {
			d.forms = append(d.forms, c)
		}
	}
	h.decoys.Store(d)
}

// decoyOf is the string that stands for the password of an address without one.
// The first forms get the lower draws: as their passwords are renewed and become
// fewer, an address moves to the present form and never back.
func (h *Hasher) decoyOf(address string) string {
	d := h.decoys.Load()
	if d == nil || address == "" || len(d.forms) == 0 {
		return h.decoy
	}
	draw := float64(binary.BigEndian.Uint32(d.key(address))) / (1 << 32) * float64(d.all)
	for _, f := range d.forms {
		if draw -= float64(f.Number); draw < 0 {
			return f.Form
		}
	}
	return h.decoy
}
