package mail

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// JobKind is the kind of the jobs that this room writes and does.
const JobKind = "mail"

// noticeAttempts lets a notice be tried for about a day and a half.
const noticeAttempts = 23

// tokenSize is the length of a one-time token. A letter without one carries as
// many random bytes, so that it costs the same to write.
const tokenSize = 48

// payload is what a mail job keeps in clear. The token is not in it.
type payload struct {
	Kind       Kind              `json:"kind"`
	To         string            `json:"to,omitempty"`
	Name       string            `json:"name,omitempty"`
	UserID     string            `json:"user_id,omitempty"`
	Language   string            `json:"language,omitempty"`
	TokenID    string            `json:"token_id,omitempty"`
	TokenTable string            `json:"token_table,omitempty"`
	ExpiresAt  time.Time         `json:"expires_at,omitzero"`
	Data       map[string]string `json:"data,omitempty"`

	// Edition counts how often the letter got another link, and WrittenAt is
	// when; zero is the job's own time.
	Edition   int       `json:"edition,omitempty"`
	WrittenAt time.Time `json:"written_at,omitzero"`
}

// addressee is the secret of a letter whose recipient is not kept in clear.
type addressee struct {
	To       string `json:"to"`
	Name     string `json:"name,omitempty"`
	Language string `json:"language,omitempty"`
}

func written(l Letter) payload {
	return payload{
		Kind: l.Kind, To: l.To, Name: l.Name, UserID: l.UserID, Language: l.Language, TokenID: l.TokenID, TokenTable: l.TokenTable,
		ExpiresAt: l.ExpiresAt, Data: l.Data,
	}
}

// letter is what was written, without its token.
func (w payload) letter() Letter {
	return Letter{
		Kind: w.Kind, To: w.To, Name: w.Name, UserID: w.UserID, Language: w.Language, TokenID: w.TokenID, TokenTable: w.TokenTable,
		ExpiresAt: w.ExpiresAt, Data: w.Data,
	}
}

// Enqueue writes a letter in the caller's transaction; it is sent once that has
// been committed. It does not count: a room that acts for a stranger asks
// [Postman.Allow] first and writes nothing if that says no.
func (p *Postman) Enqueue(ctx context.Context, tx *store.Tx, l Letter) error {
	j := jobs.NewJob{
		Kind: JobKind, Payload: written(l), Secret: []byte(l.Token), ExpiresAt: l.ExpiresAt,
	}
	switch {
	case l.Notice:
		j.MaxAttempts = noticeAttempts
	case l.Token == "":
		j.Secret = secret.Bytes(tokenSize)
	}
	if l.Kind == AccountErased {
		sealed, err := json.Marshal(addressee{To: l.To, Name: l.Name, Language: l.Language})
		if err != nil {
			return fmt.Errorf("encode addressee: %w", err)
		}
		j.Payload, j.Secret = payload{Kind: AccountErased}, sealed
	}
	if l.Kind == Blank {
		// Nobody will be written to, so nobody's address is kept.
		j.Payload = payload{Kind: Blank}
	}
	_, err := jobs.Enqueue(ctx, tx, p.opts.Keyring, j)
	return err
}
