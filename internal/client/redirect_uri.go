package client

import (
	"net/netip"
	"net/url"
)

// maxRedirectURI bounds a redirect URI, in bytes.
const maxRedirectURI = 500

// redirectURI reports whether a sign-in may end at a URI, which later is compared
// byte for byte (RFC 9700 §2.1). It is absolute, has no fragment (RFC 6749 §3.1.2)
// and no user, and is https, or http to the machine of the person who signs in
// (RFC 8252 §7.3).
func redirectURI(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > maxRedirectURI || !wordForm.MatchString(text) {
		return false
	}
	// What is written back as another text has a second spelling, or a part that
	// was dropped, such as an empty fragment.
	if u.String() != text || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
