package forward

import "testing"

// FillMemory puts many visitors into a memory of a size and checks that it holds
// at most twice as many, the newest and the one that is looked up among them.
func FillMemory(t *testing.T, size, many int, name func(int) string) {
	t.Helper()
	m, first := newMemory(size), &Visitor{UserID: "first"}
	m.put(keyOf("cookie", "first"), first)
	for n := range many {
		k := keyOf("cookie", name(n))
		m.put(k, &Visitor{})
		if m.get(k) == nil || m.get(keyOf("cookie", "first")) != first {
			t.Fatalf("after %d: what is in use is forgotten", n)
		}
		if held := len(m.young) + len(m.old); held > 2*size {
			t.Fatalf("after %d: it holds %d", n, held)
		}
	}
}
