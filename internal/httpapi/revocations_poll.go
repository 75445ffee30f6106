package httpapi

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jws"
	"github.com/sallyport-auth/sallyport/internal/middleware"
	"github.com/sallyport-auth/sallyport/internal/token"
)

const (
	revocationsPath = "/revocations"
	// revocationsPattern is how the mux names the path, in the log and in metrics.
	revocationsPattern = http.MethodGet + " " + revocationsPath
)

var contentTypeJWT = []string{typeJWT} // shared between answers: nobody writes into it

// polling answers the polls of guards, and leaves everything else to next. A guard
// polls every second or so, and a thousand of them are most of what an idle server
// does: what is sent as guards send it, by a client that was let in a moment ago, is
// answered without what finds out what is wrong with a request. Whatever differs in
// the least goes on to next, [server.getRevocations], whose rules are the same.
func (s *server) polling(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, ok := s.pollOf(r)
		if !ok || !s.followers.begin(asked.ClientID) {
			next.ServeHTTP(w, r)
			return
		}
		defer s.followers.end(asked.ClientID)
		r.Pattern = revocationsPattern
		from := s.Clock.Now()
		page, err := s.Feed.Signed(r.Context(), asked)
		middleware.Waited(w, min(asked.Wait, s.Clock.Now().Sub(from)))
		if err != nil {
			s.frame.Fail(w, r, err)
			return
		}
		w.Header()["Content-Type"] = contentTypeJWT
		_, _ = io.WriteString(w, page.Text)
	})
}

// pollOf reads a poll in the form in which guards send it, of a client that is
// recognized and may follow the feed.
func (s *server) pollOf(r *http.Request) (asked token.PageRequest, ok bool) {
	if r.URL.Path != revocationsPath || r.Method != http.MethodGet || r.ContentLength != 0 || len(r.TransferEncoding) > 0 {
		return asked, false
	}
	h := r.Header
	lines := h["Authorization"]
	if len(lines) != 1 || h["Origin"] != nil || h["Last-Event-Id"] != nil || middleware.Names(h["Accept"], typeStream) {
		return asked, false
	}
	if asked, ok = pollQuery(r.URL.RawQuery); !ok {
		return asked, false
	}
	sent, ok := basicOf(lines[0])
	if !ok {
		return asked, false
	}
	c, known := s.Clients.Recognize(r.Context(), sent)
	asked.ClientID = c.ClientID
	return asked, known && c.MayFollow()
}

// pollQuery reads a query that holds nothing but what revocationsInput names, each
// once and with nothing escaped.
func pollQuery(query string) (asked token.PageRequest, ok bool) {
	had := map[string]bool{}
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		right := !had[name]
		had[name] = true
		switch name {
		case "after":
			var err error
			asked.After, err = strconv.ParseInt(value, 10, 64)
			right = right && err == nil && isMade(value, digits)
		case "mark":
			asked.Mark = value
			right = right && len(value) <= 16 && isMade(value, digits+letters+"_-")
		case "nonce":
			asked.Nonce = value
			right = right && len(value) <= jws.MaxNonce && isMade(value, digits+letters+"_-")
		case "wait":
			asked.Wait, ok = pollWait(value)
			right = right && ok
		default:
			return token.PageRequest{}, false
		}
		if !right {
			return token.PageRequest{}, false
		}
	}
	return asked, asked.Nonce != ""
}

// pollWait reads seconds with a decimal point.
func pollWait(value string) (time.Duration, bool) {
	seconds, err := strconv.ParseFloat(value, 64)
	return time.Duration(seconds * float64(time.Second)), err == nil && isMade(value, digits+".") && seconds <= 30
}

const (
	digits  = "0123456789"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// isMade reports whether text has no other characters than these.
func isMade(text, of string) bool {
	for n := range len(text) {
		if strings.IndexByte(of, text[n]) < 0 {
			return false
		}
	}
	return true
}
