package words_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/words"
)

func read(t *testing.T) words.All {
	t.Helper()
	all, err := words.Read()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryLanguageHasTheSameKeysAndPlaceholders(t *testing.T) {
	t.Parallel()
	placeholder := regexp.MustCompile(`\{[a-z_]+\}`)
	all := read(t)
	shape := func(c words.Catalogue) map[string][]string {
		m := map[string][]string{}
		for key, text := range c {
			if counted(all[words.English], key) {
				key, _ = cutLast(key)
			}
			if strings.HasPrefix(key, "rule.") && c.Text("lang") == words.English {
				continue // programs read English
			}
			found := placeholder.FindAllString(text, -1)
			slices.Sort(found)
			m[key] = found
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s says nothing", key)
			}
			if strings.ContainsAny(text, "<>") {
				t.Errorf("%s holds markup: %s", key, text)
			}
		}
		return m
	}
	for _, language := range words.Languages() {
		if all[language].Text("lang") != language {
			t.Errorf("%s.json says that it is %s", language, all[language].Text("lang"))
		}
		if diff := cmp.Diff(shape(all[words.English]), shape(all[language])); diff != "" {
			t.Errorf("%s differs from English:\n%s", language, diff)
		}
	}
}

// counted tells whether a key says how many there are, in one of the plural forms.
func counted(english words.Catalogue, key string) bool {
	base, form := cutLast(key)
	_, one := english[base+".one"]
	return one && slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, form)
}

func cutLast(key string) (base, last string) {
	n := strings.LastIndex(key, ".")
	return key[:max(n, 0)], key[n+1:]
}

// A language has more plural forms than English or fewer: each has words in those
// forms that it uses below a thousand, and in no other.
func TestWhatIsCountedHasThePluralFormsOfItsLanguage(t *testing.T) {
	t.Parallel()
	all := read(t)
	for language, c := range all {
		marked := words.Catalogue{"lang": language}
		want := []string{"other"}
		for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
			marked["n."+form] = form
		}
		for n := range 1000 {
			want = append(want, marked.Count("n", n))
		}
		slices.Sort(want)
		want = slices.Compact(want)
		got := map[string][]string{}
		for key := range c {
			if base, form := cutLast(key); counted(all[words.English], key) {
				got[base] = append(got[base], form)
			}
		}
		for base, forms := range got {
			slices.Sort(forms)
			if diff := cmp.Diff(want, forms); diff != "" {
				t.Errorf("%s.json: %s has other plural forms than the language:\n%s", language, base, diff)
			}
		}
	}
}

func TestThingsAreCountedAsTheLanguageCounts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lang string
		n    int
		want string
	}{
		{"en", 0, "0 other"},
		{"en", 1, "1 one"},
		{"en", 21, "21 other"},
		{"fr", 0, "0 one"},
		{"fr", 1, "1 one"},
		{"fr", 2, "2 other"},
		{"pl", 1, "1 one"},
		{"pl", 3, "3 few"},
		{"pl", 5, "5 other"}, // no words for many
		{"ja", 1, "1 other"},
	} {
		c := words.Catalogue{"lang": test.lang, "n.one": "{n} one", "n.few": "{n} few", "n.other": "{n} other"}
		if got := c.Count("n", test.n); got != test.want {
			t.Errorf("%d in %s: %q, want %q", test.n, test.lang, got, test.want)
		}
	}
}

// The first of a month is written as the catalogue says.
func TestTheFirstOfAMonthIsWrittenAsTheLanguageDoes(t *testing.T) {
	t.Parallel()
	c := words.Catalogue{"date.day": "{day} {month} {year}", "date.first": "1er", "date.month.3": "mars"}
	for day, want := range map[int]string{1: "1er mars 2026", 2: "2 mars 2026", 21: "21 mars 2026"} {
		if got := c.Day(time.Date(2026, time.March, day, 12, 0, 0, 0, time.UTC)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTheLanguageIsChosenAsAsked(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		chosen string
		accept []string
		want   string
	}{
		{"", nil, "en"},
		{"", []string{"de"}, "de"},
		{"", []string{"de-CH, en;q=0.8"}, "de"},
		{"", []string{"en;q=0.8, DE;q=0.9"}, "de"},
		{"", []string{"tlh", "de;q=0.1"}, "de"},
		{"", []string{"tlh, *"}, "en"},
		{"", []string{"de;q=0, en;q=0"}, "en"},
		{"", []string{"de;q=2"}, "en"},
		{"", []string{"de;q=nan"}, "en"},
		{"", []string{"den, , ;;,=, x"}, "en"},
		{"", []string{"den, zz, , ;;,=, de;q=0.5"}, "de"},
		{"", []string{"gsw"}, "de"}, // a Swiss reads German
		{"", []string{"da, nl"}, "en"},
		{"", []string{"de", strings.Repeat("x,", 1024)}, "en"},
		{"", []string{strings.Repeat("-", 1000)}, "en"},
		{"de", []string{"en"}, "de"},
		{"en", []string{"de"}, "en"},
		{"tlh", []string{"de"}, "de"},
		{"<b>", nil, "en"},
	} {
		if got := words.Choose(test.chosen, test.accept); got != test.want {
			t.Errorf("chosen %q, accepted %q: %s, want %s", test.chosen, test.accept, got, test.want)
		}
	}
}

func TestATagNamesALanguageThatThereIs(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"en": "en", "de": "de", "DE": "de", "de-CH": "de", "de-DE-1996": "de", "en-GB": "en",
		"": "", "tlh": "", "gsw": "", "de_DE": "", "*": "", "de, en": "", "deutsch": "", "x-de": "", "zz": "", "de-" + strings.Repeat("a", 40): "", "../de": "", "<b>": "",
	} {
		if got, ok := words.Named(tag); got != want || ok != (want != "") {
			t.Errorf("%q names %q, %t; want %q", tag, got, ok, want)
		}
	}
}

// Whatever a password is refused for is said with its number, in every language.
func TestAWeakPasswordIsToldWhy(t *testing.T) {
	t.Parallel()
	all := read(t)
	for _, algorithm := range []string{password.Argon2id, password.Bcrypt} {
		h, err := password.New(password.Options{
			Algorithm: algorithm, Argon2MemoryKiB: 64, Argon2Passes: 1, BcryptCost: 10, Slots: 1, Queue: 1, MinLength: 11, Product: "Sallyport",
		})
		if err != nil {
			t.Fatal(err)
		}
		for weak, number := range map[string]string{
			"short": "11", strings.Repeat("long ", 60): "256", strings.Repeat("violet umbrella ", 5)[:74]: "72", "\xff invalid text": "", "password1234": "",
			"lovelace@people": "", "linkedin123": "", "abcdefghijkl": "", "xq7xq7xq7xq7": "", "24.12.1987!": "",
		} {
			f, ok := errors.AsType[*fault.Error](h.Acceptable(t.Context(), weak, "lovelace@people.example"))
			if !ok {
				if algorithm == password.Bcrypt || len(weak) != 74 {
					t.Errorf("%s: %q is taken", algorithm, weak)
				}
				continue
			}
			for language, c := range all {
				if got := c.Said(f.Words, f.Args...); f.Words == password.ErrWeak.Words || !strings.Contains(got, number) || strings.ContainsAny(got, "{⟦") {
					t.Errorf("%s: %q is refused with %q, want the reason and %s", language, weak, got, number)
				}
			}
		}
	}
}

func TestDatesAndSpansReadAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	all := read(t)
	for month := time.January; month <= time.December; month++ {
		for language, c := range all {
			if got := c.Day(time.Date(2026, month, 9, 0, 0, 0, 0, time.UTC)); strings.Contains(got, "⟦") || !strings.Contains(got, "2026") {
				t.Errorf("%s: %s", language, got)
			}
		}
	}
	at := time.Date(2026, time.March, 1, 23, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		all["en"].Day(at): "1 March 2026", all["de"].Day(at): "1. März 2026",
		all["en"].Moment(at): "1 March 2026, 23:00 UTC", all["de"].Moment(at): "1. März 2026, 23:00 UTC",
		all["en"].Device("Firefox", "Linux"): "Firefox on Linux", all["de"].Device("Firefox", "Linux"): "Firefox auf Linux",
		all["de"].Device("curl", ""): "curl", all["en"].Device("", "Linux"): "Linux", all["en"].Device("", ""): "",
		all["en"].Wait(1500 * time.Millisecond): "2 seconds", all["de"].Wait(time.Second): "1 Sekunde",
		all["en"].Wait(14 * time.Minute): "14 minutes", all["de"].Wait(3 * time.Hour): "3 Stunden",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
