package words

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// English is the language of readers who ask for none that there is.
const English = "en"

const (
	folder    = "text"
	extension = ".json"
)

// maxTag is the length of the longest tag that is looked at (RFC 5646 §4.4.1),
// maxHeader that of an Accept-Language header.
const (
	maxTag    = 35
	maxHeader = 1024
)

// Languages lists what there is, in the order in which people are offered it:
// English, then the others by their tags.
func Languages() []string {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return []string{English} // cannot be: the folder is in the program
	}
	all := []string{English}
	for _, e := range entries {
		if tag := strings.TrimSuffix(e.Name(), extension); tag != English {
			all = append(all, tag)
		}
	}
	return all
}

// offer is the languages as [golang.org/x/text/language] knows them.
type offer struct {
	names   []string
	tags    []language.Tag
	matcher language.Matcher
}

// offered is made once, because a matcher takes a while to make.
var offered = sync.OnceValue(func() offer {
	o := offer{names: Languages()}
	for _, name := range o.names {
		o.tags = append(o.tags, language.Make(name))
	}
	o.matcher = language.NewMatcher(o.tags)
	return o
})

// Named gives the language that a tag (RFC 5646) names: "de" for "de" and for
// "de-CH". It reports false for what is no tag, and for a language that is not
// there.
func Named(tag string) (string, bool) {
	if len(tag) > maxTag || strings.Contains(tag, "_") {
		return "", false
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	o := offered()
	_, found, confidence := o.matcher.Match(parsed)
	asked, _ := parsed.Base()
	if given, _ := o.tags[found].Base(); given != asked || confidence < language.High {
		return "", false
	}
	return o.names[found], true
}

// Accepted gives the language that suits an Accept-Language header best (RFC 9110
// §12.5.4), or nothing if none does. What cannot be read of the header is passed
// over.
func Accepted(header []string) string {
	type wish struct {
		tag    language.Tag
		weight float32
	}
	all := strings.Join(header, ",")
	if all == "" || len(all) > maxHeader {
		return ""
	}
	var wishes []wish
	for field := range strings.SplitSeq(all, ",") {
		tags, weights, err := language.ParseAcceptLanguage(field)
		if err == nil && len(tags) == 1 && weights[0] > 0 && weights[0] <= 1 {
			wishes = append(wishes, wish{tags[0], weights[0]})
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int { return cmp.Compare(b.weight, a.weight) })
	tags := make([]language.Tag, len(wishes))
	for n, w := range wishes {
		tags[n] = w.tag
	}
	o := offered()
	_, found, confidence := o.matcher.Match(tags...)
	if confidence == language.No {
		return ""
	}
	return o.names[found]
}

// Choose gives the language that a reader gets: the one they chose, if it is
// there, else the best of an Accept-Language header, else English.
func Choose(chosen string, header []string) string {
	if slices.Contains(offered().names, chosen) {
		return chosen
	}
	return cmp.Or(Accepted(header), English)
}

// other ends the keys of the plural form that every language has.
const other = ".other"

// form names the plural form of n things in a language, as CLDR does.
func form(tag string, n int) string {
	switch plural.Cardinal.MatchPlural(language.Make(tag), n, 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	case plural.Other:
	}
	return "other"
}
