package password_test

import (
	"context"
	"crypto/sha1"
	"errors"
	"testing"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/password"
)

// list is breached passwords, or why they cannot be asked.
type list struct {
	sums  map[[sha1.Size]byte]bool
	err   error
	asked int
}

func (l *list) Has(_ context.Context, sum [sha1.Size]byte) (bool, error) {
	l.asked++
	return l.sums[sum], l.err
}

func listOf(passwords ...string) *list {
	l := &list{sums: map[[sha1.Size]byte]bool{}}
	for _, p := range passwords {
		l.sums[sha1.Sum([]byte(p))] = true
	}
	return l
}

func TestWhatTheOperatorHasSetUpIsAsked(t *testing.T) {
	t.Parallel()
	// As the lists have it: NFKC, and every spelling for itself.
	one, other := listOf("Violet Umbrella 27"), listOf("m\u00f6we im regen")
	h := cheap(t, password.Options{Breaches: []password.Breaches{one, other}})
	for pw, weak := range map[string]bool{
		"Violet Umbrella 27": true, "violet umbrella 27": false, "mo\u0308we im regen": true, "möwe im nebel": false,
	} {
		if err := h.Acceptable(t.Context(), pw); errors.Is(err, password.ErrWeak) != weak || (err != nil) != weak {
			t.Errorf("%s: %v", pw, err)
		}
	}
	asked := one.asked
	if err := h.Acceptable(t.Context(), "password1234"); !errors.Is(err, password.ErrWeak) || one.asked != asked {
		t.Errorf("a common password: %v, and the list was asked", err)
	}
}

func TestAPasswordThatCannotBeLookedUpIsRefusedForNow(t *testing.T) {
	t.Parallel()
	gone := &list{err: errors.New("gone")}
	for accept, others := range map[bool]*list{false: listOf(), true: listOf("Violet Umbrella 27")} {
		h := cheap(t, password.Options{Breaches: []password.Breaches{gone, others}, TakeUnchecked: accept})
		err := h.Acceptable(t.Context(), "möwe im nebel")
		if accept && err != nil || !accept && (!errors.Is(err, fault.ErrUnavailable) || !errors.Is(err, gone.err)) {
			t.Errorf("accept %v: %v", accept, err)
		}
		if err := h.Acceptable(t.Context(), "password1234"); !errors.Is(err, password.ErrWeak) {
			t.Errorf("accept %v: a common password: %v", accept, err)
		}
		if err := h.Acceptable(t.Context(), "Violet Umbrella 27"); accept && !errors.Is(err, password.ErrWeak) {
			t.Errorf("what the other list has: %v", err)
		}
	}
}
