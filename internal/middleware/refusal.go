package middleware

import "github.com/sallyport-auth/sallyport/internal/fault"

// What both edges say of a request that cannot be read.
var (
	// ErrMalformed is returned for a body that is not what it says it is.
	ErrMalformed = fault.New(fault.Malformed, "malformed_request")
	// ErrUnsupported is returned for a body of a type that the path does not
	// take.
	ErrUnsupported = fault.New(fault.Unsupported, "unsupported_media_type")
	// ErrTooLarge is returned for a body over [MaxBody].
	ErrTooLarge = fault.New(fault.TooLarge, "too_large")
)
