package login_test

import (
	"testing"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/login"
	"github.com/sallyport-auth/sallyport/internal/store"
)

func TestTheCookieMakesADeviceKnown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.join(t, ada)
	h.join(t, "bob@people.example")
	letters := func() int {
		list, err := h.store.Direct().Jobs.List(t.Context(), store.JobReady, store.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	on := func(email, agent, cookie string) string {
		t.Helper()
		in, err := h.WithPassword(t.Context(), login.Password{
			Email: email, Password: good, KnownDevice: cookie, DeviceName: "<b>x</b>", Origin: audit.Origin{UserAgent: agent},
		})
		if err != nil {
			t.Fatal(err)
		}
		return in.KnownDevice
	}
	bobs := on("bob@people.example", "curl/8.5.0", "")
	cookie := on(ada, "curl/8.5.0", "")
	for _, test := range []struct {
		name, agent, cookie string
		want                int
	}{
		{"another program with the cookie", "wget/1.21", cookie, 0},
		{"with somebody else's", "httpie/3.2", bobs, 1},
		{"with one that was altered", "lynx/2.9", cookie[:len(cookie)-2] + "AA", 1},
		{"without any", "links/2.30", "", 1},
	} {
		before := letters()
		on(ada, test.agent, test.cookie)
		if got := letters() - before; got != test.want {
			t.Errorf("%s: %d mails, want %d", test.name, got, test.want)
		}
	}
	before := letters()
	if _, err := h.try(t, ada, "not the password"); err == nil || letters() != before {
		t.Error("a failed login is told as a sign-in")
	}
}
