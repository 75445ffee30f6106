// Package asset serves the files that pages need: style sheets, drawings,
// scripts. Their addresses carry a hash of the content, so that a browser may keep
// them for good, and they are sent compressed where that saves anything.
package asset

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/sallyport-auth/sallyport/internal/static"
)

// Prefix is the folder that the files of pages are served from.
const Prefix = "/static/"

// asset is one file of the pages, ready to send.
type asset struct {
	url     string // with the hash of its content in the name
	content *static.Content
}

// Assets are the files of the pages by name, such as sallyport.css. Their URLs
// carry a hash of the content, so a browser may keep them for good.
type Assets map[string]asset

// Load takes in every file of a folder.
func Load(files fs.FS) (Assets, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("list assets: %w", err)
	}
	all := make(Assets, len(entries))
	for _, e := range entries {
		content, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read asset %s: %w", e.Name(), err)
		}
		a, err := newAsset(e.Name(), content)
		if err != nil {
			return nil, fmt.Errorf("prepare asset %s: %w", e.Name(), err)
		}
		all[e.Name()] = a
	}
	return all, nil
}

func newAsset(name string, content []byte) (asset, error) {
	contentType, ok := map[string]string{
		".css": "text/css; charset=utf-8",
		".js":  "text/javascript; charset=utf-8",
		".svg": "image/svg+xml",
		".png": "image/png",
		".jpg": "image/jpeg",
	}[path.Ext(name)]
	if !ok {
		return asset{}, fmt.Errorf("no content type for %q", path.Ext(name))
	}
	c := static.New(contentType, content)
	stem := strings.TrimSuffix(name, path.Ext(name))
	return asset{url: Prefix + stem + "." + c.Hash() + path.Ext(name), content: c}, nil
}

// brandSheet is the style sheet of the operator's colour.
const brandSheet = "brand.css"

// Add takes one more file in and gives its address.
func (all Assets) Add(name string, content []byte) (string, error) {
	a, err := newAsset(name, content)
	if err != nil {
		return "", fmt.Errorf("prepare asset %s: %w", name, err)
	}
	all[name] = a
	return a.url, nil
}

// Brands lists the addresses of style sheets that are not ours.
func (all Assets) Brands() []string {
	if a, ok := all[brandSheet]; ok {
		return []string{a.url}
	}
	return nil
}

// URL gives the address of an asset by its name.
func (all Assets) URL(name string) (string, error) {
	a, ok := all[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return a.url, nil
}

// find gives the asset at an address, and whether the address is that of its
// present content. While instances are being upgraded one by one, a page of one
// version asks another for its files: it gets what there is, and keeps nothing.
func (all Assets) find(address string) (a asset, current, ok bool) {
	name := strings.TrimPrefix(address, Prefix)
	if a, ok = all[name]; ok {
		return a, false, true
	}
	ext := path.Ext(name)
	stem, _, hashed := strings.Cut(strings.TrimSuffix(name, ext), ".")
	a, ok = all[stem+ext]
	return a, a.url == address, ok && hashed
}

// Serve answers with the asset at r's path and reports whether there is one.
func (all Assets) Serve(w http.ResponseWriter, r *http.Request) bool {
	a, current, ok := all.find(r.URL.Path)
	if !ok {
		return false
	}
	caching := static.Revalidate
	if current {
		caching = static.Forever
	}
	a.content.Serve(w, r, caching)
	return true
}
