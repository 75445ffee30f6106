package httpapi

import (
	"context"
	"encoding/json"

	"github.com/sallyport-auth/sallyport/internal/account"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

// meAnswer is a User, or a UserElsewhere.
type meAnswer struct{ Body any }

func (s *server) getMe(ctx context.Context, _ *struct{}) (*meAnswer, error) {
	claims := frame.CallOf(ctx).Claims
	if s.Verifier.Ours(claims) {
		a, err := s.readMe(ctx)
		if err != nil {
			return nil, err
		}
		return &meAnswer{Body: a.Body}, nil
	}
	u, err := s.Accounts.Profile(ctx, claims.Subject)
	if err != nil {
		return nil, err
	}
	return &meAnswer{Body: showUserElsewhere(&u, claims.Scope)}, nil
}

// readMe shows the user who asks everything that is theirs.
func (s *server) readMe(ctx context.Context) (*userAnswer, error) {
	u, err := s.Accounts.Profile(ctx, frame.CallOf(ctx).Claims.Subject)
	if err != nil {
		return nil, err
	}
	refused, err := s.Accounts.Refused(ctx, u)
	if err != nil {
		return nil, err
	}
	shown := showUser(&u)
	shown.RefusedSignIns = &RefusedSignIns{Passwords: refused.Passwords, Codes: refused.Codes}
	return &userAnswer{Body: shown}, nil
}

type profileInput struct {
	Body profileBody
}

type profileBody struct {
	Name     *string   `json:"name,omitempty" maxLength:"100" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]*$" patternDescription:"without control characters" doc:"The new name. An empty one removes the name." example:"Ada Lovelace"`
	Language *string   `json:"language,omitempty" maxLength:"35" doc:"The language of the user's emails, as a language tag (RFC 5646): one of the languages of GET /auth/settings, with or without a region, such as de-CH. An empty one removes the choice." example:"de"`
	Zoneinfo *string   `json:"zoneinfo,omitempty" maxLength:"64" doc:"The user's time zone, a name of the IANA time zone database (OpenID Connect Core §5.1). An empty one removes the choice." example:"Europe/Paris"`
	Metadata *Metadata `json:"metadata,omitempty"`
}

func (s *server) patchMe(ctx context.Context, in *profileInput) (*userAnswer, error) {
	change := account.ProfileChange{Name: in.Body.Name, Language: in.Body.Language, Zoneinfo: in.Body.Zoneinfo, Metadata: (*json.RawMessage)(in.Body.Metadata)}
	if change == (account.ProfileChange{}) {
		return s.readMe(ctx)
	}
	u, err := s.Accounts.UpdateProfile(ctx, asker(ctx), change)
	if err != nil {
		return nil, err
	}
	return &userAnswer{Body: showUser(&u)}, nil
}
