package personal

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/sallyport-auth/sallyport/internal/audit"
	"github.com/sallyport-auth/sallyport/internal/mail"
	"github.com/sallyport-auth/sallyport/internal/session"
	"github.com/sallyport-auth/sallyport/internal/store"
)

// exportPage is how many rows of a table are in memory at a time.
const exportPage = 200

// format names the form of the document. It changes if a member changes its
// meaning or goes.
const format = "sallyport-export/1"

// Export writes everything that is held about a user to w, as one JSON document,
// records that it did, and tells the user by mail. The first rows are read before anything is written;
// an error after that leaves the document unfinished, so that no parser takes it.
//
// Errors: invalid_token if the session that asks has ended.
func (r *Records) Export(ctx context.Context, h session.Asker, w io.Writer) error {
	var u store.User
	userID := h.UserID
	err := r.opts.Store.Tx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if err := r.opts.Sessions.Hold(ctx, tx, h); err != nil {
			return err
		}
		if u, err = tx.Users.ByID(ctx, userID); err != nil {
			return err
		}
		err = r.opts.Trail.Record(ctx, tx, audit.Event{
			Kind: audit.KindExported, Outcome: audit.Success, ActorID: u.ID, UserID: u.ID, Email: u.Email, Origin: h.Origin,
		})
		if err != nil {
			return err
		}
		return r.opts.Postman.Tell(ctx, tx, mail.DataExported, u, h.Origin)
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out := &document{w: w}
	out.member("format", format)
	out.member("exported_at", r.now())
	out.member("user", profile(u))
	for _, write := range []func(context.Context, string, *document) error{
		r.exportAddresses, r.exportInvitations, r.exportFactors, r.exportSessions, r.exportTokens, r.exportEvents,
	} {
		if err := write(ctx, userID, out); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := out.end(); err != nil {
		return fmt.Errorf("export: write: %w", err)
	}
	return nil
}

// profile is what the columns of users say that it shows.
func profile(u store.User) map[string]any {
	shown, fields := map[string]any{}, u.Fields()
	for n, c := range store.UserTable().Columns[1:] {
		member, is := strings.CutPrefix(c.Export, "user.")
		if !is {
			continue
		}
		switch f := fields[n].(type) {
		case *time.Time:
			if !f.IsZero() {
				shown[member] = *f
			}
		case *[]string:
			shown[member] = words(*f)
		default:
			shown[member] = f
		}
	}
	shown["metadata"] = asJSON(u.Metadata)
	shown["app_metadata"] = asJSON(cmp.Or(u.AppMetadata, "{}"))
	return shown
}

type emailChange struct {
	From        string    `json:"from"`
	To          string    `json:"to"`
	RequestedAt time.Time `json:"requested_at"`
	ConfirmedAt time.Time `json:"confirmed_at,omitzero"`
	UndoneAt    time.Time `json:"undone_at,omitzero"`
	LinkUntil   time.Time `json:"link_until"`
}

func (r *Records) exportAddresses(ctx context.Context, userID string, out *document) error {
	err := pages(ctx, userID, out, "email_changes", r.opts.Store.Direct().Changes.List,
		func(c store.EmailChange) string { return c.ID },
		func(c store.EmailChange) any {
			return emailChange{
				From: c.OldEmail, To: c.NewEmail, RequestedAt: c.CreatedAt, ConfirmedAt: c.ConfirmedAt, UndoneAt: c.UndoneAt, LinkUntil: c.ExpiresAt,
			}
		})
	if err != nil {
		return err
	}
	identities, err := r.opts.Store.Direct().Identities.List(ctx, userID)
	if err != nil {
		return err
	}
	out.list("identities")
	for _, i := range identities {
		out.item(map[string]any{"provider": i.Provider, "subject": i.Subject, "created_at": i.CreatedAt})
	}
	out.endList()
	external, err := r.opts.Store.Direct().ExternalIDs.OfUser(ctx, userID)
	if err != nil {
		return err
	}
	out.list("external_ids")
	for _, e := range external {
		out.item(map[string]any{"source": e.Source, "external_id": e.ExternalID, "imported_at": e.CreatedAt})
	}
	out.endList()
	return nil
}

type heldInvitation struct {
	Email        string    `json:"email"`
	Roles        []string  `json:"roles"`
	Language     string    `json:"language,omitempty"`
	CreatedAt    time.Time `json:"created_at"`
	ExpiresAt    time.Time `json:"expires_at"`
	AcceptedAt   time.Time `json:"accepted_at,omitzero"`
	SupersededAt time.Time `json:"superseded_at,omitzero"`
	WithdrawnAt  time.Time `json:"withdrawn_at,omitzero"`
}

// exportInvitations writes the invitations of the user's address, if it is proved: an
// unproved one may be another person's.
func (r *Records) exportInvitations(ctx context.Context, userID string, out *document) error {
	direct := r.opts.Store.Direct()
	u, err := direct.Users.ByID(ctx, userID)
	if err != nil {
		return err
	}
	list := func(ctx context.Context, canonical string, page store.Page) ([]store.Invitation, error) {
		if u.EmailVerifiedAt.IsZero() {
			return nil, nil
		}
		return direct.Invitations.OfAddress(ctx, canonical, page)
	}
	return pages(ctx, u.EmailCanonical, out, "invitations", list,
		func(i store.Invitation) string { return i.ID },
		func(i store.Invitation) any {
			return heldInvitation{
				Email: i.Email, Roles: words(i.Roles), Language: i.Language, CreatedAt: i.CreatedAt, ExpiresAt: i.ExpiresAt,
				AcceptedAt: i.ConsumedAt, SupersededAt: i.SupersededAt, WithdrawnAt: i.WithdrawnAt,
			}
		})
}

type heldPasskey struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Transports []string  `json:"transports"`
	AAGUID     string    `json:"aaguid"`
	BackedUp   bool      `json:"backed_up"`
	SignCount  int64     `json:"sign_count"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at,omitzero"`
}

// dates is all that is shown of what proves who somebody is.
type dates struct {
	Kind        string    `json:"kind,omitempty"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at,omitzero"`
	ConfirmedAt time.Time `json:"confirmed_at,omitzero"`
	UsedAt      time.Time `json:"used_at,omitzero"`
}

func (r *Records) exportFactors(ctx context.Context, userID string, out *document) error {
	direct := r.opts.Store.Direct()
	credentials, err := direct.Credentials.OfUser(ctx, userID)
	if err != nil {
		return err
	}
	out.list("credentials")
	for _, c := range credentials {
		out.item(dates{Kind: c.Kind, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt})
	}
	out.endList()
	keys, err := direct.Passkeys.List(ctx, userID, passkeysKept)
	if err != nil {
		return err
	}
	out.list("passkeys")
	for _, k := range keys {
		out.item(heldPasskey{
			ID: k.ID, Name: k.Name, Transports: words(k.Transports), AAGUID: k.AAGUID, BackedUp: k.BackedUp, SignCount: k.SignCount,
			CreatedAt: k.CreatedAt, LastUsedAt: k.LastUsedAt,
		})
	}
	out.endList()
	generator, err := direct.TOTPs.ByUser(ctx, userID)
	if err = absent(err); err != nil {
		return err
	}
	out.list("code_generators")
	if generator.ID != "" {
		out.item(dates{CreatedAt: generator.CreatedAt, ConfirmedAt: generator.ConfirmedAt})
	}
	out.endList()
	codes, err := direct.Recovery.List(ctx, userID)
	if err != nil {
		return err
	}
	out.list("recovery_codes")
	for _, c := range codes {
		out.item(dates{CreatedAt: c.CreatedAt, UsedAt: c.UsedAt})
	}
	out.endList()
	return nil
}

type heldSession struct {
	ID            string    `json:"id"`
	ClientID      string    `json:"client_id"`
	DeviceName    string    `json:"device_name"`
	UserAgent     string    `json:"user_agent"`
	IP            string    `json:"ip"`
	AMR           []string  `json:"amr"`
	AuthTime      time.Time `json:"auth_time,omitzero"`
	CreatedAt     time.Time `json:"created_at"`
	LastSeenAt    time.Time `json:"last_seen_at,omitzero"`
	ExpiresAt     time.Time `json:"expires_at"`
	RevokedAt     time.Time `json:"revoked_at,omitzero"`
	RevokedReason string    `json:"revoked_reason,omitempty"`
}

type heldLink struct {
	DeviceName string    `json:"device_name"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	ConsumedAt time.Time `json:"consumed_at,omitzero"`
}

func (r *Records) exportSessions(ctx context.Context, userID string, out *document) error {
	err := pages(ctx, userID, out, "sessions", r.opts.Store.Direct().Sessions.List,
		func(s store.Session) string { return s.Cursor() },
		func(s store.Session) any {
			return heldSession{
				ID: s.ID, ClientID: s.ClientID, DeviceName: s.DeviceName, UserAgent: s.UserAgent, IP: s.Address, AMR: words(s.AMR), AuthTime: s.AuthTime,
				CreatedAt: s.CreatedAt, LastSeenAt: s.LastSeenAt, ExpiresAt: s.ExpiresAt, RevokedAt: s.RevokedAt, RevokedReason: s.RevokedReason,
			}
		})
	if err != nil {
		return err
	}
	err = pages(ctx, userID, out, "sign_in_links", r.opts.Store.Direct().MagicLinks.List,
		func(l store.MagicLink) string { return l.ID },
		func(l store.MagicLink) any {
			return heldLink{DeviceName: l.DeviceName, CreatedAt: l.CreatedAt, ExpiresAt: l.ExpiresAt, ConsumedAt: l.ConsumedAt}
		})
	if err != nil {
		return err
	}
	return pages(ctx, userID, out, "sign_ins_begun", r.opts.Store.Direct().LoginSteps.List,
		func(s store.LoginStep) string { return s.TokenHash },
		func(s store.LoginStep) any {
			return map[string]any{"device_name": s.DeviceName, "amr": words(s.AMR), "created_at": s.CreatedAt, "expires_at": s.ExpiresAt}
		})
}

type heldToken struct {
	IP           string    `json:"ip,omitempty"`
	UserAgent    string    `json:"user_agent,omitempty"`
	Purpose      string    `json:"purpose"`
	CreatedAt    time.Time `json:"created_at"`
	ExpiresAt    time.Time `json:"expires_at"`
	ConsumedAt   time.Time `json:"consumed_at,omitzero"`
	SupersededAt time.Time `json:"superseded_at,omitzero"`
}

func (r *Records) exportTokens(ctx context.Context, userID string, out *document) error {
	return pages(ctx, userID, out, "links", r.opts.Store.Direct().Tokens.List,
		func(t store.OneTimeToken) string { return t.ID },
		func(t store.OneTimeToken) any {
			return heldToken{Purpose: string(t.Purpose), IP: t.IP, UserAgent: t.UserAgent, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, ConsumedAt: t.ConsumedAt, SupersededAt: t.SupersededAt}
		})
}

type heldEvent struct {
	ID        string          `json:"id"`
	Kind      string          `json:"kind"`
	Outcome   string          `json:"outcome"`
	Reason    string          `json:"reason,omitempty"`
	ByYou     bool            `json:"by_you"`
	IP        string          `json:"ip,omitempty"`
	UserAgent string          `json:"user_agent,omitempty"`
	Email     string          `json:"email,omitempty"`
	RequestID string          `json:"request_id,omitempty"`
	Details   json.RawMessage `json:"details"`
	CreatedAt time.Time       `json:"created_at"`
}

func (r *Records) exportEvents(ctx context.Context, userID string, out *document) error {
	list := func(ctx context.Context, userID string, page store.Page) ([]store.AuditEvent, error) {
		return r.opts.Store.Direct().Audit.List(ctx, store.AuditFilter{UserID: userID}, page)
	}
	return pages(ctx, userID, out, "audit_events", list,
		func(e store.AuditEvent) string { return e.ID },
		func(e store.AuditEvent) any {
			return heldEvent{
				ID: e.ID, Kind: e.Kind, Outcome: e.Outcome, Reason: e.Reason, ByYou: e.ActorID == userID, IP: e.Personal.Address,
				UserAgent: e.Personal.UserAgent, Email: e.Personal.Email, RequestID: e.RequestID, Details: asJSON(e.Details), CreatedAt: e.CreatedAt,
			}
		})
}

// pages writes a list that is read in pages.
func pages[T any](
	ctx context.Context, userID string, out *document, name string,
	read func(context.Context, string, store.Page) ([]T, error), id func(T) string, show func(T) any,
) error {
	page := store.Page{Limit: exportPage}
	out.list(name)
	for {
		rows, err := read(ctx, userID, page)
		if err != nil {
			return err
		}
		for _, row := range rows {
			out.item(show(row))
			page.After = id(row)
		}
		if out.err != nil {
			return out.err // nobody reads on
		}
		if len(rows) < exportPage {
			break
		}
	}
	out.endList()
	return nil
}

// asJSON gives text that should be JSON as it is, and as a string if it is none:
// an error would end the document half-way.
func asJSON(text string) json.RawMessage {
	if json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return nil
	}
	return quoted
}
