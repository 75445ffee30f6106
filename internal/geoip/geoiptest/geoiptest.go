// Package geoiptest writes small files of places, for tests.
package geoiptest

import (
	"encoding/binary"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Record is what a network holds: text, or records by name.
type Record map[string]any

// City is a record in the layout of GeoLite2.
func City(city, country string) Record {
	return Record{"city": Record{"names": Record{"en": city}}, "country": Record{"names": Record{"en": country}}}
}

// node is one bit of an address: where 0 and 1 lead.
type node struct {
	next [2]*node
	data Record
}

// File writes a file of places to a folder of the test and gives its path.
// Networks are IPv4 or IPv6, and none holds another.
func File(tb testing.TB, networks map[string]Record) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "places.mmdb")
	if err := os.WriteFile(file, Encode(networks), 0o600); err != nil {
		tb.Fatal(err)
	}
	return file
}

// Encode gives the bytes of a file of places (MaxMind DB File Format 2.0).
func Encode(networks map[string]Record) []byte {
	root := &node{}
	for network, record := range networks {
		add(root, netip.MustParsePrefix(network), record)
	}
	var order []*node
	number := map[*node]int{}
	var walk func(n *node)
	walk = func(n *node) {
		if n == nil || n.data != nil {
			return
		}
		number[n] = len(order)
		order = append(order, n)
		walk(n.next[0])
		walk(n.next[1])
	}
	walk(root)
	var tree, data []byte
	for _, n := range order {
		for _, to := range n.next {
			value := len(order) // nothing is there
			switch {
			case to != nil && to.data != nil:
				value = len(order) + 16 + len(data)
				data = append(data, encode(to.data)...)
			case to != nil:
				value = number[to]
			}
			tree = append(tree, byte(value>>16&0xff), byte(value>>8&0xff), byte(value&0xff))
		}
	}
	out := append(tree, make([]byte, 16)...)
	out = append(append(out, data...), "\xab\xcd\xefMaxMind.com"...)
	return append(out, encode(Record{
		"binary_format_major_version": uint16(2), "binary_format_minor_version": uint16(0),
		"build_epoch": uint64(1767225600), "database_type": "Test-City", "description": Record{"en": "for tests"},
		"ip_version": uint16(6), "languages": []string{"en"}, "node_count": uint32(len(order)), "record_size": uint16(24), //nolint:gosec // few
	})...)
}

// add puts a record at the end of a network's bits. IPv4 is below ::/96.
func add(root *node, p netip.Prefix, record Record) {
	bits, address := p.Bits(), p.Addr().As16()
	if p.Addr().Is4() {
		bits += 96
		address[10], address[11] = 0, 0
	}
	at := root
	for n := range bits {
		side := address[n/8] >> (7 - n%8) & 1
		if at.next[side] == nil {
			at.next[side] = &node{}
		}
		at = at.next[side]
	}
	at.data = record
}

// The types of values, as the format numbers them.
const (
	typeText   = 2
	typeUint16 = 5
	typeUint32 = 6
	typeMap    = 7
	typeUint64 = 9
	typeArray  = 11
)

// head begins a value. Sizes up to 284 are all that tests need.
func head(kind, size int) []byte {
	var first, rest []byte
	if kind > 7 {
		rest = []byte{byte((kind - 7) & 0xff)}
		kind = 0
	}
	if size < 29 {
		first = []byte{byte((kind<<5 | size) & 0xff)}
	} else {
		first = []byte{byte((kind<<5 | 29) & 0xff)}
		rest = append(rest, byte((size-29)&0xff))
	}
	return append(first, rest...)
}

func encode(v any) []byte {
	switch v := v.(type) {
	case string:
		return append(head(typeText, len(v)), v...)
	case uint16:
		return binary.BigEndian.AppendUint16(head(typeUint16, 2), v)
	case uint32:
		return binary.BigEndian.AppendUint32(head(typeUint32, 4), v)
	case uint64:
		return binary.BigEndian.AppendUint64(head(typeUint64, 8), v)
	case []string:
		out := head(typeArray, len(v))
		for _, each := range v {
			out = append(out, encode(each)...)
		}
		return out
	case Record:
		out := head(typeMap, len(v))
		var names []string
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			out = append(append(out, encode(name)...), encode(v[name])...)
		}
		return out
	}
	panic("geoiptest: a value of no known type")
}
