package client

import (
	"cmp"
	"context"
	"encoding/json"
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
// [Machine] and [SecretBasic] ([PrivateKeyJWT] if there is a JWKS), ClientID for one that is drawn.
type Draft struct {
	Name, ClientID, Kind, AuthMethod string
	Scopes, Audiences                []string
	// RedirectURIs are where sign-ins of the client may end (RFC 6749 §3.1.2).
	RedirectURIs []string
	// FirstParty is a client of the operator's own.
	FirstParty bool
	// JWKS is the JWK set of a client with [PrivateKeyJWT], empty for any other.
	JWKS []byte
}

// Made is a client with a secret, which is shown this once, or with the keys that
// it has in the place of a secret.
type Made struct {
	store.Client
	Secret string
}

// Make makes a client, with a secret unless it has keys.
//
// Errors: invalid_input, client_id_taken.
func (cs *Clients) Make(ctx context.Context, d Draft, by audit.Operator) (Made, error) {
	d = d.filled()
	jwks, err := cs.read(d)
	if err != nil {
		return Made{}, err
	}
	now := cs.now()
	made := Made{Client: store.Client{
		ID: id.Ordered(), ClientID: d.ClientID, Name: d.Name, Kind: d.Kind, GrantTypes: []string{GrantClientCredentials},
		FirstParty: d.FirstParty, RedirectURIs: words(d.RedirectURIs),
		Scopes: words(d.Scopes), Audiences: words(d.Audiences), AuthMethod: d.AuthMethod, Settings: settingsOf(jwks), CreatedAt: now, UpdatedAt: now,
	}}
	err = cs.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) error {
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
		if d.AuthMethod != PrivateKeyJWT {
			if made.Secret, err = addSecret(ctx, tx, d.ClientID, now); err != nil {
				return err
			}
		}
		e := changed(by, audit.KindClientCreated, d.ClientID)
		e.Details["kind"], e.Details["scopes"], e.Details["audiences"] = d.Kind, made.Scopes, made.Audiences
		e.Details["redirect_uris"], e.Details["first_party"] = made.RedirectURIs, d.FirstParty
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

// filled is the draft with what may be left out.
func (d Draft) filled() Draft {
	usual := SecretBasic
	if len(d.JWKS) > 0 {
		usual = PrivateKeyJWT
	}
	d.Kind, d.AuthMethod = cmp.Or(d.Kind, Machine), cmp.Or(d.AuthMethod, usual)
	if d.ClientID == "" {
		d.ClientID = "c_" + secret.Encode(secret.Bytes(12))
	}
	return d
}

// read checks a draft and gives its keys, if it has some.
func (cs *Clients) read(d Draft) (jwks json.RawMessage, err error) {
	wrong := cs.wrong(d)
	if len(d.JWKS) > 0 || d.AuthMethod == PrivateKeyJWT {
		if jwks, err = keySet(d.JWKS); err != nil || d.AuthMethod != PrivateKeyJWT {
			wrong = append(wrong, fault.Wrong("jwks", "jwks"))
		}
	}
	if len(wrong) > 0 {
		return nil, fault.ErrInvalidInput.WithFields(wrong...)
	}
	return jwks, nil
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
	add(!slices.Contains([]string{SecretBasic, SecretPost, PrivateKeyJWT}, d.AuthMethod), fault.Wrong("auth_method", "unknown"))
	add(!wellFormed(d.Scopes), fault.Wrong("scope", "scope"))
	add(!wellFormed(d.Audiences), fault.Wrong("audience", "audience"))
	add(len(d.RedirectURIs) > maxWords || slices.ContainsFunc(d.RedirectURIs, func(u string) bool { return !redirectURI(u) }),
		fault.Wrong("redirect_uri", "redirect_uri"))
	add(slices.Contains(d.Audiences, cs.opts.Audience), fault.Wrong("audience", "audience_default"))
	return fields
}

// wellFormed reports whether a list can be stored and sent.
func wellFormed(list []string) bool {
	return len(list) <= maxWords && !slices.ContainsFunc(list, func(w string) bool { return len(w) > maxWord || !wordForm.MatchString(w) })
}
