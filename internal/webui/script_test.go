package webui

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// What the scripts of a page need stands in it, and nothing of it is seen without
// them.
func TestOnlyANewPasswordHasAMeter(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	const show, meter, rules = `data-show="Show password"`, `class="strength" data-strength="new-password"`, `data-rules="{&#34;min&#34;:8,`
	for path, want := range map[string]bool{signUpPath: true, passwordPath: true, resetPath + "?token=" + s.linkOf(t, resetPath): true, "/account/confirm": false} {
		text := s.get(t, path).want(t, http.StatusOK, show).text
		if strings.Contains(text, meter) != want || strings.Contains(text, rules) != want {
			t.Errorf("%s: there is a meter: %v, want %v\n%s", path, !want, want, text)
		}
		if _, rest, found := strings.Cut(text, `class="strength"`); found {
			tag, _, _ := strings.Cut(rest, ">")
			if !strings.HasSuffix(tag, " hidden") {
				t.Errorf("%s: the meter is shown without its script", path)
			}
		}
		if strings.Contains(text, ">Show password<") {
			t.Errorf("%s: there is a button that does nothing without its script", path)
		}
	}
}

func TestTimesSayUTCUntilTheScriptKnowsBetter(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	at := s.user(t).LastLoginAt.UTC()
	s.get(t, accountPath).want(t, http.StatusOK, `<time datetime="`+at.Format(time.RFC3339)+`" data-local="moment">`+at.Format("2 January 2006, 15:04 UTC")+`</time>`)
	s.get(t, "/account/devices").want(t, http.StatusOK, `data-local="moment"`)
}
