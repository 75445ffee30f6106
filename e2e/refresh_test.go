package e2e_test

import (
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/apptest"
	"github.com/sallyport-auth/sallyport/internal/soaktest"
	"github.com/sallyport-auth/sallyport/internal/waittest"
)

func TestSixtyFourRefreshesOfOneTokenHaveOneSuccessor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, quiet)
	tokens := w.join(t, address(t, 1))
	for range soaktest.Rounds(t, 50) {
		answers := make([]apptest.Answer, 64)
		var wg sync.WaitGroup
		for n := range answers {
			wg.Go(func() { answers[n] = w.refresh(t, tokens.RefreshToken) })
		}
		wg.Wait()
		successors := map[string]bool{}
		for _, a := range answers {
			a.Want(t, http.StatusOK, "")
			successors[a.Member(t, "refresh_token")] = true
		}
		if len(successors) != 1 {
			t.Fatalf("one token has %d successors", len(successors))
		}
		var got apptest.Tokens
		answers[0].Read(t, &got)
		if got.RefreshGeneration != tokens.RefreshGeneration+1 {
			t.Fatalf("generation %d became %d", tokens.RefreshGeneration, got.RefreshGeneration)
		}
		// A second session, because a young token is not rotated.
		tokens = w.login(t, got.User.Email, password)
	}
}

func TestReplayEndsTheSessionAndTellsTheOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_REFRESH_GRACE=0s", "SALLYPORT_REFRESH_RECOVERY=0s")
	email := address(t, 1)
	first := w.join(t, email)
	second := w.refreshed(t, first.RefreshToken)

	a := w.refresh(t, first.RefreshToken).Want(t, http.StatusUnauthorized, "refresh_replayed")
	if got := next(t, a); got != "login" {
		t.Errorf("next is %q, want login", got)
	}
	w.refresh(t, second.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.Get(t, "/auth/me", second.AccessToken).Want(t, http.StatusUnauthorized, "invalid_token")
	w.refresh(t, first.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	w.mail(t, email, 2)
	if got := len(w.mailsTo(email)); got != 2 {
		t.Errorf("%d mails, want the verification and one notice", got)
	}
}

func TestLostAndSwappedAnswersSignNobodyOut(t *testing.T) {
	t.Parallel()
	// A grace of a second, so that the test can outlive it.
	w := newWorld(t, "SALLYPORT_REFRESH_GRACE=1s")
	first := w.join(t, address(t, 1))

	lost := w.refreshed(t, first.RefreshToken)
	again := w.refreshed(t, first.RefreshToken)
	if again.RefreshToken != lost.RefreshToken {
		t.Error("a retry within the grace got another token")
	}
	// Past the grace the answer is still recovered, as a new generation.
	var recovered apptest.Tokens
	waittest.Until(t, "recovery past the grace", func() bool {
		w.refresh(t, first.RefreshToken).Want(t, http.StatusOK, "").Read(t, &recovered)
		return recovered.RefreshGeneration > lost.RefreshGeneration
	})
	// The two answers arrive swapped: the older one is kept for a moment.
	w.refresh(t, lost.RefreshToken).Want(t, http.StatusOK, "")
	w.refreshed(t, recovered.RefreshToken)
}

func TestTabsThatHoldAnOlderTokenAreToldToReadAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "SALLYPORT_REFRESH_GRACE=1s")
	first := w.join(t, address(t, 1))
	second := w.refreshed(t, first.RefreshToken)
	waittest.Until(t, "rotation past the grace", func() bool {
		return w.refreshed(t, second.RefreshToken).RefreshGeneration > second.RefreshGeneration
	})
	a := w.refresh(t, first.RefreshToken)
	for deadline := time.Now().Add(4 * time.Second); a.Status == http.StatusOK && time.Now().Before(deadline); {
		a = w.refresh(t, first.RefreshToken)
	}
	a.Want(t, http.StatusUnauthorized, "refresh_superseded")
	if got := next(t, a); got != "retry" {
		t.Errorf("next is %q, want retry", got)
	}
}

func TestATokenFromTheFutureOfARestoredDatabaseRevokesNothing(t *testing.T) {
	t.Parallel()
	w := newEmbedded(t, "SALLYPORT_REFRESH_GRACE=0s")
	first := w.join(t, address(t, 1))
	file := filepath.Join(w.server.DataDir, "sallyport.db")
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}
	backup, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w.start(t, apptest.Options{DataDir: w.server.DataDir, Env: append(smtpEnv(w.inbox), "SALLYPORT_REFRESH_GRACE=0s")})
	future := w.refreshed(t, w.refreshed(t, first.RefreshToken).RefreshToken)
	if err := w.server.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file + "-wal", file + "-shm"} {
		_ = os.Remove(name)
	}
	if err := os.WriteFile(file, backup, 0o600); err != nil {
		t.Fatal(err)
	}
	w.start(t, apptest.Options{DataDir: w.server.DataDir, Env: append(smtpEnv(w.inbox), "SALLYPORT_REFRESH_GRACE=0s")})
	w.refresh(t, future.RefreshToken).Want(t, http.StatusUnauthorized, "not_issued")
	w.refreshed(t, first.RefreshToken)
}

func TestGarbageAsARefreshToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, address(t, 1))
	for name, token := range map[string]string{
		"an access token": tokens.AccessToken,
		"one bit off":     tokens.RefreshToken[:len(tokens.RefreshToken)-2] + "AA",
		"with a line end": tokens.RefreshToken + "\n",
		"cut short":       tokens.RefreshToken[:20],
		"another prefix":  "spv_" + tokens.RefreshToken[4:],
		"NUL":             "\x00",
	} {
		if token == tokens.RefreshToken {
			continue
		}
		a := w.refresh(t, token)
		if a.Status != http.StatusUnauthorized || a.Code() != "invalid_token" {
			t.Errorf("%s: got %d %s, want 401 invalid_token", name, a.Status, a.Code())
		}
	}
	w.refreshed(t, tokens.RefreshToken)
}

func TestRefreshTokenInTheHeader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tokens := w.join(t, address(t, 1))
	inHeader := apptest.Request{Method: http.MethodPost, Path: "/auth/refresh", Bearer: tokens.RefreshToken}
	w.Do(t, inHeader).Want(t, http.StatusOK, "")
	inHeader.Body = map[string]string{"refresh_token": tokens.RefreshToken}
	w.Do(t, inHeader).Want(t, http.StatusOK, "")
	inHeader.Bearer = w.login(t, tokens.User.Email, password).RefreshToken
	w.Do(t, inHeader).Want(t, http.StatusBadRequest, "")
}
