package address_test

import (
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/address"
)

func TestWhichDomainsAreAdmitted(t *testing.T) {
	t.Parallel()
	const list = "# disposable\r\nTrash.example # and all below\r\n\r\n mail.Bücher.example \n"
	for _, c := range []struct {
		name             string
		allowed, refused []string
		list             string
		yes, no          string // domains, between spaces
	}{
		{"nothing is said", nil, nil, "", "example.com localhost", ""},
		{"some are allowed", []string{"example.com", "Firma.example."}, nil, "", "example.com a.b.example.com firma.example", "notexample.com com example.com.evil.example"},
		{"some are refused", nil, []string{"example.com"}, "", "example.org notexample.com com", "example.com a.b.example.com"},
		{"a part of what is allowed is refused", []string{"example.com"}, []string{"guests.example.com"}, "", "example.com staff.example.com", "guests.example.com a.guests.example.com"},
		{"a file refuses", nil, []string{"example.com"}, list, "example.org xn--bcher-kva.example", "example.com trash.example a.trash.example mail.xn--bcher-kva.example"},
	} {
		d, err := address.NewDomains(c.allowed, c.refused)
		if err == nil {
			err = d.Refuse(strings.NewReader(c.list))
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for domains, want := range map[string]bool{c.yes: true, c.no: false} {
			for domain := range strings.FieldsSeq(domains) {
				if d.Admit("ada@"+domain) != want {
					t.Errorf("%s: %s is admitted: %v", c.name, domain, !want)
				}
			}
		}
	}
	if none := (*address.Domains)(nil); !none.Admit("ada@example.com") {
		t.Error("without a policy nobody is admitted")
	}
}

func TestWhatIsNoDomainIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "com", "@example.com", "*.example.com", "a b.example", "-a.example", "1.2.3.4 ", "ex_ample.com/"} {
		_, first := address.NewDomains([]string{name}, nil)
		_, second := address.NewDomains(nil, []string{name})
		if first == nil || second == nil {
			t.Errorf("%q is a domain", name)
		}
	}
	d, err := address.NewDomains(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Refuse(strings.NewReader("a.example\nno domain\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a file with a line that is none: %v", err)
	}
	if err := d.Refuse(strings.NewReader(strings.Repeat("x", 1<<20))); err == nil {
		t.Error("a line of a megabyte is read")
	}
}
