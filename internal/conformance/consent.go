package conformance

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Agreed refuses to touch an address whose owner has not agreed: without owned, all
// must be of this computer. A name counts as this computer's only if it is
// localhost: what another name leads to may change while the rows run.
func Agreed(owned bool, addresses ...string) error {
	for _, address := range addresses {
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			return fmt.Errorf("%q is not a URL", address)
		}
		if !owned && !loopback(u.Hostname()) {
			return fmt.Errorf("%s is not this computer: the rows guess passwords, send mail and load the server. If it is yours, add --i-own-this-server", u.Host)
		}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
