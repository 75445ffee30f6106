package middleware

import (
	"net/http"
	"time"

	"github.com/sallyport-auth/sallyport/internal/ratelimit"
)

// deviceFor is how long a browser keeps it, in seconds.
const deviceFor = int(ratelimit.DeviceFor / time.Second)

// DeviceCookie is the known-device cookie: a browser that sends it has signed in
// before. It opens nothing; see package ratelimit. Secure says that the public
// URL is https.
type DeviceCookie struct{ Secure bool }

// name carries the prefix that browsers grant only to a secure cookie of this
// very host (RFC 6265bis §4.1.3.2), unless there is no HTTPS to be secure by.
func (c DeviceCookie) name() string {
	if c.Secure {
		return "__Host-sallyport_device"
	}
	return "sallyport_device"
}

// Header is the Set-Cookie header that makes a browser known, or nothing for no
// value.
func (c DeviceCookie) Header(value string) string {
	if value == "" {
		return ""
	}
	return (&http.Cookie{ //nolint:gosec // Secure wherever there is HTTPS
		Name: c.name(), Value: value, Path: "/", MaxAge: deviceFor,
		Secure: c.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}).String()
}

// Of is the cookie that a browser sent, or nothing.
func (c DeviceCookie) Of(r *http.Request) string {
	cookie, err := r.Cookie(c.name())
	if err != nil {
		return ""
	}
	return cookie.Value
}
