//go:build scratch

package webui

import ("testing";"os";"net/http";"context")

func TestScratchGallery(t *testing.T) {
	if err := Gallery(t.Context(), os.Getenv("GALLERY")); err != nil { t.Fatal(err) }
	words, _ := readCatalogue(textFiles, "text/en.json")
	states, _ := galleryStates(context.Background(), words)
	files, _ := loadAssets(staticFiles())
	if os.Getenv("SERVE") == "" { return }
	http.ListenAndServe("127.0.0.1:9777", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, s := range states {
			if "/"+s.Name == r.URL.Path || (s.Name == frameState && len(r.URL.Path) > 5 && r.URL.Path[len(r.URL.Path)-5:] == "/html") {
				for k, v := range s.Header { w.Header()[k] = v }
				w.WriteHeader(s.Status); w.Write(s.Page); return
			}
		}
		if r.URL.Path == "/" { for _, s := range states { w.Write([]byte(s.Name+"\n")) }; return }
		if !files.serve(w, r) { w.WriteHeader(404) }
	}))
}
