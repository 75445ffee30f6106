package middleware

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const anyOrigin = "*"

// allowedHeaders are what scripts may send wherever they may call at all: what
// the API reads, and what tracing adds to every call of a browser (W3C Trace
// Context, Baggage), which changes nothing here.
const allowedHeaders = "Authorization, Content-Type, Idempotency-Key, traceparent, tracestate, baggage"

// CORS lets scripts of the listed origins, and of no other, read answers. An
// origin is scheme://host[:port]; "*" means every origin, and then without
// credentials. Without origins it does nothing. Headers are more that scripts
// may send.
//
// Listed origins may send credentials, because the known-device cookie is one;
// the API never authenticates by a cookie. What is not allowed is answered as
// if nobody had asked: the browser keeps the answer from the script.
func CORS(origins, headers []string, next http.Handler) (http.Handler, error) {
	if len(origins) == 0 {
		return next, nil
	}
	for _, o := range origins {
		if err := checkOrigin(o); err != nil {
			return nil, err
		}
	}
	c := cors{origins: origins, every: slices.Contains(origins, anyOrigin), headers: strings.Join(append([]string{allowedHeaders}, headers...), ", "), next: next}
	return c, nil
}

func checkOrigin(o string) error {
	if o == anyOrigin {
		return nil
	}
	u, err := url.Parse(o)
	web := err == nil && (u.Scheme == "http" || u.Scheme == "https")
	if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != o || strings.Contains(o, "*") || web && o != strings.ToLower(o) {
		return fmt.Errorf("CORS origins: %q is not of the form scheme://host[:port], in lower case", o)
	}
	return nil
}

type cors struct {
	origins []string
	headers string
	every   bool
	next    http.Handler
}

// ServeHTTP answers preflights of allowed origins and marks other answers.
func (c cors) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	listed := origin != "" && origin != anyOrigin && slices.Contains(c.origins, origin)
	if origin == "" || !listed && !c.every {
		c.next.ServeHTTP(w, r)
		return
	}
	if listed {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
	} else {
		h.Set("Access-Control-Allow-Origin", anyOrigin)
	}
	if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
		h.Add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers")
		h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE")
		h.Set("Access-Control-Allow-Headers", c.headers)
		h.Set("Access-Control-Max-Age", "600")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate, "+HeaderRequestID)
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.next.ServeHTTP(w, r)
}
