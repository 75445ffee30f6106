// Package geoip names where a network address is: "Berlin, Germany", by a file
// in MaxMind's format that the operator has fetched. Sallyport ships none, and
// without one no address has a place.
//
// The nested layout of GeoLite2, GeoIP2 and DB-IP is read (city.names.en,
// country.names.en), and the flat one of IPinfo (city, country_name or country).
//
// A place is a hint for people. Nothing is decided by it: databases are wrong
// often, and a stranger picks the country of their exit as they like.
//
// The file is mapped into memory and never read whole. Somebody who replaces it
// while the process runs writes the new one beside it and renames it, as
// MaxMind's own updater does; to write over the open file ends the process. A
// new file counts from the next start.
package geoip

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"unicode"

	maxminddb "github.com/oschwald/maxminddb-golang/v2"
)

const (
	// sample is how many networks of a file are looked at for a place.
	sample   = 1000
	maxRunes = 60
)

// ErrNoPlaces is returned for a file that can be read and names no place, such
// as one of network operators.
var ErrNoPlaces = errors.New("names neither cities nor countries: take a City or Country database")

// Places knows places. A nil Places knows none. It is safe for concurrent use.
type Places struct {
	reader *maxminddb.Reader
}

// Open maps a file. The error names it and says what is wrong.
func Open(file string) (*Places, error) {
	reader, err := maxminddb.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open file of places %s: %w", file, err)
	}
	p := &Places{reader: reader}
	if !p.namesSome() {
		return nil, errors.Join(fmt.Errorf("file of places %s: %w", file, ErrNoPlaces), reader.Close())
	}
	return p, nil
}

// namesSome reports whether one of the first networks has a place.
func (p *Places) namesSome() bool {
	seen := 0
	for result := range p.reader.Networks() {
		if named(result) != "" {
			return true
		}
		if seen++; seen == sample || result.Err() != nil {
			break
		}
	}
	return false
}

// Of gives the place of an IP address, or nothing if it has none.
func (p *Places) Of(address string) string {
	if p == nil {
		return ""
	}
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Zone() != "" {
		return ""
	}
	result := p.reader.Lookup(ip.Unmap())
	if result.Err() != nil || !result.Found() {
		return ""
	}
	return named(result)
}

// named joins what a record says of city and country.
func named(r maxminddb.Result) string {
	city := first(r, []any{"city", "names", "en"}, []any{"city"})
	country := first(r, []any{"country", "names", "en"}, []any{"country_name"}, []any{"country"})
	switch {
	case city != "" && country != "":
		return city + ", " + country
	case city != "":
		return city
	default:
		return country
	}
}

// first gives the first text that stands at one of the paths.
func first(r maxminddb.Result, paths ...[]any) string {
	for _, path := range paths {
		var text string
		// What is of another type or missing is no name.
		if err := r.DecodePath(&text, path...); err == nil {
			if text = plain(text); text != "" {
				return text
			}
		}
	}
	return ""
}

// plain gives s if it is a short line of what names of places are written with.
func plain(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	n := 0
	for _, r := range s {
		n++
		ok := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" -'.,()\u2019\u02bb", r)
		if !ok || n > maxRunes {
			return ""
		}
	}
	return s
}

// About says which file it is, for operators: its type and the day it was built.
func (p *Places) About() string {
	m := p.reader.Metadata
	return fmt.Sprintf("%s of %s", m.DatabaseType, m.BuildTime().UTC().Format("2006-01-02"))
}

// Verify reads the whole file and reports what is broken in it.
func (p *Places) Verify() error {
	if err := p.reader.Verify(); err != nil {
		return fmt.Errorf("verify file of places: %w", err)
	}
	return nil
}

// Close gives the file back. Nothing may be asked afterwards.
func (p *Places) Close() error {
	if p == nil {
		return nil
	}
	return p.reader.Close()
}
