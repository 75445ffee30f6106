package password

import (
	"strings"
	"testing"
)

func TestVerifyAnyFindsWhichStringAPasswordMatches(t *testing.T) {
	t.Parallel()
	h, err := New(Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 1, Queue: 4})
	if err != nil {
		t.Fatal(err)
	}
	hash := func(plain string) string {
		encoded, err := h.Hash(t.Context(), plain)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	ada, bea := hash("violet umbrella 27"), hash("a fresh start 81")
	tests := []struct {
		name     string
		stored   []string
		password string
		want     int
	}{
		{"the first", []string{ada, bea}, "violet umbrella 27", 0},
		{"another", []string{ada, bea}, "a fresh start 81", 1},
		{"the first of two alike", []string{bea, ada, ada}, "violet umbrella 27", 1},
		{"none of them", []string{ada, bea}, "neither of the two", -1},
		{"an empty string matches nothing", []string{"", bea}, "a fresh start 81", 1},
		{"nothing is stored", nil, "violet umbrella 27", -1},
		{"one that cannot be read is passed over", []string{"$no$such$form", bea}, "a fresh start 81", 1},
		{"longer than any password", []string{ada}, strings.Repeat("x", maxBytes+1), -1},
	}
	for _, test := range tests {
		if got, err := h.VerifyAny(t.Context(), test.stored, test.password); err != nil || got != test.want {
			t.Errorf("%s: %d, %v, want %d", test.name, got, err, test.want)
		}
	}
}

// Eight strings take one slot, one after another, and not eight.
func TestVerifyAnyTakesOneSlot(t *testing.T) {
	t.Parallel()
	h, err := New(Options{Argon2MemoryKiB: 64, Argon2Passes: 1, Slots: 1, Queue: 1})
	if err != nil {
		t.Fatal(err)
	}
	stored := make([]string, 8)
	if got, err := h.VerifyAny(t.Context(), stored, "violet umbrella 27"); err != nil || got != -1 {
		t.Errorf("%d, %v", got, err)
	}
	if _, err := h.Hash(t.Context(), "violet umbrella 27"); err != nil {
		t.Errorf("a slot was not given back: %v", err)
	}
}
