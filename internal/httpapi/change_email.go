package httpapi

import (
	"context"

	"github.com/sallyport-auth/sallyport/internal/emailchange"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

type changeEmailInput struct {
	Body changeEmailBody
}

type changeEmailBody struct {
	NewEmail string `json:"new_email" minLength:"3" maxLength:"254" doc:"The new email address." example:"ada@example.org"`
}

func (s *server) postChangeEmail(ctx context.Context, in *changeEmailInput) (*statusAnswer, error) {
	err := s.Changes.RequestEmailChange(ctx, emailchange.Request{Asker: asker(ctx), NewEmail: in.Body.NewEmail})
	if err != nil {
		return nil, err
	}
	return sent(), nil
}

func (s *server) getConfirmEmail(ctx context.Context, in *tokenQuery) (*usableAnswer, error) {
	usable, _, _, err := s.Changes.EmailConfirmable(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &usableAnswer{Body: usableBody{Usable: usable}}, nil
}

func (s *server) getUndoEmail(ctx context.Context, in *tokenQuery) (*usableAnswer, error) {
	usable, _, err := s.Changes.EmailUndoable(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return &usableAnswer{Body: usableBody{Usable: usable}}, nil
}

func (s *server) postUndoEmail(ctx context.Context, in *tokenInput) (*statusAnswer, error) {
	if err := s.Changes.UndoEmailChange(ctx, in.Body.Token, frame.CallOf(ctx).Origin); err != nil {
		return nil, err
	}
	return &statusAnswer{Body: statusBody{Status: "email_restored"}}, nil
}
