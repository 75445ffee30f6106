package id_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sallyport-auth/sallyport/internal/id"
)

func TestOrderedSortsByTime(t *testing.T) {
	t.Parallel()
	last := ""
	for range 1000 {
		next := id.Ordered()
		if next <= last {
			t.Fatalf("%s does not come after %s", next, last)
		}
		last = next
	}
}

func TestFirstAtParts(t *testing.T) {
	t.Parallel()
	began := time.Now()
	made := id.Ordered()
	if first := id.FirstAt(began); first > made {
		t.Errorf("%s comes after %s, which is younger", first, made)
	}
	if first := id.FirstAt(time.Now().Add(2 * time.Millisecond)); first <= made {
		t.Errorf("%s does not come after %s, which is older", first, made)
	}
	if first := id.FirstAt(time.Time{}); first > id.FirstAt(began) {
		t.Errorf("%s is no beginning", first)
	}
}

func TestBytesTakesOneSpellingOnly(t *testing.T) {
	t.Parallel()
	s := id.Random()
	b, ok := id.Bytes(s)
	if !ok || id.FromBytes(b) != s {
		t.Errorf("%s does not survive the way to bytes and back", s)
	}
	for _, other := range []string{strings.ToUpper(s) + "", "{" + s + "}", "urn:uuid:" + s, strings.ReplaceAll(s, "-", ""), ""} {
		if _, ok := id.Bytes(other); ok && other != s {
			t.Errorf("%q: accepted", other)
		}
	}
}
