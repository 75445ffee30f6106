package webui

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

//go:embed templates
var templateFiles embed.FS

//go:embed text
var textFiles embed.FS

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

// shape names a template that fills the layout.
type shape string

// The shapes that a page can have.
const (
	shapeVerify  shape = "verify"  // one button
	shapeReset   shape = "reset"   // a form for a new password
	shapeDisown  shape = "disown"  // a device, and one button
	shapeDone    shape = "done"    // a link was used
	shapeLink    shape = "link"    // a link cannot be used
	shapeNotice  shape = "notice"  // something else went wrong
	shapeMailbox shape = "mailbox" // list of captured mail
	shapeMail    shape = "mail"    // one captured mail
)

// shapes are the parsed templates.
type shapes map[shape]*template.Template

func parseShapes(words catalogue, files assets) (shapes, error) {
	base, err := template.New("layout").Option("missingkey=error").Funcs(template.FuncMap{
		"t": words.text, "n": words.count, "asset": files.url,
	}).ParseFS(templateFiles, "templates/layout.html", "templates/icons.html")
	if err != nil {
		return nil, fmt.Errorf("parse layout of the pages: %w", err)
	}
	all := shapes{}
	for _, s := range []shape{shapeVerify, shapeReset, shapeDisown, shapeDone, shapeLink, shapeNotice, shapeMailbox, shapeMail} {
		t, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("copy layout of the pages: %w", err)
		}
		if all[s], err = t.ParseFS(templateFiles, "templates/"+string(s)+".html"); err != nil {
			return nil, fmt.Errorf("parse page %s: %w", s, err)
		}
	}
	return all, nil
}

// view is what templates see. A shape uses what it needs.
type view struct {
	Heading string
	Failed  bool // the title says that the page shows an error

	// Set by show.
	Product, AppURL, RequestID string

	Flow      flow   // verify, reset, disown, done, link
	Token     string // verify, reset, disown
	Alert     string // verify, reset, disown: why it did not work, at the top
	Problem   string // reset: what is wrong with the password
	MinLength int    // reset

	Notice string // notice: which one
	Wait   string // notice: when to try again, in words
	Retry  bool   // notice: loading this page again may help

	Device  *deviceView // disown: nil if it is gone
	Mailbox *mailboxView
	Mail    *mailView
}

// show answers with a page. The page is rendered before anything is sent, so
// that a fault in a template is a 500 and not half a page.
func (p *pages) show(w http.ResponseWriter, r *http.Request, status int, s shape, v view) {
	v.Product, v.AppURL = p.Product, p.AppURL
	v.Failed = v.Failed || status >= http.StatusBadRequest
	if v.Failed && v.Problem == "" {
		v.RequestID = telemetry.RequestID(r.Context())
	}
	var page bytes.Buffer
	if err := p.shapes[s].ExecuteTemplate(&page, "layout", v); err != nil {
		p.Log.ErrorContext(r.Context(), "page could not be rendered", slog.String("page", string(s)), slog.Any("error", err))
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.words.text("lang"))
	h.Set("Content-Length", strconv.Itoa(page.Len()))
	w.WriteHeader(status)
	_, _ = page.WriteTo(w) // a reader who left needs no answer
}

// retryAfter says when to try again, to programs in a header and to people in
// the words that it returns.
func (p *pages) retryAfter(w http.ResponseWriter, d time.Duration) string {
	w.Header().Set("Retry-After", strconv.Itoa(ceil(d, time.Second)))
	return p.words.wait(d)
}
