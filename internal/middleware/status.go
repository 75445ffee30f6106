package middleware

import (
	"net/http"

	"github.com/sallyport-auth/sallyport/internal/fault"
)

// statuses is the only table of statuses in the house (RFC 9110 §15, RFC 6585).
var statuses = map[fault.Kind]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Malformed:       http.StatusBadRequest,
	fault.Spent:           http.StatusBadRequest,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unsupported:     http.StatusUnsupportedMediaType,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Limited:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Unimplemented:   http.StatusNotImplemented,
	fault.Stale:           http.StatusPreconditionFailed,
	fault.Unseen:          http.StatusPreconditionRequired,
}

// StatusOf gives the HTTP status of a kind of fault, on both edges.
func StatusOf(kind fault.Kind) int { return statuses[kind] }
