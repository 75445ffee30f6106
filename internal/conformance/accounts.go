package conformance

import (
	"context"
	"net/http"
	"strings"
)

// accountRows are about how an account begins, and who gets into it.
func accountRows() []Row {
	return []Row{
		{
			Name: "sign-up", try: trySignUp,
			Promise: "A sign-up is answered and mails a link; what is no address or no password is refused.",
			Why:     "An account with a password that can be guessed at once, or with an address that nobody has, is lost from the start.",
			Sources: []string{"800-63B §3.1.1.2", "ASVS 6.2.1"},
		},
		{
			Name: "unverified-login", try: tryUnverifiedLogin,
			Promise: "Nobody gets tokens before the address was verified.",
			Why:     "Otherwise anyone signs up as somebody else's address, and programs that trust the address let them in.",
			Sources: []string{"ASVS 6.3.4", "OWASP Authentication Cheat Sheet"},
		},
		{
			Name: "verify-email", try: tryVerifyEmail,
			Promise: "The mailed link verifies the address once; after that the password signs in.",
			Why:     "A link that works twice is worth stealing from a mailbox or a log.",
			Sources: []string{"ASVS 6.5.1", "800-63B §3.1.3.2"},
		},
		{
			Name: "login", try: tryLogin,
			Promise: "The right password gives tokens that no cache keeps; a wrong one gives 401.",
			Why:     "A shared cache that keeps an answer with tokens hands them to the next person.",
			Sources: []string{"RFC 6749 §5.1", "RFC 9111 §5.2.2.5", "ASVS 14.3.2"},
		},
	}
}

func trySignUp(ctx context.Context, a *attempt) error {
	if _, err := a.applicant(ctx); err != nil {
		return err
	}
	for _, bad := range []struct {
		credentials
		what string
	}{
		{credentials{"no address", newPassword()}, "what is no address"},
		{credentials{stranger().email, "x"}, "a password of one character"},
		{credentials{stranger().email, ""}, "an empty password"},
	} {
		got, err := a.call(ctx, post(pathSignUp, bad.credentials))
		if err != nil {
			return err
		}
		if !got.refused() {
			return broken("%s was not refused but answered %v", bad.what, got)
		}
	}
	return nil
}

func tryUnverifiedLogin(ctx context.Context, a *attempt) error {
	p, err := a.applicant(ctx)
	if err != nil {
		return err
	}
	if p.signUp.member("access_token") != "" || p.signUp.member("refresh_token") != "" {
		return broken("sign-up was answered %v, with tokens", p.signUp)
	}
	return a.outside(ctx, p, "although nobody followed the mailed link")
}

// outside expects no tokens for a person whose address is not verified.
func (a *attempt) outside(ctx context.Context, p person, although string) error {
	got, err := a.call(ctx, post(pathLogin, p.credentials()))
	if err != nil {
		return err
	}
	if got.ok() || strings.Contains(string(got.body), "access_token") {
		return broken("login was answered %v %s", got, although)
	}
	return nil
}

func tryVerifyEmail(ctx context.Context, a *attempt) error {
	p, err := a.applicant(ctx)
	if err != nil {
		return err
	}
	got, err := a.verify(ctx, p)
	if err != nil {
		return err
	}
	if !got.ok() {
		return broken("the mailed link was answered %v", got)
	}
	if _, err := a.signIn(ctx, p); err != nil {
		return broken("after the link was used: %w", err)
	}
	if got, err = a.verify(ctx, p); err != nil {
		return err
	}
	if !got.refused() {
		return broken("the used link was answered %v, not refused", got)
	}
	return nil
}

func tryLogin(ctx context.Context, a *attempt) error {
	p, err := a.member(ctx)
	if err != nil {
		return err
	}
	got, err := a.call(ctx, post(pathLogin, p.credentials()))
	if err != nil {
		return err
	}
	switch {
	case !tokensOf(got).whole():
		return broken("the right password was answered %v, without access_token and refresh_token", got)
	case !strings.EqualFold(got.member("token_type"), "Bearer"):
		return broken("token_type is %q, not Bearer", got.member("token_type"))
	case !strings.Contains(got.header.Get("Cache-Control"), "no-store"):
		return broken("the answer with tokens has Cache-Control %q, not no-store", got.header.Get("Cache-Control"))
	}
	if got, err = a.call(ctx, post(pathLogin, credentials{p.email, newPassword()})); err != nil {
		return err
	}
	if got.status != http.StatusUnauthorized || strings.Contains(string(got.body), "access_token") {
		return broken("a wrong password was answered %v, not 401", got)
	}
	return nil
}
