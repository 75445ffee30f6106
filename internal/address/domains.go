package address

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Domains says of which domains newcomers may have their addresses. A name stands for
// the domain and all below it. The nil value lets everybody in.
type Domains struct {
	allowed, refused map[string]bool // allowed without an entry means all
}

// NewDomains returns the domains of a policy. A refused name counts before an allowed
// one.
func NewDomains(allowed, refused []string) (*Domains, error) {
	d := &Domains{allowed: map[string]bool{}, refused: map[string]bool{}}
	for _, name := range allowed {
		if err := enter(d.allowed, name); err != nil {
			return nil, err
		}
	}
	for _, name := range refused {
		if err := enter(d.refused, name); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Refuse reads names to refuse, one a line. What follows a # does not count, and
// neither do empty lines.
func (d *Domains) Refuse(list io.Reader) error {
	lines := bufio.NewScanner(list)
	for n := 1; lines.Scan(); n++ {
		name, _, _ := strings.Cut(lines.Text(), "#")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if err := enter(d.refused, name); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

// enter adds a name in the form in which the domains of addresses are compared.
func enter(to map[string]bool, name string) error {
	domain, ok := canonicalDomain(strings.TrimSuffix(strings.TrimSpace(name), "."))
	if !ok {
		return errDomain
	}
	to[domain] = true
	return nil
}

var errDomain = errors.New("not a domain name such as example.com")

// Admit reports whether a newcomer may have a canonical address.
func (d *Domains) Admit(canonical string) bool {
	if d == nil {
		return true
	}
	domain := canonical[strings.LastIndexByte(canonical, '@')+1:]
	return !under(domain, d.refused) && (len(d.allowed) == 0 || under(domain, d.allowed))
}

// under reports whether a domain, or one above it, is among names.
func under(domain string, names map[string]bool) bool {
	for more := true; more; _, domain, more = strings.Cut(domain, ".") {
		if names[domain] {
			return true
		}
	}
	return false
}
