package frame

import (
	"net/http"
	"slices"
	"strings"
)

// Mux leads to the pages, and knows which paths are theirs alone.
type Mux struct {
	paths *http.ServeMux
	owned map[string]bool
	below []string // what the pages own whole; ends with a slash
	but   []string // what of that programs have; ends with a slash
}

// NewMux leads to the files that pages need, and else to the page that says that
// there is none.
func (f *Frame) NewMux() *Mux {
	m := &Mux{paths: http.NewServeMux(), owned: map[string]bool{}}
	m.Share("/", http.HandlerFunc(f.NotFound))
	m.Handle(AssetPrefix, f.Methods(f.Asset, nil))
	return m
}

// Handle gives a path to a page, or everything below one that ends with a slash.
func (m *Mux) Handle(path string, page http.Handler) {
	m.paths.Handle(path, page)
	m.owned[path] = true
	if strings.HasSuffix(path, "/") {
		m.below = append(m.below, path)
	}
}

// Share gives a page a path at which programs are answered, too.
func (m *Mux) Share(path string, page http.Handler) { m.paths.Handle(path, page) }

// Except leaves programs what is below a path that ends with a slash.
func (m *Mux) Except(path string) { m.but = append(m.but, path) }

// ServeHTTP answers every path.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.paths.ServeHTTP(w, r) }

// Owns reports whether only pages answer at a path.
func (m *Mux) Owns(path string) bool {
	in := func(whole string) bool { return strings.HasPrefix(path, whole) }
	return m.owned[path] || slices.ContainsFunc(m.below, in) && !slices.ContainsFunc(m.but, in)
}
