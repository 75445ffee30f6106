package frame

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"reflect"
	"sync"

	"github.com/sallyport-auth/sallyport/internal/webui/asset"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// parts are the templates that every page is built from.
func parts() []string {
	return []string{"layout", "account-nav", "admin-nav", "admin-parts", "form", "passkey", "icons"}
}

// templates are those of one language by the names of their pages. Each is parsed
// when its page is first shown, or tried.
type templates map[string]func() (*template.Template, error)

// render writes a page.
func (all templates) render(out io.Writer, v View) error {
	parsed, ok := all[v.Template()]
	if !ok {
		return fmt.Errorf("page %q is not among those that the frame was built for", v.Template())
	}
	t, err := parsed()
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(out, "layout", v)
}

// source is where templates are read from: the operator's folder, if there is
// one, and the program for the rest.
type source struct{ own, override fs.FS }

func newSource(override fs.FS) (source, error) {
	own, err := fs.Sub(templateFiles, "templates")
	if err != nil {
		return source{}, fmt.Errorf("open embedded templates: %w", err)
	}
	s := source{own: own, override: override}
	return s, s.checkNames()
}

// checkNames refuses a file that nothing would ever read: it would be a misspelt
// override.
func (s source) checkNames() error {
	if s.override == nil {
		return nil
	}
	entries, err := fs.ReadDir(s.override, ".")
	if err != nil {
		return fmt.Errorf("read folder of page templates: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".html" {
			continue
		}
		if _, err := fs.Stat(s.own, e.Name()); err != nil {
			return fmt.Errorf("page template %s takes the place of none", e.Name())
		}
	}
	return nil
}

func (s source) read(name string) (string, error) {
	if s.override != nil {
		text, err := fs.ReadFile(s.override, name)
		if err == nil {
			return string(text), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("read page template: %w", err)
		}
	}
	text, err := fs.ReadFile(s.own, name)
	if err != nil {
		return "", fmt.Errorf("read page template: %w", err)
	}
	return string(text), nil
}

// parse adds a file to t. Errors of html/template name the file and the line.
func (s source) parse(t *template.Template, name string) error {
	text, err := s.read(name)
	if err != nil {
		return err
	}
	if _, err := t.New(name).Parse(text); err != nil {
		return fmt.Errorf("page template: %w", err)
	}
	return nil
}

func (s source) parseAll(c words.Catalogue, files asset.Assets, views []View) (templates, error) {
	base := template.New("base").Option("missingkey=error").Funcs(template.FuncMap{
		"t": c.Text, "n": c.Count, "path": pathOf, "asset": files.URL, "brands": files.Brands,
	})
	for _, name := range parts() {
		if err := s.parse(base, name+".html"); err != nil {
			return nil, err
		}
	}
	all := templates{}
	for _, v := range views {
		name := v.Template()
		all[name] = sync.OnceValues(func() (*template.Template, error) {
			t, err := base.Clone()
			if err != nil {
				return nil, fmt.Errorf("copy layout of the pages: %w", err)
			}
			return t, s.parse(t, name+".html")
		})
	}
	return all, nil
}

// try renders every page twice, so that a template that names what is not there is
// a loud failure and not a page that is not shown: with something in every
// field of its view, and with empty words and every truth false.
func (all templates) try(views []View) error {
	for _, v := range views {
		for _, something := range []bool{true, false} {
			sample := reflect.New(reflect.TypeOf(v).Elem())
			fill(sample.Elem(), something)
			t, err := all[v.Template()]()
			if err != nil {
				return err
			}
			if err := t.ExecuteTemplate(io.Discard, "layout", sample.Interface()); err != nil {
				return fmt.Errorf("page template %s.html: %w", v.Template(), err)
			}
		}
	}
	return nil
}

// fill follows every pointer and puts one element into each list, of fields one of
// each kind. Something says whether the values in them are other than zero.
func fill(v reflect.Value, something bool) {
	switch v.Kind() { //nolint:exhaustive // views have no other kinds
	case reflect.String:
		if something {
			v.SetString("-")
		}
	case reflect.Bool:
		v.SetBool(something)
	case reflect.Int:
		v.SetInt(2)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), something)
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, something)
		}
	case reflect.Slice:
		kinds := []string{""}
		if v.Type() == reflect.TypeFor[[]Field]() {
			kinds = []string{"", "email", "password", "choice"}
		}
		for _, kind := range kinds {
			one := reflect.New(v.Type().Elem()).Elem()
			fill(one, something)
			if kind != "" {
				one.FieldByName("Kind").SetString(kind)
			}
			v.Set(reflect.Append(v, one))
		}
	}
}
