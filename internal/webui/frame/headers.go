package frame

import (
	"net/http"
	"net/url"
	"strings"
)

// Content-Security-Policies. The one of pages is the rule; the others say what
// one page needs more. A page may run our own scripts beside ([Frame.Show]);
// whatever else we answer runs nothing.
const (
	PolicyPage = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; " +
		"frame-ancestors 'none'"
	PolicyMailbox = PolicyPage + policyConnect
	PolicyMail    = PolicyPage + "; frame-src 'self'"
	// PolicyMailHTML is for HTML that is not ours to trust: it runs nothing and
	// loads nothing. Style sheets of mail are inline. Links open beside the
	// mailbox, outside the sandbox.
	PolicyMailHTML = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
		"style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
	// policyScript lets a page run our own scripts.
	policyScript = "; script-src 'self'"
	// policyConnect lets a script read its page once more.
	policyConnect = "; connect-src 'self'"
)

// policyWith is the policy of pages that lead to other origins. Browsers hold the
// redirects that follow a form to form-action.
func policyWith(origins []string) string {
	return strings.Replace(PolicyPage, "form-action 'self'", strings.Join(append([]string{"form-action 'self'"}, origins...), " "), 1)
}

// protect sets what every answer carries. A handler that needs another value
// sets it after.
func (f *Frame) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", f.policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", f.referrer)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex")
		next.ServeHTTP(w, r)
	})
}

// referrerPolicy keeps tokens in URLs to ourselves. Under no-referrer browsers
// send forms with "Origin: null" (Fetch §3.2), and on plain HTTP other than
// localhost they send no Sec-Fetch-Site either, so a form of ours could not be
// told from one of another site. There strict-origin hides the path, which is
// all that must be hidden, and keeps the origin.
func referrerPolicy(public *url.URL) string {
	if public.Scheme == "https" || loopback(public.Hostname()) {
		return "no-referrer"
	}
	return "strict-origin"
}
