// Package fault is the vocabulary of refusals. A fault has a kind for the edge,
// a code for programs, words that anybody may read and, hidden from the caller, a
// cause for the log. The words are a key of the catalogue (package words) and what
// fills its placeholders: the edge that answers knows the language.
//
// Rooms declare their faults at package level beside the rule that returns
// them. A code is public and permanent: docs/errors.md is generated from the
// calls of [New], and a test fails when a code disappears or changes its kind.
// Rooms never pick a status; the edges map kinds to HTTP by one table (package
// middleware). An error that is not a fault is ours: it is logged in full and shown
// as nothing but "internal".
package fault

import (
	"errors"
	"maps"
	"strings"
	"time"
)

// Kind says what sort of refusal a fault is. The edge maps each kind to one
// HTTP status.
type Kind int

// The kinds, each with the status that the edge gives it.
const (
	Internal        Kind = iota // 500: ours; details go to the log alone
	Malformed                   // 400: cannot be read
	Spent                       // 400: a one-time token that cannot be used
	Invalid                     // 422: can be read, breaks a rule
	TooLarge                    // 413
	Unsupported                 // 415
	Unauthenticated             // 401
	Forbidden                   // 403
	NotFound                    // 404
	Conflict                    // 409
	Limited                     // 429, with Retry-After
	Unavailable                 // 503, with Retry-After
	Unimplemented               // 501: not with these settings
	Stale                       // 412: it is no longer what the caller has seen
	Unseen                      // 428: the caller must say what they have seen
)

// Field names one member of a request that breaks a rule. Rule is a key of the
// catalogue behind "rule."; Args fill its placeholders and never repeat the
// rejected value.
type Field struct {
	Field string
	Rule  string
	Args  []string
}

// Wrong says which rule a member breaks. args are pairs of a placeholder and what
// stands for it.
func Wrong(field, rule string, args ...string) Field {
	return Field{Field: field, Rule: rule, Args: args}
}

// Error is a refusal. Values made by [New] are compared with [errors.Is]; the
// With methods return copies that still compare equal to the original.
type Error struct {
	Kind       Kind
	Code       string
	Words      string   // a key of the catalogue behind "said."
	Args       []string // pairs of a placeholder and what stands for it
	Fields     []Field
	RetryAfter time.Duration
	members    map[string]string
	cause      error
}

// New declares a fault, whose words are those of its code. Call it at package
// level only, and once for each code.
func New(kind Kind, code string) *Error {
	return &Error{Kind: kind, Code: code, Words: code}
}

// Error is for the log: the code, and the cause or which words go with it.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Code + ": " + e.cause.Error()
	}
	if strings.HasPrefix(e.Words, e.Code+".") {
		return e.Words // weak_password.breached
	}
	return e.Code
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is the same fault, whatever its cause or fields.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code && t.Kind == e.Kind
}

// WithCause returns a copy whose cause is err. Only the log sees it.
func (e *Error) WithCause(err error) *Error {
	c := *e
	c.cause = err
	return &c
}

// WithWords returns a copy with other words. args are pairs of a placeholder and
// what stands for it, and must not repeat what the caller sent.
func (e *Error) WithWords(key string, args ...string) *Error {
	c := *e
	c.Words, c.Args = key, args
	return &c
}

// WithFields returns a copy that names the members at fault.
func (e *Error) WithFields(fields ...Field) *Error {
	c := *e
	c.Fields = fields
	return &c
}

// WithRetryAfter returns a copy that says when to try again. The edge rounds up
// to whole seconds.
func (e *Error) WithRetryAfter(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// WithMember returns a copy that brings the caller one more member (RFC 9457
// §3.2). The room whose fault it is names the member and says who may see it; the
// log never does.
func (e *Error) WithMember(name, value string) *Error {
	c := *e
	c.members = maps.Clone(e.members)
	if c.members == nil {
		c.members = map[string]string{}
	}
	c.members[name] = value
	return &c
}

// Member gives what the fault brings under name, or nothing.
func (e *Error) Member(name string) string { return e.members[name] }

// KindOf gives the kind of err; what is not a fault is [Internal].
func KindOf(err error) Kind {
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Kind
	}
	return Internal
}

// ErrUnavailable is returned when something this server needs is gone. It is
// never a yes and never a no: the caller tries again (design law 8).
var ErrUnavailable = New(Unavailable, "unavailable")

// ErrNotFound is returned for what is not there, or not for this caller.
var ErrNotFound = New(NotFound, "not_found")

// ErrInvalidInput is returned for a request that can be read and breaks a rule
// of its members; Fields says which.
var ErrInvalidInput = New(Invalid, "invalid_input")
