package store

import (
	"context"
	"time"

	"github.com/sallyport-auth/sallyport/internal/store/sqlrun"
)

// Client is a program that may ask for tokens (RFC 6749 §2). Epoch rises whenever
// all its tokens must die: when it is disabled, and when it is deleted.
type Client struct {
	ID             string
	ClientID       string // by which it is known outside
	Name           string
	Kind           string
	FirstParty     bool
	RedirectURIs   []string // sorted, as every list of a client
	PostLogoutURIs []string
	GrantTypes     []string
	Scopes         []string
	Audiences      []string
	AuthMethod     string // RFC 7591 §2, token_endpoint_auth_method
	Settings       string // JSON object, opaque here
	Epoch          int64
	CreatedAt      time.Time
	UpdatedAt      time.Time
	DisabledAt     time.Time // zero while it is enabled
}

var clientTable = Table{
	Name: "clients", Key: 2, Restored: "kept: one that was disabled or deleted since the backup is there again",
	Erased: "kept: programs, not people",
	Columns: []Column{
		realm,
		{"id", Internal, ""},
		{"client_id", Internal, ""},
		{"name", Internal, ""},
		{"kind", Internal, ""},
		{"first_party", Internal, ""},
		{"redirect_uris", Internal, ""},
		{"post_logout_uris", Internal, ""},
		{"grant_types", Internal, ""},
		{"scopes", Internal, ""},
		{"audiences", Internal, ""},
		{"auth_method", Internal, ""},
		{"settings", Internal, ""},
		{"epoch", Internal, ""},
		{"created_at", Internal, ""},
		{"updated_at", Internal, ""},
		{"disabled_at", Internal, ""},
	},
}

var (
	clientInsert   = q(`INSERT INTO clients {row clients}`)
	clientByID     = q(`SELECT {columns clients} FROM clients WHERE realm_id = ? AND client_id = ?`)
	clientList     = q(`SELECT {columns clients} FROM clients WHERE realm_id = ? AND client_id > ? ORDER BY client_id LIMIT ?`)
	clientTouch    = q(`UPDATE clients SET updated_at = ? WHERE realm_id = ? AND client_id = ?`)
	clientSettings = q(`UPDATE clients SET settings = ?, updated_at = ? WHERE realm_id = ? AND client_id = ?`)
	clientDisable  = q(`
		UPDATE clients SET epoch = epoch + 1, updated_at = ?, disabled_at = ?
		WHERE realm_id = ? AND client_id = ? AND disabled_at IS NULL`)
	clientEnable = q(`
		UPDATE clients SET updated_at = ?, disabled_at = NULL
		WHERE realm_id = ? AND client_id = ? AND disabled_at IS NOT NULL`)
	restoreRaiseClientEpochs = q(`
		UPDATE clients SET epoch = CASE WHEN epoch < ? THEN ? ELSE epoch + ? END WHERE realm_id = ?`)
	clientDelete = q(`DELETE FROM clients WHERE realm_id = ? AND client_id = ?`)
)

// Clients are the rows of clients.
type Clients struct{ *bound }

func scanClient(row sqlrun.Row, c *Client) error {
	return row.Scan(&c.ID, &c.ClientID, &c.Name, &c.Kind, boolInto(&c.FirstParty),
		wordsInto(&c.RedirectURIs), wordsInto(&c.PostLogoutURIs), wordsInto(&c.GrantTypes), wordsInto(&c.Scopes), wordsInto(&c.Audiences),
		&c.AuthMethod, &c.Settings, &c.Epoch, timeInto(&c.CreatedAt), timeInto(&c.UpdatedAt), timeInto(&c.DisabledAt))
}

// Insert adds c, or returns ErrTaken if its client_id is another's.
func (t Clients) Insert(ctx context.Context, c Client) error {
	args := []any{t.realm, c.ID, c.ClientID, c.Name, c.Kind, bit(c.FirstParty)}
	for _, words := range [][]string{c.RedirectURIs, c.PostLogoutURIs, c.GrantTypes, c.Scopes, c.Audiences} {
		list, err := sorted(words)
		if err != nil {
			return err
		}
		args = append(args, list)
	}
	return t.add(ctx, clientInsert, append(args, c.AuthMethod, c.Settings, c.Epoch,
		micros(c.CreatedAt), micros(c.UpdatedAt), micros(c.DisabledAt))...)
}

// ByClientID reads a client.
func (t Clients) ByClientID(ctx context.Context, clientID string) (Client, error) {
	return sqlrun.Get(ctx, t.run, scanClient, clientByID, t.realm, clientID)
}

// List gives a page of clients by client_id; the cursor is the client_id.
func (t Clients) List(ctx context.Context, page Page) ([]Client, error) {
	return sqlrun.List(ctx, t.run, scanClient, clientList, t.realm, page.After, page.Limit)
}

// Touch dates a change of the client. It reports false if there is no such client,
// and otherwise holds its row: who changes what belongs to it waits until this
// transaction ends.
func (t Clients) Touch(ctx context.Context, clientID string, at time.Time) (bool, error) {
	return t.change(ctx, clientTouch, micros(at), t.realm, clientID)
}

// SetSettings replaces what is kept beside the columns.
func (t Clients) SetSettings(ctx context.Context, clientID, settings string, at time.Time) (bool, error) {
	return t.change(ctx, clientSettings, settings, micros(at), t.realm, clientID)
}

// RaiseEpochs sets every client's epoch to the given one, and adds step to those
// that are as high already. It says how many clients there are. A database that was
// restored needs it, before anybody is served.
func (t Clients) RaiseEpochs(ctx context.Context, to, step int64) (int, error) {
	return t.run.Exec(ctx, restoreRaiseClientEpochs, to, to, step, t.realm)
}

// Disable disables an enabled client and raises its epoch.
func (t Clients) Disable(ctx context.Context, clientID string, at time.Time) (bool, error) {
	return t.change(ctx, clientDisable, micros(at), micros(at), t.realm, clientID)
}

// Enable enables a disabled client.
func (t Clients) Enable(ctx context.Context, clientID string, at time.Time) (bool, error) {
	return t.change(ctx, clientEnable, micros(at), t.realm, clientID)
}

// Delete removes a client that has no secrets.
func (t Clients) Delete(ctx context.Context, clientID string) (bool, error) {
	return t.change(ctx, clientDelete, t.realm, clientID)
}
