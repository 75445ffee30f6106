package conformance

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

// person is an account that a row made.
type person struct {
	email, password string
	signUp          answer // what was answered at sign-up
	link            link   // what was mailed then
}

// stranger is somebody without an account. All addresses are of one length, and all
// passwords.
func stranger() person {
	return person{
		email:    "conformance-" + strings.ToLower(rand.Text()[:16]) + "@conformance.example",
		password: newPassword(),
	}
}

// newPassword is one that common rules accept.
func newPassword() string { return "Umbrella-7-" + rand.Text()[:16] }

type credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

func (p person) credentials() credentials { return credentials{p.email, p.password} }

func post(path string, body any) request {
	return request{method: http.MethodPost, path: path, json: body}
}

// applicant signs a new person up and gives them with the link that was mailed, not
// yet used.
func (a *attempt) applicant(ctx context.Context) (person, error) {
	p := stranger()
	got, err := a.call(ctx, post(pathSignUp, p.credentials()))
	if err != nil {
		return p, err
	}
	if !got.ok() {
		return p, untried("nobody can sign up: %v", got)
	}
	p.signUp = got
	p.link, err = a.mailed(ctx, p.email, "verify-email", 1)
	return p, err
}

// member makes an account with a verified address.
func (a *attempt) member(ctx context.Context) (person, error) {
	p, err := a.applicant(ctx)
	if err != nil {
		return p, err
	}
	got, err := a.verify(ctx, p)
	if err == nil && !got.ok() {
		err = untried("the mailed link does not verify: %v", got)
	}
	return p, err
}

// verify proves an address by its link, as the server at hand has it: a POST with
// the password, a POST with the token alone, or a GET.
func (a *attempt) verify(ctx context.Context, p person) (answer, error) {
	got, err := a.call(ctx, post(pathVerify, map[string]string{"token": p.link.token, "password": p.password}))
	if err != nil || got.ok() {
		return got, err
	}
	switch got.status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return a.call(ctx, request{method: http.MethodGet, path: p.link.path})
	case http.StatusUnprocessableEntity:
		return a.call(ctx, post(pathVerify, map[string]string{"token": p.link.token}))
	default:
		return got, nil
	}
}

// tokens are what a sign-in gives.
type tokens struct {
	access, refresh, device string
	expiresIn               time.Duration
}

// tokensOf reads tokens; both are empty unless the answer has them.
func tokensOf(r answer) tokens {
	if !r.ok() {
		return tokens{}
	}
	seconds, _ := r.object()["expires_in"].(float64)
	return tokens{
		access: r.member("access_token"), refresh: r.member("refresh_token"), device: r.member("device_token"),
		expiresIn: time.Duration(seconds) * time.Second,
	}
}

func (t tokens) whole() bool { return t.access != "" && t.refresh != "" }

// signIn opens a session.
func (a *attempt) signIn(ctx context.Context, p person) (tokens, error) {
	got, err := a.call(ctx, post(pathLogin, p.credentials()))
	if err != nil {
		return tokens{}, err
	}
	t := tokensOf(got)
	if !t.whole() {
		return t, untried("nobody can sign in: %v", got)
	}
	return t, nil
}

// session makes an account and opens a session of it.
func (a *attempt) session(ctx context.Context) (person, tokens, error) {
	p, err := a.member(ctx)
	if err != nil {
		return p, tokens{}, err
	}
	t, err := a.signIn(ctx, p)
	return p, t, err
}

// exchangeToken presents a refresh token.
func (a *attempt) exchangeToken(ctx context.Context, refresh string) (answer, error) {
	return a.call(ctx, post(pathRefresh, map[string]string{"refresh_token": refresh}))
}

// rotate exchanges a refresh token until it becomes another: a server may answer a
// young one with itself.
func (a *attempt) rotate(ctx context.Context, t tokens) (tokens, error) {
	const pause = time.Second
	for waited := time.Duration(0); ; waited += pause {
		got, err := a.exchangeToken(ctx, t.refresh)
		if err != nil {
			return t, err
		}
		next := tokensOf(got)
		switch {
		case !next.whole():
			return t, untried("the newest refresh token was not exchanged: %v", got)
		case next.refresh != t.refresh:
			return next, nil
		case waited >= a.options.MaxWait:
			return t, untried("the refresh token was still the same after %v (--max-wait)", waited)
		}
		if err := a.wait(ctx, pause, "the refresh token is too young to be rotated"); err != nil {
			return t, err
		}
	}
}

// alive reports whether an access token opens the protected route of an instance.
func (a *attempt) alive(ctx context.Context, access, base string) (bool, error) {
	got, err := a.call(ctx, request{method: http.MethodGet, path: a.options.Protected, bearer: access, base: base})
	switch {
	case err != nil:
		return false, err
	case got.ok():
		return true, nil
	case got.refused():
		return false, nil
	default:
		return false, broken("%s answered %v", a.options.Protected, got)
	}
}

// living opens a session and makes sure that the protected route knows it: without
// that, a refusal later on would prove nothing.
func (a *attempt) living(ctx context.Context) (person, tokens, error) {
	p, t, err := a.session(ctx)
	if err != nil {
		return p, t, err
	}
	ok, err := a.alive(ctx, t.access, "")
	if err == nil && !ok {
		err = untried("a fresh access token does not open GET %s; name a route that it opens with --protected", a.options.Protected)
	}
	return p, t, err
}

// ended expects both tokens of a session to be refused.
func (a *attempt) ended(ctx context.Context, t tokens, after string) error {
	ok, err := a.alive(ctx, t.access, "")
	if err != nil {
		return err
	}
	if ok {
		return broken("the access token works on after %s", after)
	}
	got, err := a.exchangeToken(ctx, t.refresh)
	if err != nil {
		return err
	}
	if got.ok() {
		return broken("the refresh token works on after %s", after)
	}
	return nil
}

// mailed waits for the nth mail to an address (from 1) that has a link of a kind.
func (a *attempt) mailed(ctx context.Context, address, word string, nth int) (link, error) {
	pause := 30 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		pause = min(pause*3/2, time.Second)
		texts, err := a.mail.to(ctx, address)
		if err != nil {
			return link{}, untried("the mail sink cannot be read: %v", err)
		}
		seen := 0
		for _, text := range texts {
			if links := linksIn(text, word); len(links) > 0 {
				if seen++; seen == nth {
					return links[0], nil
				}
			}
		}
		if waited > patience {
			return link{}, untried("no mail with a link to %s?token= came within %v", word, patience)
		}
		if err := a.wait(ctx, pause, "no mail yet"); err != nil {
			return link{}, err
		}
	}
}
