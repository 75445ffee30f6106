package password

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed" // the list of common passwords
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// commonData holds the 64-bit FNV-1a hashes of the common passwords, sorted,
// each as its distance from the one before (unsigned varint), compressed. It is
// made from passwords.json of the npm package @zxcvbn-ts/language-common 4.1.3,
// whose licence stands beside it; put that file here to make it anew.
//
//go:generate go run ../../tools/commonpasswords passwords.json common.gz
//go:embed common.gz
var commonData []byte

// Why a password is refused. Each is ErrWeak, to programs and to errors.Is.
var (
	errTooLong          = ErrWeak.WithWords("weak_password.too_long", "n", strconv.Itoa(maxRunes))
	errTooLongForBcrypt = ErrWeak.WithWords("weak_password.too_long_bcrypt", "n", strconv.Itoa(bcryptBytes))
	errNoText           = ErrWeak.WithWords("weak_password.no_text")
	errTooCommon        = ErrWeak.WithWords("weak_password.common")
	errBreached         = ErrWeak.WithWords("weak_password.breached")
	errFollows          = ErrWeak.WithWords("weak_password.follows")
	errRepeats          = ErrWeak.WithWords("weak_password.repeats")
	errIsDate           = ErrWeak.WithWords("weak_password.is_date")
	errOfOneself        = ErrWeak.WithWords("weak_password.of_oneself")
)

// Acceptable says whether password may be chosen. About is what others know of
// the user: address and name. No transaction may be open: what the operator has set
// up is asked last, and may be at the other end of a network.
//
// Errors: weak_password, with a detail that says why and never the password;
// unavailable where that could not be asked.
func (h *Hasher) Acceptable(ctx context.Context, password string, about ...string) error {
	if reason := h.weakness(password, about); reason != nil {
		return reason
	}
	return h.unbreached(ctx, normal(password))
}

// weakness says why a password is refused, or nothing.
func (h *Hasher) weakness(password string, about []string) *fault.Error {
	if len(password) > maxBytes {
		return errTooLong
	}
	if !utf8.ValidString(password) {
		return errNoText
	}
	password = normal(password)
	runes := utf8.RuneCountInString(password)
	switch {
	case runes < h.opts.MinLength:
		return ErrWeak.WithWords("weak_password.too_short", "n", strconv.Itoa(h.opts.MinLength))
	case runes > maxRunes:
		return errTooLong
	case h.opts.Algorithm == Bcrypt && len(password) > bcryptBytes:
		return errTooLongForBcrypt
	}
	lower := strings.ToLower(password)
	switch {
	case h.isCommon(lower):
		return errTooCommon
	case h.breached.Contains(hashOf(lower)):
		return errBreached
	case sameRune(lower):
		return errRepeats
	}
	if reason := h.keyboards.regular(lower); reason != nil {
		return reason
	}
	if madeOf(lower, append(pieces(about), strings.ToLower(h.opts.Product))) {
		return errOfOneself
	}
	return nil
}

// normal is the form in which passwords are hashed and compared.
func normal(password string) string { return norm.NFKC.String(password) }

// pieces are the words that a password must not be made of, in lower case: an
// address, its local part and the name of its domain, a name, and the parts of
// each.
func pieces(about []string) []string {
	var all []string
	for _, a := range about {
		a = strings.ToLower(normal(a))
		all = append(all, a)
		local, domain, address := strings.Cut(a, "@")
		if address {
			name, _, _ := strings.Cut(domain, ".")
			all = append(all, local, domain, name)
		}
		all = append(all, strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	return all
}

const (
	// minPiece is the shortest word that a password can be made of: everything
	// is made of single letters.
	minPiece = 3
	// minOwn is how many letters and digits a password must have that are not
	// somebody's name.
	minOwn = 5
	// maxDecoration is how many digits and signs around a common password do
	// not make it another one. Those that follow from others count less.
	maxDecoration = 4
	// minCore is the shortest common password that is looked for within another.
	minCore = 5
)

// madeOf reports whether a password is words that are known and little else.
func madeOf(password string, known []string) bool {
	// Longer words first: they contain the shorter ones.
	slices.SortStableFunc(known, func(a, b string) int { return len(b) - len(a) })
	rest := password
	for _, word := range known {
		if utf8.RuneCountInString(word) >= minPiece {
			rest = strings.ReplaceAll(rest, word, " ")
		}
	}
	if rest == password {
		return false
	}
	own := 0
	for _, r := range rest {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			own++
		}
	}
	return own < minOwn
}

// isCommon reports whether a lower-case password is in the list of common ones,
// or is one of them decorated, backwards, or over and over.
func (h *Hasher) isCommon(lower string) bool {
	runes := []rune(lower)
	if p := period(runes); p > 0 && h.common.has(string(runes[:p])) {
		return true
	}
	core := h.undecorated(lower)
	slices.Reverse(runes)
	return h.common.has(lower) || h.common.has(core) || h.common.has(string(runes))
}

// undecorated is a password without the few digits and signs that people put
// around it.
func (h *Hasher) undecorated(password string) string {
	core := strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) })
	before, after, _ := strings.Cut(password, core)
	if utf8.RuneCountInString(core) < minCore || h.keyboards.freeOf([]rune(before)).free+h.keyboards.freeOf([]rune(after)).free > maxDecoration {
		return password
	}
	return core
}

func sameRune(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// commonList is the sorted hashes of common passwords.
type commonList []uint64

// has reports whether a lower-case password is in the list. One in 10^14
// passwords is taken for common by mistake.
func (c commonList) has(lower string) bool {
	_, found := slices.BinarySearch(c, hashOf(lower))
	return found
}

// hashOf is how the list and the set know a lower-case password.
func hashOf(s string) uint64 {
	sum := fnv.New64a()
	_, _ = io.WriteString(sum, s)
	return sum.Sum64()
}

func readCommon() (commonList, error) {
	compressed, err := gzip.NewReader(bytes.NewReader(commonData))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(compressed)
	if err != nil {
		return nil, err
	}
	list := make(commonList, 0, len(raw)/6)
	for last := uint64(0); len(raw) > 0; {
		step, n := binary.Uvarint(raw)
		if n <= 0 {
			return nil, errors.New("damaged")
		}
		last += step
		list = append(list, last)
		raw = raw[n:]
	}
	return slices.Clip(list), nil
}
