package password

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

const (
	// fewestFree is how many characters a password must have that do not follow
	// from the ones before.
	fewestFree = 5
	// shortestRun is the least length that is no accident.
	shortestRun = 3
	// What a run costs whoever guesses: where it begins, and how it goes on.
	runFree  = 2
	yearFree = 2
	dateFree = 3
)

// paths are the ways that fingers take, there and back: rows of keyboards in the
// layouts of the languages around us, the row of digits with the shift key,
// columns, two rows in turn, and the block of digits.
func paths() []string {
	return []string{
		"qwertyuiop[]", "qwertzuiopü+", "azertyuiop^$", "asdfghjkl;'", "asdfghjklöä#", "qsdfghjklmù", "zxcvbnm,./", "yxcvbnm,.-", "wxcvbn,;:!",
		"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
		"pyfgcrl", "aoeuidhtns", "qjkxbmwvz",
		"!@#$%^&*()_+", "!\"§$%&/()=?", "&é\"'(-è_çà)=",
		"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1qay2wsx3edc4rfv5tgb6zhn7ujm8ik,9ol.0pö-",
		"qazwsxedcrfvtgbyhnujmik,ol.p;/", "qaywsxedcrfvtgbzhnujmik,ol.pö-", "aqwzsxedcrfvtgbyhnuj",
		"zaqxswcdevfrbgtnhymjuki", "yaqxswcdevfrbgtnhzmjuki", "zaq1xsw2cde3vfr4bgt5nhy6mju7", "yaq1xsw2cde3vfr4bgt5nhz6mju7",
		"1q2w3e4r5t6y7u8i9o0p", "1q2w3e4r5t6z7u8i9o0pß", "q1w2e3r4t5y6u7i8o9p0", "q1w2e3r4t5z6u7i8o9p0", "1a2z3e4r5t6y",
		"147258369", "741852963", "159357", "789456123",
	}
}

// keyboards has, for each character, where it stands on the paths.
type keyboards map[rune][]key

// key is one place on a path.
type key struct {
	path []rune
	at   int
}

func newKeyboards() keyboards {
	k := keyboards{}
	for _, p := range paths() {
		path := []rune(p)
		for at, r := range path {
			k[r] = append(k[r], key{path, at})
		}
	}
	return k
}

// regular says why a lower-case password follows from a few characters of it, or
// nothing.
func (k keyboards) regular(lower string) *fault.Error {
	password := []rune(lower)
	if p := period(password); p > 0 && k.freeOf(password[:p]).free+1 < fewestFree {
		return errRepeats
	}
	f := k.freeOf(password)
	switch {
	case f.free >= fewestFree:
		return nil
	case f.date:
		return errIsDate
	case f.same:
		return errRepeats
	default:
		return errFollows
	}
}

// period is the length of what a password repeats from end to end, or 0.
func period(password []rune) int {
	for p := 1; 2*p <= len(password); p++ {
		if slices.Equal(password[p:], password[:len(password)-p]) {
			return p
		}
	}
	return 0
}

// freedom is how many characters of a password do not follow from others, and
// what those that do are.
type freedom struct {
	free       int
	date, same bool
}

// freeOf counts until there are enough.
func (k keyboards) freeOf(password []rune) (f freedom) {
	for len(password) > 0 && f.free < fewestFree {
		taken, cost := 1, 1
		if n := k.runOf(password); n >= shortestRun {
			taken, cost = n, runFree
			f.same = f.same || password[0] == password[1]
		}
		if n := dateOf(password); n > taken {
			taken, cost = n, dateFree
			f.date = true
		} else if taken < 4 && isYear(password) {
			taken, cost = 4, yearFree
		}
		f.free += cost
		password = password[taken:]
	}
	return f
}

// runOf is the length of the longest run that a password begins with: one
// character over and over, an alphabet or the digits, or a path over the keys.
func (k keyboards) runOf(password []rune) int {
	longest := 1
	for _, step := range []rune{0, 1, -1} {
		n := 1
		for n < len(password) && successor(password[n-1], step) == password[n] {
			n++
		}
		longest = max(longest, n)
	}
	for _, from := range k[password[0]] {
		longest = max(longest, from.walk(password, 1), from.walk(password, -1))
	}
	return longest
}

// successor is what comes a step after r in its alphabet. Digits go round.
func successor(r, step rune) rune {
	switch {
	case step == 0:
		return r
	case r >= '0' && r <= '9':
		return '0' + (r-'0'+step+10)%10
	case unicode.IsLetter(r):
		return r + step
	}
	return utf8.RuneError
}

// walk is how far a password goes along a path from its first character on.
func (from key) walk(password []rune, step int) int {
	n := 0
	for at := from.at; n < len(password) && at >= 0 && at < len(from.path) && from.path[at] == password[n]; at += step {
		n++
	}
	return n
}

// dateOf is the length of the date that a password begins with, or 0: day, month
// and year in any order that people write, with two or four digits for the year,
// with or without separators.
func dateOf(password []rune) int {
	if !isDigit(password[0]) {
		return 0
	}
	for _, shape := range []string{"DMYY", "MDYY", "YYMD", "YYDM", "DMY", "MDY", "YMD"} {
		for _, separator := range []string{"", ".", "-", "/", "_", " "} {
			if n := dateLike(password, shape, separator); n > 0 {
				return n
			}
		}
	}
	return 0
}

// dateLike is the length of a date of one shape. Each letter stands for two
// digits; separators stand around the year, the month and the day.
func dateLike(password []rune, shape, separator string) int {
	at := 0
	for n, part := range shape {
		if n > 0 && separator != "" && (part != 'Y' || shape[n-1] != 'Y') {
			if at >= len(password) || string(password[at]) != separator {
				return 0
			}
			at++
		}
		two, ok := twoDigits(password, at)
		if !ok || part == 'D' && (two < 1 || two > 31) || part == 'M' && (two < 1 || two > 12) {
			return 0
		}
		if century := part == 'Y' && n+1 < len(shape) && shape[n+1] == 'Y'; century && two != 19 && two != 20 {
			return 0
		}
		at += 2
	}
	return at
}

func twoDigits(password []rune, at int) (int, bool) {
	if at+2 > len(password) || !isDigit(password[at]) || !isDigit(password[at+1]) {
		return 0, false
	}
	return int(password[at]-'0')*10 + int(password[at+1]-'0'), true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isYear reports whether a password begins with a year of our time.
func isYear(password []rune) bool {
	century, ok := twoDigits(password, 0)
	_, more := twoDigits(password, 2)
	return ok && more && (century == 19 || century == 20)
}
