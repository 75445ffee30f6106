package middleware_test

import (
	"net/http"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/middleware"
)

// TestEveryKindOfFaultHasAStatus goes by the words of net/http: a kind that was
// forgotten has status 0, which has none.
func TestEveryKindOfFaultHasAStatus(t *testing.T) {
	t.Parallel()
	for kind := fault.Internal; kind <= fault.Unseen; kind++ {
		if http.StatusText(middleware.StatusOf(kind)) == "" {
			t.Errorf("kind %d has no status", kind)
		}
	}
}
