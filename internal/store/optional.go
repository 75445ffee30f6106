package store

import "errors"

// Optional turns [ErrNotFound] into nil, for a user whom there need not be.
func Optional(u User, err error) (*User, error) {
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return &u, err
}
