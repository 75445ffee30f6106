package main

import (
	"strings"
	"testing"
)

// TestConformanceAsksWhoseServerItIs never sends anything: nobody agreed, or nobody
// answers.
func TestConformanceAsksWhoseServerItIs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line string
		code int
		says string
	}{
		{"conformance", exitUsage, "name one server"},
		{"conformance http://auth.example.com", exitUsage, "--i-own-this-server"},
		{"conformance http://localhost:1 --mail http://mail.example.com", exitUsage, "mail.example.com is not this computer"},
		{"conformance http://localhost:1 --second http://b.example.com", exitUsage, "b.example.com is not this computer"},
		{"conformance http://localhost:1 --redis redis://cache.example.com", exitUsage, "cache.example.com is not this computer"},
		{"conformance localhost:8080", exitUsage, "is not a URL"},
		{"conformance http://127.0.0.1:1", exitFailed, "got no answer"},
		{"conformance http://127.0.0.1:1 --only no-such-row", exitFailed, `no row "no-such-row"`},
	} {
		out, errs, code := call(t, test.line)
		if code != test.code || !strings.Contains(errs, test.says) || out != "" {
			t.Errorf("%s: %d %s%s", test.line, code, out, errs)
		}
	}
}
