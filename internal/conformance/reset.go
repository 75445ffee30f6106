package conformance

import (
	"context"
	"net/http"
	"strings"
)

// resetRows are about forgotten passwords.
func resetRows() []Row {
	return []Row{
		{
			Name: "reset-password", try: tryReset,
			Promise: "The mailed link sets a new password once; a password that is refused leaves it good; the old one is over.",
			Why:     "Who resets a password believes that the old one opens nothing. A link that works twice is the next person's.",
			Sources: []string{"ASVS 6.5.1", "OWASP Forgot Password Cheat Sheet"},
		},
		{
			Name: "reset-race", try: tryResetRace,
			Promise: "Of many uses of one link at once exactly one sets the password.",
			Why:     "Looking whether a link was used, and using it, are one step, or an attacker comes between.",
			Sources: []string{"ASVS 15.4.2", "ASVS 2.3.4", "CWE-367"},
		},
		{
			Name: "reset-ends-sessions", try: tryResetEndsSessions,
			Promise: "A reset ends every session of the account.",
			Why:     "People reset a password because somebody is in. They must be out afterwards.",
			Sources: []string{"ASVS 7.4.3", "OWASP Forgot Password Cheat Sheet"},
		},
		{
			Name: "mailed-link-host", try: tryMailedLinkHost,
			Promise: "No header of a request decides where a mailed link leads.",
			Why:     "A stranger asks for a reset of the victim's account with his own name in Host; the victim follows a link of the true sender to him, with the token.",
			Sources: []string{"OWASP Forgot Password Cheat Sheet", "CWE-640", "ASVS 4.1.3"},
		},
	}
}

// forgetful makes an account that asked for a reset, and gives the mailed link.
func (a *attempt) forgetful(ctx context.Context) (person, link, error) {
	p, err := a.member(ctx)
	if err != nil {
		return p, link{}, err
	}
	l, err := a.resetLink(ctx, p)
	return p, l, err
}

// resetLink asks for a reset and gives the link of the first mail.
func (a *attempt) resetLink(ctx context.Context, p person) (link, error) {
	got, err := a.call(ctx, post(pathRequestReset, map[string]string{"email": p.email}))
	if err != nil {
		return link{}, err
	}
	if !got.ok() {
		return link{}, untried("nobody can ask for a reset: %v", got)
	}
	return a.mailed(ctx, p.email, "reset-password", 1)
}

func resetRequest(token, password string) request {
	return post(pathReset, map[string]string{"token": token, "new_password": password})
}

// opens reports whether a password signs in.
func (a *attempt) opens(ctx context.Context, email, password string) (bool, error) {
	got, err := a.call(ctx, post(pathLogin, credentials{email, password}))
	return err == nil && tokensOf(got).whole(), err
}

func tryReset(ctx context.Context, a *attempt) error {
	p, l, err := a.forgetful(ctx)
	if err != nil {
		return err
	}
	renewed := newPassword()
	for _, step := range []struct {
		what     string
		password string
		want     bool
	}{
		{"a new password of one character", "x", false},
		{"the link, after a password was refused,", renewed, true},
		{"the used link", newPassword(), false},
	} {
		got, err := a.call(ctx, resetRequest(l.token, step.password))
		if err != nil {
			return err
		}
		if step.want && !got.ok() || !step.want && !got.refused() {
			return broken("%s was answered %v", step.what, got)
		}
	}
	if ok, err := a.opens(ctx, p.email, renewed); err != nil || !ok {
		return broken("the new password does not sign in (%v)", err)
	}
	if ok, err := a.opens(ctx, p.email, p.password); err != nil || ok {
		return broken("the old password still signs in (%v)", err)
	}
	return nil
}

func tryResetRace(ctx context.Context, a *attempt) error {
	_, l, err := a.forgetful(ctx)
	if err != nil {
		return err
	}
	answers, err := a.race(ctx, func(int) request { return resetRequest(l.token, newPassword()) })
	if err != nil {
		return err
	}
	won := 0
	for _, got := range answers {
		if got.ok() {
			won++
		}
	}
	if won != 1 {
		return broken("%d of %d uses of one link at once were answered with success", won, racers)
	}
	return nil
}

func tryResetEndsSessions(ctx context.Context, a *attempt) error {
	p, t, err := a.living(ctx)
	if err != nil {
		return err
	}
	l, err := a.resetLink(ctx, p)
	if err != nil {
		return err
	}
	got, err := a.call(ctx, resetRequest(l.token, newPassword()))
	if err != nil {
		return err
	}
	if !got.ok() {
		return untried("the link did not set a password: %v", got)
	}
	return a.ended(ctx, t, "the password was reset")
}

// foreign is a host that the server must not believe to be its own.
const foreign = "attacker.example"

func tryMailedLinkHost(ctx context.Context, a *attempt) error {
	p, err := a.member(ctx)
	if err != nil {
		return err
	}
	mails := 0
	for _, lie := range []request{
		{host: foreign},
		{header: map[string]string{"X-Forwarded-Host": foreign}},
		{header: map[string]string{"Forwarded": "host=" + foreign}},
		{header: map[string]string{"Origin": "https://" + foreign}},
	} {
		lie.method, lie.path = http.MethodPost, pathRequestReset
		lie.json = map[string]string{"email": p.email}
		got, err := a.call(ctx, lie)
		if err != nil {
			return err
		}
		if !got.ok() { // it refuses to answer under another name, and mails nothing
			continue
		}
		mails++
		l, err := a.mailed(ctx, p.email, "reset-password", mails)
		if err != nil {
			return err
		}
		if strings.Contains(l.whole, foreign) {
			return broken("the mailed link leads to %s, which stood in the request", foreign)
		}
	}
	if mails == 0 {
		a.finding = "every request under another name was refused"
	}
	return nil
}
