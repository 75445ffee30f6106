package signup_test

import (
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/address"
	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/roomtest"
	"github.com/sallyport-auth/sallyport/internal/signup"
)

// TestPeopleBringAddressesOfSomeDomains: by sign-up or by a change of address, and
// whether or not there is an account with the address. Operators use what they want.
func TestPeopleBringAddressesOfSomeDomains(t *testing.T) {
	t.Parallel()
	for name, settings := range map[string]func(*roomtest.Settings){"verified": func(*roomtest.Settings) {}, "unverified": roomtest.Unverified} {
		h := roomtest.New(t, settings, func(o *roomtest.Settings) {
			o.Domains = roomtest.Must(address.NewDomains([]string{"people.example"}, []string{"guests.people.example"}))
		})
		refused := func(what, field string, err error) {
			t.Helper()
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || !errors.Is(err, fault.ErrInvalidInput) || len(f.Fields) != 1 || f.Fields[0].Field != field {
				t.Errorf("%s, %s: %v, want invalid_input for %s", name, what, err, field)
			}
		}
		signUp := func(email string) error {
			_, err := h.SignUp(t.Context(), signup.SignUp{Email: email, Password: roomtest.Good, Origin: roomtest.Origin()})
			return err
		}
		there, ada := h.Join(t, "eve@elsewhere.example"), h.Join(t, "ada@people.example")
		refused("nobody's address", "email", signUp("new@elsewhere.example"))
		refused("somebody's address", "email", signUp("Eve@Elsewhere.example"))
		refused("a refused part", "email", signUp("new@guests.people.example"))
		if err := signUp("new@people.example"); err != nil {
			t.Errorf("%s: an allowed domain: %v", name, err)
		}
		for _, to := range []string{"ada@elsewhere.example", there.Email} {
			refused("a change of address", "new_email", h.RequestEmailChange(t.Context(), emailchange.Request{Asker: h.Asker(t, ada), NewEmail: to}))
		}
		if got := len(h.Box.List("eve@elsewhere.example")); got != 0 {
			t.Errorf("%s: %d mails to an address that was refused", name, got)
		}
	}
}
