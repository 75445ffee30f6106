package password_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/password"
)

// TestRegularPasswordsAreRefusedAndToldWhy has passwords that no list of words
// holds, because they are made by a rule.
func TestRegularPasswordsAreRefusedAndToldWhy(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{})
	for reason, all := range map[string][]string{
		"": { // whichever is found first
			"987654321", "123123123", "abcdefgh", "12341234", "linkedin", "LinkedIn", "qwertzuiop", "asdfghjkl", "yxcvbnm,", "azertyuiop", "qsdfghjklm",
			"zyxwvuts", "1q2w3e4r", "1qaz2wsx", "1qay2wsx", "qazwsxedc", "qaywsxedc", "!@#$%^&*", "!\"§$%&/(", "0987654321", "890123456", "йцукенгш",
			"abababab", "aaaabbbb", "xq7xq7xq7", "1234abcd", "abcd1234", "passwordpassword", "drowssap", "dragondragon", "summer2024!", "dragon123456",
			"24121987", "24.12.1987", "1987-12-24", "12/24/1987", "20241224", "24.12.87", "24 12 1987!", "20202021",
		},
		"weak_password.follows":  {"mlkjihgfedcba", "ghijklmnopqrstu", "78901234567890", "mnbvcxyz"},
		"weak_password.repeats":  {"xq7xq7xq7", "zkzkzkzk", "9zzzzzzzzz"},
		"weak_password.is_date":  {"17.03.1911", "1911-03-17", "17031911!"},
		"weak_password.breached": {"linkedin", "Linkedin"},
	} {
		told := false
		for _, pw := range all {
			f, ok := errors.AsType[*fault.Error](h.Acceptable(t.Context(), pw))
			if !ok || f.Code != "weak_password" || f.Words == password.ErrWeak.Words {
				t.Errorf("%s: %v, want weak_password with a reason", pw, f)
				continue
			}
			told = told || reason == "" || f.Words == reason
		}
		if !told { // some are among the breached ones as well
			t.Errorf("none is refused because of %q", reason)
		}
	}
}

// TestThePasswordsOfBreachesAreRefused has the 3,000 most common that are long
// enough, in the spellings that people give them.
func TestThePasswordsOfBreachesAreRefused(t *testing.T) {
	t.Parallel()
	h := cheap(t, password.Options{})
	text, err := os.ReadFile("testdata/breached.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		pw := strings.TrimSuffix(line, "\n")
		for _, spelled := range []string{pw, strings.ToUpper(pw)} {
			if err := h.Acceptable(t.Context(), spelled); !errors.Is(err, password.ErrWeak) {
				t.Errorf("%s: %v", spelled, err)
			}
		}
	}
	if n != 3000 {
		t.Errorf("%d passwords in the sample", n)
	}
}

// What phrases are drawn from, as a word list for them has it: some of the words
// are common passwords.
const (
	english = `acorn badge candle dolphin ember falcon garden hazel island jacket kettle lemon marble needle orbit pepper quartz ribbon
		saddle timber umber velvet walnut yellow zipper anchor bottle copper desert engine forest glacier harbor insect jungle kernel lantern
		meadow nickel oyster pillow quiver rocket spruce thunder uncle violin window yonder zebra student power report were stupid first define`
	german = `Apfel Brücke Dachs Eimer Fähre Garten Hügel Insel Jäger Käse Löffel Möwe Nebel Ofen Pfütze Quelle Regen Straße Tür Ufer Vogel Wiese
		Zucker Äste Öl Übung Schlüssel Fenster Leiter Teppich Wolke Gabel Mütze Schule Kirsche Bäcker Zwiebel Kutsche Bär Fuchs`
	russian  = `берёза ветер город дорога ежевика жемчуг зима искра камень лодка молоко ночь облако письмо река снег туман улица хлеб цветок часы шапка щука яблоко`
	greek    = `άνεμος βιβλίο γάτα δρόμος ελιά ζωή ήλιος θάλασσα καρδιά λεμόνι μέλι νερό ουρανός πέτρα ρόδι σπίτι τραπέζι φως χιόνι ψωμί`
	japanese = `あさひ いかだ うみべ えのき おりがみ かわせみ きつね くるみ こだま さくら しずく すずめ たいよう つばめ とんぼ なぎさ はるかぜ ひぐらし みずうみ もみじ やまびこ ゆきぐに`
	arabic   = `بحر تفاح ثلج جبل حجر خبز ذهب رمان زيتون سماء شجرة صباح طريق ظلال عسل غابة فجر قمر كتاب ليل مطر نجمة وردة ياسمين`
)

// TestGoodPasswordsAreTaken draws from generators with a fixed seed: what they make
// is refused less than once in 10,000 times.
func TestGoodPasswordsAreTaken(t *testing.T) {
	t.Parallel()
	const (
		letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
		signs   = letters + "!#$%&()*+,-./:;<=>?@[]^_{|}~"
		rounds  = 2000
	)
	h := cheap(t, password.Options{Product: "Sallyport"})
	draw := rand.New(rand.NewChaCha8([32]byte{27}))
	from := func(alphabet string, n int) func() string {
		return func() string {
			b := make([]byte, n)
			for i := range b {
				b[i] = alphabet[draw.IntN(len(alphabet))]
			}
			return string(b)
		}
	}
	phrase := func(words string, n int, separator string) func() string {
		list := strings.Fields(words)
		return func() string {
			draw.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			return strings.Join(list[:n], separator)
		}
	}
	kinds := map[string]func() string{
		"eight of letters, digits and signs": from(signs, 8),
		"ten of letters and digits":          from(letters, 10),
		"twelve lower-case letters":          from(letters[:26], 12),
		"twenty of everything":               from(signs, 20),
		"32 hexadecimal digits":              from("0123456789abcdef", 32),
		"four words":                         phrase(english, 4, " "),
		"six words with hyphens":             phrase(english, 6, "-"),
		"four words without anything":        phrase(english, 4, ""),
		"four German words":                  phrase(german, 4, " "),
		"four German words in one":           phrase(german, 4, ""),
		"four Russian words":                 phrase(russian, 4, " "),
		"four Greek words":                   phrase(greek, 4, " "),
		"four Japanese words":                phrase(japanese, 4, ""),
		"four Arabic words":                  phrase(arabic, 4, " "),
	}
	refused := 0
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		for range rounds {
			pw := kinds[name]()
			if err := h.Acceptable(t.Context(), pw, "ada.lovelace@example.com", "Ada Lovelace"); err != nil {
				refused++
				t.Logf("%s: %q: %v", name, pw, err)
			}
		}
	}
	if n := rounds * len(kinds); refused*10_000 >= n {
		t.Errorf("%d of %d are refused", refused, n)
	}
}

// TestACheckIsCheap bounds what takes the time of a check. With so many allocations
// it takes some 60 µs, as BenchmarkAcceptable shows.
func TestACheckIsCheap(t *testing.T) {
	h := cheap(t, password.Options{})
	pw := longest()
	n := testing.AllocsPerRun(10, func() { _ = h.Acceptable(t.Context(), pw, "ada@example.com", "Ada Lovelace") })
	if n > 150 {
		t.Errorf("a check of the longest password takes %.0f allocations", n)
	}
}

func BenchmarkAcceptable(b *testing.B) {
	h := cheap(b, password.Options{})
	for name, pw := range map[string]string{
		"phrase":  "violet umbrella 27",
		"longest": longest(),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := h.Acceptable(b.Context(), pw, "ada@example.com", "Ada Lovelace"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// longest is the password that takes longest to look at: digits and signs of many
// paths over the keys, none of which is a run or a date.
func longest() string { return strings.Repeat("19y5r1.9ol0z-1p", 18)[:256] }

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := password.New(password.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
