package signup_test

import "github.com/sallyport-auth/sallyport/internal/roomtest"

const (
	good   = roomtest.Good
	ada    = roomtest.Ada
	adaNew = roomtest.AdaNew
	thief  = roomtest.Thief
)
