package client

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/fault"
	"github.com/sallyport-auth/sallyport/internal/id"
	"github.com/sallyport-auth/sallyport/internal/secret"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// New clients are bounded, in characters and in how many words their lists have.
const (
	maxName     = 100
	maxClientID = 128
	maxWord     = 200
	maxWords    = 50
)

// Draft is a client that an operator makes. Kind and AuthMethod may be empty for
// [Machine] and [SecretBasic], ClientID for one that is drawn.
type Draft struct {
	Name, ClientID, Kind, AuthMethod string
	Scopes, Audiences                []string
}

// Made is a client with a secret, which is shown this once.
type Made struct {
	store.Client
	Secret string
}

// Make makes a client with a secret.
//
// Errors: invalid_input, client_id_taken.
func (cs *Clients) Make(ctx context.Context, d Draft, by Operator) (Made, error) {
	if d.Kind == "" {
		d.Kind = Machine
	}
	if d.AuthMethod == "" {
		d.AuthMethod = SecretBasic
	}
	if d.ClientID == "" {
		d.ClientID = "c_" + secret.Encode(secret.Bytes(12))
	}
	if wrong := cs.wrong(d); len(wrong) > 0 {
		return Made{}, fault.ErrInvalidInput.WithFields(wrong...)
	}
	now := cs.now()
	made := Made{Client: store.Client{
		ID: id.Ordered(), ClientID: d.ClientID, Name: d.Name, Kind: d.Kind, GrantTypes: []string{GrantClientCredentials},
		Scopes: words(d.Scopes), Audiences: words(d.Audiences), AuthMethod: d.AuthMethod, Settings: "{}", CreatedAt: now, UpdatedAt: now,
	}}
	err := cs.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Clients.ByClientID(ctx, d.ClientID)
		if !errors.Is(err, store.ErrNotFound) {
			return errors.Join(store.ErrTaken, err)
		}
		// What an earlier client of this name got stays refused.
		if made.Epoch, err = tx.Revocations.Epoch(ctx, store.RevokedClient, d.ClientID); err != nil {
			return err
		}
		if err := tx.Clients.Insert(ctx, made.Client); err != nil {
			return err
		}
		if made.Secret, err = addSecret(ctx, tx, d.ClientID, now); err != nil {
			return err
		}
		e := by.event(audit.KindClientCreated, d.ClientID)
		e.Details["kind"], e.Details["scopes"], e.Details["audiences"] = d.Kind, made.Scopes, made.Audiences
		return cs.opts.Trail.Record(ctx, tx, e)
	})
	if errors.Is(err, store.ErrTaken) {
		return Made{}, ErrTaken
	}
	if err != nil {
		return Made{}, fmt.Errorf("make client: %w", err)
	}
	return made, nil
}

// addSecret makes a secret of a client.
func addSecret(ctx context.Context, tx *store.Tx, clientID string, now time.Time) (string, error) {
	text, hash := secret.NewToken(PrefixSecret)
	return text, tx.Secrets.Insert(ctx, store.ClientSecret{
		ClientID: clientID, ID: id.Ordered(), SecretHash: hash, Hint: text[len(text)-4:], CreatedAt: now,
	})
}

// words are a list in order, each once; none is nil.
func words(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

var (
	// clientIDForm is part of VSCHAR (RFC 6749 §A.1), without what lists, shells and
	// HTTP Basic part words by.
	clientIDForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~:/-]*$`)
	// wordForm is that of a scope token (RFC 6749 §3.3) without a comma, and serves
	// audiences as well.
	wordForm = regexp.MustCompile(`^[!#-+\--\[\]-~]+$`)
)

// wrong says which members of a draft break a rule.
func (cs *Clients) wrong(d Draft) (fields []fault.Field) {
	add := func(bad bool, field fault.Field) {
		if bad {
			fields = append(fields, field)
		}
	}
	_, notUUID := uuid.Parse(d.ClientID)
	add(!clientIDForm.MatchString(d.ClientID) || len(d.ClientID) > maxClientID, fault.Wrong("client_id", "client_id"))
	add(notUUID == nil || d.ClientID == FirstParty, fault.Wrong("client_id", "client_id_reserved"))
	add(strings.TrimSpace(d.Name) == "" || utf8.RuneCountInString(d.Name) > maxName || strings.ContainsFunc(d.Name, unicode.IsControl),
		fault.Wrong("name", "client_name"))
	add(d.Kind != Machine, fault.Wrong("kind", "unknown"))
	add(d.AuthMethod != SecretBasic && d.AuthMethod != SecretPost, fault.Wrong("auth_method", "unknown"))
	add(!wellFormed(d.Scopes), fault.Wrong("scope", "scope"))
	add(!wellFormed(d.Audiences), fault.Wrong("audience", "audience"))
	add(slices.Contains(d.Audiences, cs.opts.Audience), fault.Wrong("audience", "audience_default"))
	return fields
}

// wellFormed reports whether a list can be stored and sent.
func wellFormed(list []string) bool {
	return len(list) <= maxWords && !slices.ContainsFunc(list, func(w string) bool { return len(w) > maxWord || !wordForm.MatchString(w) })
}
