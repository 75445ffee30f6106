package webui

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/webui/words"
)

// languageFor is how long, in seconds, a choice of the language is remembered.
const languageFor = 365 * 24 * 60 * 60

// language is one that a page is offered in.
type language struct {
	Code    string
	Current bool
}

// language gives the one that the reader chose, or that the browser asks for.
func (p *pages) language(r *http.Request) string {
	chosen := ""
	if c, err := r.Cookie(p.cookieName("language")); err == nil {
		chosen = c.Value
	}
	return words.Choose(chosen, r.Header["Accept-Language"])
}

// say gives the words for the reader.
func (p *pages) say(r *http.Request) words.Catalogue { return p.words[p.language(r)] }

func (p *pages) languages(chosen string) []language {
	var all []language
	for _, code := range words.Languages() {
		all = append(all, language{Code: code, Current: code == chosen})
	}
	return all
}

// postLanguage remembers the language that a reader chose and leads back to
// where they were.
func (p *pages) postLanguage(w http.ResponseWriter, r *http.Request) {
	if err := readForm(r); err != nil {
		p.fail(w, r, err)
		return
	}
	chosen := r.PostForm.Get("language")
	if words.Choose(chosen, nil) != chosen {
		p.fail(w, r, errMalformed)
		return
	}
	p.setCookie(w, "language", chosen, languageFor)
	p.redirect(w, p.returnTo(r.PostForm.Get("return_to"), "/"))
}
