package middleware

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/sallyport-auth/sallyport/internal/telemetry"
)

// errPanic is what a panic looks like to Fail: not a fault, so the answer says
// nothing.
var errPanic = errors.New("handler panicked")

// Recover turns a panic into an answer. If an answer was under way already, the
// connection is cut instead, so that nobody takes half of it for the whole. It
// stands inside [Log].
func Recover(log *slog.Logger, tally *telemetry.Tally, fail Fail, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			tally.Add("panics", "http")
			tell(log, r, p)
			if a, ok := w.(*answer); ok && a.status != 0 {
				panic(http.ErrAbortHandler)
			}
			fail(w, r, errPanic)
		}()
		next.ServeHTTP(w, r)
	})
}

func tell(log *slog.Logger, r *http.Request, p any) {
	log.ErrorContext(r.Context(), "handler panicked", slog.String("route", r.Pattern),
		slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
}
