package session

import (
	"slices"

	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// ErrUnknownAudience is returned for an audience that is none of the operator's
// other resource servers, or not the session's own. Nothing has changed then.
var ErrUnknownAudience = fault.New(fault.Malformed, "unknown_audience")

// KnowsAudience makes sure that a session may be opened for an audience, or for
// none in particular if it is empty.
//
// Errors: unknown_audience.
func (s *Sessions) KnowsAudience(audience string) error {
	if audience != "" && !slices.Contains(s.audiences, audience) {
		return ErrUnknownAudience
	}
	return nil
}

// audienceOf is whom an access token of a session is for, where a refresh asks for
// an audience that is known, or for none. A session that was opened for an
// audience has tokens for that one alone, as long as the operator names it.
func (s *Sessions) audienceOf(sess *store.Session, asked string) (string, error) {
	if sess.Audience == "" {
		return asked, nil
	}
	if asked != "" && asked != sess.Audience {
		return "", ErrUnknownAudience
	}
	return sess.Audience, s.KnowsAudience(sess.Audience)
}
