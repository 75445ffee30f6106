package middleware

import "github.com/sallyport-auth/sallyport/internal/fault"

// What both edges say of a request that cannot be read.
var (
	// ErrMalformed is returned for a body that is not what it says it is.
	ErrMalformed = fault.New(fault.Malformed, "malformed_request", "The request cannot be read.")
	// ErrUnsupported is returned for a body of a type that the path does not
	// take.
	ErrUnsupported = fault.New(fault.Unsupported, "unsupported_media_type", "The body is of a type that this path does not take.")
	// ErrTooLarge is returned for a body over [MaxBody].
	ErrTooLarge = fault.New(fault.TooLarge, "too_large", "The request is larger than 64 KiB.")
)
