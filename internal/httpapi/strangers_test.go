package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sallyport-auth/sallyport/internal/signup"
)

// A stranger's passwords for somebody else's address.
const (
	plantedA = "crimson lantern 41"
	plantedB = "marble compass 83"
)

// prober is what a stranger does to one address, and the answers that come.
type prober struct {
	w     *world
	email string
	heard strings.Builder
}

func (p *prober) hear(t *testing.T, what string, r reply) {
	t.Helper()
	if r.status >= http.StatusInternalServerError {
		t.Fatalf("%s: %d %s", what, r.status, r.body)
	}
	code := ""
	if r.status >= http.StatusBadRequest {
		code = r.problem(t).Code
	}
	_, _ = fmt.Fprintf(&p.heard, "%s: %d %s\n", what, r.status, code)
}

// act does one thing that anybody may do, and then tries both passwords.
func (p *prober) act(t *testing.T, what string) {
	t.Helper()
	switch what {
	case "sign up A":
		p.hear(t, what, p.w.post(t, "/auth/sign_up", object{"email": p.email, "password": plantedA}))
	case "sign up B":
		p.hear(t, what, p.w.post(t, "/auth/sign_up", object{"email": p.email, "password": plantedB}))
	case "resend":
		p.hear(t, what, p.w.post(t, "/auth/request-email-verification", object{"email": p.email}))
	}
	p.hear(t, "  log in with A", p.w.post(t, "/auth/login", object{"email": p.email, "password": plantedA}))
	p.hear(t, "  log in with B", p.w.post(t, "/auth/login", object{"email": p.email, "password": plantedB}))
}

// scripts are all orders of three things that a stranger may do.
func scripts() [][]string {
	acts := []string{"sign up A", "sign up B", "resend"}
	list := [][]string{{}}
	for range 3 {
		var longer [][]string
		for _, script := range list {
			for _, act := range acts {
				longer = append(longer, append(append([]string{}, script...), act))
			}
		}
		list = longer
	}
	return list
}

// What a stranger plants for an address and what becomes of it must not tell
// whether the address has an account: neither an account of long ago, nor one
// that an operator made, nor one whose owner used a link a moment ago while the
// stranger's own sign-ups stood.
func TestPlantedSignUpsTellNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.On = false })
	all := scripts()
	address := func(kind string, n int) string { return fmt.Sprintf("%s%d@people.example", kind, n) }
	for n := range all {
		w.join(t, address("old", n))
	}
	w.clock.Advance(2 * time.Hour) // their sign-ups have expired
	rooms := w.options.SignUps
	for n, script := range all {
		for _, verified := range []bool{false, true} {
			must(rooms.Create(t.Context(), signup.Create{
				Email: address(fmt.Sprintf("made-%v", verified), n), Password: goodPassword, Verified: verified,
			}))
		}
		run := func(kind string) string {
			p := &prober{w: w, email: address(kind, n)}
			for _, act := range script {
				p.act(t, act)
			}
			return p.heard.String()
		}
		nobody := run("nobody")
		for _, kind := range []string{"old", "made-false", "made-true"} {
			if got := run(kind); got != nobody {
				t.Errorf("what %s and an address without an account hear:\n%s", kind, cmp.Diff(got, nobody))
			}
		}
	}
}

// The owner's own link must not change what a stranger hears afterwards.
func TestTheOwnersLinkTellsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *settings) { s.limits.On = false })
	for n, script := range scripts() {
		for _, first := range []string{"", "sign up A"} {
			var heard [2]string
			for uses := range heard {
				p := &prober{w: w, email: fmt.Sprintf("owner%d-%d%s@people.example", n, uses, strings.ReplaceAll(first, " ", "-"))}
				mails := 1
				if first != "" {
					p.act(t, first)
					w.linkToken(t, p.email, mails) // it has come, so the owner's is the next
					mails++
				}
				w.post(t, "/auth/sign_up", object{"email": p.email, "password": goodPassword}).want(t, http.StatusAccepted, "")
				link := w.linkToken(t, p.email, mails)
				if uses == 1 {
					w.post(t, "/auth/verify-email", object{"token": link}).want(t, http.StatusOK, "")
				}
				for _, act := range script {
					p.act(t, act)
				}
				heard[uses] = p.heard.String()
			}
			if heard[0] != heard[1] {
				t.Errorf("what a stranger hears before and after the link was used:\n%s", cmp.Diff(heard[0], heard[1]))
			}
		}
	}
}
