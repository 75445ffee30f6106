package mail

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sallyport-auth/sallyport/internal/jobs"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// Keeper gives what a desk needs to look after letters. renew gives a letter
// with a token another one in place of its own, in the given transaction; it
// belongs to the room that made the first.
func (p *Postman) Keeper(
	renew func(ctx context.Context, tx *store.Tx, l Letter) (Letter, error),
) (kind string, k jobs.Keeper) {
	return JobKind, jobs.Keeper{
		Tell: tell,
		Renew: func(ctx context.Context, tx *store.Tx, dead store.Job) (jobs.NewJob, error) {
			found, err := read(dead.Payload)
			if err != nil {
				return jobs.NewJob{}, err
			}
			if found.Kind == Blank {
				return jobs.NewJob{}, jobs.Obsolete("it is a letter to nobody")
			}
			if found.Kind == AccountErased {
				return jobs.NewJob{}, jobs.Obsolete("its recipient was erased")
			}
			if found.TokenTable == "" {
				return jobs.NewJob{Payload: found}, nil
			}
			l, err := renew(ctx, tx, found.letter())
			if err != nil {
				return jobs.NewJob{}, err
			}
			again := written(l)
			again.Edition, again.WrittenAt = found.Edition+1, p.opts.Clock.Now()
			return jobs.NewJob{Payload: again, Secret: []byte(l.Token), ExpiresAt: l.ExpiresAt}, nil
		},
	}
}

// tell says what a letter is about, and to whom it goes as far as an operator
// needs it to recognise somebody who complains.
func tell(text string) []jobs.Fact {
	found, err := read(text)
	if err != nil {
		return nil
	}
	facts := []jobs.Fact{{Name: "letter", Value: string(found.Kind)}}
	if found.To != "" {
		facts = append(facts, jobs.Fact{Name: "recipient", Value: masked(found.To)})
	}
	if !found.ExpiresAt.IsZero() {
		facts = append(facts, jobs.Fact{Name: "link_until", Value: found.ExpiresAt.UTC().Format(time.RFC3339)})
	}
	return facts
}

// masked is an address with its first letter and its domain.
func masked(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "***"
	}
	_, size := utf8.DecodeRuneInString(address)
	return address[:size] + "***" + address[at:]
}
