package e2e_test

import (
	"net/http"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sallyport-auth/sallyport/internal/apptest"
)

// TestHappyPath is the whole of the main job, as the README tells it.
func TestHappyPath(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	email := "Ada.Lovelace@people.example"

	w.Post(t, "/auth/sign_up", map[string]string{"email": email, "password": password, "name": "Ada"}).
		Want(t, http.StatusAccepted, "")
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusForbidden, "email_not_verified")

	token := w.linkToken(t, email, 1)
	var user apptest.User
	w.Post(t, "/auth/verify-email", map[string]string{"token": token}).Want(t, http.StatusOK, "").Read(t, &user)
	if user.Email != email || !user.EmailVerified || user.Name != "Ada" || user.ID == "" {
		t.Errorf("the new user is %+v", user)
	}

	first := w.login(t, email, password)
	if first.TokenType != "Bearer" || first.ExpiresIn != 900 || first.User.ID != user.ID || first.SessionID == "" {
		t.Errorf("the tokens are %+v", first)
	}
	w.Get(t, "/auth/me", first.AccessToken).Want(t, http.StatusOK, "").Read(t, &user)
	if user.Email != email || user.Roles == nil || user.Metadata == nil {
		t.Errorf("/auth/me says %+v", user)
	}

	second := w.refreshed(t, first.RefreshToken)
	if second.RefreshGeneration != first.RefreshGeneration+1 || second.SessionID != first.SessionID {
		t.Errorf("generation %d of %s became %d of %s", first.RefreshGeneration, first.SessionID,
			second.RefreshGeneration, second.SessionID)
	}

	w.Do(t, apptest.Request{Method: http.MethodPost, Path: "/auth/logout", Bearer: second.AccessToken}).Want(t, http.StatusOK, "")
	w.dead(t, first.AccessToken)
	w.dead(t, second.AccessToken)
	refused := w.refresh(t, second.RefreshToken).Want(t, http.StatusUnauthorized, "session_ended")
	if got := next(t, refused); got != "login" {
		t.Errorf("next is %q, want login", got)
	}

	w.Post(t, "/auth/request-password-reset", map[string]string{"email": email}).Want(t, http.StatusAccepted, "")
	reset := w.linkToken(t, email, 2)
	w.remember("a fresh start 81")
	w.Post(t, "/auth/reset-password", map[string]string{"token": reset, "new_password": "a fresh start 81"}).
		Want(t, http.StatusOK, "")
	w.Post(t, "/auth/login", credentials{email, password}).Want(t, http.StatusUnauthorized, "invalid_credentials")
	w.login(t, email, "a fresh start 81")
	w.mail(t, email, 3) // the notice that the password was changed
}

// TestTokensAreWhatAnyLibraryCanVerify reads the key set as a resource server
// would, with a library that is not ours.
func TestTokensAreWhatAnyLibraryCanVerify(t *testing.T) {
	t.Parallel()
	for _, algorithm := range []string{"ES256", "EdDSA", "RS256"} {
		t.Run(algorithm, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "SALLYPORT_JWT_ALGORITHM="+algorithm, "SALLYPORT_AUDIENCE=https://api.example")
			tokens := w.join(t, address(t, 1))
			keyOf := keySet(t, w.Get(t, "/.well-known/jwks.json", ""))
			parsed, err := jwt.Parse(tokens.AccessToken, keyOf, jwt.WithValidMethods([]string{algorithm}),
				jwt.WithAudience("https://api.example"), jwt.WithIssuer("http://localhost:8080"), jwt.WithExpirationRequired())
			if err != nil {
				t.Fatal(err)
			}
			claims, _ := parsed.Claims.(jwt.MapClaims)
			for _, name := range []string{"iss", "sub", "aud", "client_id", "iat", "exp", "jti", "sid", "uep", "auth_time", "amr"} {
				if _, ok := claims[name]; !ok {
					t.Errorf("the token lacks %s", name)
				}
			}
			if parsed.Header["typ"] != "at+jwt" || claims["client_id"] != "sallyport" {
				t.Errorf("header %v, claims %v", parsed.Header, claims)
			}
		})
	}
	t.Run("HS256", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "SALLYPORT_JWT_ALGORITHM=HS256", "SALLYPORT_JWT_KEY=0123456789abcdef0123456789abcdef")
		tokens := w.join(t, address(t, 1))
		if _, err := jwt.Parse(tokens.AccessToken, func(*jwt.Token) (any, error) {
			return []byte("0123456789abcdef0123456789abcdef"), nil
		}, jwt.WithValidMethods([]string{"HS256"})); err != nil {
			t.Error(err)
		}
		w.Get(t, "/auth/me", tokens.AccessToken).Want(t, http.StatusOK, "")
		w.remember("0123456789abcdef0123456789abcdef")
		w.noSecretInLog(t)
	})
}
