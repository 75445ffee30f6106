package conformance

import (
	"context"
	"fmt"
	"time"
)

// logoutRows are about the end of a session.
func logoutRows() []Row {
	return []Row{
		{
			Name: "logout-access-token", try: tryLogoutAccess,
			Promise: "After logout the access token is refused at once.",
			Why:     "People log out because somebody else sits down at the computer. A token that lives on is the session that they ended.",
			Sources: []string{"ASVS 7.4.1", "RFC 7009 §2.1"},
		},
		{
			Name: "logout-refresh-token", try: tryLogoutRefresh,
			Promise: "After logout the refresh token gives no tokens.",
			Why:     "Otherwise logout is a wish: the copy of a token goes on for weeks.",
			Sources: []string{"ASVS 7.4.1", "RFC 9700 §4.14.2"},
		},
		{
			Name: "logout-elsewhere", try: tryLogoutElsewhere,
			Promise: "Within seconds of a logout another instance refuses the access token as well.",
			Why:     "Who logs out at one instance is logged out. The thief may be served by another.",
			Sources: []string{"ASVS 7.4.1"},
		},
	}
}

// signOut ends a session.
func (a *attempt) signOut(ctx context.Context, t tokens) error {
	r := post(pathLogout, map[string]string{})
	r.bearer = t.access
	got, err := a.call(ctx, r)
	if err != nil {
		return err
	}
	if !got.ok() {
		return broken("logout was answered %v", got)
	}
	return nil
}

func tryLogoutAccess(ctx context.Context, a *attempt) error {
	_, t, err := a.living(ctx)
	if err != nil {
		return err
	}
	if err := a.signOut(ctx, t); err != nil {
		return err
	}
	if ok, err := a.alive(ctx, t.access, ""); err != nil || ok {
		return broken("the access token still opened %s after logout (%v)", a.options.Protected, err)
	}
	return nil
}

func tryLogoutRefresh(ctx context.Context, a *attempt) error {
	_, t, err := a.session(ctx)
	if err != nil {
		return err
	}
	if err := a.signOut(ctx, t); err != nil {
		return err
	}
	got, err := a.exchangeToken(ctx, t.refresh)
	if err != nil {
		return err
	}
	if !got.refused() {
		return broken("the refresh token was answered %v after logout", got)
	}
	return nil
}

// soon is how long another instance may take to hear of a logout.
const soon = 5 * time.Second

func tryLogoutElsewhere(ctx context.Context, a *attempt) error {
	if a.second == "" {
		return untried("it needs --second URL of another instance")
	}
	_, t, err := a.living(ctx)
	if err != nil {
		return err
	}
	if ok, err := a.alive(ctx, t.access, a.second); err != nil || !ok {
		return untried("the second instance refuses a fresh access token (%v)", err)
	}
	if err := a.signOut(ctx, t); err != nil {
		return err
	}
	const pause = 20 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		ok, err := a.alive(ctx, t.access, a.second)
		switch {
		case err != nil:
			return err
		case !ok:
			a.finding = fmt.Sprintf("refused within %v", waited+pause)
			return nil
		case waited >= soon:
			return broken("the second instance still took the access token %v after logout at the first", soon)
		}
		if err := a.wait(ctx, pause, "news of the logout"); err != nil {
			return err
		}
	}
}
