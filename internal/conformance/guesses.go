package conformance

import (
	"context"
	"net/http"
)

// guessRows are about people who try passwords.
func guessRows() []Row {
	return []Row{
		{
			Name: "guess-limit", try: tryGuessLimit,
			Promise: "After at most 100 wrong passwords an account hears no more guesses of a stranger, not even the right one.",
			Why:     "Passwords of people are found within thousands of guesses. A server that answers them all is a question of an hour.",
			Sources: []string{"800-63B §3.2.2", "ASVS 6.3.1"},
		},
		{
			Name: "lockout", try: tryLockout,
			Promise: "A stranger's guesses do not lock the owner out of a device that signed in before.",
			Why:     "Otherwise anyone keeps anyone out, for nothing but an address and a loop.",
			Sources: []string{"OWASP Authentication Cheat Sheet", "ASVS 6.1.1", "CWE-645"},
		},
	}
}

// mostGuesses is how many wrong passwords 800-63B §3.2.2 allows.
const mostGuesses = 100

// guess tries wrong passwords until the server hears no more of them, and gives
// their number.
func (a *attempt) guess(ctx context.Context, p person) (int, error) {
	for n := range mostGuesses {
		got, err := a.send(ctx, post(pathLogin, credentials{p.email, newPassword()}))
		switch {
		case err != nil:
			return n, err
		case got.ok():
			return n, broken("a wrong password was answered %v", got)
		case got.status == http.StatusTooManyRequests, got.status == http.StatusLocked, got.status == http.StatusForbidden:
			return n, nil
		}
	}
	return mostGuesses, nil
}

func tryGuessLimit(ctx context.Context, a *attempt) error {
	p, err := a.member(ctx)
	if err != nil {
		return err
	}
	tries, err := a.guess(ctx, p)
	if err != nil {
		return err
	}
	got, err := a.send(ctx, post(pathLogin, p.credentials()))
	if err != nil {
		return err
	}
	if got.ok() {
		return broken("after %d wrong passwords a stranger's next guess, the right one, was answered %v", tries, got)
	}
	return nil
}

// tryLockout needs a device that the server knows again, by a cookie or by a
// device_token that it gave at sign-in.
func tryLockout(ctx context.Context, a *attempt) error {
	p, err := a.member(ctx)
	if err != nil {
		return err
	}
	first, err := a.call(ctx, post(pathLogin, p.credentials()))
	if err != nil {
		return err
	}
	if !tokensOf(first).whole() {
		return untried("nobody can sign in: %v", first)
	}
	tries, err := a.guess(ctx, p)
	if err != nil {
		return err
	}
	body := map[string]string{"email": p.email, "password": p.password}
	if device := tokensOf(first).device; device != "" {
		body["device_token"] = device
	}
	again := post(pathLogin, body)
	again.header = map[string]string{}
	for _, c := range (&http.Response{Header: first.header}).Cookies() {
		again.header["Cookie"] += c.Name + "=" + c.Value + "; "
	}
	got, err := a.send(ctx, again)
	if err != nil {
		return err
	}
	if !tokensOf(got).whole() {
		return broken("after %d guesses of a stranger the owner, on a device that signed in before, was answered %v", tries, got)
	}
	return nil
}
