package frame

import (
	"bytes"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
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

// View is what templates see. A shape uses what it needs. An operator's own
// templates see the same, so that a field keeps its meaning.
type View struct {
	Heading string
	Failed  bool // the title says that the page shows an error

	// Set by show.
	Product, AppURL, RequestID string
	Logo                       string // address of the operator's logo, or empty
	Languages                  []language
	Here                       string // where a change of the language leads back to, or empty

	Bare      string // address of a mailed link's page without the token that it was opened with, or empty
	Flow      Flow   // verify, reset, disown, done, link
	Token     string // verify, reset, disown, press
	Action    string // press: where the button leads
	Alert     string // why it did not work, at the top
	Note      string // what has just been done, at the top
	Problem   string // reset: what is wrong with the password
	MinLength int    // reset

	Notice string // notice: which one
	Wait   string // notice: when to try again, in words
	Retry  bool   // notice: loading this page again may help

	Form     *Form // sign-in, sign-up, forgot, password, account, by-mail, mail-code
	SignUp   bool  // sign-in: anybody may sign up
	ByMail   bool  // sign-in: there is another way, by mail
	ReturnTo string
	Email    string // check-mail, mail-code, press, reset, password
	Kind     string // check-mail: which mail; mail-code: what it brings
	Account  *AccountView
	Lead     string       // second-factor: what is asked for
	Methods  []MethodLink // second-factor: other ways
	Chosen   string       // second-factor: the method that is asked for
	Factors  *FactorsView // factors, enrol, codes
	Passkey  *PasskeyForm // sign-in, second-factor, passkeys: nil where none is asked for
	Passkeys []PasskeyItem
	Devices  []DeviceItem // devices
	Others   bool         // devices: there is more than this one
	More     string       // devices: address of the next page, or empty
	Past     string       // devices: address of those that were signed out, or empty on that page itself

	Everywhere bool // sign-out: on every device, and not in this browser alone

	Asked    *AskedView // press, claim: who signed up
	Choose   *Form      // claim: for whoever does not know the password
	Choosing bool       // claim: that form is the one that was sent

	Device  *DeviceView // disown: nil if it is gone
	Mailbox *MailboxView
	Mail    *MailView
}

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
	Choices      []Choice // of a choice; Value is the code of the present one
}

// Choice is something that a field lets people choose, by its name in the language
// of that code.
type Choice struct {
	Code, Name string
}

// Show answers with a page. The page is rendered before anything is sent, so
// that a fault in a template is a 500 and not half a page.
func (f *Frame) Show(w http.ResponseWriter, r *http.Request, status int, s Shape, v View) {
	v.Product, v.AppURL, v.Logo = f.Product, f.AppURL, f.logo
	v.Failed = v.Failed || status >= http.StatusBadRequest
	if v.Failed && v.Problem == "" && v.Form == nil && v.Passkey == nil {
		v.RequestID = telemetry.RequestID(r.Context())
	}
	chosen := f.Language(r)
	v.Languages = f.languages(chosen)
	if r.Method == http.MethodGet && status == http.StatusOK {
		v.Here = r.URL.RequestURI()
	}
	var page bytes.Buffer
	if err := f.shapes[chosen][s].ExecuteTemplate(&page, "layout", v); err != nil {
		f.Log.ErrorContext(r.Context(), "page could not be rendered", slog.String("page", string(s)), slog.Any("error", err))
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	policy := h.Get("Content-Security-Policy") + policyScript
	if v.Passkey != nil {
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
