package geoip_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/geoip"
	"github.com/sallyport-auth/sallyport/internal/geoip/geoiptest"
)

func open(t *testing.T, networks map[string]geoiptest.Record) *geoip.Places {
	t.Helper()
	p, err := geoip.Open(geoiptest.File(t, networks))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestPlacesOfAddresses(t *testing.T) {
	t.Parallel()
	p := open(t, map[string]geoiptest.Record{
		"203.0.113.0/24":  geoiptest.City("Berlin", "Germany"),
		"198.51.100.0/25": {"country": geoiptest.Record{"names": geoiptest.Record{"en": "France"}}},
		"2001:db8::/32":   geoiptest.City("Washington, D.C.", "United States"),
		"192.0.2.0/28":    {"city": "Porto", "country": "Portugal"},
		"192.0.2.16/28":   {"city": "Oslo", "country_name": "Norway", "country": "NO"},
		"192.0.2.32/28":   geoiptest.City("<b>Paris</b>", "https://evil.example"),
		"192.0.2.48/28":   geoiptest.City(strings.Repeat("a", 61), "Chile"),
		"192.0.2.64/28":   {"asn": "AS64500"},
	})
	for address, want := range map[string]string{
		"203.0.113.7": "Berlin, Germany", "::ffff:203.0.113.7": "Berlin, Germany", "198.51.100.1": "France", "198.51.100.200": "",
		"2001:db8::1": "Washington, D.C., United States", "2001:db9::1": "", "192.0.2.1": "Porto, Portugal", "192.0.2.17": "Oslo, Norway",
		"192.0.2.33": "", "192.0.2.49": "Chile", "192.0.2.65": "", "127.0.0.1": "", "fe80::1%eth0": "", "": "", "nonsense": "",
	} {
		if got := p.Of(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
	if err := p.Verify(); err != nil {
		t.Error(err)
	}
	if got := p.About(); got != "Test-City of 2026-01-01" {
		t.Errorf("about: %q", got)
	}
}

func TestNoFileNoPlaces(t *testing.T) {
	t.Parallel()
	var p *geoip.Places
	if got := p.Of("203.0.113.7"); got != "" || p.Close() != nil {
		t.Errorf("got %q", got)
	}
}

func TestWhatCannotBeUsedIsNamed(t *testing.T) {
	t.Parallel()
	write := func(content []byte) string {
		file := filepath.Join(t.TempDir(), "x.mmdb")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	whole := geoiptest.Encode(map[string]geoiptest.Record{"203.0.113.0/24": geoiptest.City("Berlin", "Germany")})
	for name, file := range map[string]string{
		"no file": filepath.Join(t.TempDir(), "none.mmdb"), "a folder": t.TempDir(), "empty": write(nil),
		"something else": write([]byte("hello")), "cut off": write(whole[:len(whole)/2]),
	} {
		if _, err := geoip.Open(file); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: got %v, want an error that names the file", name, err)
		}
	}
	operators := write(geoiptest.Encode(map[string]geoiptest.Record{"203.0.113.0/24": {"autonomous_system_organization": "Example"}}))
	if _, err := geoip.Open(operators); !errors.Is(err, geoip.ErrNoPlaces) {
		t.Errorf("without places: got %v", err)
	}
}
