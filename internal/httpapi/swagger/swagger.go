// Package swagger is the page that shows the contract and lets people try it.
//
// It is swagger-ui-dist (README.md says which and how it got here), embedded and
// compressed, because only few ever look. Nothing is loaded from elsewhere.
// Files have a hash of their content in the name and may be kept for ever; the
// page and the contract are asked for again each time, and mostly not sent.
//
// The page runs third-party code beside an API. It may run only its own two
// scripts, has no inline script or style, cannot be framed, talks to its own
// origin alone, and finds no token there: the API keeps none in cookies, and
// what somebody types in is gone with the page.
package swagger

import (
	"embed"
	"fmt"
	"net/http"
	"path"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/static"
)

//go:embed files
var files embed.FS

// policy lets the page load its own script and style and read the contract, and
// nothing else. Swagger UI's icons are data: images.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Docs answers for the contract, the page and its files.
type Docs struct {
	contract *static.Content
	page     *static.Content
	files    map[string]*static.Content
}

// New returns the page for a contract, an OpenAPI document in JSON that is
// served at /openapi.json. prefix is the path of the files, with a slash at its
// end.
func New(contract []byte, prefix string) (*Docs, error) {
	d := &Docs{contract: static.New("application/openapi+json", contract), files: map[string]*static.Content{}}
	var links []string
	for name, kind := range map[string]string{
		"swagger-ui.css":       "text/css; charset=utf-8",
		"swagger-ui-bundle.js": "text/javascript; charset=utf-8",
		"contract.css":         "text/css; charset=utf-8",
		"init.js":              "text/javascript; charset=utf-8",
		"LICENSE.txt":          "text/plain; charset=utf-8",
	} {
		f, err := read(name, kind)
		if err != nil {
			return nil, err
		}
		extension := path.Ext(name)
		hashed := strings.TrimSuffix(name, extension) + "." + f.Hash() + extension
		d.files[hashed] = f
		links = append(links, "{{"+name+"}}", prefix+hashed)
	}
	page, err := files.ReadFile("files/index.html")
	if err != nil {
		return nil, fmt.Errorf("read embedded page: %w", err)
	}
	d.page = static.New("text/html; charset=utf-8", []byte(strings.NewReplacer(links...).Replace(string(page))))
	return d, nil
}

// read reads an embedded file, compressed or not.
func read(name, kind string) (*static.Content, error) {
	if plain, err := files.ReadFile("files/" + name); err == nil {
		return static.New(kind, plain), nil
	}
	zipped, err := files.ReadFile("files/" + name + ".gz")
	if err != nil {
		return nil, fmt.Errorf("read embedded file: %w", err)
	}
	return static.NewZipped(kind, zipped), nil
}

// Contract answers with the contract.
func (d *Docs) Contract(w http.ResponseWriter, r *http.Request) {
	d.contract.Serve(w, r, static.Revalidate)
}

// Page answers with the page.
func (d *Docs) Page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", policy)
	d.page.Serve(w, r, static.Revalidate)
}

// File answers with a file of the page by its hashed name, and reports whether
// there is one.
func (d *Docs) File(w http.ResponseWriter, r *http.Request, name string) bool {
	f, ok := d.files[name]
	if ok {
		f.Serve(w, r, static.Forever)
	}
	return ok
}
