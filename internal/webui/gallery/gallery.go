// Package gallery renders every hosted page in every state with canned data
// through the real handlers of package webui, in each language, light and dark,
// to be looked at without a server and to be checked by tests.
//
// [scenes] lists them. A page or a state that is not there has not been looked
// at. The rooms behind the pages answer what a scene says and do nothing.
package gallery

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/password"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
	"github.com/sallyport-auth/sallyport/internal/webui"
	"github.com/sallyport-auth/sallyport/internal/webui/frame"
	"github.com/sallyport-auth/sallyport/internal/webui/gallery/canned"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// State is a page in one of its states, as the handlers answered it.
type State struct {
	Name     string // fit for a file's name
	Shows    string // what it is, for the list
	Language string
	Status   int
	Header   http.Header
	Page     []byte
}

// Write writes every page in every state to dir, with the files they need and
// an index.html, to be looked at in a browser.
func Write(ctx context.Context, dir string) error {
	states, err := render(ctx, nil)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "static"), 0o750); err != nil {
		return fmt.Errorf("make folder of the gallery: %w", err)
	}
	write := func(name string, content []byte) error {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), content, 0o600); err != nil {
			return fmt.Errorf("write %s of the gallery: %w", name, err)
		}
		return nil
	}
	for _, s := range states {
		if strings.HasPrefix(s.Name, staticPrefix) {
			err = errors.Join(err, write(s.Name, s.Page))
			if path.Ext(s.Name) == ".css" {
				err = errors.Join(err, write(s.Name+".light.css", inScheme(s.Page, false)), write(s.Name+".dark.css", inScheme(s.Page, true)))
			}
			continue
		}
		// Files lie beside each other, not under a server's root.
		page := bytes.ReplaceAll(s.Page, []byte(`="/`+staticPrefix), []byte(`="`+staticPrefix))
		page = frameAddress().ReplaceAll(page, []byte(`src="`+frameState+`.`+s.Language+`.light.html"`))
		for _, scheme := range []string{"light", "dark"} {
			one := bytes.ReplaceAll(page, []byte(`.css"`), []byte(`.css.`+scheme+`.css"`))
			err = errors.Join(err, write(s.Name+"."+s.Language+"."+scheme+".html", one))
		}
	}
	states = slices.DeleteFunc(states, func(s State) bool { return strings.HasPrefix(s.Name, staticPrefix) })
	var index bytes.Buffer
	err = errors.Join(err, indexPage().Execute(&index, states))
	return errors.Join(err, write("index.html", index.Bytes()))
}

// inScheme gives a style sheet as it is in one scheme, whatever the browser
// prefers.
func inScheme(sheet []byte, dark bool) []byte {
	query := "not all"
	scheme := "color-scheme: light;"
	if dark {
		query, scheme = "all", "color-scheme: dark;"
	}
	sheet = bytes.ReplaceAll(sheet, []byte("@media (prefers-color-scheme: dark)"), []byte("@media "+query))
	return bytes.ReplaceAll(sheet, []byte("color-scheme: light dark;"), []byte(scheme))
}

func indexPage() *template.Template {
	return template.Must(template.New("index").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Gallery</title><meta name="viewport" content="width=device-width"></head>
<body><h1>Every page in every state</h1><ul>
{{range .}}<li>{{.Name}} ({{.Language}}): <a href="{{.Name}}.{{.Language}}.light.html">light</a>, <a href="{{.Name}}.{{.Language}}.dark.html">dark</a>. {{.Shows}} ({{.Status}})</li>
{{end}}</ul></body>
</html>
`))
}

// staticPrefix begins the names of files that pages need.
const staticPrefix = "static/"

// render takes every scene through the real handlers, in each language, and
// fetches the files that their pages name. Words may be nil.
func render(ctx context.Context, all words.All) ([]State, error) {
	ctx = telemetry.WithRequestID(ctx, "01932c07-5b1e-7d40-9c3a-6f2f5e8d1b27")
	box, err := newBox(ctx)
	if err != nil {
		return nil, err
	}
	var states []State
	files := map[string]State{}
	built := map[setting]http.Handler{}
	for _, s := range scenes() {
		h := built[s.setting]
		if h == nil {
			o := s.options(box)
			o.Words = all
			if h, err = webui.New(o); err != nil {
				return nil, fmt.Errorf("gallery, %s: %w", s.name, err)
			}
			built[s.setting] = h
		}
		for _, language := range words.Languages() {
			r, err := s.request(canned.With(ctx, s.answers()), box)
			if err != nil {
				return nil, fmt.Errorf("gallery, %s: %w", s.name, err)
			}
			r.Header.Set("Accept-Language", language)
			state := State{Name: s.name, Shows: s.shows, Language: language}
			state.take(h, r)
			states = append(states, state)
			for _, address := range fileAddress().FindAllStringSubmatch(string(state.Page), -1) {
				file := State{Name: address[1], Language: language}
				file.take(h, r.WithContext(ctx).Clone(ctx), "/"+file.Name)
				files[file.Name] = file
			}
		}
	}
	return slices.AppendSeq(states, maps.Values(files)), nil
}

// take keeps what h answers to r, or to a GET of another path.
func (s *State) take(h http.Handler, r *http.Request, instead ...string) {
	for _, p := range instead {
		r.Method, r.URL.Path, r.URL.RawQuery, r.Body = http.MethodGet, p, "", http.NoBody
	}
	answer := &recording{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(answer, r)
	s.Status, s.Header, s.Page = answer.status, answer.header, answer.body.Bytes()
}

func fileAddress() *regexp.Regexp { return regexp.MustCompile(`="/(static/[^"]+)"`) }

// scene is a request and what the rooms answer to it.
type scene struct {
	name, shows string
	method      string // GET if empty
	path        string // {mail} is the newest mail, {old} the oldest
	form        url.Values
	header      map[string]string
	outcome     error // of spending a token, or of looking at it
	limited     error
	unusable    bool  // the token does not work
	known       bool  // whoever opens the link is the one who signed up, or is signed in
	fresh       bool  // the account's address is not confirmed
	moving      bool  // another address waits for its link to be opened
	totp        bool  // the account has a code generator
	passkeys    int64 // and so many passkeys
	codes       int64 // and so many recovery codes
	step        *step
	mailed      *mailed
	note        *note
	device      session.Device
	setting
}

// setting is what a scene wants of the server.
type setting struct {
	noApp   bool   // AppURL is not set
	noMail  bool   // nothing was captured
	closed  bool   // nobody may sign up
	byMail  string // "link", "code" or "both": people can sign in by mail
	product string
}

func (s scene) answers() canned.Answers {
	return canned.Answers{Outcome: s.outcome, Limited: s.limited, Unusable: s.unusable, Fresh: s.fresh, Moving: s.moving, TOTP: s.totp, Passkeys: s.passkeys, Codes: s.codes, Device: s.device, Known: s.known, Looked: s.method == http.MethodPost}
}

func (s scene) options(box *mailbox) webui.Options {
	o := webui.Options{
		Options: frame.Options{
			Rooms:  frame.Rooms{Accounts: canned.Rooms{}, SignUps: canned.Rooms{}, Recovery: canned.Rooms{}, Changes: canned.Rooms{}, Deletions: canned.Rooms{}, Logins: canned.Rooms{}, Sessions: canned.Rooms{}, Factors: canned.Rooms{}, Records: canned.Rooms{}, Passkeys: canned.Rooms{}},
			Limits: canned.Limits{}, Log: slog.New(slog.DiscardHandler), SessionTTL: time.Hour, Passwords: password.Rules{Min: 8, Max: 256, Product: "Harbour Books"},
			Product: "Harbour Books", PublicURL: "http://localhost:8080", AppURL: "https://harbour.example/",
		},
		SignUpOpen: !s.closed, Box: box.full, Clock: box.clock,
	}
	if s.product != "" {
		o.Product = s.product
	}
	if s.byMail != "" {
		o.MagicLinks, o.MailsLink, o.MailsCode = canned.Rooms{}, s.byMail != "code", s.byMail != "link"
	}
	if s.noApp {
		o.AppURL = ""
	}
	if s.noMail {
		o.Box = box.empty
	}
	return o
}

func (s scene) request(ctx context.Context, box *mailbox) (*http.Request, error) {
	method := s.method
	if method == "" {
		method = http.MethodGet
	}
	mails := box.full.List("")
	if len(mails) == 0 {
		return nil, errors.New("the mailbox of the gallery is empty")
	}
	address := strings.NewReplacer("{mail}", mails[0].ID, "{old}", mails[len(mails)-1].ID).Replace(s.path)
	r, err := http.NewRequestWithContext(ctx, method, "http://localhost:8080"+address, strings.NewReader(s.form.Encode()))
	if err != nil {
		return nil, err
	}
	r.RemoteAddr = "127.0.0.1:50000"
	if s.form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if s.known || strings.HasPrefix(s.path, frame.AccountPath) {
		r.AddCookie(&http.Cookie{Name: "sallyport_session", Value: "canned"}) //nolint:gosec // a request's
	}
	if s.note != nil {
		raw, err := json.Marshal(s.note)
		if err != nil {
			return nil, err
		}
		r.AddCookie(&http.Cookie{Name: "sallyport_note", Value: secret.Encode(raw)}) //nolint:gosec // a request's
	}
	if s.step != nil {
		raw, err := json.Marshal(s.step)
		if err != nil {
			return nil, err
		}
		r.AddCookie(&http.Cookie{Name: "sallyport_step", Value: secret.Encode(raw)}) //nolint:gosec // a request's
	}
	if s.mailed != nil {
		raw, err := json.Marshal(s.mailed)
		if err != nil {
			return nil, err
		}
		r.AddCookie(&http.Cookie{Name: "sallyport_mail", Value: secret.Encode(raw)}) //nolint:gosec // a request's
	}
	for name, value := range s.header {
		r.Header.Set(name, value)
	}
	return r, nil
}

// recording is an answer that is kept.
type recording struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is what the answer carries.
func (a *recording) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *recording) WriteHeader(status int) { a.status = status }

// Write keeps the body.
func (a *recording) Write(b []byte) (int, error) { return a.body.Write(b) }

// stopped is a clock that shows one time.
type stopped struct{ at time.Time }

// Now is the time that the clock shows.
func (c *stopped) Now() time.Time { return c.at }

// Database is told as it is.
func (c *stopped) Database(told time.Time) time.Time { return told }
