package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
	"github.com/sallyport-auth/sallyport/internal/recovery"
)

type resetInput struct {
	Body resetBody
}

type resetBody struct {
	Token       string `json:"token" minLength:"1" maxLength:"256" doc:"The token of the emailed link." example:"the-token-of-the-link"`
	NewPassword string `json:"new_password" minLength:"1" doc:"The new password: 8 to 256 characters by default. Common and breached passwords are refused." example:"a new and happy phrase"`
}

func (s *server) getResetPassword(ctx context.Context, in *tokenQuery) (*usableAnswer, error) {
	usable, _, err := s.Passwords.Resettable(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &usableAnswer{Body: usableBody{Usable: usable}}, nil
}

func (s *server) postResetPassword(ctx context.Context, in *resetInput) (*statusAnswer, error) {
	if err := s.Passwords.ResetPassword(ctx, in.Body.Token, in.Body.NewPassword, frame.CallOf(ctx).Origin); err != nil {
		return nil, err
	}
	return &statusAnswer{Body: statusBody{Status: "password_changed"}}, nil
}

type changePasswordInput struct {
	Body changePasswordBody
}

type changePasswordBody struct {
	CurrentPassword string `json:"current_password" minLength:"1" doc:"The current password." example:"a long and happy phrase"`
	NewPassword     string `json:"new_password" minLength:"1" doc:"The new password: 8 to 256 characters by default. Common and breached passwords are refused." example:"a new and happy phrase"`
}

func (s *server) postChangePassword(ctx context.Context, in *changePasswordInput) (*loginAnswer, error) {
	tokens, err := s.Passwords.ChangePassword(ctx, recovery.ChangePassword{
		Asker: asker(ctx), Current: in.Body.CurrentPassword, New: in.Body.NewPassword,
	})
	if err != nil {
		return nil, err
	}
	return s.showSignIn(&tokens), nil
}
