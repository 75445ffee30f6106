package password

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the list of common passwords
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// commonData holds the 64-bit FNV-1a hashes of the common passwords, sorted,
// each as its distance from the one before (unsigned varint), compressed. It is
// made by tools/commonpasswords.
//
//go:embed common.gz
var commonData []byte

var (
	errTooLong = ErrWeak.WithDetail("The password is too long.")
	errCommon  = ErrWeak.WithDetail("This is one of the passwords that are tried first. Choose one that nobody else has.")
	errOwn     = ErrWeak.WithDetail("Do not make the password of your own address or name, or of the name of this service.")
)

// Acceptable says whether password may be chosen. About is what others know of
// the user: address and name.
//
// Errors: weak_password, with a detail that says why and never the password.
func (h *Hasher) Acceptable(password string, about ...string) error {
	if len(password) > maxBytes {
		return errTooLong
	}
	if !utf8.ValidString(password) {
		return ErrWeak.WithDetail("The password is no valid text.")
	}
	password = normal(password)
	runes := utf8.RuneCountInString(password)
	switch {
	case runes < h.opts.MinLength:
		return ErrWeak.WithDetail(fmt.Sprintf("The password must have at least %d characters.", h.opts.MinLength))
	case runes > maxRunes:
		return errTooLong
	case h.opts.Algorithm == Bcrypt && len(password) > bcryptBytes:
		return errTooLong
	}
	lower := strings.ToLower(password)
	if h.common.has(lower) || h.common.has(core(lower)) && core(lower) != "" || sameRune(lower) {
		return errCommon
	}
	for _, known := range append(pieces(about), strings.ToLower(h.opts.Product)) {
		if known != "" && madeOf(lower, known) {
			return errOwn
		}
	}
	return nil
}

// normal is the form in which passwords are compared.
func normal(password string) string { return norm.NFKC.String(password) }

// pieces are the words that a password must not be made of: an address, its
// local part and its domain, a name and its parts.
func pieces(about []string) []string {
	var all []string
	for _, a := range about {
		a = strings.ToLower(normal(a))
		all = append(all, a)
		if local, domain, ok := strings.Cut(a, "@"); ok {
			all = append(all, local, domain)
			first, _, _ := strings.Cut(domain, ".")
			all = append(all, first)
		}
		all = append(all, strings.Fields(a)...)
	}
	return all
}

// minPiece is the shortest word that a password can be made of: everything is
// made of single letters.
const minPiece = 3

// madeOf reports whether password is known with little around it.
func madeOf(password, known string) bool {
	if utf8.RuneCountInString(known) < minPiece || !strings.Contains(password, known) {
		return false
	}
	rest := core(strings.ReplaceAll(password, known, ""))
	return utf8.RuneCountInString(rest) < minPiece
}

// core is a password without the digits and signs that people put around it.
func core(password string) string {
	return strings.TrimFunc(password, func(r rune) bool { return !unicode.IsLetter(r) })
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
	_, found := slices.BinarySearch(c, commonHash(lower))
	return found
}

func commonHash(s string) uint64 {
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
