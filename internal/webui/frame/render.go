package frame

import (
	"bytes"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui/asset"
	"github.com/sallyport-auth/sallyport/internal/words"
)

//go:embed templates
var templateFiles embed.FS

//go:embed static
var staticFolder embed.FS

// staticFiles are the files that pages need.
func staticFiles() fs.FS {
	sub, err := fs.Sub(staticFolder, "static")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return sub
}

// staticAssets are these files, compressed once.
var staticAssets = sync.OnceValues(func() (asset.Assets, error) { return asset.Load(staticFiles()) })

// View is what the template of one page sees: a struct beside the page's handler
// that embeds [Page], [FormPage] or [PasskeyPage]. An operator's own templates see
// the same, so that a field keeps its name and its meaning.
type View interface {
	// Template is the name of the page's template, without .html.
	Template() string
	// Common is what the layout shows.
	Common() *Page

	form() *Form
	passkey() *PasskeyForm
}

// Page is what every page has. [Frame.Show] sets the second part.
type Page struct {
	Heading string
	Alert   string // why it did not work, at the top
	Note    string // what has just been done, at the top
	Failed  bool   // the title says that the page shows an error
	Bare    string // address of a mailed link's page without the token that it was opened with, or empty

	Product, AppURL, RequestID string
	Logo                       string // address of the operator's logo, or empty
	Languages                  []language
	Here                       string // where a change of the language leads back to, or empty
}

// Titled is a page with a heading.
func Titled(heading string) Page { return Page{Heading: heading} }

// Common is the page itself.
func (p *Page) Common() *Page { return p }

func (*Page) form() *Form { return nil }

func (*Page) passkey() *PasskeyForm { return nil }

// FormPage is a page with one form that asks for something.
type FormPage struct {
	Page

	Form *Form
}

// WithForm is a page with a heading and a form.
func WithForm(heading string, form Form) FormPage {
	return FormPage{Page: Titled(heading), Form: &form}
}

func (p *FormPage) form() *Form { return p.Form }

// PasskeyPage is a page that asks for a passkey, beside its form or instead of
// one. Either may be nil.
type PasskeyPage struct {
	FormPage

	Passkey *PasskeyForm
}

func (p *PasskeyPage) passkey() *PasskeyForm { return p.Passkey }

// Form is a form that posts to one of our own pages.
type Form struct {
	Action   string
	ReturnTo string // empty leaves it out
	Method   string // of the second factor that is asked for; empty leaves it out
	Token    string // of the link that led here; empty leaves it out
	Username string // whose password is asked for, where no field asks who it is
	Fields   []Field
	Button   string
	Grave    bool // the button ends something for good
}

// Field is one thing to fill in, with what was typed and what is wrong with it.
// A password is never among what was typed.
type Field struct {
	ID, Name     string
	Kind         string // email, password, code (digits), key (a code with letters), choice or text
	Autocomplete string
	Label, Hint  string
	Value        string
	Problem      string
	Required     bool
	Focus        bool // the first field at fault has the focus
	MinLength    int
	Rules        string   // of a password that is chosen, for the script of the page (password.Rules as JSON)
	Choices      []Choice // of a choice; Value is the code of the present one
}

// Choice is something that a field lets people choose, by its name in the language
// of that code.
type Choice struct {
	Code, Name string
}

// PasskeyForm is a form that a person answers with a passkey, or with Create
// registers one by. The script of the page (static/passkeys.js) hands Options to
// the browser, writes what the authenticator gives into the form, and sends it
// like any other; without it the form is not shown, and the page says why.
type PasskeyForm struct {
	Action   string
	ReturnTo string // empty leaves it out
	Method   string // of the second factor that is asked for; empty leaves it out
	Create   bool
	Autofill bool // passkeys are also offered where an address is typed
	Quiet    bool // its button is not the first of the page
	Ceremony string
	Options  string // for navigator.credentials, as JSON
	Fields   []Field
	Button   string
}

// Show answers with a page. The page is rendered before anything is sent, so
// that a fault in a template is a 500 and not half a page.
func (f *Frame) Show(w http.ResponseWriter, r *http.Request, status int, v View) {
	p := v.Common()
	p.Product, p.AppURL, p.Logo = f.Product, f.AppURL, f.logo
	p.Failed = p.Failed || status >= http.StatusBadRequest
	if p.Failed && v.form() == nil && v.passkey() == nil {
		p.RequestID = telemetry.RequestID(r.Context())
	}
	chosen := f.Language(r)
	p.Languages = f.languages(chosen)
	if r.Method == http.MethodGet && status == http.StatusOK {
		p.Here = r.URL.RequestURI()
	}
	var page bytes.Buffer
	if err := f.templates[chosen].render(&page, v); err != nil {
		f.Log.ErrorContext(r.Context(), "page could not be rendered", slog.String("page", v.Template()), slog.Any("error", err))
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	policy := h.Get("Content-Security-Policy") + policyScript
	if v.passkey() != nil {
		policy += policyConnect
	}
	h.Set("Content-Security-Policy", policy)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", chosen)
	h.Set("Content-Length", strconv.Itoa(page.Len()))
	w.WriteHeader(status)
	_, _ = page.WriteTo(w) // a reader who left needs no answer
}

// RetryAfter says when to try again, to programs in a header and to people in
// the words that it returns.
func (f *Frame) RetryAfter(w http.ResponseWriter, r *http.Request, d time.Duration) string {
	w.Header().Set("Retry-After", strconv.Itoa(words.Ceil(d, time.Second)))
	return f.Say(r).Wait(d)
}
