package guard

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Need is what a route asks of a token beyond that it is valid.
type Need struct {
	missing func(t *Token, now time.Time) *Refusal
	machine bool // a client's own token may have it
}

// Role asks for a user with a role.
func Role(role string) Need { return AnyRole(role) }

// AnyRole asks for a user with at least one of the roles.
func AnyRole(roles ...string) Need {
	return Need{missing: func(t *Token, _ time.Time) *Refusal {
		if t.User != nil {
			for _, role := range t.User.Roles {
				if slices.Contains(roles, role) {
					return nil
				}
			}
		}
		return forbidden("A role is missing.")
	}}
}

// Scope asks for a token with a scope. It is what lets clients in that act for
// themselves: a route that asks for no scope is for people alone.
func Scope(scope string) Need {
	return Need{machine: true, missing: func(t *Token, _ time.Time) *Refusal {
		if t.User != nil && t.User.HasScope(scope) || t.Client != nil && t.Client.HasScope(scope) {
			return nil
		}
		return scopeMissing(scope)
	}}
}

// Recent asks for a user who proved who they are at most so long ago. The
// refusal has max_age (RFC 9470 §3): the program sends them to sign in anew.
func Recent(most time.Duration) Need {
	return Need{missing: func(t *Token, now time.Time) *Refusal {
		if t.User == nil {
			return forbidden("Only a person may do this.")
		}
		if now.Sub(t.User.AuthTime) > most {
			return stepUp(fmt.Sprintf(`max_age="%d"`, int64(most/time.Second)), "Sign in anew.")
		}
		return nil
	}}
}

// acrTwoFactors is the server's acr for a sign-in with two factors.
const acrTwoFactors = "aal2"

// SecondFactor asks for a user who proved two factors. The refusal has acr_values
// (RFC 9470 §3).
func SecondFactor() Need {
	return Need{missing: func(t *Token, _ time.Time) *Refusal {
		if t.User == nil {
			return forbidden("Only a person may do this.")
		}
		if !t.User.SecondFactor() {
			return stepUp(`acr_values="`+acrTwoFactors+`"`, "Sign in with a second factor.")
		}
		return nil
	}}
}

// Audience asks for a token that is meant for another audience as well as for
// Config.Audience.
func Audience(audience string) Need {
	return Need{missing: func(t *Token, _ time.Time) *Refusal {
		if !slices.Contains(t.audience, audience) {
			return invalid(errors.New("for another audience"))
		}
		return nil
	}}
}

// people refuses clients that act for themselves.
var people = Need{missing: func(t *Token, _ time.Time) *Refusal {
	if t.User == nil {
		return forbidden("Only a person may do this.")
	}
	return nil
}}
