package middleware

import (
	"errors"
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/clock"
)

// Download is an answer that a browser saves as a file, written piece by piece. It
// may take longer than other answers, up to ten minutes. Its headers are sent with
// the first piece, so that until then another answer can take its place
// ([Download.Begun]). What was begun and cannot be finished is to be cut off, with
// [http.ErrAbortHandler]: nobody is to take half of it for the whole.
type Download struct {
	w     http.ResponseWriter
	kind  string
	name  string
	begun bool
}

// NewDownload returns a file of a media type, under the name that the browser
// suggests for it: letters and a dot of our own.
func NewDownload(w http.ResponseWriter, kind, name string) *Download {
	return &Download{w: w, kind: kind, name: name}
}

// Begun reports whether anything was written.
func (d *Download) Begun() bool { return d.begun }

// Write writes a piece.
func (d *Download) Write(p []byte) (int, error) {
	if !d.begun {
		d.begun = true
		// Connections go by the clock of the machine.
		err := http.NewResponseController(d.w).SetWriteDeadline(clock.System{}.Now().Add(downloadTimeout))
		if err != nil && !errors.Is(err, errors.ErrUnsupported) { // there is no connection in some tests
			return 0, err
		}
		d.w.Header().Set("Content-Type", d.kind)
		d.w.Header().Set("Content-Disposition", `attachment; filename="`+d.name+`"`)
	}
	return d.w.Write(p)
}
