package httpapi

import (
	"encoding/json"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/store"
)

// TestMetadataThatIsNoObjectEndsNoAnswer has what somebody may have written into
// the database by other means.
func TestMetadataThatIsNoObjectEndsNoAnswer(t *testing.T) {
	t.Parallel()
	for stored, want := range map[string]string{
		"": "{}", "{": "{}", "hello": "{}", "[1]": "{}", "null": "{}", `{"a":1} x`: "{}", `{"a":1}`: `{"a":1}`,
	} {
		text, err := json.Marshal(showUser(&store.User{Metadata: stored}))
		var shown struct {
			Metadata json.RawMessage `json:"metadata"`
		}
		if err == nil {
			err = json.Unmarshal(text, &shown)
		}
		if string(shown.Metadata) != want || err != nil {
			t.Errorf("%q is shown as %s, want %s; %v", stored, shown.Metadata, want, err)
		}
	}
}
