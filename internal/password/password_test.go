package password_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/go-crypt/x/crypt"
	"golang.org/x/crypto/argon2"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// cheap keeps tests quick; what they say holds for every cost.
func cheap(tb testing.TB, o password.Options) *password.Hasher {
	tb.Helper()
	o.Argon2MemoryKiB, o.Argon2Passes, o.BcryptCost = 64, 1, 10
	h, err := password.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func TestWhatWasHashedVerifies(t *testing.T) {
	t.Parallel()
	for _, algorithm := range []string{password.Argon2id, password.Bcrypt} {
		h := cheap(t, password.Options{Algorithm: algorithm})
		for name, pw := range map[string]string{
			"plain": "violet umbrella 27", "NUL bytes": "violet\x00umbrella", "an emoji": "violet \U0001f302 umbrella", "a space at the end": "violet umbrella ",
		} {
			if algorithm == password.Bcrypt && name != "NUL bytes" {
				continue // its least cost is dear, and one password says it all
			}
			encoded, err := h.Hash(t.Context(), pw)
			if err != nil {
				t.Fatalf("%s, %s: %v", algorithm, name, err)
			}
			if again, _ := h.Hash(t.Context(), pw); again == encoded {
				t.Errorf("%s, %s: two hashes are the same", algorithm, name)
			}
			for try, want := range map[string]bool{pw: true, pw + "x": false, strings.ToUpper(pw): false, "": false, strings.TrimSpace(pw) + "  ": false} {
				got, err := h.Verify(t.Context(), encoded, try)
				if err != nil || got.Match != want || got.Rehash {
					t.Errorf("%s, %s, try %q: got %+v, %v; want match %v and no rehash", algorithm, name, try, got, err, want)
				}
			}
		}
	}
}

func TestOneCharacterHasOneFormOnEveryKeyboard(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{})
	encoded, err := h.Hash(t.Context(), "cafe\u0301 \ufb01sh 27")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := h.Verify(t.Context(), encoded, "caf\u00e9 fish 27"); err != nil || !got.Match {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestThePasswordsOfOtherSystemsVerifyAndAreRehashed(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/foreign.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name     string `json:"name"`
		Password string `json:"password"`
		Encoded  string `json:"encoded"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors) < 100 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	h := cheap(t, password.Options{})
	for _, v := range vectors {
		stored, form, ok := password.Import(v.Encoded)
		if !ok {
			t.Errorf("%s: cannot be imported: %s", v.Name, form)
		}
		got, err := h.Verify(t.Context(), stored, v.Password)
		if err != nil || !got.Match || !got.Rehash {
			t.Errorf("%s: got %+v, %v for %s", v.Name, got, err, v.Encoded)
		}
		if got, err := h.Verify(t.Context(), v.Encoded, "!"+v.Password); err != nil || got.Match || got.Rehash {
			t.Errorf("%s, wrong password: got %+v, %v", v.Name, got, err)
		}
	}
}

// TestWhatWasHashedAsTypedVerifies has a hash of a ligature and wide letters that
// passlib made without normalising them.
func TestWhatWasHashedAsTypedVerifies(t *testing.T) {
	t.Parallel()
	const typed = "\ufb01sh and \uff43hips 27"
	salt := []byte("sixteen byte sal")
	b64 := base64.RawStdEncoding
	encoded := "$argon2id$v=19$m=64,t=1,p=1$" + b64.EncodeToString(salt) + "$" +
		b64.EncodeToString(argon2.IDKey([]byte(typed), salt, 1, 64, 1, 32))
	h := cheap(t, password.Options{})
	if got, err := h.Verify(t.Context(), encoded, typed); err != nil || !got.Match || !got.Rehash {
		t.Errorf("got %+v, %v; want a match that is renewed", got, err)
	}
	if got, err := h.Verify(t.Context(), encoded, "fish and chips 27"); err != nil || got.Match {
		t.Errorf("another spelling: got %+v, %v", got, err)
	}
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]password.Options{
		"an unknown algorithm":         {Algorithm: "md5"},
		"memory below the function's":  {Argon2MemoryKiB: 7},
		"too much memory":              {Argon2MemoryKiB: 1<<20 + 1},
		"many passes over much memory": {Argon2MemoryKiB: 1 << 20, Argon2Passes: 5},
		"a cheap bcrypt":               {Algorithm: password.Bcrypt, BcryptCost: 9},
		"an endless bcrypt":            {Algorithm: password.Bcrypt, BcryptCost: 17},
		"fewer slots than none":        {Slots: -1},
		"a queue below none":           {Queue: -1},
	} {
		if _, err := password.New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestARefusalNeverRepeatsThePassword(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{Product: "Sallyport"})
	for _, pw := range []string{"canary", "sallyport1", strings.Repeat("canary", 1000), "canary\xff\xfe", "password1"} {
		err := h.Acceptable(t.Context(), pw, "ada@example.com")
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Words == "" || f.Words == password.ErrWeak.Words || strings.Contains(f.Error(), pw) {
			t.Errorf("got %v, want a reason without the password", err)
		}
	}
}

func TestAnotherSettingAsksForARehash(t *testing.T) {
	t.Parallel()
	old := cheap(t, password.Options{})
	encoded, err := old.Hash(t.Context(), "violet umbrella 27")
	if err != nil {
		t.Fatal(err)
	}
	dearer, err := password.New(password.Options{Argon2MemoryKiB: 128, Argon2Passes: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, h := range map[string]*password.Hasher{"more memory": dearer, "bcrypt": cheap(t, password.Options{Algorithm: password.Bcrypt})} {
		if got, err := h.Verify(t.Context(), encoded, "violet umbrella 27"); err != nil || !got.Match || !got.Rehash {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestNothingMatchesTheDecoy(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{})
	for _, pw := range []string{"", "violet umbrella 27", strings.Repeat("x", 100_000)} {
		if got, err := h.Verify(t.Context(), "", pw); err != nil || got.Match || got.Rehash {
			t.Errorf("got %+v, %v", got, err)
		}
	}
}

func TestBcryptNeverIgnoresTheRest(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{Algorithm: password.Bcrypt})
	full := strings.Repeat("ab", 36)
	if _, err := h.Hash(t.Context(), full+"c"); !errors.Is(err, password.ErrWeak) {
		t.Errorf("73 bytes: got %v, want weak_password", err)
	}
	if err := h.Acceptable(t.Context(), full+"c"); !errors.Is(err, password.ErrWeak) {
		t.Errorf("73 bytes: got %v, want weak_password", err)
	}
	encoded, err := h.Hash(t.Context(), full)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := h.Verify(t.Context(), encoded, full+"c"); got.Match {
		t.Error("a longer password matches")
	}
}

// TestWhatBcryptCutsIsCutInForeignHashesAlone has one hash of 72 bytes under the
// name that this program writes, and imported.
func TestWhatBcryptCutsIsCutInForeignHashesAlone(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{Algorithm: password.Bcrypt})
	full := strings.Repeat("ab", 36)
	ours, err := h.Hash(t.Context(), full)
	if err != nil {
		t.Fatal(err)
	}
	foreign, _, ok := password.Import(ours)
	if !ok {
		t.Fatal("cannot be imported")
	}
	for stored, want := range map[string]bool{ours: false, foreign: true} {
		if got, err := h.Verify(t.Context(), stored, full+"c"); err != nil || got.Match != want {
			t.Errorf("%.4s: got %+v, %v for 73 bytes", stored, got, err)
		}
		if got, err := h.Verify(t.Context(), stored, full); err != nil || !got.Match || got.Rehash != want {
			t.Errorf("%.4s: got %+v, %v for 72 bytes", stored, got, err)
		}
	}
}

// TestWhatAForeignStringMayCost has each cap, and what is just beyond it. What the
// settings of this program may have made stays readable, and is not imported.
func TestWhatAForeignStringMayCost(t *testing.T) {
	t.Parallel()
	b64 := func(n int) string { return base64.RawStdEncoding.EncodeToString(make([]byte, n)) }
	salt, sum, digits := b64(12), b64(32), strings.Repeat("0", 64)
	bcryptTail := strings.Repeat(".", 53)
	for encoded, want := range map[string]bool{
		"$argon2i$v=19$m=131072,t=10,p=1$" + salt + "$" + sum:                               true,
		"$argon2i$v=19$m=131080,t=1,p=1$" + salt + "$" + sum:                                false,
		"$argon2id$v=19$m=64,t=11,p=2$" + salt + "$" + sum:                                  false,
		"$argon2d$v=19$m=64,t=11,p=1$" + salt + "$" + sum:                                   false,
		"$scrypt$ln=17,r=8,p=10$" + salt + "$" + sum:                                        true,
		"$scrypt$ln=18,r=8,p=1$" + salt + "$" + sum:                                         false,
		"$scrypt$ln=10,r=8,p=11$" + salt + "$" + sum:                                        false,
		"scrypt:131072:8:1$salt$" + digits:                                                  true,
		"scrypt:262144:8:1$salt$" + digits:                                                  false,
		"scrypt:131071:8:1$salt$" + digits:                                                  false,
		"$2b$14$" + bcryptTail:                                                              true,
		"$2b$15$" + bcryptTail:                                                              false,
		"$2x$10$" + bcryptTail:                                                              false,
		"bcrypt_sha256$$2b$15$" + bcryptTail:                                                false,
		"bcrypt$$2x$10$" + bcryptTail:                                                       false,
		"$pbkdf2-sha256$2000000$" + salt + "$" + sum:                                        true,
		"$pbkdf2-sha256$2000001$" + salt + "$" + sum:                                        false,
		"pbkdf2_sha256$2000001$salt$" + base64.StdEncoding.EncodeToString(make([]byte, 32)): false,
		"pbkdf2:sha256:2000001$salt$" + digits:                                              false,
		"pbkdf2:md5:1000$salt$" + digits:                                                    false,
		"pbkdf2:sha256:1000$salt$" + digits[:10]:                                            false,
		"$5$rounds=1000000$salt$" + digits[:43]:                                             true,
		"$5$rounds=1000001$salt$" + digits[:43]:                                             false,
		"$6$rounds=999$salt$" + digits + digits[:22]:                                        false,
		"argon2$argon2$argon2i$v=19$m=64,t=1,p=1$" + salt + "$" + sum:                       false,
	} {
		if _, ok := password.Readable(encoded); ok != want {
			t.Errorf("%s: readable is %v", encoded, ok)
		}
		if _, form, ok := password.Import(encoded); ok != want || !ok && form == "" {
			t.Errorf("%s: imported is %v, %q", encoded, ok, form)
		}
	}
	for _, ours := range []string{
		"$argon2id$v=19$m=1048576,t=2,p=1$" + b64(16) + "$" + sum, "$2a$16$" + bcryptTail,
	} {
		if _, ok := password.Readable(ours); !ok {
			t.Errorf("%s: a setting may have made it, and it cannot be read", ours)
		}
		if _, form, ok := password.Import(ours); ok || !strings.Contains(form, "beyond the bounds") {
			t.Errorf("%s: imported is %v, %q", ours, ok, form)
		}
	}
}

// TestALongPasswordDoesNotMultiplyTheRoundsOfCrypt: the work is rounds times the
// length, so what is longer than any password never matches.
func TestALongPasswordDoesNotMultiplyTheRoundsOfCrypt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 257)
	h := cheap(t, password.Options{})
	stored := "$5$rounds=1000$saltsaltsalt$" + string(crypt.KeySHACrypt(sha256.New, []byte(long[:256]), []byte("saltsaltsalt"), 1000))
	for typed, want := range map[string]bool{long[:256]: true, long: false} {
		if got, err := h.Verify(t.Context(), stored, typed); err != nil || got.Match != want {
			t.Errorf("%d bytes: got %+v, %v", len(typed), got, err)
		}
	}
}

func TestAStringFromElsewhereCannotTakeAllMemory(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{})
	for _, bomb := range []string{
		"$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=1000000,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=1,p=0$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=1048576,t=64,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=1,p=1152921504606846977$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2d$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$scrypt$ln=20,r=64,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$scrypt$ln=1,r=1,p=1073741823$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$scrypt$ln=40,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$scrypt$ln=10,r=1000000,p=1000000$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$pbkdf2-sha256$999999999$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA",
		"$2b$31$abcdefghijklmnopqrstuuHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH",
		"$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$", "$argon2id$", "$md5$x$y", "plain", "$2b$", "$$$",
	} {
		if got, err := h.Verify(t.Context(), bomb, "x"); err != nil || got.Match {
			t.Errorf("%s: got %+v, %v; want no match", bomb, got, err)
		}
		if _, ok := password.Readable(bomb); ok {
			t.Errorf("%s: is called readable", bomb)
		}
	}
}

// TestAStringThatCannotBeReadIsAWrongPassword has what operators put into the
// table by hand or by an import, and a string that holds no form at all.
func TestAStringThatCannotBeReadIsAWrongPassword(t *testing.T) {
	t.Parallel()
	for stored, form := range map[string]string{
		"$6$rounds=5000$saltsaltsalt$hashhashhash":         "$6$",
		"$argon2id$v=16$m=64,t=1,p=1$saltsaltsalt$hash":    "$argon2id$",
		"$scrypt$ln=40,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAA":  "$scrypt$ beyond the bounds of cost",
		"pbkdf2_sha256$600000$saltsaltsalt$hash-hashhash":  "pbkdf2_sha256$",
		"{SSHA}hashhashhash":                               "{SSHA}",
		"saltsaltsalt$hashhashhash":                        "unknown",
		"5f4dcc3b5aa765d61d8327deb882cf99saltsaltsalthash": "unknown",
	} {
		var log bytes.Buffer
		tally := &telemetry.Tally{}
		h := cheap(t, password.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Tally: tally})
		for range 2 {
			if got, err := h.Verify(t.Context(), stored, "violet umbrella 27"); err != nil || got.Match || got.Rehash {
				t.Errorf("%s: got %+v, %v; want what a wrong password gets", stored, got, err)
			}
		}
		lines := log.String()
		if n := strings.Count(lines, "level=WARN"); n != 2 || !strings.Contains(lines, form) {
			t.Errorf("%s: %d warnings, want one a try that names %s:\n%s", stored, n, form, lines)
		}
		if strings.Contains(lines, "salt") || strings.Contains(lines, "hashhash") {
			t.Errorf("%s: the log holds a part of it:\n%s", stored, lines)
		}
		if got := tally.Snapshot(); len(got) != 1 || got[0].Label != "password" || got[0].N != 2 {
			t.Errorf("%s: counted %+v, want two passwords", stored, got)
		}
		if got, ok := password.Readable(stored); ok || got != form {
			t.Errorf("%s: got form %q, %v; want %q", stored, got, ok, form)
		}
	}
	if form, ok := password.Readable("$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA"); !ok || form != "" {
		t.Errorf("a good one: got %q, %v", form, ok)
	}
}

// TestPHCParametersComeInEverySpelling has hashes of one password, made with
// Python's hashlib: PHC names the length of the sum, or leaves it out.
func TestPHCParametersComeInEverySpelling(t *testing.T) {
	t.Parallel()
	const typed, salt, sum = "correct horse battery staple 42", "MDEyMzQ1Njc4OWFiY2RlZg", "/jG6oDjOO2EklHSvJ4xcTRLOZ8Mz/4rrPhRAnkCQ+KE"
	h := cheap(t, password.Options{})
	for costs, match := range map[string]bool{
		"1000": true, "i=1000": true, "i=1000,l=32": true, "l=32,i=1000": true,
		"i=1000,l=31": false, "i=1000,l=": false, "i=1000,x=1": false, "l=32": false, "i=999,l=32": false,
	} {
		got, err := h.Verify(t.Context(), "$pbkdf2-sha256$"+costs+"$"+salt+"$"+sum, typed)
		if err != nil || got.Match != match || got.Rehash != match {
			t.Errorf("%s: got %+v, %v; want match %v, and then a rehash", costs, got, err, match)
		}
	}
}

func TestAcceptable(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{Product: "Sallyport"})
	about := []string{"ada.lovelace@example.com", "Ada Lovelace"}
	for name, pw := range map[string]string{
		"too short":                  "short 7",
		"too long":                   strings.Repeat("ab ", 100),
		"far too long":               strings.Repeat("x", 10_000),
		"not UTF-8":                  "violet\xff umbrella",
		"common":                     "password",
		"common in capitals":         "PASSWORD",
		"common with digits behind":  "password123",
		"common with signs around":   "!!password!!",
		"one letter":                 "aaaaaaaaaaaa",
		"the address":                "ada.lovelace@example.com",
		"the local part":             "ada.lovelace",
		"the local part and a year":  "ada.lovelace1815",
		"the name":                   "Lovelace99",
		"the whole name":             "ada lovelace",
		"the product":                "sallyport2026",
		"the product, decorated":     "**SallyPort**2026!",
		"parts of the name together": "adalovelace1815",
		"the domain":                 "example-1234",
		"the name twice":             "ada!ada!ada!",
		"the name in wide letters":   "\uff4c\uff4f\uff56\uff45\uff4c\uff41\uff43\uff45",
		"bytes, not characters":      "\U0001f302\U0001f303",
		"common within few digits":   "1dragon99",
	} {
		if err := h.Acceptable(t.Context(), pw, about...); !errors.Is(err, password.ErrWeak) {
			t.Errorf("%s: got %v, want weak_password", name, err)
		}
	}
	for name, pw := range map[string]string{
		"a phrase":                    "violet umbrella 27",
		"eight characters":            "k7#vQp2z",
		"eight code points, 32 bytes": "\U0001f302\U0001f303\U0001f304\U0001f305\U0001f306\U0001f307\U0001f308\U0001f309",
		"256 characters":              strings.Repeat("ab cd ef ", 28) + "abcd",
		"the name in a longer phrase": "lovelace wrote the first program",
		"the name within many digits": "ada 7305 1846 2291",
		"a word within many digits":   "7305dragon1846",
		"characters of nine bytes":    syllables(256),
	} {
		if err := h.Acceptable(t.Context(), pw, about...); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// syllables is a password of Hangul spelled in its parts, three to a syllable.
func syllables(n int) string {
	var b strings.Builder
	for i := range rune(n) {
		for _, part := range []rune{0x1100 + i*7%19, 0x1161 + i*5%21, 0x11a8 + i*3%27} {
			b.WriteRune(part)
		}
	}
	return b.String()
}

func TestPastTheQueueTheAnswerIsBusy(t *testing.T) {
	t.Parallel()
	h, err := password.New(password.Options{Argon2MemoryKiB: 64 * 1024, Argon2Passes: 1, Slots: 1, Queue: 1})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	results := make([]error, 32)
	for n := range results {
		wg.Go(func() { _, results[n] = h.Hash(t.Context(), "violet umbrella 27") })
	}
	wg.Wait()
	busy, done := 0, 0
	for _, err := range results {
		switch f, _ := errors.AsType[*fault.Error](err); {
		case err == nil:
			done++
		case f != nil && f.Code == "busy" && f.RetryAfter > 0:
			busy++
		default:
			t.Errorf("got %v", err)
		}
	}
	if busy == 0 || done == 0 {
		t.Errorf("%d hashed, %d were told busy; want some of both", done, busy)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "violet umbrella 27"); err != nil && !errors.Is(err, password.ErrBusy) {
		t.Errorf("a caller who has gone: %v", err)
	}
	if _, err := h.Hash(t.Context(), "violet umbrella 27"); err != nil {
		t.Errorf("after the storm: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$bcrypt-sha256$v=2,t=2b,r=4$Z8Sr6.mvhxWy6PCEPWEZPO$9X8PvNeV1znv9SraknotYXD.nciiPvC")
	f.Add("$5$rounds=1000$saltsaltsalt$0000000000000000000000000000000000000000000")
	f.Add("scrypt:16:8:1$salt$00000000000000000000000000000000")
	f.Add("bcrypt_sha256$$2b$04$.....................................................")
	f.Add("$pbkdf2$1000$MWZMSWkNobT2vrc2JqQUgg$c1kHYOdJ4vCyY8tooiSEW8vBpRI")
	h := cheap(f, password.Options{})
	f.Fuzz(func(t *testing.T, encoded string) {
		if len(encoded) > 300 || strings.Contains(encoded, "00000") {
			t.Skip("costly, not wrong")
		}
		_, _ = h.Verify(t.Context(), encoded, "violet umbrella 27") // must not panic
	})
}

func BenchmarkHash(b *testing.B) {
	h, err := password.New(password.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := h.Hash(b.Context(), "violet umbrella 27"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRawArgon2id(b *testing.B) {
	for b.Loop() {
		argon2.IDKey([]byte("violet umbrella 27"), []byte("sixteen byte sal"), 2, 19*1024, 1, 32)
	}
}
