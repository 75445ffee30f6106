package httpapi

import "context"

// Settings is what a program that signs people in shows or hides by the
// operator's settings. All of it can be found out by trying, so it tells
// strangers nothing.
type Settings struct {
	SignUp            string           `json:"sign_up" enum:"open,invite,closed" doc:"Who can sign up. open: anyone. invite: people with an invitation. closed: no one."`
	EmailVerification bool             `json:"email_verification" doc:"Whether an account is made only once its mailed link is used."`
	Password          PasswordSettings `json:"password" doc:"Bounds of a new password."`
	MagicLink         MailedSignIn     `json:"magic_link" doc:"How people sign in by mail."`
	Languages         []string         `json:"languages" nullable:"false" doc:"The languages of pages and mails, as tags (RFC 5646)."`
}

// PasswordSettings bounds a new password. Lists of common and breached passwords
// refuse more.
type PasswordSettings struct {
	MinLength int `json:"min_length" doc:"The shortest length in code points, after NFKC." example:"8"`
	MaxLength int `json:"max_length" doc:"The longest length in code points, after NFKC." example:"256"`
	MaxBytes  int `json:"max_bytes,omitempty" doc:"The most bytes of UTF-8, after NFKC. Absent if there is no such bound." example:"72"`
}

// MailedSignIn says by what people sign in whose password is not asked for.
type MailedSignIn struct {
	Link bool `json:"link" doc:"Whether a link is mailed."`
	Code bool `json:"code" doc:"Whether a six-digit code is mailed."`
}

// keepSettings is how long a changed setting may go unnoticed.
const keepSettings = "public, max-age=60"

type settingsAnswer struct {
	CacheControl string `header:"Cache-Control" doc:"How long the answer may be kept."`
	Body         Settings
}

func (s *server) getSettings(context.Context, *struct{}) (*settingsAnswer, error) {
	return &settingsAnswer{CacheControl: keepSettings, Body: s.Settings}, nil
}
