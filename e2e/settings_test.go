package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/words"
)

// told is what /auth/settings answers.
type told struct {
	SignUp            string `json:"sign_up"`
	EmailVerification bool   `json:"email_verification"`
	Password          struct {
		Min   int `json:"min_length"`
		Max   int `json:"max_length"`
		Bytes int `json:"max_bytes"`
	} `json:"password"`
	MagicLink struct {
		Link bool `json:"link"`
		Code bool `json:"code"`
	} `json:"magic_link"`
	Languages []string `json:"languages"`
}

// settingsOf are the settings that a server tells.
func settingsOf(t *testing.T, c *apptest.Client) (s told) {
	t.Helper()
	answer := c.Get(t, "/auth/settings", "").Want(t, http.StatusOK, "")
	if got := answer.Header.Get("Cache-Control"); got != "public, max-age=60" {
		t.Errorf("Cache-Control is %q", got)
	}
	answer.Read(t, &s)
	return s
}

// A sign-in form asks what it is to show. What it is told is what happens.
func TestSettingsAreWhatHappens(t *testing.T) {
	t.Parallel()
	embeddedOnly(t)
	want := told{SignUp: "open", EmailVerification: true, Languages: words.Languages()}
	want.Password.Min, want.Password.Max = 12, 256
	want.MagicLink.Code = true
	open := apptest.NewClient(apptest.Start(t, apptest.Options{Env: []string{
		quiet, "SALLYPORT_PASSWORD_MIN_LENGTH=12", "SALLYPORT_MAGIC_LINK=code",
	}}).URL)
	got := settingsOf(t, open)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	letters := strings.Repeat("quiet harbour ", got.Password.Max)
	for length, refused := range map[int]bool{
		got.Password.Min - 1: true, got.Password.Min: false, got.Password.Max: false, got.Password.Max + 1: true,
	} {
		body := map[string]any{"email": "ada@people.example", "password": letters[:length]}
		if answer := open.Post(t, "/auth/sign_up", body); (answer.Status == http.StatusUnprocessableEntity) != refused {
			t.Errorf("a password of %d: status %d", length, answer.Status)
		}
	}

	shut := apptest.NewClient(apptest.Start(t, apptest.Options{Env: []string{
		quiet, "SALLYPORT_SIGN_UP=closed", "SALLYPORT_PASSWORD_HASH=bcrypt", "SALLYPORT_REQUIRE_VERIFIED_EMAIL=false",
	}}).URL)
	got = settingsOf(t, shut)
	if got.SignUp != "closed" || got.EmailVerification || got.Password.Bytes != 72 || got.MagicLink.Code || got.MagicLink.Link {
		t.Errorf("settings: %+v", got)
	}
	shut.Post(t, "/auth/sign_up", map[string]any{"email": "ada@people.example", "password": letters[:20]}).Want(t, http.StatusForbidden, "sign_up_closed")
}
