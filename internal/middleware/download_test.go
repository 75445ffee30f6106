package middleware

import (
	"net/http/httptest"
	"testing"
	"time"
)

// connection is a recorder with a deadline.
type connection struct {
	*httptest.ResponseRecorder

	deadlines []time.Time
}

func (c *connection) SetWriteDeadline(t time.Time) error {
	c.deadlines = append(c.deadlines, t)
	return nil
}

func TestADownloadMayTakeLongerThanOtherAnswersButNotForEver(t *testing.T) {
	t.Parallel()
	c, before := &connection{ResponseRecorder: httptest.NewRecorder()}, time.Now()
	file := NewDownload(&answer{ResponseWriter: c}, "application/json", "account.json")
	if file.Begun() || len(c.Header()) != 0 {
		t.Error("it has begun before anything was written")
	}
	for range 3 {
		if _, err := file.Write([]byte("{}")); err != nil || !file.Begun() {
			t.Fatal(err)
		}
	}
	if len(c.deadlines) != 1 || c.deadlines[0].Before(before.Add(downloadTimeout)) {
		t.Errorf("got deadlines %v, want one, %v from %v", c.deadlines, downloadTimeout, before)
	}
	if kind, as := c.Header().Get("Content-Type"), c.Header().Get("Content-Disposition"); kind != "application/json" || as != `attachment; filename="account.json"` {
		t.Errorf("got %q as %q", kind, as)
	}
}
