package httpapi

import (
	"net/http"
	"testing"
)

// Whoever adds a route that writes says what limits it.
func TestEveryRouteThatWritesHasALimit(t *testing.T) {
	t.Parallel()
	routes := (&server{}).routes()
	if len(routes) < 40 {
		t.Fatalf("there are %d routes", len(routes))
	}
	for _, r := range routes {
		if r.Method != http.MethodGet && r.Limit == "" {
			t.Errorf("%s %s has no limit", r.Method, r.Path)
		}
	}
}
