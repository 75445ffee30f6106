package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

// linkTo waits for a mail to an address with a link to a path, and gives its
// token.
func (w *world) linkTo(t *testing.T, to, path string) string {
	t.Helper()
	return waittest.For(t, "a mail to "+to+" that leads to "+path, func() (string, bool) {
		for _, m := range w.mailsTo(to) {
			if _, rest, ok := strings.Cut(m.Text, path+"?token="); ok {
				token, _, _ := strings.Cut(rest, "\n")
				return strings.TrimSpace(token), true
			}
		}
		return "", false
	})
}

// told waits for a mail whose subject holds the words.
func (w *world) told(t *testing.T, to, words string) {
	t.Helper()
	waittest.Until(t, fmt.Sprintf("a mail to %s that says %q", to, words), func() bool {
		for _, m := range w.mailsTo(to) {
			if strings.Contains(m.Subject, words) {
				return true
			}
		}
		return false
	})
}

func (w *world) deleteMe(t *testing.T, bearer string, body any) apptest.Answer {
	t.Helper()
	return w.Do(t, apptest.Request{Method: http.MethodDelete, Path: "/auth/me", Bearer: bearer, Body: body})
}

// A change of address that its owner did not want is undone from the old
// mailbox, and everything that the other had is over.
func TestAnAddressIsChangedAndPutBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email, other := address(t, 1), "other."+address(t, 1)
	tokens := w.join(t, email)
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/change-email", Bearer: tokens.AccessToken, Body: map[string]string{"new_email": other}}).
		Want(t, http.StatusAccepted, "")
	w.told(t, email, "A new email address was requested")
	confirm := map[string]string{"token": w.linkTo(t, other, "/auth/confirm-email")}
	w.Post(t, "/auth/confirm-email", confirm).Want(t, http.StatusBadRequest, "password_required")
	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/confirm-email", Bearer: tokens.AccessToken, Body: confirm}).Want(t, http.StatusOK, "")
	w.Post(t, "/auth/confirm-email", confirm).Want(t, http.StatusBadRequest, "invalid_token")
	thief := w.login(t, other, password)
	undo := map[string]string{"token": w.linkTo(t, email, "/auth/undo-email")}
	w.Post(t, "/auth/undo-email", undo).Want(t, http.StatusOK, "")
	for _, dead := range []apptest.Tokens{tokens, thief} {
		w.Get(t, "/auth/me", dead.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
		w.refresh(t, dead.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	}
	for _, address := range []string{email, other} {
		w.Post(t, "/auth/login", credentials{address, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	}
	const fresh = "a fresh start with 81 lamps"
	w.Post(t, "/auth/reset-password", map[string]string{"token": w.linkTo(t, email, "/auth/reset-password"), "new_password": fresh}).Want(t, http.StatusOK, "")
	w.login(t, email, fresh)
}

// Somebody takes their data along, leaves, comes back, and leaves for good.
func TestLeavingForGood(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email := address(t, 1)
	tokens := w.join(t, email)
	got := w.Get(t, "/auth/me/export", tokens.AccessToken).Want(t, http.StatusOK, "")
	var export struct {
		User struct {
			Email string `json:"email"`
		} `json:"user"`
		Sessions []json.RawMessage `json:"sessions"`
		Events   []json.RawMessage `json:"audit_events"`
	}
	got.Read(t, &export)
	if export.User.Email != email || len(export.Sessions) != 1 || len(export.Events) < 3 {
		t.Errorf("the export says %s", got.Body)
	}
	w.deleteMe(t, tokens.AccessToken, map[string]string{"password": password}).Want(t, http.StatusAccepted, "")
	w.dead(t, tokens.AccessToken)
	w.told(t, email, "will be deleted")
	restore := w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusForbidden, "account_pending_deletion").Member(t, "restore_token")
	w.Post(t, "/auth/me/restore", map[string]string{"token": restore}).Want(t, http.StatusOK, "")
	w.told(t, email, "is kept")
	w.login(t, email, password)
}

// With no cooling period an account is gone at once, and its address is free.
func TestAnAccountIsErasedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet, "SALLYPORT_DELETION_COOLING=0")
	email := address(t, 1)
	tokens := w.join(t, email)
	w.deleteMe(t, tokens.AccessToken, nil).Want(t, http.StatusAccepted, "")
	w.told(t, email, "was deleted")
	w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	mails := len(w.mailsTo(email))
	w.signUp(t, email, password)
	w.verify(t, email, mails+1)
	w.login(t, email, password)
}

// tokenOf is the token in the one form of a page.
func tokenOf(t *testing.T, s shown) string {
	t.Helper()
	_, rest, ok := strings.Cut(s.text, `name="token" value="`)
	token, _, _ := strings.Cut(rest, `"`)
	if !ok || token == "" {
		t.Fatalf("the page has no token:\n%s", s.text)
	}
	return token
}

// A person without JavaScript changes their address, downloads what is held,
// deletes the account, and keeps it after all.
func TestAPersonMovesAndLeavesOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	email, other := address(t, 1), "other."+address(t, 1)
	w.join(t, email)
	b := w.browser(t)
	b.send(t, "/sign-in", "email", email, "password", password).want(t, http.StatusOK, "/account", email)

	b.open(t, "/account/email").want(t, http.StatusOK, "/account/email", email)
	b.send(t, "/account/email", "new_email", other).want(t, http.StatusOK, "/account", "an email with a link is on its way")
	link := "/auth/confirm-email?token=" + w.linkTo(t, other, "/auth/confirm-email")
	confirm := tokenOf(t, b.open(t, link).want(t, http.StatusOK, "/auth/confirm-email", "Use this address"))
	b.send(t, "/auth/confirm-email", "token", confirm).want(t, http.StatusOK, "/auth/confirm-email", "Your email address has been changed")
	b.open(t, "/account").want(t, http.StatusOK, "/account", other)

	b.open(t, "/account/data/export").want(t, http.StatusOK, "/account/data", "Download")
	export := b.send(t, "/account/data/export")
	if export.status != http.StatusOK || export.header.Get("Content-Type") != "application/json" || !json.Valid([]byte(export.text)) || !strings.Contains(export.text, other) {
		t.Errorf("the export is %d: %s", export.status, export.text)
	}
	b.open(t, "/account/data").want(t, http.StatusOK, "/account/data", "Delete my account")
	b.send(t, "/account/data", "confirm", email).want(t, http.StatusUnprocessableEntity, "/account/data", "not the email address of this account")
	b.send(t, "/account/data", "confirm", other).want(t, http.StatusOK, "/sign-in", "Your account has been deleted")
	b.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Sign in")

	offer := b.send(t, "/sign-in", "email", other, "password", password).want(t, http.StatusForbidden, "/sign-in", "Keep my account")
	b.send(t, "/sign-in/restore", "token", tokenOf(t, offer)).want(t, http.StatusOK, "/sign-in", "Your account is kept")
	b.send(t, "/sign-in", "email", other, "password", password).want(t, http.StatusOK, "/account", other)

	undo := tokenOf(t, b.open(t, "/auth/undo-email?token="+w.linkTo(t, email, "/auth/undo-email")).want(t, http.StatusOK, "/auth/undo-email", "Restore this address"))
	b.send(t, "/auth/undo-email", "token", undo).want(t, http.StatusOK, "/auth/undo-email", "The email address has been restored")
	b.open(t, "/account").want(t, http.StatusOK, "/sign-in", "Sign in")
}
