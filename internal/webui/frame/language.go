package frame

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// languageFor is how long, in seconds, a choice of the language is remembered.
const languageFor = 365 * 24 * 60 * 60

// Language is one that a page is offered in.
type language struct {
	Code, Name string
	Current    bool
}

// Language gives the one that the reader chose, or that the browser asks for.
func (f *Frame) Language(r *http.Request) string {
	chosen := ""
	if c, err := r.Cookie(f.CookieName("language")); err == nil {
		chosen = c.Value
	}
	return words.Choose(chosen, r.Header["Accept-Language"])
}

// Reader is the origin of a request with the language of its page, in which we
// write to an address that has no account.
func (f *Frame) Reader(r *http.Request) audit.Origin {
	o := OriginOf(r)
	o.Language = f.Language(r)
	return o
}

// Say gives the words for the reader.
func (f *Frame) Say(r *http.Request) words.Catalogue { return f.words[f.Language(r)] }

// Said gives the sentence of a refusal in the reader's language.
func (f *Frame) Said(r *http.Request, refused *fault.Error) string {
	return f.Say(r).Said(refused.Words, refused.Args...)
}

// saidOf gives the sentence about one member in the reader's language.
func (f *Frame) saidOf(r *http.Request, wrong fault.Field) string {
	return f.Say(r).Said("rule."+wrong.Rule, wrong.Args...)
}

func (f *Frame) languages(chosen string) []language {
	var all []language
	for _, code := range words.Languages() {
		all = append(all, language{Code: code, Name: f.words[code].Text("lang.name"), Current: code == chosen})
	}
	return all
}

// LanguageChoices are the languages that there are, as a field offers them.
func (f *Frame) LanguageChoices() []Choice {
	var all []Choice
	for _, code := range words.Languages() {
		all = append(all, Choice{Code: code, Name: f.words[code].Text("lang.name")})
	}
	return all
}

// PostLanguage remembers the language that a reader chose and leads back to
// where they were.
func (f *Frame) PostLanguage(w http.ResponseWriter, r *http.Request) {
	if err := ReadForm(r); err != nil {
		f.Fail(w, r, err)
		return
	}
	chosen := r.PostForm.Get("language")
	if words.Choose(chosen, nil) != chosen {
		f.Fail(w, r, middleware.ErrMalformed)
		return
	}
	f.SetCookie(w, "language", chosen, languageFor)
	f.Redirect(w, f.ReturnTo(r.PostForm.Get("return_to"), "/"))
}
