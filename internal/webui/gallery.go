package webui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// State is a page in one of its states, as the handlers answered it.
type State struct {
	Name   string // fit for a file's name
	Shows  string // what it is, for the list
	Status int
	Header http.Header
	Page   []byte
}

// Gallery writes every page in every state to dir, with the files they need and
// an index.html, to be looked at in a browser without a server.
func Gallery(ctx context.Context, dir string) error {
	words, err := readCatalogue(textFiles, "text/en.json")
	if err != nil {
		return err
	}
	states, err := galleryStates(ctx, words)
	if err != nil {
		return err
	}
	files, err := loadAssets(staticFiles())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "static"), 0o750); err != nil {
		return fmt.Errorf("make folder of the gallery: %w", err)
	}
	for _, a := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(a.url)), a.plain, 0o600); err != nil {
			return fmt.Errorf("write asset of the gallery: %w", err)
		}
	}
	var index bytes.Buffer
	if err := galleryIndex().Execute(&index, states); err != nil {
		return fmt.Errorf("render index of the gallery: %w", err)
	}
	states = append(states, State{Name: "index", Page: index.Bytes()})
	for _, s := range states {
		// Files lie beside each other, not under a server's root.
		page := bytes.ReplaceAll(s.Page, []byte(`="`+assetPrefix), []byte(`="static/`))
		page = frameAddress().ReplaceAll(page, []byte(`src="`+frameState+`.html"`))
		if err := os.WriteFile(filepath.Join(dir, s.Name+".html"), page, 0o600); err != nil {
			return fmt.Errorf("write page of the gallery: %w", err)
		}
	}
	return nil
}

func galleryIndex() *template.Template {
	return template.Must(template.New("index").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Gallery</title><meta name="viewport" content="width=device-width"></head>
<body><h1>Every page in every state</h1><ul>
{{range .}}<li><a href="{{.Name}}.html">{{.Name}}</a>: {{.Shows}} ({{.Status}})</li>
{{end}}</ul></body>
</html>
`))
}

// galleryStates takes every scene through the real handlers.
func galleryStates(ctx context.Context, words catalogue) ([]State, error) {
	ctx = telemetry.WithRequestID(ctx, "01932c07-5b1e-7d40-9c3a-6f2f5e8d1b27")
	box, err := galleryBox(ctx)
	if err != nil {
		return nil, err
	}
	var states []State
	for _, s := range scenes() {
		o := s.options(box)
		h, err := newPages(o, words)
		if err != nil {
			return nil, fmt.Errorf("gallery, %s: %w", s.name, err)
		}
		r, err := s.request(ctx, box)
		if err != nil {
			return nil, fmt.Errorf("gallery, %s: %w", s.name, err)
		}
		answer := &recording{header: http.Header{}, status: http.StatusOK}
		h.ServeHTTP(answer, r)
		states = append(states, State{
			Name: s.name, Shows: s.shows, Status: answer.status, Header: answer.header, Page: answer.body.Bytes(),
		})
	}
	return states, nil
}

// scene is a request and what the rooms answer to it.
type scene struct {
	name, shows string
	method      string // GET if empty
	path        string // {mail} is the newest mail, {old} the oldest
	form        url.Values
	header      map[string]string
	outcome     error // of spending a token, or of looking at it
	limited     error
	unusable    bool // the token does not work
	device      session.Device
	noApp       bool // AppURL is not set
	noMail      bool // nothing was captured
	product     string
}

func (s scene) options(box *galleryMail) Options {
	o := Options{
		Accounts: canned{usable: !s.unusable, device: s.device, err: s.outcome}, Limits: cannedLimits{s.limited},
		Box: box.full, Clock: box.clock, Log: galleryLog(),
		Product: "Harbour Books", PublicURL: "http://localhost:8080", AppURL: "https://harbour.example/",
		PasswordMinLength: 8,
	}
	if s.product != "" {
		o.Product = s.product
	}
	if s.noApp {
		o.AppURL = ""
	}
	if s.noMail {
		o.Box = box.empty
	}
	return o
}

func (s scene) request(ctx context.Context, box *galleryMail) (*http.Request, error) {
	method := s.method
	if method == "" {
		method = http.MethodGet
	}
	mails := box.full.List("")
	if len(mails) == 0 {
		return nil, errors.New("the mailbox of the gallery is empty")
	}
	path := strings.NewReplacer("{mail}", mails[0].ID, "{old}", mails[len(mails)-1].ID).Replace(s.path)
	r, err := http.NewRequestWithContext(ctx, method, "http://localhost:8080"+path, strings.NewReader(s.form.Encode()))
	if err != nil {
		return nil, err
	}
	r.RemoteAddr = "127.0.0.1:50000"
	if s.form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
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
