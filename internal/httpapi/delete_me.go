package httpapi

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/deletion"
	"github.com/sallyport-auth/sallyport/internal/httpapi/frame"
)

type deleteInput struct {
	Body *deleteBody
}

type deleteBody struct {
	Password string `json:"password,omitempty" minLength:"1" doc:"The password. Required unless the session authenticated recently." example:"a long and happy phrase"`
}

type deletionBody struct {
	ErasedAt time.Time `json:"erased_at" doc:"The time at which all personal data is erased."`
}

type deletionAnswer struct{ Body deletionBody }

func (s *server) deleteMe(ctx context.Context, in *deleteInput) (*deletionAnswer, error) {
	c := frame.CallOf(ctx)
	d := deletion.Request{Claims: c.Claims, Origin: c.Origin}
	if in.Body != nil {
		d.Password = in.Body.Password
	}
	at, err := s.Deletions.Delete(ctx, d)
	if err != nil {
		return nil, err
	}
	return &deletionAnswer{Body: deletionBody{ErasedAt: at.UTC()}}, nil
}

func (s *server) postRestore(ctx context.Context, in *tokenInput) (*statusAnswer, error) {
	if err := s.Deletions.Restore(ctx, in.Body.Token, frame.CallOf(ctx).Origin); err != nil {
		return nil, err
	}
	return &statusAnswer{Body: statusBody{Status: "account_restored"}}, nil
}
