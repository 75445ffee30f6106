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
	for path, want := range map[string]bool{signUpPath: true, passwordPath: true, "/auth/reset-password?token=" + token: true, "/account/confirm": false} {
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
	s.accounts.user.LastLoginAt = time.Date(2026, time.March, 4, 14, 30, 0, 0, time.UTC)
	s.get(t, accountPath).want(t, http.StatusOK, `<time datetime="2026-03-04T14:30:00Z" data-local="moment">4 March 2026, 14:30 UTC</time>`)
	s.get(t, "/account/devices").want(t, http.StatusOK, `data-local="moment"`)
}
